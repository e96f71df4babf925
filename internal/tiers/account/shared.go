package account

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	logs "github.com/secure-ecommerce/function-secure-ecommerce/internal/models/cloudwatchlogs"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// composeShared adds what stacks use because AWS allows only a few in an account:
// response headers policies, and policies for log delivery. Stacks use them until they
// are deleted, but AWS refuses to delete a headers policy in use.
func composeShared(s *settings.Settings, set *desired.Set) {
	if s.Partition.CloudFront {
		kit.ComposeHeaders(s, set)
		kit.ComposeUploadsHeaders(s, set)
	}
	for _, w := range logWriters(s) {
		set.Add(w.resource, &logs.ResourcePolicy{Spec: logs.ResourcePolicySpec{ForProvider: logs.ResourcePolicyParameters{
			Region: new(w.region),
			PolicyDocument: new(policy.Document{Statements: []policy.Statement{{
				Sid:       w.sid,
				Effect:    policy.Allow,
				Principal: policy.Service(w.service),
				Actions:   append([]string{"logs:CreateLogStream", "logs:PutLogEvents"}, w.actions...),
				Resources: []string{s.Partition.ARN("logs", w.region, s.Account.Value, "log-group:"+w.groups+":*")},
				Condition: kit.From(s, w.sources),
			}}}.JSON()),
		}}}, desired.Named(s.Stack+"-"+w.name), desired.Needs(s.Account))
	}
}

// logWriter is a service that writes to log groups of all stacks. An account can have
// ten such policies in a region (AWS documentation, "CloudWatch Logs quotas").
type logWriter struct {
	resource, name, sid string
	service, region     string
	// groups is a pattern of the log groups' names, and sources one of the ARNs of the
	// resources whose logs the service writes.
	groups, sources string
	// actions lists additional actions.
	actions []string
}

func logWriters(s *settings.Settings) []logWriter {
	out := []logWriter{{
		resource: composed.SearchLogPolicy, name: "search", sid: "WriteSearchLogs", service: kit.OpenSearch, region: s.Region,
		groups: "/aws/OpenSearchService/domains/*", sources: s.Partition.ARN("es", s.Region, s.Account.Value, "domain/*"),
		actions: []string{"logs:PutLogEventsBatch"},
	}}
	if !s.Partition.CloudFront {
		return out
	}
	return append(
		out,
		logWriter{
			resource: composed.WAFLogPolicy, name: "waf", sid: "DeliverWAFLogs", service: kit.LogDelivery, region: aws.GlobalRegion,
			groups: "aws-waf-logs-*", sources: s.Partition.ARN("logs", aws.GlobalRegion, s.Account.Value, "*"),
		},
		logWriter{
			resource: composed.QueryLogPolicy, name: "dns-queries", sid: "WriteQueryLogs", service: "route53.amazonaws.com", region: aws.GlobalRegion,
			groups: "/aws/route53/*", sources: s.Partition.ARN("route53", "", "", "hostedzone/*"),
		},
	)
}
