package kinds

import servicediscovery "github.com/upbound/provider-aws/v2/apis/namespaced/servicediscovery/v1beta1"

var servicediscoveryService = Service{Name: "servicediscovery", AddToScheme: servicediscovery.AddToScheme, Kinds: map[string]Kind{
	"HTTPNamespace": {
		ExternalName: "ns-${lower:16}", ARN: "servicediscovery:${region}:${account}:namespace/${external}",
		Shows:     Fields{"httpName": "${name}"},
		Immutable: []string{"description", "name"},
		InUse:     InUse{Code: "ResourceInUse", By: []User{{Kind: "ecs/Service", Field: "serviceConnectConfiguration.namespace"}}},
		Cost:      Free, // ECS registers the services' containers, free of charge.
		Call:      Call{Operation: "servicediscovery CreateHttpNamespace"},
	},
}}
