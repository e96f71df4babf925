package kit

import (
	"strconv"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// CacheStands returns the fact that the cache is available.
func CacheStands(s *settings.Settings, observed facts.Observed) facts.Fact {
	return observed.Ready(s.Cache.Resource)
}

// CacheAddress returns the cache's host name, once it is known. For memcached, it
// is the configuration endpoint of all nodes.
func CacheAddress(s *settings.Settings, observed facts.Observed) facts.Fact {
	switch {
	case s.Cache.Serverless != nil:
		return observed.Fact(composed.CacheServerless, "status.atProvider.endpoint[0].address")
	case s.Cache.Memcached():
		return observed.Fact(composed.CacheCluster, "status.atProvider.clusterAddress")
	}
	return observed.Fact(composed.Cache, "status.atProvider.primaryEndpointAddress")
}

// CacheReads returns the host name for reads.
func CacheReads(s *settings.Settings, observed facts.Observed) facts.Fact {
	if s.Cache.Serverless != nil {
		return observed.Fact(composed.CacheServerless, "status.atProvider.readerEndpoint[0].address")
	}
	return observed.Fact(composed.Cache, "status.atProvider.readerEndpointAddress")
}

// CacheSecret returns the ARN of the secret with the cache's password.
func CacheSecret(observed facts.Observed) facts.Fact { return observed.ARN(composed.CacheSecret) }

// CachePlaces returns the cache's variables for services, and the facts that they
// need. It is empty without a cache.
func CachePlaces(s *settings.Settings, observed facts.Observed) (map[string]string, []facts.Fact) {
	c := s.Cache
	if c == nil {
		return nil, nil
	}
	address := CacheAddress(s, observed)
	out := map[string]string{"CACHE_HOST": address.Value, "CACHE_PORT": strconv.Itoa(c.Port)}
	needs := []facts.Fact{address}
	if c.Reads() {
		reads := CacheReads(s, observed)
		out["CACHE_READ_HOST"], out["CACHE_READ_PORT"] = reads.Value, strconv.Itoa(c.ReadPort)
		needs = append(needs, reads)
	}
	if c.HasPassword() {
		secret := CacheSecret(observed)
		out["CACHE_SECRET_ARN"] = secret.Value
		needs = append(needs, secret)
	}
	if c.HasUsers() {
		out["CACHE_NAME"], out["CACHE_USERNAME"] = c.Name, c.User
	}
	return out, needs
}

// CacheLogs returns the logs of a Valkey or Redis cache (Amazon ElastiCache
// documentation, "Log delivery").
func CacheLogs() []string { return []string{"engine-log", "slow-log"} }

// CacheLogGroup returns the log group of a cache's log. Services whose log groups
// have this prefix share one short policy of the account (Amazon CloudWatch Logs
// documentation, "Log group resource policy size limit considerations").
func CacheLogGroup(s *settings.Settings, log string) string {
	return "/aws/vendedlogs/elasticache/" + s.Stack + "/" + log
}

// CacheARN returns the ARN of the cache in policies.
func CacheARN(s *settings.Settings) string {
	kind := "replicationgroup:"
	if s.Cache.Serverless != nil {
		kind = "serverlesscache:"
	}
	return s.Partition.ARN("elasticache", s.Region, s.Account.Value, kind+s.Cache.Name)
}

// CacheUserARN returns the ARN of the app role's user.
func CacheUserARN(s *settings.Settings) string {
	return s.Partition.ARN("elasticache", s.Region, s.Account.Value, "user:"+s.Cache.User)
}
