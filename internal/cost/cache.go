package cost

// valkeyShare is the price of a Valkey node relative to a Redis node (Amazon
// ElastiCache pricing).
const valkeyShare = 0.8

// nodes returns the charges of cache nodes.
func nodes(f fields, s *stack, count float64) []charge {
	engine := f["engine"].GetStringValue()
	out := prices().Nodes.charges(s, engine, f["nodeType"].GetStringValue(), count)
	if engine == "valkey" {
		for _, c := range out {
			for i := range c.item.USD { // A copy, because of computes a new one for each call.
				c.item.USD[i] *= valkeyShare
			}
		}
	}
	return out
}

// replicationGroup returns the charges of the first node and the replicas.
func replicationGroup(f fields, s *stack) []charge {
	return nodes(f, s, 1+f["replicasPerNodeGroup"].GetNumberValue())
}

// memcached returns the charges of all nodes of a memcached cluster.
func memcached(f fields, s *stack) []charge {
	return nodes(f, s, f["numCacheNodes"].GetNumberValue())
}

// serverlessCache returns the minimum charge for data.
func serverlessCache(f fields, _ *stack) []charge {
	if f["engine"].GetStringValue() == "valkey" {
		return some("serverless-valkey", 1)
	}
	return some("serverless-cache", 1)
}
