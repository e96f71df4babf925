package picture

import "strings"

// place is the area of a card in the picture.
type place string

// Places outside of the band.
const (
	inEdge     place = "Edge"
	inStrip    place = "VPC"
	inPublic   place = "Public subnet"
	inPrivate  place = "Private subnet"
	inApp      place = "Application"
	inData     place = "Database subnet"
	inShop     place = "S3: shop files"
	inRecords  place = "S3: logs and records"
	inMessages place = "Messaging"
	inServices place = "Outside the VPC"
	inReplica  place = "Replica"
	nowhere    place = ""
)

// Parts of the band, in order.
var band = []place{"Audit", "Compliance", "Monitoring", "Recovery", "Responses", "Keys and access", "Account", "More"}

// card is a tile of the picture.
type card struct {
	key   string
	name  string
	lines []string
	at    place
	look  look
	// objects that it represents.
	objects []object
	// existing reports whether the stack uses it without composing it.
	existing bool
	// title is the tooltip of a card without objects.
	title string
}

// definition is the appearance of cards with a key. A key that ends in ":" is a
// prefix.
type definition struct {
	key    string
	at     place
	look   look
	name   string
	detail func(*card) []string
}

// definitions are in the order of cards in the picture.
var definitions = []definition{
	{"waf", inEdge, look{security, glyphShield}, "AWS WAF", wafDetail},
	{"cdn", inEdge, look{networking, glyphCDN}, "CloudFront", cdnDetail},
	{"dns", inEdge, look{networking, glyphDNS}, "Route 53", dnsDetail},
	{"certificate", inEdge, look{security, glyphCertificate}, "Certificate", certificateDetail},

	{"internet-gateway", inStrip, look{networking, glyphGateway}, "Internet gateway", nil},
	{"s3-endpoint", inStrip, look{networking, glyphEndpoint}, "S3 endpoint", fixed("gateway")},
	{"egress-gateway", inStrip, look{networking, glyphGateway}, "Egress-only gateway", fixed("IPv6")},
	{"dns-firewall", inStrip, look{security, glyphShield}, "DNS Firewall", fixed("allow list")},
	{"flow-log", inStrip, look{management, glyphLogs}, "Flow logs", flowLogDetail},
	{"firewall", inPublic, look{security, glyphFirewall}, "Network Firewall", nil},
	{"nat:", inPublic, look{networking, glyphNAT}, "NAT gateway", nil},

	{"load-balancer", inPrivate, look{networking, glyphBalancer}, "Load balancer", balancerDetail},
	{"files", inPrivate, look{storage, glyphFiles}, "EFS", filesDetail},
	{"endpoints", inPrivate, look{networking, glyphEndpoint}, "VPC endpoints", endpointsDetail},
	{"service:", inApp, look{compute, glyphContainer}, "", serviceDetail},
	{"function:", inApp, look{compute, glyphFunction}, "", functionDetail},

	{"proxy", inData, look{database, glyphProxy}, "RDS Proxy", fixed("pools connections")},
	{"database", inData, look{database, glyphDatabase}, "RDS", databaseDetail},
	{"instance:", inData, look{database, glyphDatabase}, "Aurora reader", readerDetail},
	{"cache", inData, look{database, glyphCache}, "ElastiCache", cacheDetail},
	{"search", inData, look{networking, glyphSearch}, "OpenSearch", searchDetail},

	{"bucket:assets", inShop, look{storage, glyphBucket}, "Assets", fixed("S3 bucket")},
	{"bucket:uploads", inShop, look{storage, glyphBucket}, "Uploads", fixed("S3 bucket")},
	{"bucket:replica", inReplica, look{storage, glyphBucket}, "Assets replica", fixed("S3 bucket")},
	{"bucket:replica-logs", inReplica, look{storage, glyphBucket}, "Access logs", fixed("of the replica")},
	{"bucket:", inRecords, look{storage, glyphBucket}, "", bucketDetail},
	{"queue:", inMessages, look{integration, glyphQueue}, "", queueDetail},
	{"mail", inMessages, look{integration, glyphMail}, "Amazon SES", mailDetail},
	{"jobs", inServices, look{compute, glyphFunction}, "Job runner", jobsDetail},
	{"backup-copy", inReplica, look{storage, glyphBackup}, "Backup vault", fixed("copies")},

	{"trail", "Audit", look{management, glyphTrail}, "CloudTrail", trailDetail},
	{"guardduty", "Audit", look{security, glyphEye}, "GuardDuty", fixed("threat detection")},
	{"securityhub", "Audit", look{security, glyphShield}, "Security Hub", fixed("findings")},
	{"inspector", "Audit", look{security, glyphEye}, "Inspector", fixed("vulnerabilities")},
	{"macie", "Audit", look{security, glyphEye}, "Macie", fixed("sensitive data")},
	{"analyzer", "Audit", look{security, glyphEye}, "Access Analyzer", fixed("external access")},
	{"malware", "Audit", look{security, glyphEye}, "Malware scan", fixed("of uploads")},
	{"config", "Compliance", look{management, glyphChecks}, "AWS Config", counted("configservice/ConfigRule", "rule")},
	{"alarms", "Monitoring", look{management, glyphBell}, "CloudWatch", counted("cloudwatch/MetricAlarm", "alarm")},
	{"logs", "Monitoring", look{management, glyphLogs}, "Log groups", counted("cloudwatchlogs/Group", "group")},
	{"topics", "Monitoring", look{integration, glyphTopic}, "SNS", counted("sns/Topic", "topic")},
	{"stream", "Monitoring", look{networking, glyphStream}, "Kinesis", fixed("real-time CDN logs")},
	{"events", "Responses", look{integration, glyphBolt}, "EventBridge", counted("cloudwatchevents/Rule", "rule")},
	{"responses", "Responses", look{compute, glyphFunction}, "Lambda", fixed("undoes changes")},
	{"dead-letters", "Responses", look{integration, glyphQueue}, "SQS", counted("sqs/Queue", "dead-letter queue")},
	{"keys", "Keys and access", look{security, glyphKey}, "KMS", counted("kms/Key", "key")},
	{"secrets", "Keys and access", look{security, glyphLock}, "Secrets Manager", secretsDetail},
	{"parameters", "Keys and access", look{management, glyphSliders}, "Parameter Store", counted("ssm/Parameter", "parameter")},
	{"roles", "Keys and access", look{security, glyphRole}, "IAM", counted("iam/Role", "role")},
	{"backup", "Recovery", look{storage, glyphBackup}, "AWS Backup", backupDetail},
	{"account", "Account", look{management, glyphChecks}, "Account settings", settingsDetail},
	{"other", "More", look{management, glyphSliders}, "Other", othersDetail},

	// The following are drawn as containers.
	{"vpc", nowhere, look{}, "VPC", nil},
	{"app", nowhere, look{}, "Application", nil},
	{"subnet:", nowhere, look{}, "Subnet", nil},
}

// defined returns the definition of a key and its position.
func defined(key string) (int, definition) {
	for i, d := range definitions {
		if d.key == key {
			return i, d
		}
	}
	beginning, _, _ := strings.Cut(key, ":")
	for i, d := range definitions {
		if d.key == beginning+":" {
			return i, d
		}
	}
	return len(definitions), definition{key: key, at: "More", look: look{management, glyphSliders}, name: key}
}
