package render

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/cost"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/plan"
)

const (
	errNeedsObserved = "--diff requires --observed: set it to a file that contains the existing resources"
	errNotOfDiff     = "--output %s cannot be combined with --diff; use text, yaml or json"
	errOfDiff        = "--output %s requires --diff; without --diff, use yaml, table, tree, mermaid, svg or cost"
)

// preview is the JSON output of a plan.
type preview struct {
	plan.Plan `json:",inline"`

	// Uncompared lists the objects that kubectl get managed does not print.
	Uncompared []string `json:"uncompared,omitempty"`
	// Waiting is the number of resources that wait for values of others.
	Waiting int `json:"waiting,omitempty"`
	// Based reports whether the function's response before the edit was known.
	Based bool `json:"based"`
	// MonthlyUSD is the estimated cost before and after.
	MonthlyUSD MonthlyUSD `json:"monthlyUSD"`

	name        string
	before, due cost.Money
}

// MonthlyUSD is the estimated cost of a stack per month in USD.
type MonthlyUSD struct {
	Before string `json:"before"`
	After  string `json:"after"`
}

// DestroyedError reports that a change would destroy data.
type DestroyedError []plan.Entry

// Error names the destroyed data.
func (e DestroyedError) Error() string {
	var lost []string
	for _, d := range e {
		lost = append(lost, fmt.Sprintf("%s %s", d.Kind, d.Resource))
	}
	return "data would be destroyed: " + strings.Join(lost, ", ")
}

// ExitCode distinguishes it from other errors.
func (DestroyedError) ExitCode() int { return 2 }

// diff prints the changes that a file would make to the stack in the cluster.
func (c *Command) diff(ctx context.Context, app *kong.Kong, s session, shown *stack) error {
	p := s.preview(ctx, shown)
	write, ok := map[string]func(io.Writer) error{"": p.text, "text": p.text, "yaml": p.yaml, "json": p.json}[c.Output]
	if !ok {
		return fmt.Errorf(errNotOfDiff, c.Output)
	}
	if err := write(app.Stdout); err != nil {
		return fmt.Errorf(errPrint, err)
	}
	if lost := p.Destroyed(); len(lost) > 0 {
		return DestroyedError(lost)
	}
	return nil
}

// preview compares the stack with the one in the cluster.
func (s session) preview(ctx context.Context, shown *stack) preview {
	after := map[string]*unstructured.Unstructured{}
	for _, r := range shown.resources {
		after[r.resourceName] = r.object
	}
	base := s.base(ctx)
	p := preview{name: fmt.Sprintf("%s/%s", shown.composite.GetKind(), shown.composite.GetName()), Waiting: waiting(shown), Based: base != nil || len(s.cluster.resources) == 0}
	var compared []plan.Resource
	var held []resource
	for _, resourceName := range slices.Sorted(maps.Keys(union(s.cluster.resources, after))) {
		before := s.cluster.resources[resourceName]
		if before == nil && len(s.cluster.resources) > 0 && after[resourceName].GroupVersionKind().Group == "" {
			p.Uncompared = append(p.Uncompared, resourceName)
			continue
		}
		if before != nil {
			held = append(held, resource{resourceName: resourceName, object: before})
		}
		compared = append(compared, plan.Resource{Resource: resourceName, Before: before, After: after[resourceName], Base: base[resourceName]})
	}
	p.Plan = plan.Of(compared)
	p.before, p.due = estimate(held).Total, estimate(shown.resources).Total
	p.MonthlyUSD.Before, p.MonthlyUSD.After = p.before.String(), p.due.String()
	return p
}

// base returns the composed resources before the edit. It is nil if unknown. The
// fields that Crossplane applied take precedence over the current function's
// response to the old claim.
func (s session) base(ctx context.Context) map[string]*unstructured.Unstructured {
	if s.cluster.rendered {
		return s.cluster.resources
	}
	out := s.answeredBefore(ctx)
	for resourceName, u := range s.cluster.resources {
		was := applied(u)
		if was == nil {
			continue
		}
		if out == nil {
			out = map[string]*unstructured.Unstructured{}
		}
		out[resourceName] = was
	}
	return out
}

// answeredBefore returns the resources that the function composes for the composite
// in the cluster. It is nil if there is no composite, or if the function refuses
// it.
func (s session) answeredBefore(ctx context.Context) map[string]*unstructured.Unstructured {
	if s.cluster.composite == nil {
		return nil
	}
	before := s
	before.composite = s.composite.DeepCopy()
	before.composite.Object["spec"] = s.cluster.composite.DeepCopy().Object["spec"]
	was, err := before.once(ctx)
	if err != nil {
		return nil
	}
	out := map[string]*unstructured.Unstructured{}
	for _, r := range was.resources {
		out[r.resourceName] = r.object
	}
	return out
}

// waiting returns the number of waiting resources in the status.
func waiting(s *stack) int {
	status, _ := s.composite.Object["status"].(map[string]any)
	tiers, _ := status["tiers"].([]any)
	n := 0
	for _, t := range tiers {
		tier, _ := t.(map[string]any)
		count, _ := tier["waiting"].(int64)
		n += int(count)
	}
	return n
}

func union(a, b map[string]*unstructured.Unstructured) map[string]*unstructured.Unstructured {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

func (p preview) text(w io.Writer) error {
	if _, err := fmt.Fprintf(w, "Changes in AWS if the file is applied to %s:\n", p.name); err != nil {
		return err //nolint:wrapcheck // The caller adds what failed.
	}
	if err := p.Print(w); err != nil {
		return err //nolint:wrapcheck // As above.
	}
	var notes []string
	if p.Waiting > 0 {
		notes = append(notes, fmt.Sprintf("Number of resources that are waiting for values from other resources and can still change: %d. Use --converged to simulate AWS until no resources are waiting.", p.Waiting))
	}
	if len(p.Uncompared) > 0 {
		notes = append(notes, "Not compared, because kubectl get managed does not print these resources: "+strings.Join(p.Uncompared, ", ")+".")
	}
	if !p.Based {
		notes = append(notes, "Removed fields are not shown, because the file in --observed contains neither managed fields nor the composite.")
	}
	notes = append(notes, fmt.Sprintf("Estimated monthly cost: %s -> %s USD", p.before, p.due))
	_, err := fmt.Fprintln(w, strings.Join(notes, "\n"))
	return err //nolint:wrapcheck // As above.
}

func (p preview) yaml(w io.Writer) error {
	raw, err := yaml.Marshal(p)
	if err != nil {
		return err //nolint:wrapcheck // The caller adds context.
	}
	_, err = w.Write(raw)
	return err //nolint:wrapcheck // As above.
}

func (p preview) json(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(p) //nolint:wrapcheck // The caller adds context.
}
