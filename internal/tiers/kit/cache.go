package kit

import (
	"strconv"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// CacheStands is the fact that the cache answers.
func CacheStands(s *settings.Settings, observed facts.Observed) facts.Fact {
	return observed.Ready(s.Cache.Resource)
}

// CacheAddress is the cache's host name, once it has one. That of memcached leads
// clients to all nodes.
func CacheAddress(s *settings.Settings, observed facts.Observed) facts.Fact {
	switch {
	case s.Cache.Serverless != nil:
		return observed.Fact(composed.CacheServerless, "status.atProvider.endpoint[0].address")
	case s.Cache.Memcached():
		return observed.Fact(composed.CacheCluster, "status.atProvider.clusterAddress")
	}
	return observed.Fact(composed.Cache, "status.atProvider.primaryEndpointAddress")
}

// CacheReads is the host name of what only reads.
func CacheReads(s *settings.Settings, observed facts.Observed) facts.Fact {
	if s.Cache.Serverless != nil {
		return observed.Fact(composed.CacheServerless, "status.atProvider.readerEndpoint[0].address")
	}
	return observed.Fact(composed.Cache, "status.atProvider.readerEndpointAddress")
}

// CacheSecret is the ARN of the secret that has the cache's password.
func CacheSecret(observed facts.Observed) facts.Fact { return observed.ARN(composed.CacheSecret) }

// CachePlaces is where the cache is, by the variables of services, and what must be
// known to tell it. Nothing is where there is none.
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

// CacheLogs is the logs of a cache of valkey or redis (Amazon ElastiCache
// documentation, "Log delivery").
func CacheLogs() []string { return []string{"engine-log", "slow-log"} }

// CacheLogGroup is the log group of a log of the cache. Logs of services whose groups
// begin so share one short policy of the account (Amazon CloudWatch Logs
// documentation, "Log group resource policy size limit considerations").
func CacheLogGroup(s *settings.Settings, log string) string {
	return "/aws/vendedlogs/elasticache/" + s.Stack + "/" + log
}

// CacheARN is the ARN of the cache as policies name it.
func CacheARN(s *settings.Settings) string {
	kind := "replicationgroup:"
	if s.Cache.Serverless != nil {
		kind = "serverlesscache:"
	}
	return s.Partition.ARN("elasticache", s.Region, s.Account.Value, kind+s.Cache.Name)
}

// CacheUserARN is the ARN of who the app role signs in as.
func CacheUserARN(s *settings.Settings) string {
	return s.Partition.ARN("elasticache", s.Region, s.Account.Value, "user:"+s.Cache.User)
}
