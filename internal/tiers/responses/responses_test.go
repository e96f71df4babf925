package responses_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/responses"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

// running returns an observed function.
func running() map[string]string {
	return map[string]string{composed.ResponsesFunction: `{"status":{"atProvider":{"arn":"arn:aws:lambda:eu-west-1:123456789012:function:` + tiertest.Prefix + `-responses"}}}`}
}

// trusting returns an input with the provider's principals.
func trusting() *inputv1alpha1.Input {
	return &inputv1alpha1.Input{AccountID: tiertest.Account, ProviderPrincipals: []string{"arn:aws:iam::123456789012:role/crossplane-*"}}
}

// existingTrail returns an input of a platform with its own trail.
func existingTrail() *inputv1alpha1.Input {
	return &inputv1alpha1.Input{AccountID: tiertest.Account, Existing: inputv1alpha1.Existing{Trail: true}}
}

func TestResponsesFunction(t *testing.T) {
	const minimal = `{"region":"eu-west-1"}`
	distribution := map[string]string{composed.Distribution: `{"status":{"atProvider":{"arn":"` + tiertest.DistributionARN + `"}}}`}
	informed := map[string]string{composed.ResponsesFunction: `{"metadata":{"name":"shop-responses-function"},"spec":{"forProvider":{"environment":{"variables":{"ASSETS_POLICY":"known"}}}}}`}
	variable := func(name string) string { return "environment.variables." + name }
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"Function": {
			Reason:   "A supported runtime, traced, with little concurrency, a queue for what it fails on, an encrypted environment and tags (RSP-04, RSP-05, RSP-08 to RSP-10, RSP-14).",
			Spec:     minimal,
			Observed: tiertest.Responding(),
			Resource: composed.ResponsesFunction,
			Want: map[string]any{
				"runtime": "python3.13", "handler": "index.handler", "packageType": "Zip", "architectures[0]": "x86_64", "memorySize": float64(256), "timeout": float64(60),
				"s3BucketRef.name": "shop-responses-bucket", "s3Key": responses.Code.ObjectKey(), "sourceCodeHash": responses.Code.Digest(),
				"tracingConfig.mode": "Active", "reservedConcurrentExecutions": float64(5), "deadLetterConfig.targetArnRef.name": "shop-responses-dead-letter-queue",
				"kmsKeyArn": tiertest.AlarmsKeyARN, "roleRef.name": "shop-responses-role", "tags.Name": tiertest.Prefix + "-responses-function", "vpcConfig": tiertest.Absent{},
				".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-responses",
			},
		},
		"Logs": {
			Reason:   "Its log is JSON, in a group that is encrypted and expires (RSP-15).",
			Spec:     minimal,
			Observed: tiertest.Responding(),
			Resource: composed.ResponsesFunction,
			Want:     map[string]any{"loggingConfig.logFormat": "JSON", "loggingConfig.logGroupRef.name": "shop-responses-log-group", "loggingConfig.applicationLogLevel": "INFO", "loggingConfig.systemLogLevel": "INFO"},
		},
		"LogGroup": {
			Reason:   "The group waits for nothing, so that it is there before the first line (RSP-15).",
			Spec:     minimal,
			Input:    tiertest.NoInput(),
			Resource: composed.ResponsesLogGroup,
			Want: map[string]any{
				"retentionInDays": float64(365), "kmsKeyIdRef.name": "shop-logs-key", tiertest.Stays: false,
				".metadata.annotations[crossplane.io/external-name]": "/aws/lambda/" + tiertest.Prefix + "-responses",
			},
		},
		"Environment": {
			Reason:   "The function knows the stack, whom to leave alone, and that it may undo (RSP-23).",
			Spec:     minimal,
			Input:    trusting(),
			Observed: tiertest.Responding(distribution),
			Resource: composed.ResponsesFunction,
			Want: map[string]any{
				variable("STACK"): tiertest.Prefix, variable("STACK_TAG"): "platform.secure-ecommerce.dev/stack",
				variable("TOPIC_ARN"):           "arn:aws:sns:eu-west-1:123456789012:" + tiertest.Prefix + "-alarms",
				variable("FUNCTION_ROLE"):       "arn:aws:iam::123456789012:role/secure-ecommerce/" + tiertest.Prefix + "-responses",
				variable("PROVIDER_PRINCIPALS"): `["arn:aws:iam::123456789012:role/crossplane-*"]`,
				variable("RESPONSE_MODES"):      `{"bucket-policy-changed":"Enforce","database-exposed":"Enforce","public-access-unblocked":"Enforce","security-group-opened":"Enforce","trail-stopped":"Enforce"}`,
				variable("ASSETS_BUCKET"):       tiertest.Prefix + "-assets", variable("DELETION_PROTECTION"): "true",
			},
		},
		"EnvironmentOfNotify": {
			Reason:   "Without a word of the platform's it only reports (RSP-23).",
			Spec:     minimal,
			Observed: tiertest.Responding(),
			Resource: composed.ResponsesFunction,
			Want: map[string]any{
				variable("RESPONSE_MODES"):      `{"bucket-policy-changed":"Notify","database-exposed":"Notify","public-access-unblocked":"Notify","security-group-opened":"Notify","trail-stopped":"Notify"}`,
				variable("PROVIDER_PRINCIPALS"): `[]`,
				// It does not wait for the distribution either.
				variable("ASSETS_POLICY"): tiertest.Absent{},
			},
		},
		"DoesNotForget": {
			Reason:   "What the function was told stays as long as the distribution is not seen.",
			Spec:     minimal,
			Observed: tiertest.Responding(informed),
			Resource: composed.ResponsesFunction,
			Waits:    true,
			Want:     map[string]any{variable("ASSETS_POLICY"): "known"},
		},
		"LearnsAgain": {
			Reason:   "And changes with the distribution.",
			Spec:     minimal,
			Observed: tiertest.Responding(informed, distribution),
			Resource: composed.ResponsesFunction,
		},
		"Unreserved": {
			Reason:   "Accounts with a low limit can reserve nothing (RSP-08).",
			Spec:     minimal,
			Input:    &inputv1alpha1.Input{AccountID: tiertest.Account, UnreservedConcurrency: true},
			Observed: tiertest.Responding(),
			Resource: composed.ResponsesFunction,
			Want:     map[string]any{"reservedConcurrentExecutions": float64(-1)},
		},
		"WaitsForTheCode": {
			Reason:   "Lambda reads the code once, when it is told where it is.",
			Spec:     minimal,
			Observed: tiertest.Responding(map[string]string{tiertest.ResponsesCode: `{}`}),
			Resource: composed.ResponsesFunction,
			Waits:    true,
		},
		"WaitsForItsPermissions": {
			Reason:   "Lambda refuses a function that may not send to its queue (RSP-09).",
			Spec:     minimal,
			Observed: tiertest.Responding(map[string]string{composed.ResponsesRoleRuntime: `{}`}),
			Resource: composed.ResponsesFunction,
			Waits:    true,
		},
		"WaitsForTheKey": {
			Reason:   "A reference would resolve to the key's ID, where Lambda wants the ARN (RSP-10).",
			Spec:     minimal,
			Resource: composed.ResponsesFunction,
			Waits:    true,
		},
		"WaitsForTheAccount": {
			Reason:   "The environment names the account.",
			Spec:     minimal,
			Input:    tiertest.NoInput(),
			Observed: map[string]string{composed.ResponsesRoleRuntime: tiertest.IsReady, tiertest.ResponsesCode: tiertest.IsReady},
			Resource: composed.ResponsesFunction,
			Waits:    true,
		},
		"China": {
			Reason:   "China has its own names, and no CDN.",
			Spec:     `{"region":"cn-northwest-1"}`,
			Observed: tiertest.Responding(),
			Resource: composed.ResponsesFunction,
			Want: map[string]any{
				variable("TOPIC_ARN"): "arn:aws-cn:sns:cn-northwest-1:123456789012:" + tiertest.Prefix + "-alarms", variable("FUNCTION_ROLE"): "arn:aws-cn:iam::123456789012:role/secure-ecommerce/" + tiertest.Prefix + "-responses",
				variable("RESPONSE_MODES"): `{"bucket-policy-changed":"Notify","database-exposed":"Notify","public-access-unblocked":"Notify","security-group-opened":"Notify","trail-stopped":"Notify"}`,
			},
		},
		"ExistingBucket": {
			Reason:   "An existing bucket that the claim only observes is never changed, not even back.",
			Spec:     `{"region":"eu-west-1","assets":{"existing":{"name":"old-shop-assets"}}}`,
			Input:    trusting(),
			Observed: tiertest.Responding(distribution),
			Resource: composed.ResponsesFunction,
			Want: map[string]any{
				variable("RESPONSE_MODES"): `{"database-exposed":"Enforce","public-access-unblocked":"Enforce","security-group-opened":"Enforce","trail-stopped":"Enforce"}`,
				variable("ASSETS_BUCKET"):  tiertest.Absent{}, variable("ASSETS_POLICY"): tiertest.Absent{},
			},
		},
		"AdoptedBucket": {
			Reason:   "As soon as the stack manages the bucket, its policy is guarded like any other.",
			Spec:     `{"region":"eu-west-1","assets":{"existing":{"name":"old-shop-assets","policy":"Manage"}}}`,
			Observed: tiertest.Responding(distribution),
			Resource: composed.ResponsesFunction,
			Want: map[string]any{
				variable("RESPONSE_MODES"): `{"bucket-policy-changed":"Notify","database-exposed":"Notify","public-access-unblocked":"Notify","security-group-opened":"Notify","trail-stopped":"Notify"}`,
				variable("ASSETS_BUCKET"):  "old-shop-assets",
			},
		},
		"NoTrail": {
			Reason:   "The platform's own trail is not the stack's to start.",
			Spec:     minimal,
			Input:    existingTrail(),
			Observed: tiertest.Responding(),
			Resource: composed.ResponsesFunction,
			Want:     map[string]any{variable("RESPONSE_MODES"): `{"bucket-policy-changed":"Notify","database-exposed":"Notify","public-access-unblocked":"Notify","security-group-opened":"Notify"}`},
		},
		"Retries": {
			Reason:   "Lambda tries twice more, and not for ever.",
			Spec:     minimal,
			Observed: running(),
			Resource: composed.ResponsesRetries,
			Want:     map[string]any{"functionName": tiertest.Prefix + "-responses", "maximumRetryAttempts": float64(2), "maximumEventAgeInSeconds": float64(3600), "destinationConfig": tiertest.Absent{}},
		},
		"RetriesWait": {
			Reason:   "A setting of a function that is not there is refused.",
			Spec:     minimal,
			Resource: composed.ResponsesRetries,
			Waits:    true,
		},
		"SwitchedOff": {
			Reason:   "A platform may let a claim do without.",
			Spec:     `{"region":"eu-west-1","guardrails":{"responses":{"enabled":false}}}`,
			Input:    tiertest.Switchable(),
			Resource: composed.ResponsesFunction,
			Missing:  true,
		},
	})
}

func TestAssetsPolicyOfResponses(t *testing.T) {
	for name, tc := range map[string]struct {
		reason, region string
		observed       map[string]string
	}{
		"Distribution": {reason: "What is put back is the policy that the stack composes.", region: "eu-west-1", observed: map[string]string{composed.Distribution: `{"status":{"atProvider":{"arn":"` + tiertest.DistributionARN + `"}}}`}},
		"GovCloud":     {reason: "Without CloudFront the policy still refuses plain HTTP, and is known at once.", region: "us-gov-west-1"},
	} {
		t.Run(name, func(t *testing.T) {
			s := tiertest.Composed(t, `{"region":"`+tc.region+`"}`, tiertest.Responding(tc.observed), tiertest.Platform())
			want := tiertest.Field(t, s.Resources[composed.Bucket(composed.AssetsBucket, composed.Policy)], "policy")
			if diff := cmp.Diff(want, tiertest.Field(t, s.Resources[composed.ResponsesFunction], "environment.variables.ASSETS_POLICY")); diff != "" {
				t.Errorf("\n%s\nASSETS_POLICY: -want, +got:\n%s", tc.reason, diff)
			}
			// The limit in internal/responses must allow the longest name.
			if text, _ := want.(string); len(text)+5*(63-len(tiertest.Prefix+"-assets")) > 1250 {
				t.Errorf("The policy may take more than the environment has room for: %s", text)
			}
		})
	}
}

func TestResponsesCode(t *testing.T) {
	old := func(key string) string {
		return `{"metadata":{"name":"shop-responses-code-old"},"spec":{"forProvider":{"key":"` + key + `"}}}`
	}
	function := func(key string) string { return `{"spec":{"forProvider":{"s3Key":"` + key + `"}}}` }
	previous := composed.ResponsesCode("old")
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"Code": {
			Reason:   "The object is named by its content and encrypted with the stack's key (STO-32).",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: tiertest.Responding(),
			Resource: tiertest.ResponsesCode,
			Want: map[string]any{
				"bucketRef.name": "shop-responses-bucket", "key": responses.Code.ObjectKey(), "contentBase64": base64.StdEncoding.EncodeToString(responses.Code.Bytes()), "contentType": "application/zip",
				"serverSideEncryption": "aws:kms", "kmsKeyId": tiertest.AlarmsKeyARN, "bucketKeyEnabled": true,
			},
		},
		"FewTags": {
			Reason:   "S3 takes ten tags of an object, a claim may have more.",
			Spec:     `{"region":"eu-west-1","tags":{"a":"1","b":"2"}}`,
			Observed: tiertest.Responding(),
			Resource: tiertest.ResponsesCode,
			Want:     map[string]any{"tags": map[string]any{"platform.secure-ecommerce.dev/stack": tiertest.Prefix}},
		},
		"WaitsForTheKey": {Reason: "A reference would resolve to the key's ID, where S3 gives back an ARN.", Spec: `{"region":"eu-west-1"}`, Resource: tiertest.ResponsesCode, Waits: true},
		"OldCodeInUse": {
			Reason:   "Code stays as long as the function was not told of other code.",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: map[string]string{previous: old("responses/old.zip"), composed.ResponsesFunction: function("responses/old.zip")},
			Resource: previous,
			Want:     map[string]any{"key": "responses/old.zip"},
		},
		"OldCodeOfUnseenFunction": {
			Reason:   "Who does not see the function does not know.",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: map[string]string{previous: old("responses/old.zip")},
			Resource: previous,
		},
		"OldCodeGoes": {
			Reason:   "Afterwards nobody needs it.",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: map[string]string{previous: old("responses/old.zip"), composed.ResponsesFunction: function(responses.Code.ObjectKey())},
			Resource: previous,
			Missing:  true,
		},
		"BucketGoes": {
			Reason:   "Code can be brought again, so its bucket never stays, whatever is in it.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.ResponsesBucket,
			Want:     map[string]any{"forceDestroy": true, tiertest.Stays: false, ".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-responses"},
		},
		"BucketIsEncrypted": {
			Reason:   "With the key that the function has (STO-18).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.Bucket(composed.ResponsesBucket, composed.Encryption),
			Want:     map[string]any{"rule[0].applyServerSideEncryptionByDefault.kmsMasterKeyIdRef.name": "shop-alarms-key", tiertest.Stays: false},
		},
		"BucketKeepsCode": {
			Reason:   "Code does not expire.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.Bucket(composed.ResponsesBucket, composed.Lifecycle),
			Want:     map[string]any{"rule[2]": tiertest.Absent{}},
		},
		"BucketIsLogged": {
			Reason:   "Who reads or writes code is logged (STO-19).",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: tiertest.Logging(),
			Resource: composed.Bucket(composed.ResponsesBucket, composed.Logging),
			Want:     map[string]any{"targetPrefix": "responses/"},
		},
	})
}

func TestResponsesRole(t *testing.T) {
	const logGroup = "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/"
	s := tiertest.Composed(t, `{"region":"eu-west-1","guardrails":{"responses":{"modes":{"trailStopped":"Enforce"},"mode":"Notify"}}}`, tiertest.Responding(), trusting())
	allow := func(sid string, action, resource any, condition map[string]any) map[string]any {
		out := map[string]any{"Sid": sid, "Effect": "Allow", "Action": action, "Resource": resource}
		if condition != nil {
			out["Condition"] = map[string]any{"StringEquals": condition}
		}
		return out
	}
	via := func(service string) map[string]any {
		return map[string]any{"kms:ViaService": service + ".eu-west-1.amazonaws.com"}
	}
	cases := map[string]struct {
		reason       string
		resourceName string
		want         map[string]map[string]any
	}{
		"Runtime": {
			reason:       "Logs without making their group, traces, its own queue, its own environment (RSP-05, RSP-09, RSP-10, RSP-12, RSP-15).",
			resourceName: composed.ResponsesRoleRuntime,
			want: map[string]map[string]any{
				"WriteLogs":           allow("WriteLogs", []any{"logs:CreateLogStream", "logs:PutLogEvents"}, logGroup+tiertest.Prefix+"-responses:*", nil),
				"WriteTraces":         allow("WriteTraces", []any{"xray:PutTelemetryRecords", "xray:PutTraceSegments"}, "*", nil),
				"KeepFailedEvents":    allow("KeepFailedEvents", "sqs:SendMessage", "arn:aws:sqs:eu-west-1:123456789012:"+tiertest.Prefix+"-responses-dead-letters", nil),
				"EncryptFailedEvents": allow("EncryptFailedEvents", []any{"kms:Decrypt", "kms:GenerateDataKey"}, tiertest.AlarmsKeyARN, via("sqs")),
				"DecryptEnvironment":  allow("DecryptEnvironment", "kms:Decrypt", tiertest.AlarmsKeyARN, via("lambda")),
			},
		},
		"Reports": {
			reason:       "It publishes to the stack's topic, and to no other (RSP-12).",
			resourceName: composed.ResponsesRoleReports,
			want: map[string]map[string]any{
				"PublishReports": allow("PublishReports", "sns:Publish", "arn:aws:sns:eu-west-1:123456789012:"+tiertest.Prefix+"-alarms", nil),
				"EncryptReports": allow("EncryptReports", []any{"kms:Decrypt", "kms:GenerateDataKey"}, tiertest.AlarmsKeyARN, via("sns")),
			},
		},
		"Permissions": {
			reason:       "Who only reports changes nothing; who enforces changes the stack's own resource (RSP-12, RSP-23).",
			resourceName: composed.ResponsesRolePermissions,
			want: map[string]map[string]any{
				"DescribeSecurityGroups": allow("DescribeSecurityGroups", []any{"ec2:DescribeSecurityGroupRules", "ec2:DescribeSecurityGroups"}, "*", nil),
				"ReadPublicAccessBlocks": allow("ReadPublicAccessBlocks", []any{"s3:GetBucketPublicAccessBlock", "s3:GetBucketTagging"}, []any{
					"arn:aws:s3:::" + tiertest.Prefix + "-assets", "arn:aws:s3:::" + tiertest.Prefix + "-access-logs", "arn:aws:s3:::" + tiertest.Prefix + "-cdn-logs", "arn:aws:s3:::" + tiertest.Prefix + "-audit", "arn:aws:s3:::" + tiertest.Prefix + "-responses",
				}, nil),
				"DescribeDatabase": allow("DescribeDatabase", "rds:DescribeDBInstances", "arn:aws:rds:eu-west-1:123456789012:db:"+tiertest.Prefix+"-db", nil),
				"ReadAssetsPolicy": allow("ReadAssetsPolicy", []any{"s3:GetBucketPolicy", "s3:GetBucketTagging"}, "arn:aws:s3:::"+tiertest.Prefix+"-assets", nil),
				"ReadTrail":        allow("ReadTrail", []any{"cloudtrail:GetTrail", "cloudtrail:GetTrailStatus", "cloudtrail:ListTags"}, "arn:aws:cloudtrail:eu-west-1:123456789012:trail/"+tiertest.Prefix+"-trail", nil),
				"StartTrail":       allow("StartTrail", "cloudtrail:StartLogging", "arn:aws:cloudtrail:eu-west-1:123456789012:trail/"+tiertest.Prefix+"-trail", nil),
			},
		},
		"Trust": {
			reason:       "Only Lambda runs as the role (RSP-12).",
			resourceName: composed.ResponsesRole,
			want:         map[string]map[string]any{"": {"Effect": "Allow", "Principal": map[string]any{"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			path := "policy"
			if tc.resourceName == composed.ResponsesRole {
				path = "assumeRolePolicy"
			}
			if diff := cmp.Diff(tc.want, tiertest.Statements(t, s.Resources[tc.resourceName], path)); diff != "" {
				t.Errorf("\n%s\n%s: -want, +got:\n%s", tc.reason, path, diff)
			}
		})
	}
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"RuntimeWaits":      {Reason: "The key is named by its ARN.", Spec: `{"region":"eu-west-1"}`, Resource: composed.ResponsesRoleRuntime, Waits: true},
		"ReportsWait":       {Reason: "So it is to publish.", Spec: `{"region":"eu-west-1"}`, Resource: composed.ResponsesRoleReports, Waits: true},
		"PermissionsAtOnce": {Reason: "All that responses look at has a known name.", Spec: `{"region":"eu-west-1"}`, Resource: composed.ResponsesRolePermissions},
		"PermissionsWait":   {Reason: "Unless the account is not known.", Spec: `{"region":"eu-west-1"}`, Input: tiertest.NoInput(), Resource: composed.ResponsesRolePermissions, Waits: true},
	})
}

func TestResponsesStatus(t *testing.T) {
	notify := v1alpha1.ResponseModes{
		SecurityGroupOpened: v1alpha1.ResponseModeNotify, PublicAccessUnblocked: v1alpha1.ResponseModeNotify, DatabaseExposed: v1alpha1.ResponseModeNotify,
		BucketPolicyChanged: v1alpha1.ResponseModeNotify, TrailStopped: v1alpha1.ResponseModeNotify,
	}
	noTrail := v1alpha1.ResponseModes{
		SecurityGroupOpened: v1alpha1.ResponseModeEnforce, PublicAccessUnblocked: v1alpha1.ResponseModeEnforce,
		DatabaseExposed: v1alpha1.ResponseModeEnforce, BucketPolicyChanged: v1alpha1.ResponseModeEnforce,
	}
	cases := map[string]struct {
		reason   string
		spec     string
		input    *inputv1alpha1.Input
		observed map[string]string
		want     v1alpha1.ResponsesStatus
	}{
		"ToCome": {reason: "What will be done is said before it is.", spec: `{"region":"eu-west-1"}`, input: tiertest.Platform(), want: v1alpha1.ResponsesStatus{Modes: notify}},
		"There": {
			reason: "And by whom; a trail of the platform's is not guarded.",
			spec:   `{"region":"eu-west-1"}`, observed: running(),
			input: &inputv1alpha1.Input{AccountID: tiertest.Account, ProviderPrincipals: trusting().ProviderPrincipals, Existing: inputv1alpha1.Existing{Trail: true}},
			want:  v1alpha1.ResponsesStatus{FunctionARN: "arn:aws:lambda:eu-west-1:123456789012:function:" + tiertest.Prefix + "-responses", Modes: noTrail},
		},
		"Off": {reason: "What is off does nothing.", spec: `{"region":"eu-west-1","guardrails":{"responses":{"enabled":false}}}`, input: tiertest.Switchable()},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tiertest.Composed(t, tc.spec, tc.observed, tc.input).Status.Responses); diff != "" {
				t.Errorf("\n%s\nresponses: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestResponsesOfManyPrincipals verifies that the largest configuration is within
// Lambda's limit.
func TestResponsesOfManyPrincipals(t *testing.T) {
	in := trusting()
	in.ProviderPrincipals = []string{"arn:aws:iam::123456789012:role/" + strings.Repeat("x", 2000)}
	s := tiertest.Composed(t, `{"region":"eu-west-1"}`, tiertest.Responding(map[string]string{composed.Distribution: `{"status":{"atProvider":{"arn":"` + tiertest.DistributionARN + `"}}}`}), in)
	variables, _ := tiertest.Field(t, s.Resources[composed.ResponsesFunction], "environment.variables").(map[string]any)
	size := 0
	for name, value := range variables {
		text, _ := value.(string)
		size += len(name) + len(text)
	}
	if size > responses.MaxEnvironment {
		t.Errorf("Lambda takes %d bytes, got %d", responses.MaxEnvironment, size)
	}
}
