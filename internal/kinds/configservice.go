package kinds

var configserviceService = Service{Name: "configservice", Kinds: map[string]Kind{
	"AWSConfigurationRecorderStatus": {
		Immutable: []string{},
		Cost:      Free,
		Call:      Call{Operation: "config StartConfigurationRecorder", ExternalName: "ConfigurationRecorderName"},
	},
	"ConfigRule": {
		ARN: "config:${region}:${account}:config-rule/config-rule-${hex:6}", Shows: Fields{"ruleId": "config-rule-${hex:6}"},
		Immutable: []string{},
		InUse:     InUse{Code: "ResourceInUseException", By: []User{{Kind: "configservice/RemediationConfiguration", Field: "configRuleName"}}},
		Cost:      ByUsage,
		Usage:     "evaluations",
		Call:      Call{Operation: "config PutConfigRule", Within: "ConfigRule", ExternalName: "ConfigRuleName"},
		Called:    Called{Class: "Config rule"},
		FilledIn: map[string]Decision{
			"evaluationMode": "harmless: DETECTIVE, the only one that the rules of a stack have.",
		},
	},
	"ConfigurationAggregator": {
		ARN:       "config:${region}:${account}:config-aggregator/config-aggregator-${lower:8}",
		Immutable: []string{},
		Cost:      Free,
		Call:      Call{Operation: "config PutConfigurationAggregator", ExternalName: "ConfigurationAggregatorName", Members: map[string]string{"accountAggregationSource": "AccountAggregationSources"}},
		Called:    Called{Class: "other"},
	},
	"ConfigurationRecorder": {
		Immutable: []string{},
		Cost:      ByUsage,
		Usage:     "configuration items",
		Call:      Call{Operation: "config PutConfigurationRecorder", Within: "ConfigurationRecorder", ExternalName: "name"},
		Called:    Called{Class: "Config recorder"},
		FilledIn: map[string]Decision{
			"recordingMode": "harmless: CONTINUOUS, the default.",
		},
	},
	"ConformancePack": {
		ARN:       "config:${region}:${account}:conformance-pack/${id}/conformance-pack-${lower:9}",
		Immutable: []string{},
		Cost:      ByUsage,
		Usage:     "evaluations",
		Call:      Call{Operation: "config PutConformancePack", ExternalName: "ConformancePackName"},
	},
	"DeliveryChannel": {
		Immutable: []string{},
		InUse:     InUse{Code: "LastDeliveryChannelDeleteFailedException", By: []User{{Kind: "configservice/AWSConfigurationRecorderStatus"}}},
		Cost:      Free,
		Call:      Call{Operation: "config PutDeliveryChannel", Within: "DeliveryChannel", ExternalName: "name"},
	},
	"RemediationConfiguration": {
		ARN:       "config:${region}:${account}:remediation-configuration/${id}/${uuid}",
		Immutable: []string{"configRuleName"},
		Cost:      ByUsage,
		Usage:     "automation steps",
		Call:      Call{Operation: "config PutRemediationConfigurations", Within: "RemediationConfigurations"},
	},
}}
