package config_test

import (
	"testing"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

func TestCacheRules(t *testing.T) {
	const nodes = `{"region":"eu-west-1","cache":{}}`
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"BackedUp": {
			Reason: "AWS's own default is 15 days.", Spec: nodes, Resource: composed.ConfigRule("cache-backed-up"),
			Want: map[string]any{"source.sourceIdentifier": "ELASTICACHE_REDIS_CLUSTER_AUTOMATIC_BACKUP_CHECK", "inputParameters": `{"snapshotRetentionPeriod":"7"}`, "scope": tiertest.Absent{}},
		},
		"NoUsers":          {Reason: "A rule would report what the claim wants.", Spec: nodes, Resource: composed.ConfigRule("cache-users"), Missing: true},
		"NoFailover":       {Reason: "Nor one node.", Spec: `{"region":"eu-west-1","cache":{"multiAZ":false}}`, Resource: composed.ConfigRule("cache-failover"), Missing: true},
		"Memcached":        {Reason: "Its subnets are all that is asked.", Spec: `{"region":"eu-west-1","cache":{"engine":"memcached"}}`, Resource: composed.ConfigRule("cache-subnets")},
		"MemcachedNoMore":  {Reason: "It is not encrypted at rest.", Spec: `{"region":"eu-west-1","cache":{"engine":"memcached"}}`, Resource: composed.ConfigRule("cache-encrypted"), Missing: true},
		"Serverless":       {Reason: "Config knows none of these.", Spec: `{"region":"eu-west-1","cache":{"serverless":{}}}`, Resource: composed.ConfigRule("cache-subnets"), Missing: true},
		"NotInEveryRegion": {Reason: "Young regions have few.", Spec: `{"region":"il-central-1","cache":{}}`, Resource: composed.ConfigRule("cache-encrypted"), Missing: true},
	})
}
