package app_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

const (
	functionImage     = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:1"
	ofImage           = `{"region":"eu-west-1","app":{"services":[{"name":"web","runtime":"Lambda","image":"` + functionImage + `"}]}}`
	ofPackage         = `{"region":"eu-west-1","app":{"services":[{"name":"web","runtime":"Lambda","package":{"bucket":"releases","key":"web.zip","version":"v1","handler":"index.handler","runtime":"nodejs24.x"},"paths":["/*"]}]}}`
	functionScheduled = `{"region":"eu-west-1","app":{"services":[{"name":"clean","runtime":"Lambda","image":"` + functionImage + `","schedule":"rate(1 hour)"}]}}`
	distribution      = `{"metadata":{"name":"d","annotations":{"crossplane.io/external-name":"E1"}},"status":{"atProvider":{"arn":"arn:aws:cloudfront::123456789012:distribution/E1"}}}`
	functionARN       = "arn:aws:lambda:eu-west-1:123456789012:function:web"
	function          = `{"apiVersion":"lambda.aws.m.upbound.io/v1beta1","kind":"Function","metadata":{"name":"f"},"spec":{"forProvider":{}},"status":{"atProvider":{"arn":"` + functionARN + `"},"conditions":[{"type":"Ready","status":"True"}]}}`
)

// with returns a claim whose service has additional fields.
func with(spec, fields string) string {
	return strings.Replace(spec, `"runtime":"Lambda"`, `"runtime":"Lambda",`+fields, 1)
}

// knownFunction returns the resources for variables and keys of every service, and
// others.
func knownFunction(more map[string]string) map[string]string {
	out := map[string]string{
		composed.Database:                              `{"status":{"atProvider":{"address":"db.example.com","dbName":"ecommerce","masterUserSecret":[{"secretArn":"arn:database"}]}}}`,
		composed.AppSecret:                             `{"status":{"atProvider":{"arn":"arn:app"}}}`,
		composed.SecretsKey:                            `{"status":{"atProvider":{"arn":"arn:key"}}}`,
		composed.AppRole:                               `{"status":{"atProvider":{"arn":"arn:role"}}}`,
		composed.AppRoleLogs:                           tiertest.IsReady,
		composed.AppRoleNetwork:                        tiertest.IsReady,
		composed.AppRoleEnvironment:                    tiertest.IsReady,
		composed.AppFunctionLogGroup("image", "web"):   tiertest.IsReady,
		composed.AppFunctionLogGroup("package", "web"): tiertest.IsReady,
		composed.AppFunctionLogGroup("image", "clean"): tiertest.IsReady,
	}
	maps.Copy(out, more)
	return out
}

func TestFunctions(t *testing.T) {
	web, url := composed.AppFunction("image", "web"), composed.AppFunctionURL("image", "web")
	address := func(host string) string {
		return `{"apiVersion":"lambda.aws.m.upbound.io/v1beta1","kind":"FunctionURL","metadata":{"name":"u"},"spec":{"forProvider":{}},"status":{"atProvider":{"functionUrl":"https://` + host + `/"}}}`
	}
	serving := func(host string) string {
		return `{"metadata":{"name":"d"},"spec":{"forProvider":{}},"status":{"atProvider":{"arn":"arn:d","origin":[{"originId":"assets"},{"originId":"function-web","domainName":"` + host + `"}]}}}`
	}
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"Image": {
			Reason:   "A function of an image has its own name, and the variables of every service but for secrets.",
			Spec:     ofImage,
			Observed: knownFunction(nil),
			Resource: web,
			Want: map[string]any{
				".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-image-web",
				"packageType": "Image", "imageUri": functionImage, "handler": tiertest.Absent{}, "s3Key": tiertest.Absent{}, "codeSha256": tiertest.Absent{}, "imageConfig": tiertest.Absent{},
				"memorySize": float64(1024), "timeout": float64(30), "reservedConcurrentExecutions": float64(-1), "architectures": []any{"x86_64"}, "vpcConfig": tiertest.Absent{},
				"environment.variables.DATABASE_SECRET_ARN": "arn:database", "environment.variables.APP_SECRET_ARN": "arn:app", "environment.variables.DATABASE_HOST": "db.example.com",
				"environment.variables.DATABASE_PASSWORD": tiertest.Absent{}, "environment.variables.PORT": tiertest.Absent{},
				"kmsKeyArn": "arn:key", "tracingConfig.mode": "Active", "loggingConfig.logFormat": "JSON", "roleRef.name": "shop-app-role",
			},
		},
		"Package": {
			Reason:   "Another version is rolled out.",
			Spec:     ofPackage,
			Observed: knownFunction(nil),
			Resource: composed.AppFunction("package", "web"),
			Want: map[string]any{
				".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-package-web",
				"packageType": "Zip", "s3Bucket": "releases", "s3Key": "web.zip", "s3ObjectVersion": "v1", "handler": "index.handler", "runtime": "nodejs24.x", "imageUri": tiertest.Absent{},
			},
		},
		"AsAsked": {
			Reason:   "What the claim says is what runs.",
			Spec:     with(ofImage, `"memory":256,"timeoutSeconds":60,"replicas":{"max":7},"architecture":"ARM64","command":["a","b"],"environment":{"DATABASE_HOST":"other","LEVEL":"info"}`),
			Observed: knownFunction(nil),
			Resource: web,
			Want: map[string]any{
				"memorySize": float64(256), "timeout": float64(60), "reservedConcurrentExecutions": float64(7), "architectures": []any{"arm64"}, "imageConfig.command": []any{"a", "b"},
				"environment.variables.DATABASE_HOST": "other", "environment.variables.LEVEL": "info",
			},
		},
		"InVPC": {
			Reason:   "A function that reaches the database is in two zones (Lambda.5).",
			Spec:     with(ofImage, `"vpc":true`),
			Observed: knownFunction(nil),
			Resource: web,
			Want: map[string]any{
				"vpcConfig.subnetIdRefs[1].name": "shop-private-subnet-2", "vpcConfig.securityGroupIdRefs[0].name": "shop-app-security-group",
			},
		},
		"StaysInVPC": {
			Reason:   "The provider keeps the subnets that it once resolved.",
			Spec:     ofImage,
			Observed: knownFunction(map[string]string{web: `{"metadata":{"name":"f"},"spec":{"forProvider":{"vpcConfig":{"subnetIds":["subnet-1"]}}}}`}),
			Resource: web,
			Want:     map[string]any{"vpcConfig.subnetIdRefs[1].name": "shop-private-subnet-2"},
		},
		"SeenCode": {
			Reason:   "What Lambda shows of the code that it runs is not to be changed (provider-upjet-aws 2041).",
			Spec:     ofImage,
			Observed: knownFunction(map[string]string{web: `{"metadata":{"name":"f"},"spec":{"forProvider":{}},"status":{"atProvider":{"imageUri":"` + functionImage + `","codeSha256":"abc"}}}`}),
			Resource: web,
			Want:     map[string]any{"codeSha256": "abc"},
		},
		"SeenBefore": {
			Reason:   "A missing observation changes nothing.",
			Spec:     ofImage,
			Observed: knownFunction(map[string]string{web: `{"metadata":{"name":"f"},"spec":{"forProvider":{"imageUri":"` + functionImage + `","codeSha256":"abc"}}}`}),
			Resource: web,
			Want:     map[string]any{"codeSha256": "abc"},
		},
		"NewCode": {
			Reason:   "The digest of earlier code would be put back.",
			Spec:     ofImage,
			Observed: knownFunction(map[string]string{web: `{"metadata":{"name":"f"},"spec":{"forProvider":{}},"status":{"atProvider":{"imageUri":"older","codeSha256":"abc"}}}`}),
			Resource: web,
			Want:     map[string]any{"codeSha256": tiertest.Absent{}, "imageUri": functionImage},
		},
		"DeployedByPipeline": {
			Reason:   "What a pipeline deploys is not taken back: the image is how the function begins.",
			Spec:     with(ofImage, `"deployedBy":"Pipeline"`),
			Observed: knownFunction(nil),
			Resource: web,
			Want: map[string]any{
				"imageUri": tiertest.Absent{}, ".spec.initProvider.imageUri": functionImage, ".spec.managementPolicies": []any{"Observe", "Create", "Update", "Delete"},
			},
		},
		"FunctionWaits": {
			Reason:   "Lambda tries out what the role may do.",
			Spec:     ofImage,
			Observed: knownFunction(map[string]string{composed.AppRoleNetwork: `{}`}),
			Resource: web,
			Waits:    true,
		},
		"Address": {
			Reason:   "Nobody calls a function without a signature (RSP-13).",
			Spec:     ofImage,
			Observed: knownFunction(map[string]string{web: function}),
			Resource: url,
			Want:     map[string]any{"authorizationType": "AWS_IAM", "invokeMode": "BUFFERED", "functionNameRef.name": "f"},
		},
		"DistributionCallsURL": {
			Reason:   "The stack's distribution alone may call it (Lambda.1).",
			Spec:     ofImage,
			Observed: knownFunction(map[string]string{web: function, composed.Distribution: distribution}),
			Resource: composed.AppFunctionPermission("url", "image", "web"),
			Want: map[string]any{
				"action": "lambda:InvokeFunctionUrl", "functionUrlAuthType": "AWS_IAM", "principal": "cloudfront.amazonaws.com", "sourceArn": "arn:aws:cloudfront::123456789012:distribution/E1",
				"invokedViaFunctionUrl": tiertest.Absent{},
			},
		},
		"DistributionInvokes": {
			Reason:   "Since October 2025 Lambda wants both actions.",
			Spec:     ofImage,
			Observed: knownFunction(map[string]string{web: function, composed.Distribution: distribution}),
			Resource: composed.AppFunctionPermission("invoke", "image", "web"),
			Want: map[string]any{
				"action": "lambda:InvokeFunction", "invokedViaFunctionUrl": true, "functionUrlAuthType": tiertest.Absent{}, "sourceArn": "arn:aws:cloudfront::123456789012:distribution/E1",
			},
		},
		"PermissionWaits": {
			Reason:   "A permission for any distribution would be one for everybody's.",
			Spec:     ofImage,
			Observed: knownFunction(map[string]string{web: function}),
			Resource: composed.AppFunctionPermission("url", "image", "web"),
			Waits:    true,
		},
		"Schedule": {
			Reason:   "EventBridge does not try again what it may not call.",
			Spec:     functionScheduled,
			Observed: knownFunction(map[string]string{composed.AppFunction("image", "clean"): function, composed.AppFunctionPermission("schedule", "image", "clean"): tiertest.IsReady}),
			Resource: composed.AppFunctionSchedule("image", "clean"),
			Want:     map[string]any{"arn": functionARN, "ecsTarget": tiertest.Absent{}, "ruleRef.name": "shop-app-schedule-clean"},
		},
		"SchedulePermission": {
			Reason:   "One rule may call it.",
			Spec:     functionScheduled,
			Observed: knownFunction(map[string]string{composed.AppFunction("image", "clean"): function}),
			Resource: composed.AppFunctionPermission("schedule", "image", "clean"),
			Want:     map[string]any{"principal": "events.amazonaws.com", "sourceArn": "arn:aws:events:eu-west-1:123456789012:rule/" + tiertest.Prefix + "-clean"},
		},
		"ScheduleHasNoAddress": {Reason: "Nobody calls it.", Spec: functionScheduled, Observed: knownFunction(nil), Resource: composed.AppFunctionURL("image", "clean"), Missing: true},
		"LongerBySchedule": {
			Reason:   "Nobody waits for it.",
			Spec:     functionScheduled,
			Observed: knownFunction(nil),
			Resource: composed.AppFunction("image", "clean"),
			Want:     map[string]any{"timeout": float64(300)},
		},
		"NoCluster":       {Reason: "Functions need no cluster,", Spec: ofImage, Resource: composed.AppCluster, Missing: true},
		"NoLoadBalancer":  {Reason: "no load balancer,", Spec: ofImage, Resource: composed.AppLoadBalancer, Missing: true},
		"NoExecutionRole": {Reason: "no role that starts containers,", Spec: ofImage, Resource: composed.AppExecutionRole, Missing: true},
		"NoPulls":         {Reason: "and no way to registries.", Spec: ofImage, Resource: composed.AppToRegistries, Missing: true},
		"AnotherKindOfCode": {
			Reason:   "A function of a package is another one; the old one answers until the distribution has left it.",
			Spec:     ofPackage,
			Observed: knownFunction(map[string]string{web: function, url: address("old.on.aws"), composed.Distribution: serving("old.on.aws")}),
			Resource: web,
		},
		"AddressStays": {
			Reason:   "The distribution calls it by its address.",
			Spec:     ofPackage,
			Observed: knownFunction(map[string]string{web: function, url: address("old.on.aws"), composed.Distribution: serving("old.on.aws")}),
			Resource: url,
		},
		"GoesWhenUnused": {
			Reason:   "Once the distribution has left it, it goes.",
			Spec:     ofPackage,
			Observed: knownFunction(map[string]string{web: function, url: address("old.on.aws"), composed.Distribution: serving("new.on.aws")}),
			Resource: web,
			Missing:  true,
		},
		"DistributionUnknown": {
			Reason:   "A missing observation deletes nothing.",
			Spec:     ofPackage,
			Observed: knownFunction(map[string]string{web: function, url: address("old.on.aws"), composed.Distribution: distribution}),
			Resource: web,
		},
	})
}

func TestFunctionTrust(t *testing.T) {
	role := tiertest.Composed(t, strings.Replace(ofImage, `"app"`, `"access":{"runtimes":["EKS"]},"app"`, 1), nil, tiertest.Platform()).Resources[composed.AppRole]
	got := tiertest.Field(t, role, "assumeRolePolicy").(string) //nolint:forcetypeassert // A policy is a string.
	if !strings.Contains(got, "lambda.amazonaws.com") || strings.Contains(got, "ecs-tasks.amazonaws.com") {
		t.Errorf("\nFunctions run as the app role, and no container does.\nassumeRolePolicy: %s", got)
	}
}

func TestFunctionStatus(t *testing.T) {
	got := tiertest.Composed(t, ofImage, knownFunction(map[string]string{composed.AppFunction("image", "web"): function}), tiertest.Platform()).Status.App
	want := v1alpha1.AppStatus{Services: []v1alpha1.ServiceStatus{{Name: "web", LogGroup: "/aws/lambda/" + tiertest.Prefix + "-image-web", FunctionARN: functionARN}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\nThere is no cluster, and pipelines find the function here.\nstatus.app: -want, +got:\n%s", diff)
	}
}
