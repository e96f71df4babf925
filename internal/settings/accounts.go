package settings

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	xpcommon "github.com/crossplane/crossplane-runtime/v2/apis/common"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/platform"
)

// place is the account of a stack, as far as the platform's input names it, and its
// credentials.
type place struct {
	account string
	// path is the field that selected the account.
	path   *field.Path
	config *inputv1alpha1.ProviderConfigReference
}

// placeOf returns the platform's first account that matches the stack, or the
// default account.
func placeOf(c *claim.Claim, region string, in *inputv1alpha1.Input) place {
	namespace, _, _ := strings.Cut(c.Owner, "/")
	for i, a := range in.Accounts {
		if fits(a.Regions, v1alpha1.Region(region)) && fits(a.Environments, c.Spec.Environment) && fits(a.Namespaces, namespace) {
			return place{account: a.AccountID, path: field.NewPath("accounts").Index(i).Child("accountId"), config: a.ProviderConfigRef}
		}
	}
	return place{account: in.AccountID, path: field.NewPath("accountId"), config: in.ProviderConfigRef}
}

// fits reports whether a value is in a list. An empty list accepts every value.
func fits[T comparable](asked []T, value T) bool {
	return len(asked) == 0 || slices.Contains(asked, value)
}

// account decides the stack's account and credentials. A stack cannot move to
// another account: Crossplane would create everything there again and lose track of
// the resources here.
func (d *decision) account(region string) (facts.Fact, xpcommon.ProviderConfigReference, error) {
	p := placeOf(d.claim, region, d.input)
	lives := facts.Fact{Resource: composed.VPC, Path: "account in " + facts.ARN}
	// An account has no VPC, but a topic for its alarms.
	for _, r := range append([]string{composed.VPC, composed.AlarmsTopic}, d.observed.Names()...) {
		if lives.Known() {
			break // All of a stack's resources are in one account.
		}
		lives = lives.Or(aws.AccountOf(d.observed.String(r, facts.ARN)))
	}
	if p.account != "" && lives.Known() && lives.Value != p.account {
		return facts.Fact{}, xpcommon.ProviderConfigReference{}, platform.InvalidError{field.Invalid(p.path, p.account,
			fmt.Sprintf("the stack is in account %s and cannot be moved: set accountId to %s in the input, or delete and recreate the stack", lives.Value, lives.Value))}
	}
	config := xpcommon.ProviderConfigReference{Kind: "ClusterProviderConfig", Name: "default"}
	if p.config != nil {
		config.Kind = cmp.Or(string(p.config.Kind), config.Kind)
		config.Name = cmp.Or(p.config.Name, config.Name)
	}
	return lives.Or(p.account), config, nil
}
