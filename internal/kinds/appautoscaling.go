package kinds

var appautoscalingService = Service{Name: "appautoscaling", Kinds: map[string]Kind{
	"Policy": {
		ARN:       "autoscaling:${region}:${account}:scalingPolicy:${uuid}:resource/${serviceNamespace}/${resourceId}:policyName/${external}",
		ID:        "${external}",
		Immutable: []string{"resourceId", "scalableDimension", "serviceNamespace"},
		Cost:      Free,
		Call:      Call{Operation: "application-autoscaling PutScalingPolicy", ExternalName: "PolicyName"},
		Called:    Called{Class: "scaling policy"},
	},
	"Target": {
		ExternalName: "${resourceId}",
		ARN:          "application-autoscaling:${region}:${account}:scalable-target/${hex:32}",
		Shows: Fields{
			"roleArn": "arn:${partition}:iam::${account}:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService",
		},
		Immutable: []string{"resourceId", "scalableDimension", "serviceNamespace"},
		Cost:      Priced,
		Call:      Call{Operation: "application-autoscaling RegisterScalableTarget"},
		FilledIn: map[string]Decision{
			"roleArn":        "harmless: the role that AWS makes for ECS, and has whatever is asked for.",
			"suspendedState": "harmless: nothing is suspended, the default.",
		},
	},
}}
