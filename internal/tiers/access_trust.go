package tiers

import (
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// trust is who may assume a role, and what must be known to say so.
type trust struct {
	statements []policy.Statement
	needs      []facts.Fact
}

// trustOf lets one service assume a role, under a condition where the service
// says for whom it acts.
func trustOf(service string, condition policy.Condition, needs ...facts.Fact) trust {
	return trust{needs: needs, statements: []policy.Statement{{
		Effect: policy.Allow, Principal: policy.Service(service), Actions: []string{"sts:AssumeRole"}, Condition: condition,
	}}}
}

// and adds those whom another trust lets in.
func (t trust) and(other trust) trust {
	return trust{statements: append(t.statements, other.statements...), needs: append(t.needs, other.needs...)}
}

// runtimeTrust lets in what runs the application. Lambda says for nobody whom it
// acts; ECS and EKS say by account and by resource (AWS documentation, "Amazon
// ECS task IAM role" and "Create IAM role with trust policy required by EKS Pod
// Identity").
func runtimeTrust(s *settings.Settings) trust {
	source := func(service, resource string) policy.Condition {
		return policy.StringEquals("aws:SourceAccount", s.Account.Value).And(policy.Condition{
			"ArnLike": {"aws:SourceArn": {s.Partition.ARN(service, s.Region, s.Account.Value, resource)}},
		})
	}
	var out trust
	for _, r := range s.Claim.Spec.Access.Runtimes {
		switch r {
		case v1alpha1.RuntimeLambda:
			out = out.and(trustOf("lambda.amazonaws.com", nil))
		case v1alpha1.RuntimeECS:
			out = out.and(trustOf("ecs-tasks.amazonaws.com", source("ecs", "*"), s.Account))
		case v1alpha1.RuntimeEKS:
			pods := trustOf("pods.eks.amazonaws.com", source("eks", "cluster/*"), s.Account)
			// Pod Identity tells by tags which pod it is.
			pods.statements[0].Actions = append(pods.statements[0].Actions, "sts:TagSession")
			out = out.and(pods)
		}
	}
	return out
}

// federatedTrust lets in who has a token of an OpenID Connect provider for one of
// the subjects and the audience (AWS documentation, "Creating a role for OpenID
// Connect federation").
func federatedTrust(f *v1alpha1.FederatedIdentity) trust {
	if f == nil {
		return trust{}
	}
	_, issuer, _ := strings.Cut(f.ProviderARN, ":oidc-provider/")
	return trust{statements: []policy.Statement{{
		Effect:    policy.Allow,
		Principal: policy.Principal{"Federated": {f.ProviderARN}},
		Actions:   []string{"sts:AssumeRoleWithWebIdentity"},
		Condition: policy.Condition{"StringEquals": {issuer + ":aud": {f.Audience}, issuer + ":sub": f.Subjects}},
	}}}
}
