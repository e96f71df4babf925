package kinds

var servicediscoveryService = Service{Name: "servicediscovery", Kinds: map[string]Kind{
	"HTTPNamespace": {
		ExternalName: "ns-${lower:16}", ARN: "servicediscovery:${region}:${account}:namespace/${external}",
		Shows:     Fields{"httpName": "${name}"},
		Immutable: []string{"description", "name"},
		InUse:     InUse{Code: "ResourceInUse", By: []User{{Kind: "ecs/Service", Field: "serviceConnectConfiguration.namespace"}}},
		Cost:      Free, // ECS registers the services' containers, free of charge.
		Call:      Call{Operation: "servicediscovery CreateHttpNamespace"},
	},
}}
