// Package examples holds the example claims, so that the portal can offer them
// without a checkout of the repository.
package examples

import "embed"

// Files are the examples by file name.
//
//go:embed *.yaml
var Files embed.FS
