package settings

import (
	"cmp"
	"fmt"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/cidr"
)

// Ingress is a caller that an ingress rule of the claim admits: a range or a
// security group.
type Ingress struct {
	To          v1alpha1.IngressTarget
	Description string
	// FromPort and ToPort are the first and the last TCP port.
	FromPort, ToPort int
	// CIDR is the caller's range, Group the ID of its security group. One of them
	// is set.
	CIDR, Group string
}

// Key identifies the rule as AWS does, which rejects duplicates.
func (i Ingress) Key() string {
	return fmt.Sprintf("%s %d-%d %s", i.To, i.FromPort, i.ToPort, cmp.Or(i.CIDR, i.Group))
}

// ingress returns the callers of all rules. A caller in two rules is an error,
// because AWS rejects rules that differ only in their description.
func ingress(rules []v1alpha1.IngressRule, databasePort int) ([]Ingress, field.ErrorList) {
	path := field.NewPath("spec", "network", "ingress")
	var out []Ingress
	var errs field.ErrorList
	seen := map[string]bool{}
	add := func(path *field.Path, i Ingress) {
		if seen[i.Key()] {
			errs = append(errs, field.Duplicate(path, cmp.Or(i.CIDR, i.Group)))
			return
		}
		seen[i.Key()] = true
		out = append(out, i)
	}
	for n, r := range rules {
		rule := Ingress{To: r.To, Description: r.Description, FromPort: databasePort, ToPort: databasePort}
		if r.Port != nil {
			rule.FromPort, rule.ToPort = int(*r.Port), int(*r.Port)
		}
		if r.ToPort != nil {
			rule.ToPort = int(*r.ToPort)
		}
		for m, c := range r.CIDRs {
			caller := rule
			caller.CIDR = cidr.Range(c)
			add(path.Index(n).Child("cidrs").Index(m), caller)
		}
		for m, g := range r.SecurityGroupIDs {
			caller := rule
			caller.Group = g
			add(path.Index(n).Child("securityGroupIds").Index(m), caller)
		}
	}
	for _, to := range []v1alpha1.IngressTarget{v1alpha1.IngressToApp, v1alpha1.IngressToDatabase} {
		callers := 0
		for _, i := range out {
			if i.To == to {
				callers++
			}
		}
		if callers > mostRules {
			errs = append(errs, field.TooMany(path, callers, mostRules))
		}
	}
	return out, errs
}
