package storage_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

const (
	uploaded = `{"region":"eu-west-1","uploads":{}}`
	scanned  = `{"region":"eu-west-1","uploads":{"path":"/files/customers/*","scan":true}}`
)

func TestUploads(t *testing.T) {
	served := map[string]string{composed.Distribution: `{"status":{"atProvider":{"domainName":"d1.cloudfront.net"}}}`}
	cors := composed.Bucket(composed.UploadsBucket, composed.CORS)
	role := tiertest.HasARN("arn:aws:iam::123456789012:role/secure-ecommerce/scan")
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"NotAskedFor": {Reason: "A shop without uploads has no bucket for them.", Spec: `{"region":"eu-west-1"}`, Resource: composed.UploadsBucket, Missing: true},
		"Bucket": {
			Reason:   "Visitors' files outlive the stack.",
			Spec:     uploaded,
			Resource: composed.UploadsBucket,
			Want:     map[string]any{"forceDestroy": false, tiertest.Stays: true, ".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-uploads"},
		},
		"BucketGoes": {
			Reason:   "Delete means delete.",
			Spec:     `{"region":"eu-west-1","deletionPolicy":"Delete","uploads":{}}`,
			Resource: composed.UploadsBucket,
			Want:     map[string]any{"forceDestroy": true, tiertest.Stays: false},
		},
		"BucketKept": {
			Reason:   "A bucket with visitors' files stays even if the claim no longer has it.",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: map[string]string{composed.UploadsBucket: `{"metadata":{"annotations":{"crossplane.io/external-name":"b"}}}`},
			Resource: composed.UploadsBucket,
		},
		"Encryption": {
			Reason:   "The stack's own key encrypts them (STO-18).",
			Spec:     uploaded,
			Resource: composed.Bucket(composed.UploadsBucket, composed.Encryption),
			Want:     map[string]any{"rule[0].applyServerSideEncryptionByDefault.kmsMasterKeyIdRef.name": "shop-data-key"},
		},
		"Kept": {
			Reason:   "Nobody loses a file unasked; a deleted one is gone after a month.",
			Spec:     uploaded,
			Resource: composed.Bucket(composed.UploadsBucket, composed.Lifecycle),
			Want:     map[string]any{"rule[1].noncurrentVersionExpiration[0].noncurrentDays": float64(30), "rule[2]": tiertest.Absent{}},
		},
		"MaxDays": {
			Reason:   "A claim may say how long they are kept.",
			Spec:     `{"region":"eu-west-1","uploads":{"maxDays":14}}`,
			Resource: composed.Bucket(composed.UploadsBucket, composed.Lifecycle),
			Want:     map[string]any{"rule[2].id": "expire-uploads", "rule[2].expiration[0].days": float64(14)},
		},
		"CORSWaits": {
			Reason:   "A shop without a domain has CloudFront's.",
			Spec:     uploaded,
			Resource: cors,
			Waits:    true,
		},
		"CORSOfDistribution": {
			Reason:   "Pages of the shop upload, and nobody else's.",
			Spec:     uploaded,
			Observed: served,
			Resource: cors,
			Want: map[string]any{"corsRule": []any{map[string]any{
				"id": "uploads", "allowedOrigins": []any{"https://d1.cloudfront.net"}, "allowedMethods": []any{"GET", "HEAD", "POST", "PUT"},
				"allowedHeaders": []any{"*"}, "exposeHeaders": []any{"ETag"}, "maxAgeSeconds": float64(3600),
			}}},
		},
		"CORSOfDomains": {
			Reason:   "A shop's own domains are known beforehand.",
			Spec:     `{"region":"eu-west-1","uploads":{},"cdn":{"domain":"shop.example.com","additionalDomains":["www.example.com"]}}`,
			Resource: cors,
			Want:     map[string]any{"corsRule[0].allowedOrigins": []any{"https://shop.example.com", "https://www.example.com"}},
		},
		"CORSOfClaim": {
			Reason:   "The claim may name others instead.",
			Spec:     `{"region":"eu-west-1","uploads":{"corsOrigins":["https://admin.example.com"]},"cdn":{"domain":"shop.example.com"}}`,
			Resource: cors,
			Want:     map[string]any{"corsRule[0].allowedOrigins": []any{"https://admin.example.com"}},
		},
		"NotScanned": {Reason: "Scans are charged, so nobody gets them unasked.", Spec: uploaded, Resource: composed.ScanPlan, Missing: true},
		"ScanWaits": {
			Reason:   "GuardDuty tries its role out when the plan is made.",
			Spec:     scanned,
			Observed: map[string]string{composed.ScanRole: role},
			Resource: composed.ScanPlan,
			Waits:    true,
		},
		"Scan": {
			Reason: "Every upload is scanned and tagged with the result.",
			Spec:   scanned,
			Observed: map[string]string{
				composed.ScanRole: role, composed.ScanRolePolicy: tiertest.IsReady,
				composed.Bucket(composed.UploadsBucket, composed.Policy): tiertest.IsReady, composed.Bucket(composed.UploadsBucket, composed.Notification): tiertest.IsReady,
			},
			Resource: composed.ScanPlan,
			Want:     map[string]any{"region": "eu-west-1", "typeName": "AWS::GuardDuty::MalwareProtectionPlan"},
		},
		"ScanEvents": {
			Reason:   "GuardDuty turns the bucket's events on, and the stack agrees.",
			Spec:     scanned,
			Resource: composed.Bucket(composed.UploadsBucket, composed.Notification),
			Want:     map[string]any{"eventbridge": true},
		},
	})
}

func TestUploadsPolicy(t *testing.T) {
	var (
		bucket  = "arn:aws:s3:::" + tiertest.Prefix + "-uploads"
		appRole = "arn:aws:iam::123456789012:role/secure-ecommerce/" + tiertest.Prefix + "-app"
		scan    = "arn:aws:iam::123456789012:role/secure-ecommerce/" + tiertest.Prefix + "-uploads-scan"
	)
	denied := func(sid string, actions, roles any) map[string]any {
		return map[string]any{
			"Sid": sid, "Effect": "Deny", "Principal": "*", "Action": actions, "Resource": bucket + "/*",
			"Condition": map[string]any{"ArnNotEquals": map[string]any{"aws:PrincipalArn": roles}},
		}
	}
	cases := map[string]struct {
		reason string
		spec   string
		sid    string
		want   map[string]any
	}{
		"Read": {
			reason: "The stack's own distribution reads what is below the path.",
			spec:   uploaded,
			sid:    "ReadByDistribution",
			want: map[string]any{
				"Sid": "ReadByDistribution", "Effect": "Allow", "Principal": map[string]any{"Service": "cloudfront.amazonaws.com"}, "Action": "s3:GetObject", "Resource": bucket + "/uploads/*",
				"Condition": map[string]any{"StringEquals": map[string]any{"AWS:SourceArn": tiertest.DistributionARN}},
			},
		},
		"ReadScanned": {
			reason: "Of scanned uploads it reads those without threats only.",
			spec:   scanned,
			sid:    "ReadByDistribution",
			want: map[string]any{
				"Sid": "ReadByDistribution", "Effect": "Allow", "Principal": map[string]any{"Service": "cloudfront.amazonaws.com"}, "Action": "s3:GetObject", "Resource": bucket + "/files/customers/*",
				"Condition": map[string]any{"StringEquals": map[string]any{"AWS:SourceArn": tiertest.DistributionARN, "s3:ExistingObjectTag/GuardDutyMalwareScanStatus": "NO_THREATS_FOUND"}},
			},
		},
		"Written":        {reason: "Nobody writes but the application, whatever other policies say.", spec: uploaded, sid: "DenyUploadsOfOthers", want: denied("DenyUploadsOfOthers", "s3:PutObject", appRole)},
		"WrittenScanned": {reason: "GuardDuty tries its permissions out with an object.", spec: scanned, sid: "DenyUploadsOfOthers", want: denied("DenyUploadsOfOthers", "s3:PutObject", []any{appRole, scan})},
		"Tags": {
			reason: "Nobody says of an object that it was scanned but who scans.",
			spec:   scanned,
			sid:    "DenyTagsOfOthers",
			want:   denied("DenyTagsOfOthers", []any{"s3:DeleteObjectTagging", "s3:DeleteObjectVersionTagging", "s3:PutObjectTagging", "s3:PutObjectVersionTagging"}, scan),
		},
		"TagsUnscanned": {reason: "Without scans tags are the application's.", spec: uploaded, sid: "DenyTagsOfOthers"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			stack := tiertest.Composed(t, tc.spec, map[string]string{composed.Distribution: tiertest.HasARN(tiertest.DistributionARN)}, tiertest.Platform())
			got := tiertest.Statements(t, stack.Resources[composed.Bucket(composed.UploadsBucket, composed.Policy)], "policy")[tc.sid]
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\n%s: -want, +got:\n%s", tc.reason, tc.sid, diff)
			}
		})
	}
}

func TestUploadsStatus(t *testing.T) {
	stack := tiertest.Composed(t, scanned, map[string]string{composed.UploadsBucket: `{"metadata":{"annotations":{"crossplane.io/external-name":"b"}}}`}, tiertest.Platform())
	want := v1alpha1.UploadsStatus{Bucket: "b", ARN: "arn:aws:s3:::b", KeyPrefix: "files/customers/"}
	if diff := cmp.Diff(want, stack.Status.Uploads); diff != "" {
		t.Errorf("\nAn application is told where it stores, and what keys begin with.\nstatus.uploads: -want, +got:\n%s", diff)
	}
}
