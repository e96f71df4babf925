package kinds

var inspector2Service = Service{Name: "inspector2", Kinds: map[string]Kind{
	"Enabler": {
		ExternalName: "${joined:accountIds}-${joined:resourceTypes}",
		Immutable:    []string{"accountIds"},
		Cost:         ByUsage,
		Usage:        "scanned functions, images and instances",
		Call:         Call{Operation: "inspector2 Enable"},
	},
}}
