package responses_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/responses"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

// inside is a spec whose function runs in the VPC.
const inside = `{"region":"eu-west-1","guardrails":{"responses":{"inVpc":true}}}`

func TestResponsesNetwork(t *testing.T) {
	attached := map[string]string{composed.ResponsesRoleNetwork: tiertest.IsReady}
	always := func(name string) map[string]any {
		return map[string]any{"name": name, "policy": map[string]any{"resolve": "Always"}}
	}
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"NoGroup": {Reason: "By default the function is in no VPC.", Spec: `{"region":"eu-west-1"}`, Resource: composed.ResponsesSecurityGroup, Missing: true},
		"Function": {
			Reason:   "It runs in the private subnets of all zones, in a group of its own (RSP-06, RSP-07).",
			Spec:     inside,
			Observed: tiertest.Responding(attached),
			Resource: composed.ResponsesFunction,
			Want: map[string]any{
				"vpcConfig.subnetIdRefs":        []any{always("shop-private-subnet-1"), always("shop-private-subnet-2")},
				"vpcConfig.securityGroupIdRefs": []any{always("shop-responses-security-group")},
			},
		},
		"FunctionWaitsForPermission": {Reason: "Lambda refuses a function that it may not attach.", Spec: inside, Observed: tiertest.Responding(), Resource: composed.ResponsesFunction, Waits: true},
		"Group": {
			Reason:   "It is not that of the app tier, which reaches the database.",
			Spec:     inside,
			Resource: composed.ResponsesSecurityGroup,
			Want:     map[string]any{"name": tiertest.Prefix + "-responses", "vpcIdRef.name": "shop-vpc", "revokeRulesOnDelete": true},
		},
		"Egress": {
			Reason:   "AWS is reached by HTTPS, at addresses that nobody lists (NET-09).",
			Spec:     inside,
			Resource: composed.ResponsesToAWS,
			Want: map[string]any{
				"securityGroupIdRef.name": "shop-responses-security-group", "cidrIpv4": "0.0.0.0/0", "ipProtocol": "tcp", "fromPort": float64(443), "toPort": float64(443), "description": "HTTPS to AWS",
			},
		},
		"PermissionWaitsForTheAccount": {Reason: "It names the function.", Spec: inside, Input: tiertest.NoInput(), Resource: composed.ResponsesRoleNetwork, Waits: true},
		"EndpointWaitsForTheAccount":   {Reason: "It names the function's role.", Spec: inside, Input: tiertest.NoInput(), Resource: composed.S3Endpoint, Waits: true},
		"EndpointDoesNotWait":          {Reason: "Without the function it names nobody.", Spec: `{"region":"eu-west-1"}`, Input: tiertest.NoInput(), Resource: composed.S3Endpoint},
	})
}

func TestResponsesNetworkPermissions(t *testing.T) {
	actions := []any{
		"ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface",
		"ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:UnassignPrivateIpAddresses",
	}
	want := map[string]map[string]any{
		"AttachToVPC": {"Sid": "AttachToVPC", "Effect": "Allow", "Action": actions, "Resource": "*"},
		"CodeAttachesNothing": {
			"Sid": "CodeAttachesNothing", "Effect": "Deny", "Action": actions, "Resource": "*",
			"Condition": map[string]any{"ArnEquals": map[string]any{"lambda:SourceFunctionArn": "arn:aws:lambda:eu-west-1:123456789012:function:" + tiertest.Prefix + "-responses"}},
		},
	}
	if diff := cmp.Diff(want, tiertest.Statements(t, tiertest.Composed(t, inside, nil, tiertest.Platform()).Resources[composed.ResponsesRoleNetwork], "policy")); diff != "" {
		t.Errorf("\nLambda may attach the function, the function's code may not.\npolicy: -want, +got:\n%s", diff)
	}
}

// Traffic from private subnets to S3 uses the endpoint.
func TestResponsesReachS3(t *testing.T) {
	s := tiertest.Composed(t, inside, tiertest.Responding(), trusting())
	got := tiertest.Statements(t, s.Resources[composed.S3Endpoint], "policy")["Respond"]
	var want []any
	in := responses.Inputs{AssetsBucket: "assets", Buckets: []string{"assets"}, Database: "database", Trail: "trail"}
	for _, r := range responses.All(in) {
		for _, statement := range r.Statements(responses.Enforce) {
			for _, action := range statement.Actions {
				if strings.HasPrefix(action, "s3:") && !slices.Contains(want, any(action)) {
					want = append(want, action)
				}
			}
		}
	}
	sorted, _ := got["Action"].([]any)
	slices.SortFunc(want, func(a, b any) int { return strings.Compare(a.(string), b.(string)) }) //nolint:forcetypeassert // All values are strings.
	if diff := cmp.Diff(want, sorted); diff != "" {
		t.Errorf("\nThe endpoint lets through all that responses call S3 for.\nRespond: -want, +got:\n%s", diff)
	}
	if diff := cmp.Diff(map[string]any{"ArnEquals": map[string]any{"aws:PrincipalArn": "arn:aws:iam::123456789012:role/secure-ecommerce/" + tiertest.Prefix + "-responses"}}, got["Condition"]); diff != "" {
		t.Errorf("\nNobody else in the VPC gets there.\nCondition: -want, +got:\n%s", diff)
	}
}
