package alarms

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// Metrics of mail, and the dimension of a configuration set.
const (
	mailMetrics   = "AWS/SES"
	mailDimension = "ses:configuration-set"
)

// mailAlarms returns alarms for the rates of bounces and complaints. SES reviews
// accounts from 5 % of bounces and 0.1 % of complaints (Amazon SES Developer Guide,
// "Creating reputation monitoring alarms using CloudWatch").
func mailAlarms(s *settings.Settings) []alarm {
	if s.Mail == nil {
		return nil
	}
	out := []alarm{
		{
			name: "mail-bounces", description: "More than 5 % of all mail bounces, and SES may stop sending. The mail events topic reports the addresses.",
			metric: "Reputation.BounceRate", threshold: 0.05,
		},
		{
			name: "mail-complaints", description: "More than 0.1 % of all mail is marked as spam, and SES may stop sending. Check the content and the recipients.",
			metric: "Reputation.ComplaintRate", threshold: 0.001,
		},
	}
	for i := range out {
		out[i].namespace, out[i].dimensions = mailMetrics, map[string]string{mailDimension: kit.MailConfigurationSet(s)}
		out[i].statistic, out[i].comparison, out[i].periods, out[i].silence = "Maximum", above, 1, silenceIsSilence
	}
	return out
}

// mailGraphs returns graphs of bounces and complaints.
func mailGraphs(s *settings.Settings) []graph {
	if s.Mail == nil {
		return nil
	}
	set := []string{mailDimension, kit.MailConfigurationSet(s)}
	return []graph{{title: "Mail: rates of bounces and complaints", region: s.Region, statistic: "Maximum", lines: []line{
		{namespace: mailMetrics, metric: "Reputation.BounceRate", dimensions: set},
		{namespace: mailMetrics, metric: "Reputation.ComplaintRate", dimensions: set},
	}}}
}
