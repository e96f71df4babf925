package responses

import (
	"slices"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/lambda"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/responses"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// composeResponses adds the function that reverts or reports unsafe changes, its
// role and code, and the events that call it. Events without a response are
// published as they are.
func composeResponses(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	in := responsesInputs(s, observed)
	kit.ComposeBucket(s, observed, set, responsesBucket(s))
	code := composeResponsesCode(s, observed, set)
	composeResponsesSigning(s, observed, set, code)
	composeResponsesRole(s, observed, set, in)
	composeResponsesNetwork(s, set)
	composeResponsesFunction(s, observed, set, in, code)
	composeEvents(s, observed, set, in)
}

// responsesInputs returns the configuration of the function and its permissions.
func responsesInputs(s *settings.Settings, observed facts.Observed) responses.Inputs {
	buckets, assets, assetsPolicy := kit.BucketNames(s), "", ""
	switch bucket := kit.AssetsBucket(s, observed); {
	case s.IsAccount: // Only stacks have this bucket.
	case bucket.Watched():
		buckets = slices.DeleteFunc(buckets, func(name string) bool { return name == bucket.Name })
	default:
		assets, assetsPolicy = bucket.Name, policyOf(s, bucket)
	}
	return responses.Inputs{
		Partition: s.Partition, Region: s.Region, Account: s.Account.Value,
		Stack: s.Stack, StackTag: settings.TagStack,
		Buckets:      buckets,
		AssetsBucket: assets, AssetsPolicy: assetsPolicy,
		Database: guardedDatabase(s), ClusterInstances: clusterInstances(s), DeletionProtection: s.Database.DeletionProtection,
		Trail: trailName(s),
		Topic: kit.TopicARN(s, s.Region, kit.AlarmsTopic(s)), TopicKey: observed.ARN(composed.AlarmsKey).Value,
		ProviderPrincipals: s.Responses.ProviderPrincipals,
		FunctionRole:       kit.ResponsesRoleARN(s),
		Modes:              s.Responses.Modes,
	}
}

// guardedDatabase returns the name of the database. It is empty if the stack has
// none.
func guardedDatabase(s *settings.Settings) string {
	if !s.Database.Enabled {
		return ""
	}
	return s.Names.Database
}

// clusterInstances returns the names of an Aurora cluster's instances.
func clusterInstances(s *settings.Settings) []string {
	if s.Database.Aurora == nil {
		return nil
	}
	return kit.InstanceIdentifiers(s)
}

// trailName returns the name of the stack's own trail. It is empty if the stack has
// none.
func trailName(s *settings.Settings) string {
	if !s.Audit.Trail {
		return ""
	}
	return s.Names.AuditTrail
}

// policyOf returns the desired policy of the assets bucket. It is empty until
// the distribution is known.
func policyOf(s *settings.Settings, b kit.Bucket) string {
	for _, f := range b.Needs {
		if !f.Known() {
			return ""
		}
	}
	return kit.BucketPolicy(s, b).JSON()
}

// responsesBucket returns the bucket with the function's code, which the function
// uploads again if it is missing.
func responsesBucket(s *settings.Settings) kit.Bucket {
	return kit.Bucket{
		Resource: composed.ResponsesBucket, Name: s.Names.ResponsesBucket, Key: composed.AlarmsKey, LogPrefix: "responses/",
		OldVersionDays: 1, Disposable: true,
	}
}

// composeResponsesCode adds the function's code and returns its name. Previous code
// is kept, with its signature, until the function uses the new one.
func composeResponsesCode(s *settings.Settings, observed facts.Observed, set *desired.Set) string {
	var needs []facts.Fact
	if s.Responses.CodeSigning {
		// Signer needs a version of the object, which S3 creates only with
		// versioning.
		needs = append(needs, observed.Ready(composed.Bucket(composed.ResponsesBucket, composed.Versioning)))
	}
	current := composed.ResponsesCode(naming.Hash(responses.Code.ObjectKey()))
	kit.ComposeCode(s, observed, set, kit.Code{Resource: current, Bucket: composed.ResponsesBucket, Key: composed.AlarmsKey, Archive: responses.Code}, needs...)
	for _, r := range observed.Names() {
		if !composed.IsResponsesCode(r) || r == current || !inUse(observed, r) {
			continue
		}
		set.Hold(r)
		if job := composed.ResponsesSigning(r); observed.Has(job) {
			set.Hold(job)
		}
	}
	return current
}

// composeResponsesRole adds the function's role. It can write to its log group but
// not create it, because the new group would have neither retention nor key.
func composeResponsesRole(s *settings.Settings, observed facts.Observed, set *desired.Set, in responses.Inputs) {
	kit.AddRole(s, set, composed.ResponsesRole, s.Names.ResponsesRole, "Runs the automated responses to unsafe changes", "lambda.amazonaws.com", nil)
	key := observed.ARN(composed.AlarmsKey)
	kit.AddRolePolicy(set, composed.ResponsesRoleRuntime, composed.ResponsesRole, "runtime", []policy.Statement{
		{Sid: "WriteLogs", Effect: policy.Allow, Actions: []string{"logs:CreateLogStream", "logs:PutLogEvents"}, Resources: []string{kit.LogGroupARN(s, responsesLogGroup(s)) + ":*"}},
		kit.WriteTraces(),
		{Sid: "KeepFailedEvents", Effect: policy.Allow, Actions: []string{"sqs:SendMessage"}, Resources: []string{queueARN(s, s.Region)}},
		{Sid: "EncryptFailedEvents", Effect: policy.Allow, Actions: []string{"kms:Decrypt", "kms:GenerateDataKey"}, Resources: []string{key.Value}, Condition: kit.ViaService(s, "sqs")},
		{Sid: "DecryptEnvironment", Effect: policy.Allow, Actions: []string{"kms:Decrypt"}, Resources: []string{key.Value}, Condition: kit.ViaService(s, "lambda")},
	}, s.Account, key)
	kit.AddRolePolicy(set, composed.ResponsesRoleReports, composed.ResponsesRole, "reports", responses.Reporting(in), s.Account, key)
	var permissions []policy.Statement
	for _, r := range responses.All(in) {
		permissions = append(permissions, r.Statements(in.Mode(r.ID))...)
	}
	kit.AddRolePolicy(set, composed.ResponsesRolePermissions, composed.ResponsesRole, "responses", permissions, s.Account)
}

// responsesLogGroup returns the log group of the function.
func responsesLogGroup(s *settings.Settings) string { return kit.LambdaLogGroup(s, "responses") }

// responsesConcurrency is the maximum number of concurrent events. Others wait, so
// that they do not use the concurrency of the shop's functions.
const responsesConcurrency = 5

// composeResponsesFunction adds the function and its log group. The function waits
// for its code, which it refers to by name. It also waits for the permissions to
// send to the queue and to attach to the VPC, without which Lambda rejects it.
func composeResponsesFunction(s *settings.Settings, observed facts.Observed, set *desired.Set, in responses.Inputs, code string) {
	kit.ComposeLogGroup(s, set, kit.LogGroup{Resource: composed.ResponsesLogGroup, Name: responsesLogGroup(s), Region: s.Region, Key: composed.LogsKey})
	concurrency := -1
	if s.Responses.ReserveConcurrency {
		concurrency = responsesConcurrency
	}
	key := observed.ARN(composed.AlarmsKey)
	from := deployedCode(s, observed, code)
	needs := append([]facts.Fact{s.Account, key, observed.Ready(composed.ResponsesRoleRuntime)}, from.needs...)
	if s.Responses.InVPC {
		needs = append(needs, observed.Ready(composed.ResponsesRoleNetwork))
	}
	if observed.String(composed.ResponsesFunction, "spec.forProvider.environment.variables.ASSETS_POLICY") != "" {
		// A missing observation must not remove known values.
		needs = append(needs, kit.AssetsBucket(s, observed).Needs...)
	}
	set.Add(composed.ResponsesFunction, &lambda.Function{Spec: lambda.FunctionSpec{ForProvider: lambda.FunctionParameters{
		Description: new("Undoes or reports unsafe changes to " + s.Stack),
		RoleRef:     set.Ref(composed.ResponsesRole),
		PackageType: new("Zip"),
		Runtime:     new(responses.Runtime),
		Handler:     new(responses.Handler),
		// Some regions lack arm64.
		Architectures:        kit.Pointers([]string{"x86_64"}),
		S3BucketRef:          set.Ref(composed.ResponsesBucket),
		S3Key:                new(from.key),
		SourceCodeHash:       from.digest,
		CodeSha256:           from.seen,
		CodeSigningConfigArn: from.config,
		VPCConfig:            responsesVPC(s, set),

		MemorySize:                   new(float64(256)),
		Timeout:                      new(float64(60)),
		ReservedConcurrentExecutions: new(float64(concurrency)),

		Environment: &lambda.EnvironmentParameters{Variables: kit.PointersOf(responses.Environment(in))},
		// A reference would resolve to the key's ID.
		KMSKeyArn: new(key.Value),

		DeadLetterConfig: &lambda.DeadLetterConfigParameters{TargetArnRef: set.Ref(composed.ResponsesQueue)},
		TracingConfig:    &lambda.TracingConfigParameters{Mode: new("Active")},
		LoggingConfig:    kit.LogsTo(set, composed.ResponsesLogGroup),
	}}}, desired.Named(kit.ResponsesFunction(s)), desired.Needs(needs...), desired.Before(functionUses(s)...))
	set.Add(composed.ResponsesRetries, &lambda.FunctionEventInvokeConfig{Spec: lambda.FunctionEventInvokeConfigSpec{ForProvider: lambda.FunctionEventInvokeConfigParameters{
		FunctionName:             new(kit.ResponsesFunction(s)),
		MaximumRetryAttempts:     new(float64(2)),
		MaximumEventAgeInSeconds: new(float64(eventAge)),
	}}}, desired.Needs(observed.ARN(composed.ResponsesFunction)))
}

// functionUses lists the resources that must outlive the function: its log group
// and key, and the resources with which Lambda removes its network interfaces.
// Source: AWS documentation, "Giving Lambda functions access to resources in an
// Amazon VPC".
func functionUses(s *settings.Settings) []string {
	out := []string{composed.ResponsesLogGroup, composed.ResponsesQueue, composed.AlarmsKey}
	if s.Responses.InVPC {
		out = append(out, composed.ResponsesRole, composed.ResponsesRoleNetwork)
	}
	return out
}

// reportResponses reports the mode of each response.
func reportResponses(s *settings.Settings, observed facts.Observed, status *v1alpha1.SecureEcommerceStatus) {
	if !s.On(settings.TierResponses) {
		return
	}
	status.Responses.FunctionARN = observed.ARN(composed.ResponsesFunction).Value
	in := responsesInputs(s, observed)
	modes := settings.ResponseModesOf(&status.Responses.Modes)
	for _, r := range responses.All(in) {
		for _, m := range modes {
			if m.ID == r.ID {
				*m.Mode = v1alpha1.ResponseMode(in.Mode(r.ID))
			}
		}
	}
}
