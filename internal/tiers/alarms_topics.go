package tiers

import (
	sns "github.com/upbound/provider-aws/v2/apis/namespaced/sns/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// composeTopics adds the topic that alarms and reports are announced on, and
// one in us-east-1 for those of the edge, as an alarm reaches topics of its own
// region only. A stack in us-east-1 needs no second one.
func composeTopics(s *settings.Settings, set *desired.Set) {
	composeKey(s, set, role.AlarmsKey, s.Region, "Alarms and reports", alarmsKeyUsers(s))
	composeTopic(s, set, role.AlarmsTopic, role.AlarmsKey, s.Region)
	if s.Partition.CloudFront && s.Region != aws.GlobalRegion {
		composeTopic(s, set, role.AlarmsEdgeTopic, role.EdgeKey, aws.GlobalRegion)
	}
}

// topicARN is that of the topic in a region.
func topicARN(s *settings.Settings, region string) string {
	return s.Partition.ARN("sns", region, s.Account.Value, topicName(s))
}

func topicName(s *settings.Settings) string { return s.Stack + "-alarms" }

// alarmsKeyUsers lets CloudWatch and EventBridge publish to the topic, and
// EventBridge keep what cannot be delivered.
func alarmsKeyUsers(s *settings.Settings) []policy.Statement {
	users := []policy.Statement{announceAlarms(s)}
	if s.On(settings.TierResponses) {
		users = append(users, encryptEvents(s, s.Region), keepUndelivered(s))
	}
	return users
}

// encryptEvents lets EventBridge publish to the topic in a region. Unlike
// CloudWatch, EventBridge names no source to the key of a topic (AWS
// documentation, "Managing Amazon SNS encryption keys and costs"), but SNS names
// the topic, whose own policy names the source.
func encryptEvents(s *settings.Settings, region string) policy.Statement {
	return policy.Statement{
		Sid:       "AnnounceEvents",
		Effect:    policy.Allow,
		Principal: policy.Service(eventBridge),
		Actions:   []string{"kms:Decrypt", "kms:GenerateDataKey"},
		Resources: []string{"*"},
		Condition: policy.StringEquals("kms:EncryptionContext:aws:sns:topicArn", topicARN(s, region)),
	}
}

// announceEvents lets the rules that announce something publish to the topic in
// their region.
func announceEvents(s *settings.Settings, region string) policy.Statement {
	var rules []string
	for _, e := range announced(s) {
		if e.region == region {
			rules = append(rules, ruleARN(s, e))
		}
	}
	return policy.Statement{
		Sid:       "AnnounceEvents",
		Effect:    policy.Allow,
		Principal: policy.Service(eventBridge),
		Actions:   []string{"sns:Publish"},
		Resources: []string{topicARN(s, region)},
		Condition: policy.StringEquals("aws:SourceArn", rules...),
	}
}

// composeTopic adds a topic, who may publish to it, and whom it tells. Amazon's
// own key would keep CloudWatch from publishing, so the key is the stack's (AWS
// documentation, "Amazon SNS encryption with CloudWatch alarms"). There is no
// reference for it; its alias is known.
func composeTopic(s *settings.Settings, set *desired.Set, r, key, region string) {
	set.Add(r, &sns.Topic{Spec: sns.TopicSpec{ForProvider: sns.TopicParameters{
		Region:         new(region),
		DisplayName:    new("Alarms of " + s.Stack),
		KMSMasterKeyID: new("alias/" + s.Stack + "-" + key),
	}}}, desired.Named(topicName(s)))
	arn := topicARN(s, region)
	statements := []policy.Statement{
		{
			Sid:       "AnnounceAlarms",
			Effect:    policy.Allow,
			Principal: policy.Service("cloudwatch.amazonaws.com"),
			Actions:   []string{"sns:Publish"},
			Resources: []string{arn},
			Condition: policy.StringEquals("aws:SourceAccount", s.Account.Value).And(policy.Condition{
				"ArnLike": {"aws:SourceArn": {s.Partition.ARN("cloudwatch", region, s.Account.Value, "alarm:"+s.Stack+"-*")}},
			}),
		},
		{
			Sid:       "DenyPlainHTTP",
			Effect:    policy.Deny,
			Principal: policy.Everyone(),
			Actions:   []string{"sns:Publish"},
			Resources: []string{arn},
			Condition: policy.Condition{"Bool": {"aws:SecureTransport": {"false"}}},
		},
	}
	if s.On(settings.TierResponses) {
		statements = append(statements, announceEvents(s, region))
	}
	set.Add(role.TopicPolicy(r), &sns.TopicPolicy{Spec: sns.TopicPolicySpec{ForProvider: sns.TopicPolicyParameters{
		Region: new(region),
		ArnRef: set.Ref(r),
		Policy: new(policy.Document{Statements: statements}.JSON()),
	}}}, desired.Needs(s.Account))
	for _, e := range s.Claim.Spec.Guardrails.Alarms.Emails {
		subscribe(set, r, region, "email", e)
	}
	for _, w := range s.Claim.Spec.Guardrails.Alarms.Webhooks {
		subscribe(set, r, region, "https", w)
	}
}

// subscribe adds a subscription. Its endpoint must confirm it. Nobody waits for
// that, or a forgotten e-mail would keep the stack from being ready, so the
// provider must not expect the endpoint to confirm by itself; the status tells
// how many have not.
func subscribe(set *desired.Set, topic, region, protocol, endpoint string) {
	set.Add(role.Subscription(topic, naming.Hash(protocol, endpoint)), &sns.TopicSubscription{Spec: sns.TopicSubscriptionSpec{ForProvider: sns.TopicSubscriptionParameters{
		Region:               new(region),
		TopicArnRef:          set.Ref(topic),
		Protocol:             new(protocol),
		Endpoint:             new(endpoint),
		EndpointAutoConfirms: new(false),
	}}})
}
