package kinds

var cloudfrontService = Service{Name: "cloudfront", Kinds: map[string]Kind{
	"CachePolicy": {
		ExternalName: "${uuid}", ARN: "cloudfront::${account}:cache-policy/${id}", Shows: Fields{"etag": "E${upper:12}"},
		Immutable: []string{},
		InUse:     InUse{Code: "CachePolicyInUse", By: []User{{Kind: "cloudfront/Distribution"}}},
		Cost:      Free,
		Call:      Call{Operation: "cloudfront CreateCachePolicy", Within: "CachePolicyConfig"},
		Called:    Called{Class: "other", At: "name"},
	},
	"Distribution": {
		LateInitialized: Fields{"waitForDeployment": true},
		ExternalName:    "E${upper:13}",
		ARN:             "cloudfront::${account}:distribution/${id}",
		Shows: Fields{
			"domainName":   "d${lower:13}.cloudfront.net",
			"etag":         "E${upper:12}",
			"hostedZoneId": "Z2FDTNDATAQYW2",
			"status":       "Deployed",
		},
		Immutable: []string{"staging"},
		Cost:      ByUsage,
		Usage:     "requests and data transfer",
		Call: Call{Operation: "cloudfront CreateDistribution", Within: "DistributionConfig", Members: map[string]string{
			"customErrorResponse": "CustomErrorResponses", "loggingConfig": "Logging", "orderedCacheBehavior": "CacheBehaviors",
		}},
		Called: Called{Class: "distribution"},
		FilledIn: map[string]Decision{
			"continuousDeploymentPolicyId": "harmless: empty, and empty values are not filled in.",
			"waitForDeployment":            "composed: for the provider only, with a default of Terraform's that AWS does not show.",
		},
	},
	"KeyGroup": {
		ExternalName: "${uuid}", Shows: Fields{"etag": "E${upper:12}"},
		Immutable: []string{},
		Cost:      Free,
		Call:      Call{Operation: "cloudfront CreateKeyGroup", Within: "KeyGroupConfig"},
		Called:    Called{Class: "other", At: "name"},
	},
	"MonitoringSubscription": {
		ExternalName: "${distributionId}",
		Immutable:    []string{"distributionId"},
		Cost:         Priced,
		Call:         Call{Operation: "cloudfront CreateMonitoringSubscription"},
	},
	"OriginAccessControl": {
		ExternalName: "E${upper:13}", ARN: "cloudfront::${account}:origin-access-control/${id}", Shows: Fields{"etag": "E${upper:12}"},
		Immutable: []string{},
		InUse:     InUse{Code: "OriginAccessControlInUse", By: []User{{Kind: "cloudfront/Distribution"}}},
		Cost:      Free,
		Call:      Call{Operation: "cloudfront CreateOriginAccessControl", Within: "OriginAccessControlConfig", Members: map[string]string{"originAccessControlOriginType": "OriginAccessControlOriginType"}},
		Called:    Called{Class: "origin access control"},
	},
	"RealtimeLogConfig": {
		ExternalName: "${arn}", ARN: "cloudfront::${account}:realtime-log-config/${name}",
		Immutable: []string{"name"},
		Cost:      ByUsage,
		Usage:     "log lines",
		Call:      Call{Operation: "cloudfront CreateRealtimeLogConfig"},
		Called:    Called{Class: "other", At: "name"},
	},
	"ResponseHeadersPolicy": {
		ExternalName: "${uuid}", ARN: "cloudfront::${account}:response-headers-policy/${id}", Shows: Fields{"etag": "E${upper:12}"},
		Immutable: []string{},
		InUse:     InUse{Code: "ResponseHeadersPolicyInUse", By: []User{{Kind: "cloudfront/Distribution"}}},
		Cost:      Free,
		Call:      Call{Operation: "cloudfront CreateResponseHeadersPolicy", Within: "ResponseHeadersPolicyConfig"},
		Called:    Called{Class: "other", At: "name"},
	},
	"VPCOrigin": {
		ExternalName: "vo_${upper:22}", ARN: "cloudfront::${account}:vpcorigin/${id}", Shows: Fields{"etag": "E${upper:12}"},
		Immutable: []string{},
		Cost:      Free,
		Call:      Call{Operation: "cloudfront CreateVpcOrigin"},
		Called:    Called{Class: "VPC origin"},
	},
}}
