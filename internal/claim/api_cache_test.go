package claim

// cache returns a spec with a cache.
func cache(fields string) string { return with(`"cache":` + fields) }

// cacheCases contains specs of caches.
var cacheCases = map[string]apiCase{
	"Cache": {
		reason: "A cache asks for nothing.",
		spec:   cache(`{}`),
	},
	"CacheWhole": {
		reason: "Nodes, as the claim wants them.",
		spec:   cache(`{"engine":"redis","version":"7.1","nodeType":"cache.m7g.large","multiAZ":false,"authentication":"IAM","backupRetentionDays":3,"backupWindow":"01:00-02:30","maintenanceWindow":"mon:03:00-mon:05:00","parameters":{"maxmemory-policy":"noeviction","notify-keyspace-events":"Ex"}}`),
	},
	"CacheServerless": {
		reason: "Limits bound what it costs.",
		spec:   cache(`{"serverless":{"maxStorageGiB":5,"maxECPUPerSecond":5000}}`),
	},
	"CacheMemcached": {
		reason: "Neither users nor backups.",
		spec:   cache(`{"engine":"memcached","version":"1.6.22","size":"large","parameters":{"max_item_size":"2097152"}}`),
	},
	"CacheToValkey": {
		reason: "AWS upgrades redis in place.",
		old:    cache(`{"engine":"redis","version":"7.1"}`),
		spec:   cache(`{"engine":"valkey","version":"7.2"}`),
	},
	"CacheToRedis": {
		reason: "There is no way back.",
		old:    cache(`{}`),
		spec:   cache(`{"engine":"redis"}`),
		want: []string{
			`spec.cache.engine: Invalid value: engine cannot be changed, except from redis to valkey`,
		},
	},
	"CacheToServerless": {
		reason: "Data does not move.",
		old:    cache(`{}`),
		spec:   cache(`{"serverless":{},"authentication":"Password"}`),
		want: []string{
			`spec.cache.authentication: Invalid value: a serverless cache supports only IAM authentication: set authentication to IAM, or remove serverless`,
			`spec.cache.serverless: Invalid value: serverless cannot be added or removed after creation`,
		},
	},
	"CacheToIAM": {
		reason: "Clients would be locked out.",
		old:    cache(`{}`),
		spec:   cache(`{"authentication":"IAM"}`),
		want: []string{
			`spec.cache.authentication: Invalid value: authentication cannot be changed after creation`,
		},
	},
	"CacheSaysItsDefaults": {
		reason: "What is said is what was.",
		old:    cache(`{}`),
		spec:   cache(`{"authentication":"Password"}`),
	},
	"CacheMemcachedHasNone": {
		reason: "Memcached knows no users, and keeps nothing.",
		spec:   cache(`{"engine":"memcached","authentication":"Password","backupRetentionDays":1}`),
		want: []string{
			`spec.cache.authentication: Invalid value: authentication is not available for Memcached: remove authentication, or set engine to valkey`,
			`spec.cache.backupRetentionDays: Invalid value: backups are not available for Memcached: remove backupRetentionDays, or set engine to valkey`,
		},
	},
	"CacheServerlessPassword": {
		reason: "Nothing can generate it.",
		spec:   cache(`{"serverless":{},"authentication":"Password"}`),
		want: []string{
			`spec.cache.authentication: Invalid value: a serverless cache supports only IAM authentication: set authentication to IAM, or remove serverless`,
		},
	},
	"CacheOldForIAM": {
		reason: "Redis 6 knows no IAM.",
		spec:   cache(`{"engine":"redis","version":"6.2","authentication":"IAM"}`),
		want: []string{
			`spec.cache.authentication: Invalid value: IAM authentication requires Valkey, or Redis 7.0 or later: set version to 7.0 or later, or set authentication to Password`,
		},
	},
	"CacheVersions": {
		reason: "Those that AWS has.",
		spec:   cache(`{"version":"7.1"}`),
		want: []string{
			`spec.cache.version: Invalid value: unsupported version: for Valkey, use 7.2, 8.0, 8.1 or 8.2; for Redis, use 6.2, 7.0 or 7.1; for Memcached, use 1.6.12, 1.6.17 or 1.6.22`,
		},
	},
	"CacheVersionsOfRedis": {
		reason: "Those that AWS has.",
		spec:   cache(`{"engine":"redis","version":"8.0.100"}`),
		want: []string{
			`spec.cache.version: Too long: may not be more than 6 bytes`,
		},
	},
	"CacheDowngrade": {
		reason: "AWS does not downgrade.",
		old:    cache(`{"version":"8.1"}`),
		spec:   cache(`{"version":"8.0"}`),
		want: []string{
			`spec.cache.version: Invalid value: version cannot be lowered, because AWS does not support downgrades`,
		},
	},
	"CacheUpgrade": {
		reason: "It goes up.",
		old:    cache(`{"engine":"memcached","version":"1.6.12"}`),
		spec:   cache(`{"engine":"memcached","version":"1.6.22"}`),
	},
	"CacheServerlessRedis": {
		reason: "Redis 7 is the only one.",
		spec:   cache(`{"engine":"redis","version":"6.2","serverless":{}}`),
		want: []string{
			`spec.cache.version: Invalid value: a serverless Redis cache requires version 7: remove version, or set version to 7.1`,
		},
	},
	"CacheServerlessNodes": {
		reason: "There are no nodes.",
		spec:   cache(`{"serverless":{},"multiAZ":true}`),
		want: []string{
			`spec.cache.serverless: Invalid value: size, nodeType, multiAZ and parameters cannot be combined with serverless: remove these fields, or remove serverless`,
		},
	},
	"CacheSizes": {
		reason: "One of them decides.",
		spec:   cache(`{"size":"small","nodeType":"cache.t4g.small"}`),
		want: []string{
			`spec.cache.nodeType: Invalid value: size and nodeType cannot be combined: remove one of them`,
		},
	},
	"CacheParameters": {
		reason: "Those that are safe to change.",
		spec:   cache(`{"parameters":{"cluster-enabled":"yes","maxmemory-policy":"often"}}`),
		want: []string{
			`spec.cache.parameters: Invalid value: maxmemory-policy must be allkeys-lfu, allkeys-lru, allkeys-random, noeviction, volatile-lfu, volatile-lru, volatile-random or volatile-ttl`,
			`spec.cache.parameters: Invalid value: unsupported parameter: for Valkey and Redis, use activedefrag, lazyfree-lazy-eviction, lazyfree-lazy-expire, lfu-decay-time, lfu-log-factor, maxmemory-policy, maxmemory-samples, notify-keyspace-events, reserved-memory-percent, slowlog-log-slower-than, slowlog-max-len, tcp-keepalive or timeout; for Memcached, use idle_timeout or max_item_size`,
		},
	},
	"CacheParametersOfMemcached": {
		reason: "Each engine has its own.",
		spec:   cache(`{"engine":"memcached","parameters":{"timeout":"1"}}`),
		want: []string{
			`spec.cache.parameters: Invalid value: unsupported parameter: for Valkey and Redis, use activedefrag, lazyfree-lazy-eviction, lazyfree-lazy-expire, lfu-decay-time, lfu-log-factor, maxmemory-policy, maxmemory-samples, notify-keyspace-events, reserved-memory-percent, slowlog-log-slower-than, slowlog-max-len, tcp-keepalive or timeout; for Memcached, use idle_timeout or max_item_size`,
		},
	},
	"CacheNoParameters": {
		reason: "One at least.",
		spec:   cache(`{"parameters":{}}`),
		want: []string{
			`spec.cache.parameters: Invalid value: 0: spec.cache.parameters in body should have at least 1 properties`,
		},
	},
	"CacheTooManyParameters": {
		reason: "There are no more.",
		spec:   cache(`{"parameters":{"p0":"1","p1":"1","p2":"1","p3":"1","p4":"1","p5":"1","p6":"1","p7":"1","p8":"1","p9":"1","p10":"1","p11":"1","p12":"1","p13":"1"}}`),
		want: []string{
			`spec.cache.parameters: Too many: 14: must have at most 13 items`,
		},
	},
	"CacheForms": {
		reason: "What AWS does not know.",
		spec:   cache(`{"engine":"keydb","size":"huge","authentication":"None","backupRetentionDays":0,"backupWindow":"3am","maintenanceWindow":"sunday","parameters":{"timeout":"a b","tcp-keepalive":"111111111111111111111111111111111"}}`),
		want: []string{
			`spec.cache.authentication: Unsupported value: "None": supported values: "Password", "IAM"`,
			`spec.cache.backupRetentionDays: Invalid value: 0: spec.cache.backupRetentionDays in body should be greater than or equal to 1`,
			`spec.cache.engine: Unsupported value: "keydb": supported values: "valkey", "redis", "memcached"`,
			`spec.cache.parameters.tcp-keepalive: Too long: may not be more than 32 bytes`,
			`spec.cache.size: Unsupported value: "huge": supported values: "small", "medium", "large", "xlarge"`,
		},
	},
	"CacheLong": {
		reason: "What AWS does not know.",
		spec:   cache(`{"nodeType":"cache.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","backupRetentionDays":36,"backupWindow":"03:00-04:00 UTC","maintenanceWindow":"sun:05:00-sun:06:00 UTC"}`),
		want: []string{
			`spec.cache.backupRetentionDays: Invalid value: 36: spec.cache.backupRetentionDays in body should be less than or equal to 35`,
			`spec.cache.backupWindow: Too long: may not be more than 11 bytes`,
			`spec.cache.maintenanceWindow: Too long: may not be more than 19 bytes`,
			`spec.cache.nodeType: Too long: may not be more than 32 bytes`,
		},
	},
	"CacheNodeType": {
		reason: "Node types of ElastiCache.",
		spec:   cache(`{"nodeType":"db.t4g.micro"}`),
		want: []string{
			`spec.cache.nodeType: Invalid value: "db.t4g.micro": must be an ElastiCache node type that starts with "cache.", such as cache.t4g.small`,
		},
	},
	"CacheShortWindow": {
		reason: "ElastiCache wants an hour.",
		spec:   cache(`{"backupWindow":"03:00-03:30"}`),
		want: []string{
			`spec.cache.backupWindow: Invalid value: "03:00-03:30": backupWindow must be at least 60 minutes long; for example, 03:00-04:00`,
		},
	},
	"CacheLimits": {
		reason: "Those of AWS.",
		spec:   cache(`{"serverless":{"maxStorageGiB":0,"maxECPUPerSecond":999}}`),
		want: []string{
			`spec.cache.serverless.maxECPUPerSecond: Invalid value: 999: spec.cache.serverless.maxECPUPerSecond in body should be greater than or equal to 1000`,
			`spec.cache.serverless.maxStorageGiB: Invalid value: 0: spec.cache.serverless.maxStorageGiB in body should be greater than or equal to 1`,
		},
	},
	"CacheHighLimits": {
		reason: "Those of AWS.",
		spec:   cache(`{"serverless":{"maxStorageGiB":5001,"maxECPUPerSecond":15000001}}`),
		want: []string{
			`spec.cache.serverless.maxECPUPerSecond: Invalid value: 15000001: spec.cache.serverless.maxECPUPerSecond in body should be less than or equal to 15000000`,
			`spec.cache.serverless.maxStorageGiB: Invalid value: 5001: spec.cache.serverless.maxStorageGiB in body should be less than or equal to 5000`,
		},
	},
	"CacheLimitsGone": {
		reason: "The provider cannot take them away.",
		old:    cache(`{"serverless":{"maxStorageGiB":5,"maxECPUPerSecond":5000}}`),
		spec:   cache(`{"serverless":{}}`),
		want: []string{
			`spec.cache.serverless.maxECPUPerSecond: Invalid value: maxECPUPerSecond cannot be removed, because the AWS provider cannot remove the limit: set maxECPUPerSecond to 15000000, the maximum`,
			`spec.cache.serverless.maxStorageGiB: Invalid value: maxStorageGiB cannot be removed, because the AWS provider cannot remove the limit: set maxStorageGiB to 5000, the maximum`,
		},
	},
	"CacheLimitsChange": {
		reason: "It changes them.",
		old:    cache(`{"serverless":{"maxStorageGiB":5}}`),
		spec:   cache(`{"serverless":{"maxStorageGiB":9,"maxECPUPerSecond":5000}}`),
	},
	"CacheRemoved": {
		reason: "Under Retain it would stay in AWS, with a secret whose name is taken.",
		old:    cache(`{}`), spec: `{"region":"eu-west-1"}`,
		want: []string{`spec.cache: Invalid value: cache cannot be removed with deletionPolicy Retain (the default in production): set deletionPolicy to Snapshot or Delete first`},
	},
	"CacheRemovedOnPurpose": {
		reason: "Said in so many words.", old: cache(`{}`), spec: with(`"deletionPolicy":"Snapshot"`),
	},
	"CacheCredentials": {
		reason: "A service gets the password, or not.", spec: service(`"image":"shop:1","cacheCredentials":"Admin"`),
		want: []string{`spec.app.services[0].cacheCredentials: Unsupported value: "Admin": supported values: "Injected", "None"`},
	},
}
