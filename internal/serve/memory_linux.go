package serve

import (
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
)

// releaseStartup gives back the memory that only the start needed: what was
// allocated for it, and the parts of the program that it ran and read. The
// initialisers of some four hundred packages, most of them the provider's types,
// are all over the program, and Linux maps sixteen pages around each one that is
// touched. What is needed again comes from the page cache.
func releaseStartup() {
	debug.FreeOSMemory()
	program, _ := os.Executable()
	maps, _ := os.ReadFile("/proc/self/maps")
	for _, m := range readOnly(string(maps), program) {
		_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, m.begin, m.end-m.begin, syscall.MADV_DONTNEED)
	}
}

// mapping is a range of addresses.
type mapping struct{ begin, end uintptr }

// readOnly is where a file is in memory that nobody can have written to, of all
// that a process has there (proc_pid_maps(5)).
func readOnly(maps, file string) []mapping {
	var out []mapping
	for line := range strings.Lines(maps) {
		// Range, permissions, offset, device, inode, file.
		fields := strings.Fields(line)
		if len(fields) < 6 || fields[5] != file || (fields[1] != "r--p" && fields[1] != "r-xp") {
			continue
		}
		from, to, _ := strings.Cut(fields[0], "-")
		begin, err := strconv.ParseUint(from, 16, 64)
		end, failed := strconv.ParseUint(to, 16, 64)
		if err == nil && failed == nil {
			out = append(out, mapping{begin: uintptr(begin), end: uintptr(end)})
		}
	}
	return out
}
