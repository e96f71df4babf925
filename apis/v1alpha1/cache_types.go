package v1alpha1

// CacheSpec is a cache in memory (ElastiCache), for sessions, queues and what is
// costly to compute.
//
// +kubebuilder:validation:XValidation:rule="self.engine == oldSelf.engine || (oldSelf.engine == 'redis' && self.engine == 'valkey')",fieldPath=".engine",message="engine cannot change, except from redis to valkey: undo the change"
// +kubebuilder:validation:XValidation:rule="has(self.serverless) == has(oldSelf.serverless)",fieldPath=".serverless",message="serverless cannot be added or removed once the cache exists: AWS moves no cache between nodes and serverless; undo the change"
// +kubebuilder:validation:XValidation:rule="(has(self.authentication) ? self.authentication : (self.engine == 'memcached' ? 'None' : (has(self.serverless) ? 'IAM' : 'Password'))) == (has(oldSelf.authentication) ? oldSelf.authentication : (oldSelf.engine == 'memcached' ? 'None' : (has(oldSelf.serverless) ? 'IAM' : 'Password')))",fieldPath=".authentication",message="authentication cannot change: clients would be locked out while they are switched; undo the change"
// +kubebuilder:validation:XValidation:rule="self.engine != 'memcached' || !has(self.authentication)",fieldPath=".authentication",message="memcached has no users and no passwords: remove authentication, or use valkey"
// +kubebuilder:validation:XValidation:rule="!has(self.serverless) || !has(self.authentication) || self.authentication == 'IAM'",fieldPath=".authentication",message="a serverless cache takes no password that AWS or the stack could generate: set IAM, or remove serverless"
// +kubebuilder:validation:XValidation:rule="!has(self.authentication) || self.authentication != 'IAM' || !has(self.version) || !self.version.startsWith('6')",fieldPath=".authentication",message="IAM needs redis 7.0 or later, or valkey: raise version, or set Password"
// +kubebuilder:validation:XValidation:rule="!has(self.version) || self.version in (self.engine == 'valkey' ? ['7.2', '8.0', '8.1', '8.2'] : (self.engine == 'redis' ? ['6.2', '7.0', '7.1'] : ['1.6.12', '1.6.17', '1.6.22']))",fieldPath=".version",message="use 7.2, 8.0, 8.1 or 8.2 for valkey; 6.2, 7.0 or 7.1 for redis; 1.6.12, 1.6.17 or 1.6.22 for memcached"
// +kubebuilder:validation:XValidation:rule="!has(self.version) || !has(oldSelf.version) || self.engine != oldSelf.engine || (self.engine == 'memcached' ? int(self.version.substring(4)) >= int(oldSelf.version.substring(4)) : self.version >= oldSelf.version)",fieldPath=".version",message="version cannot be lowered: AWS does not downgrade a cache; undo the change"
// +kubebuilder:validation:XValidation:rule="!has(self.serverless) || self.engine != 'redis' || !has(self.version) || self.version != '6.2'",fieldPath=".version",message="a serverless cache of redis has version 7: remove version, or set 7.1"
// +kubebuilder:validation:XValidation:rule="!has(self.serverless) || !(has(self.size) || has(self.nodeType) || has(self.multiAZ) || has(self.parameters))",fieldPath=".serverless",message="size, nodeType, multiAZ and parameters are of nodes: remove them, or remove serverless"
// +kubebuilder:validation:XValidation:rule="!has(self.size) || !has(self.nodeType)",fieldPath=".nodeType",message="size picks the node type: remove one of size and nodeType"
// +kubebuilder:validation:XValidation:rule="self.engine != 'memcached' || !has(self.backupRetentionDays)",fieldPath=".backupRetentionDays",message="memcached keeps no backups: remove backupRetentionDays, or use valkey"
// +kubebuilder:validation:XValidation:rule="!has(self.parameters) || self.parameters.all(p, p in (self.engine == 'memcached' ? ['idle_timeout', 'max_item_size'] : ['activedefrag', 'lazyfree-lazy-eviction', 'lazyfree-lazy-expire', 'lfu-decay-time', 'lfu-log-factor', 'maxmemory-policy', 'maxmemory-samples', 'notify-keyspace-events', 'reserved-memory-percent', 'slowlog-log-slower-than', 'slowlog-max-len', 'tcp-keepalive', 'timeout']))",fieldPath=".parameters",message="parameters of valkey and redis: activedefrag, lazyfree-lazy-eviction, lazyfree-lazy-expire, lfu-decay-time, lfu-log-factor, maxmemory-policy, maxmemory-samples, notify-keyspace-events, reserved-memory-percent, slowlog-log-slower-than, slowlog-max-len, tcp-keepalive and timeout; of memcached: idle_timeout and max_item_size"
// +kubebuilder:validation:XValidation:rule="!has(self.parameters) || !('maxmemory-policy' in self.parameters) || self.parameters['maxmemory-policy'] in ['allkeys-lfu', 'allkeys-lru', 'allkeys-random', 'noeviction', 'volatile-lfu', 'volatile-lru', 'volatile-random', 'volatile-ttl']",fieldPath=".parameters",message="maxmemory-policy must be allkeys-lfu, allkeys-lru, allkeys-random, noeviction, volatile-lfu, volatile-lru, volatile-random or volatile-ttl"
type CacheSpec struct {
	// Software of the cache. Most clients of Redis work with valkey unchanged, and it costs less. It cannot change, except from redis to valkey, which AWS upgrades in place.
	// +kubebuilder:title=Engine
	// +kubebuilder:default=valkey
	// +optional
	Engine CacheEngine `json:"engine,omitempty"`

	// Version of the engine. valkey: 7.2, 8.0, 8.1 (default) or 8.2; redis: 6.2, 7.0 or 7.1 (default); memcached: 1.6.12, 1.6.17 or 1.6.22 (default). It cannot be lowered. AWS raises minor versions in the maintenance window. Of a serverless cache only the major version counts.
	// +kubebuilder:title=Version
	// +kubebuilder:example="8.1"
	// +kubebuilder:validation:MaxLength=6
	// +optional
	Version string `json:"version,omitempty"`

	// Preset of the node type: small (cache.t4g.micro, 0.5 GiB), medium (cache.t4g.medium, 3 GiB), large (cache.r6g.large, 13 GiB) or xlarge (cache.r6g.xlarge, 26 GiB). Default: the stack's size.
	// +kubebuilder:title=Size
	// +optional
	Size Size `json:"size,omitempty"`

	// Node type of ElastiCache, instead of that of the size. It cannot change with memcached.
	// +kubebuilder:title=Node type
	// +kubebuilder:example=cache.m7g.large
	// +kubebuilder:validation:MaxLength=32
	// +kubebuilder:validation:Pattern=`^cache\.[a-z][a-z0-9-]*\.[a-z0-9]+$`
	// +optional
	NodeType string `json:"nodeType,omitempty"`

	// Places a second node in another availability zone. With valkey and redis it is a replica that takes over when the first node fails; with memcached each node holds a part of the data. Default: true in production, otherwise false. It cannot be turned off with memcached.
	// +kubebuilder:title=Multi-AZ
	// +optional
	MultiAZ *bool `json:"multiAZ,omitempty"`

	// Runs the cache without nodes: it grows and shrinks with its use, in several availability zones, and is charged by use. An empty object has no limits. It cannot be added or removed later.
	// +kubebuilder:title=Serverless
	// +optional
	Serverless *CacheServerless `json:"serverless,omitempty"`

	// How services sign in. Password: a password that is generated for the cache and kept in Secrets Manager; services get it as CACHE_PASSWORD. IAM: the app role signs in as user CACHE_USERNAME with a token that it makes by itself. Default: Password with nodes, IAM with serverless. Memcached has neither. It cannot change.
	// +kubebuilder:title=Authentication
	// +optional
	Authentication CacheAuthentication `json:"authentication,omitempty"`

	// Days that daily backups (snapshots) are kept, 1 to 35. Default: 7 in production and staging, 1 in development. Memcached with nodes has none.
	// +kubebuilder:title=Backup retention in days
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=35
	// +optional
	BackupRetentionDays *int32 `json:"backupRetentionDays,omitempty"`

	// Daily time of backups in UTC, hh:mm-hh:mm, at least 60 minutes. A serverless cache begins its backup then.
	// +kubebuilder:title=Backup window
	// +kubebuilder:default="03:00-04:00"
	// +kubebuilder:validation:MaxLength=11
	// +kubebuilder:validation:Pattern=`^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$`
	// +kubebuilder:validation:XValidation:rule="!self.matches('^[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}$') || ((int(self.substring(6, 8)) * 60 + int(self.substring(9, 11))) - (int(self.substring(0, 2)) * 60 + int(self.substring(3, 5))) + 1440) % 1440 >= 60",message="backupWindow must last at least 60 minutes, such as 03:00-04:00"
	// +optional
	BackupWindow string `json:"backupWindow,omitempty"`

	// Weekly time of maintenance in UTC, ddd:hh:mm-ddd:hh:mm, at least 60 minutes, outside the backup window. AWS chooses the time of a serverless cache.
	// +kubebuilder:title=Maintenance window
	// +kubebuilder:default="sun:05:00-sun:06:00"
	// +kubebuilder:validation:MaxLength=19
	// +kubebuilder:validation:Pattern=`^(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]-(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]$`
	// +optional
	MaintenanceWindow string `json:"maintenanceWindow,omitempty"`

	// Parameters of the engine that differ from AWS's defaults, such as maxmemory-policy: noeviction for queues.
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

// CacheEngine is the software of a cache.
//
// +kubebuilder:validation:Enum=valkey;redis;memcached
type CacheEngine string

// CacheEngine values, as AWS calls them.
const (
	CacheEngineValkey    CacheEngine = "valkey"
	CacheEngineRedis     CacheEngine = "redis"
	CacheEngineMemcached CacheEngine = "memcached"
)

// CacheAuthentication is how services sign in to a cache.
//
// +kubebuilder:validation:Enum=Password;IAM
type CacheAuthentication string

// CacheAuthentication values.
const (
	// CacheAuthenticationPassword is by a password that is generated once.
	CacheAuthenticationPassword CacheAuthentication = "Password"
	// CacheAuthenticationIAM is by tokens of the app role.
	CacheAuthenticationIAM CacheAuthentication = "IAM"
)

// CacheServerless is the limits of a serverless cache, which bound what it costs.
//
// +kubebuilder:validation:XValidation:rule="has(self.maxStorageGiB) || !has(oldSelf.maxStorageGiB)",fieldPath=".maxStorageGiB",message="a limit cannot be removed, as the provider does not support it: set 5000, the maximum"
// +kubebuilder:validation:XValidation:rule="has(self.maxECPUPerSecond) || !has(oldSelf.maxECPUPerSecond)",fieldPath=".maxECPUPerSecond",message="a limit cannot be removed, as the provider does not support it: set 15000000, the maximum"
type CacheServerless struct {
	// Maximum of data in GiB. Beyond it the cache evicts keys, or refuses to write. None by default. It cannot be removed, only changed.
	// +kubebuilder:title=Maximum storage in GiB
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=5000
	// +optional
	MaxStorageGiB *int32 `json:"maxStorageGiB,omitempty"`

	// Maximum of ElastiCache processing units per second, from 1000. Beyond it the cache throttles commands. None by default. It cannot be removed, only changed.
	// +kubebuilder:title=Maximum processing units per second
	// +kubebuilder:validation:Minimum=1000
	// +kubebuilder:validation:Maximum=15000000
	// +optional
	MaxECPUPerSecond *int32 `json:"maxECPUPerSecond,omitempty"`
}
