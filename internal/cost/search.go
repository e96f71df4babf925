package cost

// searchDomain returns the charges of a search domain's nodes, and of the storage
// of data nodes.
func searchDomain(f fields, s *stack) []charge {
	cluster := structOf(f["clusterConfig"])
	var out []charge
	nodes := func(instanceType string, quantity float64) {
		if quantity <= 0 {
			return
		}
		out = append(out, prices().Search.charges(s, "OpenSearch", instanceType, quantity)...)
	}
	count := cluster["instanceCount"].GetNumberValue()
	nodes(cluster["instanceType"].GetStringValue(), count)
	nodes(cluster["dedicatedMasterType"].GetStringValue(), cluster["dedicatedMasterCount"].GetNumberValue())
	return append(out, some("search-storage", structOf(f["ebsOptions"])["volumeSize"].GetNumberValue()*count)...)
}
