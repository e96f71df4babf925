package waf

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
)

// ManagedRules returns the rules with possible exceptions. Each has the names of
// its rule group and its label.
func ManagedRules() map[string][2]string {
	out := map[string][2]string{}
	for name, r := range managedRuleLabels {
		out[string(name)] = [2]string{r.group, r.label}
	}
	return out
}

// WebACLRules returns the rules in JSON, with the ARNs of the sets of each list.
func WebACLRules(waf v1alpha1.WAFSpec, allowed, blocked []string, restricted ...[]string) string {
	of := func(arns []string) list {
		var out list
		for _, arn := range arns {
			out = append(out, facts.Fact{Value: arn})
		}
		return out
	}
	l := lists{allowed: of(allowed), blocked: of(blocked)}
	for _, r := range restricted {
		l.restricted = append(l.restricted, of(r))
	}
	return webACLRules(waf, l)
}
