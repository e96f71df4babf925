package kit

import (
	"slices"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/rds"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// rdsEvents is the service principal of RDS events.
const rdsEvents = "events.rds.amazonaws.com"

// DatabaseSource is a source of RDS events, and the categories that AWS Security Hub
// requires (RDS.19 to RDS.21).
type DatabaseSource struct {
	resource, source string
	categories       []string
}

// DatabaseSources returns all sources.
func DatabaseSources() []DatabaseSource {
	return []DatabaseSource{
		{composed.DatabaseClusterEvents, "db-cluster", []string{"configuration change", "failure", "maintenance"}},
		{composed.DatabaseInstanceEvents, "db-instance", []string{"configuration change", "failure", "maintenance"}},
		{composed.DatabaseParameterGroupEvents, "db-parameter-group", []string{"configuration change"}},
	}
}

// DatabaseSourcesOf returns the sources of a stack. Only Aurora has clusters.
func DatabaseSourcesOf(s *settings.Settings) []DatabaseSource {
	return slices.DeleteFunc(DatabaseSources(), func(d DatabaseSource) bool {
		return d.resource == composed.DatabaseClusterEvents && s.Database.Aurora == nil
	})
}

// SubscribeToDatabases publishes events of all databases in the account and region
// to a topic. The controls require subscriptions for all instances, not for named
// ones.
func SubscribeToDatabases(s *settings.Settings, set *desired.Set, topic string, sources ...DatabaseSource) {
	for _, d := range sources {
		set.Add(d.resource, &rds.EventSubscription{Spec: rds.EventSubscriptionSpec{ForProvider: rds.EventSubscriptionParameters{
			Enabled:         new(true),
			SnsTopicRef:     set.Ref(topic),
			SourceType:      new(d.source),
			EventCategories: Pointers(d.categories),
		}}}, desired.Named(s.Stack+"-"+d.source))
	}
}

// PublishDatabaseEvents allows RDS to publish events to a topic.
func PublishDatabaseEvents(s *settings.Settings) Publisher {
	return Publisher{Sid: "PublishDatabaseEvents", Service: rdsEvents, Condition: policy.StringEquals("aws:SourceAccount", s.Account.Value)}
}

// EncryptDatabaseEvents allows RDS to publish events to topics that a key encrypts.
func EncryptDatabaseEvents(s *settings.Settings) policy.Statement {
	return policy.Statement{
		Sid:       "PublishDatabaseEvents",
		Effect:    policy.Allow,
		Principal: policy.Service(rdsEvents),
		Actions:   []string{"kms:Decrypt", "kms:GenerateDataKey"},
		Resources: []string{"*"},
		Condition: policy.StringEquals("aws:SourceAccount", s.Account.Value),
	}
}
