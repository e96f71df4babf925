package alarms

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/sns"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// composeTopics adds the topic for alarms and reports, and one in us-east-1 for
// those of the edge, because an alarm needs a topic in its own region. A stack in
// us-east-1 has only one topic.
func composeTopics(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	kit.ComposeDeliveryRole(s, set)
	kit.ComposeKey(s, set, composed.AlarmsKey, "Alarms and reports", alarmsKeyUsers(s))
	composeAlarmsTopic(s, observed, set, composed.AlarmsTopic, composed.AlarmsKey, s.Region)
	if region := kit.EdgeRegion(s); region != s.Region {
		composeAlarmsTopic(s, observed, set, composed.AlarmsEdgeTopic, composed.EdgeKey, region)
	}
}

// alarmsKeyUsers allows CloudWatch and EventBridge to publish to the encrypted
// topic, and EventBridge to use the encrypted dead-letter queue.
func alarmsKeyUsers(s *settings.Settings) []policy.Statement {
	users := []policy.Statement{kit.AnnounceAlarms(s)}
	if s.On(settings.TierResponses) {
		users = append(users, kit.EncryptEvents(s, s.Region), kit.KeepUndelivered(s))
	}
	if s.IsAccount {
		users = append(users, kit.EncryptDatabaseEvents(s))
	}
	return users
}

// announcers returns the alarms and rules in a region that publish to the topic.
func announcers(s *settings.Settings, region string) []kit.Publisher {
	out := []kit.Publisher{{
		Sid: "AnnounceAlarms", Service: "cloudwatch.amazonaws.com",
		Condition: kit.From(s, s.Partition.ARN("cloudwatch", region, s.Account.Value, "alarm:"+s.Stack+"-*")),
	}}
	if s.IsAccount && region == s.Region {
		out = append(out, kit.PublishDatabaseEvents(s))
	}
	if !s.On(settings.TierResponses) {
		return out
	}
	// EventBridge does not support conditions in topic policies (AWS documentation,
	// "Using resource-based policies for Amazon EventBridge", Amazon SNS
	// permissions).
	return append(out, kit.Publisher{Sid: "AnnounceEvents", Service: kit.EventBridge})
}

// composeAlarmsTopic adds a topic and its subscriptions.
func composeAlarmsTopic(s *settings.Settings, observed facts.Observed, set *desired.Set, r, key, region string) {
	kit.ComposeTopic(s, observed, set, kit.Topic{Resource: r, Name: kit.AlarmsTopic(s), Display: "Alarms", Region: region, Key: key, Publishers: announcers(s, region)})
	for _, e := range s.Alarms.Emails {
		subscribe(set, r, region, "email", e)
	}
	for _, w := range s.Alarms.Webhooks {
		subscribe(set, r, region, "https", w)
	}
}

// subscribe adds a subscription, which its endpoint must confirm. The provider must
// not wait for the confirmation: a forgotten e-mail would prevent readiness. The
// status contains the number of unconfirmed subscriptions.
func subscribe(set *desired.Set, topic, region, protocol, endpoint string) {
	set.Add(composed.Subscription(topic, naming.Hash(protocol, endpoint)), &sns.TopicSubscription{Spec: sns.TopicSubscriptionSpec{ForProvider: sns.TopicSubscriptionParameters{
		Region:               new(region),
		TopicArnRef:          set.Ref(topic),
		Protocol:             new(protocol),
		Endpoint:             new(endpoint),
		EndpointAutoConfirms: new(false),
		// SNS does not return the provider's timeout for confirmations.
		ConfirmationTimeoutInMinutes: new(float64(1)),
	}}})
}
