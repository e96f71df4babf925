package tiers

import (
	"encoding/base64"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/responses"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
)

const alarmsKeyARN = "arn:aws:kms:eu-west-1:123456789012:key/alarms"

// responsesCode is the role of the archive that this version brings.
var responsesCode = role.ResponsesCode(naming.Hash(responses.ObjectKey()))

// isReady is an observed resource that is ready.
const isReady = `{"status":{` + ready + `}}`

// responding is what was observed of a stack whose function can be made, and
// more of it.
func responding(more ...map[string]string) map[string]string {
	out := map[string]string{
		role.AlarmsKey:            `{"status":{"atProvider":{"arn":"` + alarmsKeyARN + `"}}}`,
		role.ResponsesRoleRuntime: isReady,
		responsesCode:             isReady,
	}
	for _, m := range more {
		maps.Copy(out, m)
	}
	return out
}

// running is a function that was observed.
func running() map[string]string {
	return map[string]string{role.ResponsesFunction: `{"status":{"atProvider":{"arn":"arn:aws:lambda:eu-west-1:123456789012:function:` + prefix + `-responses"}}}`}
}

// trusting is an input of a platform that names its provider.
func trusting() *inputv1alpha1.Input {
	return &inputv1alpha1.Input{AccountID: account, ProviderPrincipals: []string{"arn:aws:iam::123456789012:role/crossplane-*"}}
}

// existingTrail is an input of a platform with a trail of its own.
func existingTrail() *inputv1alpha1.Input {
	return &inputv1alpha1.Input{AccountID: account, Existing: inputv1alpha1.Existing{Trail: true}}
}

func TestResponsesFunction(t *testing.T) {
	const minimal = `{"region":"eu-west-1"}`
	distribution := map[string]string{role.Distribution: `{"status":{"atProvider":{"arn":"` + distributionARN + `"}}}`}
	informed := map[string]string{role.ResponsesFunction: `{"metadata":{"name":"shop-responses-function"},"spec":{"forProvider":{"environment":{"variables":{"ASSETS_POLICY":"known"}}}}}`}
	variable := func(name string) string { return "environment.variables." + name }
	runTierCases(t, map[string]tierCase{
		"Function": {
			reason:   "A supported runtime, traced, with little concurrency, a queue for what it fails on, an encrypted environment and tags (RSP-04, RSP-05, RSP-08 to RSP-10, RSP-14).",
			spec:     minimal,
			observed: responding(),
			role:     role.ResponsesFunction,
			want: map[string]any{
				"runtime": "python3.13", "handler": "index.handler", "packageType": "Zip", "architectures[0]": "x86_64", "memorySize": float64(256), "timeout": float64(60),
				"s3BucketRef.name": "shop-responses-bucket", "s3Key": responses.ObjectKey(), "sourceCodeHash": responses.Digest(),
				"tracingConfig.mode": "Active", "reservedConcurrentExecutions": float64(5), "deadLetterConfig.targetArnRef.name": "shop-responses-dead-letter-queue",
				"kmsKeyArn": alarmsKeyARN, "roleRef.name": "shop-responses-role", "tags.Name": prefix + "-responses-function", "vpcConfig": absent{},
				".metadata.annotations[crossplane.io/external-name]": prefix + "-responses",
			},
		},
		"Logs": {
			reason:   "Its log is JSON, in a group that is encrypted and expires (RSP-15).",
			spec:     minimal,
			observed: responding(),
			role:     role.ResponsesFunction,
			want:     map[string]any{"loggingConfig.logFormat": "JSON", "loggingConfig.logGroupRef.name": "shop-responses-log-group", "loggingConfig.applicationLogLevel": "INFO", "loggingConfig.systemLogLevel": "INFO"},
		},
		"LogGroup": {
			reason: "The group waits for nothing, so that it is there before the first line (RSP-15).",
			spec:   minimal,
			input:  noInput(),
			role:   role.ResponsesLogGroup,
			want: map[string]any{
				"retentionInDays": float64(365), "kmsKeyIdRef.name": "shop-logs-key", stays: false,
				".metadata.annotations[crossplane.io/external-name]": "/aws/lambda/" + prefix + "-responses",
			},
		},
		"Environment": {
			reason:   "The function knows the stack, whom to leave alone, and that it may undo (RSP-23).",
			spec:     minimal,
			input:    trusting(),
			observed: responding(distribution),
			role:     role.ResponsesFunction,
			want: map[string]any{
				variable("STACK"): prefix, variable("STACK_TAG"): "platform.secure-ecommerce.dev/stack",
				variable("TOPIC_ARN"):           "arn:aws:sns:eu-west-1:123456789012:" + prefix + "-alarms",
				variable("FUNCTION_ROLE"):       "arn:aws:iam::123456789012:role/secure-ecommerce/" + prefix + "-responses",
				variable("PROVIDER_PRINCIPALS"): `["arn:aws:iam::123456789012:role/crossplane-*"]`,
				variable("RESPONSE_MODES"):      `{"bucket-policy-changed":"Enforce","database-exposed":"Enforce","public-access-unblocked":"Enforce","security-group-opened":"Enforce","trail-stopped":"Enforce"}`,
				variable("ASSETS_BUCKET"):       prefix + "-assets", variable("DELETION_PROTECTION"): "true",
			},
		},
		"EnvironmentOfNotify": {
			reason:   "Without a word of the platform's it only reports (RSP-23).",
			spec:     minimal,
			observed: responding(),
			role:     role.ResponsesFunction,
			want: map[string]any{
				variable("RESPONSE_MODES"):      `{"bucket-policy-changed":"Notify","database-exposed":"Notify","public-access-unblocked":"Notify","security-group-opened":"Notify","trail-stopped":"Notify"}`,
				variable("PROVIDER_PRINCIPALS"): `[]`,
				// It does not wait for the distribution either.
				variable("ASSETS_POLICY"): absent{},
			},
		},
		"DoesNotForget": {
			reason:   "What the function was told stays as long as the distribution is not seen.",
			spec:     minimal,
			observed: responding(informed),
			role:     role.ResponsesFunction,
			waits:    true,
			want:     map[string]any{variable("ASSETS_POLICY"): "known"},
		},
		"LearnsAgain": {
			reason:   "And changes with the distribution.",
			spec:     minimal,
			observed: responding(informed, distribution),
			role:     role.ResponsesFunction,
		},
		"Unreserved": {
			reason:   "Accounts with a low limit can reserve nothing (RSP-08).",
			spec:     minimal,
			input:    &inputv1alpha1.Input{AccountID: account, UnreservedConcurrency: true},
			observed: responding(),
			role:     role.ResponsesFunction,
			want:     map[string]any{"reservedConcurrentExecutions": float64(-1)},
		},
		"WaitsForTheCode": {
			reason:   "Lambda reads the code once, when it is told where it is.",
			spec:     minimal,
			observed: responding(map[string]string{responsesCode: `{}`}),
			role:     role.ResponsesFunction,
			waits:    true,
		},
		"WaitsForItsPermissions": {
			reason:   "Lambda refuses a function that may not send to its queue (RSP-09).",
			spec:     minimal,
			observed: responding(map[string]string{role.ResponsesRoleRuntime: `{}`}),
			role:     role.ResponsesFunction,
			waits:    true,
		},
		"WaitsForTheKey": {
			reason: "A reference would resolve to the key's ID, where Lambda wants the ARN (RSP-10).",
			spec:   minimal,
			role:   role.ResponsesFunction,
			waits:  true,
		},
		"WaitsForTheAccount": {
			reason:   "The environment names the account.",
			spec:     minimal,
			input:    noInput(),
			observed: map[string]string{role.ResponsesRoleRuntime: isReady, responsesCode: isReady},
			role:     role.ResponsesFunction,
			waits:    true,
		},
		"China": {
			reason:   "China has its own names, and no CDN.",
			spec:     `{"region":"cn-northwest-1"}`,
			observed: responding(),
			role:     role.ResponsesFunction,
			want: map[string]any{
				variable("TOPIC_ARN"): "arn:aws-cn:sns:cn-northwest-1:123456789012:" + prefix + "-alarms", variable("FUNCTION_ROLE"): "arn:aws-cn:iam::123456789012:role/secure-ecommerce/" + prefix + "-responses",
				variable("RESPONSE_MODES"): `{"bucket-policy-changed":"Notify","database-exposed":"Notify","public-access-unblocked":"Notify","security-group-opened":"Notify","trail-stopped":"Notify"}`,
			},
		},
		"NoTrail": {
			reason:   "The platform's own trail is not the stack's to start.",
			spec:     minimal,
			input:    existingTrail(),
			observed: responding(),
			role:     role.ResponsesFunction,
			want:     map[string]any{variable("RESPONSE_MODES"): `{"bucket-policy-changed":"Notify","database-exposed":"Notify","public-access-unblocked":"Notify","security-group-opened":"Notify"}`},
		},
		"Retries": {
			reason:   "Lambda tries twice more, and not for ever.",
			spec:     minimal,
			observed: running(),
			role:     role.ResponsesRetries,
			want:     map[string]any{"functionName": prefix + "-responses", "maximumRetryAttempts": float64(2), "maximumEventAgeInSeconds": float64(3600), "destinationConfig": absent{}},
		},
		"RetriesWait": {
			reason: "A setting of a function that is not there is refused.",
			spec:   minimal,
			role:   role.ResponsesRetries,
			waits:  true,
		},
		"SwitchedOff": {
			reason:  "A platform may let a claim do without.",
			spec:    `{"region":"eu-west-1","guardrails":{"responses":{"enabled":false}}}`,
			input:   switchable(),
			role:    role.ResponsesFunction,
			missing: true,
		},
	})
}

func TestAssetsPolicyOfResponses(t *testing.T) {
	for name, tc := range map[string]struct {
		reason, region string
		observed       map[string]string
	}{
		"Distribution": {reason: "What is put back is the policy that the stack composes.", region: "eu-west-1", observed: map[string]string{role.Distribution: `{"status":{"atProvider":{"arn":"` + distributionARN + `"}}}`}},
		"GovCloud":     {reason: "Without CloudFront the policy still refuses plain HTTP, and is known at once.", region: "us-gov-west-1"},
	} {
		t.Run(name, func(t *testing.T) {
			s := composed(t, `{"region":"`+tc.region+`"}`, responding(tc.observed), platform())
			want := field(t, s.resources[role.Bucket(role.AssetsBucket, role.Policy)], "policy")
			if diff := cmp.Diff(want, field(t, s.resources[role.ResponsesFunction], "environment.variables.ASSETS_POLICY")); diff != "" {
				t.Errorf("\n%s\nASSETS_POLICY: -want, +got:\n%s", tc.reason, diff)
			}
			// internal/responses leaves room for so much, and the name may be longer.
			if text, _ := want.(string); len(text)+5*(63-len(prefix+"-assets")) > 1250 {
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
	previous := role.ResponsesCode("old")
	runTierCases(t, map[string]tierCase{
		"Code": {
			reason:   "The object is named by its content and encrypted with the stack's key (STO-32).",
			spec:     `{"region":"eu-west-1"}`,
			observed: responding(),
			role:     responsesCode,
			want: map[string]any{
				"bucketRef.name": "shop-responses-bucket", "key": responses.ObjectKey(), "contentBase64": base64.StdEncoding.EncodeToString(responses.Archive()), "contentType": "application/zip",
				"serverSideEncryption": "aws:kms", "kmsKeyId": alarmsKeyARN, "bucketKeyEnabled": true,
			},
		},
		"FewTags": {
			reason:   "S3 takes ten tags of an object, a claim may have more.",
			spec:     `{"region":"eu-west-1","tags":{"a":"1","b":"2"}}`,
			observed: responding(),
			role:     responsesCode,
			want:     map[string]any{"tags": map[string]any{"platform.secure-ecommerce.dev/stack": prefix}},
		},
		"WaitsForTheKey": {reason: "A reference would resolve to the key's ID, where S3 gives back an ARN.", spec: `{"region":"eu-west-1"}`, role: responsesCode, waits: true},
		"OldCodeInUse": {
			reason:   "Code stays as long as the function was not told of other code.",
			spec:     `{"region":"eu-west-1"}`,
			observed: map[string]string{previous: old("responses/old.zip"), role.ResponsesFunction: function("responses/old.zip")},
			role:     previous,
			want:     map[string]any{"key": "responses/old.zip"},
		},
		"OldCodeOfUnseenFunction": {
			reason:   "Who does not see the function does not know.",
			spec:     `{"region":"eu-west-1"}`,
			observed: map[string]string{previous: old("responses/old.zip")},
			role:     previous,
		},
		"OldCodeGoes": {
			reason:   "Afterwards nobody needs it.",
			spec:     `{"region":"eu-west-1"}`,
			observed: map[string]string{previous: old("responses/old.zip"), role.ResponsesFunction: function(responses.ObjectKey())},
			role:     previous,
			missing:  true,
		},
		"BucketGoes": {
			reason: "Code can be brought again, so its bucket never stays, whatever is in it.",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.ResponsesBucket,
			want:   map[string]any{"forceDestroy": true, stays: false, ".metadata.annotations[crossplane.io/external-name]": prefix + "-responses"},
		},
		"BucketIsEncrypted": {
			reason: "With the key that the function has (STO-18).",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.Bucket(role.ResponsesBucket, role.Encryption),
			want:   map[string]any{"rule[0].applyServerSideEncryptionByDefault.kmsMasterKeyIdRef.name": "shop-alarms-key", stays: false},
		},
		"BucketKeepsCode": {
			reason: "Code does not expire.",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.Bucket(role.ResponsesBucket, role.Lifecycle),
			want:   map[string]any{"rule[2]": absent{}},
		},
		"BucketIsLogged": {
			reason:   "Who reads or writes code is logged (STO-19).",
			spec:     `{"region":"eu-west-1"}`,
			observed: logging(),
			role:     role.Bucket(role.ResponsesBucket, role.Logging),
			want:     map[string]any{"targetPrefix": "responses/"},
		},
	})
}

func TestResponsesRole(t *testing.T) {
	const logGroup = "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/"
	s := composed(t, `{"region":"eu-west-1","guardrails":{"responses":{"modes":{"trailStopped":"Enforce"},"mode":"Notify"}}}`, responding(), trusting())
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
		reason string
		role   string
		want   map[string]map[string]any
	}{
		"Runtime": {
			reason: "Logs without making their group, traces, its own queue, its own environment (RSP-05, RSP-09, RSP-10, RSP-12, RSP-15).",
			role:   role.ResponsesRoleRuntime,
			want: map[string]map[string]any{
				"WriteLogs":           allow("WriteLogs", []any{"logs:CreateLogStream", "logs:PutLogEvents"}, logGroup+prefix+"-responses:*", nil),
				"WriteTraces":         allow("WriteTraces", []any{"xray:PutTelemetryRecords", "xray:PutTraceSegments"}, "*", nil),
				"KeepFailedEvents":    allow("KeepFailedEvents", "sqs:SendMessage", "arn:aws:sqs:eu-west-1:123456789012:"+prefix+"-responses-dead-letters", nil),
				"EncryptFailedEvents": allow("EncryptFailedEvents", []any{"kms:Decrypt", "kms:GenerateDataKey"}, alarmsKeyARN, via("sqs")),
				"DecryptEnvironment":  allow("DecryptEnvironment", "kms:Decrypt", alarmsKeyARN, via("lambda")),
			},
		},
		"Reports": {
			reason: "It publishes to the stack's topic, and to no other (RSP-12).",
			role:   role.ResponsesRoleReports,
			want: map[string]map[string]any{
				"PublishReports": allow("PublishReports", "sns:Publish", "arn:aws:sns:eu-west-1:123456789012:"+prefix+"-alarms", nil),
				"EncryptReports": allow("EncryptReports", []any{"kms:Decrypt", "kms:GenerateDataKey"}, alarmsKeyARN, via("sns")),
			},
		},
		"Permissions": {
			reason: "Who only reports changes nothing; who enforces changes the stack's own resource (RSP-12, RSP-23).",
			role:   role.ResponsesRolePermissions,
			want: map[string]map[string]any{
				"DescribeSecurityGroups": allow("DescribeSecurityGroups", []any{"ec2:DescribeSecurityGroupRules", "ec2:DescribeSecurityGroups"}, "*", nil),
				"ReadPublicAccessBlocks": allow("ReadPublicAccessBlocks", []any{"s3:GetBucketPublicAccessBlock", "s3:GetBucketTagging"}, []any{
					"arn:aws:s3:::" + prefix + "-assets", "arn:aws:s3:::" + prefix + "-access-logs", "arn:aws:s3:::" + prefix + "-cdn-logs", "arn:aws:s3:::" + prefix + "-audit", "arn:aws:s3:::" + prefix + "-responses",
				}, nil),
				"DescribeDatabase": allow("DescribeDatabase", "rds:DescribeDBInstances", "arn:aws:rds:eu-west-1:123456789012:db:"+prefix+"-db", nil),
				"ReadAssetsPolicy": allow("ReadAssetsPolicy", []any{"s3:GetBucketPolicy", "s3:GetBucketTagging"}, "arn:aws:s3:::"+prefix+"-assets", nil),
				"ReadTrail":        allow("ReadTrail", []any{"cloudtrail:GetTrail", "cloudtrail:GetTrailStatus", "cloudtrail:ListTags"}, "arn:aws:cloudtrail:eu-west-1:123456789012:trail/"+prefix+"-trail", nil),
				"StartTrail":       allow("StartTrail", "cloudtrail:StartLogging", "arn:aws:cloudtrail:eu-west-1:123456789012:trail/"+prefix+"-trail", nil),
			},
		},
		"Trust": {
			reason: "Only Lambda runs as the role (RSP-12).",
			role:   role.ResponsesRole,
			want:   map[string]map[string]any{"": {"Effect": "Allow", "Principal": map[string]any{"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			path := "policy"
			if tc.role == role.ResponsesRole {
				path = "assumeRolePolicy"
			}
			if diff := cmp.Diff(tc.want, statements(t, s.resources[tc.role], path)); diff != "" {
				t.Errorf("\n%s\n%s: -want, +got:\n%s", tc.reason, path, diff)
			}
		})
	}
	runTierCases(t, map[string]tierCase{
		"RuntimeWaits":      {reason: "The key is named by its ARN.", spec: `{"region":"eu-west-1"}`, role: role.ResponsesRoleRuntime, waits: true},
		"ReportsWait":       {reason: "So it is to publish.", spec: `{"region":"eu-west-1"}`, role: role.ResponsesRoleReports, waits: true},
		"PermissionsAtOnce": {reason: "All that responses look at has a known name.", spec: `{"region":"eu-west-1"}`, role: role.ResponsesRolePermissions},
		"PermissionsWait":   {reason: "Unless the account is not known.", spec: `{"region":"eu-west-1"}`, input: noInput(), role: role.ResponsesRolePermissions, waits: true},
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
		"ToCome": {reason: "What will be done is said before it is.", spec: `{"region":"eu-west-1"}`, input: platform(), want: v1alpha1.ResponsesStatus{Modes: notify}},
		"There": {
			reason: "And by whom; a trail of the platform's is not guarded.",
			spec:   `{"region":"eu-west-1"}`, observed: running(),
			input: &inputv1alpha1.Input{AccountID: account, ProviderPrincipals: trusting().ProviderPrincipals, Existing: inputv1alpha1.Existing{Trail: true}},
			want:  v1alpha1.ResponsesStatus{FunctionARN: "arn:aws:lambda:eu-west-1:123456789012:function:" + prefix + "-responses", Modes: noTrail},
		},
		"Off": {reason: "What is off does nothing.", spec: `{"region":"eu-west-1","guardrails":{"responses":{"enabled":false}}}`, input: switchable()},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, composed(t, tc.spec, tc.observed, tc.input).status.Responses); diff != "" {
				t.Errorf("\n%s\nresponses: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestResponsesOfManyPrincipals is that a function with as much as it may know
// still fits.
func TestResponsesOfManyPrincipals(t *testing.T) {
	in := trusting()
	in.ProviderPrincipals = []string{"arn:aws:iam::123456789012:role/" + strings.Repeat("x", 2000)}
	s := composed(t, `{"region":"eu-west-1"}`, responding(map[string]string{role.Distribution: `{"status":{"atProvider":{"arn":"` + distributionARN + `"}}}`}), in)
	variables, _ := field(t, s.resources[role.ResponsesFunction], "environment.variables").(map[string]any)
	size := 0
	for name, value := range variables {
		text, _ := value.(string)
		size += len(name) + len(text)
	}
	if size > responses.MaxEnvironment {
		t.Errorf("Lambda takes %d bytes, got %d", responses.MaxEnvironment, size)
	}
}
