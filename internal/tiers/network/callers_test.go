package network_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

// TestCallersHaveAWay verifies the callers of AWS in a stack, and that each can
// reach its APIs: through an endpoint that admits it, or through the firewall by
// domain.
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

// TestRegistryHosts verifies that image registries can be resolved and called.
func TestRegistryHosts(t *testing.T) {
	cases := map[string]struct {
		reason, image string
		want          []string
	}{
		"DockerHub": {reason: "The Docker Hub answers by hosts of several networks.", image: "shop/web:1", want: []string{
			"auth.docker.io", "docker-images-prod.6aa30f8b08e16409b46e0173d6de2f56.r2.cloudflarestorage.com", "docker-images-prod.s3.dualstack.us-east-1.amazonaws.com",
			"production.cloudflare.docker.com", "production.cloudfront.docker.com", "registry-1.docker.io",
		}},
		"NamedDockerHub": {reason: "It has a name of its own.", image: "docker.io/library/nginx:1", want: []string{
			"auth.docker.io", "docker-images-prod.6aa30f8b08e16409b46e0173d6de2f56.r2.cloudflarestorage.com", "docker-images-prod.s3.dualstack.us-east-1.amazonaws.com",
			"production.cloudflare.docker.com", "production.cloudfront.docker.com", "registry-1.docker.io",
		}},
		"Gallery":   {reason: "The public gallery is served by CloudFront.", image: "public.ecr.aws/nginx/nginx:1", want: []string{"*.cloudfront.net", "cloudfront.net", "public.ecr.aws"}},
		"GitHub":    {reason: "GitHub's layers have a host of their own.", image: "ghcr.io/shop/web:1", want: []string{"ghcr.io", "pkg-containers.githubusercontent.com"}},
		"Microsoft": {reason: "Microsoft's layers come from hosts of its regions.", image: "mcr.microsoft.com/dotnet/aspnet:10.0", want: []string{"*.data.mcr.microsoft.com", "data.mcr.microsoft.com", "mcr.microsoft.com"}},
		"Own":       {reason: "Others answer by themselves.", image: "registry.example.com:5000/web:1", want: []string{"registry.example.com"}},
		"ECR":       {reason: "ECR is AWS's own.", image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:1"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			names := append([]string{"*.amazonaws.com", "*.api.aws", "*.compute.internal", "*.ec2.internal", "api.example.com"}, tc.want...)
			slices.Sort(names)
			spec := `{"region":"eu-west-1","network":{"allowedDomains":["api.example.com"]},"app":{"services":[{"image":"` + tc.image + `"}]}}`
			if _, found := tiertest.Composed(t, spec, nil, tiertest.Platform()).Resources[composed.DNSFirewallNames(naming.Hash(names...))]; !found {
				t.Errorf("\n%s\nwant a list of the names %v", tc.reason, names)
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
		"DockerHub": {
			reason: "Inside of AWS the Docker Hub sends pulls to its bucket (docker/hub-feedback 1318).",
			spec:   `{"region":"eu-west-1","app":{"services":[{"image":"nginx:1.29"}]}}`,
			want:   []any{"arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*", "arn:aws:s3:::docker-images-prod/*"},
		},
		"Quay": {
			reason: "Quay does so where its bucket is.",
			spec:   `{"region":"us-east-1","app":{"services":[{"image":"quay.io/shop/web:1"}]}}`,
			want:   []any{"arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*", "arn:aws:s3:::quayio-production-s3/*"},
		},
		"QuayElsewhere": {
			reason: "Elsewhere it sends them to its CDN.",
			spec:   `{"region":"eu-west-1","app":{"services":[{"image":"quay.io/shop/web:1"}]}}`,
			want:   "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*",
		},
		"Function": {
			reason: "Lambda pulls images itself, and takes them of ECR only.",
			spec:   `{"region":"eu-west-1","app":{"services":[{"image":"123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1","runtime":"Lambda"}]}}`,
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
