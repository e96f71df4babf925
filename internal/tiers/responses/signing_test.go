package responses_test

import (
	"testing"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/responses"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

// signing is a spec whose function runs only signed code.
const signing = `{"region":"eu-west-1","guardrails":{"responses":{"codeSigning":true}}}`

func TestResponsesSigning(t *testing.T) {
	const (
		profileARN = "arn:aws:signer:eu-west-1:123456789012:/signing-profiles/shop/abc"
		configARN  = "arn:aws:lambda:eu-west-1:123456789012:code-signing-config:csc-1"
		external   = ".metadata.annotations[crossplane.io/external-name]"
	)
	job := composed.ResponsesSigning(tiertest.ResponsesCode)
	old := composed.ResponsesCode("old")
	uploaded := map[string]string{tiertest.ResponsesCode: `{"status":{"atProvider":{"versionId":"v1"},` + tiertest.Ready + `}}`}
	profile := map[string]string{composed.ResponsesSigningProfile: `{"status":{"atProvider":{"versionArn":"` + profileARN + `"},` + tiertest.Ready + `}}`}
	signed := map[string]string{
		job:                           `{"spec":{"forProvider":{"source":{"s3":{"version":"v1"}}}},"status":{"atProvider":{"signedObject":[{"s3":[{"key":"signed/1.zip"}]}]},` + tiertest.Ready + `}}`,
		composed.ResponsesCodeSigning: `{"status":{"atProvider":{"arn":"` + configARN + `"}}}`,
	}
	versioned := map[string]string{composed.Bucket(composed.ResponsesBucket, composed.Versioning): tiertest.IsReady}
	function := func(key, config string) map[string]string {
		return map[string]string{composed.ResponsesFunction: `{"spec":{"forProvider":{"s3Key":"` + key + `","codeSigningConfigArn":"` + config + `"}}}`}
	}
	previous := func(status string) map[string]string {
		return map[string]string{
			old:                            `{"metadata":{"name":"shop-responses-code-old"},"spec":{"forProvider":{"key":"responses/old.zip"}}}`,
			composed.ResponsesSigning(old): `{"metadata":{"name":"shop-responses-signing-job-old"},"status":{"atProvider":{` + status + `}}}`,
		}
	}
	const signedOld = `"signedObject":[{"s3":[{"key":"signed/old.zip"}]}]`
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"NoProfile": {Reason: "By default Lambda takes what the provider brings.", Spec: `{"region":"eu-west-1"}`, Resource: composed.ResponsesSigningProfile, Missing: true},
		"Profile": {
			Reason:   "Its name has no hyphens and stays, because AWS gives none twice.",
			Spec:     signing,
			Resource: composed.ResponsesSigningProfile,
			Want:     map[string]any{"platformId": "AWSLambda-SHA384-ECDSA", external: "shop_" + tiertest.Prefix[len("shop-"):] + "_responses", tiertest.Stays: true},
		},
		"CodeWaitsForVersions": {Reason: "Signer reads a version, which S3 gives to no earlier object.", Spec: signing, Observed: map[string]string{composed.AlarmsKey: tiertest.Responding()[composed.AlarmsKey]}, Resource: tiertest.ResponsesCode, Waits: true},
		"Code":                 {Reason: "In a bucket with versions it has one.", Spec: signing, Observed: tiertest.Responding(versioned), Resource: tiertest.ResponsesCode, Want: map[string]any{"key": responses.Code.ObjectKey()}},
		"JobWaitsForTheVersion": {
			Reason: "What has no version cannot be signed.", Spec: signing, Observed: tiertest.Responding(profile), Resource: job, Waits: true,
		},
		"JobWaitsForTheProfile": {Reason: "Nor can it be without a profile.", Spec: signing, Observed: tiertest.Responding(uploaded), Resource: job, Waits: true},
		"Job": {
			Reason:   "It signs this version of the code, beside it.",
			Spec:     signing,
			Observed: tiertest.Responding(uploaded, profile),
			Resource: job,
			Want: map[string]any{
				"profileNameRef.name": "shop-responses-signing-profile",
				"source":              map[string]any{"s3": map[string]any{"bucket": tiertest.Prefix + "-responses", "key": responses.Code.ObjectKey(), "version": "v1"}},
				"destination":         map[string]any{"s3": map[string]any{"bucket": tiertest.Prefix + "-responses", "prefix": "signed/"}},
				"region":              "eu-west-1",
			},
		},
		"JobIsDone": {
			Reason:   "Code that is uploaded once more is the same code, and a job cannot change.",
			Spec:     signing,
			Observed: tiertest.Responding(profile, signed, map[string]string{tiertest.ResponsesCode: `{"status":{"atProvider":{"versionId":"v2"},` + tiertest.Ready + `}}`}),
			Resource: job,
			Want:     map[string]any{"source.s3.version": "v1"},
		},
		"ConfigWaitsForTheProfile": {Reason: "It names the profile's version.", Spec: signing, Resource: composed.ResponsesCodeSigning, Waits: true},
		"Config": {
			Reason:   "Lambda refuses what the profile did not sign (RSP-11).",
			Spec:     signing,
			Observed: profile,
			Resource: composed.ResponsesCodeSigning,
			Want:     map[string]any{"allowedPublishers.signingProfileVersionArns": []any{profileARN}, "policies.untrustedArtifactOnDeployment": "Enforce"},
		},
		"FunctionWaitsForTheJob":    {Reason: "There is no signed code yet.", Spec: signing, Observed: tiertest.Responding(uploaded, map[string]string{composed.ResponsesCodeSigning: signed[composed.ResponsesCodeSigning]}), Resource: composed.ResponsesFunction, Waits: true},
		"FunctionWaitsForTheConfig": {Reason: "It never runs code that nobody checked.", Spec: signing, Observed: tiertest.Responding(uploaded, map[string]string{job: signed[job]}), Resource: composed.ResponsesFunction, Waits: true},
		"Function": {
			Reason:   "It runs the signed code. The digest of the archive is not that of the signed one.",
			Spec:     signing,
			Observed: tiertest.Responding(uploaded, profile, signed),
			Resource: composed.ResponsesFunction,
			Want:     map[string]any{"s3Key": "signed/1.zip", "codeSigningConfigArn": configARN, "sourceCodeHash": tiertest.Absent{}},
		},
		"SwitchedOff": {
			Reason:   "The provider keeps what it knows, so that off has to be said.",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: tiertest.Responding(function("signed/1.zip", configARN)),
			Resource: composed.ResponsesFunction,
			Want:     map[string]any{"s3Key": responses.Code.ObjectKey(), "codeSigningConfigArn": "", "sourceCodeHash": responses.Code.Digest()},
		},
		"NeverOn": {
			Reason: "Who never asked says nothing.", Spec: `{"region":"eu-west-1"}`, Observed: tiertest.Responding(function(responses.Code.ObjectKey(), "")), Resource: composed.ResponsesFunction,
			Want: map[string]any{"codeSigningConfigArn": tiertest.Absent{}},
		},
		"OldCodeInUse": {
			Reason: "The function still runs what was signed of it.", Spec: signing, Observed: tiertest.Responding(previous(signedOld), function("signed/old.zip", configARN)),
			Resource: old, Want: map[string]any{"key": "responses/old.zip"},
		},
		"OldJobInUse": {
			Reason: "And so its signature stays.", Spec: signing, Observed: tiertest.Responding(previous(signedOld), function("signed/old.zip", configARN)),
			Resource: composed.ResponsesSigning(old), Want: map[string]any{".metadata.name": "shop-responses-signing-job-old"},
		},
		"OldJobUnseen": {
			Reason: "Who does not see what it signed does not know.", Spec: signing, Observed: tiertest.Responding(previous(""), function("signed/old.zip", configARN)),
			Resource: composed.ResponsesSigning(old), Want: map[string]any{".metadata.name": "shop-responses-signing-job-old"},
		},
		"OldJobGoes": {
			Reason: "Afterwards nobody needs it.", Spec: signing, Observed: tiertest.Responding(previous(signedOld), function("signed/1.zip", configARN)),
			Resource: composed.ResponsesSigning(old), Missing: true,
		},
	})
}
