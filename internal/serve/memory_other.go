//go:build !linux

package serve

import "runtime/debug"

// releaseStartup gives back the memory that only the start needed.
func releaseStartup() { debug.FreeOSMemory() }
