package cdn

// CachingOptimized is the managed policy of files.
const CachingOptimized = cachingOptimized

// Of the function that answers routes.
var (
	RoutesCode   = routesCode
	RoutesDigest = routesDigest
)
