package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/sns"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// Topic contains the settings that differ between the stack's topics.
type Topic struct {
	Resource, Name, Display, Region string
	// Key encrypts its messages. With SNS's own key, services could not publish
	// (AWS documentation, "Configure KMS permissions for AWS service event
	// sources"). The field has no reference, but the alias is known.
	Key        string
	Publishers []Publisher
}

// Publisher is a service that can publish under a condition. Sid is the ID of its
// statement.
type Publisher struct {
	Sid, Service string
	Condition    policy.Condition
}

// TopicARN returns the ARN of a topic before it exists.
func TopicARN(s *settings.Settings, region, name string) string {
	return s.Partition.ARN("sns", region, s.Account.Value, name)
}

// ComposeTopic adds a topic with a policy for its publishers. It requires TLS.
func ComposeTopic(s *settings.Settings, observed facts.Observed, set *desired.Set, t Topic) {
	p := sns.TopicParameters{
		Region:         new(t.Region),
		DisplayName:    new(t.Display + " of " + s.Stack),
		KMSMasterKeyID: new(KeyName(s, t.Key)),
	}
	LogDeliveries(s, observed, set, t, &p)
	set.Add(t.Resource, &sns.Topic{Spec: sns.TopicSpec{ForProvider: p}}, desired.Named(t.Name), desired.Before(append(DeliveryLogs(s, t.Resource), t.Key)...))
	arn := TopicARN(s, t.Region, t.Name)
	var statements []policy.Statement
	for _, p := range t.Publishers {
		statements = append(statements, policy.Statement{
			Sid:       p.Sid,
			Effect:    policy.Allow,
			Principal: policy.Service(p.Service),
			Actions:   []string{"sns:Publish"},
			Resources: []string{arn},
			Condition: p.Condition,
		})
	}
	set.Add(composed.TopicPolicy(t.Resource), &sns.TopicPolicy{Spec: sns.TopicPolicySpec{ForProvider: sns.TopicPolicyParameters{
		Region: new(t.Region),
		ArnRef: set.Ref(t.Resource),
		Policy: new(policy.Document{Statements: append(statements, policy.DenyPlainHTTP("sns:Publish", arn))}.JSON()),
	}}}, desired.Needs(s.Account))
}
