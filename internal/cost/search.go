package cost

// searchDomain is the nodes of a search domain, and the storage of those with data.
func searchDomain(f fields, s *stack) []charge {
	cluster := structOf(f["clusterConfig"])
	var out []charge
	nodes := func(instanceType string, quantity float64) {
		if quantity <= 0 {
			return
		}
		node, _, ok := prices().Search.of(instanceType)
		if !ok {
			s.missing(instanceType)
			return
		}
		node.Name = "OpenSearch on " + node.Name
		out = append(out, charge{node, quantity})
	}
	count := cluster["instanceCount"].GetNumberValue()
	nodes(cluster["instanceType"].GetStringValue(), count)
	nodes(cluster["dedicatedMasterType"].GetStringValue(), cluster["dedicatedMasterCount"].GetNumberValue())
	return append(out, some("search-storage", structOf(f["ebsOptions"])["volumeSize"].GetNumberValue()*count)...)
}
