// Package answer writes a composed stack into a response: resources with their
// readiness, conditions, status, connection details and results.
package answer

import (
	"fmt"
	"maps"
	"strconv"
	"strings"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/response"
	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/runtime"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/controls"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/readiness"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers"
)

const (
	errCompose = "cannot compose the stack: %w"
	errTaken   = "an earlier function of the pipeline already desires resources with the names of this stack's: %s"
	errStatus  = "cannot write status: %w"
)

// ConditionAccepted is the condition that says whether claim and input are
// valid.
const ConditionAccepted = "Accepted"

// Composed is the resources that tiers composed, or everything that is wrong
// with them.
type Composed interface {
	Resources() ([]desired.Resource, error)
}

// Write adds a stack to a response that already holds what earlier functions of
// the pipeline desire, and returns whether all of it is ready. It refuses to
// overwrite what they desire.
func Write(rsp *fnv1.RunFunctionResponse, s *settings.Settings, observed facts.Observed, all []tiers.Tier, composed Composed) (bool, error) {
	resources, err := composed.Resources()
	if err != nil {
		return false, fmt.Errorf(errCompose, err)
	}
	if err := writeResources(rsp, observed, resources); err != nil {
		return false, err
	}
	status := v1alpha1.SecureEcommerceStatus{AccountID: s.Account.Value, Region: s.Region}
	response.ConditionTrue(rsp, ConditionAccepted, "Valid").TargetCompositeAndClaim()
	ready := true
	for _, t := range all {
		progress := readiness.Of(t.Name, t.Condition, ofTier(t.Name, resources), observed)
		ready = ready && progress.Done()
		writeCondition(rsp, progress)
		status.Tiers = append(status.Tiers, v1alpha1.TierStatus{
			Name:      t.Name,
			Resources: int32(progress.Resources), //nolint:gosec // At most a few hundred.
			Ready:     int32(progress.Ready),     //nolint:gosec // As above.
			Waiting:   int32(progress.Waiting),   //nolint:gosec // As above.
		})
		t.Report(s, observed, &status)
	}
	status.Controls = controlled(resources)
	for _, p := range s.Pinned {
		response.Warning(rsp, fmt.Errorf("%s", p)).TargetCompositeAndClaim() //nolint:err113 // A result, not an error.
	}
	return ready, writeComposite(rsp, status, ready)
}

// controlled counts how the stack stands to all security controls.
func controlled(resources []desired.Resource) v1alpha1.ControlsStatus {
	composed := make([]controls.Resource, 0, len(resources))
	for _, r := range resources {
		if r.Object != nil {
			composed = append(composed, controls.Resource{Role: r.Role, Object: r.Object})
		}
	}
	t := controls.All().Totals(composed)
	return v1alpha1.ControlsStatus{Met: t[controls.StateMet], NotMet: t[controls.StateNotMet], OptIn: t[controls.StateOptIn], NotApplicable: t[controls.StateNotApplicable]}
}

func ofTier(name string, resources []desired.Resource) []desired.Resource {
	var out []desired.Resource
	for _, r := range resources {
		if r.Tier == name {
			out = append(out, r)
		}
	}
	return out
}

// writeResources adds the resources. Readiness is said of each one, so that no
// later function has to guess.
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
		if _, ok := rsp.GetDesired().GetResources()[r.Role]; ok {
			taken = append(taken, r.Role)
			continue
		}
		ready := fnv1.Ready_READY_FALSE
		if readiness.Resource(r, observed) {
			ready = fnv1.Ready_READY_TRUE
		}
		rsp.Desired.Resources[r.Role] = &fnv1.Resource{Resource: r.Object, Ready: ready}
	}
	if len(taken) > 0 {
		return fmt.Errorf(errTaken, strings.Join(taken, ", "))
	}
	return nil
}

func writeCondition(rsp *fnv1.RunFunctionResponse, t readiness.Tier) {
	if t.Done() {
		response.ConditionTrue(rsp, t.Condition, t.Reason).WithMessage(t.Message).TargetCompositeAndClaim()
		return
	}
	response.ConditionFalse(rsp, t.Condition, t.Reason).WithMessage(t.Message).TargetCompositeAndClaim()
}

// writeComposite sets the composite's status beside what earlier functions set,
// and its connection details. Crossplane counts what is composed; what still
// waits makes the composite not ready too.
func writeComposite(rsp *fnv1.RunFunctionResponse, status v1alpha1.SecureEcommerceStatus, ready bool) error {
	object, _ := runtime.DefaultUnstructuredConverter.ToUnstructured(&status) // A struct of texts and numbers always converts.
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
	if xr.GetConnectionDetails() == nil {
		xr.ConnectionDetails = map[string][]byte{}
	}
	for k, v := range connection(status) {
		xr.ConnectionDetails[k] = []byte(v)
	}
	xr.Ready = fnv1.Ready_READY_FALSE
	if ready {
		xr.Ready = fnv1.Ready_READY_TRUE
	}
	return nil
}

// connection is where things are; never what opens them.
func connection(status v1alpha1.SecureEcommerceStatus) map[string]string {
	out := map[string]string{
		"region":            status.Region,
		"assetsBucket":      status.Assets.Bucket,
		"cdnDomain":         status.CDN.Domain,
		"databaseEndpoint":  status.Database.Endpoint,
		"databaseName":      status.Database.Name,
		"databaseSecretArn": status.Database.SecretARN,
		"appSecretArn":      status.Secrets.AppSecretARN,
		"appRoleArn":        status.Access.AppRoleARN,
	}
	if status.Database.Port != 0 {
		out["databasePort"] = strconv.Itoa(int(status.Database.Port))
	}
	for k, v := range out {
		if v == "" {
			delete(out, k)
		}
	}
	return out
}

// pruned is an object without empty objects, which the status of a young stack
// would be full of.
func pruned(object map[string]any) map[string]any {
	for k, v := range object {
		if m, ok := v.(map[string]any); ok && len(pruned(m)) == 0 {
			delete(object, k)
		}
	}
	return object
}
