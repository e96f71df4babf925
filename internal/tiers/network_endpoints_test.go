package tiers

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
)

func TestEndpoints(t *testing.T) {
	const endpoints = `{"region":"eu-west-1","network":{"interfaceEndpoints":["ecr.api","kms"]}}`
	runTierCases(t, map[string]tierCase{
		"NoneByDefault": {
			reason:  "Endpoints cost by the hour.",
			spec:    `{"region":"eu-west-1"}`,
			role:    role.EndpointSecurityGroup,
			missing: true,
		},
		"Endpoint": {
			reason: "The service's public name leads to the endpoint (NET-23).",
			spec:   endpoints,
			role:   role.Endpoint("ecr.api"),
			want: map[string]any{
				"serviceName": "com.amazonaws.eu-west-1.ecr.api", "vpcEndpointType": "Interface", "privateDnsEnabled": true,
				"vpcIdRef.name": "shop-vpc", ".metadata.name": "shop-endpoint-ecr-api",
			},
		},
		"WaitsForTheAccount": {
			reason: "The policy names the account.",
			spec:   endpoints,
			input:  noInput(),
			role:   role.Endpoint("kms"),
			waits:  true,
		},
		"InEachZone": {
			reason: "A zone that fails takes its own endpoint only.",
			spec:   endpoints,
			role:   role.EndpointSubnet("kms", 2),
			want:   map[string]any{"vpcEndpointIdRef.name": "shop-endpoint-kms", "subnetIdRef.name": "shop-private-subnet-2"},
		},
		"OwnGroupOnly": {
			reason: "The VPC's default group must not stay beside the endpoints' (NET-28).",
			spec:   endpoints,
			role:   role.EndpointGroup("kms"),
			want:   map[string]any{"securityGroupIdRef.name": "shop-endpoint-security-group", "replaceDefaultAssociation": true},
		},
		"FromAppOnly": {
			reason: "Only the app tier reaches endpoints, by HTTPS (NET-28).",
			spec:   endpoints,
			role:   role.EndpointFromApp,
			want: map[string]any{
				"securityGroupIdRef.name": "shop-endpoint-security-group", "referencedSecurityGroupIdRef.name": "shop-app-security-group",
				"fromPort": float64(443), "toPort": float64(443), "ipProtocol": "tcp", "cidrIpv4": absent{},
			},
		},
		"FromResponses": {
			reason: "The names of AWS lead the responses' function to endpoints too.",
			spec:   `{"region":"eu-west-1","network":{"interfaceEndpoints":["ec2","sns"]},"guardrails":{"responses":{"inVpc":true}}}`,
			role:   role.EndpointFromResponses,
			want:   map[string]any{"securityGroupIdRef.name": "shop-endpoint-security-group", "referencedSecurityGroupIdRef.name": "shop-responses-security-group", "fromPort": float64(443)},
		},
		"NotFromResponsesElsewhere": {reason: "Outside of the VPC they need none.", spec: endpoints, role: role.EndpointFromResponses, missing: true},
		"FromNodes": {
			reason: "Nodes of a Kubernetes cluster have groups of the cluster's.",
			spec:   `{"region":"eu-west-1","network":{"interfaceEndpoints":["ecr.api"]},"access":{"runtimes":["EKS"]}}`,
			role:   role.EndpointFromNodes(1),
			want:   map[string]any{"securityGroupIdRef.name": "shop-endpoint-security-group", "cidrIpv4": "10.0.0.0/19", "fromPort": float64(443)},
		},
		"NoDefaultGroupToReplace": {
			reason: "AWS refuses to replace a group that the endpoint has not.",
			spec:   endpoints,
			observed: map[string]string{
				role.DefaultSecurityGroup: `{"metadata":{"annotations":{"crossplane.io/external-name":"sg-default"}}}`,
				role.Endpoint("kms"):      `{"status":{"atProvider":{"securityGroupIds":["sg-other"]}}}`,
			},
			role: role.EndpointGroup("kms"),
			want: map[string]any{"replaceDefaultAssociation": absent{}},
		},
		"AppMayCall": {
			reason: "The app tier may call nothing that no rule names.",
			spec:   endpoints,
			role:   role.AppToEndpoints,
			want:   map[string]any{"securityGroupIdRef.name": "shop-app-security-group", "referencedSecurityGroupIdRef.name": "shop-endpoint-security-group", "toPort": float64(443)},
		},
	})
}

func TestEndpointPolicies(t *testing.T) {
	own := map[string]any{
		"Sid": "OwnPrincipalsOnly", "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*",
		"Condition": map[string]any{"StringEquals": map[string]any{"aws:PrincipalAccount": account}},
	}
	bucket := "arn:aws:s3:::shop-" + naming.Hash("team-a", "shop") + "-assets"
	ownBucket := map[string]any{
		"Sid": "OwnBucketOnly", "Effect": "Allow", "Principal": "*",
		"Action":   []any{"s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"},
		"Resource": []any{bucket, bucket + "/*"},
	}
	s := composed(t, `{"region":"eu-west-1","network":{"interfaceEndpoints":["ecr.dkr","kms","sts"]}}`, nil, platform())
	cases := map[string]struct {
		reason string
		role   string
		want   map[string]map[string]any
	}{
		"Service": {
			reason: "Nobody may use the endpoint with credentials of another account (NET-27).",
			role:   role.Endpoint("kms"),
			want:   map[string]map[string]any{"OwnPrincipalsOnly": own},
		},
		"SignIn": {
			reason: "Who signs in by a token has no account before.",
			role:   role.Endpoint("sts"),
			want: map[string]map[string]any{"OwnPrincipalsOnly": own, "SignInToOwnRoles": {
				"Sid": "SignInToOwnRoles", "Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRoleWithWebIdentity",
				"Resource": "arn:aws:iam::123456789012:role/*",
			}},
		},
		"ImageLayers": {
			reason: "Images come from a bucket of AWS's, through the gateway to S3.",
			role:   role.S3Endpoint,
			want: map[string]map[string]any{"OwnBucketOnly": ownBucket, "ReadImageLayers": {
				"Sid": "ReadImageLayers", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
				"Resource": "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*",
			}},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, statements(t, s.resources[tc.role], "policy")); diff != "" {
				t.Errorf("\n%s\npolicy: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
