package kinds

import accessanalyzer "github.com/upbound/provider-aws/v2/apis/namespaced/accessanalyzer/v1beta1"

var accessanalyzerService = Service{Name: "accessanalyzer", AddToScheme: accessanalyzer.AddToScheme, Kinds: map[string]Kind{
	"Analyzer": {
		ARN:       "access-analyzer:${region}:${account}:analyzer/${id}",
		Immutable: []string{"type"},
		Cost:      ByUsage,
		Usage:     "analyzed roles and users, if analysis of unused access is enabled",
		Call:      Call{Operation: "accessanalyzer CreateAnalyzer", ExternalName: "analyzerName"},
	},
}}
