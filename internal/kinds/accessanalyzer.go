package kinds

var accessanalyzerService = Service{Name: "accessanalyzer", Kinds: map[string]Kind{
	"Analyzer": {
		ARN:       "access-analyzer:${region}:${account}:analyzer/${id}",
		Immutable: []string{"type"},
		Cost:      ByUsage,
		Usage:     "analyzed roles and users, if analysis of unused access is enabled",
		Call:      Call{Operation: "accessanalyzer CreateAnalyzer", ExternalName: "analyzerName"},
	},
}}
