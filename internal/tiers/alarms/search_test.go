package alarms_test

import (
	"strings"
	"testing"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

func TestSearchAlarms(t *testing.T) {
	const (
		none  = `{"region":"eu-west-1"}`
		one   = `{"region":"eu-west-1","environment":"development","search":{}}`
		small = `{"region":"eu-west-1","search":{}}`
		large = `{"region":"eu-west-1","search":{"instanceType":"m6g.large.search","instances":4,"dedicatedMasters":true,"storageGiB":100}}`
	)
	domain := map[string]any{"ClientId": tiertest.Account, "DomainName": tiertest.Prefix}
	stands := map[string]string{composed.SearchDomain: tiertest.IsReady}
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"None": {Reason: "There is nothing to watch.", Spec: none, Resource: composed.Alarm("search-red"), Missing: true},
		"Red": {
			Reason: "Data is missing.", Spec: small, Resource: composed.Alarm("search-red"),
			Want: map[string]any{"namespace": "AWS/ES", "metricName": "ClusterStatus.red", "dimensions": domain, "threshold": float64(1), "comparisonOperator": "GreaterThanOrEqualToThreshold"},
		},
		"NodesWait":      {Reason: "A domain that is still being made has none.", Spec: small, Resource: composed.Alarm("search-nodes"), Waits: true},
		"Nodes":          {Reason: "One is missing.", Spec: small, Observed: stands, Resource: composed.Alarm("search-nodes"), Want: map[string]any{"threshold": float64(2), "treatMissingData": "breaching"}},
		"NodesOfMasters": {Reason: "Masters are nodes.", Spec: large, Observed: stands, Resource: composed.Alarm("search-nodes"), Want: map[string]any{"threshold": float64(7)}},
		"Storage":        {Reason: "A quarter of a node's storage, in MiB.", Spec: large, Resource: composed.Alarm("search-storage"), Want: map[string]any{"threshold": float64(25600), "statistic": "Minimum"}},
		"Yellow":         {Reason: "A copy is missing.", Spec: small, Resource: composed.Alarm("search-yellow")},
		"YellowOfOne":    {Reason: "Replicas have no place on a single node.", Spec: one, Resource: composed.Alarm("search-yellow"), Missing: true},
		"Masters":        {Reason: "Masters are busy.", Spec: large, Resource: composed.Alarm("search-master-cpu"), Want: map[string]any{"threshold": float64(50)}},
		"NoMasters":      {Reason: "There are none.", Spec: small, Resource: composed.Alarm("search-master-cpu"), Missing: true},
	})
}

// The dashboard shows the search domain, and the alarm for on-call engineers names
// it.
func TestSearchIsWatched(t *testing.T) {
	observed := map[string]string{composed.NATGateway(1): tiertest.Named("nat-1"), composed.Distribution: tiertest.Named("E1")}
	const spec = `{"region":"eu-west-1","search":{}}`
	for r := range tiertest.Composed(t, spec, observed, tiertest.Platform()).Resources {
		if strings.HasPrefix(r, composed.Alarm("")) {
			observed[r] = `{"metadata":{"name":"x"},"status":{"atProvider":{"arn":"arn:alarm"}}}`
		}
	}
	stack := tiertest.Composed(t, spec, observed, tiertest.Platform())
	body, _ := tiertest.Field(t, stack.Resources[composed.Dashboard], "dashboardBody").(string)
	if !strings.Contains(body, "Search: latency in ms") {
		t.Errorf("the dashboard should show the search domain:\n%s", body)
	}
	means, _ := tiertest.Field(t, stack.Resources[composed.Alarm("unhealthy")], "alarmDescription").(string)
	if !strings.Contains(means, "its search, its database") {
		t.Errorf("the alarm should say what may be wrong: %s", means)
	}
}
