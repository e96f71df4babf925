package network_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

// TestCallersHaveAWay holds who in a stack calls AWS, and which way: an endpoint
// that lets the caller in, or the firewall by the name of the API.
func TestCallersHaveAWay(t *testing.T) {
	cases := map[string]struct {
		reason, spec string
		want         []any
	}{
		"Application": {
			reason: "The application reads its secret and its parameters.",
			spec:   `{"region":"eu-west-1","network":{"firewall":{},"allowedDomains":["api.example.com"]}}`,
			want:   []any{"api.example.com", "secretsmanager.eu-west-1.amazonaws.com", "ssm.eu-west-1.amazonaws.com"},
		},
		"Responses": {
			reason: "The responses' function undoes by APIs of AWS.",
			spec:   `{"region":"eu-west-1","network":{"firewall":{},"allowedDomains":["api.example.com"]},"guardrails":{"responses":{"inVpc":true}}}`,
			want: []any{
				"api.example.com", "cloudtrail.eu-west-1.amazonaws.com", "ec2.eu-west-1.amazonaws.com", "rds.eu-west-1.amazonaws.com",
				"secretsmanager.eu-west-1.amazonaws.com", "sns.eu-west-1.amazonaws.com", "ssm.eu-west-1.amazonaws.com",
			},
		},
		"Endpoints": {
			reason: "What goes through an endpoint never gets to the firewall.",
			spec:   `{"region":"eu-west-1","network":{"firewall":{},"allowedDomains":["api.example.com"],"interfaceEndpoints":["secretsmanager","ssm"]}}`,
			want:   []any{"api.example.com"},
		},
		"Containers": {
			reason: "A task pulls its image and writes its log from the VPC.",
			spec:   `{"region":"eu-west-1","network":{"firewall":{},"allowedDomains":["api.example.com"],"interfaceEndpoints":["secretsmanager","ssm"]},"access":{"runtimes":["ECS"]}}`,
			want:   []any{".dkr.ecr.eu-west-1.amazonaws.com", "api.ecr.eu-west-1.amazonaws.com", "api.example.com", "logs.eu-west-1.amazonaws.com"},
		},
		"Nodes": {
			reason: "A node joins its cluster and signs its pods in.",
			spec:   `{"region":"eu-west-1","network":{"firewall":{},"allowedDomains":["api.example.com"],"interfaceEndpoints":["secretsmanager","ssm"]},"access":{"runtimes":["EKS"]}}`,
			want: []any{
				".dkr.ecr.eu-west-1.amazonaws.com", "api.ecr.eu-west-1.amazonaws.com", "api.example.com", "ec2.eu-west-1.amazonaws.com",
				"eks-auth.eu-west-1.amazonaws.com", "eks.eu-west-1.amazonaws.com", "sts.eu-west-1.amazonaws.com",
			},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			r := tiertest.Composed(t, tc.spec, nil, tiertest.Platform()).Resources[composed.FirewallDomains]
			if diff := cmp.Diff(tc.want, tiertest.Field(t, r, "ruleGroup.rulesSource.rulesSourceList.targets")); diff != "" {
				t.Errorf("\n%s\nallowed names: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestImageLayers(t *testing.T) {
	cases := map[string]struct {
		reason, spec string
		want         any
	}{
		"None": {reason: "Functions pull no images through the VPC.", spec: `{"region":"eu-west-1"}`},
		"ECS": {
			reason: "The gateway endpoint takes S3's traffic with NAT gateways too.",
			spec:   `{"region":"eu-west-1","access":{"runtimes":["ECS"]}}`,
			want:   "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*",
		},
		"EKS": {
			reason: "Kubernetes' own images lie in S3 of the region too.",
			spec:   `{"region":"eu-west-1","access":{"runtimes":["EKS"]}}`,
			want:   []any{"arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*", "arn:aws:s3:::prod-registry-k8s-io-eu-west-1/*"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s := tiertest.Composed(t, tc.spec, nil, tiertest.Platform())
			if diff := cmp.Diff(tc.want, tiertest.Statements(t, s.Resources[composed.S3Endpoint], "policy")["ReadImageLayers"]["Resource"]); diff != "" {
				t.Errorf("\n%s\nlayers: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
