package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// SES is who sends mail.
const SES = "ses.amazonaws.com"

// MailConfigurationSet is the name of the configuration set that mail is sent with.
func MailConfigurationSet(s *settings.Settings) string { return s.Stack + "-mail" }

// MailConfigurationSetARN is its ARN.
func MailConfigurationSetARN(s *settings.Settings) string {
	return s.Partition.ARN("ses", s.Region, s.Account.Value, "configuration-set/"+MailConfigurationSet(s))
}

// MailIdentityARN is the ARN of the domain that mail is sent from.
func MailIdentityARN(s *settings.Settings) string {
	return s.Partition.ARN("ses", s.Region, s.Account.Value, "identity/"+s.Mail.Domain)
}

// MailTopic is the name of the topic of bounces and complaints.
func MailTopic(s *settings.Settings) string { return s.Stack + "-mail" }

// EncryptMailEvents lets SES publish to the encrypted topic (Amazon SES Developer
// Guide, "Set up an Amazon SNS event destination"). SNS names the topic, whose own
// policy names the source.
func EncryptMailEvents(s *settings.Settings) policy.Statement {
	return policy.Statement{
		Sid:       "AnnounceMailEvents",
		Effect:    policy.Allow,
		Principal: policy.Service(SES),
		Actions:   []string{"kms:Decrypt", "kms:GenerateDataKey"},
		Resources: []string{"*"},
		Condition: policy.StringEquals("kms:EncryptionContext:aws:sns:topicArn", TopicARN(s, s.Region, MailTopic(s))),
	}
}
