package access

import (
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// runtimeTrust trusts the services that run the application. Lambda sends no
// source. ECS and EKS send account and resource (AWS documentation, "Amazon ECS
// task IAM role" and "Create IAM role with trust policy required by EKS Pod
// Identity").
func runtimeTrust(s *settings.Settings) kit.Trust {
	source := func(service, resource string) policy.Condition {
		return kit.From(s, s.Partition.ARN(service, s.Region, s.Account.Value, resource))
	}
	var out kit.Trust
	for _, r := range s.Access.Runtimes {
		switch r {
		case v1alpha1.RuntimeLambda:
			out = out.And(kit.TrustOf("lambda.amazonaws.com", nil))
		case v1alpha1.RuntimeECS:
			out = out.And(kit.TrustOf("ecs-tasks.amazonaws.com", source("ecs", "*"), s.Account))
		case v1alpha1.RuntimeEKS:
			pods := kit.TrustOf("pods.eks.amazonaws.com", source("eks", "cluster/*"), s.Account)
			// Pod Identity identifies the pod by session tags.
			pods.Statements[0].Actions = append(pods.Statements[0].Actions, "sts:TagSession")
			out = out.And(pods)
		}
	}
	return out
}

// federatedTrust trusts tokens of an OpenID Connect provider with the audience and
// one of the subjects (AWS documentation, "Creating a role for OpenID Connect
// federation").
func federatedTrust(f *v1alpha1.FederatedIdentity) kit.Trust {
	if f == nil {
		return kit.Trust{}
	}
	_, issuer, _ := strings.Cut(f.ProviderARN, ":oidc-provider/")
	return kit.Trust{Statements: []policy.Statement{{
		Effect:    policy.Allow,
		Principal: policy.Principal{"Federated": {f.ProviderARN}},
		Actions:   []string{"sts:AssumeRoleWithWebIdentity"},
		Condition: policy.Condition{"StringEquals": {issuer + ":aud": {f.Audience}, issuer + ":sub": f.Subjects}},
	}}}
}
