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

// Cache contains the effective settings of the cache.
type Cache struct {
	Engine v1alpha1.CacheEngine
	// Resource is the resource that holds the data, and Name its name in AWS.
	Resource, Name string
	// Version is the version in the API of ElastiCache. Major is the major version,
	// which a serverless cache uses.
	Version, Major string
	// Family of its parameter group.
	Family     string
	Parameters map[string]string
	NodeType   string
	// MultiAZ reports whether there is a second node in another zone.
	MultiAZ bool
	// Serverless contains the limits of a serverless cache. It is nil for nodes.
	Serverless *v1alpha1.CacheServerless
	// Authentication is empty for memcached.
	Authentication v1alpha1.CacheAuthentication
	// User is the user name of the app role with IAM authentication.
	User string
	// Port that it listens on. ReadPort is the port of the reader endpoint, zero if
	// there is none.
	Port, ReadPort int
	// BackupDays is zero for memcached.
	BackupDays        int
	BackupWindow      string
	MaintenanceWindow string
}

// Memcached reports whether the cache is a memcached cluster, which has no replicas,
// users, backups or encryption at rest.
func (c *Cache) Memcached() bool {
	return c != nil && c.Engine == v1alpha1.CacheEngineMemcached && c.Serverless == nil
}

// Replicated reports whether the cache is a replication group of Valkey or Redis
// nodes.
func (c *Cache) Replicated() bool { return c != nil && c.Serverless == nil && !c.Memcached() }

// HasPassword reports whether clients use a password.
func (c *Cache) HasPassword() bool {
	return c != nil && c.Authentication == v1alpha1.CacheAuthenticationPassword
}

// HasUsers reports whether the app role connects as a user.
func (c *Cache) HasUsers() bool {
	return c != nil && c.Authentication == v1alpha1.CacheAuthenticationIAM
}

// Reads reports whether the cache has a reader endpoint.
func (c *Cache) Reads() bool { return c != nil && c.ReadPort != 0 }

// Replicas returns the number of replicas.
func (c *Cache) Replicas() int {
	if c.Replicated() && c.MultiAZ {
		return 1
	}
	return 0
}

// Nodes returns the number of nodes.
func (c *Cache) Nodes() int {
	switch {
	case c == nil || c.Serverless != nil:
		return 0
	case c.MultiAZ:
		return 2
	}
	return 1
}

// Ports returns all ports that clients use.
func (c *Cache) Ports() []int {
	if c == nil {
		return nil
	}
	if c.ReadPort != 0 && c.ReadPort != c.Port {
		return []int{c.Port, c.ReadPort}
	}
	return []int{c.Port}
}

// release is a version of an engine and its parameter group family.
type release struct{ version, family string }

// releases lists the versions of each engine, oldest first (Amazon ElastiCache
// documentation, "Supported engines and versions", 28 November 2026).
var releases = map[v1alpha1.CacheEngine][]release{
	v1alpha1.CacheEngineValkey:    {{"7.2", "valkey7"}, {"8.0", "valkey8"}, {"8.1", "valkey8"}, {"8.2", "valkey8"}},
	v1alpha1.CacheEngineRedis:     {{"6.2", "redis6.x"}, {"7.0", "redis7"}, {"7.1", "redis7"}},
	v1alpha1.CacheEngineMemcached: {{"1.6.12", "memcached1.6"}, {"1.6.17", "memcached1.6"}, {"1.6.22", "memcached1.6"}},
}

// newest is the default version of each engine. Valkey 8.2 is newer, but 8.1 is
// more mature.
var newest = map[v1alpha1.CacheEngine]string{
	v1alpha1.CacheEngineValkey: "8.1", v1alpha1.CacheEngineRedis: "7.1", v1alpha1.CacheEngineMemcached: "1.6.22",
}

// nodeTypes contains the presets. Types smaller than large are burstable. All
// support encryption (Amazon ElastiCache documentation, "Supported node types").
var nodeTypes = map[v1alpha1.Size]string{
	v1alpha1.SizeSmall: "cache.t4g.micro", v1alpha1.SizeMedium: "cache.t4g.medium", v1alpha1.SizeLarge: "cache.r6g.large", v1alpha1.SizeXLarge: "cache.r6g.xlarge",
}

// Nodes use the ports on which clients expect TLS instead of the engines' default
// ports. AWS sets the ports of a serverless cache (Amazon ElastiCache
// documentation, "Getting started with serverless caches").
const (
	cachePort               = 6380
	memcachedPort           = 11212
	serverlessPort          = 6379
	serverlessReadPort      = 6380
	serverlessMemcached     = 11211
	serverlessMemcachedRead = 11212
)

// cacheNameLimit is the maximum length of the name of a replication group, a user
// or a serverless cache (Amazon ElastiCache API Reference,
// "CreateReplicationGroup").
const cacheNameLimit = 40

// minCacheWindow is the minimum length of ElastiCache's backup and maintenance
// windows.
const minCacheWindow = time.Hour

// cache decides the settings of the cache. It returns nil if there is none.
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

// cacheEngine returns the engine. An existing cache keeps its engine, except that
// Redis can be upgraded to Valkey.
func (d *decision) cacheEngine(asked *v1alpha1.CacheSpec) v1alpha1.CacheEngine {
	had := seen(d.observed, "spec.forProvider.engine", []string{composed.Cache, composed.CacheCluster, composed.CacheServerless})
	if had == string(v1alpha1.CacheEngineRedis) && asked.Engine == v1alpha1.CacheEngineValkey {
		return asked.Engine
	}
	return v1alpha1.CacheEngine(d.pin("spec.cache.engine", string(asked.Engine), had))
}

// cacheVersion decides the version. AWS does not downgrade. It raises minor
// versions automatically, which the provider would try to revert
// (provider-upjet-aws 1370).
func (d *decision) cacheVersion(c *Cache, asked *v1alpha1.CacheSpec) {
	c.Version = cmp.Or(asked.Version, newest[c.Engine])
	had := d.observed.String(c.Resource, "spec.forProvider.engineVersion")
	runs := d.observed.String(c.Resource, "status.atProvider.engineVersionActual")
	if c.Replicated() {
		runs = minor(runs)
	}
	// Versions of Valkey continue those of Redis.
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

// minor returns the major and minor version of a version such as 7.1.0.
func minor(version string) string {
	parts := strings.Split(version, ".")
	return strings.Join(parts[:min(len(parts), 2)], ".")
}

// lower reports whether a version is lower than another known version.
func lower(a, b string) bool { return b != "" && engines.Compare(a, b) < 0 }

// majorOf returns the first number of a version.
func majorOf(version string) string {
	major, _, _ := strings.Cut(version, ".")
	return major
}

// familyOf returns the parameter group family of a version. A version that is
// unknown here, because AWS upgraded the cache, belongs to the newest known family
// of its major version.
func familyOf(engine v1alpha1.CacheEngine, version string) string {
	family := ""
	for _, r := range releases[engine] {
		if majorOf(r.version) == majorOf(version) {
			family = r.family
		}
	}
	return family
}

// cacheNodes decides the settings of the nodes. Memcached supports neither other
// node types nor other zones for existing nodes.
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

// cacheAccess decides ports and authentication. A port in use does not change.
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

// checkCache returns errors for windows that ElastiCache would reject.
func checkCache(c *Cache) field.ErrorList {
	if c.Serverless != nil {
		return nil // A serverless cache has no maintenance window.
	}
	path := field.NewPath("spec", "cache", "maintenanceWindow")
	var errs field.ErrorList
	begin, length := window(c.MaintenanceWindow)
	if length < minCacheWindow {
		errs = append(errs, field.Invalid(path, c.MaintenanceWindow, "must last at least 60 minutes; for example, sun:05:00-sun:06:00"))
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
