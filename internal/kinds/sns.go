package kinds

var snsService = Service{Name: "sns", Kinds: map[string]Kind{
	"Topic": {
		ID: "${arn}", ARN: "sns:${region}:${account}:${external}", Shows: Fields{"owner": "${account}"},
		Immutable: []string{"fifoTopic"},
		Cost:      ByUsage,
		Usage:     "delivered messages",
		Call:      Call{Operation: "sns CreateTopic", ExternalName: "Name"},
		Called:    Called{Class: "topic"},
		FilledIn: map[string]Decision{
			"fifoThroughputScope": "harmless: of FIFO topics.",
			"signatureVersion":    "harmless: 0, and zero values are not filled in.",
			"tracingConfig":       "harmless: PassThrough, the default.",
		},
	},
	"TopicPolicy": {
		ExternalName: "${arn}", Shows: Fields{"owner": "${account}"},
		Immutable: []string{"arn"},
		Cost:      Free,
		Call:      Call{Operation: "sns SetTopicAttributes"},
	},
	"TopicSubscription": {
		LateInitialized: Fields{"confirmationTimeoutInMinutes": int64(1)}, ExternalName: "${topicArn}:${uuid}", Shows: Fields{"arn": "${external}", "ownerId": "${account}", "pendingConfirmation": false},
		Immutable: []string{"topicArn", "protocol", "endpoint"},
		Cost:      Free,
		Call:      Call{Operation: "sns Subscribe"},
		FilledIn: map[string]Decision{
			"confirmationTimeoutInMinutes": "composed: as waitForDeployment of a distribution.",
			"filterPolicyScope":            "harmless: empty without a filterPolicy. Compose it if a filterPolicy ever is, since it stays when that goes and is then refused.",
		},
	},
}}
