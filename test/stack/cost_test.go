package stack

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/cost"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

//go:generate go test -count=1 -run ^TestCostIsDocumented$ . -document

// document reports whether tests rewrite generated parts of docs/cost.md, for `make
// generate`.
var document = flag.Bool("document", false, "rewrite docs/cost.md")

// estimateOf returns the estimate for a response's resources.
func estimateOf(rsp *fnv1.RunFunctionResponse) *cost.Estimate {
	var resources []cost.Resource
	for _, resourceName := range slices.Sorted(maps.Keys(rsp.GetDesired().GetResources())) {
		resources = append(resources, cost.Resource{Resource: resourceName, Object: rsp.GetDesired().GetResources()[resourceName].GetResource()})
	}
	return cost.Of(resources)
}

// statusCost returns the cost in a response's status.
func statusCost(rsp *fnv1.RunFunctionResponse) string {
	status := rsp.GetDesired().GetComposite().GetResource().GetFields()["status"].GetStructValue().GetFields()
	return status["cost"].GetStructValue().GetFields()["monthlyUSD"].GetStringValue()
}

// TestCostIsKnown verifies that the cost of each kind is known.
func TestCostIsKnown(t *testing.T) {
	for name, steps := range stacktest.Ways(t) {
		for resourceName, r := range stacktest.Last(steps).GetDesired().GetResources() {
			kind := cost.Kind(r.GetResource())
			if scope.IsManaged(r.GetResource().GetFields()["apiVersion"].GetStringValue()) && !cost.Knows(kind) {
				t.Errorf("\nOf each kind somebody has looked up whether it is priced, free, or costs by usage.\n%s: %s: %s is not in internal/kinds", name, resourceName, kind)
			}
		}
		if unpriced := estimateOf(stacktest.Last(steps)).Unpriced; len(unpriced) > 0 {
			t.Errorf("\nThe examples have prices.\n%s: there is none of %v", name, unpriced)
		}
	}
}

// TestCostIsToldAtOnce verifies that the first response contains the same cost as
// the last one. Otherwise, a limit would stop a stack halfway.
func TestCostIsToldAtOnce(t *testing.T) {
	for name, steps := range stacktest.Ways(t) {
		want := estimateOf(stacktest.Last(steps)).Total.String()
		for i, st := range steps {
			if got := statusCost(st.Response); got != want {
				t.Errorf("\nA stack costs the same from the first call on.\n%s, step %d: status.cost.monthlyUSD: want %s, got %s", name, i, want, got)
			}
		}
	}
}

// docCost is the page about costs.
var docCost = filepath.Join("docs", "cost.md")

// generated marks the start of the generated part of a page.
const generated = "<!-- From here on it is generated: make generate. -->\n"

// TestCostIsDocumented verifies that the page matches the code.
func TestCostIsDocumented(t *testing.T) {
	page, err := os.ReadFile(docCost)
	if err != nil {
		t.Fatal(err)
	}
	text, old, ok := strings.Cut(string(page), generated)
	if !ok {
		t.Fatalf("%s: want the line %q", docCost, generated)
	}
	want := costTables(t)
	if *document {
		if err := os.WriteFile(docCost, []byte(text+generated+want), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, old); diff != "" {
		t.Errorf("\nThe page says what the code does (make generate).\n%s: -want, +got:\n%s", docCost, diff)
	}
}

// costTables returns the page's tables: the cost of minimal claims, and the charges
// that are included.
func costTables(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	fmt.Fprintf(&b, "\n## Bare claims\n\nUSD per month at the prices of %s, for claims that set only region, environment and size.\n", cost.AsOf())
	for _, region := range []string{"us-east-1", "eu-west-1", "eu-central-1"} {
		fmt.Fprintf(&b, "\n| %s | small | medium | large | xlarge |\n|---|---|---|---|---|\n", region)
		for _, environment := range []string{"production", "staging", "development"} {
			fmt.Fprintf(&b, "| %s |", environment)
			for _, size := range []string{"small", "medium", "large", "xlarge"} {
				spec := fmt.Sprintf(`{"region":%q,"environment":%q,"size":%q}`, region, environment, size)
				fmt.Fprintf(&b, " %s |", statusCost(stacktest.Run(t, &fnv1.RunFunctionRequest{Observed: &fnv1.State{Composite: stacktest.Composite(spec)}})))
			}
			b.WriteByte('\n')
		}
	}
	counted, used, free := cost.Kinds()
	fmt.Fprintf(&b, "\n## What is counted\n\nCharges per hour, month or item:\n\n%s", byService(counted))
	fmt.Fprintf(&b, "\n## What is not counted\n\nThese kinds are also charged by usage:\n\n| kind | charged by |\n|---|---|\n")
	for _, u := range used {
		kind, by, _ := strings.Cut(u, ": ")
		fmt.Fprintf(&b, "| `%s` | %s |\n", kind, by)
	}
	fmt.Fprintf(&b, "\n## What is free\n\n%s", byService(free))
	return b.String()
}

// byService returns a table of kinds by service. kinds must be sorted.
func byService(kinds []string) string {
	var b strings.Builder
	b.WriteString("| service | kinds |\n|---|---|")
	last := ""
	for _, kind := range kinds {
		service, name, _ := strings.Cut(kind, "/")
		if service != last {
			fmt.Fprintf(&b, " |\n| `%s` | `%s`", service, name)
		} else {
			fmt.Fprintf(&b, ", `%s`", name)
		}
		last = service
	}
	return strings.Replace(b.String(), "|---|---| |", "|---|---|", 1) + " |\n"
}
