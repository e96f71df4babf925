package tiers

import (
	"testing"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
)

func TestFirewall(t *testing.T) {
	const (
		inspected = `{"region":"eu-west-1","network":{"firewall":{}}}`
		byName    = `{"region":"eu-west-1","network":{"firewall":{"protected":true},"allowedDomains":[".example.com"]}}`
		dataKey   = `{"status":{"atProvider":{"arn":"arn:aws:kms:eu-west-1:123456789012:key/1"}}}`
		ready     = `{"status":{"conditions":[{"type":"Ready","status":"True"}]}}`
		// The zones are in no order.
		endpoints = `{"status":{"atProvider":{"firewallStatus":[{"syncStates":[
			{"availabilityZone":"eu-west-1b","attachment":[{"endpointId":"vpce-2","subnetId":"subnet-2"}]},
			{"availabilityZone":"eu-west-1a","attachment":[{"endpointId":"vpce-1","subnetId":"subnet-1"}]}]}]}}}`
	)
	subnet := func(id string) string {
		return `{"metadata":{"annotations":{"crossplane.io/external-name":"` + id + `"}}}`
	}
	stands := map[string]string{role.Firewall: endpoints, role.FirewallSubnet(1): subnet("subnet-1"), role.FirewallSubnet(2): subnet("subnet-2")}
	runTierCases(t, map[string]tierCase{
		"NoneByDefault": {
			reason:  "A firewall costs some hundred dollars a month.",
			spec:    `{"region":"eu-west-1"}`,
			role:    role.Firewall,
			missing: true,
		},
		"Firewall": {
			reason:   "It stands in each zone, and goes with the stack unless the claim protects it.",
			spec:     inspected,
			observed: map[string]string{role.DataKey: dataKey},
			role:     role.Firewall,
			want: map[string]any{
				"subnetMapping[1].subnetIdRef.name": "shop-firewall-subnet-2", "firewallPolicyArnRef.name": "shop-firewall-policy",
				"deleteProtection": false, "subnetChangeProtection": false,
				"encryptionConfiguration": map[string]any{"type": "CUSTOMER_KMS", "keyId": "arn:aws:kms:eu-west-1:123456789012:key/1"},
			},
		},
		"Protected": {
			reason:   "AWS refuses to delete it (NET-33).",
			spec:     byName,
			observed: map[string]string{role.DataKey: dataKey},
			role:     role.Firewall,
			want:     map[string]any{"deleteProtection": true, "subnetChangeProtection": true},
		},
		"WaitsForTheKey": {
			reason: "The key has no reference.",
			spec:   inspected,
			role:   role.Firewall,
			waits:  true,
		},
		"SubnetWaitsForItsRange": {
			reason: "AWS refuses a subnet outside of the VPC's ranges.",
			spec:   inspected,
			role:   role.FirewallSubnet(1),
			waits:  true,
		},
		"Subnet": {
			reason:   "Each zone has a /28 of the firewall's range.",
			spec:     inspected,
			observed: map[string]string{role.FirewallCIDR: ready},
			role:     role.FirewallSubnet(2),
			want:     map[string]any{"cidrBlock": "100.64.0.16/28", "availabilityZone": "eu-west-1b", "mapPublicIpOnLaunch": false},
		},
		"KnownThreats": {
			reason: "Without names only what is known as malicious is dropped.",
			spec:   inspected,
			role:   role.FirewallPolicy,
			want: map[string]any{
				"firewallPolicy.statefulDefaultActions":                    []any{"aws:alert_established"},
				"firewallPolicy.statefulRuleGroupReference[0].resourceArn": "arn:aws:network-firewall:eu-west-1:aws-managed:stateful-rulegroup/AbusedLegitMalwareDomainsStrictOrder",
				"firewallPolicy.statefulRuleGroupReference[3]":             absent{},
				"firewallPolicy.statelessDefaultActions":                   []any{"aws:forward_to_sfe"},
			},
		},
		"NamesOnly": {
			reason: "With names everything else is dropped.",
			spec:   byName,
			role:   role.FirewallPolicy,
			want: map[string]any{
				"firewallPolicy.statefulDefaultActions":                            []any{"aws:drop_established", "aws:alert_established"},
				"firewallPolicy.statefulRuleGroupReference[3].resourceArnRef.name": "shop-firewall-allowed-domains",
				"firewallPolicy.statefulRuleGroupReference[3].priority":            float64(4),
			},
		},
		"Names": {
			reason: "Names are known by the host of HTTP and the server name of TLS.",
			spec:   byName,
			role:   role.FirewallDomains,
			want: map[string]any{
				"type": "STATEFUL", "ruleGroup.rulesSource.rulesSourceList": map[string]any{
					"generatedRulesType": "ALLOWLIST", "targetTypes": []any{"HTTP_HOST", "TLS_SNI"}, "targets": []any{".example.com", "secretsmanager.eu-west-1.amazonaws.com", "ssm.eu-west-1.amazonaws.com"},
				},
			},
		},
		"NoNames": {
			reason:  "A list without names would drop everything.",
			spec:    inspected,
			role:    role.FirewallDomains,
			missing: true,
		},
		"Logs": {
			reason: "Alerts and flows are recorded.",
			spec:   inspected,
			role:   role.FirewallLogging,
			want: map[string]any{
				"firewallArnRef.name": "shop-firewall",
				"loggingConfiguration.logDestinationConfig[0].logType": "ALERT", "loggingConfiguration.logDestinationConfig[1].logType": "FLOW",
			},
		},
		"RouteOut": {
			reason:   "A public subnet leaves through the firewall of its own zone.",
			spec:     inspected,
			observed: stands,
			role:     role.InspectedRoute(1),
			want:     map[string]any{"vpcEndpointId": "vpce-1", "destinationCidrBlock": "0.0.0.0/0", "routeTableIdRef.name": "shop-inspected-route-table-1"},
		},
		"RouteIn": {
			reason:   "Answers come back through the same firewall.",
			spec:     inspected,
			observed: stands,
			role:     role.FirewallEdgeRoute(2),
			want:     map[string]any{"vpcEndpointId": "vpce-2", "destinationCidrBlock": "10.0.144.0/20", "routeTableIdRef.name": "shop-firewall-edge-route-table"},
		},
		"RouteWaits": {
			reason: "There is no way through a firewall that does not stand.",
			spec:   inspected,
			role:   role.InspectedRoute(1),
			waits:  true,
		},
		"EdgeOfTheInternetGateway": {
			reason: "The internet gateway itself has a route table.",
			spec:   inspected,
			role:   role.FirewallEdgeRouteTableAssociation,
			want:   map[string]any{"gatewayIdRef.name": "shop-internet-gateway", "subnetIdRef": absent{}},
		},
		"PublicUntilItLeadsSomewhere": {
			reason: "Until the firewall stands, public subnets go on as before.",
			spec:   inspected,
			role:   role.PublicRouteTableAssociation(1),
			want:   map[string]any{"routeTableIdRef.name": "shop-public-route-table", "routeTableIdRef.policy.resolve": "Always"},
		},
		"InspectedOnceItDoes": {
			reason:   "Then they change over.",
			spec:     inspected,
			observed: map[string]string{role.InspectedRoute(1): ready},
			role:     role.PublicRouteTableAssociation(1),
			want:     map[string]any{"routeTableIdRef.name": "shop-inspected-route-table-1"},
		},
		"PublicAgain": {
			reason:   "Without a firewall they change back.",
			spec:     `{"region":"eu-west-1"}`,
			observed: map[string]string{role.InspectedRoute(1): ready},
			role:     role.PublicRouteTableAssociation(1),
			want:     map[string]any{"routeTableIdRef.name": "shop-public-route-table"},
		},
	})
}
