package kinds

var wafv2Service = Service{Name: "wafv2", Kinds: map[string]Kind{
	"IPSet": {
		ExternalName: "${uuid}", ARN: "wafv2:${region}:${account}:${wafScope}/ipset/${name}/${id}", Shows: Fields{"lockToken": "${uuid:name}"},
		Immutable: []string{"name", "scope", "ipAddressVersion"},
		InUse:     InUse{Code: "WAFAssociatedItemException", By: []User{{Kind: "wafv2/WebACL", Field: "ruleJson"}}},
		Cost:      Free,
		Call:      Call{Operation: "wafv2 CreateIPSet"},
		Called:    Called{Class: "other", At: "name"},
	},
	"WebACL": {
		ExternalName: "${uuid}", ARN: "wafv2:${region}:${account}:${wafScope}/webacl/${name}/${id}", Shows: Fields{"capacity": int64(100), "lockToken": "${uuid:name}"},
		Immutable: []string{"name", "scope"},
		InUse:     InUse{Code: "WAFAssociatedItemException", By: []User{{Kind: "cloudfront/Distribution"}}},
		Cost:      Priced,
		Usage:     "inspected requests",
		Call:      Call{Operation: "wafv2 CreateWebACL"},
		Called:    Called{Class: "web ACL", At: "visibilityConfig.metricName"},
	},
	"WebACLLoggingConfiguration": {
		ExternalName: "${resourceArn}",
		Immutable:    []string{"resourceArn", "logDestinationConfigs"},
		Cost:         Free,
		Call:         Call{Operation: "wafv2 PutLoggingConfiguration", Within: "LoggingConfiguration"},
	},
}}
