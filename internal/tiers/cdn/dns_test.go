package cdn_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

const (
	// shopAndWWW is a shop with two domains in the stack's zone.
	shopAndWWW = `{"region":"eu-west-1","cdn":{"domain":"shop.example.com","additionalDomains":["www.example.com"],"hostedZone":{"type":"Managed","managed":{"name":"example.com","dnssec":true,"queryLogs":true}}}}`
	// inZone is a shop in an existing zone.
	inZone = `{"region":"eu-west-1","cdn":{"domain":"shop.example.com","hostedZone":{"type":"Existing","existing":{"id":"Z1"}}}}`
	// twoProofs is a certificate with two domains in arbitrary order.
	twoProofs = `{"status":{"atProvider":{"arn":"` + newARN + `","status":"PENDING_VALIDATION","domainValidationOptions":[
		{"domainName":"www.example.com","resourceRecordName":"_w.www.example.com.","resourceRecordType":"CNAME","resourceRecordValue":"_w.acm."},
		{"domainName":"shop.example.com","resourceRecordName":"_s.shop.example.com.","resourceRecordType":"CNAME","resourceRecordValue":"_s.acm."}]}}}`
	zoneStands = `{"metadata":{"annotations":{"crossplane.io/external-name":"Z9"}},"status":{"atProvider":{"nameServers":["ns-1.example.net","ns-2.example.net"]}}}`
	serving    = `{"status":{"atProvider":{"domainName":"d1.cloudfront.net","aliases":["www.example.com","shop.example.com"]}}}`
)

func TestHostedZone(t *testing.T) {
	shop, www := naming.Hash("shop.example.com"), naming.Hash("www.example.com")
	certificates := composed.Certificate(naming.Hash("shop.example.com", "www.example.com"))
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"NoZone": {
			Reason:   "Without a word the owner of the domain makes the records.",
			Spec:     `{"region":"eu-west-1","cdn":{"domain":"shop.example.com"}}`,
			Resource: composed.Alias(shop, "A"),
			Missing:  true,
		},
		"OneCertificateForAll": {
			Reason:   "Other names are another certificate: one cannot change its names.",
			Spec:     shopAndWWW,
			Resource: certificates,
			Want:     map[string]any{"domainName": "shop.example.com", "subjectAlternativeNames": []any{"www.example.com"}},
		},
		"ZoneStaysWithTheData": {
			Reason:   "Whoever makes a zone to which a domain is still delegated has the domain.",
			Spec:     shopAndWWW,
			Resource: composed.HostedZone,
			Want:     map[string]any{"name": "example.com", "forceDestroy": false, tiertest.Stays: true},
		},
		"ZoneGoes": {
			Reason:   "With the policy Delete it goes, whatever others put into it.",
			Spec:     `{"region":"eu-west-1","deletionPolicy":"Delete","cdn":{"domain":"shop.example.com","hostedZone":{"type":"Managed","managed":{"name":"example.com"}}}}`,
			Resource: composed.HostedZone,
			Want:     map[string]any{"forceDestroy": true, tiertest.Stays: false},
		},
		"ZoneThatExists": {
			Reason:   "A zone that exists stays its owner's.",
			Spec:     inZone,
			Resource: composed.HostedZone,
			Missing:  true,
		},
		"ProofWaits": {
			Reason:   "ACM says what it wants to see once it has been asked.",
			Spec:     inZone,
			Resource: composed.ValidationRecord(shop),
			Waits:    true,
		},
		"Proof": {
			Reason:   "The proof of each domain is found by its name.",
			Spec:     shopAndWWW,
			Observed: map[string]string{certificates: twoProofs},
			Resource: composed.ValidationRecord(shop),
			Want: map[string]any{
				"name": "_s.shop.example.com.", "type": "CNAME", "records": []any{"_s.acm."}, "ttl": float64(300), "allowOverwrite": true,
				"zoneIdRef.name": "shop-dns-zone", "zoneId": tiertest.Absent{},
			},
		},
		"ProofOfAnother": {
			Reason:   "Further domains are proved too.",
			Spec:     shopAndWWW,
			Observed: map[string]string{certificates: twoProofs},
			Resource: composed.ValidationRecord(www),
			Want:     map[string]any{"name": "_w.www.example.com.", "records": []any{"_w.acm."}},
		},
		"NoProofOfGivenCertificate": {
			Reason:   "A certificate that exists is proved.",
			Spec:     `{"region":"eu-west-1","cdn":{"domain":"shop.example.com","certificateArn":"` + newARN + `","hostedZone":{"type":"Existing","existing":{"id":"Z1"}}}}`,
			Resource: composed.ValidationRecord(shop),
			Missing:  true,
		},
		"AliasWaits": {
			Reason:   "CloudFront answers a name that it does not serve with an error.",
			Spec:     inZone,
			Observed: map[string]string{composed.Distribution: `{"status":{"atProvider":{"domainName":"d1.cloudfront.net"}}}`},
			Resource: composed.Alias(shop, "A"),
			Waits:    true,
		},
		"Alias": {
			Reason:   "The name leads to the distribution by both kinds of addresses, whatever the zone.",
			Spec:     inZone,
			Observed: map[string]string{composed.Distribution: serving},
			Resource: composed.Alias(shop, "AAAA"),
			Want: map[string]any{
				"zoneId": "Z1", "zoneIdRef": tiertest.Absent{}, "name": "shop.example.com", "type": "AAAA",
				"alias": map[string]any{"name": "d1.cloudfront.net", "zoneId": "Z2FDTNDATAQYW2", "evaluateTargetHealth": false},
			},
		},
		"KeyWaitsForTheZone": {
			Reason:   "The key's policy is about this zone alone.",
			Spec:     shopAndWWW,
			Observed: map[string]string{},
			Resource: composed.DNSSECKey,
			Waits:    true,
		},
		"Key": {
			Reason:   "Route 53 signs with this kind of key only, in this region only.",
			Spec:     shopAndWWW,
			Observed: map[string]string{composed.HostedZone: zoneStands},
			Resource: composed.DNSSECKey,
			Want:     map[string]any{"region": "us-east-1", "keyUsage": "SIGN_VERIFY", "customerMasterKeySpec": "ECC_NIST_P256", "enableKeyRotation": tiertest.Absent{}, tiertest.Stays: true},
		},
		"KeyOfTheZone": {
			Reason:   "The zone's key is active.",
			Spec:     shopAndWWW,
			Observed: map[string]string{composed.HostedZone: zoneStands, composed.DNSSECKey: `{"status":{"atProvider":{"arn":"arn:aws:kms:us-east-1:123456789012:key/1"}}}`},
			Resource: composed.KeySigningKey,
			Want: map[string]any{
				"typeName": "AWS::Route53::KeySigningKey", "region": "us-east-1",
				"desiredState": `{"HostedZoneId":"Z9","KeyManagementServiceArn":"arn:aws:kms:us-east-1:123456789012:key/1","Name":"key_1","Status":"ACTIVE"}`,
			},
		},
		"SigningWaits": {
			Reason:   "Route 53 refuses to sign without an active key.",
			Spec:     shopAndWWW,
			Observed: map[string]string{composed.HostedZone: zoneStands},
			Resource: composed.DNSSEC,
			Waits:    true,
		},
		"Signing": {
			Reason:   "The zone is signed (NET-45).",
			Spec:     shopAndWWW,
			Observed: map[string]string{composed.KeySigningKey: `{"status":{"conditions":[{"type":"Ready","status":"True"}]}}`},
			Resource: composed.DNSSEC,
			Want:     map[string]any{"signingStatus": "SIGNING", "hostedZoneIdRef.name": "shop-dns-zone"},
		},
		"QueryLogWaits": {
			Reason:   "Route 53 tries to write at once, and must be allowed to.",
			Spec:     shopAndWWW,
			Resource: composed.QueryLog,
			Waits:    true,
		},
		"QueryLog": {
			Reason:   "Queries are logged (NET-45).",
			Spec:     shopAndWWW,
			Observed: map[string]string{composed.QueryLogPolicy: `{"status":{"conditions":[{"type":"Ready","status":"True"}]}}`},
			Resource: composed.QueryLog,
			Want:     map[string]any{"zoneIdRef.name": "shop-dns-zone", "cloudwatchLogGroupArnRef.name": "shop-dns-query-log-group"},
		},
		"QueryLogGroup": {
			Reason:   "Route 53 writes to groups of us-east-1 only.",
			Spec:     shopAndWWW,
			Resource: composed.QueryLogGroup,
			Want: map[string]any{
				"region": "us-east-1", "kmsKeyIdRef.name": "shop-edge-key",
				".metadata.annotations[crossplane.io/external-name]": "/aws/route53/example.com/" + tiertest.Prefix,
			},
		},
	})
}

func TestHostedZonePolicies(t *testing.T) {
	s := tiertest.Composed(t, shopAndWWW, map[string]string{composed.HostedZone: zoneStands}, tiertest.Platform())
	of := func(operator string) map[string]any {
		return map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": tiertest.Account}, operator: map[string]any{"aws:SourceArn": "arn:aws:route53:::hostedzone/Z9"}}
	}
	service := map[string]any{"Service": "dnssec-route53.amazonaws.com"}
	key := tiertest.Statements(t, s.Resources[composed.DNSSECKey], "policy")
	delete(key, "AccountByIAM") // The permission covers all keys.
	want := map[string]map[string]any{
		"SignZone": {"Sid": "SignZone", "Effect": "Allow", "Principal": service, "Action": []any{"kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"}, "Resource": "*", "Condition": of("ArnEquals")},
		"GrantSigning": {
			"Sid": "GrantSigning", "Effect": "Allow", "Principal": service, "Action": "kms:CreateGrant", "Resource": "*",
			"Condition": map[string]any{"Bool": map[string]any{"kms:GrantIsForAWSResource": "true"}},
		},
	}
	if diff := cmp.Diff(want, key); diff != "" {
		t.Errorf("\nRoute 53 signs this zone and nothing else.\nkey policy: -want, +got:\n%s", diff)
	}
	want = map[string]map[string]any{"WriteQueryLogs": {
		"Sid": "WriteQueryLogs", "Effect": "Allow", "Principal": map[string]any{"Service": "route53.amazonaws.com"}, "Action": []any{"logs:CreateLogStream", "logs:PutLogEvents"},
		"Resource": "arn:aws:logs:us-east-1:123456789012:log-group:/aws/route53/example.com/" + tiertest.Prefix + ":*", "Condition": of("ArnLike"),
	}}
	if diff := cmp.Diff(want, tiertest.Statements(t, s.Resources[composed.QueryLogPolicy], "policyDocument")); diff != "" {
		t.Errorf("\nRoute 53 writes this zone's queries and nothing else.\npolicy: -want, +got:\n%s", diff)
	}
}

func TestHostedZoneStatus(t *testing.T) {
	certificates := composed.Certificate(naming.Hash("shop.example.com", "www.example.com"))
	cases := map[string]struct {
		reason   string
		spec     string
		observed map[string]string
		want     v1alpha1.CDNStatus
	}{
		"Made": {
			reason:   "The owner of the domain above is told where to delegate to, and how far each proof is.",
			spec:     shopAndWWW,
			observed: map[string]string{composed.HostedZone: zoneStands, certificates: twoProofs, composed.Distribution: serving},
			want: v1alpha1.CDNStatus{
				Domain: "shop.example.com", DistributionDomain: "d1.cloudfront.net",
				HostedZone: &v1alpha1.HostedZoneStatus{ID: "Z9", NameServers: []string{"ns-1.example.net", "ns-2.example.net"}},
				Certificate: &v1alpha1.CertificateStatus{
					ARN: newARN, State: "PENDING_VALIDATION",
					ValidationRecord:  &v1alpha1.DNSRecord{Name: "_s.shop.example.com.", Type: "CNAME", Value: "_s.acm."},
					AdditionalRecords: []v1alpha1.DNSRecord{{Name: "_w.www.example.com.", Type: "CNAME", Value: "_w.acm."}},
				},
			},
		},
		"NotMadeYet": {reason: "What is not there has no name.", spec: shopAndWWW},
		"OfOthers":   {reason: "Its owner knows the zone.", spec: inZone},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tiertest.Composed(t, tc.spec, tc.observed, tiertest.Platform()).Status.CDN); diff != "" {
				t.Errorf("\n%s\nstatus.cdn: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
