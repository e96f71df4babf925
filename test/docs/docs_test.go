package docs

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCommands(t *testing.T) {
	cases := map[string]struct {
		reason string
		page   string
		want   []Command
	}{
		"Lines": {
			reason: "Each line is a command; comments and empty lines are none.",
			page:   "# Install\n\n```shell\n# first\nmake xpkg\n\nmake push # then\n```\n",
			want:   []Command{{Heading: "Install", Line: "make xpkg", Script: "make xpkg"}, {Heading: "Install", Line: "make push", Script: "make push # then"}},
		},
		"Continued": {
			reason: "A backslash continues a command, with the indentation of a list's item taken off.",
			page:   "## A\n\n1. Do\n\n   ```shell\n   kubectl get managed \\\n     -o yaml\n   ```\n",
			want:   []Command{{Heading: "A", Line: "kubectl get managed -o yaml", Script: "kubectl get managed \\\n  -o yaml"}},
		},
		"Documents": {
			reason: "A here-document belongs to its command, and so does the body of a loop.",
			page:   "```shell\nkubectl apply -f - <<END\nkind: A\nEND\nfor x in a; do\n  echo $x\ndone\n```\n",
			want: []Command{
				{Line: "kubectl apply -f - <<END", Script: "kubectl apply -f - <<END\nkind: A\nEND"},
				{Line: "for x in a; do", Script: "for x in a; do\n  echo $x\ndone"},
			},
		},
		"OtherBlocks": {
			reason: "Only shell blocks are commands, and a comment of a block is no heading.",
			page:   "# A\n```yaml\nkind: A\n# B\n```\n```shell\nls\n```\n",
			want:   []Command{{Heading: "A", Line: "ls", Script: "ls"}},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var got []Command
			for _, b := range parse(tc.page, "shell") {
				got = append(got, b.commands()...)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("%s: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
