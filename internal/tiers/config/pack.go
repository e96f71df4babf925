package config

import (
	"strings"

	config "github.com/upbound/provider-aws/v2/apis/namespaced/configservice/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// packRules are about what the stack's own rules do not look at, because no tag
// tells whose it is. A pack with a rule that its region lacks is refused as a
// whole (AWS Config documentation, "List of AWS Config Managed Rules"). In the
// template a rule's ID is its logical one, which takes letters and digits only.
func packRules() []configRule {
	return []configRule{
		{id: "KeysNotToBeDeleted", identifier: "KMS_CMK_NOT_SCHEDULED_FOR_DELETION"},
		{id: "LogGroupsEncrypted", identifier: "CLOUDWATCH_LOG_GROUP_ENCRYPTED"},
		{id: "SnapshotsEncrypted", identifier: "RDS_SNAPSHOT_ENCRYPTED"},
		{id: "SnapshotsPrivate", identifier: "RDS_SNAPSHOTS_PUBLIC_PROHIBITED"},
		{id: "TopicsEncrypted", identifier: "SNS_ENCRYPTED_KMS"},
	}
}

// composeConformancePack adds them, if the claim asks for it. Like single rules
// they wait for the stack's own recorder.
func composeConformancePack(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	if !s.Config.ConformancePack {
		return
	}
	var needs []facts.Fact
	if s.Config.Recorder {
		needs = append(needs, observed.Ready(composed.ConfigRecorder))
	}
	set.Add(composed.ConformancePack, &config.ConformancePack{Spec: config.ConformancePackSpec{ForProvider: config.ConformancePackParameters{
		TemplateBody: new(packTemplate(s, packRules())),
	}}}, desired.Named(s.Stack), desired.Needs(needs...))
}

// packTemplate is the pack as AWS Config reads it: a CloudFormation template of
// rules, in YAML.
func packTemplate(s *settings.Settings, rules []configRule) string {
	var b strings.Builder
	b.WriteString("Resources:\n")
	for _, r := range rules {
		if !offered(r.identifier, s.Region) {
			continue
		}
		b.WriteString("  " + r.id + ":\n" +
			"    Type: AWS::Config::ConfigRule\n" +
			"    Properties:\n" +
			"      ConfigRuleName: " + r.id + "\n" +
			"      Source:\n" +
			"        Owner: AWS\n" +
			"        SourceIdentifier: " + r.identifier + "\n")
	}
	return b.String()
}
