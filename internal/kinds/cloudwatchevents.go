package kinds

var cloudwatcheventsService = Service{Name: "cloudwatchevents", Kinds: map[string]Kind{
	"Rule": {
		LateInitialized: Fields{"isEnabled": true}, ARN: "events:${region}:${account}:rule/${external}",
		Immutable: []string{"eventBusName"},
		InUse:     InUse{Code: "ValidationException", By: []User{{Kind: "cloudwatchevents/Target", Field: "rule"}}},
		Cost:      Free,
		Call:      Call{Operation: "events PutRule", ExternalName: "Name"},
		Called:    Called{Class: "event rule"},
		FilledIn: map[string]Decision{
			"isEnabled": "composed: left out, the provider writes the rule again and again (seen on the real one): Terraform suppresses that by a plan that upjet does not make.",
		},
	},
	"Target": {
		ExternalName: "${rule}-${targetId|terraform}",
		Immutable:    []string{"rule", "targetId", "eventBusName"},
		Cost:         Free,
		Call:         Call{Operation: "events PutTargets", Within: "Targets", Members: map[string]string{"targetId": "Id"}},
	},
}}
