package composed

import "strings"

// Cache. A stack has one of the first three, depending on engine and serverless.
const (
	Cache           = "cache"
	CacheCluster    = "cache-cluster"
	CacheServerless = "cache-serverless"

	CacheSubnetGroup   = "cache-subnet-group"
	CacheSecurityGroup = "cache-security-group"
	// CacheFromApp admits the application to the cache. AppToCache is the
	// corresponding egress rule.
	CacheFromApp = "cache-ingress-app"
	AppToCache   = "app-egress-cache"
	// CacheReadsFromApp is the same for the reader port of a serverless cache.
	CacheReadsFromApp = "cache-ingress-app-reads"
	AppToCacheReads   = "app-egress-cache-reads"

	// CacheUser is the app role's user. CacheDefaultUser is required, but disabled.
	CacheUser        = "cache-user"
	CacheDefaultUser = "cache-default-user"
	CacheUserGroup   = "cache-user-group"

	CacheSecret       = "cache-secret"
	CacheSecretPolicy = "cache-secret-policy"
	CacheSecretValue  = "cache-secret-value"
	// CachePassword is the Kubernetes Secret in which the provider stores the
	// password.
	CachePassword = "cache-password"

	AppRoleCache       = "app-role-cache"
	AppRoleCacheSecret = "app-role-cache-secret"
)

// cacheParameterGroup is the prefix of parameter groups.
const cacheParameterGroup = "cache-parameter-group-"

// CacheParameterGroup is the parameter group of a family of versions.
func CacheParameterGroup(family string) string {
	return cacheParameterGroup + strings.ReplaceAll(family, ".", "-")
}

// IsCacheParameterGroup reports whether a resource is a parameter group of the
// cache.
func IsCacheParameterGroup(resourceName string) bool {
	return strings.HasPrefix(resourceName, cacheParameterGroup)
}

// CacheLogGroup is the log group of a log of the cache.
func CacheLogGroup(log string) string { return "cache-log-group-" + log }
