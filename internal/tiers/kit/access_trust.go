package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
)

// Trust is who may assume a role, and what must be known to say so.
type Trust struct {
	Statements []policy.Statement
	Needs      []facts.Fact
}

// TrustOf lets one service assume a role, under a condition where the service
// says for whom it acts.
func TrustOf(service string, condition policy.Condition, needs ...facts.Fact) Trust {
	return Trust{Needs: needs, Statements: []policy.Statement{{
		Effect: policy.Allow, Principal: policy.Service(service), Actions: []string{"sts:AssumeRole"}, Condition: condition,
	}}}
}

// And adds those whom another trust lets in.
func (t Trust) And(other Trust) Trust {
	return Trust{Statements: append(t.Statements, other.Statements...), Needs: append(t.Needs, other.Needs...)}
}
