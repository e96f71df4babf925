package kit

import (
	"slices"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	logs "github.com/secure-ecommerce/function-secure-ecommerce/internal/models/cloudwatchlogs"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// LogWriter is a service that writes to log groups. An account can have ten such
// policies in a region (AWS documentation, "CloudWatch Logs quotas").
type LogWriter struct {
	Resource, Name, Sid string
	Service, Region     string
	// Streams lists the ARNs of the log streams, which can contain wildcards.
	Streams []string
	// Source is the ARN of the resource whose logs the service writes. It can contain
	// wildcards.
	Source string
	// Actions lists additional actions.
	Actions []string
}

// ComposeLogWriter adds the policy that allows a service to write logs.
func ComposeLogWriter(s *settings.Settings, set *desired.Set, w LogWriter, opts ...desired.Option) {
	set.Add(w.Resource, &logs.ResourcePolicy{Spec: logs.ResourcePolicySpec{ForProvider: logs.ResourcePolicyParameters{
		Region: new(w.Region),
		PolicyDocument: new(policy.Document{Statements: []policy.Statement{{
			Sid:       w.Sid,
			Effect:    policy.Allow,
			Principal: policy.Service(w.Service),
			Actions:   append([]string{"logs:CreateLogStream", "logs:PutLogEvents"}, w.Actions...),
			Resources: w.Streams,
			Condition: From(s, w.Source),
		}}}.JSON()),
	}}}, slices.Concat([]desired.Option{desired.Named(w.Name), desired.Needs(s.Account)}, opts)...)
}
