package cdn

import (
	"slices"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/cloudfront"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// signingKeyName returns the resource name of a public key.
func signingKeyName(key settings.SigningKey) string {
	return composed.SigningKey(naming.Hash(key.Digest))
}

// composeSigningKeys adds the public keys that verify signed URLs, and their key
// group. The provider's own kind needs a Secret with the key, which the cluster
// scope cannot compose, and a public key is not secret. Keys that are no longer
// requested are kept while they are in use, because CloudFront does not delete
// them.
func composeSigningKeys(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	var current []string
	var ids []facts.Fact
	for _, key := range s.CDN.SigningKeys {
		r := signingKeyName(key)
		addPublicKey(s, set, r, key)
		current = append(current, r)
		ids = append(ids, observed.ExternalName(r))
	}
	trusted := observed.ExternalName(composed.KeyGroup).Value
	switch {
	case len(ids) > 0:
		items := make([]*string, 0, len(ids))
		for _, id := range ids {
			items = append(items, &id.Value)
		}
		set.Add(composed.KeyGroup, &cloudfront.KeyGroup{Spec: cloudfront.KeyGroupSpec{ForProvider: cloudfront.KeyGroupParameters{
			Name:    new(s.Stack + "-downloads"),
			Comment: new("Signers of private downloads of " + s.Stack),
			Items:   items,
		}}}, desired.Needs(ids...))
	case trusted != "" && observed.String(composed.Distribution, "status.atProvider.orderedCacheBehavior[0].trustedKeyGroups[0]") == trusted:
		set.Hold(composed.KeyGroup)
	}
	used := kit.Texts(observed, composed.KeyGroup, "status.atProvider.items")
	for _, r := range observed.Names() {
		if composed.IsSigningKey(r) && !slices.Contains(current, r) && slices.Contains(used, observed.ExternalName(r).Value) {
			set.Hold(r)
		}
	}
}

// addPublicKey adds a public key to CloudFront, named by its digest.
func addPublicKey(s *settings.Settings, set *desired.Set, r string, key settings.SigningKey) {
	kit.AddByCloudControl(set, r, aws.GlobalRegion, "AWS::CloudFront::PublicKey", map[string]any{"PublicKeyConfig": map[string]string{
		// CloudFront uses it to detect repeated requests.
		"CallerReference": key.Digest,
		"Name":            s.Stack + "-" + naming.Hash(key.Digest),
		"Comment":         "Checks private downloads of " + s.Stack,
		"EncodedKey":      key.PEM,
	}})
}

// privateBehavior returns the cache behavior of private files: like other files,
// but only with signed URLs or cookies, and without plain HTTP, because a redirect
// would expose the signature.
func privateBehavior(path, group string, files *cloudfront.DefaultCacheBehaviorParameters) cloudfront.OrderedCacheBehaviorParameters {
	out := filesBehavior(path, files)
	out.TrustedKeyGroups, out.ViewerProtocolPolicy = []*string{new(group)}, new("https-only")
	return out
}

// signingKeys returns the keys by the ID that signers need.
func signingKeys(s *settings.Settings, observed facts.Observed) []v1alpha1.SigningKeyStatus {
	var out []v1alpha1.SigningKeyStatus
	for _, key := range s.CDN.SigningKeys {
		if id := observed.ExternalName(signingKeyName(key)); id.Known() {
			out = append(out, v1alpha1.SigningKeyStatus{ID: id.Value, Digest: key.Digest})
		}
	}
	return out
}
