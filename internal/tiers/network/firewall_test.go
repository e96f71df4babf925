package network_test

import (
	"testing"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

func TestFirewall(t *testing.T) {
	const (
		inspected = `{"region":"eu-west-1","network":{"firewall":{}}}`
		byName    = `{"region":"eu-west-1","network":{"firewall":{"protected":true},"allowedDomains":[".example.com"]}}`
		byRange   = `{"region":"eu-west-1","network":{"firewall":{},"allowedDomains":["example.com"],"egress":[{"port":587,"cidrs":["203.0.113.25"]},{"cidrs":["203.0.113.0/24"]},{"protocol":"UDP","port":5000,"toPort":5010,"cidrs":["198.51.100.0/24"]},{"port":25,"securityGroupIds":["sg-0a1b2c3d"]}]}}`
		dataKey   = `{"status":{"atProvider":{"arn":"arn:aws:kms:eu-west-1:123456789012:key/1"}}}`
		ready     = `{"status":{"conditions":[{"type":"Ready","status":"True"}]}}`
		// The order of zones is arbitrary.
		endpoints = `{"status":{"atProvider":{"firewallStatus":[{"syncStates":[
			{"availabilityZone":"eu-west-1b","attachment":[{"endpointId":"vpce-2","subnetId":"subnet-2"}]},
			{"availabilityZone":"eu-west-1a","attachment":[{"endpointId":"vpce-1","subnetId":"subnet-1"}]}]}]}}}`
	)
	subnet := func(id string) string {
		return `{"metadata":{"annotations":{"crossplane.io/external-name":"` + id + `"}}}`
	}
	stands := map[string]string{composed.Firewall: endpoints, composed.FirewallSubnet(1): subnet("subnet-1"), composed.FirewallSubnet(2): subnet("subnet-2")}
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"NoneByDefault": {
			Reason:   "A firewall costs some hundred dollars a month.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.Firewall,
			Missing:  true,
		},
		"Firewall": {
			Reason:   "It stands in each zone, and goes with the stack unless the claim protects it.",
			Spec:     inspected,
			Observed: map[string]string{composed.DataKey: dataKey},
			Resource: composed.Firewall,
			Want: map[string]any{
				"subnetMapping[1].subnetIdRef.name": "shop-firewall-subnet-2", "firewallPolicyArnRef.name": "shop-firewall-policy",
				"deleteProtection": false, "subnetChangeProtection": false,
				"encryptionConfiguration": map[string]any{"type": "CUSTOMER_KMS", "keyId": "arn:aws:kms:eu-west-1:123456789012:key/1"},
			},
		},
		"Protected": {
			Reason:   "AWS refuses to delete it (NET-33).",
			Spec:     byName,
			Observed: map[string]string{composed.DataKey: dataKey},
			Resource: composed.Firewall,
			Want:     map[string]any{"deleteProtection": true, "subnetChangeProtection": true},
		},
		"WaitsForTheKey": {
			Reason:   "The key has no reference.",
			Spec:     inspected,
			Resource: composed.Firewall,
			Waits:    true,
		},
		"SubnetWaitsForItsRange": {
			Reason:   "AWS refuses a subnet outside of the VPC's ranges.",
			Spec:     inspected,
			Resource: composed.FirewallSubnet(1),
			Waits:    true,
		},
		"Subnet": {
			Reason:   "Each zone has a /28 of the firewall's range.",
			Spec:     inspected,
			Observed: map[string]string{composed.FirewallCIDR: ready},
			Resource: composed.FirewallSubnet(2),
			Want:     map[string]any{"cidrBlock": "100.64.0.16/28", "availabilityZone": "eu-west-1b", "mapPublicIpOnLaunch": false},
		},
		"KnownThreats": {
			Reason:   "Without names only what is known as malicious is dropped.",
			Spec:     inspected,
			Resource: composed.FirewallPolicy,
			Want: map[string]any{
				"firewallPolicy.statefulDefaultActions":                    []any{"aws:alert_established"},
				"firewallPolicy.statefulRuleGroupReference[0].resourceArn": "arn:aws:network-firewall:eu-west-1:aws-managed:stateful-rulegroup/AbusedLegitMalwareDomainsStrictOrder",
				"firewallPolicy.statefulRuleGroupReference[3]":             tiertest.Absent{},
				"firewallPolicy.statelessDefaultActions":                   []any{"aws:forward_to_sfe"},
			},
		},
		"NamesOnly": {
			Reason:   "With names everything else is dropped.",
			Spec:     byName,
			Resource: composed.FirewallPolicy,
			Want: map[string]any{
				"firewallPolicy.statefulDefaultActions":                            []any{"aws:drop_established", "aws:alert_established"},
				"firewallPolicy.statefulRuleGroupReference[3].resourceArnRef.name": "shop-firewall-allowed-domains",
				"firewallPolicy.statefulRuleGroupReference[3].priority":            float64(4),
			},
		},
		"Names": {
			Reason:   "Names are known by the host of HTTP and the server name of TLS.",
			Spec:     byName,
			Resource: composed.FirewallDomains,
			Want: map[string]any{
				"type": "STATEFUL", "ruleGroup.rulesSource.rulesSourceList": map[string]any{
					"generatedRulesType": "ALLOWLIST", "targetTypes": []any{"HTTP_HOST", "TLS_SNI"}, "targets": []any{".example.com", "secretsmanager.eu-west-1.amazonaws.com", "ssm.eu-west-1.amazonaws.com"},
				},
			},
		},
		"NoNames": {
			Reason:   "A list without names would drop everything.",
			Spec:     inspected,
			Resource: composed.FirewallDomains,
			Missing:  true,
		},
		"Ranges": {
			Reason:   "What tells no name passes by its address and port, as the claim's rules say.",
			Spec:     byRange,
			Resource: composed.FirewallRanges,
			Want: map[string]any{
				"type": "STATEFUL", "capacity": float64(100), "ruleGroup.statefulRuleOptions.ruleOrder": "STRICT_ORDER",
				"ruleGroup.rulesSource.statefulRule[0].action": "PASS",
				"ruleGroup.rulesSource.statefulRule[0].header": map[string]any{
					"protocol": "TCP", "direction": "FORWARD", "source": "10.0.0.0/16", "sourcePort": "ANY", "destination": "203.0.113.25/32", "destinationPort": "587",
				},
				"ruleGroup.rulesSource.statefulRule[0].ruleOption[0]":          map[string]any{"keyword": "sid", "settings": []any{"1"}},
				"ruleGroup.rulesSource.statefulRule[1].header.destinationPort": "5000:5010", "ruleGroup.rulesSource.statefulRule[1].header.protocol": "UDP",
				"ruleGroup.rulesSource.statefulRule[2]": tiertest.Absent{},
			},
		},
		"RangesAfterNames": {
			Reason:   "They are tried after the names.",
			Spec:     byRange,
			Resource: composed.FirewallPolicy,
			Want: map[string]any{
				"firewallPolicy.statefulRuleGroupReference[4].resourceArnRef.name": "shop-firewall-allowed-ranges",
				"firewallPolicy.statefulRuleGroupReference[4].priority":            float64(5),
			},
		},
		"NoRanges": {
			Reason:   "Without names everything passes that is not known as malicious.",
			Spec:     `{"region":"eu-west-1","network":{"firewall":{},"egress":[{"port":587,"cidrs":["203.0.113.25"]}]}}`,
			Resource: composed.FirewallRanges,
			Missing:  true,
		},
		"Logs": {
			Reason:   "Alerts and flows are recorded.",
			Spec:     inspected,
			Resource: composed.FirewallLogging,
			Want: map[string]any{
				"firewallArnRef.name": "shop-firewall",
				"loggingConfiguration.logDestinationConfig[0].logType": "ALERT", "loggingConfiguration.logDestinationConfig[1].logType": "FLOW",
			},
		},
		"RouteOut": {
			Reason:   "A public subnet leaves through the firewall of its own zone.",
			Spec:     inspected,
			Observed: stands,
			Resource: composed.InspectedRoute(1),
			Want:     map[string]any{"vpcEndpointId": "vpce-1", "destinationCidrBlock": "0.0.0.0/0", "routeTableIdRef.name": "shop-inspected-route-table-1"},
		},
		"RouteIn": {
			Reason:   "Answers come back through the same firewall.",
			Spec:     inspected,
			Observed: stands,
			Resource: composed.FirewallEdgeRoute(2),
			Want:     map[string]any{"vpcEndpointId": "vpce-2", "destinationCidrBlock": "10.0.144.0/20", "routeTableIdRef.name": "shop-firewall-edge-route-table"},
		},
		"RouteWaits": {
			Reason:   "There is no way through a firewall that does not stand.",
			Spec:     inspected,
			Resource: composed.InspectedRoute(1),
			Waits:    true,
		},
		"EdgeOfTheInternetGateway": {
			Reason:   "The internet gateway itself has a route table.",
			Spec:     inspected,
			Resource: composed.FirewallEdgeRouteTableAssociation,
			Want:     map[string]any{"gatewayIdRef.name": "shop-internet-gateway", "subnetIdRef": tiertest.Absent{}},
		},
		"PublicUntilItLeadsSomewhere": {
			Reason:   "Until the firewall stands, public subnets go on as before.",
			Spec:     inspected,
			Resource: composed.PublicRouteTableAssociation(1),
			Want:     map[string]any{"routeTableIdRef.name": "shop-public-route-table", "routeTableIdRef.policy.resolve": "Always"},
		},
		"InspectedOnceItDoes": {
			Reason:   "Then they change over.",
			Spec:     inspected,
			Observed: map[string]string{composed.InspectedRoute(1): ready},
			Resource: composed.PublicRouteTableAssociation(1),
			Want:     map[string]any{"routeTableIdRef.name": "shop-inspected-route-table-1"},
		},
		"PublicAgain": {
			Reason:   "Without a firewall they change back.",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: map[string]string{composed.InspectedRoute(1): ready},
			Resource: composed.PublicRouteTableAssociation(1),
			Want:     map[string]any{"routeTableIdRef.name": "shop-public-route-table"},
		},
	})
}
