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
			err:    "standard input holds more than one object: want one, so give each a file of its own",
		},
		"Nothing": {
			reason: "An empty file should be refused.",
			file:   "# Nothing here.\n",
			err:    "standard input is empty: want one object",
		},
		"List": {
			reason: "A list is no object.",
			file:   "- a: 1\n",
			err:    "standard input is not an object: want fields such as apiVersion, kind, metadata and spec",
		},
		"FieldTwice": {
			reason: "Of a field that is given twice nobody knows which one is meant.",
			file:   "a: 1\na: 2\n",
			err:    "standard input is not valid YAML: yaml: unmarshal errors:\n  line 2: key \"a\" already set in map",
		},
		"NoYAML": {
			reason: "Text that is no YAML should be refused.",
			file:   "a: [",
			err:    "standard input is not valid YAML: yaml: line 1: did not find expected node content",
		},
		"NoSeparator": {
			reason: "A line that is almost a separator should be refused.",
			file:   "a: 1\n---b\n",
			err:    "standard input is not valid YAML: invalid Yaml document separator: b",
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
