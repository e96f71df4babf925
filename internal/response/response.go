// Package response writes a composed stack to a response: resources with their
// readiness, conditions, status, connection details and results.
package response

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	sdkresponse "github.com/crossplane/function-sdk-go/response"
	"google.golang.org/protobuf/types/known/structpb"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/controls"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/cost"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/readiness"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

const (
	errCompose = "cannot compose the stack: %w"
	errTaken   = "an earlier function in the pipeline already composes resources with these names: %s"
	errStatus  = "cannot write status: %w"
)

// ConditionAccepted is the condition that reports whether claim and input are
// valid.
const ConditionAccepted = "Accepted"

// Composed contains the resources that tiers composed, or all errors.
type Composed interface {
	Resources() ([]desired.Resource, error)
	// Planned returns the same resources, with the future objects of waiting
	// resources.
	Planned() ([]desired.Resource, error)
}

// Write adds a stack to a response that already contains the desired state of
// earlier functions. It returns the expected pace. It does not overwrite the
// desired state of earlier functions.
func Write(rsp *fnv1.RunFunctionResponse, s *settings.Settings, observed facts.Observed, all []kit.Tier, composed Composed) (readiness.Pace, error) {
	resources, err := composed.Resources()
	if err != nil {
		return readiness.Stuck, fmt.Errorf(errCompose, err)
	}
	status := v1alpha1.SecureEcommerceStatus{AccountID: s.Account.Value, Region: s.Region, DeletionPolicy: s.DeletionPolicy}
	if s.Shared != nil {
		status.SharedAccount = s.Shared.Name
	}
	conditions := make([]readiness.Tier, 0, len(all))
	byTier := map[string][]desired.Resource{}
	for _, r := range resources {
		byTier[r.Tier] = append(byTier[r.Tier], r)
	}
	for _, t := range all {
		progress := readiness.Of(t.Name, t.Condition, byTier[t.Name], observed)
		if why := t.Absent(s); why != "" {
			progress.Reason, progress.Message = readiness.SwitchedOff, why
		}
		conditions = append(conditions, progress)
		status.Tiers = append(status.Tiers, v1alpha1.TierStatus{
			Name:      t.Name,
			Resources: int32(progress.Resources), //nolint:gosec // At most a few hundred.
			Ready:     int32(progress.Ready),     //nolint:gosec // As above.
			Waiting:   int32(progress.Waiting),   //nolint:gosec // As above.
		})
		t.Report(s, observed, &status)
	}
	status.Controls = controlled(resources, controls.ElsewhereOf(s.IsAccount, s.Shared != nil))
	if status.Cost, err = estimated(composed); err != nil {
		return readiness.Stuck, fmt.Errorf(errCompose, err)
	}
	details := map[string]string{}
	if !s.IsAccount {
		details = connection(status)
	}
	if s.Scope == scope.Namespaced && !s.IsAccount {
		resources = append(resources, connectionSecret(s, observed, details))
	}
	if err := writeResources(rsp, observed, resources); err != nil {
		return readiness.Stuck, err
	}
	pace := readiness.PaceOf(resources, observed)
	if err := writeComposite(rsp, status, pace == readiness.Settled); err != nil {
		return readiness.Stuck, err
	}
	writeDetails(rsp, details)
	sdkresponse.ConditionTrue(rsp, ConditionAccepted, "Valid").TargetCompositeAndClaim()
	for _, c := range conditions {
		writeCondition(rsp, c.Condition, c.Status(), c.Reason, c.Message)
		if c.Overdue != "" {
			sdkresponse.Warning(rsp, fmt.Errorf("%s: %s", c.Condition, c.Overdue)).TargetCompositeAndClaim() //nolint:err113 // A result, not an error.
		}
	}
	for _, p := range append(slices.Clone(s.Pinned), s.Warnings...) {
		sdkresponse.Warning(rsp, fmt.Errorf("%s", p)).TargetCompositeAndClaim() //nolint:err113 // A result, not an error.
	}
	return pace, nil
}

// Refuse writes the reason for a missing stack. Crossplane then changes neither
// resources nor Ready, and sets absent conditions to Unknown. Refuse therefore
// reports the known state of each tier.
func Refuse(rsp *fnv1.RunFunctionResponse, observed facts.Observed, all []kit.Tier, reason string, err error) {
	sdkresponse.ConditionFalse(rsp, ConditionAccepted, reason).WithMessage(err.Error()).TargetCompositeAndClaim()
	sdkresponse.Fatal(rsp, err)
	for _, t := range all {
		writeRemembered(rsp, t, observed)
	}
}

// writeRemembered writes the condition of a tier from its observed resources.
// Waiting resources are not among them, so a tier can only be ready if it was
// before.
func writeRemembered(rsp *fnv1.RunFunctionResponse, t kit.Tier, observed facts.Observed) {
	var resources []desired.Resource
	for _, r := range observed.Names() {
		if observed.String(r, "metadata.labels["+desired.LabelTier+"]") == t.Name {
			resources = append(resources, desired.Resource{Resource: r})
		}
	}
	now, before := readiness.Of(t.Name, t.Condition, resources, observed), observed.CompositeCondition(t.Condition)
	switch {
	case !now.Done():
		writeCondition(rsp, t.Condition, metav1.ConditionFalse, now.Reason, now.Message)
	case before.Status == "True", before.Status == "False", readiness.Absent(before.Reason):
		writeCondition(rsp, t.Condition, metav1.ConditionStatus(before.Status), before.Reason, before.Message)
	}
}

// controlled counts the states of all security controls.
func controlled(resources []desired.Resource, elsewhere controls.Elsewhere) v1alpha1.ControlsStatus {
	composed := make([]controls.Resource, 0, len(resources))
	for _, r := range resources {
		if r.Object != nil {
			composed = append(composed, controls.Resource{Resource: r.Resource, Object: r.Object})
		}
	}
	t := controls.All().Totals(composed, elsewhere)
	return v1alpha1.ControlsStatus{Met: t[controls.StateMet], NotMet: t[controls.StateNotMet], OptIn: t[controls.StateOptIn], NotApplicable: t[controls.StateNotApplicable]}
}

// estimated returns the estimated cost of a stack. It is nil if everything is free.
func estimated(composed Composed) (*v1alpha1.CostStatus, error) {
	planned, err := composed.Planned()
	if err != nil {
		return nil, err //nolint:wrapcheck // The caller adds context.
	}
	e := cost.Planned(planned)
	if e.Total == 0 {
		return nil, nil //nolint:nilnil // No estimate is a valid result.
	}
	return &v1alpha1.CostStatus{MonthlyUSD: e.Total.String(), PricesAsOf: cost.AsOf()}, nil
}

// writeResources adds the resources. It sets the readiness of each, so that no
// later function has to guess it.
func writeResources(rsp *fnv1.RunFunctionResponse, observed facts.Observed, resources []desired.Resource) error {
	if rsp.GetDesired() == nil {
		rsp.Desired = &fnv1.State{}
	}
	if rsp.GetDesired().GetResources() == nil {
		rsp.Desired.Resources = map[string]*fnv1.Resource{}
	}
	var taken []string
	for _, r := range resources {
		if r.Object == nil {
			continue
		}
		if _, ok := rsp.GetDesired().GetResources()[r.Resource]; ok {
			taken = append(taken, r.Resource)
			continue
		}
		ready := fnv1.Ready_READY_FALSE
		if readiness.Resource(r, observed) {
			ready = fnv1.Ready_READY_TRUE
		}
		rsp.Desired.Resources[r.Resource] = &fnv1.Resource{Resource: r.Object, Ready: ready}
	}
	if len(taken) > 0 {
		return fmt.Errorf(errTaken, strings.Join(taken, ", "))
	}
	return nil
}

func writeCondition(rsp *fnv1.RunFunctionResponse, kind string, status metav1.ConditionStatus, reason, message string) {
	write := sdkresponse.ConditionUnknown
	switch status {
	case metav1.ConditionTrue:
		write = sdkresponse.ConditionTrue
	case metav1.ConditionFalse:
		write = sdkresponse.ConditionFalse
	case metav1.ConditionUnknown:
		// This applies to every other value of an observed condition.
	}
	write(rsp, kind, reason).WithMessage(message).TargetCompositeAndClaim()
}

// writeComposite adds the status to that of earlier functions. Crossplane counts
// only composed resources, so waiting resources make the composite unready
// explicitly.
func writeComposite(rsp *fnv1.RunFunctionResponse, status v1alpha1.SecureEcommerceStatus, ready bool) error {
	object, err := runtime.DefaultUnstructuredConverter.ToUnstructured(&status)
	if err != nil {
		return fmt.Errorf(errStatus, err)
	}
	fields, err := structpb.NewStruct(pruned(object))
	if err != nil {
		return fmt.Errorf(errStatus, err)
	}
	if rsp.GetDesired().GetComposite() == nil {
		rsp.Desired.Composite = &fnv1.Resource{}
	}
	xr := rsp.GetDesired().GetComposite()
	if xr.GetResource() == nil {
		xr.Resource = &structpb.Struct{}
	}
	if xr.GetResource().GetFields() == nil {
		xr.Resource.Fields = map[string]*structpb.Value{}
	}
	merged := xr.GetResource().GetFields()["status"].GetStructValue()
	if merged.GetFields() == nil {
		merged = &structpb.Struct{Fields: map[string]*structpb.Value{}}
	}
	maps.Copy(merged.GetFields(), fields.GetFields())
	xr.Resource.Fields["status"] = structpb.NewStructValue(merged)
	xr.Ready = fnv1.Ready_READY_FALSE
	if ready {
		xr.Ready = fnv1.Ready_READY_TRUE
	}
	return nil
}

// pruned removes empty objects, of which the status of a new stack would have many.
func pruned(object map[string]any) map[string]any {
	for k, v := range object {
		if m, ok := v.(map[string]any); ok && len(pruned(m)) == 0 {
			delete(object, k)
		}
	}
	return object
}
