package account_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

// setting returns a spec with account settings.
func setting(fields string) string {
	return `{"region":"eu-west-1","account":{` + fields + `}}`
}

// allowing returns an input that allows account settings.
func allowing() *inputv1alpha1.Input {
	return &inputv1alpha1.Input{AccountID: tiertest.Account, AccountSettings: true}
}

// allowingUnknown returns an input that allows account settings, without an account
// ID.
func allowingUnknown() *inputv1alpha1.Input { return &inputv1alpha1.Input{AccountSettings: true} }

func TestAccount(t *testing.T) {
	const (
		external = ".metadata.annotations[crossplane.io/external-name]"
		deleted  = `{"region":"eu-west-1","deletionPolicy":"Delete","account":{"ebsEncryption":true,"automationLogs":true}}`
	)
	cases := map[string]tiertest.TierCase{
		"PublicAccessBlock": {
			Reason:   "No bucket of the account can be public (STO-06).",
			Spec:     setting(`"publicAccessBlock":true`),
			Resource: composed.AccountPublicAccessBlock,
			Want: map[string]any{
				"blockPublicAcls": true, "blockPublicPolicy": true, "ignorePublicAcls": true, "restrictPublicBuckets": true, "region": tiertest.Absent{}, tiertest.Stays: true,
			},
		},
		"EBSEncryption": {
			Reason:   "New volumes are encrypted (NET-34).",
			Spec:     setting(`"ebsEncryption":true`),
			Resource: composed.AccountEBSEncryption,
			Want:     map[string]any{"enabled": true, "region": "eu-west-1", tiertest.Stays: true},
		},
		"EBSKey": {
			Reason:   "With a key of the stack (NET-34).",
			Spec:     setting(`"ebsEncryption":true`),
			Resource: composed.AccountEBSKey,
			Want:     map[string]any{"keyArnRef.name": "shop-account-key", "region": "eu-west-1", tiertest.Stays: true},
		},
		"KeyStaysUnderDelete": {
			Reason:   "Volumes that are not the stack's would be lost with their key.",
			Spec:     deleted,
			Resource: composed.AccountKey,
			Want:     map[string]any{"enableKeyRotation": true, tiertest.Stays: true},
		},
		"AliasStaysUnderDelete": {
			Reason:   "People know the key by it.",
			Spec:     deleted,
			Resource: composed.KeyAlias(composed.AccountKey),
			Want:     map[string]any{external: tiertest.Prefix + "-account-key", tiertest.Stays: true},
		},
		"KeyWaitsForTheAccount": {Reason: "Its policy names the account.", Spec: setting(`"ebsEncryption":true`), Input: allowingUnknown(), Resource: composed.AccountKey, Waits: true},
		"NoKey":                 {Reason: "Other settings need none.", Spec: setting(`"macie":true`), Resource: composed.AccountKey, Missing: true},
		"PasswordPolicy": {
			Reason:   "What CIS and PCI DSS want (IAM-23), and an expired password does not lock anybody out.",
			Spec:     setting(`"passwordPolicy":true`),
			Resource: composed.AccountPasswordPolicy,
			Want: map[string]any{
				"minimumPasswordLength": float64(14), "passwordReusePrevention": float64(24), "maxPasswordAge": float64(90), "requireLowercaseCharacters": true,
				"requireUppercaseCharacters": true, "requireNumbers": true, "requireSymbols": true, "allowUsersToChangePassword": true, "hardExpiry": false, "region": tiertest.Absent{}, tiertest.Stays: true,
			},
		},
		"Analyzer": {
			Reason:   "It has a name that the account's next stack knows too, for AWS takes no second one (IAM-22).",
			Spec:     setting(`"accessAnalyzer":true`),
			Resource: composed.AccountAnalyzer,
			Want:     map[string]any{"type": "ACCOUNT", "region": "eu-west-1", external: "secure-ecommerce", tiertest.Stays: true},
		},
		"Macie": {
			Reason:   "Findings come within 15 minutes; the account is its name, by which the provider finds it where it is on (STO-37).",
			Spec:     setting(`"macie":true`),
			Resource: composed.AccountMacie,
			Want:     map[string]any{"status": "ENABLED", "findingPublishingFrequency": "FIFTEEN_MINUTES", external: tiertest.Account, tiertest.Stays: true},
		},
		"MacieWaitsForTheAccount": {Reason: "The account is its name.", Spec: setting(`"macie":true`), Input: allowingUnknown(), Resource: composed.AccountMacie, Waits: true},
		"SupportRole": {
			Reason:   "Bounded, for an hour, below the path of all roles (IAM-19, IAM-20, IAM-26).",
			Spec:     setting(`"supportRole":{"principals":["arn:aws:iam::123456789012:role/operators"]}`),
			Input:    &inputv1alpha1.Input{AccountID: tiertest.Account, AccountSettings: true, PermissionsBoundaryARN: "arn:aws:iam::123456789012:policy/boundary"},
			Resource: composed.AccountSupportRole,
			Want: map[string]any{
				external: "secure-ecommerce-support", "path": "/secure-ecommerce/", "maxSessionDuration": float64(3600), "permissionsBoundary": "arn:aws:iam::123456789012:policy/boundary", tiertest.Stays: true,
			},
		},
		"SupportRoleWaitsForTheAccount": {
			Reason: "Its trust names the account.", Spec: setting(`"supportRole":{"principals":["arn:aws:iam::123456789012:role/operators"]}`), Input: allowingUnknown(),
			Resource: composed.AccountSupportRole, Waits: true,
		},
		"SupportRolePolicy": {
			Reason:   "It may ask for support, in the words of its own part of AWS.",
			Spec:     `{"region":"cn-north-1","account":{"supportRole":{"principals":["arn:aws-cn:iam::123456789012:user/a"]}}}`,
			Resource: composed.AccountSupportRolePolicy,
			Want:     map[string]any{"roleRef.name": "shop-account-support-role", "policyArn": "arn:aws-cn:iam::aws:policy/AWSSupportAccess", tiertest.Stays: true},
		},
		"SecurityContact": {
			Reason:   "As the claim says (IAM-28).",
			Spec:     setting(`"securityContact":{"name":"Team","title":"On call","email":"a@example.com","phone":"+1 555 0100"}`),
			Resource: composed.AccountSecurityContact,
			Want: map[string]any{
				"alternateContactType": "SECURITY", "name": "Team", "title": "On call", "emailAddress": "a@example.com", "phoneNumber": "+1 555 0100", "region": tiertest.Absent{}, tiertest.Stays: true,
			},
		},
		"PrivateDocuments": {
			Reason:   "No document is for everybody (SEC-17).",
			Spec:     setting(`"blockPublicDocuments":true`),
			Resource: composed.AccountPrivateDocuments,
			Want:     map[string]any{"settingId": "/ssm/documents/console/public-sharing-permission", "settingValue": "Disable", "region": "eu-west-1", tiertest.Stays: true},
		},
		"AutomationLogs": {
			Reason:   "Scripts are logged (SEC-18).",
			Spec:     setting(`"automationLogs":true`),
			Resource: composed.AccountAutomationLogs,
			Want:     map[string]any{"settingId": "/ssm/automation/customer-script-log-destination", "settingValue": "CloudWatch", tiertest.Stays: true},
		},
		"AutomationLogName": {
			Reason:   "To a group with retention and key.",
			Spec:     setting(`"automationLogs":true`),
			Resource: composed.AccountAutomationLogName,
			Want:     map[string]any{"settingId": "/ssm/automation/customer-script-log-group-name", "settingValue": "/secure-ecommerce/automation", tiertest.Stays: true},
		},
		"AutomationLogGroupStaysUnderDelete": {
			Reason:   "Automations that are not the stack's write there.",
			Spec:     deleted,
			Resource: composed.AccountAutomationLogGroup,
			Want:     map[string]any{external: "/secure-ecommerce/automation", "kmsKeyIdRef.name": "shop-account-key", "retentionInDays": float64(365), tiertest.Stays: true},
		},
	}
	for name, tc := range cases {
		if tc.Input == nil {
			tc.Input = allowing()
			cases[name] = tc
		}
	}
	tiertest.RunTierCases(t, cases)
}

func TestAccountAsksForNothing(t *testing.T) {
	for r, resource := range tiertest.Composed(t, `{"region":"eu-west-1"}`, nil, allowing()).Resources {
		if resource.Tier == "account" {
			t.Errorf("\nNothing of the account is set without a word.\ngot %s", r)
		}
	}
}

func TestAccountSupportTrust(t *testing.T) {
	s := tiertest.Composed(t, setting(`"supportRole":{"principals":["arn:aws:iam::123456789012:role/a","arn:aws:iam::123456789012:user/b"]}`), nil, allowing())
	want := map[string]map[string]any{"": {
		"Effect": "Allow", "Action": "sts:AssumeRole",
		"Principal": map[string]any{"AWS": []any{"arn:aws:iam::123456789012:role/a", "arn:aws:iam::123456789012:user/b"}},
		"Condition": map[string]any{"StringEquals": map[string]any{"aws:PrincipalAccount": tiertest.Account}},
	}}
	if diff := cmp.Diff(want, tiertest.Statements(t, s.Resources[composed.AccountSupportRole], "assumeRolePolicy")); diff != "" {
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
			got := tiertest.Statements(t, tiertest.Composed(t, setting(tc.spec), nil, allowing()).Resources[composed.AccountKey], "policy")
			if diff := cmp.Diff(tc.want, tiertest.SortedKeys(got)); diff != "" {
				t.Errorf("\n%s\nstatements: -want, +got:\n%s", tc.reason, diff)
			}
			if s, ok := got["AttachVolumes"]; ok {
				want := map[string]any{"StringEquals": map[string]any{"kms:CallerAccount": tiertest.Account}, "Bool": map[string]any{"kms:GrantIsForAWSResource": "true"}}
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
	got := tiertest.Composed(t, setting(`"ebsEncryption":true`), map[string]string{
		composed.AccountKey:         `{"status":{"atProvider":{"arn":"arn:key"}}}`,
		composed.AccountSupportRole: `{"status":{"atProvider":{"arn":"arn:role"}}}`,
	}, allowing()).Status.Account
	if diff := cmp.Diff(v1alpha1.AccountStatus{KeyARN: "arn:key", SupportRoleARN: "arn:role"}, got); diff != "" {
		t.Errorf("\nPeople find the key and the role.\nstatus.account: -want, +got:\n%s", diff)
	}
}
