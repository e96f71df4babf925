package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// SES is the service principal of SES.
const SES = "ses.amazonaws.com"

// MailConfigurationSet returns the name of the configuration set.
func MailConfigurationSet(s *settings.Settings) string { return s.Stack + "-mail" }

// MailConfigurationSetARN returns the ARN of the configuration set.
func MailConfigurationSetARN(s *settings.Settings) string {
	return s.Partition.ARN("ses", s.Region, s.Account.Value, "configuration-set/"+MailConfigurationSet(s))
}

// MailIdentityARN returns the ARN of the sender's domain.
func MailIdentityARN(s *settings.Settings) string {
	return s.Partition.ARN("ses", s.Region, s.Account.Value, "identity/"+s.Mail.Domain)
}

// MailTopic returns the name of the topic for bounces and complaints.
func MailTopic(s *settings.Settings) string { return s.Stack + "-mail" }

// EncryptMailEvents allows SES to publish to the encrypted topic (Amazon SES
// Developer Guide, "Set up an Amazon SNS event destination"). The condition names
// the topic, and the topic's policy names the source.
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
