package kinds

var cloudwatchlogsService = Service{Name: "cloudwatchlogs", Kinds: map[string]Kind{
	"Group": {
		LateInitialized: Fields{"logGroupClass": "STANDARD"}, ARN: "logs:${region}:${account}:log-group:${id}",
		Immutable: []string{"logGroupClass"},
		Cost:      ByUsage,
		Usage:     "GiB ingested and stored",
		Data:      "its log lines",
		Call:      Call{Operation: "logs CreateLogGroup", ExternalName: "logGroupName"},
		Called:    Called{Class: "log group"},
		FilledIn: map[string]Decision{
			"logGroupClass": "harmless: STANDARD, which cannot change anyway.",
		},
	},
	"MetricFilter": {
		Immutable: []string{"logGroupName"},
		Cost:      Priced,
		Call:      Call{Operation: "logs PutMetricFilter", ExternalName: "filterName", Members: map[string]string{"pattern": "filterPattern", "metricTransformation": "metricTransformations", "metricTransformation.name": "metricName", "metricTransformation.namespace": "metricNamespace", "metricTransformation.value": "metricValue"}},
		FilledIn: map[string]Decision{
			"applyOnTransformedLogs": "harmless: false, and zero values are not filled in.",
		},
	},
	"ResourcePolicy": {
		Immutable: []string{},
		Cost:      Free,
		Call:      Call{Operation: "logs PutResourcePolicy", ExternalName: "policyName"},
		Called:    Called{Class: "other"},
	},
}}
