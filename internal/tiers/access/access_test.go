package access_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

func TestAccess(t *testing.T) {
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"PoliciesOfOthers": {
			Reason:   "Roles are handed out: what others attached must not hold their deletion up (terraform-provider-aws 40059).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.AppRole,
			Want:     map[string]any{"forceDetachPolicies": true},
		},
		"AppRole": {
			Reason:   "The app role is short-lived, has its place and no boundary unless the platform says so (IAM-20).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.AppRole,
			Want: map[string]any{
				"path": "/secure-ecommerce/", "maxSessionDuration": float64(3600), "permissionsBoundary": tiertest.Absent{},
				".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-app",
			},
		},
		"Boundary": {
			Reason:   "The platform bounds every role (IAM-19).",
			Spec:     `{"region":"eu-west-1"}`,
			Input:    &inputv1alpha1.Input{AccountID: tiertest.Account, PermissionsBoundaryARN: "arn:aws:iam::123456789012:policy/boundary"},
			Resource: composed.MonitoringRole,
			Want:     map[string]any{"permissionsBoundary": "arn:aws:iam::123456789012:policy/boundary"},
		},
		"MonitoringRoleStaysWithTheDatabase": {
			Reason:   "A database that stays goes on writing metrics.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.MonitoringRole,
			Want:     map[string]any{tiertest.Stays: true},
		},
		"AppRoleGoes": {
			Reason:   "Nothing else stays for the database.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.AppRole,
			Want:     map[string]any{tiertest.Stays: false},
		},
		"MonitoringPolicy": {
			Reason:   "RDS looks for AWS's own policy, in the partition's ARN.",
			Spec:     `{"region":"cn-north-1"}`,
			Resource: composed.MonitoringRolePolicy,
			Want:     map[string]any{"policyArn": "arn:aws-cn:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole", "roleRef.name": "shop-database-monitoring-role"},
		},
		"FlowLogRoleWaitsForTheAccount": {
			Reason:   "The trust policy says for which account the service acts.",
			Spec:     `{"region":"eu-west-1"}`,
			Input:    tiertest.NoInput(),
			Resource: composed.FlowLogRole,
			Waits:    true,
		},
		"SecretsWaitForTheirARN":  {Reason: "No permission on a secret before its name is known.", Spec: `{"region":"eu-west-1"}`, Resource: composed.AppRoleSecrets, Waits: true},
		"DatabaseWaitsForItsID":   {Reason: "Signing in by IAM names the instance's own ID.", Spec: `{"region":"eu-west-1"}`, Resource: composed.AppRoleDatabase, Waits: true},
		"NetworkWaitsForNothing":  {Reason: "A permission that names nothing waits for nothing.", Spec: `{"region":"eu-west-1"}`, Input: tiertest.NoInput(), Resource: composed.AppRoleNetwork},
		"NoPublisherWithoutACDN":  {Reason: "Without a CDN there is nothing to refresh.", Spec: `{"region":"us-gov-east-1"}`, Resource: composed.PublisherRole, Missing: true},
		"InlinePolicyHasItsOwnID": {Reason: "An inline policy's name is unique within its role.", Spec: `{"region":"eu-west-1"}`, Resource: composed.AppRoleLogs, Want: map[string]any{".metadata.annotations[crossplane.io/external-name]": "logs", "roleRef.name": "shop-app-role"}},
	})
}

func TestTrustPolicies(t *testing.T) {
	s := tiertest.Composed(t, `{"region":"eu-west-1"}`, nil, tiertest.Platform())
	trust := func(service string, condition map[string]any) map[string]map[string]any {
		statement := map[string]any{"Effect": "Allow", "Principal": map[string]any{"Service": service}, "Action": "sts:AssumeRole"}
		if condition != nil {
			statement["Condition"] = condition
		}
		return map[string]map[string]any{"": statement}
	}
	forAccount := func(source string) map[string]any {
		return map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": tiertest.Account}, "ArnLike": map[string]any{"aws:SourceArn": source}}
	}
	cases := map[string]struct {
		reason       string
		resourceName string
		want         map[string]map[string]any
	}{
		"App":        {reason: "Lambda sends no source, so the trust names it only (IAM-14).", resourceName: composed.AppRole, want: trust("lambda.amazonaws.com", nil)},
		"Publisher":  {reason: "Another function, the same trust.", resourceName: composed.PublisherRole, want: trust("lambda.amazonaws.com", nil)},
		"FlowLog":    {reason: "Flow logs of this account only.", resourceName: composed.FlowLogRole, want: trust("vpc-flow-logs.amazonaws.com", forAccount("arn:aws:ec2:eu-west-1:123456789012:vpc-flow-log/*"))},
		"Monitoring": {reason: "This database only.", resourceName: composed.MonitoringRole, want: trust("monitoring.rds.amazonaws.com", forAccount("arn:aws:rds:eu-west-1:123456789012:db:"+tiertest.Prefix+"-db"))},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tiertest.Statements(t, s.Resources[tc.resourceName], "assumeRolePolicy")); diff != "" {
				t.Errorf("\n%s\ntrust: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestPermissions(t *testing.T) {
	s := tiertest.Composed(t, `{"region":"eu-west-1"}`, tiertest.Everything, tiertest.Platform())
	via := func(service string) map[string]any {
		return map[string]any{"StringEquals": map[string]any{"kms:ViaService": service + ".eu-west-1.amazonaws.com"}}
	}
	bucket := "arn:aws:s3:::" + tiertest.Prefix + "-assets"
	group := "arn:aws:logs:eu-west-1:123456789012:log-group:/" + tiertest.Prefix + "/vpc-flow-logs"
	allow := func(sid string, action, on any, condition map[string]any) map[string]any {
		out := map[string]any{"Sid": sid, "Effect": "Allow", "Action": action, "Resource": on}
		if condition != nil {
			out["Condition"] = condition
		}
		return out
	}
	read := []any{"secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"}
	cases := map[string]struct {
		reason       string
		resourceName string
		want         map[string]map[string]any
	}{
		"AppReadsAssets": {
			reason:       "The shop reads its files and cannot change them.",
			resourceName: composed.AppRoleAssets,
			want: map[string]map[string]any{
				"ReadAssets":    allow("ReadAssets", "s3:GetObject", bucket+"/*", nil),
				"DecryptAssets": allow("DecryptAssets", "kms:Decrypt", "arn:key:data", via("s3")),
			},
		},
		"AppReadsItsSecret": {
			reason:       "One secret, one key, through Secrets Manager only (IAM-10 to IAM-12).",
			resourceName: composed.AppRoleSecrets,
			want: map[string]map[string]any{
				"ReadSecret":    allow("ReadSecret", read, "arn:secret:app", nil),
				"DecryptSecret": allow("DecryptSecret", "kms:Decrypt", "arn:key:secrets", via("secretsmanager")),
			},
		},
		"AppSignsInToItsDatabase": {
			reason:       "One instance, one database user.",
			resourceName: composed.AppRoleDatabase,
			want: map[string]map[string]any{
				"ReadSecret":    allow("ReadSecret", read, "arn:secret:db", nil),
				"DecryptSecret": allow("DecryptSecret", "kms:Decrypt", "arn:key:secrets", via("secretsmanager")),
				"SignInByIAM":   allow("SignInByIAM", "rds-db:connect", "arn:aws:rds-db:eu-west-1:123456789012:dbuser:db-ABC/ecommerce_app", nil),
			},
		},
		"PublisherWritesAssets": {
			reason:       "Publishing writes files and nothing else.",
			resourceName: composed.PublisherRoleAssets,
			want: map[string]map[string]any{
				"ListAssets":    allow("ListAssets", "s3:ListBucket", bucket, nil),
				"PublishAssets": allow("PublishAssets", []any{"s3:DeleteObject", "s3:GetObject", "s3:PutObject"}, bucket+"/*", nil),
				"EncryptAssets": allow("EncryptAssets", []any{"kms:Decrypt", "kms:GenerateDataKey"}, "arn:key:data", via("s3")),
			},
		},
		"PublisherRefreshesTheCDN": {
			reason:       "The stack's own distribution only.",
			resourceName: composed.PublisherRoleCDN,
			want: map[string]map[string]any{
				"RefreshCDN": allow("RefreshCDN", []any{"cloudfront:CreateInvalidation", "cloudfront:GetInvalidation"}, tiertest.DistributionARN, nil),
			},
		},
		"FlowLogsWriteToTheirGroup": {
			reason:       "One log group.",
			resourceName: composed.FlowLogRoleLogs,
			want: map[string]map[string]any{
				"WriteFlowLogs": allow("WriteFlowLogs", []any{"logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"}, []any{group, group + ":*"}, nil),
			},
		},
		"FunctionsLog": {
			reason:       "Functions named after the stack write their own logs.",
			resourceName: composed.AppRoleLogs,
			want: map[string]map[string]any{
				"CreateLogGroup": allow("CreateLogGroup", "logs:CreateLogGroup", "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/"+tiertest.Prefix+"-*", nil),
				"WriteLogs":      allow("WriteLogs", []any{"logs:CreateLogStream", "logs:PutLogEvents"}, "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/"+tiertest.Prefix+"-*:*", nil),
				"WriteTraces":    allow("WriteTraces", []any{"xray:PutTelemetryRecords", "xray:PutTraceSegments"}, "*", nil),
			},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tiertest.Statements(t, s.Resources[tc.resourceName], "policy")); diff != "" {
				t.Errorf("\n%s\npolicy: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestAccessStatus(t *testing.T) {
	s := tiertest.Composed(t, `{"region":"eu-west-1"}`, map[string]string{
		composed.AppRole:       `{"status":{"atProvider":{"arn":"arn:role:app"}}}`,
		composed.PublisherRole: `{"status":{"atProvider":{"arn":"arn:role:publisher"}}}`,
	}, tiertest.Platform())
	if diff := cmp.Diff([]string{"arn:role:app", "arn:role:publisher"}, []string{s.Status.Access.AppRoleARN, s.Status.Access.PublisherRoleARN}); diff != "" {
		t.Errorf("\nAn app team needs to know what to run as.\naccess: -want, +got:\n%s", diff)
	}
}
