package kinds

var ecsService = Service{Name: "ecs", Kinds: map[string]Kind{
	"Cluster": {
		ID: "${arn}", ARN: "ecs:${region}:${account}:cluster/${external}",
		Immutable: []string{},
		InUse:     InUse{Code: "ClusterContainsServicesException", By: []User{{Kind: "ecs/Service", Field: "cluster"}}},
		Cost:      ByUsage,
		Usage:     "Container Insights metrics and logs",
		Call:      Call{Operation: "ecs CreateCluster", ExternalName: "clusterName"},
		Called:    Called{Class: "ECS cluster"},
	},
	"Service": {
		ID: "${arn}", ARN: "ecs:${region}:${account}:service/${cluster}/${external}",
		Immutable: []string{"cluster", "launchType", "iamRole", "schedulingStrategy"},
		Cost:      Free, // The scaling target contains the number of containers.
		Call:      Call{Operation: "ecs CreateService", ExternalName: "serviceName", Members: map[string]string{"loadBalancer": "loadBalancers", "deploymentCircuitBreaker": "deploymentConfiguration", "deploymentMaximumPercent": "", "deploymentMinimumHealthyPercent": "", "enableEcsManagedTags": "enableECSManagedTags", "waitForSteadyState": "", "networkConfiguration": "networkConfiguration"}},
		Called:    Called{Class: "ECS service"},
		FilledIn: map[string]Decision{
			"deploymentConfiguration": "dropped: how ECS deploys by default, which would hold a later default back.",
			"iamRole":                 "dropped: the role that AWS makes for ECS, which cannot change.",
			"triggers":                "dropped: nothing but a reason to deploy once more.",
		},
	},
	"TaskDefinition": {
		ExternalName: "${family}", ID: "${family}", ARN: "ecs:${region}:${account}:task-definition/${family}:${digits:4}",
		Shows: Fields{"arnWithoutRevision": "arn:${partition}:ecs:${region}:${account}:task-definition/${family}", "revision": int64(1)},
		Immutable: []string{
			"containerDefinitions", "cpu", "enableFaultInjection", "ephemeralStorage", "executionRoleArn", "family", "ipcMode", "memory", "networkMode", "pidMode",
			"placementConstraints", "proxyConfiguration", "requiresCompatibilities", "runtimePlatform", "taskRoleArn", "volume",
		},
		Cost:   Free,
		Call:   Call{Operation: "ecs RegisterTaskDefinition", Members: map[string]string{"skipDestroy": "", "trackLatest": ""}},
		Called: Called{Class: "task definition", At: "family"},
		FilledIn: map[string]Decision{
			"enableFaultInjection": "harmless: off, the default, and empty values are not filled in.",
		},
	},
}}
