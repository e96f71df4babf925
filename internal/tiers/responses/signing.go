package responses

import (
	"cmp"
	"strings"

	lambda "github.com/upbound/provider-aws/v2/apis/namespaced/lambda/v1beta1"
	signer "github.com/upbound/provider-aws/v2/apis/namespaced/signer/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/responses"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// signedCode begins the keys of signed archives.
const signedCode = "signed/"

// signingProfileName takes no hyphens (AWS Signer API reference,
// "PutSigningProfile").
func signingProfileName(s *settings.Settings) string {
	return strings.ReplaceAll(s.Stack, "-", "_") + "_responses"
}

// composeResponsesSigning adds what signs the function's code, and what makes
// Lambda refuse any other. Signer reads one version of the archive and writes
// the signed one beside it, under a name of its own choice. The profile stays
// with a deleted stack: AWS would only cancel it, and never give its name again,
// so that signing could not be switched on once more.
func composeResponsesSigning(s *settings.Settings, observed facts.Observed, set *desired.Set, code string) {
	if !s.Responses.CodeSigning {
		return
	}
	// Nothing of the profile can change. AWS shows no signing material of this
	// platform, which Terraform takes for a change that it would have to replace it for.
	set.Add(composed.ResponsesSigningProfile, &signer.SigningProfile{Spec: signer.SigningProfileSpec{ForProvider: signer.SigningProfileParameters{
		PlatformID: new("AWSLambda-SHA384-ECDSA"),
	}}}, desired.Named(signingProfileName(s)), desired.Keep(true), desired.Unchanged(true))
	job := composed.ResponsesSigning(code)
	version := observed.Fact(code, "status.atProvider.versionId")
	// A job cannot change: it signed the version that it was given.
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
		// The reference would give the ARN without the version.
		AllowedPublishers: &lambda.AllowedPublishersParameters{SigningProfileVersionArns: kit.Pointers([]string{publisher.Value})},
		Policies:          &lambda.PoliciesParameters{UntrustedArtifactOnDeployment: new("Enforce")},
	}}}, desired.Needs(publisher))
}

// signedKey is where the archive lies that a job signed.
func signedKey(observed facts.Observed, job string) facts.Fact {
	return observed.Fact(job, "status.atProvider.signedObject[0].s3[0].key")
}

// inUse is whether the function, as it was last seen, is made from an archive as
// it is or as it was signed, or may be.
func inUse(observed facts.Observed, code string) bool {
	key := observed.String(composed.ResponsesFunction, "spec.forProvider.s3Key")
	job := composed.ResponsesSigning(code)
	signed := signedKey(observed, job).Value
	return key == "" || key == observed.String(code, "spec.forProvider.key") || observed.Has(job) && (signed == "" || key == signed)
}

// deployed is what the function is made of: the archive as it is, or as it was
// signed.
type deployed struct {
	key string
	// digest is of the archive. There is none of a signed one, which the provider
	// would compare with that of the signed file for ever; a new one has a new key.
	digest *string
	// seen is the digest that Lambda shows of it. Provider 2.5 takes one that is not
	// said for one that is to be removed, and uploads the code every minute
	// (provider-upjet-aws 2041).
	seen *string
	// config is the ARN of the code signing configuration. One that the function
	// had goes by an explicit nothing only: the provider keeps what it once saw.
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
