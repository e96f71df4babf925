package config

import (
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	config "github.com/secure-ecommerce/function-secure-ecommerce/internal/models/configservice"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// packRules returns the rules for resources without tags, which the stack's own
// rules cannot cover. AWS rejects the whole pack if a region lacks one of its rules
// (AWS Config documentation, "List of AWS Config Managed Rules"). In the template,
// a rule's ID is its logical ID, which allows only letters and digits.
func packRules() []configRule {
	return []configRule{
		{id: "KeysNotToBeDeleted", identifier: "KMS_CMK_NOT_SCHEDULED_FOR_DELETION"},
		{id: "LogGroupsEncrypted", identifier: "CLOUDWATCH_LOG_GROUP_ENCRYPTED"},
		{id: "SnapshotsEncrypted", identifier: "RDS_SNAPSHOT_ENCRYPTED"},
		{id: "SnapshotsPrivate", identifier: "RDS_SNAPSHOTS_PUBLIC_PROHIBITED"},
		{id: "TopicsEncrypted", identifier: "SNS_ENCRYPTED_KMS"},
	}
}

// composeConformancePack adds the pack, if the claim enables it. Like rules, it
// waits for the stack's own recorder.
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

// packTemplate returns the pack in AWS Config's format: a CloudFormation template
// of rules in YAML.
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
