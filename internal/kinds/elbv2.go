package kinds

import elbv2 "github.com/upbound/provider-aws/v2/apis/namespaced/elbv2/v1beta1"

var elbv2Service = Service{Name: "elbv2", AddToScheme: elbv2.AddToScheme, Kinds: map[string]Kind{
	"LB": {
		ExternalName: "${arn}", ARN: "elasticloadbalancing:${region}:${account}:loadbalancer/app/${name}/${hex:16}",
		Shows: Fields{
			"arnSuffix": "app/${name}/${hex:16}",
			"dnsName":   "internal-${name}-${digits:10}.${region}.elb.amazonaws.com",
			"zoneId":    "Z${upper:13}",
		},
		Immutable: []string{"internal", "loadBalancerType", "name", "customerOwnedIpv4Pool"},
		InUse:     InUse{Code: "ResourceInUse", By: []User{{Kind: "cloudfront/VPCOrigin"}}},
		Cost:      Priced,
		Usage:     "requests, connections and data (capacity units)",
		Call:      Call{Operation: "elbv2 CreateLoadBalancer"},
		Called:    Called{Class: "load balancer", At: "name"},
	},
	"LBListener": {
		ExternalName: "${arn}", ARN: "elasticloadbalancing:${region}:${account}:listener/app/listener/${hex:16}/${hex:16}",
		Immutable: []string{"loadBalancerArn"},
		Cost:      Free,
		Call:      Call{Operation: "elbv2 CreateListener"},
	},
	"LBListenerRule": {
		ExternalName: "${arn}", ARN: "elasticloadbalancing:${region}:${account}:listener-rule/app/rule/${hex:16}/${hex:16}/${hex:16}",
		Immutable: []string{"listenerArn"},
		Cost:      Free,
		Call:      Call{Operation: "elbv2 CreateRule"},
	},
	"LBTargetGroup": {
		ExternalName: "${arn}", ARN: "elasticloadbalancing:${region}:${account}:targetgroup/${name}/${hex:16}",
		Shows:     Fields{"arnSuffix": "targetgroup/${name}/${hex:16}"},
		Immutable: []string{"ipAddressType", "name", "port", "protocol", "protocolVersion", "targetControlPort", "targetType", "vpcId"},
		InUse:     InUse{Code: "ResourceInUse", By: []User{{Kind: "elbv2/LBListener"}, {Kind: "elbv2/LBListenerRule"}}},
		Cost:      Free,
		Call:      Call{Operation: "elbv2 CreateTargetGroup", Members: map[string]string{"healthCheck": ""}},
		Called:    Called{Class: "target group", At: "name"},
	},
}}
