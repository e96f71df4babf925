package alarms

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// searchMetrics is the namespace of the search domain's metrics.
const searchMetrics = "AWS/ES"

// searchAlarms follow AWS's own recommendations (AWS documentation, "Recommended
// CloudWatch alarms for Amazon OpenSearch Service"). Metrics that only show while there is a
// problem are silent otherwise. An index with replicas is always yellow on one node.
func searchAlarms(s *settings.Settings, observed facts.Observed) []alarm {
	d := s.Search
	if d == nil {
		return nil
	}
	out := []alarm{
		{
			name: "search-red", description: "The search domain lacks data of an index: a primary shard has no node. Look at its free storage and at the domain's events.",
			metric: "ClusterStatus.red", statistic: "Maximum", comparison: atLeast, threshold: 1, periods: 1, silence: silenceIsGood, unhealthy: true,
		},
		{
			name: "search-nodes", description: "The search domain has fewer nodes than it should, or sends no metrics at all.",
			metric: "Nodes", statistic: "Minimum", comparison: below, threshold: float64(nodes(d)), periods: 6, silence: silenceIsBad, unhealthy: true,
			needs: []facts.Fact{observed.Ready(composed.SearchDomain)},
		},
		{
			name: "search-writes-blocked", description: "The search domain takes no writes: its storage or memory is used up. Raise search.storageGiB or take a larger search.instanceType.",
			metric: "ClusterIndexWritesBlocked", statistic: "Maximum", comparison: atLeast, threshold: 1, periods: 1, silence: silenceIsGood, unhealthy: true,
		},
		{
			name: "search-storage", description: "A node of the search domain has less than a quarter of its storage left. Raise search.storageGiB.",
			metric: "FreeStorageSpace", statistic: "Minimum", comparison: below, threshold: float64(d.StorageGiB) * 1024 / 4, periods: 1, silence: silenceIsSilence,
		},
		{
			name: "search-cpu", description: "The search domain's processors are busy. Look at its log of slow searches, or take a larger search.instanceType.",
			metric: "CPUUtilization", statistic: "Maximum", comparison: atLeast, threshold: 80, periods: 9, silence: silenceIsSilence,
		},
		{
			name: "search-memory", description: "The search domain runs out of memory. Take a larger search.instanceType.",
			metric: "JVMMemoryPressure", statistic: "Maximum", comparison: atLeast, threshold: 95, periods: 3, silence: silenceIsSilence,
		},
		{
			name: "search-snapshot", description: "An automatic snapshot of the search domain failed, mostly because the domain is red.",
			metric: "AutomatedSnapshotFailure", statistic: "Maximum", comparison: atLeast, threshold: 1, periods: 1, silence: silenceIsGood,
		},
		{
			name: "search-key-error", description: "The key of the search domain is disabled. Enable it, or the domain's data is lost.",
			metric: "KMSKeyError", statistic: "Maximum", comparison: atLeast, threshold: 1, periods: 1, silence: silenceIsGood, unhealthy: true,
		},
		{
			name: "search-key-lost", description: "The key of the search domain is deleted, or the domain may no longer use it. Its data cannot be read any more.",
			metric: "KMSKeyInaccessible", statistic: "Maximum", comparison: atLeast, threshold: 1, periods: 1, silence: silenceIsGood, unhealthy: true,
		},
	}
	if d.Instances > 1 {
		out = append(out, alarm{
			name: "search-yellow", description: "The search domain lacks copies of an index: a replica shard has no node.",
			metric: "ClusterStatus.yellow", statistic: "Maximum", comparison: atLeast, threshold: 1, periods: 3, silence: silenceIsGood,
		})
	}
	if d.MasterType != "" {
		out = append(out, alarm{
			name: "search-master-cpu", description: "The processors of the search domain's masters are busy. Ask AWS for larger ones, or keep fewer indexes.",
			metric: "MasterCPUUtilization", statistic: "Maximum", comparison: atLeast, threshold: 50, periods: 9, silence: silenceIsSilence,
		}, alarm{
			name: "search-master-memory", description: "The search domain's masters run out of memory. Keep fewer indexes.",
			metric: "MasterJVMMemoryPressure", statistic: "Maximum", comparison: atLeast, threshold: 95, periods: 3, silence: silenceIsSilence,
		})
	}
	for i := range out {
		out[i].namespace, out[i].dimensions = searchMetrics, map[string]string{"ClientId": s.Account.Value, "DomainName": d.Domain}
	}
	return out
}

// nodes is how many nodes the domain has, masters among them.
func nodes(d *settings.Search) int {
	if d.MasterType != "" {
		return d.Instances + 3
	}
	return d.Instances
}

// searchGraphs show the search domain.
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
		show("Search: processors and memory in %", "Maximum", "CPUUtilization", "JVMMemoryPressure"),
		show("Search: free storage in MiB", "Minimum", "FreeStorageSpace"),
	}
}
