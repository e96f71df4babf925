package main

import (
	"bytes"
	"go/parser"
	"go/token"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var compare = cmp.AllowUnexported(sentence{})

func TestSplit(t *testing.T) {
	for name, tc := range map[string]struct {
		reason string
		text   string
		want   []sentence
	}{
		"Lines": {
			reason: "A sentence has the line in which it begins.",
			text:   "One idea a sentence. The second one\ngoes on here.\nA third one starts.",
			want:   []sentence{{"a.md", 5, "One idea a sentence."}, {"a.md", 5, "The second one goes on here."}, {"a.md", 7, "A third one starts."}},
		},
		"Short": {
			reason: "Single words cannot be judged.",
			text:   "Required. It is the region of the stack.",
			want:   []sentence{{"a.md", 5, "It is the region of the stack."}},
		},
		"Versions": {
			reason: "A dot within a name or a number ends no sentence.",
			text:   "Use PostgreSQL 15.4 or later, such as in docs/cost.md here",
			want:   []sentence{{"a.md", 5, "Use PostgreSQL 15.4 or later, such as in docs/cost.md here"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, split("a.md", 5, tc.text), compare); diff != "" {
				t.Errorf("%s\n%s", tc.reason, diff)
			}
		})
	}
}

func TestReaders(t *testing.T) {
	yamlFile := filepath.Join(t.TempDir(), "a.yaml")
	if err := os.WriteFile(yamlFile, []byte("controls:\n  - title: Topics have a key\n    checks: [{title: {every: one of them}}]\n    reason: |-\n      It is useful. It has no limit.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		reason string
		read   func(t *testing.T) []sentence
		want   []sentence
	}{
		"Page": {
			reason: "Headings, code and tables are not sentences, and items of lists end them.",
			read: func(*testing.T) []sentence {
				return page("a.md", "# A long heading here\n\nThis is the first one.\n\n```shell\nnot this line here\n```\n- [ ] An item of it\n- Another item of it\n\n| a cell of it |\n")
			},
			want: []sentence{{"a.md", 3, "This is the first one."}, {"a.md", 8, "An item of it"}, {"a.md", 9, "Another item of it"}},
		},
		"Comments": {
			reason: "Lines of a comment belong together, one behind a value does not.",
			read: func(*testing.T) []sentence {
				return comments("a.yaml", "# A shop with\n# two lines.\nspec:\n  a: b # Behind a value.\n  # Its own line.\n")
			},
			want: []sentence{{"a.yaml", 1, "A shop with two lines."}, {"a.yaml", 4, "Behind a value."}, {"a.yaml", 5, "Its own line."}},
		},
		"Values": {
			reason: "Only texts of the wanted keys are read, at any depth.",
			read: func(t *testing.T) []sentence {
				t.Helper()
				found, err := values(filepath.Dir(yamlFile), yamlFile, "title", "reason")
				if err != nil {
					t.Fatal(err)
				}
				return found
			},
			want: []sentence{{"a.yaml", 2, "Topics have a key"}, {"a.yaml", 4, "It is useful."}, {"a.yaml", 4, "It has no limit."}},
		},
		"Code": {
			reason: "Messages are in errors, constants of errors and conditions, and nothing else is.",
			read: func(t *testing.T) []sentence {
				t.Helper()
				set := token.NewFileSet()
				f, err := parser.ParseFile(set, "a.go", "package a\nconst errRead = \"cannot read the file\"\nvar other = \"not a message at all\"\nfunc f() {\n\t_ = field.Invalid(path, 1, \"must be the right one\")\n\t_ = condition{Message: \"all of it is ready\"}\n}\n", 0)
				if err != nil {
					t.Fatal(err)
				}
				return inCode("a.go", set, f)
			},
			want: []sentence{{"a.go", 2, "cannot read the file"}, {"a.go", 5, "must be the right one"}, {"a.go", 6, "all of it is ready"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tc.read(t), compare); diff != "" {
				t.Errorf("%s\n%s", tc.reason, diff)
			}
		})
	}
}

func TestDraw(t *testing.T) {
	kind := func(file string, n int) []sentence {
		out := make([]sentence, n)
		for i := range out {
			out[i] = sentence{file, i + 1, "A sentence of it."}
		}
		return out
	}
	for name, tc := range map[string]struct {
		reason string
		kinds  [][]sentence
		count  int
		want   map[string]int
	}{
		"Equal":    {"Kinds get equal shares, whatever their volume.", [][]sentence{kind("large", 1000), kind("small", 10)}, 8, map[string]int{"large": 4, "small": 4}},
		"TooFew":   {"A kind with too few sentences leaves the rest to the others.", [][]sentence{kind("large", 100), kind("small", 2)}, 8, map[string]int{"large": 6, "small": 2}},
		"NoneLeft": {"There cannot be more than there are.", [][]sentence{kind("large", 2), kind("small", 1)}, 8, map[string]int{"large": 2, "small": 1}},
	} {
		t.Run(name, func(t *testing.T) {
			got := map[string]int{}
			for _, s := range draw(tc.kinds, tc.count, rand.New(rand.NewPCG(1, 1))) {
				got[s.file]++
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("%s\n%s", tc.reason, diff)
			}
		})
	}
}

// The repository's own texts give the same bytes for the same seed.
func TestRun(t *testing.T) {
	sample := func(seed uint64) string {
		var out bytes.Buffer
		if err := run(&out, filepath.Join("..", ".."), 40, seed); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	first := sample(7)
	if lines := strings.Count(first, "\n"); lines != 40 {
		t.Errorf("want 40 sentences, got %d", lines)
	}
	if diff := cmp.Diff(first, sample(7)); diff != "" {
		t.Errorf("The same seed must give the same bytes.\n%s", diff)
	}
	if first == sample(8) {
		t.Error("Another seed must give another sample.")
	}
}
