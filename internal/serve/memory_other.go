//go:build !linux

package serve

import "runtime/debug"

// releaseStartup releases memory that only the start needed.
func releaseStartup() { debug.FreeOSMemory() }
