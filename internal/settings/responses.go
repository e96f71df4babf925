package settings

import (
	"cmp"
	"fmt"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/platform"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/responses"
)

// Responses contains the effective settings of automated responses.
type Responses struct {
	// Modes is the mode of each response, by ID. It is empty if responses are off.
	Modes map[string]responses.Mode
	// InVPC reports whether the function runs in private subnets. It cannot move
	// out again, because the provider keeps resolved subnets.
	InVPC bool
	// CodeSigning reports whether the function runs only signed code.
	CodeSigning bool
	// ProviderPrincipals lists the principals that change AWS resources for
	// Crossplane.
	ProviderPrincipals []string
	// ReserveConcurrency reports whether the function reserves concurrency.
	ReserveConcurrency bool
}

// responses decides the settings of responses.
func (d *decision) responses(on bool, p aws.Partition) (Responses, error) {
	out := Responses{
		Modes:              map[string]responses.Mode{},
		CodeSigning:        d.claim.Spec.Guardrails.Responses.CodeSigning,
		ProviderPrincipals: d.input.ProviderPrincipals,
		ReserveConcurrency: !d.input.UnreservedConcurrency,
	}
	if !on {
		return out, nil
	}
	modes, err := d.responseModes(p)
	if err != nil {
		return out, err
	}
	out.Modes, out.InVPC = modes, d.responsesInVPC()
	return out, nil
}

// responsesInVPC reports whether the function runs in the VPC, by the claim or
// because it already does.
func (d *decision) responsesInVPC() bool {
	if d.claim.Spec.Guardrails.Responses.InVPC {
		return true
	}
	if d.observed.String(composed.ResponsesFunction, "spec.forProvider.vpcConfig.subnetIdRefs[0].name") == "" {
		return false
	}
	d.pin("spec.guardrails.responses.inVpc", "false", "true")
	return true
}

// ResponseMode is a response's field in the API.
type ResponseMode struct {
	ID, Field string
	Mode      *v1alpha1.ResponseMode
}

// ResponseModesOf returns the modes in the order of the API.
func ResponseModesOf(m *v1alpha1.ResponseModes) []ResponseMode {
	return []ResponseMode{
		{responses.SecurityGroupOpened, "securityGroupOpened", &m.SecurityGroupOpened},
		{responses.PublicAccessUnblocked, "publicAccessUnblocked", &m.PublicAccessUnblocked},
		{responses.DatabaseExposed, "databaseExposed", &m.DatabaseExposed},
		{responses.BucketPolicyChanged, "bucketPolicyChanged", &m.BucketPolicyChanged},
		{responses.TrailStopped, "trailStopped", &m.TrailStopped},
	}
}

const errEnforce = "mode %s requires providerPrincipals in the platform's input: ask the platform team to set providerPrincipals, or use mode %s"

// responseModes returns the mode of each response. The default is Enforce if the
// provider's principals are known. Otherwise, a response might revert Crossplane's
// own changes.
func (d *decision) responseModes(p aws.Partition) (map[string]responses.Mode, error) {
	spec, known := d.claim.Spec.Guardrails.Responses, len(d.input.ProviderPrincipals) > 0
	standard := v1alpha1.ResponseModeNotify
	if known {
		standard = v1alpha1.ResponseModeEnforce
	}
	path := field.NewPath("spec", "guardrails", "responses")
	var errs field.ErrorList
	refuse := func(p *field.Path, asked v1alpha1.ResponseMode) {
		if asked == v1alpha1.ResponseModeEnforce && !known {
			errs = append(errs, field.Forbidden(p, fmt.Sprintf(errEnforce, v1alpha1.ResponseModeEnforce, v1alpha1.ResponseModeNotify)))
		}
	}
	refuse(path.Child("mode"), spec.Mode)
	modes := map[string]responses.Mode{}
	for _, m := range ResponseModesOf(&spec.Modes) {
		refuse(path.Child("modes", m.Field), *m.Mode)
		modes[m.ID] = responses.Mode(cmp.Or(*m.Mode, spec.Mode, standard))
	}
	if len(errs) > 0 {
		return nil, claim.InvalidError(errs)
	}
	if errs := (responses.Inputs{Partition: p, ProviderPrincipals: d.input.ProviderPrincipals, Modes: modes}).Validate(); len(errs) > 0 {
		return nil, platform.InvalidError(errs)
	}
	return modes, nil
}
