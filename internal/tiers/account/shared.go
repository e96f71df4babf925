package account

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// composeShared adds what stacks use because AWS allows only a few in an account:
// response headers policies, and policies for log delivery. Stacks use them until they
// are deleted, but AWS refuses to delete a headers policy in use.
func composeShared(s *settings.Settings, set *desired.Set) {
	if s.Partition.CloudFront {
		kit.FilesHeaders().Compose(s, set)
		kit.UploadsHeaders().Compose(s, set)
	}
	for _, w := range logWriters(s) {
		kit.ComposeLogWriter(s, set, w)
	}
}

// logWriters returns the services that write to log groups of all stacks.
func logWriters(s *settings.Settings) []kit.LogWriter {
	groups := func(region, names string) []string {
		return []string{s.Partition.ARN("logs", region, s.Account.Value, "log-group:"+names+":*")}
	}
	out := []kit.LogWriter{{
		Resource: composed.SearchLogPolicy, Name: s.Stack + "-search", Sid: "WriteSearchLogs", Service: kit.OpenSearch, Region: s.Region,
		Streams: groups(s.Region, "/aws/OpenSearchService/domains/*"), Source: s.Partition.ARN("es", s.Region, s.Account.Value, "domain/*"),
		Actions: kit.SearchLogActions(),
	}}
	if !s.Partition.CloudFront {
		return out
	}
	return append(
		out,
		kit.LogWriter{
			Resource: composed.WAFLogPolicy, Name: s.Stack + "-waf", Sid: "DeliverWAFLogs", Service: kit.LogDelivery, Region: aws.GlobalRegion,
			Streams: groups(aws.GlobalRegion, "aws-waf-logs-*"), Source: s.Partition.ARN("logs", aws.GlobalRegion, s.Account.Value, "*"),
		},
		kit.LogWriter{
			Resource: composed.QueryLogPolicy, Name: s.Stack + "-dns-queries", Sid: "WriteQueryLogs", Service: kit.Route53, Region: aws.GlobalRegion,
			Streams: groups(aws.GlobalRegion, "/aws/route53/*"), Source: s.Partition.ARN("route53", "", "", "hostedzone/*"),
		},
	)
}
