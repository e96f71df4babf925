package tiers

import (
	sns "github.com/upbound/provider-aws/v2/apis/namespaced/sns/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// topic is what differs between the stack's topics.
type topic struct {
	role, name, display, region string
	// key encrypts its messages. Amazon's own would keep services from publishing
	// (AWS documentation, "Configure KMS permissions for AWS service event
	// sources"). There is no reference for it, but its alias is known.
	key        string
	publishers []publisher
}

// publisher is a service that publishes under a condition. Its statement is
// called sid.
type publisher struct {
	sid, service string
	condition    policy.Condition
}

// topicARN is known before the topic is.
func topicARN(s *settings.Settings, region, name string) string {
	return s.Partition.ARN("sns", region, s.Account.Value, name)
}

// composeTopic adds a topic, and lets services publish to it, over TLS.
func composeTopic(s *settings.Settings, observed facts.Observed, set *desired.Set, t topic) {
	p := sns.TopicParameters{
		Region:         new(t.region),
		DisplayName:    new(t.display + " of " + s.Stack),
		KMSMasterKeyID: new(keyName(s, t.key)),
	}
	logDeliveries(s, observed, set, t, &p)
	set.Add(t.role, &sns.Topic{Spec: sns.TopicSpec{ForProvider: p}}, desired.Named(t.name), desired.Before(append(deliveryLogs(s, t.role), t.key)...))
	arn := topicARN(s, t.region, t.name)
	var statements []policy.Statement
	for _, p := range t.publishers {
		statements = append(statements, policy.Statement{
			Sid:       p.sid,
			Effect:    policy.Allow,
			Principal: policy.Service(p.service),
			Actions:   []string{"sns:Publish"},
			Resources: []string{arn},
			Condition: p.condition,
		})
	}
	set.Add(role.TopicPolicy(t.role), &sns.TopicPolicy{Spec: sns.TopicPolicySpec{ForProvider: sns.TopicPolicyParameters{
		Region: new(t.region),
		ArnRef: set.Ref(t.role),
		Policy: new(policy.Document{Statements: append(statements, policy.DenyPlainHTTP("sns:Publish", arn))}.JSON()),
	}}}, desired.Needs(s.Account))
}
