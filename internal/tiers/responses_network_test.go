package tiers

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/responses"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
)

// inside is a spec whose function runs in the VPC.
const inside = `{"region":"eu-west-1","guardrails":{"responses":{"inVpc":true}}}`

// sortedKeys is the keys of a map in order.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func TestResponsesNetwork(t *testing.T) {
	attached := map[string]string{role.ResponsesRoleNetwork: isReady}
	always := func(name string) map[string]any {
		return map[string]any{"name": name, "policy": map[string]any{"resolve": "Always"}}
	}
	runTierCases(t, map[string]tierCase{
		"NoGroup": {reason: "By default the function is in no VPC.", spec: `{"region":"eu-west-1"}`, role: role.ResponsesSecurityGroup, missing: true},
		"Function": {
			reason:   "It runs in the private subnets of all zones, in a group of its own (RSP-06, RSP-07).",
			spec:     inside,
			observed: responding(attached),
			role:     role.ResponsesFunction,
			want: map[string]any{
				"vpcConfig.subnetIdRefs":        []any{always("shop-private-subnet-1"), always("shop-private-subnet-2")},
				"vpcConfig.securityGroupIdRefs": []any{always("shop-responses-security-group")},
			},
		},
		"FunctionWaitsForPermission": {reason: "Lambda refuses a function that it may not attach.", spec: inside, observed: responding(), role: role.ResponsesFunction, waits: true},
		"Group": {
			reason: "It is not that of the app tier, which reaches the database.",
			spec:   inside,
			role:   role.ResponsesSecurityGroup,
			want:   map[string]any{"name": prefix + "-responses", "vpcIdRef.name": "shop-vpc", "revokeRulesOnDelete": true},
		},
		"Egress": {
			reason: "AWS is reached by HTTPS, at addresses that nobody lists (NET-09).",
			spec:   inside,
			role:   role.ResponsesToAWS,
			want: map[string]any{
				"securityGroupIdRef.name": "shop-responses-security-group", "cidrIpv4": "0.0.0.0/0", "ipProtocol": "tcp", "fromPort": float64(443), "toPort": float64(443), "description": "HTTPS to AWS",
			},
		},
		"PermissionWaitsForTheAccount": {reason: "It names the function.", spec: inside, input: noInput(), role: role.ResponsesRoleNetwork, waits: true},
		"EndpointWaitsForTheAccount":   {reason: "It names the function's role.", spec: inside, input: noInput(), role: role.S3Endpoint, waits: true},
		"EndpointDoesNotWait":          {reason: "Without the function it names nobody.", spec: `{"region":"eu-west-1"}`, input: noInput(), role: role.S3Endpoint},
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
			"Condition": map[string]any{"ArnEquals": map[string]any{"lambda:SourceFunctionArn": "arn:aws:lambda:eu-west-1:123456789012:function:" + prefix + "-responses"}},
		},
	}
	if diff := cmp.Diff(want, statements(t, composed(t, inside, nil, platform()).resources[role.ResponsesRoleNetwork], "policy")); diff != "" {
		t.Errorf("\nLambda may attach the function, the function's code may not.\npolicy: -want, +got:\n%s", diff)
	}
}

// The way to S3 from private subnets leads through the endpoint.
func TestResponsesReachS3(t *testing.T) {
	s := composed(t, inside, responding(), trusting())
	got := statements(t, s.resources[role.S3Endpoint], "policy")["Respond"]
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
	slices.SortFunc(want, func(a, b any) int { return strings.Compare(a.(string), b.(string)) }) //nolint:forcetypeassert // All are texts.
	if diff := cmp.Diff(want, sorted); diff != "" {
		t.Errorf("\nThe endpoint lets through all that responses call S3 for.\nRespond: -want, +got:\n%s", diff)
	}
	if diff := cmp.Diff(map[string]any{"ArnEquals": map[string]any{"aws:PrincipalArn": "arn:aws:iam::123456789012:role/secure-ecommerce/" + prefix + "-responses"}}, got["Condition"]); diff != "" {
		t.Errorf("\nNobody else in the VPC gets there.\nCondition: -want, +got:\n%s", diff)
	}
}
