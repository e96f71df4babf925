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
	"strconv"

	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/utils/ptr"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
)

// signingBits is the only length of RSA keys that CloudFront takes (AWS
// documentation, "Create key pairs for your signers").
const signingBits = 2048

const errSigningKey = "must be a public key in PEM that CloudFront takes: RSA with 2048 bits, or ECDSA P-256"

// LogsV2 reports whether CloudFront logs by the newer service, without an ACL.
// The older one does not deliver to regions that an account has to enable.
func (s *Settings) LogsV2() bool {
	return s.Claim.Spec.CDN.AccessLogs == v1alpha1.AccessLogsV2 || aws.OptIn(s.Region)
}

// checkAccessLogs returns what CloudFront would refuse of the claim's access logs.
func checkAccessLogs(region string, spec v1alpha1.CDNSpec) field.ErrorList {
	if spec.AccessLogs == v1alpha1.AccessLogsLegacy && aws.OptIn(region) {
		return field.ErrorList{field.Invalid(field.NewPath("spec", "cdn", "accessLogs"), spec.AccessLogs,
			fmt.Sprintf("CloudFront delivers no legacy logs to %s: remove it, or use %s", region, v1alpha1.AccessLogsV2))}
	}
	return nil
}

// replicaRegion is where the assets are copied to. A copy that is there stays
// where it is: it holds data.
func (s *Settings) replicaRegion(spec v1alpha1.AssetsSpec, observed facts.Observed) string {
	asked := string(ptr.Deref(spec.Replica, v1alpha1.AssetsReplica{}).Region)
	return s.pin("spec.assets.replica.region", asked, seen(observed, "spec.forProvider.region", []string{role.ReplicaBucket, role.ReplicaLogsBucket}))
}

// objectLockDays is how long the trail's files are locked. S3 takes a lock away
// from no bucket, so what is there stays where the claim no longer says.
func (s *Settings) objectLockDays(spec v1alpha1.AuditSpec, observed facts.Observed) int {
	if spec.ObjectLockDays != nil {
		return int(*spec.ObjectLockDays)
	}
	days := int(observed.Number(role.Bucket(role.AuditBucket, role.ObjectLock), "spec.forProvider.rule.defaultRetention.days"))
	if days > 0 {
		s.pin("spec.guardrails.audit.objectLockDays", "", strconv.Itoa(days))
	}
	return days
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
