package portal

import (
	"context"
	"slices"
	"strings"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/controls"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/cost"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/render"
)

// stack is the stack of a claim, as the page shows it.
type stack struct {
	// Picture is the architecture diagram as SVG.
	Picture   string         `json:"picture"`
	Resources []resourceLine `json:"resources"`
	Controls  []controlLine  `json:"controls"`
	// Cost is the estimated cost per month in USD, and Charges are its parts.
	Cost     string   `json:"cost"`
	Charges  []string `json:"charges"`
	Warnings []string `json:"warnings"`
}

// resourceLine is a row of the list of resources.
type resourceLine struct {
	Tier     string `json:"tier"`
	Resource string `json:"resource"`
	Kind     string `json:"kind"`
}

// controlLine is a row of the list of controls.
type controlLine struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Severity string `json:"severity"`
	State    string `json:"state"`
}

// ready returns the stack of a claim once it is ready.
func ready(ctx context.Context, fn fnv1.FunctionRunnerServiceServer, from render.Source) (*stack, error) {
	converged, err := render.Converge(ctx, fn, from)
	if err != nil {
		return nil, err //nolint:wrapcheck // The function's message is for the user.
	}
	out := &stack{Picture: string(render.Picture(converged.Resources)), Warnings: append([]string{}, converged.Warnings...)}
	priced, checked := make([]cost.Resource, 0, len(converged.Resources)), make([]controls.Resource, 0, len(converged.Resources))
	for _, r := range converged.Resources {
		labels := r.Object.GetFields()["metadata"].GetStructValue().GetFields()["labels"].GetStructValue().GetFields()
		out.Resources = append(out.Resources, resourceLine{Tier: labels[desired.LabelTier].GetStringValue(), Resource: r.Resource, Kind: cost.Kind(r.Object)})
		priced = append(priced, cost.Resource{Resource: r.Resource, Object: r.Object})
		checked = append(checked, controls.Resource{Resource: r.Resource, Object: r.Object})
	}
	slices.SortStableFunc(out.Resources, func(a, b resourceLine) int { return strings.Compare(a.Tier, b.Tier) })
	for _, c := range controls.All().Evaluate(checked, controls.ElsewhereIn(converged.Composite)) {
		out.Controls = append(out.Controls, controlLine{ID: c.ID, Title: c.Control.Title, Severity: string(c.Control.Severity), State: string(c.State)})
	}
	estimate := cost.Of(priced)
	out.Cost = estimate.Total.String()
	for _, l := range estimate.Largest(len(estimate.Lines)) {
		out.Charges = append(out.Charges, l.Words())
	}
	return out, nil
}
