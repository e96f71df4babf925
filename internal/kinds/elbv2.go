package kinds

var elbv2Service = Service{Name: "elbv2", Kinds: map[string]Kind{
	"LB": {
		LateInitialized: Fields{
			"clientKeepAlive": int64(3600), "connectionLogs": Fields{"bucket": ""}, "enableCrossZoneLoadBalancing": true, "enableHttp2": true,
			"healthCheckLogs": Fields{"bucket": ""}, "xffHeaderProcessingMode": "append",
		},
		ExternalName: "${arn}", ARN: "elasticloadbalancing:${region}:${account}:loadbalancer/app/${name}/${hex:16}",
		Shows: Fields{
			"arnSuffix": "app/${name}/${hex:16}",
			"dnsName":   "internal-${name}-${digits:10}.${region}.elb.amazonaws.com",
			"zoneId":    "Z${upper:13}",
		},
		Immutable: []string{"internal", "loadBalancerType", "name", "customerOwnedIpv4Pool"},
		InUse:     InUse{Code: "ResourceInUse", By: []User{{Kind: "cloudfront/VPCOrigin"}}},
		Cost:      Priced,
		Usage:     "requests, connections and data (load balancer capacity units)",
		Call:      Call{Operation: "elbv2 CreateLoadBalancer"},
		Called:    Called{Class: "load balancer", At: "name"},
		FilledIn: map[string]Decision{
			"clientKeepAlive":              "harmless: an hour, the default.",
			"dnsRecordClientRoutingPolicy": "harmless: any zone, the default.",
			"enableHttp2":                  "harmless: on, the default.",
			"enforceSecurityGroupInboundRulesOnPrivateLinkTraffic": "harmless: of network load balancers only.",
			"secondaryIpsAutoAssignedPerSubnet":                    "harmless: of network load balancers only.",
			"subnetMapping":                                        "composed: empty. The provider fills in the subnets that it sees, and would take back a zone that is added later.",
			"xffHeaderProcessingMode":                              "harmless: append, the default.",
		},
	},
	"LBListener": {
		LateInitialized: Fields{"routingHttpResponseServerEnabled": true},
		ExternalName:    "${arn}", ARN: "elasticloadbalancing:${region}:${account}:listener/app/listener/${hex:16}/${hex:16}",
		Immutable: []string{"loadBalancerArn"},
		Cost:      Free,
		Call:      Call{Operation: "elbv2 CreateListener"},
		FilledIn:  listenerHeaders(),
	},
	"LBListenerRule": {
		ExternalName: "${arn}", ARN: "elasticloadbalancing:${region}:${account}:listener-rule/app/rule/${hex:16}/${hex:16}/${hex:16}",
		Immutable: []string{"listenerArn"},
		Cost:      Free,
		Call:      Call{Operation: "elbv2 CreateRule"},
	},
	"LBTargetGroup": {
		LateInitialized: Fields{
			"loadBalancingCrossZoneEnabled": "use_load_balancer_configuration",
			"targetGroupHealth":             Fields{"dnsFailover": Fields{}, "unhealthyStateRouting": Fields{}},
		},
		ExternalName: "${arn}", ARN: "elasticloadbalancing:${region}:${account}:targetgroup/${name}/${hex:16}",
		Shows:     Fields{"arnSuffix": "targetgroup/${name}/${hex:16}"},
		Immutable: []string{"ipAddressType", "name", "port", "protocol", "protocolVersion", "targetControlPort", "targetType", "vpcId"},
		InUse:     InUse{Code: "ResourceInUse", By: []User{{Kind: "elbv2/LBListener"}, {Kind: "elbv2/LBListenerRule"}}},
		Cost:      Free,
		Call:      Call{Operation: "elbv2 CreateTargetGroup", Members: map[string]string{"healthCheck": ""}},
		Called:    Called{Class: "target group", At: "name"},
		FilledIn: map[string]Decision{
			"connectionTermination":          "harmless: of network load balancers only.",
			"loadBalancingAnomalyMitigation": "harmless: off, the default.",
			"loadBalancingCrossZoneEnabled":  "harmless: as the load balancer says, the default.",
			"preserveClientIp":               "harmless: of network load balancers only.",
			"stickiness":                     "composed: off unless the claim asks for it. The provider would fill an earlier one in again.",
			"targetGroupHealth":              "harmless: one container that is well is enough, the default.",
			"targetHealthState":              "harmless: of network load balancers only.",
		},
	},
}}

// listenerHeaders returns the decisions for header fields of a listener. There is a
// field for each header that a listener can rename or set, and all are empty.
func listenerHeaders() map[string]Decision {
	out := map[string]Decision{
		"mutualAuthentication":             "harmless: off, the default.",
		"routingHttpResponseServerEnabled": "harmless: on, the default.",
		"sslPolicy":                        "harmless: empty of HTTP, and composed of HTTPS.",
		"tcpIdleTimeoutSeconds":            "harmless: of network load balancers only.",
	}
	for _, header := range []string{
		"RequestXAmznMtlsClientcertHeaderName",
		"RequestXAmznMtlsClientcertIssuerHeaderName",
		"RequestXAmznMtlsClientcertLeafHeaderName",
		"RequestXAmznMtlsClientcertSerialNumberHeaderName",
		"RequestXAmznMtlsClientcertSubjectHeaderName",
		"RequestXAmznMtlsClientcertValidityHeaderName",
		"RequestXAmznTlsCipherSuiteHeaderName",
		"RequestXAmznTlsVersionHeaderName",
		"ResponseAccessControlAllowCredentialsHeaderValue",
		"ResponseAccessControlAllowHeadersHeaderValue",
		"ResponseAccessControlAllowMethodsHeaderValue",
		"ResponseAccessControlAllowOriginHeaderValue",
		"ResponseAccessControlExposeHeadersHeaderValue",
		"ResponseAccessControlMaxAgeHeaderValue",
		"ResponseContentSecurityPolicyHeaderValue",
		"ResponseStrictTransportSecurityHeaderValue",
		"ResponseXContentTypeOptionsHeaderValue",
		"ResponseXFrameOptionsHeaderValue",
	} {
		out["routingHttp"+header] = "harmless: empty, and empty values are not filled in."
	}
	return out
}
