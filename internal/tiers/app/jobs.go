package app

import (
	"slices"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/jobs"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/lambda"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// composeJobs adds the jobs that run before services are rolled out, and returns
// the facts that they succeeded. ECS has no resource for a single run, so a
// function starts each job's task and waits for its end.
func composeJobs(s *settings.Settings, observed facts.Observed, set *desired.Set) []facts.Fact {
	all := s.App.Jobs()
	if len(all) == 0 {
		return nil
	}
	kit.ComposeBucket(s, observed, set, jobsBucket(s))
	code := composeJobsCode(s, observed, set)
	kit.ComposeLogGroup(s, set, kit.LogGroup{Resource: composed.JobsLogGroup, Name: kit.LambdaLogGroup(s, "jobs"), Region: s.Region, Key: composed.LogsKey})
	composeJobsRole(s, observed, set)
	composeJobsFunction(s, observed, set, code)
	var done []facts.Fact
	for _, job := range all {
		composeServiceLogGroup(s, set, job)
		done = append(done, composeJob(s, observed, set, job, composeTask(s, observed, set, job)))
	}
	return done
}

// jobsBucket contains the function's code, which the function uploads again if it
// is missing.
func jobsBucket(s *settings.Settings) kit.Bucket {
	return kit.Bucket{
		Resource: composed.JobsBucket, Name: s.Names.JobsBucket, Key: composed.DataKey, LogPrefix: "jobs/",
		OldVersionDays: 1, Disposable: true,
	}
}

// composeJobsCode adds the function's code and returns its resource name. The
// previous code is kept until the function uses the new one.
func composeJobsCode(s *settings.Settings, observed facts.Observed, set *desired.Set) string {
	current := composed.JobsCode(naming.Hash(jobs.Code.ObjectKey()))
	kit.ComposeCode(s, observed, set, kit.Code{Resource: current, Bucket: composed.JobsBucket, Key: composed.DataKey, Archive: jobs.Code})
	uses := observed.String(composed.JobsFunction, "spec.forProvider.s3Key")
	kit.HoldOthers(observed, set, current, composed.IsJobsCode, func(r string) bool {
		return uses == "" || uses == observed.String(r, "spec.forProvider.key")
	})
	return current
}

// composeJobsRole adds the function's role. It can start the jobs' tasks in the
// stack's cluster, pass their roles, and check their result.
func composeJobsRole(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	kit.AddRole(s, set, composed.JobsRole, s.Stack+"-jobs", "Runs the application's jobs before its services are rolled out", "lambda.amazonaws.com", nil)
	statements, needs := runTasks(s, observed, s.App.Jobs())
	cluster, key := observed.ARN(composed.AppCluster), observed.ARN(composed.SecretsKey)
	kit.AddRolePolicy(set, composed.JobsRoleRun, composed.JobsRole, "run", append(statements, []policy.Statement{
		{Sid: "DescribeTasks", Effect: policy.Allow, Actions: []string{"ecs:DescribeTasks"}, Resources: []string{tasksARN(s)}, Condition: inCluster(cluster)},
		// Fargate tasks do not run on a container instance, which is the only
		// resource that the action supports (Service Authorization Reference,
		// "Actions defined by Amazon Elastic Container Service").
		{Sid: "ListTasks", Effect: policy.Allow, Actions: []string{"ecs:ListTasks"}, Resources: []string{"*"}, Condition: inCluster(cluster)},
		{
			Sid: "WriteLogs", Effect: policy.Allow, Actions: []string{"logs:CreateLogStream", "logs:PutLogEvents"},
			Resources: []string{kit.LogGroupARN(s, kit.LambdaLogGroup(s, "jobs")) + ":*"},
		},
		kit.WriteTraces(),
		{Sid: "DecryptEnvironment", Effect: policy.Allow, Actions: []string{"kms:Decrypt"}, Resources: []string{key.Value}, Condition: kit.ViaService(s, "lambda")},
	}...), append(needs, key)...)
}

// composeJobsFunction adds the function. It runs outside the VPC, because it calls
// only ECS.
func composeJobsFunction(s *settings.Settings, observed facts.Observed, set *desired.Set, code string) {
	concurrency := -1
	if s.App.ReserveConcurrency {
		concurrency = len(s.App.Jobs())
	}
	key, group := observed.ARN(composed.SecretsKey), observed.ExternalName(composed.AppSecurityGroup)
	subnets, known := privateSubnets(s, observed)
	environment := kit.PointersOf(jobs.Environment(s.Stack, subnets, group.Value))
	before := []string{composed.JobsLogGroup, composed.SecretsKey, composed.AppExecutionRoleStart}
	for _, job := range s.App.Jobs() {
		before = append(before, composed.AppLogGroup(job.Name))
	}
	needs := append([]facts.Fact{key, group, observed.Ready(code), observed.Ready(composed.JobsRoleRun)}, known...)
	set.Add(composed.JobsFunction, &lambda.Function{Spec: lambda.FunctionSpec{ForProvider: lambda.FunctionParameters{
		Description:                  new("Runs jobs of " + s.Stack + " before its services are rolled out"),
		RoleRef:                      set.Ref(composed.JobsRole),
		PackageType:                  new("Zip"),
		Runtime:                      new(jobs.Runtime),
		Handler:                      new(jobs.Handler),
		Architectures:                kit.Pointers([]string{"x86_64"}),
		S3BucketRef:                  set.Ref(composed.JobsBucket),
		S3Key:                        new(jobs.Code.ObjectKey()),
		SourceCodeHash:               new(jobs.Code.Digest()),
		CodeSha256:                   new(jobs.Code.Digest()),
		MemorySize:                   new(float64(256)),
		Timeout:                      new(float64(900)),
		ReservedConcurrentExecutions: new(float64(concurrency)),
		Environment:                  &lambda.EnvironmentParameters{Variables: environment},
		// A reference would resolve to the key's ID.
		KMSKeyArn:     new(key.Value),
		TracingConfig: &lambda.TracingConfigParameters{Mode: new("Active")},
		LoggingConfig: kit.LogsTo(set, composed.JobsLogGroup),
	}}}, desired.Named(s.Stack+"-jobs"), desired.Needs(needs...), desired.Before(before...))
}

// composeJob runs a job once for each task definition, and returns the fact that it
// succeeded. The provider calls the function when it creates an invocation, and
// retries while that fails. The event of an invocation never changes. A previous
// successful run is kept until the new run has succeeded, so that a rollback of the
// claim does not run the job again. A failed one is removed with its task
// definition.
func composeJob(s *settings.Settings, observed facts.Observed, set *desired.Set, job settings.Service, t task) facts.Fact {
	digest := strings.TrimPrefix(t.resource, composed.AppTaskDefinition(job.Name, ""))
	r, definition := composed.AppJob(job.Name, digest), observed.ARN(t.resource)
	asked := jobs.Run{Job: job.Name, LogGroup: kit.AppLogGroup(s, job.Name), Run: digest, TaskDefinition: definition.Value}
	input := observed.String(r, "spec.forProvider.input")
	var needs []facts.Fact
	if input == "" {
		input = asked.JSON()
		needs = slices.Concat(t.needs, []facts.Fact{
			definition, observed.Ready(composed.JobsFunction), observed.Ready(composed.AppExecutionRoleStart), observed.Ready(composed.AppLogGroup(job.Name)),
		})
		if s.Database.Enabled {
			needs = append(needs, observed.Ready(composed.AppToDatabase), observed.Ready(composed.DatabaseFromApp))
		}
	}
	set.Add(r, &lambda.Invocation{Spec: lambda.InvocationSpec{ForProvider: lambda.InvocationParameters{
		FunctionNameRef: set.Ref(composed.JobsFunction),
		Input:           new(input),
		LifecycleScope:  new("CREATE_ONLY"),
		Qualifier:       new("$LATEST"),
		TerraformKey:    new("tf"),
	}}}, desired.Needs(needs...))
	done := observed.Ready(r)
	kit.HoldOthers(observed, set, r, func(earlier string) bool { return composed.IsAppJob(job.Name, earlier) }, func(earlier string) bool {
		return !done.Known() && !superseded(observed, earlier, t)
	})
	return done
}

// superseded reports whether a previous run has failed and belongs to another task
// definition.
func superseded(observed facts.Observed, earlier string, t task) bool {
	unknown := slices.ContainsFunc(t.needs, func(f facts.Fact) bool { return !f.Known() })
	return !unknown && observed.Condition(earlier, "Ready").Status == "False"
}

// hasRun returns the task definition of a successful run. It is empty if there is
// none. If there are two, the older one is about to be removed.
func hasRun(observed facts.Observed, job settings.Service) string {
	for _, r := range observed.Names() {
		if !composed.IsAppJob(job.Name, r) || !observed.Ready(r).Known() {
			continue
		}
		definition := composed.AppTaskDefinition(job.Name, strings.TrimPrefix(r, composed.AppJob(job.Name, "")))
		return observed.ARN(definition).Value
	}
	return ""
}
