package settings

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
)

// Public keys whose private keys were not kept.
const (
	ecdsaP256 = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqoM9n2T4qzXzGIK/XhNhTVzEgUbG
OBMzfSW/QaqSG2vHWuzosZA7kD76bd/2fKtxwb8eZTwC8hlUPfmk8k3tbg==
-----END PUBLIC KEY-----
`
	rsa2048 = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA2Kk56C6NRobYgGpRe+Fm
vgQUt4CGKYqXIpt2bO42e5KBtIhlhf8hKUtujtRYz6STlKZIKfvZQ8GizF/WINf7
fTMV9gEm24uIoR1JX3QqSI1ywmdsZhs6QfcH5ogshY3HGSH0ofGA4UXWW51h8lyO
5UCuHWgRwHCwzmjeQ4I0x0VG0bo5lil7yvtwTUtHLdGNXnIYv+6TcU6qm70MImNO
nWRuWw7wSAQRlPA3RcEToD4XOPt8lk+lRIzVK7SG0WN/rrp702kPDUSgaY+zGk0H
/iWhTtUAWSyp6Yi6tniDtxAT4JNIm7f4YdY0qNES2j4+TJugeDNTGXGlftG9A6NH
7QIDAQAB
-----END PUBLIC KEY-----
`
	rsa1024 = `-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDUcnOGWWrUDJzQYRcBaI5Ck79F
4lWF21ji33mqm5gk5B14RxlBsQVTcBBH7biV7ZC5GU+YzbYmpyR1uZBQwF+PYbKZ
bmIIg7c3UZw+1kniI5+t7j+LCs2Alp5ApYXiPwjfjLv04YGGe83+kGNkdJ0b031g
npVkueTbdgDMOO4IUwIDAQAB
-----END PUBLIC KEY-----
`
	ecdsaP384 = `-----BEGIN PUBLIC KEY-----
MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEYKQa6XNSpGPV/1jKUByLN9ErhEjKh+A1
WenP2r8NZKIqYp4hK3Z0IX1MMZIG/SgRHWznXH35QjZihlSKdeav+iIGWiOYyGtF
tsN2laOKmF4EGd3B1SU2JozM7IxbA2di
-----END PUBLIC KEY-----
`
	ed25519 = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAmHLBHsEPb2JL1NgBDvWWt0+zJLV+DVQfLaJ2Hu+b/BM=
-----END PUBLIC KEY-----
`
)

// digestOf returns the SHA-256 of a PEM key's content.
func digestOf(t *testing.T, text string) string {
	t.Helper()
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		t.Fatalf("no PEM: %s", text)
	}
	sum := sha256.Sum256(block.Bytes)
	return hex.EncodeToString(sum[:])
}

func TestSigningKeys(t *testing.T) {
	const wrong = `must be a 2048-bit RSA or ECDSA P-256 public key in PEM format`
	cases := map[string]struct {
		reason      string
		keys        []string
		want        []SigningKey
		wantInvalid string
	}{
		"None": {reason: "Who says nothing has nothing private."},
		"Both": {
			reason: "CloudFront takes keys of two kinds, in the claim's order.",
			keys:   []string{rsa2048, ecdsaP256},
			want:   []SigningKey{{Digest: digestOf(t, rsa2048), PEM: rsa2048}, {Digest: digestOf(t, ecdsaP256), PEM: ecdsaP256}},
		},
		"OneForm": {
			reason: "However a claim ends its lines, the key is the same: another text would be another key to CloudFront.",
			keys:   []string{"-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqoM9n2T4qzXzGIK/XhNhTVzEgUbGOBMzfSW/QaqSG2vHWuzosZA7kD76bd/2fKtxwb8eZTwC8hlUPfmk8k3tbg==\n-----END PUBLIC KEY-----"},
			want:   []SigningKey{{Digest: digestOf(t, ecdsaP256), PEM: ecdsaP256}},
		},
		"Twice": {
			reason:      "The same key in two forms is told, because the API sees two texts.",
			keys:        []string{ecdsaP256, ecdsaP256[:len(ecdsaP256)-1]},
			wantInvalid: `spec.cdn.privateDownloads.publicKeys[1]: "` + digestOf(t, ecdsaP256) + `" is listed more than once; remove the duplicate`,
		},
		"TooShort": {
			reason:      "CloudFront takes RSA keys of one length.",
			keys:        []string{rsa2048, rsa1024},
			wantInvalid: "spec.cdn.privateDownloads.publicKeys[1]: " + wrong,
		},
		"OtherCurve": {
			reason:      "And one curve.",
			keys:        []string{ecdsaP384},
			wantInvalid: "spec.cdn.privateDownloads.publicKeys[0]: " + wrong,
		},
		"OtherKind": {
			reason:      "And no others.",
			keys:        []string{ed25519},
			wantInvalid: "spec.cdn.privateDownloads.publicKeys[0]: " + wrong,
		},
		"NoKey": {
			reason:      "What looks like PEM may be none.",
			keys:        []string{"-----BEGIN PUBLIC KEY-----\n=\n-----END PUBLIC KEY-----"},
			wantInvalid: "spec.cdn.privateDownloads.publicKeys[0]: " + wrong,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			cdn := "{}"
			if len(tc.keys) > 0 {
				keys, err := json.Marshal(tc.keys)
				if err != nil {
					t.Fatal(err)
				}
				cdn = `{"privateDownloads":{"publicKeys":` + string(keys) + `}}`
			}
			s, err := decided(t, `{"region":"eu-west-1","cdn":`+cdn+`}`, &inputv1alpha1.Input{}, nil)
			gotInvalid := ""
			if invalid := (claim.InvalidError{}); errors.As(err, &invalid) {
				gotInvalid = invalid.Error()
			}
			if diff := cmp.Diff(tc.wantInvalid, gotInvalid); diff != "" {
				t.Fatalf("\n%s\nDecide(...): error: -want, +got:\n%s", tc.reason, diff)
			}
			if s == nil {
				return
			}
			if diff := cmp.Diff(tc.want, s.CDN.SigningKeys); diff != "" {
				t.Errorf("\n%s\nSigningKeys: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestEdgeIsPinned(t *testing.T) {
	replica := map[string]string{composed.ReplicaBucket: `{"spec":{"forProvider":{"region":"eu-central-1"}}}`}
	locked := map[string]string{composed.Bucket(composed.AuditBucket, composed.ObjectLock): `{"spec":{"forProvider":{"rule":{"defaultRetention":{"days":365}}}}}`}
	// decisions are the settings to compare.
	type decisions struct {
		Replica string
		Days    int
		Pinned  []string
	}
	cases := map[string]struct {
		reason   string
		spec     string
		observed map[string]string
		want     decisions
	}{
		"Nothing": {reason: "Both are opt-in.", spec: `{"region":"eu-west-1"}`},
		"Asked": {
			reason: "What is asked for and not there yet is made.",
			spec:   `{"region":"eu-west-1","assets":{"replica":{"region":"eu-north-1"}},"guardrails":{"audit":{"objectLockDays":30}}}`,
			want:   decisions{Replica: "eu-north-1", Days: 30},
		},
		"ReplicaMoves": {
			reason:   "A bucket cannot move.",
			spec:     `{"region":"eu-west-1","assets":{"replica":{"region":"eu-north-1"}}}`,
			observed: replica,
			want:     decisions{Replica: "eu-central-1", Pinned: []string{`spec.assets.replica.region: the change to "eu-north-1" is not supported; the stack keeps "eu-central-1"`}},
		},
		"ReplicaForgotten": {
			reason:   "A bucket with data is not dropped because a claim no longer speaks of it.",
			spec:     `{"region":"eu-west-1"}`,
			observed: replica,
			want:     decisions{Replica: "eu-central-1", Pinned: []string{`spec.assets.replica.region: the change to "" is not supported; the stack keeps "eu-central-1"`}},
		},
		"LockForgotten": {
			reason:   "S3 takes a lock away from no bucket.",
			spec:     `{"region":"eu-west-1"}`,
			observed: locked,
			want:     decisions{Days: 365, Pinned: []string{`spec.guardrails.audit.objectLockDays: the change to "" is not supported; the stack keeps "365"`}},
		},
		"LockLowered": {
			reason:   "New files may be locked for a shorter time.",
			spec:     `{"region":"eu-west-1","guardrails":{"audit":{"objectLockDays":30}}}`,
			observed: locked,
			want:     decisions{Days: 30},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s, err := decided(t, tc.spec, &inputv1alpha1.Input{}, tc.observed)
			if err != nil {
				t.Fatal(err)
			}
			got := decisions{Replica: s.Assets.ReplicaRegion, Days: s.Audit.ObjectLockDays, Pinned: s.Pinned}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nDecide(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestLogsV2(t *testing.T) {
	for spec, want := range map[string]bool{`{}`: false, `{"accessLogs":"Legacy"}`: false, `{"accessLogs":"V2"}`: true} {
		s, err := decided(t, `{"region":"eu-west-1","cdn":`+spec+`}`, &inputv1alpha1.Input{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, s.CDN.LogsV2); diff != "" {
			t.Errorf("\nCloudFront logs as AWS Config and scanners expect it, unless the claim says otherwise.\nLogsV2() of %s: -want, +got:\n%s", spec, diff)
		}
	}
}

func TestLogsInOptInRegion(t *testing.T) {
	s, err := decided(t, `{"region":"eu-south-1"}`, &inputv1alpha1.Input{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(true, s.CDN.LogsV2); diff != "" {
		t.Errorf("\nCloudFront delivers no legacy logs to regions that an account enables.\nLogsV2(): -want, +got:\n%s", diff)
	}
	_, err = decided(t, `{"region":"eu-south-1","cdn":{"accessLogs":"Legacy"}}`, &inputv1alpha1.Input{}, nil)
	want := `spec.cdn.accessLogs: "Legacy" is not valid: CloudFront does not deliver legacy logs to eu-south-1: remove accessLogs, or set it to V2`
	if err == nil || err.Error() != want {
		t.Errorf("\nWhat AWS would refuse is refused with the field.\nDecide(...): want %s, got %v", want, err)
	}
}

func TestDomains(t *testing.T) {
	cases := map[string]struct {
		reason string
		cdn    string
		want   []string
	}{
		"None":      {reason: "CloudFront's own name serves a shop without a domain.", cdn: `{}`},
		"One":       {reason: "A domain is served.", cdn: `{"domain":"shop.example.com"}`, want: []string{"shop.example.com"}},
		"Several":   {reason: "The main one is first.", cdn: `{"domain":"shop.example.com","additionalDomains":["m.example.com","www.example.com"]}`, want: []string{"shop.example.com", "m.example.com", "www.example.com"}},
		"Reordered": {reason: "Another order is no other certificate.", cdn: `{"domain":"shop.example.com","additionalDomains":["www.example.com","m.example.com"]}`, want: []string{"shop.example.com", "m.example.com", "www.example.com"}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s, err := decided(t, `{"region":"eu-west-1","cdn":`+tc.cdn+`}`, &inputv1alpha1.Input{}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, s.CDN.Domains()); diff != "" {
				t.Errorf("\n%s\nDomains(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
