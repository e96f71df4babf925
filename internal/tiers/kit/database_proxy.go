package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// SignIn allows a role to connect to a database or proxy as the application's user
// (AWS documentation, "Creating and using an IAM policy for IAM database access").
func SignIn(s *settings.Settings, to facts.Fact) policy.Statement {
	return policy.Statement{
		Sid: "SignInByIAM", Effect: policy.Allow, Actions: []string{"rds-db:connect"},
		Resources: []string{s.Partition.ARN("rds-db", s.Region, s.Account.Value, "dbuser:"+to.Value+"/"+DatabaseAppUser)},
	}
}

// ProxyEndpoint returns the host name of the proxy, once it is known.
func ProxyEndpoint(observed facts.Observed) facts.Fact {
	return observed.Fact(composed.DatabaseProxy, "status.atProvider.endpoint")
}

// ProxyName returns the name of the proxy.
func ProxyName(s *settings.Settings) string { return s.Stack + "-db-proxy" }
