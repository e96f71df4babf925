package kinds

var opensearchService = Service{Name: "opensearch", Kinds: map[string]Kind{
	"Domain": {
		ExternalName: "${arn}", ARN: "es:${region}:${account}:domain/${domainName}",
		Shows: Fields{
			"dashboardEndpoint": "vpc-${domainName}-${lower:26}.${region}.es.${dnsSuffix}/_dashboards",
			"domainId":          "${account}/${domainName}",
			"endpoint":          "vpc-${domainName}-${lower:26}.${region}.es.${dnsSuffix}",
		},
		Immutable: []string{"domainName", "encryptAtRest"},
		Cost:      Priced,
		Usage:     "data transfer between zones and to the internet",
		Data:      "its indexes and automatic snapshots",
		Call:      Call{Operation: "opensearch CreateDomain", Members: map[string]string{"encryptAtRest": "EncryptionAtRestOptions", "nodeToNodeEncryption": "NodeToNodeEncryptionOptions", "logPublishingOptions": ""}},
		Called:    Called{Class: "search domain", At: "domainName"},
		FilledIn: map[string]Decision{
			"advancedOptions":         "dropped: AWS's defaults, which differ from version to version.",
			"advancedSecurityOptions": "composed: always on.",
			"aimlOptions":             "dropped: AWS's defaults, which differ from version to version.",
			"autoTuneOptions":         "composed: unless the instance type cannot be tuned, which AWS then says itself.",
			"clusterConfig":           "composed: by size and environment.",
			"domainEndpointOptions":   "composed: HTTPS only.",
			"ebsOptions":              "composed: gp3.",
			"encryptAtRest":           "composed: the data key.",
			"engineVersion":           "composed: always.",
			"ipAddressType":           "dropped: ipv4, the default.",
			"nodeToNodeEncryption":    "composed: always on.",
			"offPeakWindowOptions":    "composed: by softwareUpdateTime.",
			"softwareUpdateOptions":   "composed: on.",
		},
	},
	"DomainPolicy": {
		ExternalName: "esd-policy-${domainName}",
		Immutable:    []string{},
		Cost:         Free,
		Call:         Call{Operation: "opensearch UpdateDomainConfig"},
	},
}}
