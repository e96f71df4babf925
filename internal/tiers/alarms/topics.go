package alarms

import (
	sns "github.com/upbound/provider-aws/v2/apis/namespaced/sns/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// composeTopics adds the topic that alarms and reports are announced on, and
// one in us-east-1 for those of the edge, as an alarm reaches topics of its own
// region only. A stack in us-east-1 needs no second one.
func composeTopics(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	kit.ComposeDeliveryRole(s, set)
	kit.ComposeKey(s, set, composed.AlarmsKey, "Alarms and reports", alarmsKeyUsers(s))
	composeAlarmsTopic(s, observed, set, composed.AlarmsTopic, composed.AlarmsKey, s.Region)
	if region := kit.EdgeRegion(s); region != s.Region {
		composeAlarmsTopic(s, observed, set, composed.AlarmsEdgeTopic, composed.EdgeKey, region)
	}
}

// alarmsKeyUsers lets CloudWatch and EventBridge publish to the topic, and
// EventBridge keep what cannot be delivered.
func alarmsKeyUsers(s *settings.Settings) []policy.Statement {
	users := []policy.Statement{kit.AnnounceAlarms(s)}
	if s.On(settings.TierResponses) {
		users = append(users, kit.EncryptEvents(s, s.Region), kit.KeepUndelivered(s))
	}
	return users
}

// announcers are the stack's alarms in a region, and its rules there that
// announce something.
func announcers(s *settings.Settings, region string) []kit.Publisher {
	out := []kit.Publisher{{
		Sid: "AnnounceAlarms", Service: "cloudwatch.amazonaws.com",
		Condition: kit.From(s, s.Partition.ARN("cloudwatch", region, s.Account.Value, "alarm:"+s.Stack+"-*")),
	}}
	if !s.On(settings.TierResponses) {
		return out
	}
	// EventBridge knows no conditions in the policies of topics (AWS documentation,
	// "Using resource-based policies for Amazon EventBridge", Amazon SNS
	// permissions).
	return append(out, kit.Publisher{Sid: "AnnounceEvents", Service: kit.EventBridge})
}

// composeAlarmsTopic adds one of them and whom it tells.
func composeAlarmsTopic(s *settings.Settings, observed facts.Observed, set *desired.Set, r, key, region string) {
	kit.ComposeTopic(s, observed, set, kit.Topic{Resource: r, Name: kit.AlarmsTopic(s), Display: "Alarms", Region: region, Key: key, Publishers: announcers(s, region)})
	for _, e := range s.Alarms.Emails {
		subscribe(set, r, region, "email", e)
	}
	for _, w := range s.Alarms.Webhooks {
		subscribe(set, r, region, "https", w)
	}
}

// subscribe adds a subscription. Its endpoint must confirm it. Nobody waits for
// that, or a forgotten e-mail would keep the stack from being ready, so the
// provider must not expect the endpoint to confirm by itself; the status tells
// how many have not.
func subscribe(set *desired.Set, topic, region, protocol, endpoint string) {
	set.Add(composed.Subscription(topic, naming.Hash(protocol, endpoint)), &sns.TopicSubscription{Spec: sns.TopicSubscriptionSpec{ForProvider: sns.TopicSubscriptionParameters{
		Region:               new(region),
		TopicArnRef:          set.Ref(topic),
		Protocol:             new(protocol),
		Endpoint:             new(endpoint),
		EndpointAutoConfirms: new(false),
		// SNS does not show how long the provider waits for a confirmation.
		ConfirmationTimeoutInMinutes: new(float64(1)),
	}}})
}
