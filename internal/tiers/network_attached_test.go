package tiers

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
)

// attachedSpec is a shop in a network that exists, with other fields of it.
func attachedSpec(fields string) string {
	return `{"region":"eu-west-1","network":{"existing":{"vpcId":"vpc-0a1b2c3d","databaseSubnetIds":["subnet-00000001","subnet-00000002"],"privateSubnetIds":["subnet-00000003"]` + fields + `}},
		"guardrails":{"responses":{"inVpc":false}}}`
}

func TestAttached(t *testing.T) {
	runTierCases(t, map[string]tierCase{
		"GroupOfTheApp": {
			reason: "The stack's own groups stand in the VPC that exists.",
			spec:   attachedSpec(""),
			role:   role.AppSecurityGroup,
			want:   map[string]any{"vpcId": "vpc-0a1b2c3d", "vpcIdRef": absent{}},
		},
		"SubnetGroup": {
			reason: "The database stands in the subnets that the claim names.",
			spec:   attachedSpec(""),
			role:   role.DatabaseSubnetGroup,
			want:   map[string]any{"subnetIds": []any{"subnet-00000001", "subnet-00000002"}, "subnetIdRefs": absent{}},
		},
		"ResponsesRunThere": {
			reason:   "What runs in the VPC runs in its private subnets.",
			spec:     strings.Replace(attachedSpec(""), `"inVpc":false`, `"inVpc":true`, 1),
			observed: responding(map[string]string{role.ResponsesRoleNetwork: isReady}),
			role:     role.ResponsesFunction,
			want:     map[string]any{"vpcConfig.subnetIds": []any{"subnet-00000003"}, "vpcConfig.subnetIdRefs": absent{}},
		},
		"ProxyStandsThere": {
			reason: "A proxy stands in two of the private subnets, for good.",
			spec: strings.Replace(strings.Replace(attachedSpec(""), `["subnet-00000003"]`, `["subnet-00000003","subnet-00000006","subnet-00000007"]`, 1),
				`"guardrails"`, `"database":{"proxy":{}},"guardrails"`, 1),
			role: role.DatabaseProxy,
			want: map[string]any{"vpcSubnetIds": []any{"subnet-00000003", "subnet-00000006"}, "vpcSubnetIdsRefs": absent{}},
		},
		"NoFlowLogRole": {
			reason:  "Flow logs are the owner's.",
			spec:    attachedSpec(""),
			role:    role.FlowLogRole,
			missing: true,
		},
		"NoRuleToS3": {
			reason:  "Without an endpoint of the stack's there is no prefix list to name.",
			spec:    attachedSpec(""),
			role:    role.AppToS3,
			missing: true,
		},
		"NoRuleAboutFlowLogs": {
			reason:  "Nor does the stack look after them.",
			spec:    attachedSpec(""),
			role:    role.ConfigRule("flow-logs"),
			missing: true,
		},
		"VPCIsTold": {
			reason: "Applications find the network all the same.",
			spec:   attachedSpec(""),
			role:   parameterRole("network/vpc-id"),
			want:   map[string]any{"insecureValue": "vpc-0a1b2c3d"},
		},
		"PrivateSubnetsAreTold": {
			reason: "It is a list even of one.",
			spec:   attachedSpec(""),
			role:   parameterRole("network/private-subnet-ids"),
			want:   map[string]any{"insecureValue": "subnet-00000003", "type": "StringList"},
		},
		"NoPublicSubnets": {
			reason:  "A network may have none.",
			spec:    attachedSpec(""),
			role:    parameterRole("network/public-subnet-ids"),
			missing: true,
		},
		"PublicSubnetsAreTold": {
			reason: "If it has, load balancers stand there.",
			spec:   attachedSpec(`,"publicSubnetIds":["subnet-00000004","subnet-00000005"]`),
			role:   parameterRole("network/public-subnet-ids"),
			want:   map[string]any{"insecureValue": "subnet-00000004,subnet-00000005"},
		},
	})
}

// Nothing of a network that exists is composed, so that nothing of it is changed,
// tagged or deleted.
func TestAttachedComposesNoNetwork(t *testing.T) {
	s := composed(t, attachedSpec(""), nil, platform())
	var got []string
	for r, resource := range s.resources {
		if resource.Tier == "network" {
			got = append(got, r)
		}
	}
	slices.Sort(got)
	want := []string{role.AppToDatabase, role.AppSecurityGroup, role.DatabaseFromApp, role.DatabaseSecurityGroup}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\nOnly the stack's own security groups stand in it.\nnetwork: -want, +got:\n%s", diff)
	}
	for _, r := range slices.Sorted(maps.Keys(s.resources)) {
		if text := s.resources[r].Object.String(); strings.Contains(text, "shop-vpc") || strings.Contains(text, "-subnet-1") {
			t.Errorf("\nNothing refers to a network that is not made.\n%s: %s", r, text)
		}
	}
}

func TestAttachedStatus(t *testing.T) {
	s := composed(t, attachedSpec(`,"publicSubnetIds":["subnet-00000004"]`), map[string]string{
		role.AppSecurityGroup: `{"metadata":{"annotations":{"crossplane.io/external-name":"sg-1"}}}`,
	}, platform())
	want := v1alpha1.NetworkStatus{
		VPCID: "vpc-0a1b2c3d", PublicSubnetIDs: []string{"subnet-00000004"}, PrivateSubnetIDs: []string{"subnet-00000003"},
		DatabaseSubnetIDs: []string{"subnet-00000001", "subnet-00000002"}, AppSecurityGroupID: "sg-1",
	}
	if diff := cmp.Diff(want, s.status.Network); diff != "" {
		t.Errorf("\nThe status says what to attach to, whoever made it.\nnetwork: -want, +got:\n%s", diff)
	}
}
