package account

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/accessanalyzer"
	accounts "github.com/secure-ecommerce/function-secure-ecommerce/internal/models/account"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/ec2"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/iam"
	macie "github.com/secure-ecommerce/function-secure-ecommerce/internal/models/macie2"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/s3control"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/ssm"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// Names of resources that an account has only once. They do not contain the stack's
// name, so that the account's next stack adopts them.
const (
	analyzerName       = "secure-ecommerce"
	supportRoleName    = "secure-ecommerce-support"
	automationLogGroup = "/secure-ecommerce/automation"
)

// ofAccountStays keeps account settings when the stack is deleted or the claim no
// longer sets them. Otherwise, this could weaken other stacks, or lock volumes that
// the key encrypts.
func ofAccountStays() desired.Option { return desired.Keep(true) }

// composeAccount adds the account settings of the claim. Kinds of global services
// have no region.
func composeAccount(s *settings.Settings, _ facts.Observed, set *desired.Set) {
	asked := s.AccountSettings
	if s.IsAccount {
		composeShared(s, set)
	}
	kit.ComposeKey(s, set, composed.AccountKey, "Volumes and automation logs of the account", accountKeyUsers(s))
	if asked.PublicAccessBlock {
		set.Add(composed.AccountPublicAccessBlock, &s3control.AccountPublicAccessBlock{Spec: s3control.AccountPublicAccessBlockSpec{ForProvider: s3control.AccountPublicAccessBlockParameters{
			BlockPublicAcls:       new(true),
			BlockPublicPolicy:     new(true),
			IgnorePublicAcls:      new(true),
			RestrictPublicBuckets: new(true),
		}}}, ofAccountStays())
	}
	if asked.EBSEncryption {
		composeEBSEncryption(set)
	}
	if asked.PasswordPolicy {
		composePasswordPolicy(set)
	}
	if asked.AccessAnalyzer {
		set.Add(composed.AccountAnalyzer, &accessanalyzer.Analyzer{Spec: accessanalyzer.AnalyzerSpec{ForProvider: accessanalyzer.AnalyzerParameters{
			Type: new("ACCOUNT"),
		}}}, desired.Named(analyzerName), ofAccountStays())
	}
	if asked.Macie {
		// With the account ID, the provider finds Macie if it is already enabled.
		set.Add(composed.AccountMacie, &macie.Account{Spec: macie.AccountSpec{ForProvider: macie.AccountParameters{
			Status:                     new("ENABLED"),
			FindingPublishingFrequency: new("FIFTEEN_MINUTES"),
		}}}, desired.Named(s.Account.Value), desired.Needs(s.Account), ofAccountStays())
	}
	if asked.SupportRole != nil {
		composeSupportRole(s, set, asked.SupportRole.Principals)
	}
	if c := asked.SecurityContact; c != nil {
		set.Add(composed.AccountSecurityContact, &accounts.AlternateContact{Spec: accounts.AlternateContactSpec{ForProvider: accounts.AlternateContactParameters{
			AlternateContactType: new("SECURITY"),
			Name:                 new(c.Name),
			Title:                new(c.Title),
			EmailAddress:         new(c.Email),
			PhoneNumber:          new(c.Phone),
		}}}, ofAccountStays())
	}
	if asked.BlockPublicDocuments {
		composeServiceSetting(set, composed.AccountPrivateDocuments, "/ssm/documents/console/public-sharing-permission", "Disable")
	}
	if asked.AutomationLogs {
		composeAutomationLogs(s, set)
	}
}

// accountKeyUsers allows CloudWatch Logs to encrypt the log of automations. It also
// allows all principals of the account to use encrypted volumes without an IAM
// policy (AWS documentation, "Required AWS KMS key policy for use with encrypted
// volumes").
func accountKeyUsers(s *settings.Settings) []policy.Statement {
	asked := s.AccountSettings
	var users []policy.Statement
	if asked.AutomationLogs {
		users = append(users, kit.EncryptLogs(s, s.Region, kit.LogGroupARN(s, automationLogGroup)))
	}
	if len(asked.EBSKeyUsers) == 0 {
		return users
	}
	own := policy.StringEquals("kms:CallerAccount", s.Account.Value)
	return append(users, policy.Statement{
		Sid:       "EncryptVolumes",
		Effect:    policy.Allow,
		Principal: policy.Identities(asked.EBSKeyUsers...),
		Actions:   []string{"kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"},
		Resources: []string{"*"},
		Condition: own,
	}, policy.Statement{
		Sid:       "AttachVolumes",
		Effect:    policy.Allow,
		Principal: policy.Identities(asked.EBSKeyUsers...),
		Actions:   []string{"kms:CreateGrant"},
		Resources: []string{"*"},
		Condition: own.And(policy.Condition{"Bool": {"kms:GrantIsForAWSResource": {"true"}}}),
	})
}

// composeEBSEncryption enables default encryption of new volumes in the account and
// region.
func composeEBSEncryption(set *desired.Set) {
	set.Add(composed.AccountEBSEncryption, &ec2.EBSEncryptionByDefault{Spec: ec2.EBSEncryptionByDefaultSpec{ForProvider: ec2.EBSEncryptionByDefaultParameters{
		Enabled: new(true),
	}}}, ofAccountStays())
	set.Add(composed.AccountEBSKey, &ec2.EBSDefaultKMSKey{Spec: ec2.EBSDefaultKMSKeySpec{ForProvider: ec2.EBSDefaultKMSKeyParameters{
		KeyArnRef: set.Ref(composed.AccountKey),
	}}}, ofAccountStays())
}

// composePasswordPolicy sets the password policy that CIS AWS Foundations (1.8,
// 1.9) and PCI DSS 4 (8.3.6) require. Users can change an expired password.
// Otherwise, an administrator would have to reset it.
func composePasswordPolicy(set *desired.Set) {
	set.Add(composed.AccountPasswordPolicy, &iam.AccountPasswordPolicy{Spec: iam.AccountPasswordPolicySpec{ForProvider: iam.AccountPasswordPolicyParameters{
		MinimumPasswordLength:      new(float64(14)),
		PasswordReusePrevention:    new(float64(24)),
		MaxPasswordAge:             new(float64(90)),
		RequireLowercaseCharacters: new(true),
		RequireUppercaseCharacters: new(true),
		RequireNumbers:             new(true),
		RequireSymbols:             new(true),
		AllowUsersToChangePassword: new(true),
		HardExpiry:                 new(false),
	}}}, ofAccountStays())
}

// composeSupportRole adds a role for access to AWS Support.
func composeSupportRole(s *settings.Settings, set *desired.Set, principals []string) {
	set.Add(composed.AccountSupportRole, kit.NewRole(s, "Opens and reads cases with AWS Support", kit.Trust{Statements: []policy.Statement{{
		Effect:    policy.Allow,
		Principal: policy.Identities(principals...),
		Actions:   []string{"sts:AssumeRole"},
		Condition: policy.StringEquals("aws:PrincipalAccount", s.Account.Value),
	}}}), desired.Named(supportRoleName), desired.Needs(s.Account), ofAccountStays())
	set.Add(composed.AccountSupportRolePolicy, &iam.RolePolicyAttachment{Spec: iam.RolePolicyAttachmentSpec{ForProvider: iam.RolePolicyAttachmentParameters{
		RoleRef:   set.Ref(composed.AccountSupportRole),
		PolicyArn: new(s.Partition.ARN("iam", "", "aws", "policy/AWSSupportAccess")),
	}}}, ofAccountStays())
}

// composeServiceSetting sets one setting of Systems Manager for account and region
// (AWS Systems Manager API reference, "UpdateServiceSetting").
func composeServiceSetting(set *desired.Set, r, id, value string) {
	set.Add(r, &ssm.ServiceSetting{Spec: ssm.ServiceSettingSpec{ForProvider: ssm.ServiceSettingParameters{
		SettingID:    new(id),
		SettingValue: new(value),
	}}}, ofAccountStays())
}

// composeAutomationLogs logs the scripts of automations. Their log group exists
// before the first automation runs (AWS documentation, "Logging Automation action
// output with CloudWatch Logs").
func composeAutomationLogs(s *settings.Settings, set *desired.Set) {
	kit.ComposeLogGroup(s, set, kit.LogGroup{Resource: composed.AccountAutomationLogGroup, Name: automationLogGroup, Region: s.Region, Key: composed.AccountKey, Keep: true})
	composeServiceSetting(set, composed.AccountAutomationLogs, "/ssm/automation/customer-script-log-destination", "CloudWatch")
	composeServiceSetting(set, composed.AccountAutomationLogName, "/ssm/automation/customer-script-log-group-name", automationLogGroup)
}

// reportAccount reports the account's settings and what stacks refer to.
func reportAccount(s *settings.Settings, observed facts.Observed, status *v1alpha1.SecureEcommerceStatus) {
	status.Account.KeyARN = observed.ARN(composed.AccountKey).Value
	status.Account.SupportRoleARN = observed.ARN(composed.AccountSupportRole).Value
	if s.IsAccount {
		status.CDN.ResponseHeadersPolicyID = observed.ExternalName(composed.ResponseHeadersPolicy).Value
		status.CDN.UploadsHeadersPolicyID = observed.ExternalName(composed.UploadsHeaders).Value
	}
}
