package alarms

import (
	"fmt"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// cacheMetrics is the namespace of the cache's metrics.
const cacheMetrics = "AWS/ElastiCache"

// maxCacheConnections is the maximum number of connections of a node (Amazon
// ElastiCache documentation, "Valkey and Redis OSS node-type specific parameters",
// maxclients).
const maxCacheConnections = 65000

// cacheAlarms follows AWS's recommendations (AWS documentation, "Recommended
// alarms", Amazon ElastiCache).
func cacheAlarms(s *settings.Settings, observed facts.Observed) []alarm {
	c := s.Cache
	if c == nil {
		return nil
	}
	var out []alarm
	if c.Serverless != nil {
		out = serverlessAlarms(c)
	} else {
		for _, node := range cacheNodes(c) {
			out = append(out, nodeAlarms(c, node)...)
		}
	}
	for i := range out {
		out[i].namespace, out[i].comparison, out[i].unhealthy, out[i].needs = cacheMetrics, above, true, []facts.Fact{kit.CacheStands(s, observed)}
	}
	return out
}

// cacheNodes returns the node IDs in metrics. A memcached cluster has one ID for
// all nodes. AWS numbers the nodes of other caches.
func cacheNodes(c *settings.Cache) []string {
	if c.Memcached() {
		return []string{c.Name}
	}
	var out []string
	for i := range c.Nodes() {
		out = append(out, fmt.Sprintf("%s-%03d", c.Name, i+1))
	}
	return out
}

// nodeAlarms returns the alarms of a node, or of a memcached cluster. The CPU alarm
// waits until the cache is ready, because missing data means that the node is down.
func nodeAlarms(c *settings.Cache, node string) []alarm {
	name := "cache"
	if !c.Memcached() {
		name += node[len(c.Name):]
	}
	out := []alarm{
		{
			name: name + "-cpu", description: "The cache's CPU usage is high, or the cache's metrics are missing. Look for slow commands in the slow log, or use a larger size.",
			metric: "CPUUtilization", statistic: "Average", threshold: 90, periods: 3, silence: silenceIsBad,
		},
		{
			name: name + "-connections", description: "The cache is near its connection limit. Use a connection pool in the application.",
			metric: "CurrConnections", statistic: "Maximum", threshold: maxCacheConnections * 8 / 10, periods: 2, silence: silenceIsGood,
		},
	}
	if c.Memcached() {
		out = append(out, alarm{
			name: name + "-swap", description: "The cache is out of memory and swaps. Use a larger size.",
			metric: "SwapUsage", statistic: "Maximum", threshold: 50 * mebibyte, periods: 3, silence: silenceIsGood,
		})
	} else {
		out = append(out, alarm{
			name: name + "-engine-cpu", description: "The CPU usage of the cache's engine thread is high. Look for slow commands in the slow log, or use a larger size.",
			metric: "EngineCPUUtilization", statistic: "Average", threshold: 90, periods: 3, silence: silenceIsGood,
		}, alarm{
			name: name + "-memory", description: "The cache is nearly full. Depending on maxmemory-policy, it evicts keys or rejects writes. Use a larger size, or let keys expire.",
			metric: "DatabaseMemoryUsagePercentage", statistic: "Average", threshold: 90, periods: 3, silence: silenceIsGood,
		})
	}
	if c.Replicas() > 0 {
		out = append(out, alarm{
			name: name + "-replication-lag", description: "The cache's replica is more than 10 seconds behind. If the primary node fails, writes that the replica has not received are lost.",
			metric: "ReplicationLag", statistic: "Maximum", threshold: 10, periods: 3, silence: silenceIsGood,
		})
	}
	for i := range out {
		out[i].dimensions = map[string]string{"CacheClusterId": node}
	}
	return out
}

// serverlessAlarms returns the alarms of a serverless cache (Amazon ElastiCache
// documentation, "Serverless caches metrics and events").
func serverlessAlarms(c *settings.Cache) []alarm {
	out := []alarm{{
		name: "cache-throttles", description: "The cache throttles commands: it has reached its limit, or has not scaled yet. Raise cache.serverless.maxECPUPerSecond.",
		metric: "ThrottledCmds", statistic: "Sum", threshold: 0, periods: 3, silence: silenceIsGood,
	}}
	if most := c.Serverless.MaxStorageGiB; most != nil {
		out = append(out, alarm{
			name: "cache-memory", description: "The cache is near its maximum storage. Raise cache.serverless.maxStorageGiB, or let keys expire.",
			metric: "BytesUsedForCache", statistic: "Maximum", threshold: float64(*most) * 1024 * mebibyte * 9 / 10, periods: 3, silence: silenceIsGood,
		})
	}
	for i := range out {
		out[i].dimensions = map[string]string{"clusterId": c.Name}
	}
	return out
}

// cacheGraphs returns graphs of the cache's usage.
func cacheGraphs(s *settings.Settings) []graph {
	c := s.Cache
	if c == nil {
		return nil
	}
	things := [][]string{{"clusterId", c.Name}}
	if c.Serverless == nil {
		things = nil
		for _, node := range cacheNodes(c) {
			things = append(things, []string{"CacheClusterId", node})
		}
	}
	draw := func(title, statistic string, metrics ...string) graph {
		return graphOf(s, title, statistic, cacheMetrics, metrics, things...)
	}
	switch {
	case c.Serverless != nil:
		return []graph{draw("Cache: data in bytes", "Maximum", "BytesUsedForCache"), draw("Cache: processing units and throttled commands", "Sum", "ElastiCacheProcessingUnits", "ThrottledCmds")}
	case c.Memcached():
		return []graph{draw("Cache: CPU in %", "Average", "CPUUtilization"), draw("Cache: evictions and connections", "Maximum", "Evictions", "CurrConnections")}
	}
	return []graph{
		draw("Cache: CPU and memory in %", "Average", "EngineCPUUtilization", "DatabaseMemoryUsagePercentage"),
		draw("Cache: evictions and connections", "Maximum", "Evictions", "CurrConnections"),
	}
}
