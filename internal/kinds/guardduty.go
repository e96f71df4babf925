package kinds

var guarddutyService = Service{Name: "guardduty", Kinds: map[string]Kind{
	"Detector": {
		ExternalName: "${hex:32}", ARN: "guardduty:${region}:${account}:detector/${id}", Shows: Fields{"accountId": "${account}"},
		Immutable: []string{},
		Cost:      ByUsage,
		Usage:     "analyzed events and GiB",
		Call:      Call{Operation: "guardduty CreateDetector"},
	},
}}
