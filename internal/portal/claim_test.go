package portal

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestStack(t *testing.T) {
	type want struct {
		status   int
		problems []problem
	}
	cases := map[string]struct {
		reason string
		fn     function
		claim  string
		want   want
	}{
		"Valid": {
			reason: "A valid claim becomes a stack.",
			claim:  claim,
			want:   want{status: http.StatusOK},
		},
		"NoRegion": {
			reason: "Each problem names its field.",
			claim:  strings.Replace(claim, "region: eu-west-1", "size: huge", 1),
			want: want{status: http.StatusUnprocessableEntity, problems: []problem{
				{Field: "spec.region", Message: "is required: set a value, such as eu-west-1"},
				{Field: "spec.size", Message: `"huge" is not supported; use small, medium, large or xlarge`},
			}},
		},
		"NoYAML": {
			reason: "Invalid YAML is a problem of the whole claim.",
			claim:  "{",
			want:   want{status: http.StatusUnprocessableEntity, problems: []problem{{Message: "The claim is not valid YAML: line 1: did not find expected node content; close each bracket, and put text with special characters in quotes"}}},
		},
		"Refused": {
			reason: "The platform can reject what the schema accepts. Each problem is at its field.",
			fn:     function{fatal: "spec is not valid:\n  spec.size: large is not allowed by the platform\n  spec.tags[team]: is required"},
			claim:  claim,
			want: want{status: http.StatusUnprocessableEntity, problems: []problem{
				{Field: "spec.size", Message: "large is not allowed by the platform"}, {Field: "spec.tags[team]", Message: "is required"},
			}},
		},
		"TooLarge": {
			reason: "A claim has a maximum size.",
			claim:  claim + "#" + strings.Repeat("x", maxBody),
			want:   want{status: http.StatusRequestEntityTooLarge, problems: []problem{{Message: "The claim is too large. The maximum is 64 KiB."}}},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			w := ask(t, tc.fn, http.MethodPost, "/api/stack", tc.claim)
			got := want{status: w.Code}
			body := refused{}
			if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil {
				t.Fatal(err)
			}
			got.problems = body.Problems
			if diff := cmp.Diff(tc.want, got, cmp.AllowUnexported(want{})); diff != "" {
				t.Errorf("\n%s\nPOST /api/stack: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestStackShown(t *testing.T) {
	got := stack{}
	if err := json.Unmarshal(ask(t, function{}, http.MethodPost, "/api/stack", claim).Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(got.Picture, "<svg") || len(got.Controls) < 200 {
		t.Errorf("want a picture and all controls, got %.20q and %d", got.Picture, len(got.Controls))
	}
	got.Picture, got.Controls = "", nil
	want := stack{
		Resources: []resourceLine{{Tier: "network", Resource: "vpc", Kind: "ec2/VPC"}, {Tier: "secrets", Resource: "data-key", Kind: "kms/Key"}},
		Cost:      "1.00", Charges: []string{"KMS key (1) 1.00"}, Warnings: []string{"a warning"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\nThe stack has its resources by tier, and its cost.\nstack: -want, +got:\n%s", diff)
	}
}

// answered is the answer to a request.
type answered struct {
	status int
	body   string
}

// posted holds that a path answers as wanted.
func posted(t *testing.T, path, body, reason string, want answered) {
	t.Helper()
	w := ask(t, function{}, http.MethodPost, path, body)
	if diff := cmp.Diff(want, answered{status: w.Code, body: strings.TrimSpace(w.Body.String())}, cmp.AllowUnexported(answered{})); diff != "" {
		t.Errorf("\n%s\nPOST %s: -want, +got:\n%s", reason, path, diff)
	}
}

func TestClaim(t *testing.T) {
	cases := map[string]struct {
		reason string
		claim  string
		want   answered
	}{
		"Complete": {
			reason: "Fields that the form does not show are in the answer, and no defaults.",
			claim:  "# A comment.\n" + claim + "status: {a: 1}\n",
			want:   answered{status: http.StatusOK, body: `{"apiVersion":"platform.secure-ecommerce.dev/v1alpha1","kind":"SecureEcommerce","metadata":{"name":"shop","namespace":"team-a"},"spec":{"region":"eu-west-1"},"status":{"a":1}}`},
		},
		"Invalid": {
			reason: "A claim with invalid values fills in the form too, which shows the problems.",
			claim:  strings.Replace(claim, "eu-west-1", "mars", 1),
			want:   answered{status: http.StatusOK, body: `{"apiVersion":"platform.secure-ecommerce.dev/v1alpha1","kind":"SecureEcommerce","metadata":{"name":"shop","namespace":"team-a"},"spec":{"region":"mars"}}`},
		},
		"Twice": {
			reason: "The strict reader refuses a key that is there twice.",
			claim:  claim + "kind: SecureEcommerce\n",
			want:   answered{status: http.StatusUnprocessableEntity, body: `{"problems":[{"message":"The claim is not valid YAML: line 5: \"kind\" is set more than once; keep only one"}]}`},
		},
		"OtherKind": {
			reason: "Other objects are refused.",
			claim:  strings.Replace(claim, "kind: SecureEcommerce", "kind: Deployment", 1),
			want:   answered{status: http.StatusUnprocessableEntity, body: `{"problems":[{"field":"kind","message":"\"Deployment\" is not supported; use SecureEcommerce, XSecureEcommerce, SecureEcommerceAccount or XSecureEcommerceAccount"}]}`},
		},
		"Empty": {
			reason: "An empty text is not a claim.",
			want:   answered{status: http.StatusUnprocessableEntity, body: `{"problems":[{"message":"The claim is empty; it must contain one object with apiVersion, kind, metadata and spec"}]}`},
		},
		"TooLarge": {
			reason: "A claim has a maximum size.",
			claim:  claim + "#" + strings.Repeat("x", maxBody),
			want:   answered{status: http.StatusRequestEntityTooLarge, body: `{"problems":[{"message":"The claim is too large. The maximum is 64 KiB."}]}`},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			posted(t, "/api/claim", tc.claim, tc.reason, tc.want)
		})
	}
}

func TestCompare(t *testing.T) {
	edited := func(baseline, claim string) string {
		raw, err := json.Marshal(edit{Baseline: baseline, Claim: claim})
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	cases := map[string]struct {
		reason string
		body   string
		want   answered
	}{
		"Same": {
			reason: "Nothing changes without an edit.",
			body:   edited(claim, claim),
			want:   answered{status: http.StatusOK, body: `{"entries":[],"unchanged":2,"monthlyUSD":{"before":"1.00","after":"1.00"}}`},
		},
		"OtherName": {
			reason: "A claim with another name is another stack.",
			body:   edited(claim, strings.Replace(claim, "name: shop", "name: other", 1)),
			want:   answered{status: http.StatusUnprocessableEntity, body: `{"problems":[{"field":"metadata.name","message":"\"other\" is not valid; use shop, as in the existing claim; a different name creates a second stack"}]}`},
		},
		"Baseline": {
			reason: "The answer marks problems of the existing claim.",
			body:   edited("{", claim),
			want:   answered{status: http.StatusUnprocessableEntity, body: `{"problems":[{"message":"The claim is not valid YAML: line 1: did not find expected node content; close each bracket, and put text with special characters in quotes"}],"baseline":true}`},
		},
		"BaselineField": {
			reason: "They name their field.",
			body:   edited(strings.Replace(claim, "region: eu-west-1", "", 1), claim),
			want:   answered{status: http.StatusUnprocessableEntity, body: `{"problems":[{"field":"spec.region","message":"is required: set a value, such as eu-west-1"}],"baseline":true}`},
		},
		"Edited": {
			reason: "It does not mark those of the edited one.",
			body:   edited(claim, strings.Replace(claim, "region: eu-west-1", "", 1)),
			want:   answered{status: http.StatusUnprocessableEntity, body: `{"problems":[{"field":"spec.region","message":"is required: set a value, such as eu-west-1"}]}`},
		},
		"NoJSON": {
			reason: "A body of another form is refused.",
			body:   claim,
			want:   answered{status: http.StatusUnprocessableEntity, body: `{"problems":[{"message":"send a JSON object with the string fields \"baseline\" and \"claim\""}]}`},
		},
		"TooLarge": {
			reason: "Both claims together have a maximum size.",
			body:   edited(claim, strings.Repeat("x", 4*maxBody)),
			want:   answered{status: http.StatusRequestEntityTooLarge, body: `{"problems":[{"message":"The claim is too large. The maximum is 64 KiB."}]}`},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			posted(t, "/api/compare", tc.body, tc.reason, tc.want)
		})
	}
}
