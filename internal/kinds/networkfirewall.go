package kinds

var networkfirewallService = Service{Name: "networkfirewall", Kinds: map[string]Kind{
	"Firewall": {
		ExternalName: "${arn}",
		ARN:          "network-firewall:${region}:${account}:firewall/${name}",
		Shows: Fields{"firewallStatus": List{Fields{"syncStates": Each{Of: "subnetMapping", Item: Fields{
			"attachment": List{Fields{"endpointId": "vpce-${hex:17:subnetId}", "subnetId": "${subnetId}"}},
		}}}}},
		Immutable: []string{"name", "vpcId"},
		Cost:      Priced,
		Usage:     "processed data",
		Call:      Call{Operation: "network-firewall CreateFirewall", Members: map[string]string{"name": "FirewallName", "subnetMapping": "SubnetMappings"}},
		Called:    Called{Class: "other", At: "name"},
		FilledIn: map[string]Decision{
			"availabilityZoneMapping": "harmless: for transit gateways only.",
		},
	},
	"FirewallPolicy": {
		ID: "${arn}", ARN: "network-firewall:${region}:${account}:firewall-policy/${external}", Shows: Fields{"updateToken": "${uuid}"},
		Immutable: []string{},
		Cost:      Free,
		Call:      Call{Operation: "network-firewall CreateFirewallPolicy", ExternalName: "FirewallPolicyName", Members: map[string]string{"firewallPolicy.statefulRuleGroupReference": "StatefulRuleGroupReferences", "firewallPolicy.statelessRuleGroupReference": "StatelessRuleGroupReferences"}},
	},
	"LoggingConfiguration": {
		ExternalName: "${firewallArn}",
		Immutable:    []string{"firewallArn"},
		Cost:         Free,
		Call:         Call{Operation: "network-firewall UpdateLoggingConfiguration"},
		FilledIn: map[string]Decision{
			"enableMonitoringDashboard": "harmless: false, and zero values are not filled in.",
		},
	},
	"RuleGroup": {
		ID: "${arn}", ARN: "network-firewall:${region}:${account}:stateful-rulegroup/${external}", Shows: Fields{"updateToken": "${uuid}"},
		Immutable: []string{"name", "type", "capacity"},
		Cost:      Free,
		Call:      Call{Operation: "network-firewall CreateRuleGroup", ExternalName: "RuleGroupName"},
		Called:    Called{Class: "other"},
	},
}}
