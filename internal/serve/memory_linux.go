package serve

import (
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
)

// releaseStartup releases memory that only the start needed: allocations, and pages
// of the program. The initializers of about 400 packages, most of them provider
// types, are spread over the whole program. Linux maps sixteen pages around each
// page that is touched. Pages that are needed again come from the page cache.
func releaseStartup() {
	debug.FreeOSMemory()
	program, err := os.Executable()
	if err != nil {
		return // On failure, only the saving is lost.
	}
	maps, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		return // Likewise: not every kernel reports it.
	}
	for _, m := range unchanged(string(maps), program) {
		// On failure, only the saving is lost.
		_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, m.begin, m.end-m.begin, syscall.MADV_DONTNEED) //nolint:errcheck // See above.
	}
}

// mapping is an address range.
type mapping struct{ begin, end uintptr }

// unchanged returns the address ranges in which memory equals the file on disk
// (proc_pid_smaps(5)). They are read-only and were never written. In a
// position-independent program, the loader writes addresses to pages that are
// read-only afterwards. These pages are anonymous and must be kept.
func unchanged(maps, file string) []mapping {
	var out []mapping
	var at *mapping
	for line := range strings.Lines(maps) {
		fields := strings.Fields(line)
		switch {
		case len(fields) >= 2 && fields[0] == "Anonymous:":
			if at != nil && fields[1] == "0" {
				out = append(out, *at)
			}
			at = nil
		case len(fields) >= 6 && !strings.HasSuffix(fields[0], ":"):
			at = readOnly(fields, file)
		}
	}
	return out
}

// readOnly returns the range of a read-only mapping of a file, or nil. head
// contains range, permissions, offset, device, inode and file.
func readOnly(head []string, file string) *mapping {
	if head[5] != file || (head[1] != "r--p" && head[1] != "r-xp") {
		return nil
	}
	from, to, _ := strings.Cut(head[0], "-")
	begin, err := strconv.ParseUint(from, 16, 64)
	end, failed := strconv.ParseUint(to, 16, 64)
	if err != nil || failed != nil {
		return nil
	}
	return &mapping{begin: uintptr(begin), end: uintptr(end)}
}
