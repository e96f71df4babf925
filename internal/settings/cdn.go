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
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
)

// MaxDomains is the maximum number of domains of a shop, which is ACM's default
// quota for a certificate (AWS documentation, "ACM quotas").
const MaxDomains = 10

// CDN contains the effective settings of CloudFront.
type CDN struct {
	v1alpha1.CDNSpec

	// LogsV2 reports whether CloudFront writes standard logs (v2), without an ACL.
	// The legacy logs cannot be delivered to regions that an account must enable.
	LogsV2 bool
	// SigningKeys verify signed URLs. There are none without private downloads.
	SigningKeys []SigningKey
}

// signingBits is the only RSA key length that CloudFront supports (AWS
// documentation, "Create key pairs for your signers").
const signingBits = 2048

const errSigningKey = "must be a 2048-bit RSA or ECDSA P-256 public key in PEM format"

// cdn decides logging and signing keys of CloudFront.
func cdn(spec v1alpha1.CDNSpec, region string) (CDN, field.ErrorList) {
	keys, errs := signingKeys(spec)
	return CDN{
		CDNSpec:     spec,
		LogsV2:      spec.AccessLogs == v1alpha1.AccessLogsV2 || aws.OptIn(region),
		SigningKeys: keys,
	}, append(errs, checkAccessLogs(region, spec)...)
}

// DefaultCDN returns the settings of a claim without any about the CDN.
func DefaultCDN() CDN { return CDN{CDNSpec: claim.Defaults().CDN} }

// Domains returns the shop's domains: the main one first, then the others sorted.
// The order in the claim must not cause another certificate.
func (c CDN) Domains() []string {
	if c.Domain == "" {
		return nil
	}
	return append([]string{c.Domain}, slices.Sorted(slices.Values(c.AdditionalDomains))...)
}

// checkAccessLogs returns errors for access log settings that CloudFront would
// reject.
func checkAccessLogs(region string, spec v1alpha1.CDNSpec) field.ErrorList {
	if spec.AccessLogs == v1alpha1.AccessLogsLegacy && aws.OptIn(region) {
		return field.ErrorList{field.Invalid(field.NewPath("spec", "cdn", "accessLogs"), spec.AccessLogs,
			fmt.Sprintf("CloudFront does not deliver legacy logs to %s: remove accessLogs, or set it to %s", region, v1alpha1.AccessLogsV2))}
	}
	return nil
}

// SigningKey is a public key that verifies signed URLs.
type SigningKey struct {
	// Digest is the SHA-256 of its DER form, in hexadecimal digits.
	Digest string
	// PEM is its normalized PEM form.
	PEM string
}

// signingKeys parses the public keys of a claim. A schema cannot validate their
// type and length.
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

// signingKey parses a public key, and reports whether CloudFront supports it.
func signingKey(text string) (SigningKey, bool) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return SigningKey{}, false
	}
	parsed, _ := x509.ParsePKIXPublicKey(block.Bytes) //nolint:errcheck // A key that cannot be parsed is of neither type.
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
