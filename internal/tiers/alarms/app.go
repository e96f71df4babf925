package alarms

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// Namespaces of the application's metrics.
const (
	balancerMetrics  = "AWS/ApplicationELB"
	serviceMetrics   = "AWS/ECS"
	containerMetrics = "ECS/ContainerInsights"
)

// appAlarms returns alarms for services and the load balancer (AWS documentation,
// "Recommended alarms", Amazon ECS and Application Load Balancer).
func appAlarms(s *settings.Settings, observed facts.Observed) []alarm {
	var out []alarm
	if len(s.App.Balanced()) > 0 {
		out = append(out, balancerAlarms(observed)...)
	}
	for _, service := range s.App.Services {
		switch {
		case service.Schedule != "":
			out = append(out, scheduleAlarm(s, service))
		case service.Job(): // Services wait for it, and report it.
		case service.Lambda():
			out = append(out, functionAlarms(s, service)...)
		default:
			out = append(out, serviceAlarms(s, observed, service)...)
		}
	}
	return out
}

// balancerAlarms returns alarms for all services that answer visitors.
func balancerAlarms(observed facts.Observed) []alarm {
	suffix := balancerSuffix(observed)
	out := []alarm{
		{
			name: "app-server-errors", description: "The application responds with server errors (5xx). The reason is in its log.",
			metric: "HTTPCode_Target_5XX_Count", statistic: "Sum", threshold: 25, periods: 3,
		},
		{
			name: "app-load-balancer-errors", description: "The load balancer responds with errors: no container of the application responds in time.",
			metric: "HTTPCode_ELB_5XX_Count", statistic: "Sum", threshold: 25, periods: 3,
		},
		{
			name: "app-latency", description: "The application takes more than two seconds to respond.",
			metric: "TargetResponseTime", statistic: "Average", threshold: 2, periods: 3,
		},
	}
	for i := range out {
		out[i].namespace, out[i].dimensions, out[i].needs = balancerMetrics, map[string]string{"LoadBalancer": suffix.Value}, []facts.Fact{suffix}
		out[i].comparison, out[i].silence, out[i].unhealthy = above, silenceIsGood, true
	}
	return out
}

// balancerSuffix returns the load balancer's dimension in metrics.
func balancerSuffix(observed facts.Observed) facts.Fact {
	return observed.Fact(composed.AppLoadBalancer, "status.atProvider.arnSuffix")
}

// serviceAlarms returns the alarms of a permanent service. The alarm for its
// containers waits until it runs, because missing data means that no container
// runs.
func serviceAlarms(s *settings.Settings, observed facts.Observed, service settings.Service) []alarm {
	name := "app-" + service.Name
	dimensions := map[string]string{"ClusterName": s.Stack, "ServiceName": service.Name}
	return []alarm{
		{
			name: name + "-containers", description: "Fewer containers of " + service.Name + " are running than expected. The reason is in the events of the ECS service.",
			namespace: containerMetrics, metric: "RunningTaskCount", statistic: "Minimum", comparison: below, threshold: float64(service.Min), periods: 3, silence: silenceIsBad,
			dimensions: dimensions, unhealthy: true, needs: []facts.Fact{observed.Ready(composed.AppService(service.Name))},
		},
		{
			name: name + "-cpu", description: "Containers of " + service.Name + " have high CPU usage at the maximum number of replicas. Raise replicas.max or cpu.",
			namespace: serviceMetrics, metric: "CPUUtilization", statistic: "Average", comparison: above, threshold: 85, periods: 3, silence: silenceIsGood, dimensions: dimensions,
		},
		{
			name: name + "-memory", description: "Containers of " + service.Name + " are low on memory. Raise memory.",
			namespace: serviceMetrics, metric: "MemoryUtilization", statistic: "Average", comparison: above, threshold: 90, periods: 3, silence: silenceIsGood, dimensions: dimensions,
		},
	}
}

// functionAlarms returns the alarms of a function.
func functionAlarms(s *settings.Settings, service settings.Service) []alarm {
	function := map[string]string{"FunctionName": kit.FunctionName(s, service)}
	out := []alarm{
		{name: "app-" + service.Name + "-errors", description: service.Name + " fails. The reason is in its log.", metric: "Errors", threshold: 25, periods: 3},
		{name: "app-" + service.Name + "-throttles", description: service.Name + " is throttled, because it has reached its concurrency limit. Raise replicas.max, or the concurrency quota of the account.", metric: "Throttles", threshold: 0, periods: 3},
	}
	for i := range out {
		out[i].namespace, out[i].dimensions, out[i].statistic = "AWS/Lambda", function, "Sum"
		out[i].comparison, out[i].silence, out[i].unhealthy = above, silenceIsGood, true
	}
	return out
}

// scheduleAlarm returns the alarm of a service with a schedule.
func scheduleAlarm(s *settings.Settings, service settings.Service) alarm {
	return alarm{
		name: "app-" + service.Name + "-not-started", description: service.Name + " did not start on schedule.",
		namespace: "AWS/Events", metric: "FailedInvocations", statistic: "Sum", comparison: above, threshold: 0, periods: 1, silence: silenceIsGood,
		dimensions: map[string]string{"RuleName": kit.AppFamily(s, service.Name)},
	}
}

// appGraphs returns graphs of the application, from the load balancer to its
// containers.
func appGraphs(s *settings.Settings, observed facts.Observed) []graph {
	var out []graph
	if len(s.App.Balanced()) > 0 {
		balancer := []string{"LoadBalancer", balancerSuffix(observed).Value}
		out = append(out,
			graph{title: "Application: requests and errors", region: s.Region, statistic: "Sum", lines: []line{
				{namespace: balancerMetrics, metric: "RequestCount", dimensions: balancer},
				{namespace: balancerMetrics, metric: "HTTPCode_Target_5XX_Count", dimensions: balancer},
				{namespace: balancerMetrics, metric: "HTTPCode_ELB_5XX_Count", dimensions: balancer},
			}},
			graph{title: "Application: latency in s", region: s.Region, statistic: "Average", lines: []line{
				{namespace: balancerMetrics, metric: "TargetResponseTime", dimensions: balancer},
			}},
		)
	}
	tasks := graph{title: "Application: containers", region: s.Region, statistic: "Minimum"}
	busy := graph{title: "Application: CPU and memory in %", region: s.Region, statistic: "Average"}
	for _, service := range s.App.Containers() {
		if service.Schedule != "" || service.Job() {
			continue
		}
		dimensions := []string{"ClusterName", s.Stack, "ServiceName", service.Name}
		tasks.lines = append(tasks.lines, line{namespace: containerMetrics, metric: "RunningTaskCount", dimensions: dimensions})
		for _, m := range []string{"CPUUtilization", "MemoryUtilization"} {
			busy.lines = append(busy.lines, line{namespace: serviceMetrics, metric: m, dimensions: dimensions})
		}
	}
	if len(tasks.lines) > 0 {
		out = append(out, tasks, busy)
	}
	return out
}
