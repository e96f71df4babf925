package alarms_test

import (
	"strings"
	"testing"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

func TestAppAlarms(t *testing.T) {
	const (
		web       = `{"region":"eu-west-1","app":{"services":[{"image":"shop:1"}]}}`
		worker    = `{"region":"eu-west-1","app":{"services":[{"name":"mailer","image":"shop:1","runs":"Worker"}]}}`
		scheduled = `{"region":"eu-west-1","app":{"services":[{"name":"nightly","image":"shop:1","schedule":"rate(1 day)"}]}}`
	)
	balancer := map[string]string{composed.AppLoadBalancer: `{"status":{"atProvider":{"arnSuffix":"app/shop/1"}}}`}
	service := map[string]any{"ClusterName": tiertest.Prefix, "ServiceName": "web"}
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"Errors": {
			Reason: "The application's own errors, as the load balancer counts them.", Spec: web, Observed: balancer, Resource: composed.Alarm("app-server-errors"),
			Want: map[string]any{"metricName": "HTTPCode_Target_5XX_Count", "dimensions": map[string]any{"LoadBalancer": "app/shop/1"}},
		},
		"ErrorsWait": {Reason: "Metrics know the load balancer by what AWS makes up.", Spec: web, Resource: composed.Alarm("app-server-errors"), Waits: true},
		"Latency":    {Reason: "Visitors wait.", Spec: web, Observed: balancer, Resource: composed.Alarm("app-latency"), Want: map[string]any{"threshold": float64(2)}},
		"Containers": {
			Reason: "Fewer containers than should, or none that says anything.", Spec: web, Observed: map[string]string{composed.AppService("web"): tiertest.IsReady}, Resource: composed.Alarm("app-web-containers"),
			Want: map[string]any{"namespace": "ECS/ContainerInsights", "dimensions": service, "threshold": float64(2), "comparisonOperator": "LessThanThreshold", "treatMissingData": "breaching"},
		},
		"ContainersWait": {Reason: "A service that is still being made has none.", Spec: web, Resource: composed.Alarm("app-web-containers"), Waits: true},
		"Memory":         {Reason: "A container without memory is killed.", Spec: web, Resource: composed.Alarm("app-web-memory"), Want: map[string]any{"dimensions": service, "threshold": float64(90)}},
		"WorkerIsNotCalled": {
			Reason: "Nobody waits for a worker.", Spec: worker, Resource: composed.Alarm("app-latency"), Missing: true,
		},
		"NotStarted": {
			Reason: "A schedule that starts nothing.", Spec: scheduled, Resource: composed.Alarm("app-nightly-not-started"),
			Want: map[string]any{"namespace": "AWS/Events", "dimensions": map[string]any{"RuleName": tiertest.Prefix + "-nightly"}},
		},
		"ScheduledHasNoContainers": {Reason: "It does not run all the time.", Spec: scheduled, Resource: composed.Alarm("app-nightly-containers"), Missing: true},
	})
}

// The alarm for on-call engineers and the dashboard cover the application.
func TestAppIsWatched(t *testing.T) {
	observed := map[string]string{
		composed.AppLoadBalancer: `{"status":{"atProvider":{"arnSuffix":"app/shop/1"}}}`, composed.NATGateway(1): tiertest.Named("nat-1"), composed.Distribution: tiertest.Named("E1"),
	}
	body, _ := tiertest.Field(t, tiertest.Composed(t, `{"region":"eu-west-1","app":{"services":[{"image":"shop:1"},{"name":"nightly","image":"a","schedule":"rate(1 day)"}]}}`, observed, tiertest.Platform()).Resources[composed.Dashboard], "dashboardBody").(string)
	for _, want := range []string{"Application: requests and errors", "Application: latency in s", "RunningTaskCount", "app/shop/1"} {
		if !strings.Contains(body, want) {
			t.Errorf("the dashboard should show %q:\n%s", want, body)
		}
	}
	if strings.Contains(body, "nightly\"") {
		t.Errorf("a scheduled service has no graph of containers that run all the time:\n%s", body)
	}
}
