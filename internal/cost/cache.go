package cost

// valkeyShare is what a node of valkey costs of one of redis (Amazon ElastiCache
// pricing).
const valkeyShare = 0.8

// nodes is so many nodes of a cache.
func nodes(f fields, s *stack, count float64) []charge {
	engine := f["engine"].GetStringValue()
	out := prices().Nodes.charges(s, engine, f["nodeType"].GetStringValue(), count)
	if engine == "valkey" {
		for _, c := range out {
			for i := range c.item.USD { // Its own: of computes them anew.
				c.item.USD[i] *= valkeyShare
			}
		}
	}
	return out
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
