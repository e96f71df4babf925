package kinds

import macie2 "github.com/upbound/provider-aws/v2/apis/namespaced/macie2/v1beta1"

var macie2Service = Service{Name: "macie2", AddToScheme: macie2.AddToScheme, Kinds: map[string]Kind{
	"Account": {
		ExternalName: "${account}", Shows: Fields{"serviceRole": "arn:${partition}:iam::${account}:role/aws-service-role/macie.amazonaws.com/AWSServiceRoleForAmazonMacie"},
		Immutable: []string{},
		Cost:      ByUsage,
		Usage:     "monitored buckets and inspected GiB",
		Call:      Call{Operation: "macie2 EnableMacie"},
	},
}}
