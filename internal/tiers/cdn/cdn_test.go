package cdn_test

import (
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

const (
	oldDomain = "old.example.com"
	newDomain = "new.example.com"
	oldARN    = "arn:aws:acm:us-east-1:123456789012:certificate/old"
	newARN    = "arn:aws:acm:us-east-1:123456789012:certificate/new"
)

// seen returns the resources that the distribution waits for, and others.
func seen(more map[string]string) map[string]string {
	out := map[string]string{
		composed.ResponseHeadersPolicy:                        `{"metadata":{"annotations":{"crossplane.io/external-name":"policy-id"}}}`,
		composed.WebACL:                                       `{"status":{"atProvider":{"arn":"arn:acl"}}}`,
		composed.Bucket(composed.CDNLogsBucket, composed.ACL): `{"status":{"conditions":[{"type":"Ready","status":"True"}]}}`,
	}
	maps.Copy(out, more)
	return out
}

func certificate(arn, state string) string {
	return `{"apiVersion":"acm.aws.m.upbound.io/v1beta1","kind":"Certificate","metadata":{"name":"c"},"spec":{"forProvider":{"region":"us-east-1"}},"status":{"atProvider":{"arn":"` + arn + `","status":"` + state + `",
		"domainValidationOptions":[{"resourceRecordName":"_x.new.example.com.","resourceRecordType":"CNAME","resourceRecordValue":"_y.acm-validations.aws."}]}}}`
}

func TestCDN(t *testing.T) {
	serving := `{"spec":{"forProvider":{"aliases":["` + oldDomain + `"],"viewerCertificate":{"acmCertificateArn":"` + oldARN + `"}}}}`
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"OriginAccessControlSigns": {
			Reason:   "The bucket is read by signed requests only (CDN-10).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.OriginAccessControl,
			Want:     map[string]any{"originAccessControlOriginType": "s3", "signingBehavior": "always", "signingProtocol": "sigv4", "name": tiertest.Prefix + "-assets"},
		},
		"SecurityHeaders": {
			Reason:   "Browsers are made strict; sub-domains are not decided for (CDN-15 to CDN-22).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.ResponseHeadersPolicy,
			Want: map[string]any{
				"securityHeadersConfig.strictTransportSecurity.accessControlMaxAgeSec": float64(63072000), "securityHeadersConfig.strictTransportSecurity.override": true,
				"securityHeadersConfig.strictTransportSecurity.includeSubdomains": false, "securityHeadersConfig.strictTransportSecurity.preload": false,
				"securityHeadersConfig.contentTypeOptions.override": true, "securityHeadersConfig.frameOptions.frameOption": "DENY", "securityHeadersConfig.referrerPolicy.referrerPolicy": "strict-origin-when-cross-origin",
				"removeHeadersConfig.items[0].header": "Server", "removeHeadersConfig.items[1].header": "X-Powered-By", "corsConfig": tiertest.Absent{},
			},
		},
		"NoContentSecurityPolicy": {
			Reason:   "A policy that does not know the payment provider would break the shop.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.ResponseHeadersPolicy,
			Want:     map[string]any{"securityHeadersConfig.contentSecurityPolicy": tiertest.Absent{}},
		},
		"ContentSecurityPolicy": {
			Reason:   "Pages load from where the claim says, whatever a file's own header says (CDN-20).",
			Spec:     `{"region":"eu-west-1","cdn":{"contentSecurityPolicy":{"policy":"default-src 'self' https://pay.example.com"}}}`,
			Resource: composed.ResponseHeadersPolicy,
			Want: map[string]any{
				"securityHeadersConfig.contentSecurityPolicy.contentSecurityPolicy": "default-src 'self' https://pay.example.com", "securityHeadersConfig.contentSecurityPolicy.override": true,
			},
		},
		"StrictContentSecurityPolicy": {
			Reason:   "From the shop itself only, if it does not say.",
			Spec:     `{"region":"eu-west-1","cdn":{"contentSecurityPolicy":{}}}`,
			Resource: composed.ResponseHeadersPolicy,
			Want: map[string]any{
				"securityHeadersConfig.contentSecurityPolicy.contentSecurityPolicy": "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; upgrade-insecure-requests",
			},
		},
		"HSTSForTheWholeDomain": {
			Reason:   "Who owns the whole domain can say so.",
			Spec:     `{"region":"eu-west-1","cdn":{"hsts":{"includeSubdomains":true,"preload":true}}}`,
			Resource: composed.ResponseHeadersPolicy,
			Want:     map[string]any{"securityHeadersConfig.strictTransportSecurity.includeSubdomains": true, "securityHeadersConfig.strictTransportSecurity.preload": true},
		},
		"DistributionWaits": {
			Reason:   "CloudFront refuses a log bucket without ACL, and the headers policy has no reference.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.Distribution,
			Waits:    true,
		},
		"Distribution": {
			Reason:   "HTTPS only, logged, private origin (CDN-01 to CDN-25).",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: seen(nil),
			Resource: composed.Distribution,
			Want: map[string]any{
				"enabled": true, "waitForDeployment": true, "httpVersion": "http2and3", "isIpv6Enabled": true, "priceClass": "PriceClass_100", "defaultRootObject": "index.html", "region": tiertest.Absent{}, "webAclId": "arn:acl",
				"origin[0].domainName": tiertest.Prefix + "-assets.s3.eu-west-1.amazonaws.com", "origin[0].originAccessControlIdRef.name": "shop-cdn-origin-access-control", "origin[0].s3OriginConfig": tiertest.Absent{},
				"defaultCacheBehavior.viewerProtocolPolicy": "redirect-to-https", "defaultCacheBehavior.responseHeadersPolicyId": "policy-id", "defaultCacheBehavior.compress": true,
				"defaultCacheBehavior.targetOriginId": "assets", "origin[0].originId": "assets", "defaultCacheBehavior.cachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6",
				"loggingConfig.bucket": tiertest.Prefix + "-cdn-logs.s3.amazonaws.com", "loggingConfig.includeCookies": false, "loggingConfig.prefix": "distribution/",
				"restrictions.geoRestriction.restrictionType": "none", "restrictions.geoRestriction.locations": tiertest.Absent{},
				"viewerCertificate.cloudfrontDefaultCertificate": true, "viewerCertificate.minimumProtocolVersion": tiertest.Absent{}, "aliases": tiertest.Absent{},
				"customErrorResponse[0].errorCode": float64(403), "customErrorResponse[0].responseCode": float64(404),
			},
		},
		"AllowedCountries": {
			Reason:   "CloudFront calls an allow list a whitelist.",
			Spec:     `{"region":"eu-west-1","cdn":{"geoRestriction":{"type":"Allow","countries":["DE","FR"]}}}`,
			Observed: seen(nil),
			Resource: composed.Distribution,
			Want:     map[string]any{"restrictions.geoRestriction.restrictionType": "whitelist", "restrictions.geoRestriction.locations": []any{"DE", "FR"}},
		},
		"BlockedCountries": {
			Reason:   "CloudFront calls a block list a blacklist.",
			Spec:     `{"region":"eu-west-1","cdn":{"geoRestriction":{"type":"Block","countries":["DE"]}}}`,
			Observed: seen(nil),
			Resource: composed.Distribution,
			Want:     map[string]any{"restrictions.geoRestriction.restrictionType": "blacklist"},
		},
		"GivenCertificate": {
			Reason:   "With a certificate of the claim's the domain is served at once, by TLS 1.2 or later (CDN-03 to CDN-05).",
			Spec:     `{"region":"eu-west-1","cdn":{"domain":"` + newDomain + `","certificateArn":"` + newARN + `"}}`,
			Observed: seen(nil),
			Resource: composed.Distribution,
			Want: map[string]any{
				"aliases": []any{newDomain}, "viewerCertificate.acmCertificateArn": newARN, "viewerCertificate.cloudfrontDefaultCertificate": false,
				"viewerCertificate.minimumProtocolVersion": "TLSv1.2_2021", "viewerCertificate.sslSupportMethod": "sni-only",
			},
		},
		"GivenCertificateIsNotMade": {
			Reason:   "A stack with a given certificate makes none.",
			Spec:     `{"region":"eu-west-1","cdn":{"domain":"` + newDomain + `","certificateArn":"` + newARN + `"}}`,
			Resource: composed.Certificate(naming.Hash(newDomain)),
			Missing:  true,
		},
		"CertificateIsMadeInTheGlobalRegion": {
			Reason:   "CloudFront takes certificates from us-east-1 only.",
			Spec:     `{"region":"eu-west-1","cdn":{"domain":"` + newDomain + `"}}`,
			Resource: composed.Certificate(naming.Hash(newDomain)),
			Want:     map[string]any{"region": "us-east-1", "domainName": newDomain, "validationMethod": "DNS", "keyAlgorithm": "RSA_2048", "options.certificateTransparencyLoggingPreference": "ENABLED"},
		},
		"PendingCertificateDoesNotHoldTheShopUp": {
			Reason:   "Until the domain is proved the shop is served under CloudFront's name.",
			Spec:     `{"region":"eu-west-1","cdn":{"domain":"` + newDomain + `"}}`,
			Observed: seen(map[string]string{composed.Certificate(naming.Hash(newDomain)): certificate(newARN, "PENDING_VALIDATION")}),
			Resource: composed.Distribution,
			Want:     map[string]any{"aliases": tiertest.Absent{}, "viewerCertificate.cloudfrontDefaultCertificate": true},
		},
		"IssuedCertificateIsServed": {
			Reason:   "Once the domain is proved it is served.",
			Spec:     `{"region":"eu-west-1","cdn":{"domain":"` + newDomain + `"}}`,
			Observed: seen(map[string]string{composed.Certificate(naming.Hash(newDomain)): certificate(newARN, "ISSUED")}),
			Resource: composed.Distribution,
			Want:     map[string]any{"aliases": []any{newDomain}, "viewerCertificate.acmCertificateArn": newARN},
		},
		"LostObservationTakesNoDomainOffTheAir": {
			Reason:   "What is served stays served when the certificate's state is not seen for once.",
			Spec:     `{"region":"eu-west-1","cdn":{"domain":"` + oldDomain + `"}}`,
			Observed: seen(map[string]string{composed.Distribution: serving}),
			Resource: composed.Distribution,
			Want:     map[string]any{"aliases": []any{oldDomain}, "viewerCertificate.acmCertificateArn": oldARN},
		},
		"OldDomainStaysUntilTheNewOneIsProved": {
			Reason:   "An edit of the domain is no outage.",
			Spec:     `{"region":"eu-west-1","cdn":{"domain":"` + newDomain + `"}}`,
			Observed: seen(map[string]string{composed.Distribution: serving, composed.Certificate(naming.Hash(oldDomain)): certificate(oldARN, "ISSUED")}),
			Resource: composed.Distribution,
			Want:     map[string]any{"aliases": []any{oldDomain}, "viewerCertificate.acmCertificateArn": oldARN},
		},
		"OldCertificateStaysWhileServed": {
			Reason:   "ACM deletes no certificate in use.",
			Spec:     `{"region":"eu-west-1","cdn":{"domain":"` + newDomain + `"}}`,
			Observed: seen(map[string]string{composed.Distribution: serving, composed.Certificate(naming.Hash(oldDomain)): certificate(oldARN, "ISSUED")}),
			Resource: composed.Certificate(naming.Hash(oldDomain)),
			Want:     map[string]any{"region": "us-east-1"},
		},
		"OldCertificateGoesAfterwards": {
			Reason: "A certificate that is no longer served is deleted.",
			Spec:   `{"region":"eu-west-1","cdn":{"domain":"` + newDomain + `"}}`,
			Observed: seen(map[string]string{
				composed.Distribution:                        `{"spec":{"forProvider":{"viewerCertificate":{"acmCertificateArn":"` + newARN + `"}}}}`,
				composed.Certificate(naming.Hash(oldDomain)): certificate(oldARN, "ISSUED"),
			}),
			Resource: composed.Certificate(naming.Hash(oldDomain)),
			Missing:  true,
		},
		"NoCloudFrontInGovCloud": {
			Reason:   "GovCloud's credentials create no distributions.",
			Spec:     `{"region":"us-gov-west-1"}`,
			Resource: composed.Distribution,
			Missing:  true,
		},
	})
}

func TestCertificateIsReadyWhenIssued(t *testing.T) {
	r := composed.Certificate(naming.Hash(newDomain))
	cases := map[string]struct {
		reason string
		state  string
		want   bool
	}{
		"Pending": {reason: "The provider calls a certificate ready that nobody proved.", state: "PENDING_VALIDATION"},
		"Issued":  {reason: "An issued certificate is ready.", state: "ISSUED", want: true},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s := tiertest.Composed(t, `{"region":"eu-west-1","cdn":{"domain":"`+newDomain+`"}}`, map[string]string{r: certificate(newARN, tc.state)}, tiertest.Platform())
			if diff := cmp.Diff(tc.want, s.Resources[r].Proofs[0].Known()); diff != "" {
				t.Errorf("\n%s\nproved: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestCDNStatus(t *testing.T) {
	cases := map[string]struct {
		reason   string
		spec     string
		observed map[string]string
		want     v1alpha1.CDNStatus
	}{
		"OwnName": {
			reason: "Without a custom domain the shop is under CloudFront's name.",
			spec:   `{"region":"eu-west-1"}`,
			observed: map[string]string{
				composed.Distribution: `{"metadata":{"annotations":{"crossplane.io/external-name":"E1"}},"status":{"atProvider":{"domainName":"d1.cloudfront.net"}}}`,
			},
			want: v1alpha1.CDNStatus{Domain: "d1.cloudfront.net", DistributionDomain: "d1.cloudfront.net", DistributionID: "E1"},
		},
		"CustomDomain": {
			reason: "A domain is told once CloudFront serves it, not when it is asked for.",
			spec:   `{"region":"eu-west-1","cdn":{"domain":"` + newDomain + `","certificateArn":"` + newARN + `"}}`,
			observed: map[string]string{
				composed.Distribution: `{"status":{"atProvider":{"domainName":"d1.cloudfront.net","aliases":["` + newDomain + `"]}}}`,
			},
			want: v1alpha1.CDNStatus{Domain: newDomain, DistributionDomain: "d1.cloudfront.net"},
		},
		"PendingCertificate": {
			reason:   "The app team learns which DNS record to create.",
			spec:     `{"region":"eu-west-1","cdn":{"domain":"` + newDomain + `"}}`,
			observed: map[string]string{composed.Certificate(naming.Hash(newDomain)): certificate(newARN, "PENDING_VALIDATION")},
			want: v1alpha1.CDNStatus{Certificate: &v1alpha1.CertificateStatus{
				ARN: newARN, State: "PENDING_VALIDATION",
				ValidationRecord: &v1alpha1.DNSRecord{Name: "_x.new.example.com.", Type: "CNAME", Value: "_y.acm-validations.aws."},
			}},
		},
		"CertificateWithoutRecordYet": {
			reason:   "ACM tells the record a moment after the certificate.",
			spec:     `{"region":"eu-west-1","cdn":{"domain":"` + newDomain + `"}}`,
			observed: map[string]string{composed.Certificate(naming.Hash(newDomain)): `{}`},
			want:     v1alpha1.CDNStatus{Certificate: &v1alpha1.CertificateStatus{}},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tiertest.Composed(t, tc.spec, tc.observed, tiertest.Platform()).Status.CDN); diff != "" {
				t.Errorf("\n%s\ncdn: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
