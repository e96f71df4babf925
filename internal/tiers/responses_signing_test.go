package tiers

import (
	"testing"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/responses"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
)

// signing is a spec whose function runs signed code only.
const signing = `{"region":"eu-west-1","guardrails":{"responses":{"codeSigning":true}}}`

func TestResponsesSigning(t *testing.T) {
	const (
		profileARN = "arn:aws:signer:eu-west-1:123456789012:/signing-profiles/shop/abc"
		configARN  = "arn:aws:lambda:eu-west-1:123456789012:code-signing-config:csc-1"
		external   = ".metadata.annotations[crossplane.io/external-name]"
	)
	job := role.ResponsesSigning(responsesCode)
	old := role.ResponsesCode("old")
	uploaded := map[string]string{responsesCode: `{"status":{"atProvider":{"versionId":"v1"},` + ready + `}}`}
	profile := map[string]string{role.ResponsesSigningProfile: `{"status":{"atProvider":{"versionArn":"` + profileARN + `"},` + ready + `}}`}
	signed := map[string]string{
		job:                       `{"spec":{"forProvider":{"source":{"s3":{"version":"v1"}}}},"status":{"atProvider":{"signedObject":[{"s3":[{"key":"signed/1.zip"}]}]},` + ready + `}}`,
		role.ResponsesCodeSigning: `{"status":{"atProvider":{"arn":"` + configARN + `"}}}`,
	}
	versioned := map[string]string{role.Bucket(role.ResponsesBucket, role.Versioning): isReady}
	function := func(key, config string) map[string]string {
		return map[string]string{role.ResponsesFunction: `{"spec":{"forProvider":{"s3Key":"` + key + `","codeSigningConfigArn":"` + config + `"}}}`}
	}
	previous := func(status string) map[string]string {
		return map[string]string{
			old:                        `{"metadata":{"name":"shop-responses-code-old"},"spec":{"forProvider":{"key":"responses/old.zip"}}}`,
			role.ResponsesSigning(old): `{"metadata":{"name":"shop-responses-signing-job-old"},"status":{"atProvider":{` + status + `}}}`,
		}
	}
	const signedOld = `"signedObject":[{"s3":[{"key":"signed/old.zip"}]}]`
	runTierCases(t, map[string]tierCase{
		"NoProfile": {reason: "By default Lambda takes what the provider brings.", spec: `{"region":"eu-west-1"}`, role: role.ResponsesSigningProfile, missing: true},
		"Profile": {
			reason: "Its name has no hyphens and stays, because AWS gives none twice.",
			spec:   signing,
			role:   role.ResponsesSigningProfile,
			want:   map[string]any{"platformId": "AWSLambda-SHA384-ECDSA", external: "shop_" + prefix[len("shop-"):] + "_responses", stays: true},
		},
		"CodeWaitsForVersions": {reason: "Signer reads a version, which S3 gives to no earlier object.", spec: signing, observed: map[string]string{role.AlarmsKey: responding()[role.AlarmsKey]}, role: responsesCode, waits: true},
		"Code":                 {reason: "In a bucket with versions it has one.", spec: signing, observed: responding(versioned), role: responsesCode, want: map[string]any{"key": responses.ObjectKey()}},
		"JobWaitsForTheVersion": {
			reason: "What has no version cannot be signed.", spec: signing, observed: responding(profile), role: job, waits: true,
		},
		"JobWaitsForTheProfile": {reason: "Nor can it be without a profile.", spec: signing, observed: responding(uploaded), role: job, waits: true},
		"Job": {
			reason:   "It signs this version of the code, beside it.",
			spec:     signing,
			observed: responding(uploaded, profile),
			role:     job,
			want: map[string]any{
				"profileNameRef.name": "shop-responses-signing-profile",
				"source":              map[string]any{"s3": map[string]any{"bucket": prefix + "-responses", "key": responses.ObjectKey(), "version": "v1"}},
				"destination":         map[string]any{"s3": map[string]any{"bucket": prefix + "-responses", "prefix": "signed/"}},
				"region":              "eu-west-1",
			},
		},
		"JobIsDone": {
			reason:   "Code that is uploaded once more is the same code, and a job cannot change.",
			spec:     signing,
			observed: responding(profile, signed, map[string]string{responsesCode: `{"status":{"atProvider":{"versionId":"v2"},` + ready + `}}`}),
			role:     job,
			want:     map[string]any{"source.s3.version": "v1"},
		},
		"ConfigWaitsForTheProfile": {reason: "It names the profile's version.", spec: signing, role: role.ResponsesCodeSigning, waits: true},
		"Config": {
			reason:   "Lambda refuses what the profile did not sign (RSP-11).",
			spec:     signing,
			observed: profile,
			role:     role.ResponsesCodeSigning,
			want:     map[string]any{"allowedPublishers.signingProfileVersionArns": []any{profileARN}, "policies.untrustedArtifactOnDeployment": "Enforce"},
		},
		"FunctionWaitsForTheJob":    {reason: "There is no signed code yet.", spec: signing, observed: responding(uploaded, map[string]string{role.ResponsesCodeSigning: signed[role.ResponsesCodeSigning]}), role: role.ResponsesFunction, waits: true},
		"FunctionWaitsForTheConfig": {reason: "It never runs code that nobody checked.", spec: signing, observed: responding(uploaded, map[string]string{job: signed[job]}), role: role.ResponsesFunction, waits: true},
		"Function": {
			reason:   "It runs the signed code. The digest of the archive is not that of the signed one.",
			spec:     signing,
			observed: responding(uploaded, profile, signed),
			role:     role.ResponsesFunction,
			want:     map[string]any{"s3Key": "signed/1.zip", "codeSigningConfigArn": configARN, "sourceCodeHash": absent{}},
		},
		"SwitchedOff": {
			reason:   "The provider keeps what it knows, so that off has to be said.",
			spec:     `{"region":"eu-west-1"}`,
			observed: responding(function("signed/1.zip", configARN)),
			role:     role.ResponsesFunction,
			want:     map[string]any{"s3Key": responses.ObjectKey(), "codeSigningConfigArn": "", "sourceCodeHash": responses.Digest()},
		},
		"NeverOn": {
			reason: "Who never asked says nothing.", spec: `{"region":"eu-west-1"}`, observed: responding(function(responses.ObjectKey(), "")), role: role.ResponsesFunction,
			want: map[string]any{"codeSigningConfigArn": absent{}},
		},
		"OldCodeInUse": {
			reason: "The function still runs what was signed of it.", spec: signing, observed: responding(previous(signedOld), function("signed/old.zip", configARN)),
			role: old, want: map[string]any{"key": "responses/old.zip"},
		},
		"OldJobInUse": {
			reason: "And so its signature stays.", spec: signing, observed: responding(previous(signedOld), function("signed/old.zip", configARN)),
			role: role.ResponsesSigning(old), want: map[string]any{".metadata.name": "shop-responses-signing-job-old"},
		},
		"OldJobUnseen": {
			reason: "Who does not see what it signed does not know.", spec: signing, observed: responding(previous(""), function("signed/old.zip", configARN)),
			role: role.ResponsesSigning(old), want: map[string]any{".metadata.name": "shop-responses-signing-job-old"},
		},
		"OldJobGoes": {
			reason: "Afterwards nobody needs it.", spec: signing, observed: responding(previous(signedOld), function("signed/1.zip", configARN)),
			role: role.ResponsesSigning(old), missing: true,
		},
	})
}
