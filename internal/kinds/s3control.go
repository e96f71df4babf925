package kinds

import s3control "github.com/upbound/provider-aws/v2/apis/namespaced/s3control/v1beta1"

var s3controlService = Service{Name: "s3control", AddToScheme: s3control.AddToScheme, Kinds: map[string]Kind{
	"AccountPublicAccessBlock": {
		LateInitialized: Fields{"accountId": "${account}"}, ExternalName: "${account}",
		Immutable: []string{"accountId"},
		Cost:      Free,
		Call:      Call{Operation: "s3control PutPublicAccessBlock"},
		FilledIn: map[string]Decision{
			"accountId": "harmless: the provider's account, which cannot change.",
		},
	},
}}
