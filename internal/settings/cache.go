package settings

import (
	"cmp"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/utils/ptr"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/engines"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
)

// Cache is what was decided of the cache.
type Cache struct {
	Engine v1alpha1.CacheEngine
	// Resource is what holds the data, Name how AWS calls it.
	Resource, Name string
	// Version is how ElastiCache is asked for it, Major the part of it that a serverless
	// cache takes.
	Version, Major string
	// Family of its parameters.
	Family     string
	Parameters map[string]string
	NodeType   string
	// MultiAZ is whether there is a second node, in another zone.
	MultiAZ bool
	// Serverless is its limits; nil of nodes.
	Serverless *v1alpha1.CacheServerless
	// Authentication is empty of memcached.
	Authentication v1alpha1.CacheAuthentication
	// User is who the app role signs in as by IAM.
	User string
	// Port that it listens on, and ReadPort that of what only reads; zero if there is
	// none.
	Port, ReadPort int
	// BackupDays is zero of memcached.
	BackupDays        int
	BackupWindow      string
	MaintenanceWindow string
}

// Memcached reports whether it is a cluster of nodes of memcached, which has neither
// replicas, users, backups nor encryption at rest.
func (c *Cache) Memcached() bool {
	return c != nil && c.Engine == v1alpha1.CacheEngineMemcached && c.Serverless == nil
}

// Replicated reports whether it is a group of nodes of valkey or redis.
func (c *Cache) Replicated() bool { return c != nil && c.Serverless == nil && !c.Memcached() }

// HasPassword reports whether services sign in with a password.
func (c *Cache) HasPassword() bool {
	return c != nil && c.Authentication == v1alpha1.CacheAuthenticationPassword
}

// HasUsers reports whether the app role signs in as a user.
func (c *Cache) HasUsers() bool {
	return c != nil && c.Authentication == v1alpha1.CacheAuthenticationIAM
}

// Reads reports whether there is a host name of its own for reads.
func (c *Cache) Reads() bool { return c != nil && c.ReadPort != 0 }

// Replicas is how many nodes follow the first one.
func (c *Cache) Replicas() int {
	if c.Replicated() && c.MultiAZ {
		return 1
	}
	return 0
}

// Nodes is how many nodes there are.
func (c *Cache) Nodes() int {
	switch {
	case c == nil || c.Serverless != nil:
		return 0
	case c.MultiAZ:
		return 2
	}
	return 1
}

// Ports is all ports that clients use.
func (c *Cache) Ports() []int {
	if c == nil {
		return nil
	}
	if c.ReadPort != 0 && c.ReadPort != c.Port {
		return []int{c.Port, c.ReadPort}
	}
	return []int{c.Port}
}

// release is a version of an engine, and the family of its parameters.
type release struct{ version, family string }

// releases are those of each engine, from the oldest on (Amazon ElastiCache
// documentation, "Supported engines and versions", 28 November 2026).
var releases = map[v1alpha1.CacheEngine][]release{
	v1alpha1.CacheEngineValkey:    {{"7.2", "valkey7"}, {"8.0", "valkey8"}, {"8.1", "valkey8"}, {"8.2", "valkey8"}},
	v1alpha1.CacheEngineRedis:     {{"6.2", "redis6.x"}, {"7.0", "redis7"}, {"7.1", "redis7"}},
	v1alpha1.CacheEngineMemcached: {{"1.6.12", "memcached1.6"}, {"1.6.17", "memcached1.6"}, {"1.6.22", "memcached1.6"}},
}

// newest is the version of each engine where the claim says none. Valkey 8.2 is the
// newest, but 8.1 has run for longer.
var newest = map[v1alpha1.CacheEngine]string{
	v1alpha1.CacheEngineValkey: "8.1", v1alpha1.CacheEngineRedis: "7.1", v1alpha1.CacheEngineMemcached: "1.6.22",
}

// nodeTypes are the presets. Smaller ones than large earn credits for their
// processor, and all encrypt (Amazon ElastiCache documentation, "Supported node
// types").
var nodeTypes = map[v1alpha1.Size]string{
	v1alpha1.SizeSmall: "cache.t4g.micro", v1alpha1.SizeMedium: "cache.t4g.medium", v1alpha1.SizeLarge: "cache.r6g.large", v1alpha1.SizeXLarge: "cache.r6g.xlarge",
}

// Ports of nodes are those on which clients expect TLS, not the engines' defaults;
// those of a serverless cache are AWS's (Amazon ElastiCache documentation, "Getting
// started with serverless caches").
const (
	cachePort               = 6380
	memcachedPort           = 11212
	serverlessPort          = 6379
	serverlessReadPort      = 6380
	serverlessMemcached     = 11211
	serverlessMemcachedRead = 11212
)

// cacheNameLimit is the most characters of a replication group, a user and a serverless
// cache (Amazon ElastiCache API Reference, "CreateReplicationGroup").
const cacheNameLimit = 40

// minCacheWindow is the least that ElastiCache takes for backups and maintenance.
const minCacheWindow = time.Hour

// cache decides on the cache, nil if there is none.
func (d *decision) cache(stack string) (*Cache, field.ErrorList) {
	asked := d.claim.Spec.Cache
	if asked == nil {
		return nil, nil
	}
	c := &Cache{
		Engine: d.cacheEngine(asked), Serverless: asked.Serverless, BackupWindow: asked.BackupWindow, MaintenanceWindow: asked.MaintenanceWindow,
		Authentication: asked.Authentication, Parameters: map[string]string{}, User: naming.Fit(stack+"-app", cacheNameLimit),
	}
	switch {
	case c.Serverless != nil:
		c.Resource = composed.CacheServerless
	case c.Memcached():
		c.Resource = composed.CacheCluster
	default:
		c.Resource = composed.Cache
	}
	c.Name = cmp.Or(d.observed.ExternalName(c.Resource).Value, naming.Fit(stack+"-cache", cacheNameLimit))
	d.cacheVersion(c, asked)
	d.cacheNodes(c, asked)
	d.cacheAccess(c)
	for name, value := range asked.Parameters {
		c.Parameters[name] = string(value)
	}
	if c.Engine != v1alpha1.CacheEngineMemcached {
		c.BackupDays = int(ptr.Deref(asked.BackupRetentionDays, byEnvironment[d.claim.Spec.Environment].backupDays))
	}
	return c, checkCache(c)
}

// cacheEngine is the engine: that of a cache that is there, which only goes from redis
// to valkey.
func (d *decision) cacheEngine(asked *v1alpha1.CacheSpec) v1alpha1.CacheEngine {
	had := seen(d.observed, "spec.forProvider.engine", []string{composed.Cache, composed.CacheCluster, composed.CacheServerless})
	if had == string(v1alpha1.CacheEngineRedis) && asked.Engine == v1alpha1.CacheEngineValkey {
		return asked.Engine
	}
	return v1alpha1.CacheEngine(d.pin("spec.cache.engine", string(asked.Engine), had))
}

// cacheVersion decides on the version. AWS takes none back, and raises minor ones
// by itself, which the provider would take for a version that has to be lowered
// (provider-upjet-aws 1370).
func (d *decision) cacheVersion(c *Cache, asked *v1alpha1.CacheSpec) {
	c.Version = cmp.Or(asked.Version, newest[c.Engine])
	had := d.observed.String(c.Resource, "spec.forProvider.engineVersion")
	runs := d.observed.String(c.Resource, "status.atProvider.engineVersionActual")
	if c.Replicated() {
		runs = minor(runs)
	}
	// Versions of valkey go on where those of redis end.
	if sameEngine := d.observed.String(c.Resource, "spec.forProvider.engine") == string(c.Engine); sameEngine {
		for _, version := range []string{had, runs} {
			if lower(c.Version, version) {
				c.Version = version
			}
		}
		if asked.Version != "" && c.Version != asked.Version && lower(asked.Version, had) {
			d.pin("spec.cache.version", asked.Version, c.Version)
		}
	}
	c.Family = familyOf(c.Engine, c.Version)
	c.Major = majorOf(c.Version)
	if c.Engine == v1alpha1.CacheEngineMemcached {
		c.Major = minor(c.Version)
	}
	if had := d.observed.String(c.Resource, "spec.forProvider.majorEngineVersion"); c.Serverless != nil && lower(c.Major, had) {
		c.Major = d.pin("spec.cache.version", c.Major, had)
	}
}

// minor is major and minor version of one such as 7.1.0.
func minor(version string) string {
	parts := strings.Split(version, ".")
	return strings.Join(parts[:min(len(parts), 2)], ".")
}

// lower reports whether a version is below another one, if that is known.
func lower(a, b string) bool { return b != "" && engines.Compare(a, b) < 0 }

// majorOf is the first number of a version.
func majorOf(version string) string {
	major, _, _ := strings.Cut(version, ".")
	return major
}

// familyOf is the family of a version. One that AWS has raised to, and that is not
// known here, is of the family of the newest one with the same major version.
func familyOf(engine v1alpha1.CacheEngine, version string) string {
	family := ""
	for _, r := range releases[engine] {
		if majorOf(r.version) == majorOf(version) {
			family = r.family
		}
	}
	return family
}

// cacheNodes decides on the nodes. Memcached takes no other type of node, and no node
// out of its zone.
func (d *decision) cacheNodes(c *Cache, asked *v1alpha1.CacheSpec) {
	if c.Serverless != nil {
		return
	}
	c.NodeType = cmp.Or(asked.NodeType, nodeTypes[cmp.Or(asked.Size, d.claim.Spec.Size)])
	c.MultiAZ = ptr.Deref(asked.MultiAZ, byEnvironment[d.claim.Spec.Environment].multiAZ)
	if !c.Memcached() {
		return
	}
	c.NodeType = d.pin("spec.cache.nodeType", c.NodeType, d.observed.String(c.Resource, "spec.forProvider.nodeType"))
	if d.observed.String(c.Resource, "spec.forProvider.azMode") == "cross-az" && !c.MultiAZ {
		d.pin("spec.cache.multiAZ", "false", "true")
		c.MultiAZ = true
	}
}

// cacheAccess decides by which ports and how clients come in. A port that is in use
// stays.
func (d *decision) cacheAccess(c *Cache) {
	switch {
	case c.Memcached():
		c.Port = memcachedPort
	case c.Serverless == nil:
		c.Port = cachePort
		c.Authentication = cmp.Or(c.Authentication, v1alpha1.CacheAuthenticationPassword)
		if c.MultiAZ {
			c.ReadPort = c.Port
		}
	case c.Engine == v1alpha1.CacheEngineMemcached:
		c.Port, c.ReadPort = serverlessMemcached, serverlessMemcachedRead
	default:
		c.Port, c.ReadPort = serverlessPort, serverlessReadPort
		c.Authentication = v1alpha1.CacheAuthenticationIAM
	}
	if had := int(d.observed.Number(c.Resource, "spec.forProvider.port")); had != 0 && had != c.Port {
		c.Port = had
		if c.ReadPort != 0 {
			c.ReadPort = had
		}
	}
}

// checkCache returns what ElastiCache would refuse of the windows.
func checkCache(c *Cache) field.ErrorList {
	if c.Serverless != nil {
		return nil // It has no maintenance window.
	}
	path := field.NewPath("spec", "cache", "maintenanceWindow")
	var errs field.ErrorList
	begin, length := window(c.MaintenanceWindow)
	if length < minCacheWindow {
		errs = append(errs, field.Invalid(path, c.MaintenanceWindow, "must last at least 60 minutes, such as sun:05:00-sun:06:00"))
	}
	backup, backupLength := window(c.BackupWindow)
	if c.Memcached() {
		return errs
	}
	if within(begin, backup, backupLength) || within(backup, begin, length) {
		errs = append(errs, field.Invalid(path, c.MaintenanceWindow, "must not overlap the backup window "+c.BackupWindow))
	}
	return errs
}
