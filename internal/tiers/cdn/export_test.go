package cdn

import "github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"

// CachingOptimized is the managed policy of files.
const CachingOptimized = cachingOptimized

// RoutesCode is the code of the function that answers routes.
var RoutesCode = routesCode

// RoutesDigest tells functions that answer routes apart.
func RoutesDigest(page string) string { return naming.Hash(routesCode(page)) }

// KeysDigest is for tests of the package's users.
func KeysDigest(path string) string { return naming.Hash(keysCode(path)) }
