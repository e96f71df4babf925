package kinds

import guardduty "github.com/upbound/provider-aws/v2/apis/namespaced/guardduty/v1beta1"

var guarddutyService = Service{Name: "guardduty", AddToScheme: guardduty.AddToScheme, Kinds: map[string]Kind{
	"Detector": {
		ExternalName: "${hex:32}", ARN: "guardduty:${region}:${account}:detector/${id}", Shows: Fields{"accountId": "${account}"},
		Immutable: []string{},
		Cost:      ByUsage,
		Usage:     "analyzed events and GiB",
		Call:      Call{Operation: "guardduty CreateDetector"},
	},
}}
