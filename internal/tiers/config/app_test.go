package config_test

import (
	"testing"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

func TestAppRules(t *testing.T) {
	const (
		web      = `{"region":"eu-west-1","app":{"services":[{"image":"shop:1"}]}}`
		writable = `{"region":"eu-west-1","app":{"services":[{"image":"shop:1","rootFilesystem":"Writable"}]}}`
		worker   = `{"region":"eu-west-1","app":{"services":[{"image":"shop:1","runs":"Worker"}]}}`
	)
	rule := composed.ConfigRule("containers-read-only")
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"ReadOnly":       {Reason: "Containers cannot write to their own files.", Spec: web, Resource: rule, Want: map[string]any{"source.sourceIdentifier": "ECS_CONTAINERS_READONLY_ACCESS"}},
		"Writable":       {Reason: "A rule would report what the claim wants.", Spec: writable, Resource: rule, Missing: true},
		"NoApplication":  {Reason: "There is nothing to look at.", Spec: `{"region":"eu-west-1"}`, Resource: rule, Missing: true},
		"LoadBalancer":   {Reason: "Requests are logged.", Spec: web, Resource: composed.ConfigRule("load-balancer-logged")},
		"NoLoadBalancer": {Reason: "Workers have none.", Spec: worker, Resource: composed.ConfigRule("load-balancer-logged"), Missing: true},
	})
}
