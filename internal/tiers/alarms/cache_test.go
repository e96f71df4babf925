package alarms_test

import (
	"strings"
	"testing"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

func TestCacheAlarms(t *testing.T) {
	const (
		nodes      = `{"region":"eu-west-1","cache":{}}`
		memcached  = `{"region":"eu-west-1","cache":{"engine":"memcached"}}`
		serverless = `{"region":"eu-west-1","cache":{"serverless":{"maxStorageGiB":10}}}`
	)
	name := tiertest.Prefix + "-cache"
	stands := map[string]string{composed.Cache: tiertest.IsReady, composed.CacheCluster: tiertest.IsReady, composed.CacheServerless: tiertest.IsReady}
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"Processor": {
			Reason: "Each node is watched, and a node that says nothing is down.", Spec: nodes, Observed: stands, Resource: composed.Alarm("cache-002-cpu"),
			Want: map[string]any{"namespace": "AWS/ElastiCache", "dimensions": map[string]any{"CacheClusterId": name + "-002"}, "treatMissingData": "breaching", "threshold": float64(90)},
		},
		"ProcessorWaits": {Reason: "A cache that is still being made is silent.", Spec: nodes, Resource: composed.Alarm("cache-001-cpu"), Waits: true},
		"Memory":         {Reason: "A full cache evicts or refuses.", Spec: nodes, Observed: stands, Resource: composed.Alarm("cache-001-memory"), Want: map[string]any{"metricName": "DatabaseMemoryUsagePercentage"}},
		"Lag":            {Reason: "What the replica does not have is lost with the first node.", Spec: nodes, Observed: stands, Resource: composed.Alarm("cache-001-replication-lag"), Want: map[string]any{"threshold": float64(10)}},
		"NoLag":          {Reason: "One node lags behind nobody.", Spec: `{"region":"eu-west-1","cache":{"multiAZ":false}}`, Resource: composed.Alarm("cache-001-replication-lag"), Missing: true},
		"Memcached":      {Reason: "It swaps where others are full.", Spec: memcached, Observed: stands, Resource: composed.Alarm("cache-swap"), Want: map[string]any{"dimensions": map[string]any{"CacheClusterId": name}}},
		"Throttles":      {Reason: "A limit is reached.", Spec: serverless, Observed: stands, Resource: composed.Alarm("cache-throttles"), Want: map[string]any{"dimensions": map[string]any{"clusterId": name}}},
		"Limit":          {Reason: "Nine tenths of what it may hold.", Spec: serverless, Observed: stands, Resource: composed.Alarm("cache-memory"), Want: map[string]any{"threshold": float64(9 << 30)}},
	})
}

func TestCacheIsWatched(t *testing.T) {
	observed := map[string]string{composed.NATGateway(1): tiertest.Named("nat-1"), composed.Distribution: tiertest.Named("E1")}
	for spec, want := range map[string]string{
		`{}`:                     "Cache: CPU and memory in %",
		`{"engine":"memcached"}`: "Cache: CPU in %",
		`{"serverless":{}}`:      "Cache: data in bytes",
	} {
		stack := tiertest.Composed(t, `{"region":"eu-west-1","cache":`+spec+`}`, observed, tiertest.Platform())
		if body, _ := tiertest.Field(t, stack.Resources[composed.Dashboard], "dashboardBody").(string); !strings.Contains(body, want) {
			t.Errorf("the dashboard of %s should show %q:\n%s", spec, want, body)
		}
	}
}
