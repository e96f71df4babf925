package names

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// resource is a composed resource as JSON, whose external name is the given one,
// if any, and of which the observation shows the given fields.
func resource(t *testing.T, role, kind, externalName, forProvider, atProvider string) Resource {
	t.Helper()
	service, name, _ := cutKind(kind)
	object := func(status string) map[string]any {
		annotations := "{}"
		if externalName != "" {
			annotations = `{"crossplane.io/external-name":"` + externalName + `"}`
		}
		out := map[string]any{}
		raw := `{"apiVersion":"` + service + `.aws.m.upbound.io/v1beta1","kind":"` + name + `","metadata":{"name":"shop-` + role + `","annotations":` + annotations +
			`},"spec":{"forProvider":` + forProvider + `},"status":{"atProvider":` + status + `}}`
		if err := json.Unmarshal([]byte(raw), &out); err != nil {
			t.Fatalf("%s: %v", role, err)
		}
		return out
	}
	return Resource{Role: role, Desired: object("{}"), Observed: object(atProvider)}
}

func cutKind(kind string) (string, string, bool) {
	for i := range kind {
		if kind[i] == '/' {
			return kind[:i], kind[i+1:], true
		}
	}
	return "", kind, false
}

// stack is a stack in eu-west-1 with some resources in us-east-1. All its names
// resolve.
func stack(t *testing.T) []Resource {
	t.Helper()
	const home, edge = `"region":"eu-west-1"`, `"region":"us-east-1"`
	const tags = `"tags":{"platform.secure-ecommerce.dev/stack":"shop-abc"}`
	return []Resource{
		resource(t, "key", "kms/Key", "11111111-2222-4333-8444-555555555555", `{`+home+`,`+tags+`}`, `{"arn":"arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-4333-8444-555555555555"}`),
		resource(t, "key-alias", "kms/Alias", "shop-abc-key", `{`+home+`,"targetKeyIdRef":{"name":"shop-key"}}`, `{}`),
		resource(t, "topic", "sns/Topic", "shop-abc-alarms", `{`+home+`,"kmsMasterKeyId":"alias/shop-abc-key"}`, `{"arn":"arn:aws:sns:eu-west-1:123456789012:shop-abc-alarms"}`),
		resource(t, "queue", "sqs/Queue", "", `{`+edge+`,"name":"shop-abc-letters"}`, `{"arn":"arn:aws:sqs:us-east-1:123456789012:shop-abc-letters"}`),
		resource(t, "group", "cloudwatchlogs/Group", "/shop-abc/audit", `{`+home+`}`, `{"arn":"arn:aws:logs:eu-west-1:123456789012:log-group:/shop-abc/audit"}`),
		resource(t, "filter", "cloudwatchlogs/MetricFilter", "root", `{`+home+`,"logGroupNameRef":{"name":"shop-group"},"metricTransformation":{"namespace":"shop-abc/audit","name":"RootUsage"}}`, `{}`),
		resource(t, "bucket", "s3/Bucket", "shop-abc-assets", `{`+home+`}`, `{"arn":"arn:aws:s3:::shop-abc-assets","bucketDomainName":"shop-abc-assets.s3.amazonaws.com"}`),
		resource(t, "role", "iam/Role", "shop-abc-app", `{}`, `{"arn":"arn:aws:iam::123456789012:role/shop-abc-app"}`),
		resource(t, "database", "rds/Instance", "db-AAAABBBBCCCCDDDDEEEEFFFF22", `{`+home+`,"identifier":"shop-abc-db"}`, `{"arn":"arn:aws:rds:eu-west-1:123456789012:db:shop-abc-db"}`),
		resource(t, "vpc", "ec2/VPC", "vpc-0123456789abcdef0", `{`+home+`}`, `{}`),
		resource(t, "alarm", "cloudwatch/MetricAlarm", "shop-abc-root", `{`+home+`,"namespace":"shop-abc/audit","metricName":"RootUsage"}`, `{"arn":"arn:aws:cloudwatch:eu-west-1:123456789012:alarm:shop-abc-root"}`),
		resource(t, "distribution", "cloudfront/Distribution", "E2ABCDEFGHIJK", `{`+edge+`,"origin":[{"originId":"assets"}],"defaultCacheBehavior":{"targetOriginId":"assets"}}`, `{"arn":"arn:aws:cloudfront::123456789012:distribution/E2ABCDEFGHIJK"}`),
		resource(t, "rule", "configservice/ConfigRule", "shop-abc-encrypted", `{`+home+`,"scope":{"tagValue":"shop-abc"}}`, `{}`),
	}
}

// given is the claim and the input of this stack.
func given() []map[string]any {
	return []map[string]any{
		{"spec": map[string]any{"region": "eu-west-1", "database": map[string]any{"rotation": "arn:aws:lambda:eu-west-1:123456789012:function:rotate"}}},
		{"kms": map[string]any{"arn": "arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000001"}},
	}
}

func TestUnresolved(t *testing.T) {
	policy := func(statement string) string {
		b, _ := json.Marshal(`{"Statement":[` + statement + `]}`) //nolint:errchkjson // A text always marshals.
		return `{"region":"eu-west-1","policy":` + string(b) + `}`
	}
	quoted := func(document string) string {
		b, _ := json.Marshal(document) //nolint:errchkjson // As above.
		return string(b)
	}
	const rolePolicy = "iam/RolePolicy"
	type args struct{ kind, external, forProvider string }
	cases := map[string]struct {
		reason string
		args   args
		want   []Finding
	}{
		"OwnARN":         {reason: "A resource has it.", args: args{kind: rolePolicy, forProvider: policy(`{"Resource":"arn:aws:sns:eu-west-1:123456789012:shop-abc-alarms"}`)}},
		"GivenARN":       {reason: "The claim gives it.", args: args{kind: "secretsmanager/SecretRotation", forProvider: `{"rotationLambdaArn":"arn:aws:lambda:eu-west-1:123456789012:function:rotate"}`}},
		"InputARN":       {reason: "The input gives it.", args: args{kind: "lambda/Function", external: "shop-abc-app", forProvider: `{"kmsKeyArn":"arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000001"}`}},
		"ManagedPolicy":  {reason: "It is AWS's own.", args: args{kind: "iam/RolePolicyAttachment", forProvider: `{"policyArn":"arn:aws:iam::aws:policy/AWSSupportAccess"}`}},
		"Objects":        {reason: "They are in a bucket of the stack.", args: args{kind: rolePolicy, forProvider: policy(`{"Resource":"arn:aws:s3:::shop-abc-assets/*"}`)}},
		"Streams":        {reason: "They are in a log group of the stack.", args: args{kind: rolePolicy, forProvider: policy(`{"Resource":"arn:aws:logs:eu-west-1:123456789012:log-group:/shop-abc/audit:*"}`)}},
		"FunctionsLater": {reason: "The application brings them.", args: args{kind: rolePolicy, forProvider: policy(`{"Resource":"arn:aws:lambda:eu-west-1:123456789012:function:shop-abc-*"}`)}},
		"Pattern":        {reason: "A resource matches.", args: args{kind: rolePolicy, forProvider: policy(`{"Resource":"arn:aws:cloudwatch:eu-west-1:123456789012:alarm:shop-abc-*"}`)}},
		"DatabaseUser":   {reason: "The database is the stack's.", args: args{kind: rolePolicy, forProvider: policy(`{"Resource":"arn:aws:rds-db:eu-west-1:123456789012:dbuser:db-AAAABBBBCCCCDDDDEEEEFFFF22/app"}`)}},
		"AWSAlias":       {reason: "AWS keeps it in every account.", args: args{kind: "sns/Topic", external: "shop-abc-x", forProvider: `{"region":"eu-west-1","kmsMasterKeyId":"alias/aws/sns"}`}},
		"Description":    {reason: "The stack's own name is no name of a resource.", args: args{kind: "iam/Role", external: "shop-abc-x", forProvider: `{"description":"Runs shop-abc"}`}},

		"WrongAlias": {
			reason: "The key does not exist, as with existing keys: messages are lost.",
			args:   args{kind: "sns/Topic", external: "shop-abc-x", forProvider: `{"region":"eu-west-1","kmsMasterKeyId":"alias/shop-abc-alarms-key"}`},
			want:   []Finding{{Field: "kmsMasterKeyId", Text: "alias/shop-abc-alarms-key", Why: "the stack has no alias of this name"}},
		},
		"AliasOfAnotherRegion": {
			reason: "Keys are of one region.",
			args:   args{kind: "sns/Topic", external: "shop-abc-x", forProvider: `{"region":"us-east-1","kmsMasterKeyId":"alias/shop-abc-key"}`},
			want:   []Finding{{Field: "kmsMasterKeyId", Text: "alias/shop-abc-key", Why: "the stack has this alias in eu-west-1, not in us-east-1"}},
		},
		"WrongLogGroup": {
			reason: "Nothing is logged.",
			args:   args{kind: "networkfirewall/LoggingConfiguration", forProvider: `{"region":"eu-west-1","logDestination":{"logGroup":"/shop-abc/firewall"}}`},
			want: []Finding{
				{Field: "logDestination.logGroup", Text: "/shop-abc/firewall", Why: "the stack has neither log group nor parameter of this name"},
				{Field: "logDestination.logGroup", Text: "/shop-abc/firewall", Why: "the stack has nothing of this name"},
			},
		},
		"WrongDimension": {
			reason: "The alarm never rings.",
			args:   args{kind: "cloudwatch/MetricAlarm", external: "shop-abc-cpu", forProvider: `{"region":"eu-west-1","namespace":"AWS/RDS","metricName":"CPUUtilization","dimensions":{"DBInstanceIdentifier":"shop"}}`},
			want:   []Finding{{Field: "metricName", Text: "DBInstanceIdentifier shop", Why: "the stack has no database instance of this name"}},
		},
		"DimensionOfAnotherRegion": {
			reason: "The metric is where the queue is.",
			args:   args{kind: "cloudwatch/MetricAlarm", external: "shop-abc-letters", forProvider: `{"region":"eu-west-1","namespace":"AWS/SQS","metricName":"ApproximateNumberOfMessagesVisible","dimensions":{"QueueName":"shop-abc-letters"}}`},
			want:   []Finding{{Field: "metricName", Text: "QueueName shop-abc-letters", Why: "the stack has this queue in us-east-1, not in eu-west-1"}},
		},
		"WrongDimensionName": {
			reason: "RDS sends it by other dimensions.",
			args:   args{kind: "cloudwatch/MetricAlarm", external: "shop-abc-lag", forProvider: `{"region":"eu-west-1","namespace":"AWS/RDS","metricName":"AuroraReplicaLagMaximum","dimensions":{"DBInstanceIdentifier":"shop-abc-db"}}`},
			want:   []Finding{{Field: "metricName", Text: "AuroraReplicaLagMaximum by DBInstanceIdentifier", Why: "AWS sends this metric by other dimensions"}},
		},
		"UnknownMetric": {
			reason: "RDS does not send it.",
			args:   args{kind: "cloudwatch/MetricAlarm", external: "shop-abc-cpu", forProvider: `{"region":"eu-west-1","namespace":"AWS/RDS","metricName":"CpuUtilization","dimensions":{"DBInstanceIdentifier":"shop-abc-db"}}`},
			want:   []Finding{{Field: "metricName", Text: "AWS/RDS CpuUtilization", Why: "AWS sends no such metric"}},
		},
		"MetricOfTheEdge": {
			reason: "CloudFront sends it elsewhere.",
			args:   args{kind: "cloudwatch/MetricAlarm", external: "shop-abc-cdn", forProvider: `{"region":"eu-west-1","namespace":"AWS/CloudFront","metricName":"Requests","dimensions":{"DistributionId":"E2ABCDEFGHIJK","Region":"Global"}}`},
			want:   []Finding{{Field: "metricName", Text: "AWS/CloudFront Requests", Why: "AWS sends this metric in us-east-1 only, not in eu-west-1"}},
		},
		"UnfilteredMetric": {
			reason: "No metric filter sends it.",
			args:   args{kind: "cloudwatch/MetricAlarm", external: "shop-abc-iam", forProvider: `{"region":"eu-west-1","namespace":"shop-abc/audit","metricName":"IAMChanges"}`},
			want:   []Finding{{Field: "metricName", Text: "shop-abc/audit IAMChanges", Why: "the stack has no metric of this name"}},
		},
		"Graph": {
			reason: "A graph stays empty.",
			args:   args{kind: "cloudwatch/Dashboard", external: "shop-abc", forProvider: `{"dashboardBody":` + quoted(`{"widgets":[{"properties":{"region":"eu-west-1","metrics":[["AWS/Lambda","Errors","FunctionName","shop-abc-none"]]}}]}`) + `}`},
			want: []Finding{
				{Field: "dashboardBody", Text: "FunctionName shop-abc-none", Why: "the stack has no function of this name"},
				{Field: "dashboardBody.widgets[].properties.metrics[][]", Text: "shop-abc-none", Why: "the stack has nothing of this name"},
			},
		},
		"AlarmRule": {
			reason: "CloudWatch refuses it.",
			args:   args{kind: "cloudwatch/CompositeAlarm", external: "shop-abc-unhealthy", forProvider: `{"region":"eu-west-1","alarmRule":"ALARM(\"shop-abc-root\") OR ALARM(\"old-cpu\")"}`},
			want:   []Finding{{Field: "alarmRule", Text: `ALARM("shop-abc-root") OR ALARM("old-cpu")`, Why: "old-cpu: the stack has no alarm of this name"}},
		},
		"WrongARN": {
			reason: "The topic is in another region.",
			args:   args{kind: "cloudwatchevents/Target", forProvider: `{"region":"us-east-1","arn":"arn:aws:sns:us-east-1:123456789012:shop-abc-alarms"}`},
			want:   []Finding{{Field: "arn", Text: "arn:aws:sns:us-east-1:123456789012:shop-abc-alarms", Why: "no resource has this ARN"}},
		},
		"WrongPartition": {
			reason: "The stack is not in China.",
			args:   args{kind: rolePolicy, forProvider: policy(`{"Resource":"arn:aws-cn:s3:::shop-abc-assets"}`)},
			want:   []Finding{{Field: "policy.Statement[].Resource", Text: "arn:aws-cn:s3:::shop-abc-assets", Why: "the stack is in the partition aws"}},
		},
		"WrongAccount": {
			reason: "Nothing is in that account.",
			args:   args{kind: "sqs/QueuePolicy", forProvider: policy(`{"Condition":{"StringEquals":{"aws:SourceAccount":"210987654321"}}}`)},
			want:   []Finding{{Field: "policy.Statement[].Condition.StringEquals.aws:SourceAccount", Text: "210987654321", Why: "no resource is in this account"}},
		},
		"WrongPrincipal": {
			reason: "No service has this name.",
			args:   args{kind: "sqs/QueuePolicy", forProvider: policy(`{"Principal":{"Service":"event.amazonaws.com"}}`)},
			want:   []Finding{{Field: "policy.Statement[].Principal.Service", Text: "event.amazonaws.com", Why: "no service principal"}},
		},
		"WrongID": {
			reason: "It is no VPC of the stack.",
			args:   args{kind: "ec2/SecurityGroup", forProvider: `{"region":"eu-west-1","name":"shop-abc-x","vpcId":"vpc-0123456789abcdef9"}`},
			want:   []Finding{{Field: "vpcId", Text: "vpc-0123456789abcdef9", Why: "no resource has this ID"}},
		},
		"WrongCachePolicy": {
			reason: "AWS keeps no such policy.",
			args:   args{kind: "cloudfront/Distribution", external: "E2ABCDEFGHIJK", forProvider: `{"defaultCacheBehavior":{"cachePolicyId":"658327ea-f89d-4fab-a63d-7e88639e58f7"}}`},
			want:   []Finding{{Field: "defaultCacheBehavior.cachePolicyId", Text: "658327ea-f89d-4fab-a63d-7e88639e58f7", Why: "no resource has this ID"}},
		},
		"WrongOrigin": {
			reason: "The behavior has nowhere to go.",
			args:   args{kind: "cloudfront/Distribution", external: "E2ABCDEFGHIJK", forProvider: `{"origin":[{"originId":"assets"}],"defaultCacheBehavior":{"targetOriginId":"replica"}}`},
			want:   []Finding{{Field: "defaultCacheBehavior.targetOriginId", Text: "replica", Why: "the distribution has no such origin"}},
		},
		"WrongBucketHost": {
			reason: "There is no such bucket.",
			args:   args{kind: "cloudfront/Distribution", external: "E2ABCDEFGHIJK", forProvider: `{"loggingConfig":{"bucket":"shop-abc-logs.s3.amazonaws.com"}}`},
			want:   []Finding{{Field: "loggingConfig.bucket", Text: "shop-abc-logs.s3.amazonaws.com", Why: "the stack has no bucket of this name"}},
		},
		"WrongBucketInPattern": {
			reason: "The rule never selects anything.",
			args:   args{kind: "cloudwatchevents/Rule", external: "shop-abc-x", forProvider: `{"region":"eu-west-1","eventPattern":` + quoted(`{"detail":{"requestParameters":{"bucketName":["assets"]}}}`) + `}`},
			want:   []Finding{{Field: "eventPattern.detail.requestParameters.bucketName[]", Text: "assets", Why: "the stack has no bucket of this name"}},
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
				{Field: "eventPattern.detail.eventSource[]", Text: "sign-in.amazonaws.com", Why: "no source of events that CloudTrail knows"},
			},
		},
		"WrongRule": {
			reason: "It remediates nothing.",
			args:   args{kind: "configservice/RemediationConfiguration", external: "shop-abc-open", forProvider: `{"region":"eu-west-1","targetId":"AWS-ConfigureS3BucketVersioning"}`},
			want: []Finding{
				{Field: externalName, Text: "shop-abc-open", Why: "the stack has no Config rule of this name"},
				{Field: externalName, Text: "shop-abc-open", Why: "the stack has nothing of this name"},
			},
		},
		"WrongTag": {
			reason: "The rule looks at nothing.",
			args:   args{kind: "configservice/ConfigRule", external: "shop-abc-x", forProvider: `{"region":"eu-west-1","scope":{"tagValue":"shop"}}`},
			want:   []Finding{{Field: "scope.tagValue", Text: "shop", Why: "the stack has no value of a tag of this name"}},
		},
		"WrongRegion": {
			reason: "The stack is not there.",
			args:   args{kind: rolePolicy, forProvider: policy(`{"Condition":{"StringEquals":{"aws:RequestedRegion":"eu-south-2"}}}`)},
			want:   []Finding{{Field: "policy.Statement[].Condition.StringEquals.aws:RequestedRegion", Text: "eu-south-2", Why: "the stack is not in this region"}},
		},
		"WrongReference": {
			reason: "The provider waits for it indefinitely.",
			args:   args{kind: "s3/BucketVersioning", external: "shop-abc-assets", forProvider: `{"region":"eu-west-1","bucketRef":{"name":"shop-none"}}`},
			want:   []Finding{{Field: "bucketRef.name", Text: "shop-none", Why: "the stack has no Kubernetes object of this name"}},
		},
		"WrongKey": {
			reason: "A key of another's is given.",
			args:   args{kind: "kms/Key", external: "0a1b2c3d-0000-4000-8000-000000000002", forProvider: `{"region":"eu-west-1"},"managementPolicies":["Observe"]`},
			want:   []Finding{{Field: externalName, Text: "0a1b2c3d-0000-4000-8000-000000000002", Why: "neither claim nor input gives it"}},
		},
		"WrongMember": {
			reason: "A name in free text is one of the stack's too.",
			args:   args{kind: "ssm/Parameter", external: "/shop-abc/topic", forProvider: `{"region":"eu-west-1","insecureValue":"shop-abc-news"}`},
			want:   []Finding{{Field: "insecureValue.topic", Text: "shop-abc-news", Why: "the stack has nothing of this name"}},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			one := resource(t, "one", tc.args.kind, tc.args.external, tc.args.forProvider, `{}`)
			for i := range tc.want {
				tc.want[i].Role = "one"
			}
			got := Unresolved(append(stack(t), one), given()...)
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nUnresolved(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestMatches(t *testing.T) {
	cases := map[string]struct {
		reason        string
		pattern, text string
		want          bool
	}{
		"Same":      {reason: "A pattern may have no wildcard.", pattern: "a/b", text: "a/b", want: true},
		"Longer":    {reason: "It is about the whole text.", pattern: "a", text: "ab"},
		"Star":      {reason: "A star is any characters, slashes too.", pattern: "a*d", text: "ab/cd", want: true},
		"EmptyStar": {reason: "Or none.", pattern: "a*", text: "a", want: true},
		"Question":  {reason: "A question mark is one.", pattern: "a?c", text: "abc", want: true},
		"NoneLeft":  {reason: "Not none.", pattern: "a?", text: "a"},
		"Twice":     {reason: "Stars may be many.", pattern: "*:alarm:*-cpu", text: "arn:alarm:shop-cpu", want: true},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, matches(tc.pattern, tc.text)); diff != "" {
				t.Errorf("\n%s\nmatches(%q, %q): -want, +got:\n%s", tc.reason, tc.pattern, tc.text, diff)
			}
		})
	}
}
