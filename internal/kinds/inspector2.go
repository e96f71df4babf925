package kinds

import inspector2 "github.com/upbound/provider-aws/v2/apis/namespaced/inspector2/v1beta1"

var inspector2Service = Service{Name: "inspector2", AddToScheme: inspector2.AddToScheme, Kinds: map[string]Kind{
	"Enabler": {
		ExternalName: "${joined:accountIds}-${joined:resourceTypes}",
		Immutable:    []string{"accountIds"},
		Cost:         ByUsage,
		Usage:        "scanned functions, images and instances",
		Call:         Call{Operation: "inspector2 Enable"},
	},
}}
