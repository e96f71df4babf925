package kinds

import account "github.com/upbound/provider-aws/v2/apis/namespaced/account/v1beta1"

var accountService = Service{Name: "account", AddToScheme: account.AddToScheme, Kinds: map[string]Kind{
	"AlternateContact": {
		ExternalName: "${accountId}/${alternateContactType}",
		Immutable:    []string{"alternateContactType", "accountId"},
		Cost:         Free,
		Call:         Call{Operation: "account PutAlternateContact"},
	},
}}
