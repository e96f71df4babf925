package settings

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"slices"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
)

// MaxDomains is how many names can serve a shop: as many as ACM takes into one
// certificate unless asked (AWS documentation, "ACM quotas").
const MaxDomains = 10

// CDN is what is served at the edge.
type CDN struct {
	v1alpha1.CDNSpec

	// LogsV2 is whether CloudFront logs by the newer service, without an ACL. The
	// older one does not deliver to regions that an account has to enable.
	LogsV2 bool
	// SigningKeys is what signed URLs are checked with; none if nothing is private.
	SigningKeys []SigningKey
}

// signingBits is the only length of RSA keys that CloudFront takes (AWS
// documentation, "Create key pairs for your signers").
const signingBits = 2048

const errSigningKey = "must be a public key in PEM: RSA with 2048 bits, or ECDSA P-256"

// cdn decides how the edge logs and what it checks.
func cdn(spec v1alpha1.CDNSpec, region string) (CDN, field.ErrorList) {
	keys, errs := signingKeys(spec)
	return CDN{
		CDNSpec:     spec,
		LogsV2:      spec.AccessLogs == v1alpha1.AccessLogsV2 || aws.OptIn(region),
		SigningKeys: keys,
	}, append(errs, checkAccessLogs(region, spec)...)
}

// Domains is the names that serve the shop, the main one first and the others sorted:
// the order in which a claim lists them is to make no other certificate. There are
// none if the claim names none.
func (c CDN) Domains() []string {
	if c.Domain == "" {
		return nil
	}
	return append([]string{c.Domain}, slices.Sorted(slices.Values(c.AdditionalDomains))...)
}

// checkAccessLogs returns what CloudFront would refuse of the claim's access logs.
func checkAccessLogs(region string, spec v1alpha1.CDNSpec) field.ErrorList {
	if spec.AccessLogs == v1alpha1.AccessLogsLegacy && aws.OptIn(region) {
		return field.ErrorList{field.Invalid(field.NewPath("spec", "cdn", "accessLogs"), spec.AccessLogs,
			fmt.Sprintf("CloudFront does not deliver legacy logs to %s: remove it, or use %s", region, v1alpha1.AccessLogsV2))}
	}
	return nil
}

// SigningKey is a public key that signed URLs are checked with.
type SigningKey struct {
	// Digest is SHA-256 of its DER form, in hexadecimal digits.
	Digest string
	// PEM is its text in one form, however the claim writes it.
	PEM string
}

// signingKeys reads the public keys of a claim. Which kinds of keys CloudFront
// takes no schema can see.
func signingKeys(spec v1alpha1.CDNSpec) ([]SigningKey, field.ErrorList) {
	if spec.PrivateDownloads == nil {
		return nil, nil
	}
	path := field.NewPath("spec", "cdn", "privateDownloads", "publicKeys")
	var keys []SigningKey
	var errs field.ErrorList
	for i, text := range spec.PrivateDownloads.PublicKeys {
		key, ok := signingKey(text)
		switch {
		case !ok:
			errs = append(errs, field.Invalid(path.Index(i), field.OmitValueType{}, errSigningKey))
		case slices.Contains(keys, key):
			errs = append(errs, field.Duplicate(path.Index(i), key.Digest))
		default:
			keys = append(keys, key)
		}
	}
	return keys, errs
}

// signingKey reads a public key, and tells whether CloudFront takes it.
func signingKey(text string) (SigningKey, bool) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return SigningKey{}, false
	}
	parsed, _ := x509.ParsePKIXPublicKey(block.Bytes) //nolint:errcheck // What cannot be parsed is no key of either kind.
	switch key := parsed.(type) {
	case *rsa.PublicKey:
		if key.N.BitLen() != signingBits {
			return SigningKey{}, false
		}
	case *ecdsa.PublicKey:
		if key.Curve != elliptic.P256() {
			return SigningKey{}, false
		}
	default:
		return SigningKey{}, false
	}
	digest := sha256.Sum256(block.Bytes)
	return SigningKey{Digest: hex.EncodeToString(digest[:]), PEM: string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: block.Bytes}))}, true
}
