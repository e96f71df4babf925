package app_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

// calling is a shop whose services call each other.
const calling = `{"region":"eu-west-1","app":{"services":[{"name":"shop","image":"shop:1","paths":["/*"],"timeoutSeconds":90},{"name":"catalog","image":"catalog:1","port":3000,"callPort":80},
	{"name":"prices","image":"prices:1","runs":"Internal","port":50051,"protocol":"GRPC"},{"name":"broker","image":"broker:1","runs":"Internal","port":5672,"protocol":"TCP"},
	{"name":"mailer","image":"mailer:1"},{"name":"nightly","image":"nightly:1","schedule":"rate(1 day)"},{"name":"migrate","image":"m:1","runs":"BeforeRollout"}]}}`

const (
	namespaceARN = "arn:namespace"
	joinedStatus = `{"status":{"atProvider":{"serviceConnectConfiguration":{"enabled":true,"namespace":"` + namespaceARN + `"}}}}`
)

// connectable returns the resources that new services of calling wait for.
func connectable(services ...string) map[string]string {
	out := also(map[string]string{
		composed.AppNamespace: `{"status":{"atProvider":{"arn":"` + namespaceARN + `"}}}`, composed.AppExecutionRoleStart: tiertest.IsReady, composed.AppListener("http"): tiertest.IsReady,
	})
	for _, s := range []string{"shop", "catalog", "prices", "broker", "mailer"} {
		out[composed.AppLogGroup(s)] = tiertest.IsReady
	}
	for _, s := range services {
		out[composed.AppService(s)] = joinedStatus
	}
	return out
}

// runnable returns connectable with the task definition of a service, and completed
// jobs.
func runnable(t *testing.T, spec, service string, services ...string) map[string]string {
	t.Helper()
	out := connectable(services...)
	out[taskOf(t, spec, service, out)] = `{"status":{"atProvider":{"arn":"arn:task:1"}}}`
	return out
}

func TestConnection(t *testing.T) {
	spec := strings.Replace(calling, `,{"name":"migrate","image":"m:1","runs":"BeforeRollout"}`, "", 1)
	const config = "serviceConnectConfiguration"
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"Namespace": {Reason: "Names are those of the stack.", Spec: spec, Resource: composed.AppNamespace, Want: map[string]any{"name": tiertest.Prefix}},
		"PortIn":    {Reason: "Services reach each other at their ports.", Spec: spec, Resource: composed.AppFromApp(3000), Want: map[string]any{"fromPort": float64(3000), "referencedSecurityGroupIdRef.name": "shop-app-security-group", "securityGroupIdRef.name": "shop-app-security-group"}},
		"PortOut":   {Reason: "And leave by them.", Spec: spec, Resource: composed.AppToApp(50051), Want: map[string]any{"toPort": float64(50051), "securityGroupIdRef.name": "shop-app-security-group"}},
		"Web": {
			Reason: "A web service is called by its name too, and waits for answers as long as CloudFront does.", Spec: spec, Resource: composed.AppService("shop"),
			Observed: runnable(t, spec, "shop", "catalog", "prices", "broker"),
			Want: map[string]any{
				config + ".enabled": true, config + ".namespace": namespaceARN, config + ".service[0].portName": "shop", config + ".service[0].discoveryName": "shop",
				config + ".service[0].clientAlias": map[string]any{"dnsName": "shop", "port": float64(8080)}, config + ".service[0].timeout": map[string]any{"idleTimeoutSeconds": float64(300), "perRequestTimeoutSeconds": float64(90)},
				config + ".logConfiguration.options.awslogs-group": "/aws/ecs/" + tiertest.Prefix + "/shop", config + ".logConfiguration.options.awslogs-stream-prefix": "shop-proxy",
			},
		},
		"WebWaits": {
			Reason: "A container knows the names that are there when it starts.", Spec: spec, Resource: composed.AppService("shop"), Waits: true, Observed: runnable(t, spec, "shop", "catalog", "prices"),
		},
		"Internal": {
			Reason: "Internal services may call each other, so that none waits for another.", Spec: spec, Resource: composed.AppService("catalog"), Observed: runnable(t, spec, "catalog"),
			Want: map[string]any{config + ".service[0].clientAlias": map[string]any{"dnsName": "catalog", "port": float64(80)}, "loadBalancer": tiertest.Absent{}, "healthCheckGracePeriodSeconds": tiertest.Absent{}},
		},
		"GRPC": {
			Reason: "A stream has no end.", Spec: spec, Resource: composed.AppService("prices"), Observed: runnable(t, spec, "prices"),
			Want: map[string]any{config + ".service[0].timeout.perRequestTimeoutSeconds": float64(0)},
		},
		"TCP": {Reason: "The proxy takes no time of answers for TCP.", Spec: spec, Resource: composed.AppService("broker"), Observed: runnable(t, spec, "broker"), Want: map[string]any{config + ".service[0].timeout": tiertest.Absent{}}},
		"Worker": {
			Reason: "A worker calls and is not called.", Spec: spec, Resource: composed.AppService("mailer"), Observed: runnable(t, spec, "mailer", "catalog", "prices", "broker"),
			Want: map[string]any{config + ".namespace": namespaceARN, config + ".service": tiertest.Absent{}},
		},
		"Waits": {
			Reason: "ECS takes no name of a namespace that is to come.", Spec: spec, Resource: composed.AppService("catalog"), Waits: true,
			Observed: func() map[string]string {
				out := runnable(t, spec, "catalog")
				delete(out, composed.AppNamespace)
				return out
			}(),
		},
		"Alone":        {Reason: "There is nobody to call.", Spec: web, Resource: composed.AppNamespace, Missing: true},
		"AloneIsAlike": {Reason: "Nor a way to oneself.", Spec: web, Resource: composed.AppFromApp(8080), Missing: true},
		"OnlyWorkers":  {Reason: "Nobody listens.", Spec: `{"region":"eu-west-1","app":{"services":[{"name":"a","image":"a","runs":"Worker"},{"name":"b","image":"b","runs":"Worker"}]}}`, Resource: composed.AppNamespace, Missing: true},
		"Pipeline": {
			Reason: "A pipeline's task definition may lack the port's name.", Spec: strings.Replace(spec, `"callPort":80`, `"deployedBy":"Pipeline"`, 1), Resource: composed.AppService("catalog"),
			Observed: runnable(t, strings.Replace(spec, `"callPort":80`, `"deployedBy":"Pipeline"`, 1), "catalog"),
			Want:     map[string]any{config: tiertest.Absent{}, ".spec.initProvider." + config + ".service[0].portName": "catalog", ".spec.initProvider." + config + ".service[0].timeout.perRequestTimeoutSeconds": float64(30)},
		},
	})
}

func TestOneAtATime(t *testing.T) {
	spec := strings.Replace(web, `"image"`, `"runs":"Worker","rollout":"OneAtATime","replicas":{"max":1},"image"`, 1)
	observed := runnable(t, spec, "web")
	observed[composed.AppLogGroup("web")] = tiertest.IsReady
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"OneAtATime": {
			Reason: "The old container ends before the new one starts. ECS balances zones only where there may be more.", Spec: spec, Observed: observed, Resource: composed.AppService("web"),
			Want: map[string]any{"deploymentMinimumHealthyPercent": float64(0), "deploymentMaximumPercent": float64(100), "availabilityZoneRebalancing": "DISABLED", ".spec.initProvider.desiredCount": float64(1)},
		},
	})
}

// The task definition contains the names that containers can call, so that new
// names cause a deployment.
func TestCallsLabel(t *testing.T) {
	running := func(labels string) map[string]string {
		const task = "app-task-catalog-running"
		out := connectable("prices", "broker", "shop")
		out[composed.AppService("catalog")] = `{"status":{"atProvider":{"taskDefinition":"arn:task:1","serviceConnectConfiguration":{"enabled":true,"namespace":"arn"}}}}`
		out[task] = `{"spec":{"forProvider":{"containerDefinitions":"[{\"name\":\"a-sidecar\"},{\"name\":\"catalog\",\"dockerLabels\":` + labels + `}]"}},"status":{"atProvider":{"arn":"arn:task:1"}}}`
		return out
	}
	without := func(observed map[string]string, resources ...string) map[string]string {
		out := maps.Clone(observed)
		for _, r := range resources {
			delete(out, r)
		}
		return out
	}
	const label = "platform.secure-ecommerce.dev/calls"
	cases := map[string]struct {
		reason   string
		spec     string
		observed map[string]string
		want     any
	}{
		"First":    {reason: "Nothing is there to call.", spec: calling, observed: connectable(), want: nil},
		"Some":     {reason: "All further names are one more deployment, not one each.", spec: calling, observed: connectable("prices"), want: nil},
		"All":      {reason: "Containers are started again with all names.", spec: calling, observed: running(`{}`), want: map[string]any{label: "broker,prices,shop"}},
		"NewOne":   {reason: "What runs stays as it is until the new one has its name.", spec: calling, observed: without(running(`{\"`+label+`\":\"broker,prices\"}`), composed.AppService("shop")), want: map[string]any{label: "broker,prices"}},
		"Unknown":  {reason: "An observation that is missing starts nothing again.", spec: calling, observed: without(running(`{\"`+label+`\":\"broker,prices,shop\"}`), composed.AppService("prices")), want: map[string]any{label: "broker,prices,shop"}},
		"Pipeline": {reason: "A pipeline says what it runs.", spec: strings.Replace(calling, `"callPort":80`, `"deployedBy":"Pipeline"`, 1), observed: connectable("prices", "broker", "shop"), want: nil},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := containerIn(t, tc.spec, "catalog", tc.observed)["dockerLabels"]
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nlabels: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
	for _, service := range []string{"nightly", "migrate"} {
		if got := containerIn(t, calling, service, connectable("catalog", "prices", "broker", "shop"))["dockerLabels"]; got != nil {
			t.Errorf("%s ends by itself and calls nobody by name, got %v", service, got)
		}
	}
}

// A new task definition can exist before the service runs it. It is kept while it
// is unknown whether all names exist.
func TestNextTaskStays(t *testing.T) {
	cases := map[string]struct {
		reason string
		runs   string
		there  []string
		want   map[string]bool
	}{
		"Unknown": {reason: "What is current now may be what the service is about to leave.", runs: "first", there: []string{"broker", "shop"}, want: map[string]bool{"first": true, "next": true}},
		"Known":   {reason: "The service is known to run the one with all names.", runs: "next", there: []string{"prices", "broker", "shop"}, want: map[string]bool{"next": true}},
	}
	const all = `{\"platform.secure-ecommerce.dev/calls\":\"broker,prices,shop\"}`
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			tasks := map[string]string{"first": taskOf(t, calling, "catalog", connectable()), "next": taskOf(t, calling, "catalog", connectable("prices", "broker", "shop"))}
			observed := connectable(tc.there...)
			for i, labels := range map[string]string{"first": `{}`, "next": all} {
				observed[tasks[i]] = `{"spec":{"forProvider":{"containerDefinitions":"[{\"name\":\"catalog\",\"dockerLabels\":` + labels + `}]"}},"status":{"atProvider":{"arn":"arn:` + i + `"}}}`
			}
			observed[composed.AppService("catalog")] = `{"status":{"atProvider":{"taskDefinition":"arn:` + tc.runs + `"}}}`
			got := map[string]bool{}
			resources := tiertest.Composed(t, calling, observed, tiertest.Platform()).Resources
			for i, r := range tasks {
				if _, ok := resources[r]; ok {
					got[i] = true
				}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\ntask definitions: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// A port for calls has a name and a protocol. Terraform compares it literally.
func TestPorts(t *testing.T) {
	cases := map[string]struct {
		reason  string
		service string
		want    any
	}{
		"Web":    {reason: "HTTP is HTTP.", service: "shop", want: []any{map[string]any{"containerPort": float64(8080), "hostPort": float64(8080), "protocol": "tcp", "name": "shop", "appProtocol": "http"}}},
		"GRPC":   {reason: "gRPC is balanced by request.", service: "prices", want: []any{map[string]any{"containerPort": float64(50051), "hostPort": float64(50051), "protocol": "tcp", "name": "prices", "appProtocol": "grpc"}}},
		"TCP":    {reason: "ECS takes a port that says nothing for TCP.", service: "broker", want: []any{map[string]any{"containerPort": float64(5672), "hostPort": float64(5672), "protocol": "tcp", "name": "broker"}}},
		"Worker": {reason: "A worker listens to nobody.", service: "mailer", want: nil},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, containerIn(t, calling, tc.service, known)["portMappings"]); diff != "" {
				t.Errorf("\n%s\nports: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestHosts(t *testing.T) {
	const spec = `{"region":"eu-west-1","cdn":{"domain":"shop.example.com","additionalDomains":["a.example.com","b.example.com"]},"app":{"services":[{"name":"shop","image":"shop:1","paths":["/*","/api/*"]},
		{"name":"admin","image":"admin:1","paths":["/*"],"hosts":["b.example.com","a.example.com"],"stickySeconds":600,"timeoutSeconds":120,"healthCheck":{"port":8081}}]}}`
	rule, group := composed.AppListenerRule("https", naming.Hash("/* admin")), composed.AppTargetGroup("admin", naming.Hash("admin", "8080"))
	logs := map[string]string{composed.Bucket(composed.LogsBucket, composed.Policy): tiertest.IsReady}
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"Rule": {
			Reason: "A service with hosts answers those alone.", Spec: spec, Resource: rule,
			Want: map[string]any{
				"condition[0].pathPattern.values": []any{"/*"}, "condition[1].hostHeader.values": []any{"a.example.com", "b.example.com"}, "action[0].targetGroupArnRef.name": "shop-" + group,
			},
		},
		"Sticky":       {Reason: "Visitors stay with the container that has their session.", Spec: spec, Resource: group, Want: map[string]any{"stickiness": map[string]any{"enabled": true, "type": "lb_cookie", "cookieDuration": float64(600)}, "healthCheck.port": "8081"}},
		"NotSticky":    {Reason: "The provider would fill an earlier one in again.", Spec: web, Resource: composed.AppTargetGroup("web", naming.Hash("web", "8080")), Want: map[string]any{"stickiness.enabled": false, "healthCheck.port": "traffic-port"}},
		"HealthPort":   {Reason: "The load balancer asks at another port.", Spec: spec, Resource: composed.AppFromLoadBalancer(8081), Want: map[string]any{"fromPort": float64(8081)}},
		"Idle":         {Reason: "The load balancer waits longer than CloudFront.", Spec: spec, Observed: logs, Resource: composed.AppLoadBalancer, Want: map[string]any{"idleTimeout": float64(130)}},
		"IdleByItself": {Reason: "A minute is enough for half of one.", Spec: web, Observed: logs, Resource: composed.AppLoadBalancer, Want: map[string]any{"idleTimeout": float64(60)}},
	})
	resources := tiertest.Composed(t, spec, nil, tiertest.Platform()).Resources
	priority := func(r string) float64 {
		number, ok := tiertest.Field(t, resources[r], "priority").(float64)
		if !ok {
			t.Fatalf("%s has no priority", r)
		}
		return number
	}
	first, later := priority(rule), priority(composed.AppListenerRule("https", naming.Hash("/api/*")))
	if first >= later {
		t.Errorf("rules with hosts are tried before all others, got priority %v, not below %v", first, later)
	}
}
