package render

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

func TestReadFile(t *testing.T) {
	cases := map[string]struct {
		reason string
		file   string
		want   map[string]any
		err    string
	}{
		"OneObject": {
			reason: "Whole numbers should be integers, as an API server reads them.",
			file:   "a: 1\nb: 1.5\nc: {d: text}\n",
			want:   map[string]any{"a": int64(1), "b": 1.5, "c": map[string]any{"d": "text"}},
		},
		"EmptyDocuments": {
			reason: "Documents without content should not count.",
			file:   "# A file.\n---\na: 1\n---\n---\n# The end.\n",
			want:   map[string]any{"a": int64(1)},
		},
		"TwoObjects": {
			reason: "Of two objects nobody knows which one is meant.",
			file:   "a: 1\n---\nb: 1\n",
			err:    "standard input contains more than one object; put each object in a separate file",
		},
		"Nothing": {
			reason: "An empty file should be refused.",
			file:   "# Nothing here.\n",
			err:    "standard input is empty; it must contain one object with apiVersion, kind, metadata and spec",
		},
		"List": {
			reason: "A list is no object.",
			file:   "- a: 1\n",
			err:    "standard input is not an object; it must have the fields apiVersion, kind, metadata and spec",
		},
		"FieldTwice": {
			reason: "Of a field that is given twice nobody knows which one is meant.",
			file:   "a: 1\na: 2\n",
			err:    "standard input is not valid YAML: line 2: \"a\" is set more than once; keep only one",
		},
		"NoYAML": {
			reason: "Text that is no YAML should be refused.",
			file:   "a: [",
			err:    "standard input is not valid YAML: line 1: did not find expected node content; close each bracket, and put text with special characters in quotes",
		},
		"NoSeparator": {
			reason: "A line that is almost a separator should be refused.",
			file:   "a: 1\n---b\n",
			err:    "standard input is not valid YAML: invalid Yaml document separator: b; write --- on a separate line",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			u, err := readFile(fromStdin, strings.NewReader(tc.file))
			message := ""
			if err != nil {
				message = err.Error()
			}
			if diff := cmp.Diff(tc.err, message); diff != "" {
				t.Errorf("%s\nreadFile(...): -want error, +got error:\n%s", tc.reason, diff)
			}
			if tc.want == nil {
				return
			}
			if diff := cmp.Diff(tc.want, u.Object); diff != "" {
				t.Errorf("%s\nreadFile(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestReadInputCannotRead(t *testing.T) {
	broken := errors.New("broken pipe")
	if _, err := readInput(fromStdin, iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("A failure to read should be told.\nreadInput(...): want %v, got %v", broken, err)
	}
}
