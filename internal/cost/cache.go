package cost

// valkeyShare is what a node of valkey costs of one of redis (Amazon ElastiCache
// pricing).
const valkeyShare = 0.8

// nodes is so many nodes of a cache.
func nodes(f fields, s *stack, count float64) []charge {
	node, _, ok := prices().Nodes.of(f["nodeType"].GetStringValue())
	if !ok {
		s.missing(f["nodeType"].GetStringValue())
		return nil
	}
	engine := f["engine"].GetStringValue()
	node.Name = engine + " on " + node.Name
	if engine == "valkey" {
		usd := make(byPlace, 0, len(node.USD))
		for _, price := range node.USD {
			usd = append(usd, price*valkeyShare)
		}
		node.USD = usd
	}
	return []charge{{node, count}}
}

// replicationGroup is its first node and what follows it.
func replicationGroup(f fields, s *stack) []charge {
	return nodes(f, s, 1+f["replicasPerNodeGroup"].GetNumberValue())
}

// memcached is all of its nodes.
func memcached(f fields, s *stack) []charge {
	return nodes(f, s, f["numCacheNodes"].GetNumberValue())
}

// serverlessCache is the data that is charged in any case.
func serverlessCache(f fields, _ *stack) []charge {
	if f["engine"].GetStringValue() == "valkey" {
		return some("serverless-valkey", 1)
	}
	return some("serverless-cache", 1)
}
