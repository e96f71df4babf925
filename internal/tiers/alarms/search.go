package alarms

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// searchMetrics is the namespace of the search domain's metrics.
const searchMetrics = "AWS/ES"

// searchAlarms follows AWS's recommendations (AWS documentation, "Recommended
// CloudWatch alarms for Amazon OpenSearch Service"). For metrics that exist only
// during a problem, missing data is healthy. On a single node, an index with
// replicas is always yellow.
func searchAlarms(s *settings.Settings, observed facts.Observed) []alarm {
	d := s.Search
	if d == nil {
		return nil
	}
	out := []alarm{
		{
			name: "search-red", description: "The search domain is red: a primary shard has no node, so data is missing. Check the free storage and the events of the domain.",
			metric: "ClusterStatus.red", statistic: "Maximum", comparison: atLeast, threshold: 1, periods: 1, silence: silenceIsGood, unhealthy: true,
		},
		{
			name: "search-nodes", description: "The search domain has fewer nodes than expected, or its metrics are missing.",
			metric: "Nodes", statistic: "Minimum", comparison: below, threshold: float64(nodes(d)), periods: 6, silence: silenceIsBad, unhealthy: true,
			needs: []facts.Fact{observed.Ready(composed.SearchDomain)},
		},
		{
			name: "search-writes-blocked", description: "The search domain rejects writes, because its storage or memory is full. Raise search.storageGiB, or use a larger search.instanceType.",
			metric: "ClusterIndexWritesBlocked", statistic: "Maximum", comparison: atLeast, threshold: 1, periods: 1, silence: silenceIsGood, unhealthy: true,
		},
		{
			name: "search-storage", description: "A node in the search domain has less than a quarter of its storage left. Raise search.storageGiB.",
			metric: "FreeStorageSpace", statistic: "Minimum", comparison: below, threshold: float64(d.StorageGiB) * 1024 / 4, periods: 1, silence: silenceIsSilence,
		},
		{
			name: "search-cpu", description: "The search domain's CPU usage is high. Check its log of slow searches, or use a larger search.instanceType.",
			metric: "CPUUtilization", statistic: "Maximum", comparison: atLeast, threshold: 80, periods: 9, silence: silenceIsSilence,
		},
		{
			name: "search-memory", description: "The search domain is low on memory. Use a larger search.instanceType.",
			metric: "JVMMemoryPressure", statistic: "Maximum", comparison: atLeast, threshold: 95, periods: 3, silence: silenceIsSilence,
		},
		{
			name: "search-snapshot", description: "An automatic snapshot of the search domain failed, usually because the domain is red.",
			metric: "AutomatedSnapshotFailure", statistic: "Maximum", comparison: atLeast, threshold: 1, periods: 1, silence: silenceIsGood,
		},
		{
			name: "search-key-error", description: "The KMS key of the search domain is disabled. Enable the key to keep access to the domain's data.",
			metric: "KMSKeyError", statistic: "Maximum", comparison: atLeast, threshold: 1, periods: 1, silence: silenceIsGood, unhealthy: true,
		},
		{
			name: "search-key-lost", description: "The KMS key of the search domain was deleted, or the domain has no access to the key. The domain's data can no longer be read.",
			metric: "KMSKeyInaccessible", statistic: "Maximum", comparison: atLeast, threshold: 1, periods: 1, silence: silenceIsGood, unhealthy: true,
		},
	}
	if d.Instances > 1 {
		out = append(out, alarm{
			name: "search-yellow", description: "The search domain is yellow: a replica shard has no node.",
			metric: "ClusterStatus.yellow", statistic: "Maximum", comparison: atLeast, threshold: 1, periods: 3, silence: silenceIsGood,
		})
	}
	if d.MasterType != "" {
		out = append(out, alarm{
			name: "search-master-cpu", description: "The CPU usage of the search domain's dedicated masters is high. Use fewer indexes.",
			metric: "MasterCPUUtilization", statistic: "Maximum", comparison: atLeast, threshold: 50, periods: 9, silence: silenceIsSilence,
		}, alarm{
			name: "search-master-memory", description: "The search domain's dedicated masters are low on memory. Use fewer indexes.",
			metric: "MasterJVMMemoryPressure", statistic: "Maximum", comparison: atLeast, threshold: 95, periods: 3, silence: silenceIsSilence,
		})
	}
	for i := range out {
		out[i].namespace, out[i].dimensions = searchMetrics, map[string]string{"ClientId": s.Account.Value, "DomainName": d.Domain}
	}
	return out
}

// nodes returns the number of nodes, including masters.
func nodes(d *settings.Search) int {
	if d.MasterType != "" {
		return d.Instances + 3
	}
	return d.Instances
}

// searchGraphs returns graphs of the search domain.
func searchGraphs(s *settings.Settings) []graph {
	if s.Search == nil {
		return nil
	}
	domain := []string{"DomainName", s.Search.Domain, "ClientId", s.Account.Value}
	show := func(title, statistic string, metrics ...string) graph {
		return graphOf(s, title, statistic, searchMetrics, metrics, domain)
	}
	return []graph{
		show("Search: requests and errors", "Sum", "OpenSearchRequests", "4xx", "5xx"),
		show("Search: latency in ms", "Average", "SearchLatency", "IndexingLatency"),
		show("Search: CPU and memory in %", "Maximum", "CPUUtilization", "JVMMemoryPressure"),
		show("Search: free storage in MiB", "Minimum", "FreeStorageSpace"),
	}
}
