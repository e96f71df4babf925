package waf

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/wafv2"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// composeWAF adds the web ACL of the distribution, its IP sets and its logs. Like
// all resources of the edge, they are in us-east-1.
func composeWAF(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	if !s.Partition.CloudFront {
		return
	}
	lists := composeLists(s, observed, set)
	set.Add(composed.WebACL, &wafv2.WebACL{Spec: wafv2.WebACLSpec{ForProvider: wafv2.WebACLParameters{
		Region:        new(aws.GlobalRegion),
		Scope:         new("CLOUDFRONT"),
		Name:          new(s.Stack),
		Description:   new("Guards the distribution of " + s.Stack),
		DefaultAction: &wafv2.DefaultActionParameters{Allow: &wafv2.AllowParameters{}},
		RuleJSON:      new(webACLRules(s.WAF, lists)),
		VisibilityConfig: &wafv2.WebACLVisibilityConfigParameters{
			CloudwatchMetricsEnabled: new(true),
			MetricName:               new(s.Stack),
			SampledRequestsEnabled:   new(true),
		},
	}}}, desired.Needs(lists.facts()...))
	composeWAFLogs(s, observed, set)
}

// composeWAFLogs adds the log of the web ACL's decisions, without credentials. A
// region can have ten policies for log delivery, so a platform with more stacks
// must create one for all.
func composeWAFLogs(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	kit.ComposeLogGroup(s, set, kit.LogGroup{Resource: composed.WAFLogGroup, Name: kit.WafLogGroup(s), Region: aws.GlobalRegion, Key: composed.EdgeKey})
	group := s.Partition.ARN("logs", aws.GlobalRegion, s.Account.Value, "log-group:"+kit.WafLogGroup(s))
	if !s.Existing.LogDelivery {
		kit.ComposeLogWriter(s, set, kit.LogWriter{
			Resource: composed.WAFLogPolicy, Name: kit.WafLogGroup(s), Sid: "DeliverWAFLogs", Service: kit.LogDelivery, Region: aws.GlobalRegion,
			Streams: []string{group + ":log-stream:*"}, Source: s.Partition.ARN("logs", aws.GlobalRegion, s.Account.Value, "*"),
		})
	}
	set.Add(composed.WAFLogging, &wafv2.WebACLLoggingConfiguration{Spec: wafv2.WebACLLoggingConfigurationSpec{ForProvider: wafv2.WebACLLoggingConfigurationParameters{
		Region:                new(aws.GlobalRegion),
		ResourceArnRef:        set.Ref(composed.WebACL),
		LogDestinationConfigs: kit.Pointers([]string{group}),
		RedactedFields: []wafv2.RedactedFieldsParameters{
			{SingleHeader: &wafv2.SingleHeaderParameters{Name: new("authorization")}},
			{SingleHeader: &wafv2.SingleHeaderParameters{Name: new("cookie")}},
		},
	}}}, desired.Needs(s.Account, observed.Ready(composed.WAFLogGroup)), desired.Before(composed.WAFLogGroup))
}

// reportWAF reports the web ACL and its mode.
func reportWAF(s *settings.Settings, observed facts.Observed, status *v1alpha1.SecureEcommerceStatus) {
	if !observed.Has(composed.WebACL) {
		return
	}
	status.WAF = v1alpha1.WAFStatus{
		WebACLARN: observed.ARN(composed.WebACL).Value,
		Mode:      s.WAF.Mode,
		LogGroup:  kit.WafLogGroup(s),
	}
}
