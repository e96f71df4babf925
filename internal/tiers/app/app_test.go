package app_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

const (
	image     = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/shop:1"
	web       = `{"region":"eu-west-1","app":{"services":[{"image":"` + image + `"}]}}`
	several   = `{"region":"eu-west-1","app":{"services":[{"name":"shop","image":"shop:1","paths":["/*"]},{"name":"api","image":"api:1","port":3000,"paths":["/api/*","/health"]},{"name":"mailer","image":"mailer:1"}]}}`
	scheduled = `{"region":"eu-west-1","app":{"services":[{"name":"nightly","image":"` + image + `","schedule":"cron(0 3 * * ? *)"}]}}`
)

// known contains the resources that a task definition waits for.
var known = map[string]string{
	composed.AppRole:    `{"status":{"atProvider":{"arn":"arn:aws:iam::123456789012:role/app"}}}`,
	composed.AppSecret:  `{"status":{"atProvider":{"arn":"arn:secret:app"}}}`,
	composed.SecretsKey: `{"status":{"atProvider":{"arn":"arn:key"}}}`,
	composed.Database:   `{"status":{"atProvider":{"address":"db.example","masterUserSecret":[{"secretArn":"arn:secret:database"}]}}}`,
}

// also adds resources to known.
func also(more map[string]string) map[string]string {
	out := maps.Clone(known)
	maps.Copy(out, more)
	return out
}

// taskOf returns the current task definition of a service.
func taskOf(t *testing.T, spec, service string, observed map[string]string) string {
	t.Helper()
	for r := range tiertest.Composed(t, spec, observed, tiertest.Platform()).Resources {
		if _, old := observed[r]; composed.IsAppTaskDefinition(service, r) && !old {
			return r
		}
	}
	t.Fatalf("no task definition of %s", service)
	return ""
}

// containerOf returns the container in web's task definition.
func containerOf(t *testing.T, spec string) map[string]any {
	t.Helper()
	return containerIn(t, spec, "web", known)
}

// containerIn returns the container in the current task definition, with observed
// resources.
func containerIn(t *testing.T, spec, service string, observed map[string]string) map[string]any {
	t.Helper()
	task := tiertest.Composed(t, spec, observed, tiertest.Platform()).Resources[taskOf(t, spec, service, observed)]
	text, ok := tiertest.Field(t, task, "containerDefinitions").(string)
	if !ok {
		t.Fatalf("want text, got %v", tiertest.Field(t, task, "containerDefinitions"))
	}
	var containers []map[string]any
	if err := json.Unmarshal([]byte(text), &containers); err != nil || len(containers) != 1 {
		t.Fatalf("want one container, got %s: %v", text, err)
	}
	return containers[0]
}

func TestContainer(t *testing.T) {
	variables := func(in any) map[string]any {
		out := map[string]any{}
		list, _ := in.([]any)
		for _, v := range list {
			fields, _ := v.(map[string]any)
			name, _ := fields["name"].(string)
			out[name] = fields["value"]
			if from, ok := fields["valueFrom"]; ok {
				out[name] = from
			}
		}
		return out
	}
	got := containerOf(t, web)
	want := map[string]any{
		"name": "web", "image": image, "essential": true, "user": "1000", "readonlyRootFilesystem": true, "stopTimeout": float64(30),
		"portMappings":    []any{map[string]any{"containerPort": float64(8080), "hostPort": float64(8080), "protocol": "tcp"}},
		"linuxParameters": map[string]any{"initProcessEnabled": true, "tmpfs": []any{map[string]any{"containerPath": "/tmp", "mountOptions": []any{"uid=1000"}, "size": float64(64)}}},
		"logConfiguration": map[string]any{"logDriver": "awslogs", "options": map[string]any{
			"awslogs-group": "/aws/ecs/" + tiertest.Prefix + "/web", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "web", "mode": "non-blocking", "max-buffer-size": "25m",
		}},
		"environment": map[string]any{
			"APP_SECRET_ARN": "arn:secret:app", "ASSETS_BUCKET": tiertest.Prefix + "-assets", "DATABASE_HOST": "db.example", "DATABASE_NAME": "ecommerce", "DATABASE_PORT": "5433",
			"DATABASE_SECRET_ARN": "arn:secret:database", "PORT": "8080", "STACK_ENVIRONMENT": "production", "STACK_NAME": tiertest.Prefix,
		},
		"secrets": map[string]any{"DATABASE_PASSWORD": "arn:secret:database:password::", "DATABASE_USERNAME": "arn:secret:database:username::"},
	}
	got["environment"], got["secrets"] = variables(got["environment"]), variables(got["secrets"])
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\nA container knows where the stack's parts are, and may do little else.\n-want, +got:\n%s", diff)
	}
	got = containerOf(t, `{"region":"eu-west-1","cdn":{"domain":"shop.example.com"},"app":{"services":[{"image":"ghcr.io/a/b:1","registryCredentialsArn":"arn:aws:secretsmanager:eu-west-1:123456789012:secret:r-AbCdEf",
		"environment":{"PORT":"1","DATABASE_PASSWORD":"none"},"secrets":{"STRIPE":"stripe","DATABASE_HOST":"arn:aws:ssm:eu-west-1:123456789012:parameter/host"},
		"rootFilesystem":"Writable","command":["a"],"entryPoint":["b"],"user":"0"}]}}`)
	environment, secrets := variables(got["environment"]), variables(got["secrets"])
	if diff := cmp.Diff([]any{"1", "none", nil, "shop.example.com"}, []any{environment["PORT"], environment["DATABASE_PASSWORD"], environment["DATABASE_HOST"], environment["SHOP_DOMAIN"]}); diff != "" {
		t.Errorf("\nWhat the claim says counts.\n-want, +got:\n%s", diff)
	}
	if diff := cmp.Diff(map[string]any{"DATABASE_HOST": "arn:aws:ssm:eu-west-1:123456789012:parameter/host", "DATABASE_USERNAME": "arn:secret:database:username::", "STRIPE": "arn:secret:app:stripe::"}, secrets); diff != "" {
		t.Errorf("\nA key is one of the application's own secret.\n-want, +got:\n%s", diff)
	}
	for field, want := range map[string]any{
		"readonlyRootFilesystem": false, "user": "0", "command": []any{"a"}, "entryPoint": []any{"b"}, "linuxParameters": map[string]any{"initProcessEnabled": true},
		"repositoryCredentials": map[string]any{"credentialsParameter": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:r-AbCdEf"},
	} {
		if diff := cmp.Diff(want, got[field]); diff != "" {
			t.Errorf("\n%s: -want, +got:\n%s", field, diff)
		}
	}
}

// Settings of the claim that change a container.
func TestContainerChanged(t *testing.T) {
	changed := func(fields string) string {
		return strings.Replace(web, `"image"`, fields+`,"image"`, 1)
	}
	cases := map[string]struct {
		reason, fields, field string
		want                  any
	}{
		"Expanded": {
			reason: "An image has names of its own for where the database is.", fields: `"environment":{"DB_URL":"postgres://$(DATABASE_HOST):$(DATABASE_PORT)/$$(A)"}`, field: "environment",
			want: map[string]any{"name": "DB_URL", "value": "postgres://db.example:5433/$(A)"},
		},
		"DatabaseSecret": {
			reason: "And for its password.", fields: `"secrets":{"DB_PASSWORD":"database/password"}`, field: "secrets",
			want: map[string]any{"name": "DB_PASSWORD", "valueFrom": "arn:secret:database:password::"},
		},
		"NoCredentials": {
			reason: "A storefront does not use the database.", fields: `"databaseCredentials":"None"`, field: "secrets",
		},
		"LowPort": {
			reason: "Linux keeps the port for root otherwise.", fields: `"port":80`, field: "systemControls",
			want: map[string]any{"namespace": "net.ipv4.ip_unprivileged_port_start", "value": "0"},
		},
		"HighPort":   {reason: "Every user may listen there.", fields: `"port":1024`, field: "systemControls"},
		"LowForRoot": {reason: "Root may anyway.", fields: `"port":80,"user":"0:1000"`, field: "systemControls"},
		"HealthCommand": {
			reason: "Nobody calls a worker to see whether it is well. ECS waits for 60 and 300 seconds at most.",
			fields: `"runs":"Worker","healthCheck":{"command":["check","-v"],"intervalSeconds":200,"timeoutSeconds":90,"gracePeriodSeconds":600}`, field: "healthCheck",
			want: map[string]any{"command": []any{"CMD", "check", "-v"}, "interval": float64(200), "retries": float64(3), "startPeriod": float64(300), "timeout": float64(60)},
		},
		"NoHealthCommand": {reason: "The load balancer asks alone.", fields: `"healthCheck":{"path":"/health"}`, field: "healthCheck"},
		"NoInit": {
			reason: "Some images bring an init process of their own.", fields: `"initProcess":"Disabled","rootFilesystem":"Writable"`, field: "linuxParameters",
			want: map[string]any{"initProcessEnabled": false},
		},
		"Group": {
			reason: "Writable paths belong to the container's user and group, in the size that the claim says.", fields: `"user":"101:102","writableMiB":256`, field: "linuxParameters",
			want: map[string]any{"initProcessEnabled": true, "tmpfs": []any{map[string]any{"containerPath": "/tmp", "mountOptions": []any{"uid=101", "gid=102"}, "size": float64(256)}}},
		},
		"Root": {
			reason: "Root owns them already.", fields: `"user":"0"`, field: "linuxParameters",
			want: map[string]any{"initProcessEnabled": true, "tmpfs": []any{map[string]any{"containerPath": "/tmp", "size": float64(64)}}},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := containerOf(t, changed(tc.fields))[tc.field]
			list, several := got.([]any)
			if several && tc.want != nil {
				want, _ := tc.want.(map[string]any)
				for _, item := range list {
					if fields, _ := item.(map[string]any); fields["name"] == want["name"] {
						got = item
					}
				}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// Sidecars run next to a service's own container.
func TestSidecars(t *testing.T) {
	const spec = `{"region":"eu-west-1","app":{"services":[{"name":"php","image":"` + image + `","port":80,"user":"82","sharedPaths":["/srv/public"],"environment":{"APP":"shop"},"sidecars":[
		{"name":"nginx","image":"ghcr.io/example/nginx:1","port":80,"environment":{"BEFORE":"$(PORT)"},"secrets":{"KEY":"database/username"},"essential":false}]}]}}`
	name := taskOf(t, spec, "php", known)
	stack := tiertest.Composed(t, spec, also(map[string]string{name: `{"status":{"atProvider":{"arn":"arn:task:1"}}}`}), tiertest.Platform())
	var containers []map[string]any
	text, _ := tiertest.Field(t, stack.Resources[name], "containerDefinitions").(string)
	if err := json.Unmarshal([]byte(text), &containers); err != nil {
		t.Fatal(err)
	}
	shared := []any{map[string]any{"containerPath": "/srv/public", "readOnly": false, "sourceVolume": "shared_" + naming.Hash("/srv/public")}}
	for i, want := range []map[string]any{
		{
			"name": "nginx", "image": "ghcr.io/example/nginx:1", "essential": false, "user": "1000", "mountPoints": shared,
			"environment":    []any{map[string]any{"name": "BEFORE", "value": "80"}},
			"secrets":        []any{map[string]any{"name": "KEY", "valueFrom": "arn:secret:database:username::"}},
			"portMappings":   []any{map[string]any{"containerPort": float64(80), "hostPort": float64(80), "protocol": "tcp"}},
			"systemControls": []any{map[string]any{"namespace": "net.ipv4.ip_unprivileged_port_start", "value": "0"}},
		},
		{"name": "php", "image": image, "essential": true, "user": "82", "mountPoints": shared, "portMappings": nil, "systemControls": nil},
	} {
		got := map[string]any{}
		for field := range want {
			got[field] = containers[i][field]
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("\nA sidecar has only what the claim says of it.\n-want, +got:\n%s", diff)
		}
	}
	if strings.Contains(tiertest.JSON(t, containers[1]["environment"]), `"PORT"`) {
		t.Error("the service's own container must not listen where a sidecar does")
	}
	if diff := cmp.Diff([]any{map[string]any{"name": "shared_" + naming.Hash("/srv/public"), "configureAtLaunch": false}}, tiertest.Field(t, stack.Resources[name], "volume")); diff != "" {
		t.Errorf("\nA path that is shared is a volume of the task.\n-want, +got:\n%s", diff)
	}
}

// Values can refer to exactly the existing variables.
func TestVariables(t *testing.T) {
	for name, spec := range map[string]string{
		"Least":  strings.Replace(web, `"image"`, `"runs":"Worker","image"`, 1),
		"Most":   strings.Replace(web, `"app"`, `"cdn":{"domain":"shop.example.com"},"database":{"proxy":{}},"search":{},"app"`, 1),
		"Aurora": strings.Replace(web, `"app"`, `"database":{"engine":"aurora-postgresql","aurora":{"readers":1}},"app"`, 1),
	} {
		t.Run(name, func(t *testing.T) {
			observed := also(map[string]string{
				composed.DatabaseCluster: `{"status":{"atProvider":{"endpoint":"db.example","readerEndpoint":"read.example","masterUserSecret":[{"secretArn":"arn:secret:database"}]}}}`,
				composed.DatabaseProxy:   `{"status":{"atProvider":{"endpoint":"proxy.example"}}}`,
				composed.SearchDomain:    `{"status":{"atProvider":{"endpoint":"search.example"}}}`,
				composed.SearchPolicy:    tiertest.IsReady,
			})
			stack := tiertest.Composed(t, spec, observed, tiertest.Platform())
			var got []string
			for name := range strings.SplitSeq(tiertest.JSON(t, stack.Resources[taskOf(t, spec, "web", observed)]), `{\"name\":\"`) {
				if before, _, ok := strings.Cut(name, `\",\"value\":`); ok {
					got = append(got, before)
				}
			}
			if diff := cmp.Diff(got, stack.Settings.Variables(stack.Settings.App.Services[0])); diff != "" {
				t.Errorf("-composed, +known to the settings:\n%s", diff)
			}
		})
	}
}

func TestTaskDefinition(t *testing.T) {
	task := taskOf(t, web, "web", known)
	newer := taskOf(t, strings.Replace(web, "shop:1", "shop:2", 1), "web", known)
	if task == newer {
		t.Error("another image must be another task definition: AWS changes none")
	}
	stands := `{"metadata":{"annotations":{"crossplane.io/external-name":"shop"}},"spec":{"forProvider":{"family":"shop"}},"status":{"atProvider":{"arn":"arn:task:1"}}}`
	runs := func(arn string) string { return `{"status":{"atProvider":{"taskDefinition":"` + arn + `"}}}` }
	service := composed.AppService("web")
	next := strings.Replace(web, "shop:1", "shop:2", 1)
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"Whole": {
			Reason: "Fargate, by roles of its own, kept in AWS so that a deployment can go back to it.", Spec: web, Observed: known, Resource: task,
			Want: map[string]any{
				"cpu": "512", "memory": "1024", "networkMode": "awsvpc", "requiresCompatibilities": []any{"FARGATE"}, "family": tiertest.Prefix + "-web",
				"runtimePlatform.operatingSystemFamily": "LINUX", "runtimePlatform.cpuArchitecture": "X86_64", "skipDestroy": true,
				"taskRoleArn": "arn:aws:iam::123456789012:role/app", "executionRoleArnRef.name": "shop-app-execution-role",
			},
		},
		"OlderStaysWhileItRuns": {Reason: "The service has not left it.", Spec: next, Resource: task, Observed: also(map[string]string{task: stands, service: runs("arn:task:1")})},
		"OlderStaysWhileNobodyKnows": {
			Reason: "An observation that is missing takes nothing away.", Spec: next, Resource: task, Observed: also(map[string]string{task: stands}),
		},
		"OlderGoes": {
			Reason: "The service runs the current one.", Spec: next, Resource: task, Missing: true,
			Observed: also(map[string]string{task: stands, newer: strings.Replace(stands, "arn:task:1", "arn:task:2", 1), service: runs("arn:task:2")}),
		},
		"OlderGoesFromPipeline": {
			Reason: "What a pipeline runs is none of ours.", Spec: strings.Replace(next, `"image"`, `"deployedBy":"Pipeline","image"`, 1), Resource: task, Missing: true,
			Observed: also(map[string]string{task: stands, service: runs("arn:task:9")}),
		},
	})
}

func TestServices(t *testing.T) {
	beside := strings.Replace(web, `"image"`, `"sidecars":[{"name":"nginx","image":"nginx","port":8080}],"image"`, 1)
	task := taskOf(t, web, "web", known)
	group := composed.AppTargetGroup("web", naming.Hash("web", "8080"))
	ready := also(map[string]string{
		task: `{"status":{"atProvider":{"arn":"arn:task:1"}}}`, composed.AppExecutionRoleStart: tiertest.IsReady, composed.AppLogGroup("web"): tiertest.IsReady, composed.AppListener("http"): tiertest.IsReady,
	})
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"Service": {
			Reason: "In private subnets, over the load balancer, back to the last one that worked if a deployment fails.", Spec: web, Observed: ready, Resource: composed.AppService("web"),
			Want: map[string]any{
				"clusterRef.name": "shop-app-cluster", "taskDefinitionRef.name": "shop-" + task, "launchType": "FARGATE", "platformVersion": "LATEST",
				"networkConfiguration.assignPublicIp": false, "networkConfiguration.subnetRefs[1].name": "shop-private-subnet-2", "networkConfiguration.securityGroupRefs[0].name": "shop-app-security-group",
				"deploymentCircuitBreaker": map[string]any{"enable": true, "rollback": true}, "enableExecuteCommand": false, "desiredCount": tiertest.Absent{},
				"loadBalancer[0].targetGroupArnRef.name": "shop-" + group, "loadBalancer[0].containerName": "web", "loadBalancer[0].containerPort": float64(8080),
				".spec.initProvider.desiredCount": float64(2), ".metadata.annotations[crossplane.io/external-name]": "web",
			},
		},
		"ServiceWaits": {Reason: "ECS refuses a target group that no listener leads to.", Spec: web, Resource: composed.AppService("web"), Waits: true, Observed: func() map[string]string {
			out := maps.Clone(ready)
			delete(out, composed.AppListener("http"))
			return out
		}()},
		"ServiceOfSidecar": {
			Reason: "The load balancer calls the container that listens on the service's port.", Spec: beside, Resource: composed.AppService("web"),
			Observed: also(map[string]string{
				taskOf(t, beside, "web", known): `{"status":{"atProvider":{"arn":"arn:task:1"}}}`, composed.AppExecutionRoleStart: tiertest.IsReady, composed.AppLogGroup("web"): tiertest.IsReady, composed.AppListener("http"): tiertest.IsReady,
			}),
			Want: map[string]any{"loadBalancer[0].containerName": "nginx", "loadBalancer[0].containerPort": float64(8080)},
		},
		"ServiceOfPipeline": {
			Reason: "The provider starts it with the claim's and leaves it alone afterwards.", Spec: strings.Replace(web, `"image"`, `"deployedBy":"Pipeline","image"`, 1), Observed: ready, Resource: composed.AppService("web"),
			Want: map[string]any{"taskDefinitionRef": tiertest.Absent{}, ".spec.initProvider.taskDefinitionRef.name": "shop-" + task},
		},
		"Scaling": {
			Reason: "The autoscaler says how many run.", Spec: web, Resource: composed.AppScaling("web"), Observed: map[string]string{composed.AppService("web"): `{"status":{"atProvider":{"id":"arn:service"}}}`},
			Want: map[string]any{"minCapacity": float64(2), "maxCapacity": float64(4), "resourceId": "service/" + tiertest.Prefix + "/web"},
		},
		"ScalingPolicy": {
			Reason: "More are started when processors are busy.", Spec: web, Resource: composed.AppScalingPolicy("web", "cpu"), Observed: map[string]string{composed.AppService("web"): `{"status":{"atProvider":{"id":"arn:service"}}}`},
			Want: map[string]any{"targetTrackingScalingPolicyConfiguration.targetValue": float64(60), "resourceIdRef.name": "shop-app-scaling-web"},
		},
		"NoScalingPolicy": {
			Reason: "As many at most as at least.", Spec: strings.Replace(web, `"image"`, `"replicas":{"min":1,"max":1},"image"`, 1), Resource: composed.AppScalingPolicy("web", "cpu"), Missing: true,
		},
		"WorkerIsNotCalled": {
			Reason: "A worker has no load balancer.", Spec: several, Resource: composed.AppTargetGroup("mailer", naming.Hash("mailer", "0")), Missing: true,
		},
		"Cluster":      {Reason: "With insights (ECS.12).", Spec: web, Resource: composed.AppCluster, Want: map[string]any{"setting": []any{map[string]any{"name": "containerInsights", "value": "enabled"}}}},
		"NoneByItself": {Reason: "A claim without services runs none.", Spec: `{"region":"eu-west-1"}`, Resource: composed.AppCluster, Missing: true},
		"LogGroup":     {Reason: "Logs have an end and a key.", Spec: web, Resource: composed.AppLogGroup("web"), Want: map[string]any{"kmsKeyIdRef.name": "shop-logs-key", "retentionInDays": float64(365)}},
		"Registries": {
			Reason: "Without endpoints containers start from the internet.", Spec: web, Resource: composed.AppToRegistries, Want: map[string]any{"cidrIpv4": "0.0.0.0/0", "fromPort": float64(443), "toPort": float64(443)},
		},
		"NoRegistries": {
			Reason: "With them they do not.", Spec: strings.Replace(web, `"app"`, `"network":{"interfaceEndpoints":["ecr.api","ecr.dkr","logs","secretsmanager"]},"app"`, 1), Resource: composed.AppToRegistries, Missing: true,
		},
		"Shell": {
			Reason: "People get in where the claim says so.", Spec: strings.Replace(web, `"image"`, `"shell":true,"rootFilesystem":"Writable","image"`, 1), Resource: composed.AppRoleShell,
		},
		"NoShell": {Reason: "And nowhere else.", Spec: web, Resource: composed.AppRoleShell, Missing: true},
	})
}

func TestLoadBalancer(t *testing.T) {
	logs := map[string]string{composed.Bucket(composed.LogsBucket, composed.Policy): tiertest.IsReady}
	const domain = `{"region":"eu-west-1","cdn":{"domain":"shop.example.com"},"app":{"services":[{"image":"shop:1"}]}}`
	certificate := composed.AppCertificate(naming.Hash("shop.example.com"))
	issued := map[string]string{certificate: `{"status":{"atProvider":{"arn":"arn:certificate","status":"ISSUED"}}}`}
	stands := `{"metadata":{"annotations":{"crossplane.io/external-name":"vo_1"}}}`
	uses := `{"status":{"atProvider":{"origin":[{"vpcOriginConfig":{"vpcOriginId":"vo_1"}}]}}}`
	moved := map[string]string{
		certificate: issued[certificate], kit.AppOrigin(kit.HTTP): stands, composed.Distribution: uses, composed.AppListener("http"): `{"spec":{"forProvider":{"port":80}}}`, composed.AppWayIn("http"): `{}`,
	}
	left := maps.Clone(moved)
	left[kit.AppOrigin(kit.HTTPS)] = `{"metadata":{"annotations":{"crossplane.io/external-name":"vo_2"}}}`
	left[composed.Distribution] = `{"status":{"atProvider":{"origin":[{"originId":"app","vpcOriginConfig":{"vpcOriginId":"vo_2"}}]}}}`
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"LoadBalancer": {
			Reason: "Private, in two zones, with logs.", Spec: web, Observed: logs, Resource: composed.AppLoadBalancer,
			Want: map[string]any{
				"subnetMapping": []any{}, "internal": true, "loadBalancerType": "application", "subnetRefs[1].name": "shop-private-subnet-2", "dropInvalidHeaderFields": true, "desyncMitigationMode": "defensive",
				"accessLogs.enabled": true, "accessLogs.bucketRef.name": "shop-access-logs-bucket", "securityGroupRefs[1].name": "shop-app-http-security-group",
			},
		},
		"LoadBalancerWaits": {Reason: "ELB tries to write to the bucket.", Spec: web, Resource: composed.AppLoadBalancer, Waits: true},
		"OnlyWorkers":       {Reason: "Nobody calls workers.", Spec: strings.Replace(web, `"image"`, `"runs":"Worker","image"`, 1), Resource: composed.AppLoadBalancer, Missing: true},
		"FromCloudFront": {
			Reason: "Nobody else is let in.", Spec: web, Resource: composed.AppFromCloudFront("http"),
			Want: map[string]any{"prefixListId": "pl-4fa04526", "fromPort": float64(80), "toPort": float64(80), "cidrIpv4": tiertest.Absent{}},
		},
		"Listener": {
			Reason: "What no rule knows is for the service of all paths.", Spec: several, Resource: composed.AppListener("http"),
			Want: map[string]any{"port": float64(80), "protocol": "HTTP", "defaultAction[0].targetGroupArnRef.name": "shop-" + composed.AppTargetGroup("shop", naming.Hash("shop", "8080"))},
		},
		"ListenerWithoutAll": {
			Reason: "Or for nobody.", Spec: strings.Replace(web, `"image"`, `"paths":["/api/*"],"image"`, 1), Resource: composed.AppListener("http"),
			Want: map[string]any{"defaultAction[0].type": "fixed-response", "defaultAction[0].fixedResponse.statusCode": "404"},
		},
		"Rule": {
			Reason: "A path leads to its service.", Spec: several, Resource: composed.AppListenerRule("http", naming.Hash("/api/*")),
			Want: map[string]any{
				"condition[0].pathPattern.values": []any{"/api/*"}, "action[0].order": float64(1), "action[0].targetGroupArnRef.name": "shop-" + composed.AppTargetGroup("api", naming.Hash("api", "3000")),
				"listenerArnRef.name": "shop-app-http-listener",
			},
		},
		"TargetGroup": {
			Reason: "Fargate's containers are known by address.", Spec: several, Resource: composed.AppTargetGroup("api", naming.Hash("api", "3000")),
			Want: map[string]any{"targetType": "ip", "port": float64(3000), "protocol": "HTTP", "healthCheck.path": "/", "deregistrationDelay": "30"},
		},
		"PortIn":  {Reason: "The load balancer reaches containers at their port.", Spec: several, Resource: composed.AppFromLoadBalancer(3000), Want: map[string]any{"fromPort": float64(3000), "referencedSecurityGroupIdRef.name": "shop-app-load-balancer-security-group"}},
		"PortOut": {Reason: "And nothing else.", Spec: several, Resource: composed.LoadBalancerToApp(3000), Want: map[string]any{"securityGroupIdRef.name": "shop-app-load-balancer-security-group"}},
		"Certificate": {
			Reason: "A load balancer takes certificates of its region.", Spec: domain, Resource: certificate, Want: map[string]any{"region": "eu-west-1", "domainName": "shop.example.com", "validationMethod": "DNS"},
		},
		"HTTPS": {
			Reason: "Once the domain is proved CloudFront calls by TLS.", Spec: domain, Observed: issued, Resource: composed.AppListener("https"),
			Want: map[string]any{"port": float64(443), "protocol": "HTTPS", "certificateArn": "arn:certificate", "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"},
		},
		"HTTPGoesAtOnce":    {Reason: "Nobody calls by it yet.", Spec: domain, Observed: issued, Resource: composed.AppListener("http"), Missing: true},
		"HTTPStays":         {Reason: "CloudFront still calls by it.", Spec: domain, Observed: moved, Resource: composed.AppListener("http")},
		"HTTPGoes":          {Reason: "CloudFront has left it.", Spec: domain, Observed: left, Resource: composed.AppListener("http"), Missing: true},
		"BothWaysIn":        {Reason: "As long as both are used.", Spec: domain, Observed: func() map[string]string { out := maps.Clone(moved); maps.Copy(out, logs); return out }(), Resource: composed.AppLoadBalancer, Want: map[string]any{"securityGroupRefs[2].name": "shop-app-http-security-group"}},
		"OlderCertificate":  {Reason: "ACM deletes none that the load balancer shows.", Spec: domain, Resource: composed.AppCertificate("older"), Observed: map[string]string{composed.AppCertificate("older"): `{"status":{"atProvider":{"arn":"arn:older"}}}`, composed.AppListener("https"): `{"spec":{"forProvider":{"certificateArn":"arn:older"}}}`}},
		"OlderCertificate2": {Reason: "One that it does not show goes.", Spec: domain, Resource: composed.AppCertificate("older"), Missing: true, Observed: map[string]string{composed.AppCertificate("older"): `{"status":{"atProvider":{"arn":"arn:older"}}}`, composed.AppListener("https"): `{"spec":{"forProvider":{"certificateArn":"arn:other"}}}`}},
	})
}

func TestSchedule(t *testing.T) {
	task := taskOf(t, scheduled, "nightly", known)
	ready := also(map[string]string{
		task: `{"status":{"atProvider":{"arn":"arn:task:1"}}}`, composed.AppExecutionRoleStart: tiertest.IsReady, composed.AppScheduleRoleRun: tiertest.IsReady,
		composed.AppCluster:       `{"status":{"atProvider":{"arn":"arn:cluster"}}}`,
		composed.AppSecurityGroup: `{"metadata":{"annotations":{"crossplane.io/external-name":"sg-1"}}}`,
		composed.PrivateSubnet(1): `{"metadata":{"annotations":{"crossplane.io/external-name":"subnet-1"}}}`,
		composed.PrivateSubnet(2): `{"metadata":{"annotations":{"crossplane.io/external-name":"subnet-2"}}}`,
	})
	existing := strings.Replace(scheduled, `"app"`, `"network":{"existing":{"vpcId":"vpc-0a1b2c3d","databaseSubnetIds":["subnet-00000001","subnet-00000002"],"privateSubnetIds":["subnet-00000003","subnet-00000004"]}},"app"`, 1)
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"Rule": {Reason: "EventBridge says when.", Spec: scheduled, Resource: composed.AppSchedule("nightly"), Want: map[string]any{"scheduleExpression": "cron(0 3 * * ? *)"}},
		"Target": {
			Reason: "And starts one container.", Spec: scheduled, Observed: ready, Resource: composed.AppScheduleTarget("nightly"),
			Want: map[string]any{
				"arn": "arn:cluster", "ecsTarget.taskCount": float64(1), "ecsTarget.taskDefinitionArnRef.name": "shop-" + task, "ecsTarget.launchType": "FARGATE",
				"ecsTarget.networkConfiguration": map[string]any{"assignPublicIp": false, "subnets": []any{"subnet-1", "subnet-2"}, "securityGroups": []any{"sg-1"}},
			},
		},
		"TargetWaits": {Reason: "EventBridge takes no references.", Spec: scheduled, Observed: known, Resource: composed.AppScheduleTarget("nightly"), Waits: true},
		"ExistingNetwork": {
			Reason: "Or in the subnets that the claim names.", Spec: existing, Observed: ready, Resource: composed.AppScheduleTarget("nightly"),
			Want: map[string]any{"ecsTarget.networkConfiguration.subnets": []any{"subnet-00000003", "subnet-00000004"}},
		},
		"NoService": {Reason: "It does not run all the time.", Spec: scheduled, Resource: composed.AppService("nightly"), Missing: true},
		"NoRole":    {Reason: "Who has no schedule needs no role for it.", Spec: web, Resource: composed.AppScheduleRole, Missing: true},
	})
}

func TestRoles(t *testing.T) {
	secrets := `{"region":"eu-west-1","app":{"services":[{"image":"` + image + `","secrets":{"A":"key","B":"arn:aws:secretsmanager:eu-west-1:123456789012:secret:b-AbCdEf:k::","C":"arn:aws:ssm:eu-west-1:123456789012:parameter/c"}}]}}`
	start := tiertest.Statements(t, tiertest.Composed(t, secrets, known, tiertest.Platform()).Resources[composed.AppExecutionRoleStart], "policy")
	want := map[string]any{
		"SignInToECR": "*", "PullImages": "arn:aws:ecr:eu-west-1:123456789012:repository/team/shop", "WriteLogs": "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/ecs/" + tiertest.Prefix + "/*:*",
		"DecryptSecrets": "arn:key", "ReadParameters": "arn:aws:ssm:eu-west-1:123456789012:parameter/c",
		"ReadSecrets": []any{"arn:aws:secretsmanager:eu-west-1:123456789012:secret:b-AbCdEf", "arn:secret:app", "arn:secret:database"},
	}
	got := map[string]any{}
	for sid, statement := range start {
		got[sid] = statement["Resource"]
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\nECS starts containers by what they need alone.\n-want, +got:\n%s", diff)
	}
	none := tiertest.Statements(t, tiertest.Composed(t, strings.Replace(web, `"image"`, `"databaseCredentials":"None","image"`, 1), known, tiertest.Platform()).Resources[composed.AppExecutionRoleStart], "policy")
	if none["ReadSecrets"] != nil {
		t.Errorf("\nA secret that no container wants is not read.\ngot %v", none["ReadSecrets"])
	}
	const key = "arn:aws:kms:eu-west-1:123456789012:key/1"
	keys := tiertest.Composed(t, strings.Replace(web, `"app"`, `"access":{"kmsKeyArns":["`+key+`"]},"app"`, 1), known, tiertest.Platform()).Resources
	for _, r := range []string{composed.AppExecutionRoleStart, composed.AppRoleRights} {
		decrypt := tiertest.Statements(t, keys[r], "policy")["DecryptWithKeys"]
		via := map[string]any{"StringEquals": map[string]any{"kms:ViaService": []any{"secretsmanager.eu-west-1.amazonaws.com", "ssm.eu-west-1.amazonaws.com"}}}
		if diff := cmp.Diff([]any{"kms:Decrypt", key, via}, []any{decrypt["Action"], decrypt["Resource"], decrypt["Condition"]}); diff != "" {
			t.Errorf("\n%s: the claim's keys decrypt secrets and parameters, and nothing else.\n-want, +got:\n%s", r, diff)
		}
	}
	run := tiertest.Statements(t, tiertest.Composed(t, scheduled, also(map[string]string{
		composed.AppCluster:       `{"status":{"atProvider":{"arn":"arn:cluster"}}}`,
		composed.AppExecutionRole: `{"status":{"atProvider":{"arn":"arn:role:start"}}}`,
	}), tiertest.Platform()).Resources[composed.AppScheduleRoleRun], "policy")
	if diff := cmp.Diff([]any{"arn:aws:iam::123456789012:role/app", "arn:role:start"}, run["RunAsRoles"]["Resource"]); diff != "" {
		t.Errorf("\nEventBridge passes the two roles of the container and no others.\n-want, +got:\n%s", diff)
	}
	if diff := cmp.Diff("arn:aws:ecs:eu-west-1:123456789012:task-definition/"+tiertest.Prefix+"-nightly:*", run["RunTasks"]["Resource"]); diff != "" {
		t.Errorf("\nAnd runs scheduled services only.\n-want, +got:\n%s", diff)
	}
}

func TestReport(t *testing.T) {
	status := tiertest.Composed(t, web, map[string]string{
		composed.AppCluster: `{}`, composed.AppLoadBalancer: `{"status":{"atProvider":{"arn":"arn:balancer"}}}`, composed.AppService("web"): `{"status":{"atProvider":{"taskDefinition":"arn:task:3"}}}`,
	}, tiertest.Platform()).Status.App
	if diff := cmp.Diff([]string{tiertest.Prefix, "arn:balancer", "web", "/aws/ecs/" + tiertest.Prefix + "/web", "arn:task:3"},
		[]string{status.Cluster, status.LoadBalancerARN, status.Services[0].Name, status.Services[0].LogGroup, status.Services[0].TaskDefinition}); diff != "" {
		t.Errorf("\nThe status says what runs and where its log is.\n-want, +got:\n%s", diff)
	}
}
