package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
)

// Trust is a trust policy, and the facts that it needs.
type Trust struct {
	Statements []policy.Statement
	Needs      []facts.Fact
}

// TrustOf trusts one service, with a condition if the service sends its source.
func TrustOf(service string, condition policy.Condition, needs ...facts.Fact) Trust {
	return Trust{Needs: needs, Statements: []policy.Statement{{
		Effect: policy.Allow, Principal: policy.Service(service), Actions: []string{"sts:AssumeRole"}, Condition: condition,
	}}}
}

// And combines two trust policies.
func (t Trust) And(other Trust) Trust {
	return Trust{Statements: append(t.Statements, other.Statements...), Needs: append(t.Needs, other.Needs...)}
}
