package tiers

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
)

// setting is a spec with settings of the account.
func setting(fields string) string {
	return `{"region":"eu-west-1","account":{` + fields + `}}`
}

// allowing is an input of a platform that lets claims set up the account.
func allowing() *inputv1alpha1.Input {
	return &inputv1alpha1.Input{AccountID: account, AccountSettings: true}
}

// allowingUnknown is one that does not say which account that is.
func allowingUnknown() *inputv1alpha1.Input { return &inputv1alpha1.Input{AccountSettings: true} }

func TestAccount(t *testing.T) {
	const (
		external = ".metadata.annotations[crossplane.io/external-name]"
		deleted  = `{"region":"eu-west-1","deletionPolicy":"Delete","account":{"ebsEncryption":true,"automationLogs":true}}`
	)
	cases := map[string]tierCase{
		"PublicAccessBlock": {
			reason: "No bucket of the account can be public (STO-06).",
			spec:   setting(`"publicAccessBlock":true`),
			role:   role.AccountPublicAccessBlock,
			want: map[string]any{
				"blockPublicAcls": true, "blockPublicPolicy": true, "ignorePublicAcls": true, "restrictPublicBuckets": true, "region": absent{}, stays: true,
			},
		},
		"EBSEncryption": {
			reason: "New volumes are encrypted (NET-34).",
			spec:   setting(`"ebsEncryption":true`),
			role:   role.AccountEBSEncryption,
			want:   map[string]any{"enabled": true, "region": "eu-west-1", stays: true},
		},
		"EBSKey": {
			reason: "With a key of the stack (NET-34).",
			spec:   setting(`"ebsEncryption":true`),
			role:   role.AccountEBSKey,
			want:   map[string]any{"keyArnRef.name": "shop-account-key", "region": "eu-west-1", stays: true},
		},
		"KeyStaysUnderDelete": {
			reason: "Volumes that are not the stack's would be lost with their key.",
			spec:   deleted,
			role:   role.AccountKey,
			want:   map[string]any{"enableKeyRotation": true, stays: true},
		},
		"AliasStaysUnderDelete": {
			reason: "People know the key by it.",
			spec:   deleted,
			role:   role.KeyAlias(role.AccountKey),
			want:   map[string]any{external: prefix + "-account-key", stays: true},
		},
		"KeyWaitsForTheAccount": {reason: "Its policy names the account.", spec: setting(`"ebsEncryption":true`), input: allowingUnknown(), role: role.AccountKey, waits: true},
		"NoKey":                 {reason: "Other settings need none.", spec: setting(`"macie":true`), role: role.AccountKey, missing: true},
		"PasswordPolicy": {
			reason: "What CIS and PCI DSS want (IAM-23), and an expired password does not lock anybody out.",
			spec:   setting(`"passwordPolicy":true`),
			role:   role.AccountPasswordPolicy,
			want: map[string]any{
				"minimumPasswordLength": float64(14), "passwordReusePrevention": float64(24), "maxPasswordAge": float64(90), "requireLowercaseCharacters": true,
				"requireUppercaseCharacters": true, "requireNumbers": true, "requireSymbols": true, "allowUsersToChangePassword": true, "hardExpiry": false, "region": absent{}, stays: true,
			},
		},
		"Analyzer": {
			reason: "It has a name that the account's next stack knows too, for AWS takes no second one (IAM-22).",
			spec:   setting(`"accessAnalyzer":true`),
			role:   role.AccountAnalyzer,
			want:   map[string]any{"type": "ACCOUNT", "region": "eu-west-1", external: "secure-ecommerce", stays: true},
		},
		"Macie": {
			reason: "Findings come within 15 minutes; the account is its name, by which the provider finds it where it is on (STO-37).",
			spec:   setting(`"macie":true`),
			role:   role.AccountMacie,
			want:   map[string]any{"status": "ENABLED", "findingPublishingFrequency": "FIFTEEN_MINUTES", external: account, stays: true},
		},
		"MacieWaitsForTheAccount": {reason: "The account is its name.", spec: setting(`"macie":true`), input: allowingUnknown(), role: role.AccountMacie, waits: true},
		"SupportRole": {
			reason: "Bounded, for an hour, below the path of all roles (IAM-19, IAM-20, IAM-26).",
			spec:   setting(`"supportRole":{"principals":["arn:aws:iam::123456789012:role/operators"]}`),
			input:  &inputv1alpha1.Input{AccountID: account, AccountSettings: true, PermissionsBoundaryARN: "arn:aws:iam::123456789012:policy/boundary"},
			role:   role.AccountSupportRole,
			want: map[string]any{
				external: "secure-ecommerce-support", "path": "/secure-ecommerce/", "maxSessionDuration": float64(3600), "permissionsBoundary": "arn:aws:iam::123456789012:policy/boundary", stays: true,
			},
		},
		"SupportRoleWaitsForTheAccount": {
			reason: "Its trust names the account.", spec: setting(`"supportRole":{"principals":["arn:aws:iam::123456789012:role/operators"]}`), input: allowingUnknown(),
			role: role.AccountSupportRole, waits: true,
		},
		"SupportRolePolicy": {
			reason: "It may ask for support, in the words of its own part of AWS.",
			spec:   `{"region":"cn-north-1","account":{"supportRole":{"principals":["arn:aws-cn:iam::123456789012:user/a"]}}}`,
			role:   role.AccountSupportRolePolicy,
			want:   map[string]any{"roleRef.name": "shop-account-support-role", "policyArn": "arn:aws-cn:iam::aws:policy/AWSSupportAccess", stays: true},
		},
		"SecurityContact": {
			reason: "As the claim says (IAM-28).",
			spec:   setting(`"securityContact":{"name":"Team","title":"On call","email":"a@example.com","phone":"+1 555 0100"}`),
			role:   role.AccountSecurityContact,
			want: map[string]any{
				"alternateContactType": "SECURITY", "name": "Team", "title": "On call", "emailAddress": "a@example.com", "phoneNumber": "+1 555 0100", "region": absent{}, stays: true,
			},
		},
		"PrivateDocuments": {
			reason: "No document is for everybody (SEC-17).",
			spec:   setting(`"blockPublicDocuments":true`),
			role:   role.AccountPrivateDocuments,
			want:   map[string]any{"settingId": "/ssm/documents/console/public-sharing-permission", "settingValue": "Disable", "region": "eu-west-1", stays: true},
		},
		"AutomationLogs": {
			reason: "Scripts are logged (SEC-18).",
			spec:   setting(`"automationLogs":true`),
			role:   role.AccountAutomationLogs,
			want:   map[string]any{"settingId": "/ssm/automation/customer-script-log-destination", "settingValue": "CloudWatch", stays: true},
		},
		"AutomationLogName": {
			reason: "To a group with retention and key.",
			spec:   setting(`"automationLogs":true`),
			role:   role.AccountAutomationLogName,
			want:   map[string]any{"settingId": "/ssm/automation/customer-script-log-group-name", "settingValue": "/secure-ecommerce/automation", stays: true},
		},
		"AutomationLogGroupStaysUnderDelete": {
			reason: "Automations that are not the stack's write there.",
			spec:   deleted,
			role:   role.AccountAutomationLogGroup,
			want:   map[string]any{external: "/secure-ecommerce/automation", "kmsKeyIdRef.name": "shop-account-key", "retentionInDays": float64(365), stays: true},
		},
	}
	for name, tc := range cases {
		if tc.input == nil {
			tc.input = allowing()
			cases[name] = tc
		}
	}
	runTierCases(t, cases)
}

func TestAccountAsksForNothing(t *testing.T) {
	for r, resource := range composed(t, `{"region":"eu-west-1"}`, nil, allowing()).resources {
		if resource.Tier == "account" {
			t.Errorf("\nNothing of the account is set without a word.\ngot %s", r)
		}
	}
}

func TestAccountSupportTrust(t *testing.T) {
	s := composed(t, setting(`"supportRole":{"principals":["arn:aws:iam::123456789012:role/a","arn:aws:iam::123456789012:user/b"]}`), nil, allowing())
	want := map[string]map[string]any{"": {
		"Effect": "Allow", "Action": "sts:AssumeRole",
		"Principal": map[string]any{"AWS": []any{"arn:aws:iam::123456789012:role/a", "arn:aws:iam::123456789012:user/b"}},
		"Condition": map[string]any{"StringEquals": map[string]any{"aws:PrincipalAccount": account}},
	}}
	if diff := cmp.Diff(want, statements(t, s.resources[role.AccountSupportRole], "assumeRolePolicy")); diff != "" {
		t.Errorf("\nOnly those that the claim names may take the role, and nobody of another account.\nassumeRolePolicy: -want, +got:\n%s", diff)
	}
}

func TestAccountKeyPolicy(t *testing.T) {
	cases := map[string]struct {
		reason string
		spec   string
		want   []string
	}{
		"Volumes":      {reason: "Who has an IAM policy for it needs no more.", spec: `"ebsEncryption":true`, want: []string{"AccountByIAM"}},
		"VolumesOfAll": {reason: "Auto Scaling has none.", spec: `"ebsEncryption":true,"ebsKeyUsers":["arn:aws:iam::123456789012:role/a"]`, want: []string{"AccountByIAM", "AttachVolumes", "EncryptVolumes"}},
		"Logs":         {reason: "CloudWatch Logs encrypts one group.", spec: `"automationLogs":true`, want: []string{"AccountByIAM", "EncryptLogs"}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := statements(t, composed(t, setting(tc.spec), nil, allowing()).resources[role.AccountKey], "policy")
			if diff := cmp.Diff(tc.want, sortedKeys(got)); diff != "" {
				t.Errorf("\n%s\nstatements: -want, +got:\n%s", tc.reason, diff)
			}
			if s, ok := got["AttachVolumes"]; ok {
				want := map[string]any{"StringEquals": map[string]any{"kms:CallerAccount": account}, "Bool": map[string]any{"kms:GrantIsForAWSResource": "true"}}
				if diff := cmp.Diff(want, s["Condition"]); diff != "" {
					t.Errorf("\nA grant is for a volume, and within the account.\nCondition: -want, +got:\n%s", diff)
				}
			}
			if s, ok := got["EncryptLogs"]; ok {
				want := map[string]any{"ArnLike": map[string]any{"kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-west-1:123456789012:log-group:/secure-ecommerce/automation"}}
				if diff := cmp.Diff(want, s["Condition"]); diff != "" {
					t.Errorf("\nOne group only.\nCondition: -want, +got:\n%s", diff)
				}
			}
		})
	}
}

func TestAccountReport(t *testing.T) {
	got := composed(t, setting(`"ebsEncryption":true`), map[string]string{
		role.AccountKey:         `{"status":{"atProvider":{"arn":"arn:key"}}}`,
		role.AccountSupportRole: `{"status":{"atProvider":{"arn":"arn:role"}}}`,
	}, allowing()).status.Account
	if diff := cmp.Diff(v1alpha1.AccountStatus{KeyARN: "arn:key", SupportRoleARN: "arn:role"}, got); diff != "" {
		t.Errorf("\nPeople find the key and the role.\nstatus.account: -want, +got:\n%s", diff)
	}
}
