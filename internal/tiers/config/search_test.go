package config_test

import (
	"testing"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

func TestSearchRules(t *testing.T) {
	const (
		small = `{"region":"eu-west-1","search":{}}`
		large = `{"region":"eu-west-1","search":{"instanceType":"m6g.large.search","instances":4,"dedicatedMasters":true}}`
	)
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"NoSearch":  {Reason: "There is nothing to look at.", Spec: `{"region":"eu-west-1"}`, Resource: composed.ConfigRule("search-private"), Missing: true},
		"Private":   {Reason: "The domain is in the VPC.", Spec: small, Resource: composed.ConfigRule("search-private"), Want: map[string]any{"source.sourceIdentifier": "OPENSEARCH_IN_VPC_ONLY"}},
		"FewNodes":  {Reason: "A rule would report what the claim wants.", Spec: small, Resource: composed.ConfigRule("search-nodes"), Missing: true},
		"Nodes":     {Reason: "Three or more.", Spec: large, Resource: composed.ConfigRule("search-nodes")},
		"NoMasters": {Reason: "As above.", Spec: small, Resource: composed.ConfigRule("search-masters"), Missing: true},
		"Masters":   {Reason: "Three of them.", Spec: large, Resource: composed.ConfigRule("search-masters")},
		"NotThere":  {Reason: "A region that lacks the rule takes none.", Spec: `{"region":"eu-south-2","search":{}}`, Resource: composed.ConfigRule("search-private"), Missing: true},
	})
}
