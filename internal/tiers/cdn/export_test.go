package cdn

// CachingOptimized is the managed policy of files.
const CachingOptimized = cachingOptimized

// Of the function that answers routes.
var (
	RoutesCode   = routesCode
	RoutesDigest = routesDigest
)

// KeysDigest is for tests of the package's users.
func KeysDigest(path string) string { return keysDigest(path) }
