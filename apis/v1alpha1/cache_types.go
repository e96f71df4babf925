package v1alpha1

// CacheSpec is an in-memory cache (ElastiCache).
//
// +kubebuilder:validation:XValidation:rule="self.engine == oldSelf.engine || (oldSelf.engine == 'redis' && self.engine == 'valkey')",fieldPath=".engine",message="engine cannot be changed, except from redis to valkey"
// +kubebuilder:validation:XValidation:rule="has(self.serverless) == has(oldSelf.serverless)",fieldPath=".serverless",message="serverless cannot be added or removed after creation"
// +kubebuilder:validation:XValidation:rule="(has(self.authentication) ? self.authentication : (self.engine == 'memcached' ? 'None' : (has(self.serverless) ? 'IAM' : 'Password'))) == (has(oldSelf.authentication) ? oldSelf.authentication : (oldSelf.engine == 'memcached' ? 'None' : (has(oldSelf.serverless) ? 'IAM' : 'Password')))",fieldPath=".authentication",message="authentication cannot be changed after creation"
// +kubebuilder:validation:XValidation:rule="self.engine != 'memcached' || !has(self.authentication)",fieldPath=".authentication",message="authentication is not available for Memcached: remove authentication, or set engine to valkey"
// +kubebuilder:validation:XValidation:rule="!has(self.serverless) || !has(self.authentication) || self.authentication == 'IAM'",fieldPath=".authentication",message="a serverless cache supports only IAM authentication: set authentication to IAM, or remove serverless"
// +kubebuilder:validation:XValidation:rule="!has(self.authentication) || self.authentication != 'IAM' || !has(self.version) || !self.version.startsWith('6')",fieldPath=".authentication",message="IAM authentication requires Valkey, or Redis 7.0 or later: set version to 7.0 or later, or set authentication to Password"
// +kubebuilder:validation:XValidation:rule="!has(self.version) || self.version in (self.engine == 'valkey' ? ['7.2', '8.0', '8.1', '8.2'] : (self.engine == 'redis' ? ['6.2', '7.0', '7.1'] : ['1.6.12', '1.6.17', '1.6.22']))",fieldPath=".version",message="unsupported version: for Valkey, use 7.2, 8.0, 8.1 or 8.2; for Redis, use 6.2, 7.0 or 7.1; for Memcached, use 1.6.12, 1.6.17 or 1.6.22"
// +kubebuilder:validation:XValidation:rule="!has(self.version) || !has(oldSelf.version) || self.engine != oldSelf.engine || (self.engine == 'memcached' ? int(self.version.substring(4)) >= int(oldSelf.version.substring(4)) : self.version >= oldSelf.version)",fieldPath=".version",message="version cannot be lowered, because AWS does not support downgrades"
// +kubebuilder:validation:XValidation:rule="!has(self.serverless) || self.engine != 'redis' || !has(self.version) || self.version != '6.2'",fieldPath=".version",message="a serverless Redis cache requires version 7: remove version, or set version to 7.1"
// +kubebuilder:validation:XValidation:rule="!has(self.serverless) || !(has(self.size) || has(self.nodeType) || has(self.multiAZ) || has(self.parameters))",fieldPath=".serverless",message="size, nodeType, multiAZ and parameters cannot be combined with serverless: remove these fields, or remove serverless"
// +kubebuilder:validation:XValidation:rule="!has(self.size) || !has(self.nodeType)",fieldPath=".nodeType",message="size and nodeType cannot be combined: remove one of them"
// +kubebuilder:validation:XValidation:rule="self.engine != 'memcached' || !has(self.backupRetentionDays)",fieldPath=".backupRetentionDays",message="backups are not available for Memcached: remove backupRetentionDays, or set engine to valkey"
// +kubebuilder:validation:XValidation:rule="!has(self.parameters) || self.parameters.all(p, p in (self.engine == 'memcached' ? ['idle_timeout', 'max_item_size'] : ['activedefrag', 'lazyfree-lazy-eviction', 'lazyfree-lazy-expire', 'lfu-decay-time', 'lfu-log-factor', 'maxmemory-policy', 'maxmemory-samples', 'notify-keyspace-events', 'reserved-memory-percent', 'slowlog-log-slower-than', 'slowlog-max-len', 'tcp-keepalive', 'timeout']))",fieldPath=".parameters",message="unsupported parameter: for Valkey and Redis, use activedefrag, lazyfree-lazy-eviction, lazyfree-lazy-expire, lfu-decay-time, lfu-log-factor, maxmemory-policy, maxmemory-samples, notify-keyspace-events, reserved-memory-percent, slowlog-log-slower-than, slowlog-max-len, tcp-keepalive or timeout; for Memcached, use idle_timeout or max_item_size"
// +kubebuilder:validation:XValidation:rule="!has(self.parameters) || !('maxmemory-policy' in self.parameters) || self.parameters['maxmemory-policy'] in ['allkeys-lfu', 'allkeys-lru', 'allkeys-random', 'noeviction', 'volatile-lfu', 'volatile-lru', 'volatile-random', 'volatile-ttl']",fieldPath=".parameters",message="maxmemory-policy must be allkeys-lfu, allkeys-lru, allkeys-random, noeviction, volatile-lfu, volatile-lru, volatile-random or volatile-ttl"
type CacheSpec struct {
	// Cache engine. Defaults to valkey, which works with most Redis clients and costs less than the other engines. Cannot be changed, except from redis to valkey: AWS then upgrades the cache in place.
	// +kubebuilder:title=Engine
	// +kubebuilder:default=valkey
	// +optional
	Engine CacheEngine `json:"engine,omitempty"`

	// Engine version. valkey: 7.2, 8.0, 8.1 (default) or 8.2; redis: 6.2, 7.0 or 7.1 (default); memcached: 1.6.12, 1.6.17 or 1.6.22 (default). Cannot be lowered. AWS applies minor versions in the maintenance window. A serverless cache uses only the major version.
	// +kubebuilder:title=Version
	// +kubebuilder:example="8.1"
	// +kubebuilder:validation:MaxLength=6
	// +optional
	Version string `json:"version,omitempty"`

	// Node type preset: small (cache.t4g.micro, 0.5 GiB), medium (cache.t4g.medium, 3 GiB), large (cache.r6g.large, 13 GiB) or xlarge (cache.r6g.xlarge, 26 GiB). Defaults to the stack's size.
	// +kubebuilder:title=Size
	// +optional
	Size Size `json:"size,omitempty"`

	// ElastiCache node type. Overrides size. Cannot be changed for Memcached.
	// +kubebuilder:title=Node type
	// +kubebuilder:example=cache.m7g.large
	// +kubebuilder:validation:MaxLength=32
	// +kubebuilder:validation:Pattern=`^cache\.[a-z][a-z0-9-]*\.[a-z0-9]+$`
	// +optional
	NodeType string `json:"nodeType,omitempty"`

	// Adds a second node in another availability zone. For Valkey and Redis, the second node is a replica that takes over if the primary fails. For Memcached, the second node stores part of the data. Defaults to true in production, otherwise to false. Cannot be disabled for Memcached.
	// +kubebuilder:title=Multi-AZ
	// +optional
	MultiAZ *bool `json:"multiAZ,omitempty"`

	// Creates a serverless cache instead of nodes. A serverless cache scales automatically across availability zones, and AWS charges for usage. An empty object ({}) sets no limits. Cannot be added or removed later.
	// +kubebuilder:title=Serverless
	// +optional
	Serverless *CacheServerless `json:"serverless,omitempty"`

	// Authentication method for services. With Password, the stack generates a password in Secrets Manager and injects it as CACHE_PASSWORD. With IAM, services use the app role to create short-lived tokens, and authenticate as the user in CACHE_USERNAME. Defaults to IAM if serverless is set, otherwise to Password. Not available for Memcached. Cannot be changed after creation.
	// +kubebuilder:title=Authentication
	// +optional
	Authentication CacheAuthentication `json:"authentication,omitempty"`

	// Days for which daily snapshots are kept, 1 to 35. Defaults to 7 in production and staging, and to 1 in development. Not available for Memcached.
	// +kubebuilder:title=Backup retention in days
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=35
	// +optional
	BackupRetentionDays *int32 `json:"backupRetentionDays,omitempty"`

	// Daily backup window of at least 60 minutes, in the format hh:mm-hh:mm (UTC). A serverless cache uses only the start of the window. Defaults to 03:00-04:00.
	// +kubebuilder:title=Backup window
	// +kubebuilder:default="03:00-04:00"
	// +kubebuilder:validation:MaxLength=11
	// +kubebuilder:validation:Pattern=`^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$`
	// +kubebuilder:validation:XValidation:rule="!self.matches('^[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}$') || ((int(self.substring(6, 8)) * 60 + int(self.substring(9, 11))) - (int(self.substring(0, 2)) * 60 + int(self.substring(3, 5))) + 1440) % 1440 >= 60",message="backupWindow must be at least 60 minutes long; for example, 03:00-04:00"
	// +optional
	BackupWindow string `json:"backupWindow,omitempty"`

	// Weekly maintenance window of at least 60 minutes, in the format ddd:hh:mm-ddd:hh:mm (UTC). Must not overlap the backup window. Not used for a serverless cache. Defaults to sun:05:00-sun:06:00.
	// +kubebuilder:title=Maintenance window
	// +kubebuilder:default="sun:05:00-sun:06:00"
	// +kubebuilder:validation:MaxLength=19
	// +kubebuilder:validation:Pattern=`^(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]-(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]$`
	// +optional
	MaintenanceWindow string `json:"maintenanceWindow,omitempty"`

	// Engine parameters that override the AWS defaults. For example, if the cache stores queues, set maxmemory-policy to noeviction.
	// +kubebuilder:title=Parameters
	// +kubebuilder:example={"maxmemory-policy":"noeviction"}
	// +kubebuilder:validation:MinProperties=1
	// +kubebuilder:validation:MaxProperties=13
	// +optional
	Parameters map[string]CacheParameter `json:"parameters,omitempty"`
}

// CacheParameter is the value of a parameter.
//
// +kubebuilder:validation:MaxLength=32
// +kubebuilder:validation:Pattern=`^[A-Za-z0-9-]*$`
type CacheParameter string

// CacheEngine is the engine of a cache.
//
// +kubebuilder:validation:Enum=valkey;redis;memcached
type CacheEngine string

// CacheEngine values, in AWS's spelling.
const (
	CacheEngineValkey    CacheEngine = "valkey"
	CacheEngineRedis     CacheEngine = "redis"
	CacheEngineMemcached CacheEngine = "memcached"
)

// CacheAuthentication is the method by which a cache authenticates its clients.
//
// +kubebuilder:validation:Enum=Password;IAM
type CacheAuthentication string

// CacheAuthentication values.
const (
	// CacheAuthenticationPassword uses a password that is generated once.
	CacheAuthenticationPassword CacheAuthentication = "Password"
	// CacheAuthenticationIAM uses tokens that are created with the app role's credentials.
	CacheAuthenticationIAM CacheAuthentication = "IAM"
)

// CacheServerless contains the limits of a serverless cache, which also limit its
// cost.
//
// +kubebuilder:validation:XValidation:rule="has(self.maxStorageGiB) || !has(oldSelf.maxStorageGiB)",fieldPath=".maxStorageGiB",message="maxStorageGiB cannot be removed, because the AWS provider cannot remove the limit: set maxStorageGiB to 5000, the maximum"
// +kubebuilder:validation:XValidation:rule="has(self.maxECPUPerSecond) || !has(oldSelf.maxECPUPerSecond)",fieldPath=".maxECPUPerSecond",message="maxECPUPerSecond cannot be removed, because the AWS provider cannot remove the limit: set maxECPUPerSecond to 15000000, the maximum"
type CacheServerless struct {
	// Maximum data storage in GiB, 1 to 5000. At the limit, the cache evicts keys or rejects writes. No limit by default. Can be changed but not removed.
	// +kubebuilder:title=Maximum storage in GiB
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=5000
	// +optional
	MaxStorageGiB *int32 `json:"maxStorageGiB,omitempty"`

	// Maximum number of ElastiCache processing units per second, 1000 to 15000000. At the limit, the cache throttles commands. No limit by default. Can be changed but not removed.
	// +kubebuilder:title=Maximum processing units per second
	// +kubebuilder:validation:Minimum=1000
	// +kubebuilder:validation:Maximum=15000000
	// +optional
	MaxECPUPerSecond *int32 `json:"maxECPUPerSecond,omitempty"`
}
