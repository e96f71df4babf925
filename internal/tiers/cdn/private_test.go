package cdn_test

import (
	"encoding/json"
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/cdn"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

// Two public keys whose private keys were not kept, and their SHA-256.
const (
	firstKey = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqoM9n2T4qzXzGIK/XhNhTVzEgUbG
OBMzfSW/QaqSG2vHWuzosZA7kD76bd/2fKtxwb8eZTwC8hlUPfmk8k3tbg==
-----END PUBLIC KEY-----
`
	firstDigest = "f45fdfb262c6da4e9ed5c2bf4cc25f42103e27691ae49f280e258b2c9dd70f71"
	secondKey   = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA2Kk56C6NRobYgGpRe+Fm
vgQUt4CGKYqXIpt2bO42e5KBtIhlhf8hKUtujtRYz6STlKZIKfvZQ8GizF/WINf7
fTMV9gEm24uIoR1JX3QqSI1ywmdsZhs6QfcH5ogshY3HGSH0ofGA4UXWW51h8lyO
5UCuHWgRwHCwzmjeQ4I0x0VG0bo5lil7yvtwTUtHLdGNXnIYv+6TcU6qm70MImNO
nWRuWw7wSAQRlPA3RcEToD4XOPt8lk+lRIzVK7SG0WN/rrp702kPDUSgaY+zGk0H
/iWhTtUAWSyp6Yi6tniDtxAT4JNIm7f4YdY0qNES2j4+TJugeDNTGXGlftG9A6NH
7QIDAQAB
-----END PUBLIC KEY-----
`
	secondDigest = "a27803d3689cb56fcc37d739ba63a3585b5ece835e73249df22cc5f948aabb21"
)

// downloads returns a spec with private downloads.
func downloads(t *testing.T, keys ...string) string {
	t.Helper()
	list, err := json.Marshal(keys)
	if err != nil {
		t.Fatal(err)
	}
	return `{"region":"eu-west-1","cdn":{"privateDownloads":{"pathPattern":"/paid/*","publicKeys":` + string(list) + `}}}`
}

// known returns an observed resource with an AWS ID and additional status.
func known(id, atProvider string) string {
	return `{"apiVersion":"a","kind":"k","metadata":{"name":"n","annotations":{"crossplane.io/external-name":"` + id + `"}},"spec":{"held":true},"status":{"atProvider":{` + atProvider + `}}}`
}

func TestPrivateDownloads(t *testing.T) {
	first, second := composed.SigningKey(naming.Hash(firstDigest)), composed.SigningKey(naming.Hash(secondDigest))
	trusting := map[string]string{
		composed.Distribution: known("E1", `"orderedCacheBehavior":[{"trustedKeyGroups":["group"]}]`),
		composed.KeyGroup:     known("group", `"items":["K1","K2"]`),
		first:                 known("K1", ""),
		second:                known("K2", ""),
	}
	without := func(resourceNames ...string) map[string]string {
		out := maps.Clone(trusting)
		for _, r := range resourceNames {
			delete(out, r)
		}
		return out
	}
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"NotAskedFor": {
			Reason:   "A shop's files are public by nature.",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: seen(nil),
			Resource: composed.Distribution,
			Want:     map[string]any{"orderedCacheBehavior": tiertest.Absent{}, "defaultCacheBehavior.trustedKeyGroups": tiertest.Absent{}},
		},
		"NoGroupUnasked": {
			Reason:   "Nobody signs them.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.KeyGroup,
			Missing:  true,
		},
		"PublicKey": {
			Reason:   "A key has a name of its own, because CloudFront cannot change one, and comes as text.",
			Spec:     downloads(t, firstKey),
			Resource: first,
			Want: map[string]any{
				"region": "us-east-1", "typeName": "AWS::CloudFront::PublicKey",
				"desiredState": `{"PublicKeyConfig":{"CallerReference":"` + firstDigest + `","Comment":"Checks private downloads of ` + tiertest.Prefix + `",` +
					`"EncodedKey":"-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqoM9n2T4qzXzGIK/XhNhTVzEgUbG\nOBMzfSW/QaqSG2vHWuzosZA7kD76bd/2fKtxwb8eZTwC8hlUPfmk8k3tbg==\n-----END PUBLIC KEY-----\n",` +
					`"Name":"` + tiertest.Prefix + `-` + naming.Hash(firstDigest) + `"}}`,
			},
		},
		"GroupWaitsForItsKeys": {
			Reason:   "A group names all its keys by their IDs.",
			Spec:     downloads(t, firstKey, secondKey),
			Observed: without(second, composed.KeyGroup),
			Resource: composed.KeyGroup,
			Waits:    true,
		},
		"Group": {
			Reason:   "Then it is made of them.",
			Spec:     downloads(t, firstKey, secondKey),
			Observed: without(composed.KeyGroup),
			Resource: composed.KeyGroup,
			Want:     map[string]any{"name": tiertest.Prefix + "-downloads", "items": []any{"K1", "K2"}},
		},
		"GroupStaysWhileAKeyIsMade": {
			Reason:   "A new key takes nothing from the ones in use.",
			Spec:     downloads(t, firstKey, secondKey),
			Observed: without(second),
			Resource: composed.KeyGroup,
			Want:     map[string]any{".spec": map[string]any{"held": true}},
			Waits:    true,
		},
		"GroupLosesAKey": {
			Reason:   "A key that is taken out of the claim is taken out of the group.",
			Spec:     downloads(t, secondKey),
			Observed: trusting,
			Resource: composed.KeyGroup,
			Want:     map[string]any{"items": []any{"K2"}},
		},
		"KeyStaysInTheGroup": {
			Reason:   "CloudFront deletes no key in a group.",
			Spec:     downloads(t, secondKey),
			Observed: trusting,
			Resource: first,
			Want:     map[string]any{".spec": map[string]any{"held": true}},
		},
		"KeyGoesAfterwards": {
			Reason:   "Once it is out of the group it goes.",
			Spec:     downloads(t, secondKey),
			Observed: map[string]string{composed.KeyGroup: known("group", `"items":["K2"]`), first: known("K1", "")},
			Resource: first,
			Missing:  true,
		},
		"DistributionWaitsForTheGroup": {
			Reason:   "Nothing is served to everybody that is meant for buyers.",
			Spec:     downloads(t, firstKey),
			Observed: seen(nil),
			Resource: composed.Distribution,
			Waits:    true,
		},
		"Distribution": {
			Reason:   "Only signed URLs reach private files, by HTTPS and with all that protects the others (CDN-27).",
			Spec:     downloads(t, firstKey),
			Observed: seen(map[string]string{composed.KeyGroup: known("group", "")}),
			Resource: composed.Distribution,
			Want: map[string]any{
				"orderedCacheBehavior[0].pathPattern": "/paid/*", "orderedCacheBehavior[0].trustedKeyGroups": []any{"group"}, "orderedCacheBehavior[0].viewerProtocolPolicy": "https-only",
				"orderedCacheBehavior[0].targetOriginId": "assets", "orderedCacheBehavior[0].responseHeadersPolicyId": "policy-id", "orderedCacheBehavior[0].cachePolicyId": cdn.CachingOptimized,
				"orderedCacheBehavior[0].compress": true, "orderedCacheBehavior[0].allowedMethods": []any{"GET", "HEAD", "OPTIONS"}, "orderedCacheBehavior[0].cachedMethods": []any{"GET", "HEAD"},
				"orderedCacheBehavior[0].trustedSigners": tiertest.Absent{}, "orderedCacheBehavior[1]": tiertest.Absent{}, "defaultCacheBehavior.trustedKeyGroups": tiertest.Absent{},
			},
		},
		"GroupStaysTrusted": {
			Reason:   "CloudFront deletes no group that a distribution trusts.",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: trusting,
			Resource: composed.KeyGroup,
			Want:     map[string]any{".spec": map[string]any{"held": true}},
		},
		"GroupGoesAfterwards": {
			Reason:   "Once the distribution is public again it goes.",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: without(composed.Distribution),
			Resource: composed.KeyGroup,
			Missing:  true,
		},
	})
}

func TestSigningKeyStatus(t *testing.T) {
	observed := map[string]string{composed.SigningKey(naming.Hash(secondDigest)): known("K2", "")}
	got := tiertest.Composed(t, downloads(t, firstKey, secondKey), observed, tiertest.Platform()).Status.CDN.SigningKeys
	if diff := cmp.Diff([]v1alpha1.SigningKeyStatus{{ID: "K2", Digest: secondDigest}}, got); diff != "" {
		t.Errorf("\nWho signs needs the IDs of keys that CloudFront knows.\nsigningKeys: -want, +got:\n%s", diff)
	}
}
