package serve

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestUnchanged(t *testing.T) {
	const clean, written = "Size: 8 kB\nAnonymous: 0 kB\nVmFlags: rd ex mr mw me\n", "Size: 8 kB\nAnonymous: 4 kB\nVmFlags: rd mr mw me\n"
	cases := map[string]struct {
		reason string
		maps   string
		want   []mapping
	}{
		"Program": {
			reason: "Code and constants can be read again at any time; variables cannot.",
			maps: "00400000-00402000 r-xp 00000000 fe:00 1009 /function\n" + clean +
				"00402000-00403000 r--p 00002000 fe:00 1009 /function\n" + clean +
				"00403000-00404000 rw-p 00003000 fe:00 1009 /function\n" + clean,
			want: []mapping{{0x400000, 0x402000}, {0x402000, 0x403000}},
		},
		"PositionIndependent": {
			reason: "What the loader wrote before it became read-only is nowhere else.",
			maps: "7f0000400000-7f0000402000 r-xp 00000000 fe:00 1009 /function\n" + clean +
				"7f0000402000-7f0000403000 r--p 00002000 fe:00 1009 /function\n" + written,
			want: []mapping{{0x7f0000400000, 0x7f0000402000}},
		},
		"Others": {
			reason: "Heap, stack and libraries are none of its business.",
			maps: "c000000000-c000400000 rw-p 00000000 00:00 0\n" + written +
				"7f0000000000-7f0000001000 r-xp 00000000 fe:00 77 /lib/libc.so.6\n" + clean +
				"7fff00000000-7fff00002000 r-xp 00000000 00:00 0 [vdso]\n" + clean,
		},
		"NotTold":  {reason: "A kernel that does not tell what is anonymous is not trusted.", maps: "00400000-00402000 r-xp 00000000 fe:00 1009 /function\nSize: 8 kB\n"},
		"NotThere": {reason: "Where nothing is told nothing is given back."},
		"Strange": {
			reason: "What cannot be read is left alone.",
			maps:   "x-y r-xp 00000000 fe:00 1009 /function\n" + clean + "1000-y r-xp 00000000 fe:00 1009 /function\n" + clean,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, unchanged(tc.maps, "/function"), cmp.AllowUnexported(mapping{})); diff != "" {
				t.Errorf("\n%s\nunchanged(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestReleaseStartup(t *testing.T) {
	before := ofProgram(t)
	releaseStartup()
	if after := ofProgram(t); after > before*3/4 {
		t.Errorf("\nMost of the program is only needed to start it.\n%d KiB of it are in memory, %d before", after, before)
	}
}

// ofProgram returns the size in KiB of files that are mapped into this process.
func ofProgram(t *testing.T) int {
	t.Helper()
	raw, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`RssFile:\s+(\d+) kB`).FindSubmatch(raw)
	if found == nil {
		t.Fatal("the kernel does not tell how much of the program is in memory")
	}
	kib, err := strconv.Atoi(string(found[1]))
	if err != nil {
		t.Fatal(err)
	}
	return kib
}

// A position-independent program continues to run, because types, constants and
// code are unchanged. It is small, because the test compiles it with all
// dependencies.
func TestReleaseStartupPositionIndependent(t *testing.T) {
	source, err := os.ReadFile("memory_linux.go")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":          "module example\n\ngo 1.24\n",
		"memory_linux.go": strings.Replace(string(source), "package serve", "package main", 1),
		"main.go":         independent,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	program := filepath.Join(dir, "program")
	build := exec.CommandContext(t.Context(), "go", "build", "-buildmode=pie", "-o", program, ".")
	build.Dir = dir
	build.Env = append(os.Environ(), "GOFLAGS=") // It may contain flags for the coverage of this module.
	if out, err := build.CombinedOutput(); err != nil {
		t.Skipf("this toolchain builds no position-independent programs: %v\n%s", err, out)
	}
	out, err := exec.CommandContext(t.Context(), program).CombinedOutput()
	if diff := cmp.Diff("map[a:1] main.shape recovered\n", string(out)); diff != "" || err != nil {
		t.Errorf("\nThe program is still whole.\n%v: -want, +got:\n%s", err, diff)
	}
}

// independent is a program that uses its types and tables after it has released
// memory.
const independent = `package main

import (
	"fmt"
	"runtime"
)

type shape interface{ area() float64 }

func text() (out string) {
	defer func() {
		if recover() != nil {
			out = "recovered"
		}
	}()
	var none shape
	return fmt.Sprint(none.area())
}

func main() {
	releaseStartup()
	runtime.GC()
	fmt.Println(map[string]int{"a": 1}, fmt.Sprintf("%T", (*shape)(nil))[1:], text())
}
`
