package responses

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/schema"
)

// MaxEnvironment is the maximum size in bytes of all environment variables (AWS
// documentation, "Lambda quotas").
const MaxEnvironment = 4096

// maxPrincipals is the maximum size in bytes of the provider's principals in JSON.
// All other variables need less than the rest.
const maxPrincipals = 2048

const (
	errPrincipal  = "must be the ARN of an IAM role or user, and must include at least part of the name; for example, arn:%s:iam::123456789012:role/crossplane-*"
	errPrincipals = "is required in mode %s to prevent responses from undoing Crossplane's changes: list the provider's IAM roles or users, or use mode %s"
	errSize       = "must not exceed %[1]d characters in JSON, but has %[2]d: list fewer principals, or use * in their names"
)

// Environment returns the function's environment variables. The function needs only
// one policy, which is within Lambda's limit. A principal that can change the
// variables could also change the function, so they need no additional protection.
func Environment(in Inputs) map[string]string {
	modes := map[string]Mode{}
	for _, r := range All(in) {
		modes[r.ID] = in.Mode(r.ID)
	}
	out := map[string]string{
		"STACK":               in.Stack,
		"STACK_TAG":           in.StackTag,
		"TOPIC_ARN":           in.Topic,
		"RESPONSE_MODES":      text(modes),
		"PROVIDER_PRINCIPALS": text(append([]string{}, in.ProviderPrincipals...)),
		"FUNCTION_ROLE":       in.FunctionRole,
		"ASSETS_BUCKET":       in.AssetsBucket,
		"ASSETS_POLICY":       in.AssetsPolicy,
		"DELETION_PROTECTION": strconv.FormatBool(in.DeletionProtection),
	}
	maps.DeleteFunc(out, func(_, v string) bool { return v == "" })
	return out
}

// Mode returns the mode of a response.
func (in Inputs) Mode(id string) Mode {
	if m, ok := in.Modes[id]; ok {
		return m
	}
	return Notify
}

// Validate returns all errors in modes and principals.
func (in Inputs) Validate() field.ErrorList {
	var errs field.ErrorList
	enforces := false
	for _, id := range slices.Sorted(maps.Keys(in.Modes)) {
		path := field.NewPath("modes").Key(id)
		if !slices.Contains(IDs(), id) {
			errs = append(errs, schema.NotSupported(path, id, IDs()))
		}
		if m := in.Modes[id]; m != Enforce && m != Notify {
			errs = append(errs, schema.NotSupported(path, string(m), []string{string(Enforce), string(Notify)}))
		}
		enforces = enforces || in.Modes[id] == Enforce
	}
	path, principal := field.NewPath("providerPrincipals"), principals(in.Partition.Name)
	for i, p := range in.ProviderPrincipals {
		if !principal.MatchString(p) {
			errs = append(errs, field.Invalid(path.Index(i), p, fmt.Sprintf(errPrincipal, in.Partition.Name)))
		}
	}
	if enforces && len(in.ProviderPrincipals) == 0 {
		errs = append(errs, field.Required(path, fmt.Sprintf(errPrincipals, Enforce, Notify)))
	}
	if n := len(text(in.ProviderPrincipals)); n > maxPrincipals {
		errs = append(errs, field.Invalid(path, field.OmitValueType{}, fmt.Sprintf(errSize, maxPrincipals, n)))
	}
	return errs
}

// principals matches the ARNs of roles and users. The function compares them with
// the role of a session, because the caller can choose the session's name. A single
// asterisk would trust all principals.
func principals(partition string) *regexp.Regexp {
	return regexp.MustCompile(`^arn:` + partition + `:iam::(\*|[0-9]{12}):(role|user)/[\w+=,.@/*-]*[\w+=,.@-][\w+=,.@/*-]*$`)
}

func text(v any) string {
	b, _ := json.Marshal(v) //nolint:errchkjson // Maps and lists of strings always marshal.
	return string(b)
}
