package tiers

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
)

// everything is observed values that permissions name.
var everything = map[string]string{
	role.DataKey:      `{"status":{"atProvider":{"arn":"arn:key:data"}}}`,
	role.SecretsKey:   `{"status":{"atProvider":{"arn":"arn:key:secrets"}}}`,
	role.AppSecret:    `{"status":{"atProvider":{"arn":"arn:secret:app"}}}`,
	role.AppRole:      `{"status":{"atProvider":{"arn":"arn:role:app"}}}`,
	role.Database:     `{"status":{"atProvider":{"resourceId":"db-ABC","masterUserSecret":[{"secretArn":"arn:secret:db"}]}}}`,
	role.Distribution: `{"status":{"atProvider":{"arn":"` + distributionARN + `"}}}`,
}

func TestAccess(t *testing.T) {
	runTierCases(t, map[string]tierCase{
		"PoliciesOfOthers": {
			reason: "Roles are handed out: what others attached must not hold their deletion up (terraform-provider-aws 40059).",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.AppRole,
			want:   map[string]any{"forceDetachPolicies": true},
		},
		"AppRole": {
			reason: "The app role is short-lived, has its place and no boundary unless the platform says so (IAM-20).",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.AppRole,
			want: map[string]any{
				"path": "/secure-ecommerce/", "maxSessionDuration": float64(3600), "permissionsBoundary": absent{},
				".metadata.annotations[crossplane.io/external-name]": prefix + "-app",
			},
		},
		"Boundary": {
			reason: "The platform bounds every role (IAM-19).",
			spec:   `{"region":"eu-west-1"}`,
			input:  &inputv1alpha1.Input{AccountID: account, PermissionsBoundaryARN: "arn:aws:iam::123456789012:policy/boundary"},
			role:   role.MonitoringRole,
			want:   map[string]any{"permissionsBoundary": "arn:aws:iam::123456789012:policy/boundary"},
		},
		"MonitoringRoleStaysWithTheDatabase": {
			reason: "A database that stays goes on writing metrics.",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.MonitoringRole,
			want:   map[string]any{stays: true},
		},
		"AppRoleGoes": {
			reason: "Nothing else stays for the database.",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.AppRole,
			want:   map[string]any{stays: false},
		},
		"MonitoringPolicy": {
			reason: "RDS looks for AWS's own policy, in the partition's ARN.",
			spec:   `{"region":"cn-north-1"}`,
			role:   role.MonitoringRolePolicy,
			want:   map[string]any{"policyArn": "arn:aws-cn:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole", "roleRef.name": "shop-database-monitoring-role"},
		},
		"FlowLogRoleWaitsForTheAccount": {
			reason: "The trust policy says for which account the service acts.",
			spec:   `{"region":"eu-west-1"}`,
			input:  noInput(),
			role:   role.FlowLogRole,
			waits:  true,
		},
		"SecretsWaitForTheirARN":  {reason: "No permission on a secret before its name is known.", spec: `{"region":"eu-west-1"}`, role: role.AppRoleSecrets, waits: true},
		"DatabaseWaitsForItsID":   {reason: "Signing in by IAM names the instance's own ID.", spec: `{"region":"eu-west-1"}`, role: role.AppRoleDatabase, waits: true},
		"NetworkWaitsForNothing":  {reason: "A permission that names nothing waits for nothing.", spec: `{"region":"eu-west-1"}`, input: noInput(), role: role.AppRoleNetwork},
		"NoPublisherWithoutACDN":  {reason: "Without a CDN there is nothing to refresh.", spec: `{"region":"us-gov-east-1"}`, role: role.PublisherRole, missing: true},
		"InlinePolicyHasItsOwnID": {reason: "An inline policy's name is unique within its role.", spec: `{"region":"eu-west-1"}`, role: role.AppRoleLogs, want: map[string]any{".metadata.annotations[crossplane.io/external-name]": "logs", "roleRef.name": "shop-app-role"}},
	})
}

func TestTrustPolicies(t *testing.T) {
	s := composed(t, `{"region":"eu-west-1"}`, nil, platform())
	trust := func(service string, condition map[string]any) map[string]map[string]any {
		statement := map[string]any{"Effect": "Allow", "Principal": map[string]any{"Service": service}, "Action": "sts:AssumeRole"}
		if condition != nil {
			statement["Condition"] = condition
		}
		return map[string]map[string]any{"": statement}
	}
	forAccount := func(source string) map[string]any {
		return map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": account}, "ArnLike": map[string]any{"aws:SourceArn": source}}
	}
	cases := map[string]struct {
		reason string
		role   string
		want   map[string]map[string]any
	}{
		"App":        {reason: "Lambda sends no source, so the trust names it only (IAM-14).", role: role.AppRole, want: trust("lambda.amazonaws.com", nil)},
		"Publisher":  {reason: "Another function, the same trust.", role: role.PublisherRole, want: trust("lambda.amazonaws.com", nil)},
		"FlowLog":    {reason: "Flow logs of this account only.", role: role.FlowLogRole, want: trust("vpc-flow-logs.amazonaws.com", forAccount("arn:aws:ec2:eu-west-1:123456789012:vpc-flow-log/*"))},
		"Monitoring": {reason: "This database only.", role: role.MonitoringRole, want: trust("monitoring.rds.amazonaws.com", forAccount("arn:aws:rds:eu-west-1:123456789012:db:"+prefix+"-db"))},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, statements(t, s.resources[tc.role], "assumeRolePolicy")); diff != "" {
				t.Errorf("\n%s\ntrust: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestPermissions(t *testing.T) {
	s := composed(t, `{"region":"eu-west-1"}`, everything, platform())
	via := func(service string) map[string]any {
		return map[string]any{"StringEquals": map[string]any{"kms:ViaService": service + ".eu-west-1.amazonaws.com"}}
	}
	bucket := "arn:aws:s3:::" + prefix + "-assets"
	group := "arn:aws:logs:eu-west-1:123456789012:log-group:/" + prefix + "/vpc-flow-logs"
	allow := func(sid string, action, on any, condition map[string]any) map[string]any {
		out := map[string]any{"Sid": sid, "Effect": "Allow", "Action": action, "Resource": on}
		if condition != nil {
			out["Condition"] = condition
		}
		return out
	}
	read := []any{"secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"}
	cases := map[string]struct {
		reason string
		role   string
		want   map[string]map[string]any
	}{
		"AppReadsAssets": {
			reason: "The shop reads its files and cannot change them.",
			role:   role.AppRoleAssets,
			want: map[string]map[string]any{
				"ReadAssets":    allow("ReadAssets", "s3:GetObject", bucket+"/*", nil),
				"DecryptAssets": allow("DecryptAssets", "kms:Decrypt", "arn:key:data", via("s3")),
			},
		},
		"AppReadsItsSecret": {
			reason: "One secret, one key, through Secrets Manager only (IAM-10 to IAM-12).",
			role:   role.AppRoleSecrets,
			want: map[string]map[string]any{
				"ReadSecret":    allow("ReadSecret", read, "arn:secret:app", nil),
				"DecryptSecret": allow("DecryptSecret", "kms:Decrypt", "arn:key:secrets", via("secretsmanager")),
			},
		},
		"AppSignsInToItsDatabase": {
			reason: "One instance, one database user.",
			role:   role.AppRoleDatabase,
			want: map[string]map[string]any{
				"ReadSecret":    allow("ReadSecret", read, "arn:secret:db", nil),
				"DecryptSecret": allow("DecryptSecret", "kms:Decrypt", "arn:key:secrets", via("secretsmanager")),
				"SignInByIAM":   allow("SignInByIAM", "rds-db:connect", "arn:aws:rds-db:eu-west-1:123456789012:dbuser:db-ABC/ecommerce_app", nil),
			},
		},
		"PublisherWritesAssets": {
			reason: "Publishing writes files and nothing else.",
			role:   role.PublisherRoleAssets,
			want: map[string]map[string]any{
				"ListAssets":    allow("ListAssets", "s3:ListBucket", bucket, nil),
				"PublishAssets": allow("PublishAssets", []any{"s3:DeleteObject", "s3:GetObject", "s3:PutObject"}, bucket+"/*", nil),
				"EncryptAssets": allow("EncryptAssets", []any{"kms:Decrypt", "kms:GenerateDataKey"}, "arn:key:data", via("s3")),
			},
		},
		"PublisherRefreshesTheCDN": {
			reason: "The stack's own distribution only.",
			role:   role.PublisherRoleCDN,
			want: map[string]map[string]any{
				"RefreshCDN": allow("RefreshCDN", []any{"cloudfront:CreateInvalidation", "cloudfront:GetInvalidation"}, distributionARN, nil),
			},
		},
		"FlowLogsWriteToTheirGroup": {
			reason: "One log group.",
			role:   role.FlowLogRoleLogs,
			want: map[string]map[string]any{
				"WriteFlowLogs": allow("WriteFlowLogs", []any{"logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"}, []any{group, group + ":*"}, nil),
			},
		},
		"FunctionsLog": {
			reason: "Functions named after the stack write their own logs.",
			role:   role.AppRoleLogs,
			want: map[string]map[string]any{
				"CreateLogGroup": allow("CreateLogGroup", "logs:CreateLogGroup", "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/"+prefix+"-*", nil),
				"WriteLogs":      allow("WriteLogs", []any{"logs:CreateLogStream", "logs:PutLogEvents"}, "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/"+prefix+"-*:*", nil),
				"WriteTraces":    allow("WriteTraces", []any{"xray:PutTelemetryRecords", "xray:PutTraceSegments"}, "*", nil),
			},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, statements(t, s.resources[tc.role], "policy")); diff != "" {
				t.Errorf("\n%s\npolicy: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestAccessStatus(t *testing.T) {
	s := composed(t, `{"region":"eu-west-1"}`, map[string]string{
		role.AppRole:       `{"status":{"atProvider":{"arn":"arn:role:app"}}}`,
		role.PublisherRole: `{"status":{"atProvider":{"arn":"arn:role:publisher"}}}`,
	}, platform())
	if diff := cmp.Diff([]string{"arn:role:app", "arn:role:publisher"}, []string{s.status.Access.AppRoleARN, s.status.Access.PublisherRoleARN}); diff != "" {
		t.Errorf("\nAn app team needs to know what to run as.\naccess: -want, +got:\n%s", diff)
	}
}
