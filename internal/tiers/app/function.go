package app

import (
	"k8s.io/utils/ptr"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/cloudwatchevents"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/lambda"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// architectures contains Lambda's names of architectures.
var architectures = map[v1alpha1.Architecture]string{v1alpha1.ArchitectureX86: "x86_64", v1alpha1.ArchitectureARM: "arm64"}

// composeFunctions adds the services that are functions, and their callers. Jobs
// run before them too.
func composeFunctions(s *settings.Settings, observed facts.Observed, set *desired.Set, jobs []facts.Fact) {
	functions := s.App.Functions()
	if len(functions) > 0 {
		key := observed.ARN(composed.SecretsKey)
		kit.AddRolePolicy(set, composed.AppRoleEnvironment, composed.AppRole, "environment", []policy.Statement{{
			Sid: "DecryptEnvironment", Effect: policy.Allow, Actions: []string{"kms:Decrypt"}, Resources: []string{key.Value}, Condition: kit.ViaService(s, "lambda"),
		}}, key)
	}
	current := map[string]bool{}
	for _, service := range functions {
		composeFunction(s, observed, set, service, jobs)
		if service.Schedule != "" {
			composeFunctionSchedule(s, observed, set, service)
			continue
		}
		composeFunctionURL(observed, set, service)
		current[composed.AppFunctionURL(kit.FunctionOf(service), service.Name)] = true
	}
	holdFunctions(observed, set, current)
}

// composeFunction adds a function and its log group.
func composeFunction(s *settings.Settings, observed facts.Observed, set *desired.Set, service settings.Service, jobs []facts.Fact) {
	of := kit.FunctionOf(service)
	r, group := composed.AppFunction(of, service.Name), composed.AppFunctionLogGroup(of, service.Name)
	kit.ComposeLogGroup(s, set, kit.LogGroup{Resource: group, Name: kit.FunctionLogGroup(s, service), Region: s.Region, Key: composed.LogsKey})
	variables, needs := functionEnvironment(s, observed, service)
	key := observed.ARN(composed.SecretsKey)
	needs = append(append(needs, key), jobs...)
	p := lambda.FunctionParameters{
		Description:                  new(service.Name + " of " + s.Stack),
		RoleRef:                      set.Ref(composed.AppRole),
		Architectures:                kit.Pointers([]string{architectures[service.Architecture]}),
		MemorySize:                   new(float64(service.Memory)),
		Timeout:                      new(float64(service.Timeout)),
		ReservedConcurrentExecutions: new(float64(service.Concurrency())),
		Environment:                  &lambda.EnvironmentParameters{Variables: variables},
		// A reference would resolve to the key's ID.
		KMSKeyArn:     new(key.Value),
		TracingConfig: &lambda.TracingConfigParameters{Mode: new("Active")},
		LoggingConfig: kit.LogsTo(set, group),
	}
	before := []string{group, composed.SecretsKey}
	if service.VPC || observed.Value(r, "spec.forProvider.vpcConfig") != nil {
		subnets := kit.InPrivateSubnets(s, set)
		p.VPCConfig = &lambda.VPCConfigParameters{SubnetIds: subnets.IDs, SubnetIDRefs: subnets.Refs, SecurityGroupIDRefs: set.LiveRefs(composed.AppSecurityGroup)}
		// Lambda removes its network interfaces with this role (AWS documentation,
		// "Giving Lambda functions access to resources in an Amazon VPC").
		before = append(before, composed.AppRole, composed.AppRoleNetwork)
	}
	for _, f := range s.App.FilesOf(service) {
		access := composed.FilesAccess(f.Name)
		p.FileSystemConfig = &lambda.FileSystemConfigParameters{ArnRef: set.Ref(access), LocalMountPath: new(f.Path)}
		needs = append(needs, kit.FilesReachable(s, observed, set)...)
	}
	if !observed.Has(r) {
		// Lambda validates the permissions of the role.
		needs = append(needs, observed.Ready(composed.AppRoleLogs), observed.Ready(composed.AppRoleEnvironment), observed.Ready(composed.AppRoleNetwork), observed.Ready(group))
	}
	initial := codeOf(&p, observed, r, service)
	set.Add(r, &lambda.Function{Spec: lambda.FunctionSpec{ForProvider: p, InitProvider: initial}},
		desired.Named(kit.FunctionName(s, service)), desired.Needs(needs...), desired.Before(before...))
}

// codeOf sets the code of a function. If a pipeline deploys the function, this is
// only the initial code.
func codeOf(p *lambda.FunctionParameters, observed facts.Observed, r string, service settings.Service) *lambda.FunctionParameters {
	code := &lambda.FunctionParameters{}
	if z := service.Package; z != nil {
		p.PackageType, p.Handler, p.Runtime = new("Zip"), new(z.Handler), new(z.Runtime)
		code.S3Bucket, code.S3Key, code.S3ObjectVersion = new(z.Bucket), new(z.Key), kit.Nonzero(z.Version)
	} else {
		p.PackageType = new("Image")
		code.ImageURI = new(service.Image)
		if len(service.Command)+len(service.EntryPoint) > 0 {
			p.ImageConfig = &lambda.ImageConfigParameters{Command: kit.Pointers(service.Command), EntryPoint: kit.Pointers(service.EntryPoint)}
		}
	}
	if byPipeline(service) {
		return code
	}
	p.ImageURI, p.S3Bucket, p.S3Key, p.S3ObjectVersion = code.ImageURI, code.S3Bucket, code.S3Key, code.S3ObjectVersion
	p.CodeSha256 = seenCode(observed, r, code)
	return nil
}

// seenCode returns the observed digest of a function's code, once it runs this
// code. Provider 2.5 treats an omitted digest as a removal, and uploads the code
// every minute (provider-upjet-aws 2041).
func seenCode(observed facts.Observed, r string, code *lambda.FunctionParameters) *string {
	for _, above := range []string{"status.atProvider.", "spec.forProvider."} {
		if digest := observed.String(r, above+"codeSha256"); digest != "" {
			if runsCode(observed, r, above, code) {
				return new(digest)
			}
			return nil
		}
	}
	return nil
}

// runsCode reports whether the observed fields of a function equal its code.
func runsCode(observed facts.Observed, r, above string, code *lambda.FunctionParameters) bool {
	for _, f := range []struct {
		name string
		want *string
	}{
		{"imageUri", code.ImageURI}, {"s3Bucket", code.S3Bucket}, {"s3Key", code.S3Key}, {"s3ObjectVersion", code.S3ObjectVersion},
	} {
		if observed.String(r, above+f.name) != ptr.Deref(f.want, "") {
			return false
		}
	}
	return true
}

// functionEnvironment returns the variables of a function: those of every service
// except secrets, which it reads itself.
func functionEnvironment(s *settings.Settings, observed facts.Observed, service settings.Service) (map[string]*string, []facts.Fact) {
	variables, needs := environmentOf(s, observed, service, service.TaskContainers()[0])
	out := map[string]*string{}
	for _, v := range variables {
		out[v.Name] = new(v.Value)
	}
	return out, needs
}

// distribution is CloudFront's service principal.
const distribution = "cloudfront.amazonaws.com"

// composeFunctionURL adds the URL of a function that answers visitors. Only the
// stack's distribution can call it (AWS documentation, "Restrict access to an AWS
// Lambda function URL origin"). Since October 2025, this requires both actions
// ("Control access to Lambda function URLs").
func composeFunctionURL(observed facts.Observed, set *desired.Set, service settings.Service) {
	of := kit.FunctionOf(service)
	function := composed.AppFunction(of, service.Name)
	set.Add(composed.AppFunctionURL(of, service.Name), &lambda.FunctionURL{Spec: lambda.FunctionURLSpec{ForProvider: lambda.FunctionURLParameters{
		FunctionNameRef:   set.Ref(function),
		AuthorizationType: new("AWS_IAM"),
		InvokeMode:        new("BUFFERED"),
	}}}, desired.Needs(observed.ARN(function)))
	source := observed.ARN(composed.Distribution)
	for _, p := range []lambda.PermissionParameters{
		{StatementID: new("url"), Action: new("lambda:InvokeFunctionUrl"), FunctionURLAuthType: new("AWS_IAM")},
		{StatementID: new("invoke"), Action: new("lambda:InvokeFunction"), InvokedViaFunctionURL: new(true)},
	} {
		p.FunctionNameRef, p.Principal, p.SourceArn = set.Ref(function), new(distribution), new(source.Value)
		set.Add(composed.AppFunctionPermission(*p.StatementID, of, service.Name), &lambda.Permission{Spec: lambda.PermissionSpec{ForProvider: p}},
			desired.Named(*p.StatementID), desired.Needs(source, observed.ARN(function)))
	}
}

// composeFunctionSchedule adds the schedule of a function. The target waits for the
// permission, because EventBridge does not retry an unauthorized call.
func composeFunctionSchedule(s *settings.Settings, observed facts.Observed, set *desired.Set, service settings.Service) {
	of := kit.FunctionOf(service)
	rule, function, permission := composed.AppSchedule(service.Name), composed.AppFunction(of, service.Name), composed.AppFunctionPermission("schedule", of, service.Name)
	composeScheduleRule(s, set, service)
	arn := observed.ARN(function)
	set.Add(permission, &lambda.Permission{Spec: lambda.PermissionSpec{ForProvider: lambda.PermissionParameters{
		StatementID:     new("schedule"),
		Action:          new("lambda:InvokeFunction"),
		FunctionNameRef: set.Ref(function),
		Principal:       new(kit.EventBridge),
		SourceArn:       new(s.Partition.ARN("events", s.Region, s.Account.Value, "rule/"+kit.AppFamily(s, service.Name))),
	}}}, desired.Named("schedule"), desired.Needs(s.Account, arn))
	set.Add(composed.AppFunctionSchedule(of, service.Name), &cloudwatchevents.Target{Spec: cloudwatchevents.TargetSpec{ForProvider: cloudwatchevents.TargetParameters{
		EventBusName: new("default"),
		RuleRef:      set.Ref(rule),
		TargetID:     new(of),
		Arn:          new(arn.Value),
	}}}, desired.Needs(arn, observed.Ready(permission)), desired.Before(composed.AppFunctionLogGroup(of, service.Name)))
}

// holdFunctions keeps functions that are no longer requested while the distribution
// may call them.
func holdFunctions(observed facts.Observed, set *desired.Set, current map[string]bool) {
	for _, r := range observed.Names() {
		of, service, ok := composed.AppFunctionOfURL(r)
		if !ok || current[r] || !kit.ServesFromHost(observed, kit.FunctionHost(observed, r)) {
			continue
		}
		for _, part := range []string{
			composed.AppFunction(of, service), composed.AppFunctionLogGroup(of, service), r,
			composed.AppFunctionPermission("url", of, service), composed.AppFunctionPermission("invoke", of, service),
		} {
			if observed.Has(part) {
				set.Hold(part)
			}
		}
	}
}
