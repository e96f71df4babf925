package kinds

var s3controlService = Service{Name: "s3control", Kinds: map[string]Kind{
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
