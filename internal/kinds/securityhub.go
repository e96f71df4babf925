package kinds

var securityhubService = Service{Name: "securityhub", Kinds: map[string]Kind{
	"Account": {
		LateInitialized: Fields{"controlFindingGenerator": "SECURITY_CONTROL"}, ExternalName: "${account}", ARN: "securityhub:${region}:${account}:hub/default",
		Immutable: []string{"enableDefaultStandards"},
		Cost:      ByUsage,
		Usage:     "ingested findings",
		Call:      Call{Operation: "securityhub EnableSecurityHub"},
		FilledIn: map[string]Decision{
			"controlFindingGenerator": "harmless: SECURITY_CONTROL, the default of new accounts; of old ones what they have.",
		},
	},
	"StandardsSubscription": {
		ExternalName: "arn:${partition}:securityhub:${region}:${account}:subscription/${standard}",
		Immutable:    []string{"standardsArn"},
		Cost:         ByUsage,
		Usage:        "checks",
		Call:         Call{Operation: "securityhub BatchEnableStandards", Within: "StandardsSubscriptionRequests"},
	},
}}
