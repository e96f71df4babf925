package kinds

var kinesisService = Service{Name: "kinesis", Kinds: map[string]Kind{
	"Stream": {
		ID: "${arn}", ARN: "kinesis:${region}:${account}:stream/${external}",
		Immutable: []string{},
		Cost:      Priced,
		Usage:     "data that is written, read, or kept for more than a day",
		Data:      "records that are not read yet",
		Call:      Call{Operation: "kinesis CreateStream", ExternalName: "StreamName"},
		Called:    Called{Class: "other"},
		FilledIn: map[string]Decision{
			"maxRecordSizeInKib": "harmless: 1024, the default.",
		},
	},
}}
