package stack

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

var update = flag.Bool("update", false, "write what examples are composed of to test/golden/stacks")

// goldenDir contains the stacks for review.
var goldenDir = filepath.Join("test", "golden", "stacks")

// goldenWhole lists the examples with complete golden files. Together, they contain
// most possible resources.
var goldenWhole = []string{"claim", "private", "production"}

// goldenHeader explains the table in a diff.
const goldenHeader = `# What the stacks of all examples are composed of once they stand, in the namespaced
# scope. NAME is the composite's, STACK begins names in AWS, ID is made up by AWS, and
# tags are left out: what differs in nothing else is the same. Written by: make golden
# resource	kind	object	digest	examples
`

// goldenStack returns the resources of a ready example by name.
func goldenStack(t *testing.T, example string) map[string]*unstructured.Unstructured {
	t.Helper()
	out := map[string]*unstructured.Unstructured{}
	for name, r := range stacktest.Last(stacktest.Way(t, example, scope.Namespaced)).GetDesired().GetResources() {
		out[name] = stacktest.Object(t, r)
	}
	return out
}

// madeUp matches generated names of the simulated AWS.
var madeUp = regexp.MustCompile(`\b[a-z]+-[0-9a-f]{17}\b|\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\bE[0-9A-Z]{13}\b`)

// anonymous returns a resource in YAML without the values that are specific to its
// stack: names and tags, which TestEverythingIsTagged covers.
func anonymous(t *testing.T, u *unstructured.Unstructured, stack, composite string) string {
	t.Helper()
	u = u.DeepCopy()
	unstructured.RemoveNestedField(u.Object, "spec", "forProvider", "tags")
	raw, err := yaml.Marshal(u.Object)
	if err != nil {
		t.Fatal(err)
	}
	out := madeUp.ReplaceAllString(strings.ReplaceAll(string(raw), stack, "STACK"), "ID")
	out = strings.ReplaceAll(out, "name: "+composite+"-", "name: NAME-")
	return strings.ReplaceAll(out, "namespace: "+u.GetNamespace()+"\n", "namespace: NAMESPACE\n")
}

// stackOf returns the stack's name in tags.
func stackOf(t *testing.T, resources map[string]*unstructured.Unstructured) string {
	t.Helper()
	name, _, err := unstructured.NestedString(resources["access-logs-bucket"].Object, "spec", "forProvider", "tags", settings.TagStack)
	if err != nil || name == "" {
		t.Fatalf("the bucket for access logs is not tagged with its stack: %v", err)
	}
	return name
}

// goldenRows returns the rows of all examples with their examples, and each row's
// resource in YAML.
func goldenRows(t *testing.T) (map[stacktest.GoldenRow][]string, map[stacktest.GoldenRow]string) {
	t.Helper()
	having, texts := map[stacktest.GoldenRow][]string{}, map[stacktest.GoldenRow]string{}
	for _, example := range stacktest.Examples {
		resources := goldenStack(t, example)
		stack := stackOf(t, resources)
		composite := stacktest.Way(t, example, scope.Namespaced)[0].Request.GetObserved().GetComposite().GetResource().GetFields()["metadata"].GetStructValue().GetFields()["name"].GetStringValue()
		for name, u := range resources {
			text := anonymous(t, u, stack, composite)
			sum := sha256.Sum256([]byte(text))
			row := stacktest.GoldenRow{Resource: name, Kind: stacktest.KindOf(u), Object: strings.Replace(u.GetName(), composite, "NAME", 1), Digest: hex.EncodeToString(sum[:6])}
			having[row] = append(having[row], example)
			texts[row] = text
		}
	}
	return having, texts
}

// goldenTable returns a line for each row with its examples.
func goldenTable(having map[stacktest.GoldenRow][]string) string {
	lines := make([]string, 0, len(having))
	for row, examples := range having {
		lines = append(lines, row.Line(examples))
	}
	slices.Sort(lines)
	return goldenHeader + strings.Join(lines, "")
}

// goldenDocument returns the resources of a stack, sorted by name.
func goldenDocument(t *testing.T, resources map[string]*unstructured.Unstructured) string {
	t.Helper()
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(resources)) {
		raw, err := yaml.Marshal(resources[name].Object)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "--- # %s\n%s", name, raw)
	}
	return b.String()
}

// TestGolden shows the effect of a change on the examples' stacks: three of them
// completely, and for all others the names of resources that differ.
func TestGolden(t *testing.T) {
	having, texts := goldenRows(t)
	want := map[string]string{stacktest.GoldenTable: goldenTable(having)}
	for _, example := range goldenWhole {
		want[example+".yaml"] = goldenDocument(t, goldenStack(t, example))
	}
	if *update {
		for file, text := range want {
			if err := os.WriteFile(filepath.Join(goldenDir, file), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return
	}
	for _, example := range goldenWhole {
		raw, err := os.ReadFile(filepath.Join(goldenDir, example+".yaml"))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(raw), want[example+".yaml"]); diff != "" {
			t.Errorf("\n%s is composed of other resources than before: -before, +now:\n%s\nIf that is meant: make golden", example, diff)
		}
	}
	raw, err := os.ReadFile(filepath.Join(goldenDir, stacktest.GoldenTable))
	if err != nil {
		t.Fatal(err)
	}
	before, now := strings.Split(string(raw), "\n"), strings.Split(want[stacktest.GoldenTable], "\n")
	gone, added := without(before, now), without(now, before)
	for _, line := range gone {
		t.Errorf("\nbefore: %s", line)
	}
	for row, names := range having {
		if !slices.Contains(added, strings.TrimSuffix(row.Line(names), "\n")) {
			continue
		}
		t.Errorf("\nnow: %s%s\nIf that is meant: make golden", row.Line(names), explained(t, row, gone, texts[row]))
	}
}

// without returns the lines that are not in others.
func without(lines, others []string) []string {
	return slices.DeleteFunc(slices.Clone(lines), func(l string) bool { return slices.Contains(others, l) })
}

// explained returns the changed fields of a resource. The old version is known if a
// complete golden file contains it.
func explained(t *testing.T, row stacktest.GoldenRow, gone []string, now string) string {
	t.Helper()
	for _, line := range gone {
		was, examples := stacktest.ParseGoldenLine(line)
		if was.Resource != row.Resource {
			continue
		}
		for _, example := range goldenWhole {
			if slices.Contains(examples, example) {
				return cmp.Diff(goldenBefore(t, example, row.Resource), fields(t, now))
			}
		}
	}
	return now
}

// goldenBefore returns the old version of a resource in a complete golden file.
func goldenBefore(t *testing.T, example, resource string) map[string]any {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(goldenDir, example+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	resources := map[string]*unstructured.Unstructured{}
	for document := range strings.SplitSeq(string(raw), "--- # ") {
		name, text, _ := strings.Cut(document, "\n")
		resources[name] = &unstructured.Unstructured{Object: fields(t, text)}
	}
	u := resources[resource]
	if u == nil {
		t.Fatalf("%s has no %s: %s is not what was written with it", example, resource, goldenDir)
	}
	composite := strings.TrimSuffix(u.GetName(), "-"+resource)
	return fields(t, anonymous(t, u, stackOf(t, resources), composite))
}

// fields decodes YAML.
func fields(t *testing.T, text string) map[string]any {
	t.Helper()
	out := map[string]any{}
	if err := yaml.Unmarshal([]byte(text), &out); err != nil {
		t.Fatal(err)
	}
	return out
}
