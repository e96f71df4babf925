package network_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

// attachedSpec returns a shop in an existing network, with additional fields of it.
func attachedSpec(fields string) string {
	return `{"region":"eu-west-1","network":{"existing":{"vpcId":"vpc-0a1b2c3d","databaseSubnetIds":["subnet-00000001","subnet-00000002"],"privateSubnetIds":["subnet-00000003"]` + fields + `}},
		"guardrails":{"responses":{"inVpc":false}}}`
}

func TestAttached(t *testing.T) {
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"GroupOfTheApp": {
			Reason:   "The stack's own groups stand in the VPC that exists.",
			Spec:     attachedSpec(""),
			Resource: composed.AppSecurityGroup,
			Want:     map[string]any{"vpcId": "vpc-0a1b2c3d", "vpcIdRef": tiertest.Absent{}},
		},
		"SubnetGroup": {
			Reason:   "The database stands in the subnets that the claim names.",
			Spec:     attachedSpec(""),
			Resource: composed.DatabaseSubnetGroup,
			Want:     map[string]any{"subnetIds": []any{"subnet-00000001", "subnet-00000002"}, "subnetIdRefs": tiertest.Absent{}},
		},
		"ResponsesRunThere": {
			Reason:   "What runs in the VPC runs in its private subnets.",
			Spec:     strings.Replace(attachedSpec(""), `"inVpc":false`, `"inVpc":true`, 1),
			Observed: tiertest.Responding(map[string]string{composed.ResponsesRoleNetwork: tiertest.IsReady}),
			Resource: composed.ResponsesFunction,
			Want:     map[string]any{"vpcConfig.subnetIds": []any{"subnet-00000003"}, "vpcConfig.subnetIdRefs": tiertest.Absent{}},
		},
		"ProxyStandsThere": {
			Reason: "A proxy stands in two of the private subnets, for good.",
			Spec: strings.Replace(strings.Replace(attachedSpec(""), `["subnet-00000003"]`, `["subnet-00000003","subnet-00000006","subnet-00000007"]`, 1),
				`"guardrails"`, `"database":{"proxy":{}},"guardrails"`, 1),
			Resource: composed.DatabaseProxy,
			Want:     map[string]any{"vpcSubnetIds": []any{"subnet-00000003", "subnet-00000006"}, "vpcSubnetIdsRefs": tiertest.Absent{}},
		},
		"NoFlowLogRole": {
			Reason:   "Flow logs are the owner's.",
			Spec:     attachedSpec(""),
			Resource: composed.FlowLogRole,
			Missing:  true,
		},
		"NoRuleToS3": {
			Reason:   "Without an endpoint of the stack's there is no prefix list to name.",
			Spec:     attachedSpec(""),
			Resource: composed.AppToS3,
			Missing:  true,
		},
		"NoRuleAboutFlowLogs": {
			Reason:   "Nor does the stack look after them.",
			Spec:     attachedSpec(""),
			Resource: composed.ConfigRule("flow-logs"),
			Missing:  true,
		},
		"VPCIsTold": {
			Reason:   "Applications find the network all the same.",
			Spec:     attachedSpec(""),
			Resource: "parameter-network-vpc-id",
			Want:     map[string]any{"insecureValue": "vpc-0a1b2c3d"},
		},
		"PrivateSubnetsAreTold": {
			Reason:   "It is a list even of one.",
			Spec:     attachedSpec(""),
			Resource: "parameter-network-private-subnet-ids",
			Want:     map[string]any{"insecureValue": "subnet-00000003", "type": "StringList"},
		},
		"NoPublicSubnets": {
			Reason:   "A network may have none.",
			Spec:     attachedSpec(""),
			Resource: "parameter-network-public-subnet-ids",
			Missing:  true,
		},
		"PublicSubnetsAreTold": {
			Reason:   "If it has, load balancers stand there.",
			Spec:     attachedSpec(`,"publicSubnetIds":["subnet-00000004","subnet-00000005"]`),
			Resource: "parameter-network-public-subnet-ids",
			Want:     map[string]any{"insecureValue": "subnet-00000004,subnet-00000005"},
		},
	})
}

// No part of an existing network is composed, so that it is not changed, tagged or
// deleted.
func TestAttachedComposesNoNetwork(t *testing.T) {
	s := tiertest.Composed(t, attachedSpec(""), nil, tiertest.Platform())
	var got []string
	for r, resource := range s.Resources {
		if resource.Tier == "network" {
			got = append(got, r)
		}
	}
	slices.Sort(got)
	want := []string{composed.AppToDatabase, composed.AppSecurityGroup, composed.DatabaseFromApp, composed.DatabaseSecurityGroup}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\nOnly the stack's own security groups stand in it.\nnetwork: -want, +got:\n%s", diff)
	}
	for _, r := range slices.Sorted(maps.Keys(s.Resources)) {
		if text := s.Resources[r].Object.String(); strings.Contains(text, "shop-vpc") || strings.Contains(text, "-subnet-1") {
			t.Errorf("\nNothing refers to a network that is not made.\n%s: %s", r, text)
		}
	}
}

func TestAttachedStatus(t *testing.T) {
	s := tiertest.Composed(t, attachedSpec(`,"publicSubnetIds":["subnet-00000004"]`), map[string]string{
		composed.AppSecurityGroup: `{"metadata":{"annotations":{"crossplane.io/external-name":"sg-1"}}}`,
	}, tiertest.Platform())
	want := v1alpha1.NetworkStatus{
		VPCID: "vpc-0a1b2c3d", PublicSubnetIDs: []string{"subnet-00000004"}, PrivateSubnetIDs: []string{"subnet-00000003"},
		DatabaseSubnetIDs: []string{"subnet-00000001", "subnet-00000002"}, AppSecurityGroupID: "sg-1",
	}
	if diff := cmp.Diff(want, s.Status.Network); diff != "" {
		t.Errorf("\nThe status says what to attach to, whoever made it.\nnetwork: -want, +got:\n%s", diff)
	}
}
