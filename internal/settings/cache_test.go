package settings

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
)

// cacheSpec returns a claim for a cache, with fields of the cache and of the claim.
func cacheSpec(cache, claim string) string {
	return `{"region":"eu-west-1","cache":` + cache + claim + `}`
}

func TestCache(t *testing.T) {
	stack := "shop-" + naming.Hash("1")
	nodes := func(change func(*Cache)) *Cache {
		c := &Cache{
			Engine: v1alpha1.CacheEngineValkey, Resource: composed.Cache, Name: stack + "-cache", Version: "8.1", Major: "8", Family: "valkey8",
			Parameters: map[string]string{}, NodeType: "cache.t4g.micro", MultiAZ: true, Authentication: v1alpha1.CacheAuthenticationPassword, User: stack + "-app",
			Port: 6380, ReadPort: 6380, BackupDays: 7, BackupWindow: "03:00-04:00", MaintenanceWindow: "sun:05:00-sun:06:00",
		}
		change(c)
		return c
	}
	memcached := func(c *Cache) {
		c.Engine, c.Resource, c.Version, c.Major, c.Family = v1alpha1.CacheEngineMemcached, composed.CacheCluster, "1.6.22", "1.6", "memcached1.6"
		c.Port, c.ReadPort, c.BackupDays, c.Authentication = 11212, 0, 0, ""
	}
	serverless := func(c *Cache) {
		c.Resource, c.Serverless, c.NodeType, c.MultiAZ = composed.CacheServerless, &v1alpha1.CacheServerless{}, "", false
		c.Port, c.ReadPort, c.Authentication = 6379, 6380, v1alpha1.CacheAuthenticationIAM
	}
	type want struct {
		cache  *Cache
		pinned []string
		err    string
	}
	cases := map[string]struct {
		reason   string
		spec     string
		observed map[string]string
		want     want
	}{
		"None":  {reason: "A stack has no cache unless asked.", spec: `{"region":"eu-west-1"}`},
		"Whole": {reason: "Production has a replica in another zone.", spec: cacheSpec(`{}`, ``), want: want{cache: nodes(func(*Cache) {})}},
		"Development": {
			reason: "One node is enough to play with.", spec: cacheSpec(`{"parameters":{"maxmemory-policy":"noeviction"}}`, `,"environment":"development","size":"large"`),
			want: want{cache: nodes(func(c *Cache) {
				c.MultiAZ, c.ReadPort, c.BackupDays, c.NodeType, c.Parameters = false, 0, 1, "cache.r6g.large", map[string]string{"maxmemory-policy": "noeviction"}
			})},
		},
		"OwnSize":   {reason: "A cache may be larger than the stack.", spec: cacheSpec(`{"size":"xlarge"}`, ``), want: want{cache: nodes(func(c *Cache) { c.NodeType = "cache.r6g.xlarge" })}},
		"Memcached": {reason: "Neither users nor backups.", spec: cacheSpec(`{"engine":"memcached"}`, ``), want: want{cache: nodes(memcached)}},
		"Serverless": {
			reason: "AWS says where it listens, and the app role signs in by IAM.", spec: cacheSpec(`{"serverless":{}}`, ``), want: want{cache: nodes(serverless)},
		},
		"ServerlessMemcached": {
			reason: "Nobody signs in.", spec: cacheSpec(`{"engine":"memcached","serverless":{}}`, ``),
			want: want{cache: nodes(func(c *Cache) {
				memcached(c)
				serverless(c)
				c.Port, c.ReadPort, c.Authentication = 11211, 11212, ""
			})},
		},
		"RaisedByAWS": {
			reason:   "AWS raises minor versions, and the provider would take ours for a version to go back to (provider-upjet-aws 1370).",
			spec:     cacheSpec(`{"version":"8.0"}`, ``),
			observed: map[string]string{composed.Cache: `{"spec":{"forProvider":{"engine":"valkey","engineVersion":"8.0"}},"status":{"atProvider":{"engineVersionActual":"8.2.1"}}}`},
			want:     want{cache: nodes(func(c *Cache) { c.Version = "8.2" })},
		},
		"VersionStays": {
			reason:   "A claim that no longer says its version must not lower it.",
			spec:     cacheSpec(`{}`, ``),
			observed: map[string]string{composed.Cache: `{"spec":{"forProvider":{"engine":"valkey","engineVersion":"8.2"}}}`},
			want:     want{cache: nodes(func(c *Cache) { c.Version = "8.2" })},
		},
		"Downgrade": {
			reason:   "AWS does not downgrade.",
			spec:     cacheSpec(`{"version":"8.0"}`, ``),
			observed: map[string]string{composed.Cache: `{"spec":{"forProvider":{"engine":"valkey","engineVersion":"8.2"}}}`},
			want:     want{cache: nodes(func(c *Cache) { c.Version = "8.2" }), pinned: []string{`spec.cache.version: the change to "8.0" is not supported; the stack keeps "8.2"`}},
		},
		"ToValkey": {
			reason:   "Redis becomes valkey in place, whose versions are others.",
			spec:     cacheSpec(`{"version":"7.2"}`, ``),
			observed: map[string]string{composed.Cache: `{"spec":{"forProvider":{"engine":"redis","engineVersion":"7.1"}},"status":{"atProvider":{"engineVersionActual":"7.1.0"}}}`},
			want:     want{cache: nodes(func(c *Cache) { c.Version, c.Major, c.Family = "7.2", "7", "valkey7" })},
		},
		"ToRedis": {
			reason:   "There is no way back.",
			spec:     cacheSpec(`{"engine":"redis"}`, ``),
			observed: map[string]string{composed.Cache: `{"spec":{"forProvider":{"engine":"valkey","engineVersion":"8.1"}}}`},
			want:     want{cache: nodes(func(*Cache) {}), pinned: []string{`spec.cache.engine: the change to "redis" is not supported; the stack keeps "valkey"`}},
		},
		"NodesOfMemcachedStay": {
			reason:   "Another type, or fewer zones, would be another cluster.",
			spec:     cacheSpec(`{"engine":"memcached","multiAZ":false,"size":"large"}`, ``),
			observed: map[string]string{composed.CacheCluster: `{"spec":{"forProvider":{"engine":"memcached","nodeType":"cache.t4g.micro","azMode":"cross-az"}}}`},
			want: want{cache: nodes(memcached), pinned: []string{
				`spec.cache.nodeType: the change to "cache.r6g.large" is not supported; the stack keeps "cache.t4g.micro"`,
				`spec.cache.multiAZ: the change to "false" is not supported; the stack keeps "true"`,
			}},
		},
		"MajorStays": {
			reason:   "Nor does a serverless cache go back.",
			spec:     cacheSpec(`{"serverless":{},"version":"7.2"}`, ``),
			observed: map[string]string{composed.CacheServerless: `{"spec":{"forProvider":{"engine":"valkey","majorEngineVersion":"8"}}}`},
			want: want{
				cache: nodes(func(c *Cache) {
					serverless(c)
					c.Version, c.Family = "7.2", "valkey7"
				}),
				pinned: []string{`spec.cache.version: the change to "7" is not supported; the stack keeps "8"`},
			},
		},
		"PortStays": {
			reason:   "A cache cannot change its port.",
			spec:     cacheSpec(`{}`, ``),
			observed: map[string]string{composed.Cache: `{"spec":{"forProvider":{"engine":"valkey","engineVersion":"8.1","port":6379}}}`},
			want:     want{cache: nodes(func(c *Cache) { c.Port, c.ReadPort = 6379, 6379 })},
		},
		"ShortMaintenance": {
			reason: "ElastiCache wants an hour.", spec: cacheSpec(`{"maintenanceWindow":"sun:05:00-sun:05:30"}`, ``),
			want: want{err: `spec.cache.maintenanceWindow: "sun:05:00-sun:05:30" is not valid: must last at least 60 minutes; for example, sun:05:00-sun:06:00`},
		},
		"WindowsOverlap": {
			reason: "ElastiCache refuses both at once.", spec: cacheSpec(`{"backupWindow":"05:30-06:30"}`, ``),
			want: want{err: `spec.cache.maintenanceWindow: "sun:05:00-sun:06:00" is not valid: must not overlap the backup window 05:30-06:30`},
		},
		"NoWindowOfServerless": {
			reason: "AWS chooses its maintenance.", spec: cacheSpec(`{"serverless":{},"backupWindow":"05:30-06:30"}`, ``),
			want: want{cache: nodes(func(c *Cache) {
				serverless(c)
				c.BackupWindow = "05:30-06:30"
			})},
		},
		"NoPassword": {
			reason: "There is none to read.",
			spec:   cacheSpec(`{"authentication":"IAM"}`, `,"app":{"services":[{"image":"shop:1","secrets":{"REDIS_PASSWORD":"cache/password"}}]}`),
			want:   want{err: `spec.app.services[0].secrets[REDIS_PASSWORD]: "cache/password" is not valid: the stack has no cache with a password: use a Valkey or Redis cache that is not serverless and has authentication Password, or remove the variable`},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s, err := decided(t, tc.spec, &inputv1alpha1.Input{}, tc.observed)
			got := want{}
			if err != nil {
				got.err = err.Error()
			} else {
				got.cache, got.pinned = s.Cache, s.Pinned
			}
			if diff := cmp.Diff(tc.want, got, cmp.AllowUnexported(want{})); diff != "" {
				t.Errorf("\n%s\nDecide(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// Without a cache, all settings are empty.
func TestNoCache(t *testing.T) {
	var c *Cache
	got := []any{c.Memcached(), c.Replicated(), c.HasPassword(), c.HasUsers(), c.Reads(), c.Replicas(), c.Nodes(), len(c.Ports())}
	if diff := cmp.Diff([]any{false, false, false, false, false, 0, 0, 0}, got); diff != "" {
		t.Errorf("no cache: -want, +got:\n%s", diff)
	}
}
