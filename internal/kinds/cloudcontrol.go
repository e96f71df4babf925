package kinds

import cloudcontrol "github.com/upbound/provider-aws/v2/apis/namespaced/cloudcontrol/v1beta1"

var cloudcontrolService = Service{Name: "cloudcontrol", AddToScheme: cloudcontrol.AddToScheme, Kinds: map[string]Kind{
	"Resource": {
		// An ID in the format of CloudFront's public keys.
		ExternalName: "K${upper:13}",
		Immutable:    []string{"typeName"},
		Cost:         Free,
		Call:         Call{Operation: "cloudcontrol CreateResource"},
	},
}}
