package kinds

var cloudwatchService = Service{Name: "cloudwatch", Kinds: map[string]Kind{
	"CompositeAlarm": {
		ARN:       "cloudwatch:${region}:${account}:alarm:${id}",
		Immutable: []string{"actionsEnabled"},
		Cost:      Priced,
		Call:      Call{Operation: "cloudwatch PutCompositeAlarm", ExternalName: "AlarmName"},
		Called:    Called{Class: "alarm"},
	},
	"Dashboard": {
		Shows:     Fields{"dashboardArn": "arn:${partition}:cloudwatch::${account}:dashboard/${id}"},
		Immutable: []string{},
		Cost:      Priced,
		Call:      Call{Operation: "cloudwatch PutDashboard", ExternalName: "DashboardName"},
		Called:    Called{Class: "dashboard"},
	},
	"MetricAlarm": {
		ARN:       "cloudwatch:${region}:${account}:alarm:${id}",
		Immutable: []string{},
		InUse:     InUse{Code: "ValidationError", By: []User{{Kind: "cloudwatch/CompositeAlarm", Field: "alarmRule"}}},
		Cost:      Priced,
		Call:      Call{Operation: "cloudwatch PutMetricAlarm", ExternalName: "AlarmName", Members: map[string]string{"metricQuery": "Metrics"}},
		Called:    Called{Class: "alarm"},
		FilledIn: map[string]Decision{
			"evaluateLowSampleCountPercentiles": "harmless: AWS shows it for percentiles only, and then as it was asked for.",
		},
	},
}}
