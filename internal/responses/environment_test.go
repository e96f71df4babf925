package responses

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/schema"
)

func TestEnvironment(t *testing.T) {
	cases := map[string]struct {
		reason string
		in     Inputs
		want   map[string]string
	}{
		"Everything": {
			reason: "A response without a mode notifies, and lists are JSON.",
			in:     inputs(),
			want: map[string]string{
				"STACK":               "shop-4f2kq7xa",
				"STACK_TAG":           "platform.secure-ecommerce.dev/stack",
				"TOPIC_ARN":           "arn:aws:sns:eu-west-1:123456789012:shop-4f2kq7xa-responses",
				"RESPONSE_MODES":      `{"bucket-policy-changed":"Enforce","database-exposed":"Notify","public-access-unblocked":"Enforce","security-group-opened":"Enforce","trail-stopped":"Notify"}`,
				"PROVIDER_PRINCIPALS": `["arn:aws:iam::123456789012:role/crossplane/provider-aws-*"]`,
				"FUNCTION_ROLE":       "arn:aws:iam::123456789012:role/secure-ecommerce/shop-4f2kq7xa-responses",
				"ASSETS_BUCKET":       "shop-4f2kq7xa-assets",
				"ASSETS_POLICY":       `{"Version":"2012-10-17","Statement":[]}`,
				"DELETION_PROTECTION": "true",
			},
		},
		"NotKnownYet": {
			reason: "A value that is not known is left out; a list without entries is still a list.",
			in: inputs(func(in *Inputs) {
				in.Buckets, in.AssetsBucket, in.AssetsPolicy, in.Database, in.Trail = nil, "", "", "", ""
				in.DeletionProtection, in.ProviderPrincipals, in.Modes = false, nil, nil
			}),
			want: map[string]string{
				"STACK":               "shop-4f2kq7xa",
				"STACK_TAG":           "platform.secure-ecommerce.dev/stack",
				"TOPIC_ARN":           "arn:aws:sns:eu-west-1:123456789012:shop-4f2kq7xa-responses",
				"RESPONSE_MODES":      `{"security-group-opened":"Notify"}`,
				"PROVIDER_PRINCIPALS": `[]`,
				"FUNCTION_ROLE":       "arn:aws:iam::123456789012:role/secure-ecommerce/shop-4f2kq7xa-responses",
				"DELETION_PROTECTION": "false",
			},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, Environment(tc.in)); diff != "" {
				t.Errorf("\n%s\nEnvironment(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestHandlerReadsEnvironment(t *testing.T) {
	got, optional := map[string]bool{}, map[string]bool{}
	for _, m := range regexp.MustCompile(`environment(\.get\(|\[)"([A-Z_]+)"`).FindAllStringSubmatch(sources(t)["settings.py"], -1) {
		got[m[2]] = true
		optional[m[2]] = m[1] == ".get("
	}
	want := map[string]bool{}
	for name := range Environment(inputs()) {
		want[name] = true
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\nThe function reads what the stack gives it, no more and no less.\nsettings.py: -want, +got:\n%s", diff)
	}
	least := Environment(inputs(func(in *Inputs) {
		in.Buckets, in.AssetsBucket, in.AssetsPolicy, in.Database, in.Trail, in.ProviderPrincipals = nil, "", "", "", "", nil
	}))
	for name := range want {
		if _, given := least[name]; !given && !optional[name] {
			t.Errorf("%s: the function needs it, but the stack may leave it out", name)
		}
	}
	for name, source := range sources(t) {
		if name != "index.py" && strings.Contains(source, "os.environ") {
			t.Errorf("%s: reads the environment beside settings.py", name)
		}
	}
}

func TestValidate(t *testing.T) {
	cases := map[string]struct {
		reason string
		in     Inputs
		want   string
	}{
		"Valid": {
			reason: "A stack that has everything is valid.",
			in:     inputs(),
		},
		"NotifyNeedsNoPrincipals": {
			reason: "Whoever only reports fights nobody.",
			in:     inputs(func(in *Inputs) { in.ProviderPrincipals, in.Modes = nil, map[string]Mode{TrailStopped: Notify} }),
		},
		"Principals": {
			reason: "A user, any account, and any part of a name will do.",
			in: inputs(func(in *Inputs) {
				in.ProviderPrincipals = []string{"arn:aws:iam::*:user/crossplane", "arn:aws:iam::123456789012:role/*-provider", "arn:aws:iam::123456789012:role/a/b+=,.@-_c"}
			}),
		},
		"EnforceNeedsPrincipals": {
			reason: "Without knowing the provider, the function might fight it.",
			in:     inputs(func(in *Inputs) { in.ProviderPrincipals = nil }),
			want:   "providerPrincipals: is required in mode Enforce to prevent responses from undoing Crossplane's changes: list the provider's IAM roles or users, or use mode Notify",
		},
		"UnknownResponse": {
			reason: "A typing error would leave a response in another mode than was meant.",
			in:     inputs(func(in *Inputs) { in.Modes = map[string]Mode{"trail-stoped": Notify} }),
			want:   `modes[trail-stoped]: "trail-stoped" is not supported; did you mean trail-stopped? Use bucket-policy-changed, database-exposed, public-access-unblocked, security-group-opened or trail-stopped`,
		},
		"UnknownMode": {
			reason: "So would this one; both are told at once, in one order.",
			in:     inputs(func(in *Inputs) { in.Modes = map[string]Mode{TrailStopped: "enforce", DatabaseExposed: ""} }),
			want:   `modes[database-exposed]: "" is not supported; use Enforce or Notify` + "\n" + `modes[trail-stopped]: "enforce" is not supported; did you mean Enforce? Use Enforce or Notify`,
		},
		"Everybody": {
			reason: "Mere asterisks would trust everybody.",
			in: inputs(func(in *Inputs) {
				in.ProviderPrincipals = []string{"arn:aws:iam::123456789012:role/*"}
			}),
			want: `providerPrincipals[0]: "arn:aws:iam::123456789012:role/*" is not valid: must be the ARN of an IAM role or user, and must include at least part of the name; for example, arn:aws:iam::123456789012:role/crossplane-*`,
		},
		"Session": {
			reason: "Sessions are compared by their role, so the ARN of a session never matches.",
			in: inputs(func(in *Inputs) {
				in.ProviderPrincipals = []string{"arn:aws:iam::123456789012:role/ok", "arn:aws:sts::123456789012:assumed-role/crossplane/1"}
			}),
			want: `providerPrincipals[1]: "arn:aws:sts::123456789012:assumed-role/crossplane/1" is not valid: must be the ARN of an IAM role or user, and must include at least part of the name; for example, arn:aws:iam::123456789012:role/crossplane-*`,
		},
		"OtherPartition": {
			reason: "Nobody acts from another partition.",
			in: inputs(func(in *Inputs) {
				in.Partition.Name = "aws-cn"
			}),
			want: `providerPrincipals[0]: "arn:aws:iam::123456789012:role/crossplane/provider-aws-*" is not valid: must be the ARN of an IAM role or user, and must include at least part of the name; for example, arn:aws-cn:iam::123456789012:role/crossplane-*`,
		},
		"TooLong": {
			reason: "Lambda would refuse the function.",
			in: inputs(func(in *Inputs) {
				in.ProviderPrincipals = []string{"arn:aws:iam::123456789012:role/" + strings.Repeat("x", 4000)}
			}),
			want: "providerPrincipals: must not exceed 2048 characters in JSON, but has 4035: list fewer principals, or use * in their names",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := ""
			if errs := tc.in.Validate(); len(errs) > 0 {
				got = schema.Join(errs)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nValidate(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestEnvironmentFits uses the longest names, and the maximum number of principals.
func TestEnvironmentFits(t *testing.T) {
	in := inputs(func(in *Inputs) {
		in.Partition, in.Region = aws.GovCloud, "ap-southeast-5" // Longer than any name of the stack.
		in.Stack = strings.Repeat("s", 40)
		in.Topic = in.Partition.ARN("sns", in.Region, in.Account, in.Stack+"-alarms")
		in.FunctionRole = in.Partition.ARN("iam", "", in.Account, "role/secure-ecommerce/"+strings.Repeat("r", 64))
		in.AssetsBucket, in.AssetsPolicy = strings.Repeat("b", 63), strings.Repeat("p", 1250)
		in.ProviderPrincipals = []string{strings.Repeat("x", maxPrincipals-len(`[""]`))}
		in.Modes = map[string]Mode{}
		for _, id := range IDs() {
			in.Modes[id] = Enforce
		}
	})
	got := 0
	for k, v := range Environment(in) {
		got += len(k) + len(v)
	}
	if got > MaxEnvironment {
		t.Errorf("The environment may take %d bytes, Lambda takes %d", got, MaxEnvironment)
	}
}
