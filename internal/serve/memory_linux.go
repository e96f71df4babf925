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
	program, err := os.Executable()
	if err != nil {
		return // Nothing is lost but the memory.
	}
	maps, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		return // As above: not every kernel tells.
	}
	for _, m := range unchanged(string(maps), program) {
		// The kernel may refuse: nothing is lost but the memory.
		_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, m.begin, m.end-m.begin, syscall.MADV_DONTNEED) //nolint:errcheck // See above.
	}
}

// mapping is a range of addresses.
type mapping struct{ begin, end uintptr }

// unchanged is where a file is in memory just as it is on disk, of all that a
// process has there (proc_pid_smaps(5)). Nobody may write there any more, and
// nobody has: of a position-independent program the loader writes addresses into
// what is read-only afterwards, which would be lost. Such pages are anonymous.
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

// readOnly is the range of a mapping of a file that nobody may write to, nil of
// any other. Its head is range, permissions, offset, device, inode and file.
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
