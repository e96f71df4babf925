package composed

import "strings"

// Cache. A stack has one of the three that hold it, by its engine and by whether it is
// serverless.
const (
	Cache           = "cache"
	CacheCluster    = "cache-cluster"
	CacheServerless = "cache-serverless"

	CacheSubnetGroup   = "cache-subnet-group"
	CacheSecurityGroup = "cache-security-group"
	// CacheFromApp lets the application reach it, AppToCache is the other end of that.
	CacheFromApp = "cache-ingress-app"
	AppToCache   = "app-egress-cache"
	// CacheReadsFromApp is the same for the port of a serverless cache that only reads.
	CacheReadsFromApp = "cache-ingress-app-reads"
	AppToCacheReads   = "app-egress-cache-reads"

	// CacheUser is who the app role signs in as, CacheDefaultUser who nobody does.
	CacheUser        = "cache-user"
	CacheDefaultUser = "cache-default-user"
	CacheUserGroup   = "cache-user-group"

	CacheSecret       = "cache-secret"
	CacheSecretPolicy = "cache-secret-policy"
	CacheSecretValue  = "cache-secret-value"
	// CachePassword is the Secret of Kubernetes in which the provider puts the password.
	CachePassword = "cache-password"

	AppRoleCache       = "app-role-cache"
	AppRoleCacheSecret = "app-role-cache-secret"
)

// cacheParameterGroup begins the names of groups of parameters.
const cacheParameterGroup = "cache-parameter-group-"

// CacheParameterGroup is the parameters of a family of versions.
func CacheParameterGroup(family string) string {
	return cacheParameterGroup + strings.ReplaceAll(family, ".", "-")
}

// IsCacheParameterGroup reports whether a name is that of a group of parameters.
func IsCacheParameterGroup(resourceName string) bool {
	return strings.HasPrefix(resourceName, cacheParameterGroup)
}

// CacheLogGroup takes a log of the cache.
func CacheLogGroup(log string) string { return "cache-log-group-" + log }
