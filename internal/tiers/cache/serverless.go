package cache

import (
	"k8s.io/utils/ptr"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/elasticache"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// serverlessZones is the number of zones of a serverless cache, which is the
// minimum of a stack. Its subnets are immutable, while the stack can get more
// zones.
const serverlessZones = 2

// composeServerless adds a serverless cache. AWS always encrypts it, including in
// transit, and always uses several zones.
func composeServerless(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	c, key := s.Cache, observed.ARN(composed.DataKey)
	needs, before := []facts.Fact{key}, []string{composed.DataKey}
	e := next(asked(c), observed)
	p := elasticache.ServerlessCacheParameters{
		Description:         new("Cache of " + s.Stack),
		Engine:              new(e.engine),
		MajorEngineVersion:  new(e.major),
		KMSKeyID:            new(key.Value),
		SecurityGroupIDRefs: set.LiveRefs(composed.CacheSecurityGroup),
		CacheUsageLimits:    limits(e),

		SnapshotRetentionLimit: kit.Nonzero(e.days),
		DailySnapshotTime:      kit.Nonzero(e.at),
	}
	if existing := s.Network.Existing; existing != nil {
		p.SubnetIds = kit.Pointers(serverlessSubnets(existing, observed))
	} else {
		for _, z := range s.Network.Zones[:serverlessZones] {
			p.SubnetIDRefs = append(p.SubnetIDRefs, *set.Ref(composed.DatabaseSubnet(z.Number)))
		}
	}
	if c.HasUsers() {
		p.UserGroupID = new(userGroupID(s))
		needs, before = append(needs, observed.Ready(composed.CacheUserGroup)), append(before, composed.CacheUserGroup)
	}
	set.Add(composed.CacheServerless, &elasticache.ServerlessCache{Spec: elasticache.ServerlessCacheSpec{ForProvider: p}},
		desired.Named(c.Name), desired.Needs(needs...), desired.Keep(s.Keep.Cache), desired.Before(before...))
}

// serverlessSubnets returns the cache's subnets in an existing network. An existing
// cache keeps its subnets, whatever their order in the claim is.
func serverlessSubnets(e *v1alpha1.ExistingNetwork, observed facts.Observed) []string {
	if stands := kit.Texts(observed, composed.CacheServerless, "spec.forProvider.subnetIds"); len(stands) > 0 {
		return stands
	}
	return e.DatabaseSubnetIDs[:min(len(e.DatabaseSubnetIDs), serverlessZones)]
}

// edit contains the mutable fields of a serverless cache.
type edit struct {
	engine, major  string
	days           float64
	at             string
	storage, units float64
}

// asked returns the claim's values. Memcached has no backups.
func asked(c *settings.Cache) edit {
	out := edit{engine: string(c.Engine), major: c.Major, days: float64(c.BackupDays)}
	if out.days > 0 {
		out.at = c.BackupWindow[:len("hh:mm")]
	}
	out.storage = float64(ptr.Deref(c.Serverless.MaxStorageGiB, 0))
	out.units = float64(ptr.Deref(c.Serverless.MaxECPUPerSecond, 0))
	return out
}

// next returns the values for the next request. AWS changes only one field of a
// serverless cache in a request (terraform-provider-aws 37499), so the function
// makes one change at a time.
func next(want edit, observed facts.Observed) edit {
	if !observed.ARN(composed.CacheServerless).Known() {
		return want
	}
	const seen = "status.atProvider."
	text := func(path string) string { return observed.String(composed.CacheServerless, seen+path) }
	number := func(path string) float64 { return observed.Number(composed.CacheServerless, seen+path) }
	have := edit{
		engine: text("engine"), major: text("majorEngineVersion"), days: number("snapshotRetentionLimit"), at: text("dailySnapshotTime"),
		storage: number("cacheUsageLimits[0].dataStorage[0].maximum"), units: number("cacheUsageLimits[0].ecpuPerSecond[0].maximum"),
	}
	if want.days == 0 {
		have.days, have.at = 0, ""
	}
	switch {
	case have.engine != want.engine || have.major != want.major:
		have.engine, have.major = want.engine, want.major
	case have.days != want.days:
		have.days = want.days
	case have.at != want.at:
		have.at = want.at
	default: // Both limits are one field.
		have.storage, have.units = want.storage, want.units
	}
	return have
}

// limits returns the limits of a cache. It is empty if there are none.
func limits(e edit) []elasticache.CacheUsageLimitsParameters {
	var out elasticache.CacheUsageLimitsParameters
	if e.storage > 0 {
		out.DataStorage = []elasticache.DataStorageParameters{{Maximum: new(e.storage), Unit: new("GB")}}
	}
	if e.units > 0 {
		out.EcpuPerSecond = []elasticache.EcpuPerSecondParameters{{Maximum: new(e.units)}}
	}
	if out.DataStorage == nil && out.EcpuPerSecond == nil {
		return nil
	}
	return []elasticache.CacheUsageLimitsParameters{out}
}
