package kinds

var sqsService = Service{Name: "sqs", Kinds: map[string]Kind{
	"Queue": {
		LateInitialized: Fields{"kmsDataKeyReusePeriodSeconds": int64(300), "maxMessageSize": int64(262144), "visibilityTimeoutSeconds": int64(30)}, ExternalName: "https://sqs.${region}.${dnsSuffix}/${account}/${name}", ARN: "sqs:${region}:${account}:${name}", Shows: Fields{"url": "${id}"},
		Immutable: []string{"name", "fifoQueue"},
		Cost:      ByUsage,
		Usage:     "requests",
		Data:      "messages that are not processed yet",
		Call:      Call{Operation: "sqs CreateQueue", Members: map[string]string{"name": "QueueName"}},
		Called:    Called{Class: "queue", At: "name"},
		FilledIn: map[string]Decision{
			"deduplicationScope":           "harmless: of FIFO queues, which say so; empty of others.",
			"fifoThroughputLimit":          "harmless: of FIFO queues, which say so; empty of others.",
			"kmsDataKeyReusePeriodSeconds": "harmless: 300, the default.",
			"maxMessageSize":               "harmless: 262144: Terraform's default, which it also asks AWS for (AWS's own is 1 MiB since August 2025).",
			"redriveAllowPolicy":           "harmless: of dead-letter queues, empty or what the stack says by a resource of its own, which never changes.",
			"redrivePolicy":                "harmless: empty where the stack says none.",
			"sqsManagedSseEnabled":         "harmless: false with a key of KMS, and zero values are not filled in.",
			"visibilityTimeoutSeconds":     "harmless: 30, the default.",
		},
	},
	"QueuePolicy": {
		ExternalName: "${queueUrl}",
		Immutable:    []string{"queueUrl"},
		Cost:         Free,
		Call:         Call{Operation: "sqs SetQueueAttributes"},
	},
	"QueueRedriveAllowPolicy": {
		ExternalName: "${queueUrl}",
		Immutable:    []string{"queueUrl"},
		Cost:         Free,
		Call:         Call{Operation: "sqs SetQueueAttributes"},
	},
}}
