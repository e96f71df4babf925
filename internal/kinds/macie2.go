package kinds

var macie2Service = Service{Name: "macie2", Kinds: map[string]Kind{
	"Account": {
		ExternalName: "${account}", Shows: Fields{"serviceRole": "arn:${partition}:iam::${account}:role/aws-service-role/macie.amazonaws.com/AWSServiceRoleForAmazonMacie"},
		Immutable: []string{},
		Cost:      ByUsage,
		Usage:     "monitored buckets and inspected GiB",
		Call:      Call{Operation: "macie2 EnableMacie"},
	},
}}
