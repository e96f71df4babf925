package kinds

var accountService = Service{Name: "account", Kinds: map[string]Kind{
	"AlternateContact": {
		ExternalName: "${accountId}/${alternateContactType}",
		Immutable:    []string{"alternateContactType", "accountId"},
		Cost:         Free,
		Call:         Call{Operation: "account PutAlternateContact"},
	},
}}
