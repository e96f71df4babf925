package responses

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// MaxEnvironment is the most bytes of all environment variables together (AWS
// documentation, "Lambda quotas").
const MaxEnvironment = 4096

const (
	errMode       = "modes[%s]: %q is not a mode; use %s or %s"
	errResponse   = "modes[%s]: no such response; known are %s"
	errPrincipal  = "providerPrincipals[%d]: %q is not the ARN of an IAM role or user with a part of its name, such as arn:%s:iam::123456789012:role/crossplane-*"
	errPrincipals = "providerPrincipals: none; %s needs at least one, or it might fight Crossplane; name the provider's IAM roles or users, or use %s"
	errSize       = "environment: %d bytes; Lambda takes at most %d; name fewer providerPrincipals"
)

// Environment is the function's environment variables. Lambda's limit allows
// for the one policy that it needs, and whoever may change it could change the
// function as well, so that no other way must be trusted.
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

// Mode is the mode of a response.
func (in Inputs) Mode(id string) Mode {
	if m, ok := in.Modes[id]; ok {
		return m
	}
	return Notify
}

// Validate says everything that is wrong with the inputs.
func (in Inputs) Validate() error {
	known := []string{BucketPolicyChanged, DatabaseExposed, PublicAccessUnblocked, SecurityGroupOpened, TrailStopped}
	var errs []error
	for _, id := range slices.Sorted(maps.Keys(in.Modes)) {
		if !slices.Contains(known, id) {
			errs = append(errs, fmt.Errorf(errResponse, id, strings.Join(known, ", ")))
		}
		if m := in.Modes[id]; m != Enforce && m != Notify {
			errs = append(errs, fmt.Errorf(errMode, id, m, Enforce, Notify))
		}
	}
	principal := principals(in.Partition.Name)
	for i, p := range in.ProviderPrincipals {
		if !principal.MatchString(p) {
			errs = append(errs, fmt.Errorf(errPrincipal, i, p, in.Partition.Name))
		}
	}
	if enforces := slices.Contains(slices.Collect(maps.Values(in.Modes)), Enforce); enforces && len(in.ProviderPrincipals) == 0 {
		errs = append(errs, fmt.Errorf(errPrincipals, Enforce, Notify))
	}
	if size := size(Environment(in)); size > MaxEnvironment {
		errs = append(errs, fmt.Errorf(errSize, size, MaxEnvironment))
	}
	return errors.Join(errs...)
}

// principals matches the ARNs of roles and users. The function compares them
// with the role behind a session, whose name the caller cannot choose. A mere
// asterisk would trust everybody.
func principals(partition string) *regexp.Regexp {
	return regexp.MustCompile(`^arn:` + partition + `:iam::(\*|[0-9]{12}):(role|user)/[\w+=,.@/*-]*[\w+=,.@-][\w+=,.@/*-]*$`)
}

func size(environment map[string]string) int {
	n := 0
	for k, v := range environment {
		n += len(k) + len(v)
	}
	return n
}

func text(v any) string {
	b, _ := json.Marshal(v) //nolint:errchkjson // Maps and lists of strings always marshal.
	return string(b)
}
