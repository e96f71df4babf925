package responses

import (
	"cmp"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/lambda"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/signer"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/responses"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// signedCode is the key prefix of signed archives.
const signedCode = "signed/"

// signingProfileName returns a name without hyphens (AWS Signer API reference,
// "PutSigningProfile").
func signingProfileName(s *settings.Settings) string {
	return strings.ReplaceAll(s.Stack, "-", "_") + "_responses"
}

// composeResponsesSigning adds the signature of the function's code, and a
// configuration with which Lambda rejects unsigned code. Signer reads one version
// of the archive, and writes the signed copy under a generated name. The profile is
// kept when the stack is deleted: AWS only cancels a profile and never releases its
// name, so signing could not be enabled again.
func composeResponsesSigning(s *settings.Settings, observed facts.Observed, set *desired.Set, code string) {
	if !s.Responses.CodeSigning {
		return
	}
	// The profile is immutable. AWS does not return signing material for this
	// platform, which Terraform would treat as a change that requires a
	// replacement.
	set.Add(composed.ResponsesSigningProfile, &signer.SigningProfile{Spec: signer.SigningProfileSpec{ForProvider: signer.SigningProfileParameters{
		PlatformID: new("AWSLambda-SHA384-ECDSA"),
	}}}, desired.Named(signingProfileName(s)), desired.Keep(true), desired.Unchanged(true))
	job := composed.ResponsesSigning(code)
	version := observed.Fact(code, "status.atProvider.versionId")
	// A job is immutable: it has signed the version that it was given.
	version.Value = cmp.Or(observed.String(job, "spec.forProvider.source.s3.version"), version.Value)
	set.Add(job, &signer.SigningJob{Spec: signer.SigningJobSpec{ForProvider: signer.SigningJobParameters{
		ProfileNameRef: set.Ref(composed.ResponsesSigningProfile),
		Source: &signer.SourceParameters{S3: &signer.SourceS3Parameters{
			Bucket: new(s.Names.ResponsesBucket), Key: new(responses.Code.ObjectKey()), Version: new(version.Value),
		}},
		Destination: &signer.DestinationParameters{S3: &signer.S3Parameters{
			Bucket: new(s.Names.ResponsesBucket), Prefix: new(signedCode),
		}},
	}}}, desired.Needs(version, observed.Ready(code), observed.Ready(composed.ResponsesSigningProfile)))
	publisher := observed.Fact(composed.ResponsesSigningProfile, "status.atProvider.versionArn")
	set.Add(composed.ResponsesCodeSigning, &lambda.CodeSigningConfig{Spec: lambda.CodeSigningConfigSpec{ForProvider: lambda.CodeSigningConfigParameters{
		Description: new("Code of the automated responses of " + s.Stack),
		// A reference would resolve to the ARN without the version.
		AllowedPublishers: &lambda.AllowedPublishersParameters{SigningProfileVersionArns: kit.Pointers([]string{publisher.Value})},
		Policies:          &lambda.PoliciesParameters{UntrustedArtifactOnDeployment: new("Enforce")},
	}}}, desired.Needs(publisher))
}

// signedKey returns the key of the archive that a job signed.
func signedKey(observed facts.Observed, job string) facts.Fact {
	return observed.Fact(job, "status.atProvider.signedObject[0].s3[0].key")
}

// inUse reports whether the function uses an archive, signed or unsigned, or may
// use it.
func inUse(observed facts.Observed, code string) bool {
	key := observed.String(composed.ResponsesFunction, "spec.forProvider.s3Key")
	job := composed.ResponsesSigning(code)
	signed := signedKey(observed, job).Value
	return key == "" || key == observed.String(code, "spec.forProvider.key") || observed.Has(job) && (signed == "" || key == signed)
}

// deployed is the function's code: the archive, or its signed copy.
type deployed struct {
	key string
	// digest of the archive. A signed copy has none, because the provider would
	// continuously compare it with that of the signed file. A new copy has a new
	// key.
	digest *string
	// seen is the observed digest. Provider 2.5 treats an omitted digest as a
	// removal, and uploads the code every minute (provider-upjet-aws 2041).
	seen *string
	// config is the ARN of the code signing configuration. Its removal requires an
	// explicit empty value, because the provider keeps an observed value.
	config *string
	needs  []facts.Fact
}

func deployedCode(s *settings.Settings, observed facts.Observed, code string) deployed {
	if !s.Responses.CodeSigning {
		out := deployed{key: responses.Code.ObjectKey(), digest: new(responses.Code.Digest()), seen: new(responses.Code.Digest()), needs: []facts.Fact{observed.Ready(code)}}
		if observed.String(composed.ResponsesFunction, "spec.forProvider.codeSigningConfigArn") != "" {
			out.config = new("")
		}
		return out
	}
	job, config := composed.ResponsesSigning(code), observed.ARN(composed.ResponsesCodeSigning)
	signed := signedKey(observed, job)
	out := deployed{key: signed.Value, config: new(config.Value), needs: []facts.Fact{observed.Ready(job), signed, config}}
	if signed.Known() && observed.String(composed.ResponsesFunction, "spec.forProvider.s3Key") == signed.Value {
		out.seen = kit.Nonzero(observed.String(composed.ResponsesFunction, "status.atProvider.codeSha256"))
	}
	return out
}
