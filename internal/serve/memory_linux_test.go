package serve

import (
	"os"
	"regexp"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadOnly(t *testing.T) {
	cases := map[string]struct {
		reason string
		maps   string
		want   []mapping
	}{
		"Program": {
			reason: "Code and constants can be read again at any time; variables cannot.",
			maps: "00400000-00402000 r-xp 00000000 fe:00 1009 /function\n" +
				"00402000-00403000 r--p 00002000 fe:00 1009 /function\n" +
				"00403000-00404000 rw-p 00003000 fe:00 1009 /function\n",
			want: []mapping{{0x400000, 0x402000}, {0x402000, 0x403000}},
		},
		"Others": {
			reason: "Heap, stack and libraries are none of its business.",
			maps: "c000000000-c000400000 rw-p 00000000 00:00 0\n" +
				"7f0000000000-7f0000001000 r-xp 00000000 fe:00 77 /lib/libc.so.6\n" +
				"7fff00000000-7fff00002000 r-xp 00000000 00:00 0 [vdso]\n",
		},
		"NotThere": {reason: "Where nothing is told nothing is given back."},
		"Strange":  {reason: "What cannot be read is left alone.", maps: "x-y r-xp 00000000 fe:00 1009 /function\n1000-y r-xp 00000000 fe:00 1009 /function\n"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, readOnly(tc.maps, "/function"), cmp.AllowUnexported(mapping{})); diff != "" {
				t.Errorf("\n%s\nreadOnly(...): -want, +got:\n%s", tc.reason, diff)
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

// ofProgram is how many KiB of files are mapped into this process.
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
