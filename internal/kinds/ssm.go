package kinds

var ssmService = Service{Name: "ssm", Kinds: map[string]Kind{
	"Document": {
		ARN:       "ssm:${region}:${account}:automation-definition/${external}", // It has the name of documents that can be run.
		Immutable: []string{},
		Cost:      ByUsage,
		Usage:     "steps of Systems Manager automations",
		Call:      Call{Operation: "ssm CreateDocument", ExternalName: "Name"},
		Called:    Called{Class: "document"},
	},
	"Parameter": {
		LateInitialized: Fields{"arn": "${arn}"}, ARN: "ssm:${region}:${account}:parameter${external}", Shows: Fields{"version": int64(1)},
		Immutable: []string{"dataType"},
		Cost:      Priced,
		Call:      Call{Operation: "ssm PutParameter", ExternalName: "Name"},
		Called:    Called{Class: "parameter"},
		FilledIn: map[string]Decision{
			"arn":   "harmless: cannot change.",
			"keyId": "harmless: empty for plain parameters.",
		},
	},
	"ServiceSetting": {
		// Names of parameters and settings are paths with a leading slash.
		ExternalName: "${arn}", ARN: "ssm:${region}:${account}:servicesetting${settingId}", Shows: Fields{"status": "Customized"},
		Immutable: []string{"settingId"},
		Cost:      Free,
		Call:      Call{Operation: "ssm UpdateServiceSetting"},
	},
}}
