package render

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/plan"
)

// compared is a claim of the function store with a spec in YAML.
func compared(spec string) Source {
	return Source{File: "-", Stdin: strings.NewReader("{apiVersion: platform.secure-ecommerce.dev/v1alpha1, kind: SecureEcommerce, metadata: {name: shop, namespace: team-a}, spec: {" + spec + "}}")}
}

func TestCompare(t *testing.T) {
	type want struct {
		result   *Comparison
		err      string
		baseline bool
	}
	cases := map[string]struct {
		reason        string
		before, after string
		want          want
	}{
		"Changed": {
			reason: "A resource comes, another one changes, and the rest stays.",
			before: "region: eu-west-1, environment: development, tags: {team: a}",
			after:  "region: eu-west-1, tags: {team: b}",
			want: want{result: &Comparison{
				Plan: plan.Plan{Unchanged: 2, Entries: []plan.Entry{
					{Action: plan.Create, Resource: "bucket", Kind: "s3/Bucket", Name: "shop-bucket"},
					{Action: plan.Change, Resource: "vpc", Kind: "ec2/VPC", Name: "shop-vpc", Fields: []plan.Field{{Path: "tags.team", Before: "a", After: "b"}}},
				}},
				MonthlyUSD: MonthlyUSD{Before: "0.00", After: "0.00"},
			}},
		},
		"Removed": {
			reason: "A field that the edit removes shows, as does a resource.",
			before: "region: eu-west-1, tags: {team: a}",
			after:  "region: eu-west-1, environment: development",
			want: want{result: &Comparison{
				Plan: plan.Plan{Unchanged: 2, Entries: []plan.Entry{
					{Action: plan.Delete, Resource: "bucket", Kind: "s3/Bucket", Name: "shop-bucket", Fate: "deleted in AWS if it is empty; otherwise, AWS rejects the deletion", Destroyed: "all versions of its files"},
					{Action: plan.Change, Resource: "vpc", Kind: "ec2/VPC", Name: "shop-vpc", Fields: []plan.Field{{Path: "tags.team", Before: "a"}}},
				}},
				MonthlyUSD: MonthlyUSD{Before: "0.00", After: "0.00"},
			}},
		},
		"Immutable": {
			reason: "The API server refuses another region, so there is nothing to compare.",
			before: "region: eu-west-1",
			after:  "region: eu-west-2",
			want:   want{err: "standard input is not valid:\n  spec.region: region cannot be changed: create a new"},
		},
		"InvalidBaseline": {
			reason: "A problem of the claim before the edit is a BaselineError.",
			before: "region: mars",
			after:  "region: eu-west-1",
			want:   want{err: "standard input is not valid:\n  spec.region: \"mars\" is not valid: must", baseline: true},
		},
		"RefusedBaseline": {
			reason: "The function can refuse it too.",
			before: "region: eu-west-1, environment: staging",
			after:  "region: eu-west-1",
			want:   want{err: "no staging", baseline: true},
		},
		"Invalid": {
			reason: "A claim that is not valid after the edit is an error.",
			before: "region: eu-west-1",
			after:  "region: mars",
			want:   want{err: "standard input is not valid:\n  spec.region: \"mars\""},
		},
		"Refused": {
			reason: "The function can refuse it too.",
			before: "region: eu-west-1",
			after:  "region: eu-west-1, environment: staging",
			want:   want{err: "no staging"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			result, err := Compare(t.Context(), &function{run: store}, compared(tc.before), compared(tc.after))
			got := want{result: result}
			if err != nil {
				got.err, got.baseline = err.Error()[:min(len(tc.want.err), len(err.Error()))], errors.As(err, &BaselineError{})
			}
			if diff := cmp.Diff(tc.want, got, cmp.AllowUnexported(want{})); diff != "" {
				t.Errorf("\n%s\nCompare(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestCompareNames checks that a claim with another name or namespace is another
// stack.
func TestCompareNames(t *testing.T) {
	const manifest = "{apiVersion: platform.secure-ecommerce.dev/v1alpha1, kind: SecureEcommerce, metadata: {name: shop, namespace: team-a}, spec: {region: eu-west-1}}"
	after := strings.NewReader(strings.NewReplacer("name: shop", "name: other", "team-a", "team-b").Replace(manifest))
	_, err := Compare(t.Context(), &function{run: store}, Source{File: "-", Stdin: strings.NewReader(manifest)}, Source{File: "-", Stdin: after})
	want := `standard input is not valid:
  metadata.name: "other" is not valid; use shop, as in the existing claim; a different name creates a second stack
  metadata.namespace: "team-b" is not valid; use team-a, as in the existing claim; a different namespace creates a second stack`
	if err == nil {
		t.Fatal("want an error, got none")
	}
	if diff := cmp.Diff(want, err.Error()); diff != "" {
		t.Errorf("Compare(...): -want, +got:\n%s", diff)
	}
}

func TestRead(t *testing.T) {
	file := filepath.Join(t.TempDir(), "claim.yaml")
	if err := os.WriteFile(file, []byte("apiVersion: platform.secure-ecommerce.dev/v1alpha1\nkind: SecureEcommerce\nspec: {size: 7}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := Read(Source{File: file})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"apiVersion": "platform.secure-ecommerce.dev/v1alpha1", "kind": "SecureEcommerce", "spec": map[string]any{"size": int64(7)}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\nA claim is read as it is written.\nRead(...): -want, +got:\n%s", diff)
	}
}

func TestReadRefuses(t *testing.T) {
	cases := map[string]struct {
		reason string
		text   string
		want   string
	}{
		"Twice": {reason: "The reader is strict.", text: "kind: A\nkind: B\n", want: "standard input is not valid YAML: line 2: \"kind\" is set more than once; keep only one"},
		"Other": {reason: "Other objects are not claims.", text: "{apiVersion: platform.secure-ecommerce.dev/v1alpha1, kind: Other}", want: "standard input is not valid:\n  kind: \"Other\" is not supported; use SecureEcommerce, XSecureEcommerce, SecureEcommerceAccount or XSecureEcommerceAccount"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := Read(Source{File: "-", Stdin: strings.NewReader(tc.text)})
			if err == nil {
				t.Fatalf("\n%s\nRead(...): want an error, got none", tc.reason)
			}
			if diff := cmp.Diff(tc.want, err.Error()); diff != "" {
				t.Errorf("\n%s\nRead(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
