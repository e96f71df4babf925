package mail

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/sesv2"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// composeMail adds the sender's domain, the configuration set, and events for
// bounces. None of these hold data, so they are deleted with the stack.
func composeMail(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	composeConfigurationSet(s, set)
	composeEvents(s, observed, set)
	composeIdentity(s, observed, set)
	composeRecords(s, observed, set)
}

// composeConfigurationSet adds the configuration set, which requires TLS and
// suppresses addresses after a bounce or complaint.
func composeConfigurationSet(s *settings.Settings, set *desired.Set) {
	set.Add(composed.MailConfigurationSet, &sesv2.ConfigurationSet{Spec: sesv2.ConfigurationSetSpec{ForProvider: sesv2.ConfigurationSetParameters{
		DeliveryOptions:    &sesv2.DeliveryOptionsParameters{TLSPolicy: new("REQUIRE")},
		ReputationOptions:  &sesv2.ReputationOptionsParameters{ReputationMetricsEnabled: new(true)},
		SendingOptions:     &sesv2.SendingOptionsParameters{SendingEnabled: new(true)},
		SuppressionOptions: &sesv2.SuppressionOptionsParameters{SuppressedReasons: kit.Pointers([]string{"BOUNCE", "COMPLAINT"})},
	}}}, desired.Named(kit.MailConfigurationSet(s)))
}

// composeEvents adds the topic for mail that was not delivered. SES validates that
// it can publish to the topic (Amazon SES Developer Guide, "Set up an Amazon SNS
// event destination").
func composeEvents(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	kit.ComposeTopic(s, observed, set, kit.Topic{
		Resource: composed.MailTopic, Name: kit.MailTopic(s), Display: "Mail events", Region: s.Region, Key: composed.DataKey,
		Publishers: []kit.Publisher{{
			Sid: "AnnounceMailEvents", Service: kit.SES,
			Condition: kit.From(s, kit.MailConfigurationSetARN(s)),
		}},
	})
	set.Add(composed.MailEvents, &sesv2.ConfigurationSetEventDestination{Spec: sesv2.ConfigurationSetEventDestinationSpec{ForProvider: sesv2.ConfigurationSetEventDestinationParameters{
		ConfigurationSetNameRef: set.Ref(composed.MailConfigurationSet),
		EventDestinationName:    new("topic"),
		EventDestination: &sesv2.EventDestinationParameters{
			Enabled:            new(true),
			MatchingEventTypes: kit.Pointers([]string{"BOUNCE", "COMPLAINT", "REJECT"}),
			SnsDestination:     &sesv2.SnsDestinationParameters{TopicArnRef: set.Ref(composed.MailTopic)},
		},
	}}}, desired.Needs(observed.Ready(composed.TopicPolicy(composed.MailTopic))))
}

// composeIdentity adds the domain. It is ready once SES has found the DKIM records.
// Before that, SES sends no mail.
func composeIdentity(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	digest := naming.Hash(s.Mail.Domain)
	identity := composed.MailIdentity(digest)
	set.Add(identity, &sesv2.EmailIdentity{Spec: sesv2.EmailIdentitySpec{ForProvider: sesv2.EmailIdentityParameters{
		ConfigurationSetNameRef: set.Ref(composed.MailConfigurationSet),
		DKIMSigningAttributes:   &sesv2.DKIMSigningAttributesParameters{NextSigningKeyLength: new("RSA_2048_BIT")},
	}}}, desired.Named(s.Mail.Domain), desired.ReadyWhen(verified(observed, identity)))
	set.Add(composed.MailFrom(digest), &sesv2.EmailIdentityMailFromAttributes{Spec: sesv2.EmailIdentityMailFromAttributesSpec{ForProvider: sesv2.EmailIdentityMailFromAttributesParameters{
		MailFromDomain: new(s.Mail.MailFrom),
		// Until the record is found, SES's own MAIL FROM domain is used.
		BehaviorOnMxFailure: new("USE_DEFAULT_VALUE"),
	}}}, desired.Named(s.Mail.Domain), desired.Needs(observed.ARN(identity)))
}

// verification is the path of the verification status.
const verification = "status.atProvider.verificationStatus"

// verified returns the fact that SES has verified a domain.
func verified(observed facts.Observed, identity string) facts.Fact {
	f := facts.Fact{Resource: identity, Path: verification}
	if state := observed.String(identity, verification); state == "SUCCESS" {
		f.Value = state
	}
	return f
}

// Remaining steps for users.
const (
	todoRecords = "Create the DNS records that are listed in status.mail.records. SES sends no mail from the domain until it finds the CNAME records."
	todoSandbox = "If the account is in the SES sandbox in this region, request production access from AWS. In the sandbox, SES sends only to verified addresses (docs/mail.md)."
)

// reportMail reports the verification status and the remaining steps.
func reportMail(s *settings.Settings, observed facts.Observed, status *v1alpha1.SecureEcommerceStatus) {
	if s.Mail == nil {
		return
	}
	identity := composed.MailIdentity(naming.Hash(s.Mail.Domain))
	status.Mail = v1alpha1.MailStatus{
		Domain: s.Mail.Domain, Verification: observed.String(identity, verification), IdentityARN: observed.ARN(identity).Value,
		ConfigurationSet: observed.ExternalName(composed.MailConfigurationSet).Value, TopicARN: observed.ARN(composed.MailTopic).Value,
		Todo: []string{todoSandbox},
	}
	if s.Mail.Written() {
		return
	}
	for _, r := range records(s, observed) {
		if r.known() {
			status.Mail.Records = append(status.Mail.Records, r.shown())
		}
	}
	if !verified(observed, identity).Known() {
		status.Mail.Todo = []string{todoRecords, todoSandbox}
	}
}
