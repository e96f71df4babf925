package config_test

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/config"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

// everyRule contains claims that together have all rules.
var everyRule = []string{
	`{"region":"eu-west-1","guardrails":{"config":{"accountRules":true,"edgeRules":true,"conformancePack":true}},"uploads":{"path":"/media/*"},` +
		`"app":{"services":[{"image":"123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1"}]}}`,
	`{"region":"eu-west-1","database":{"engine":"aurora-postgresql"},"cache":{"authentication":"IAM"}}`,
	`{"region":"eu-west-1","search":{"instanceType":"m6g.large.search","instances":4,"dedicatedMasters":true}}`,
}

// AWS Config rejects a rule without a required parameter, and a scope for a
// periodic rule.
func TestManagedRules(t *testing.T) {
	used := map[string]bool{}
	for _, spec := range everyRule {
		for r, resource := range tiertest.Composed(t, spec, nil, tiertest.Platform()).Resources {
			if !composed.IsConfigRule(r) {
				continue
			}
			identifier, _ := tiertest.Field(t, resource, "source.sourceIdentifier").(string)
			used[identifier] = true
			rule, known := config.ManagedRule(identifier)
			if !known {
				t.Errorf("managed-rules.csv lacks %s", identifier)
				continue
			}
			given := map[string]string{}
			if text, ok := tiertest.Field(t, resource, "inputParameters").(string); ok {
				if err := json.Unmarshal([]byte(text), &given); err != nil {
					t.Errorf("%s: %v", r, err)
				}
			}
			for _, parameter := range rule.Requires {
				if given[parameter] == "" {
					t.Errorf("%s: AWS Config refuses %s without the parameter %s", r, identifier, parameter)
				}
			}
			if rule.ByClock && tiertest.Field(t, resource, "scope") != (tiertest.Absent{}) {
				t.Errorf("%s: AWS Config takes no scope for %s, which it evaluates by the clock only", r, identifier)
			}
		}
	}
	for _, r := range config.PackRules() {
		used[r] = true
	}
	if diff := cmp.Diff(config.ManagedRules(), slices.Sorted(maps.Keys(used))); diff != "" {
		t.Errorf("\nThe table is of the rules that stacks use.\nrules: -want, +got:\n%s", diff)
	}
}

// AWS rejects a rule in a region that lacks it. The tier would then never be ready.
func TestManagedRulesOfRegions(t *testing.T) {
	regions := append(aws.Regions(), "ap-east-2", "ap-southeast-6") // Regions that the provider does not support yet.
	for _, identifier := range config.ManagedRules() {
		rule, _ := config.ManagedRule(identifier)
		for _, region := range rule.Lacks {
			if !slices.Contains(regions, region) {
				t.Errorf("%s: %q is no region", identifier, region)
			}
		}
	}
	cases := map[string]struct {
		reason, spec, rule string
		want               bool
	}{
		"Offered":     {reason: "Most regions have all.", spec: `{"region":"eu-west-1","database":{"engine":"aurora-postgresql"}}`, rule: "database-encrypted", want: true},
		"NotInMexico": {reason: "Young regions have few.", spec: `{"region":"mx-central-1","database":{"engine":"aurora-postgresql"}}`, rule: "database-encrypted"},
		"NotInCanada": {reason: "Users of the account are looked at elsewhere.", spec: `{"region":"ca-west-1","guardrails":{"config":{"accountRules":true}}}`, rule: "account-root-keys"},
		"NotInThailand": {
			reason: "Nor containers.",
			spec:   `{"region":"ap-southeast-7","app":{"services":[{"image":"123456789012.dkr.ecr.ap-southeast-7.amazonaws.com/shop:1","runs":"Worker"}]}}`,
			rule:   "containers-unprivileged",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			_, got := tiertest.Composed(t, tc.spec, nil, tiertest.Platform()).Resources[composed.ConfigRule(tc.rule)]
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\ncomposed: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
