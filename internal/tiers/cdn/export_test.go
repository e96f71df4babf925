package cdn

import "github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"

// CachingOptimized is the managed policy of files.
const CachingOptimized = cachingOptimized

// RoutesCode exports routesCode for tests.
var RoutesCode = routesCode

// RoutesDigest returns the digest in the names of functions that answer routes.
func RoutesDigest(page string) string { return naming.Hash(routesCode(page)) }

// KeysDigest returns the digest in the names of functions that find uploads.
func KeysDigest(path string) string { return naming.Hash(keysCode(path)) }
