package kinds

var cloudcontrolService = Service{Name: "cloudcontrol", Kinds: map[string]Kind{
	"Resource": {
		// An ID in the format of CloudFront's public keys.
		ExternalName: "K${upper:13}",
		Immutable:    []string{"typeName"},
		Cost:         Free,
		Call:         Call{Operation: "cloudcontrol CreateResource"},
	},
}}
