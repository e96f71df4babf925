package kinds

var route53Service = Service{Name: "route53", Kinds: map[string]Kind{
	"HostedZoneDNSSEC": {
		ExternalName: "${hostedZoneId}",
		Immutable:    []string{"hostedZoneId"},
		Cost:         Free,
		Call:         Call{Operation: "route53 EnableHostedZoneDNSSEC"},
	},
	"QueryLog": {
		ExternalName: "${uuid}", ARN: "route53:::queryloggingconfig/${id}",
		Immutable: []string{"zoneId", "cloudwatchLogGroupArn"},
		Cost:      Free,
		Call:      Call{Operation: "route53 CreateQueryLoggingConfig", Members: map[string]string{"zoneId": "HostedZoneId", "cloudwatchLogGroupArn": "CloudWatchLogsLogGroupArn"}},
	},
	"Record": {
		ExternalName: "${zoneId}_${name}_${type}", Shows: Fields{"fqdn": "${name}"},
		Immutable: []string{"zoneId", "name", "type", "setIdentifier"},
		Cost:      Free,
		Call:      Call{Operation: "route53 ChangeResourceRecordSets", Within: "ChangeBatch.Changes.ResourceRecordSet"},
		FilledIn: map[string]Decision{
			"allowOverwrite": "harmless: for the provider only.",
		},
	},
	"Zone": {
		ExternalName: "Z${upper:20}",
		ARN:          "route53:::hostedzone/${id}",
		Shows: Fields{
			"nameServers":       List{"ns-2048.awsdns-64.com", "ns-2049.awsdns-65.net", "ns-2050.awsdns-66.org", "ns-2051.awsdns-67.co.uk"},
			"primaryNameServer": "ns-2048.awsdns-64.com",
			"zoneId":            "${id}",
		},
		Immutable: []string{"name", "delegationSetId"},
		Cost:      Priced,
		Usage:     "queries",
		Data:      "its name servers, to which the domain is delegated",
		Call:      Call{Operation: "route53 CreateHostedZone"},
		Called:    Called{Class: "hosted zone"},
		FilledIn: map[string]Decision{
			"enableAcceleratedRecovery": "harmless: false, and zero values are not filled in.",
		},
	},
}}
