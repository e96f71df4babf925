package references

import "testing"

// TestUnresolvedFields checks fields that require the name of a resource.
func TestUnresolvedFields(t *testing.T) {
	testUnresolved(t, map[string]unresolvedCase{
		"WrongLogGroup": {
			reason: "Nothing is logged.",
			args:   args{kind: "networkfirewall/LoggingConfiguration", forProvider: `{"region":"eu-west-1","logDestination":{"logGroup":"/shop-abc/firewall"}}`},
			want: []Finding{
				{Field: "logDestination.logGroup", Text: "/shop-abc/firewall", Why: "the stack has neither a log group nor a parameter with this name"},
				{Field: "logDestination.logGroup", Text: "/shop-abc/firewall", Why: "the stack has no resource with this name"},
			},
		},
		"AlarmRule": {
			reason: "CloudWatch refuses it.",
			args:   args{kind: "cloudwatch/CompositeAlarm", external: "shop-abc-unhealthy", forProvider: `{"region":"eu-west-1","alarmRule":"ALARM(\"shop-abc-root\") OR ALARM(\"old-cpu\")"}`},
			want:   []Finding{{Field: "alarmRule", Text: `ALARM("shop-abc-root") OR ALARM("old-cpu")`, Why: "old-cpu: the stack has no alarm with this name"}},
		},
		"WrongBucketInPattern": {
			reason: "The rule never selects anything.",
			args:   args{kind: "cloudwatchevents/Rule", external: "shop-abc-x", forProvider: `{"region":"eu-west-1","eventPattern":` + quoted(`{"detail":{"requestParameters":{"bucketName":["assets"]}}}`) + `}`},
			want:   []Finding{{Field: "eventPattern.detail.requestParameters.bucketName[]", Text: "assets", Why: "the stack has no bucket with this name"}},
		},
		"WrongPrefixInPattern": {
			reason: "The same of a prefix.",
			args:   args{kind: "cloudwatchevents/Rule", external: "shop-abc-x", forProvider: `{"region":"eu-west-1","eventPattern":` + quoted(`{"detail":{"requestParameters":{"roleName":[{"prefix":"stack-"}]}}}`) + `}`},
			want:   []Finding{{Field: "eventPattern.detail.requestParameters.roleName[].prefix", Text: "stack-", Why: "the stack has no role whose name matches"}},
		},
		"WrongEventSource": {
			reason: "The same of a source.",
			args:   args{kind: "cloudwatchevents/Rule", external: "shop-abc-x", forProvider: `{"region":"eu-west-1","eventPattern":` + quoted(`{"detail":{"eventSource":["sign-in.amazonaws.com"]}}`) + `}`},
			want: []Finding{
				{Field: "eventPattern.detail.eventSource[]", Text: "sign-in.amazonaws.com", Why: "not an event source of CloudTrail"},
			},
		},
		"WrongRule": {
			reason: "It remediates nothing.",
			args:   args{kind: "configservice/RemediationConfiguration", external: "shop-abc-open", forProvider: `{"region":"eu-west-1","targetId":"AWS-ConfigureS3BucketVersioning"}`},
			want: []Finding{
				{Field: externalName, Text: "shop-abc-open", Why: "the stack has no Config rule with this name"},
				{Field: externalName, Text: "shop-abc-open", Why: "the stack has no resource with this name"},
			},
		},
		"WrongTag": {
			reason: "The rule looks at nothing.",
			args:   args{kind: "configservice/ConfigRule", external: "shop-abc-x", forProvider: `{"region":"eu-west-1","scope":{"tagValue":"shop"}}`},
			want:   []Finding{{Field: "scope.tagValue", Text: "shop", Why: "the stack has no value of a tag with this name"}},
		},
		"WrongKey": {
			reason: "A key of another's is given.",
			args:   args{kind: "kms/Key", external: "0a1b2c3d-0000-4000-8000-000000000002", forProvider: `{"region":"eu-west-1"},"managementPolicies":["Observe"]`},
			want:   []Finding{{Field: externalName, Text: "0a1b2c3d-0000-4000-8000-000000000002", Why: "neither the claim nor the input contains this value"}},
		},

		"Vault": {reason: "Its lock is called as it is.", args: args{kind: "backup/VaultLockConfiguration", external: "shop-abc-vault", forProvider: `{"region":"eu-west-1"}`}},
		"WrongVault": {
			reason: "Vaults are of one region.",
			args:   args{kind: "backup/VaultLockConfiguration", external: "shop-abc-vault", forProvider: `{"region":"us-east-1"}`},
			want:   []Finding{{Field: externalName, Text: "shop-abc-vault", Why: "the stack has this backup vault in eu-west-1, not in us-east-1"}},
		},
		"NoName":   {reason: "An empty text names nothing.", args: args{kind: "cloudfront/Distribution", external: "E2ABCDEFGHIJK", forProvider: `{"loggingConfig":{"bucket":""}}`}},
		"GivenKey": {reason: "The input has its ID in an ARN.", args: args{kind: "kms/Key", external: "0a1b2c3d-0000-4000-8000-000000000001", forProvider: `{"region":"eu-west-1"},"managementPolicies":["Observe"]`}},
		"ObjectsOfGivenBucket": {
			reason: "A policy names a bucket of the claim by its ARN.",
			args:   args{kind: rolePolicy, external: "shop-abc-app:x", forProvider: policy(`{"Effect":"Allow","Action":"s3:GetObject","Resource":["arn:aws:s3:::central-logs","arn:aws:s3:::central-logs/*"]}`)},
		},
		"NamesOfAWS": {
			reason: "A list of names that are resolved has all names of AWS.",
			args:   args{kind: controlled, forProvider: `{"region":"eu-west-1","desiredState":` + quoted(`{"Domains":["*.amazonaws.com","*.example.com"]}`) + `}`},
		},
		"GivenBucket": {reason: "The input gives its name.", args: args{kind: "cloudtrail/Trail", external: "shop-abc-x", forProvider: `{"region":"eu-west-1","s3BucketName":"central-logs"}`}},
		"Alias":       {reason: "The host is the distribution's, the zone CloudFront's.", args: args{kind: "route53/Record", forProvider: `{"alias":{"name":"d111111abcdef8.cloudfront.net","zoneId":"Z2FDTNDATAQYW2"}}`}},
		"WrongAliasHost": {
			reason: "The domain leads nowhere.",
			args:   args{kind: "route53/Record", forProvider: `{"alias":{"name":"cdn.example.com"}}`},
			want:   []Finding{{Field: "alias.name", Text: "cdn.example.com", Why: "no resource has this value"}},
		},
		"WrongAliasZone": {
			reason: "Route 53 refuses another zone than CloudFront's.",
			args:   args{kind: "route53/Record", forProvider: `{"alias":{"zoneId":"Z2FDTNDATAQYW3"}}`},
			want: []Finding{
				{Field: "alias.zoneId", Text: "Z2FDTNDATAQYW3", Why: "no resource has this ID"},
				{Field: "alias.zoneId", Text: "Z2FDTNDATAQYW3", Why: "the stack has no hosted zone with this name"},
			},
		},
		"PublicKey": {reason: "Cloud Control makes it.", args: args{kind: "cloudfront/KeyGroup", forProvider: `{"name":"shop-abc-x","items":["K2ABCDEFGHIJKL"]}`}},
		"WrongPublicKey": {
			reason: "An ID of the stack may be another thing's.",
			args:   args{kind: "cloudfront/KeyGroup", forProvider: `{"name":"shop-abc-x","items":["E2ABCDEFGHIJK"]}`},
			want:   []Finding{{Field: "items[]", Text: "E2ABCDEFGHIJK", Why: "the stack has no public key with this name"}},
		},
		"DeliverySourceName": {reason: "Cloud Control makes it.", args: args{kind: controlled, forProvider: `{"region":"us-east-1","desiredState":` + quoted(`{"DeliverySourceName":"shop-abc-cdn"}`) + `}`}},
		"WrongDeliverySourceName": {
			reason: "Cloud Control makes none of this name.",
			args:   args{kind: controlled, forProvider: `{"region":"us-east-1","desiredState":` + quoted(`{"DeliverySourceName":"central"}`) + `}`},
			want:   []Finding{{Field: "desiredState.DeliverySourceName", Text: "central", Why: "the stack has no delivery source with this name"}},
		},
		"Everything": {reason: "A star is all resources.", args: args{kind: rolePolicy, forProvider: policy(`{"Resource":"*"}`)}},
		"NoARN": {
			reason: "IAM wants an ARN, although a topic has this name.",
			args:   args{kind: rolePolicy, forProvider: policy(`{"Resource":"shop-abc-alarms"}`)},
			want:   []Finding{{Field: "policy.Statement[].Resource", Text: "shop-abc-alarms", Why: "not an ARN"}},
		},
		"Wildcard": {reason: "An ARN of the stack matches.", args: args{kind: "cloudwatchevents/Rule", external: "shop-abc-x", forProvider: pattern(`{"resources":[{"wildcard":"arn:aws:*:alarm:*-root"}]}`)}},
		"WrongWildcard": {
			reason: "The rule never selects anything.",
			args:   args{kind: "cloudwatchevents/Rule", external: "shop-abc-x", forProvider: pattern(`{"resources":[{"wildcard":"*:alarm:*-cpu"}]}`)},
			want:   []Finding{{Field: "eventPattern.resources[].wildcard", Text: "*:alarm:*-cpu", Why: "the stack has no ARN that matches"}},
		},
		"Suffix": {reason: "An ARN of the stack ends so.", args: args{kind: "cloudwatchevents/Rule", external: "shop-abc-x", forProvider: pattern(`{"resources":[{"suffix":":alarm:shop-abc-root"}]}`)}},
		"WrongSuffix": {
			reason: "The name is a topic's, but no alarm's.",
			args:   args{kind: "cloudwatchevents/Rule", external: "shop-abc-x", forProvider: pattern(`{"resources":[{"suffix":":alarm:shop-abc-alarms"}]}`)},
			want: []Finding{
				{Field: "eventPattern.resources[].suffix", Text: ":alarm:shop-abc-alarms", Why: "the stack has no ARN with this ending"},
				{Field: "eventPattern.resources[].suffix", Text: "shop-abc-alarms", Why: "the stack has no ARN with this ending"},
			},
		},
		"WrongCertificateAuthority": {
			reason: "RDS no longer has it.",
			args:   args{kind: "rds/Instance", forProvider: `{"region":"eu-west-1","identifier":"shop-abc-x","caCertIdentifier":"rds-ca-2019"}`},
			want:   []Finding{{Field: "caCertIdentifier", Text: "rds-ca-2019", Why: "AWS does not define this name"}},
		},
	})
}
