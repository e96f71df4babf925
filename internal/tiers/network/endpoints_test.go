package network_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

func TestEndpoints(t *testing.T) {
	const endpoints = `{"region":"eu-west-1","network":{"interfaceEndpoints":["ecr.api","kms"]}}`
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"NoneByDefault": {
			Reason:   "Endpoints cost by the hour.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.EndpointSecurityGroup,
			Missing:  true,
		},
		"Endpoint": {
			Reason:   "The service's public name leads to the endpoint (NET-23).",
			Spec:     endpoints,
			Resource: composed.Endpoint("ecr.api"),
			Want: map[string]any{
				"serviceName": "com.amazonaws.eu-west-1.ecr.api", "vpcEndpointType": "Interface", "privateDnsEnabled": true,
				"vpcIdRef.name": "shop-vpc", ".metadata.name": "shop-endpoint-ecr-api",
			},
		},
		"WaitsForTheAccount": {
			Reason:   "The policy names the account.",
			Spec:     endpoints,
			Input:    tiertest.NoInput(),
			Resource: composed.Endpoint("kms"),
			Waits:    true,
		},
		"InEachZone": {
			Reason:   "A zone that fails takes its own endpoint only.",
			Spec:     endpoints,
			Resource: composed.EndpointSubnet("kms", 2),
			Want:     map[string]any{"vpcEndpointIdRef.name": "shop-endpoint-kms", "subnetIdRef.name": "shop-private-subnet-2"},
		},
		"OwnGroupOnly": {
			Reason:   "The VPC's default group must not stay beside the endpoints' (NET-28).",
			Spec:     endpoints,
			Resource: composed.EndpointGroup("kms"),
			Want:     map[string]any{"securityGroupIdRef.name": "shop-endpoint-security-group", "replaceDefaultAssociation": true},
		},
		"FromAppOnly": {
			Reason:   "Only the app tier reaches endpoints, by HTTPS (NET-28).",
			Spec:     endpoints,
			Resource: composed.EndpointFromApp,
			Want: map[string]any{
				"securityGroupIdRef.name": "shop-endpoint-security-group", "referencedSecurityGroupIdRef.name": "shop-app-security-group",
				"fromPort": float64(443), "toPort": float64(443), "ipProtocol": "tcp", "cidrIpv4": tiertest.Absent{},
			},
		},
		"Mail": {
			Reason: "Mail is sent by SMTP, and its name leads to the endpoint.", Resource: composed.EndpointMailFromApp(587),
			Spec: `{"region":"eu-west-1","network":{"interfaceEndpoints":["email-smtp"]}}`,
			Want: map[string]any{"securityGroupIdRef.name": "shop-mail-endpoint-security-group", "referencedSecurityGroupIdRef.name": "shop-app-security-group", "fromPort": float64(587), "toPort": float64(587)},
		},
		"MailGroup": {
			Reason: "The others take HTTPS only (NET-28).", Resource: composed.EndpointGroup("email-smtp"),
			Spec: `{"region":"eu-west-1","network":{"interfaceEndpoints":["email-smtp"]}}`,
			Want: map[string]any{"securityGroupIdRef.name": "shop-mail-endpoint-security-group"},
		},
		"MailLeaves": {
			Reason: "The application may go there.", Resource: composed.AppMailToEndpoint(2465), Spec: `{"region":"eu-west-1","network":{"interfaceEndpoints":["email-smtp"]}}`,
			Want: map[string]any{"securityGroupIdRef.name": "shop-app-security-group", "fromPort": float64(2465)},
		},
		"NoMail": {Reason: "Other endpoints take none.", Resource: composed.EndpointMailFromApp(587), Spec: endpoints, Missing: true},
		"FromResponses": {
			Reason:   "The names of AWS lead the responses' function to endpoints too.",
			Spec:     `{"region":"eu-west-1","network":{"interfaceEndpoints":["ec2","sns"]},"guardrails":{"responses":{"inVpc":true}}}`,
			Resource: composed.EndpointFromResponses,
			Want:     map[string]any{"securityGroupIdRef.name": "shop-endpoint-security-group", "referencedSecurityGroupIdRef.name": "shop-responses-security-group", "fromPort": float64(443)},
		},
		"AnyService": {
			Reason:   "A service that this code does not know has an endpoint like all others, which admits the same callers.",
			Spec:     `{"region":"eu-west-1","network":{"interfaceEndpoints":["bedrock-runtime"]}}`,
			Resource: composed.EndpointGroup("bedrock-runtime"),
			Want:     map[string]any{"vpcEndpointIdRef.name": "shop-endpoint-bedrock-runtime", "securityGroupIdRef.name": "shop-endpoint-security-group"},
		},
		"NotFromResponsesElsewhere": {Reason: "Outside of the VPC they need none.", Spec: endpoints, Resource: composed.EndpointFromResponses, Missing: true},
		"FromNodes": {
			Reason:   "Nodes of a Kubernetes cluster have groups of the cluster's.",
			Spec:     `{"region":"eu-west-1","network":{"interfaceEndpoints":["ecr.api"]},"access":{"runtimes":["EKS"]}}`,
			Resource: composed.EndpointFromNodes(1),
			Want:     map[string]any{"securityGroupIdRef.name": "shop-endpoint-security-group", "cidrIpv4": "10.0.0.0/19", "fromPort": float64(443)},
		},
		"NoDefaultGroupToReplace": {
			Reason: "AWS refuses to replace a group that the endpoint has not.",
			Spec:   endpoints,
			Observed: map[string]string{
				composed.DefaultSecurityGroup: `{"metadata":{"annotations":{"crossplane.io/external-name":"sg-default"}}}`,
				composed.Endpoint("kms"):      `{"status":{"atProvider":{"securityGroupIds":["sg-other"]}}}`,
			},
			Resource: composed.EndpointGroup("kms"),
			Want:     map[string]any{"replaceDefaultAssociation": tiertest.Absent{}},
		},
		"AppMayCall": {
			Reason:   "The app tier may call nothing that no rule names.",
			Spec:     endpoints,
			Resource: composed.AppToEndpoints,
			Want:     map[string]any{"securityGroupIdRef.name": "shop-app-security-group", "referencedSecurityGroupIdRef.name": "shop-endpoint-security-group", "toPort": float64(443)},
		},
	})
}

func TestEndpointPolicies(t *testing.T) {
	own := map[string]any{
		"Sid": "OwnPrincipalsOnly", "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*",
		"Condition": map[string]any{"StringEquals": map[string]any{"aws:PrincipalAccount": tiertest.Account}},
	}
	bucket := "arn:aws:s3:::shop-" + naming.Hash("team-a", "shop") + "-assets"
	ownBucket := map[string]any{
		"Sid": "OwnBucketOnly", "Effect": "Allow", "Principal": "*",
		"Action":   []any{"s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"},
		"Resource": []any{bucket, bucket + "/*"},
	}
	named := map[string]any{
		"Sid": "NamedBuckets", "Effect": "Allow", "Principal": "*",
		"Action":   []any{"s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetBucketLocation", "s3:GetObject", "s3:ListBucket", "s3:PutObject"},
		"Resource": []any{"arn:aws:s3:::product-feed", "arn:aws:s3:::product-feed/*"},
	}
	s := tiertest.Composed(t, `{"region":"eu-west-1","network":{"interfaceEndpoints":["ecr.dkr","kms","sts"],"endpointBuckets":["product-feed"]}}`, nil, tiertest.Platform())
	cases := map[string]struct {
		reason       string
		resourceName string
		want         map[string]map[string]any
	}{
		"Service": {
			reason:       "Nobody may use the endpoint with credentials of another account (NET-27).",
			resourceName: composed.Endpoint("kms"),
			want:         map[string]map[string]any{"OwnPrincipalsOnly": own},
		},
		"SignIn": {
			reason:       "Who signs in by a token has no account before.",
			resourceName: composed.Endpoint("sts"),
			want: map[string]map[string]any{"OwnPrincipalsOnly": own, "SignInToOwnRoles": {
				"Sid": "SignInToOwnRoles", "Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRoleWithWebIdentity",
				"Resource": "arn:aws:iam::123456789012:role/*",
			}},
		},
		"ImageLayers": {
			reason:       "Images come from a bucket of AWS's, through the gateway to S3; the claim names further buckets.",
			resourceName: composed.S3Endpoint,
			want: map[string]map[string]any{"OwnBucketOnly": ownBucket, "NamedBuckets": named, "ReadImageLayers": {
				"Sid": "ReadImageLayers", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
				"Resource": "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*",
			}},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tiertest.Statements(t, s.Resources[tc.resourceName], "policy")); diff != "" {
				t.Errorf("\n%s\npolicy: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
