package cost

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
)

// planned contains the resources of a stack, or an error.
type planned struct {
	resources []Resource
	err       error
}

func (p planned) Planned() ([]desired.Resource, error) {
	var out []desired.Resource
	for _, r := range p.resources {
		out = append(out, desired.Resource{Resource: r.Resource, Object: r.Object})
	}
	return out, p.err
}

func TestAllow(t *testing.T) {
	gateways := []Resource{
		composed("ec2/NATGateway", `{"region": "us-east-1"}`), composed("ec2/EIP", `{"region": "us-east-1"}`),
		composed("kms/Key", `{"region": "us-east-1"}`), composed("secretsmanager/Secret", `{"region": "us-east-1"}`),
	}
	strange := append([]Resource{composed("rds/Instance", `{"region": "us-east-1", "instanceClass": "db.x9.large"}`)}, gateways...)
	cases := map[string]struct {
		reason   string
		limit    int64
		from     string
		composed planned
		want     string
		invalid  bool
	}{
		"NoLimit": {
			reason:   "Without a limit nothing is estimated, and nothing refused.",
			composed: planned{resources: strange, err: errRefused},
		},
		"Below": {
			reason: "A stack may cost as much as the limit.",
			limit:  38, from: "the function's input",
			composed: planned{resources: gateways},
		},
		"Above": {
			reason: "A stack above the limit is refused with the estimate, the limit, whose it is, and what costs most.",
			limit:  37, from: `EnvironmentConfig "shops"`,
			composed: planned{resources: gateways},
			want: `spec: the estimated cost of 37.90 USD per month exceeds the platform's limit of 37 USD (limits.maxMonthlyCostUSD in EnvironmentConfig "shops"); ` +
				`the largest cost items are NAT gateway (1) 32.85, public IPv4 address (1) 3.65, KMS key (1) 1.00`,
			invalid: true,
		},
		"FewItems": {
			reason: "Where there are fewer than three things, all are named.",
			limit:  1, from: "the function's input",
			composed: planned{resources: gateways[:1]},
			want: `spec: the estimated cost of 32.85 USD per month exceeds the platform's limit of 1 USD (limits.maxMonthlyCostUSD in the function's input); ` +
				`the largest cost items are NAT gateway (1) 32.85`,
			invalid: true,
		},
		"Unpriced": {
			reason: "A limit cannot be passed by what nobody knows the price of.",
			limit:  1000, from: "the function's input",
			composed: planned{resources: strange},
			want: `spec: the platform limits the monthly cost (limits.maxMonthlyCostUSD in the function's input), ` +
				`but the price of instance: db.x9.large is not known: use an instance or node type with a known price`,
			invalid: true,
		},
		"Broken": {
			reason: "What is wrong with the resources is said.",
			limit:  1000, from: "the function's input",
			composed: planned{err: errRefused},
			want:     errRefused.Error(),
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			err := Allow(inputv1alpha1.Limits{MaxMonthlyCostUSD: tc.limit}, tc.from, tc.composed)
			got := ""
			if err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nAllow(...): -want error, +got error:\n%s", tc.reason, diff)
			}
			if errors.As(err, new(claim.InvalidError)) != tc.invalid {
				t.Errorf("\n%s\nwhether it is the claim's mistake: want %t", tc.reason, tc.invalid)
			}
		})
	}
}
