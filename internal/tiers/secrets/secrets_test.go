package secrets_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

// existingKeys returns an input with existing keys for a stack in eu-west-1.
func existingKeys() *inputv1alpha1.Input {
	in := tiertest.Platform()
	in.KMS = inputv1alpha1.KMS{Mode: inputv1alpha1.KMSModeExisting, Keys: []inputv1alpha1.ExistingKey{
		{ARN: "arn:aws:kms:eu-west-1:123456789012:key/1a2b"}, {ARN: "arn:aws:kms:us-east-1:123456789012:key/3c4d"},
	}}
	return in
}

func TestSecrets(t *testing.T) {
	rotation := `{"region":"eu-west-1","secrets":{"appRotation":{"lambdaArn":"arn:aws:lambda:eu-west-1:123456789012:function:rotate","intervalDays":14}}}`
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"KeyRotates": {
			Reason:   "Keys rotate every year and can be brought back for 30 days (SEC-11 to SEC-14).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.SecretsKey,
			Want: map[string]any{
				"enableKeyRotation": true, "rotationPeriodInDays": float64(365), "deletionWindowInDays": float64(30), "isEnabled": true,
				"keyUsage": "ENCRYPT_DECRYPT", tiertest.Stays: true,
			},
		},
		"KeyWaitsForTheAccount": {
			Reason:   "A key's policy names the account.",
			Spec:     `{"region":"eu-west-1"}`,
			Input:    tiertest.NoInput(),
			Resource: composed.DataKey,
			Waits:    true,
		},
		"AccountFromAnyObservedARN": {
			Reason:   "The account shows in the ARN of whatever exists first.",
			Spec:     `{"region":"eu-west-1"}`,
			Input:    tiertest.NoInput(),
			Observed: map[string]string{composed.PublisherRole: `{"status":{"atProvider":{"arn":"arn:aws:iam::123456789012:role/x"}}}`},
			Resource: composed.DataKey,
		},
		"KeyStaysWithASnapshot": {
			Reason:   "A snapshot without its key is lost.",
			Spec:     `{"region":"eu-west-1","deletionPolicy":"Snapshot"}`,
			Resource: composed.DataKey,
			Want:     map[string]any{tiertest.Stays: true},
		},
		"KeyGoes": {
			Reason:   "Delete schedules the key's deletion too.",
			Spec:     `{"region":"eu-west-1","deletionPolicy":"Delete"}`,
			Resource: composed.DataKey,
			Want:     map[string]any{tiertest.Stays: false},
		},
		"KeyOfThePlatform": {
			Reason:   "A key that exists is looked at by its ID, and nothing of it is set.",
			Spec:     `{"region":"eu-west-1"}`,
			Input:    existingKeys(),
			Resource: composed.DataKey,
			Want: map[string]any{
				".metadata.annotations[crossplane.io/external-name]": "1a2b", tiertest.Stays: true, ".spec.managementPolicies[1]": tiertest.Absent{},
				"region": "eu-west-1", "policy": tiertest.Absent{}, "enableKeyRotation": tiertest.Absent{}, "description": tiertest.Absent{},
			},
		},
		"KeyOfThePlatformHasNoAlias": {
			Reason:   "How its owner calls it is the owner's business.",
			Spec:     `{"region":"eu-west-1"}`,
			Input:    existingKeys(),
			Resource: composed.KeyAlias(composed.DataKey),
			Missing:  true,
		},
		"KeyOfThePlatformInUse": {
			Reason:   "Others refer to it as to one of the stack's own.",
			Spec:     `{"region":"eu-west-1"}`,
			Input:    existingKeys(),
			Resource: composed.AppSecret,
			Want:     map[string]any{"kmsKeyIdRef.name": "shop-secrets-key"},
		},
		"AlarmsKeyGoes": {
			Reason:   "Nothing stays that was encrypted with the key of alarms.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.AlarmsKey,
			Want:     map[string]any{tiertest.Stays: false, "enableKeyRotation": true},
		},
		"AlarmsKeysAliasGoes": {
			Reason:   "Nor does its alias.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.KeyAlias(composed.AlarmsKey),
			Want:     map[string]any{tiertest.Stays: false},
		},
		"Alias": {
			Reason:   "A key is known by its alias.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.KeyAlias(composed.LogsKey),
			Want:     map[string]any{"targetKeyIdRef.name": "shop-logs-key", ".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-logs-key"},
		},
		"AppSecret": {
			Reason:   "Encrypted with its own key, recoverable, under a name that no predecessor has (SEC-01, SEC-06).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.AppSecret,
			Want:     map[string]any{"kmsKeyIdRef.name": "shop-secrets-key", "recoveryWindowInDays": float64(30), "name": tiertest.Prefix + "/app"},
		},
		"SecretPolicyWaits": {
			Reason:   "The policy names the secret and the one role that reads it.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.AppSecretPolicy,
			Waits:    true,
		},
		"SecretPolicyBlocksThePublic": {
			Reason:   "Secrets Manager itself refuses a policy that opens the secret (SEC-05).",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: tiertest.Everything,
			Resource: composed.AppSecretPolicy,
			Want:     map[string]any{"blockPublicPolicy": true, "secretArnRef.name": "shop-app-secret"},
		},
		"NoRotationWithoutFunction": {
			Reason:   "Only a function of the team's knows how to renew its secret.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.AppSecretRotation,
			Missing:  true,
		},
		"Rotation": {
			Reason:   "With a function the secret rotates as the claim says.",
			Spec:     rotation,
			Resource: composed.AppSecretRotation,
			Want: map[string]any{
				"rotateImmediately": true, "rotationLambdaArn": "arn:aws:lambda:eu-west-1:123456789012:function:rotate", "rotationRules.automaticallyAfterDays": float64(14), "secretIdRef.name": "shop-app-secret",
			},
		},
	})
}

func TestKeyPolicies(t *testing.T) {
	administration := func(partition string) map[string]any {
		return map[string]any{
			"Sid": "AccountByIAM", "Effect": "Allow", "Principal": map[string]any{"AWS": "arn:" + partition + ":iam::123456789012:root"}, "Action": "kms:*", "Resource": "*",
			"Condition": map[string]any{"StringEquals": map[string]any{"kms:CallerAccount": tiertest.Account}},
		}
	}
	events := map[string]any{
		"Sid": "PublishDatabaseEvents", "Effect": "Allow", "Principal": map[string]any{"Service": "events.rds.amazonaws.com"}, "Action": []any{"kms:Decrypt", "kms:GenerateDataKey"}, "Resource": "*",
		"Condition": map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": tiertest.Account}},
	}
	logs := func(arn string) map[string]any {
		return map[string]any{"ArnLike": map[string]any{"kms:EncryptionContext:aws:logs:arn": []any{
			arn + "/" + tiertest.Prefix + "/vpc-flow-logs", arn + "/aws/rds/instance/" + tiertest.Prefix + "-db/*", arn + "/aws/lambda/" + tiertest.Prefix + "-*",
		}}}
	}
	cases := map[string]struct {
		reason       string
		region       string
		resourceName string
		want         map[string]map[string]any
	}{
		"Data": {
			reason: "Beside the account, the account's distributions decrypt and RDS publishes (SEC-12, SEC-16).",
			region: "eu-west-1", resourceName: composed.DataKey,
			want: map[string]map[string]any{
				"AccountByIAM": administration("aws"), "PublishDatabaseEvents": events,
				"ReadAssetsByDistribution": {
					"Sid": "ReadAssetsByDistribution", "Effect": "Allow", "Principal": map[string]any{"Service": "cloudfront.amazonaws.com"}, "Action": "kms:Decrypt", "Resource": "*",
					"Condition": map[string]any{"ArnLike": map[string]any{"AWS:SourceArn": "arn:aws:cloudfront::123456789012:distribution/*"}},
				},
			},
		},
		"DataWithoutCloudFront": {
			reason: "Where there is no CloudFront it gets no permission.",
			region: "us-gov-west-1", resourceName: composed.DataKey,
			want: map[string]map[string]any{"AccountByIAM": administration("aws-us-gov"), "PublishDatabaseEvents": events},
		},
		"Logs": {
			reason: "CloudWatch Logs of the region, for the stack's own groups; China's service has another name.",
			region: "cn-north-1", resourceName: composed.LogsKey,
			want: map[string]map[string]any{
				"AccountByIAM": administration("aws-cn"),
				"EncryptLogs": {
					"Sid": "EncryptLogs", "Effect": "Allow", "Principal": map[string]any{"Service": "logs.cn-north-1.amazonaws.com.cn"},
					"Action":   []any{"kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"},
					"Resource": "*", "Condition": logs("arn:aws-cn:logs:cn-north-1:123456789012:log-group:"),
				},
			},
		},
		"LogsWithCloudFront": {
			reason: "CloudFront's log delivery encrypts for its one bucket.",
			region: "eu-west-1", resourceName: composed.LogsKey,
			want: map[string]map[string]any{
				"AccountByIAM": administration("aws"),
				"EncryptLogs": {
					"Sid": "EncryptLogs", "Effect": "Allow", "Principal": map[string]any{"Service": "logs.eu-west-1.amazonaws.com"},
					"Action":   []any{"kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"},
					"Resource": "*", "Condition": logs("arn:aws:logs:eu-west-1:123456789012:log-group:"),
				},
				"DeliverCDNLogs": {
					"Sid": "DeliverCDNLogs", "Effect": "Allow", "Principal": map[string]any{"Service": "delivery.logs.amazonaws.com"}, "Action": "kms:GenerateDataKey", "Resource": "*",
					"Condition": map[string]any{"ArnLike": map[string]any{"kms:EncryptionContext:aws:s3:arn": []any{"arn:aws:s3:::" + tiertest.Prefix + "-cdn-logs", "arn:aws:s3:::" + tiertest.Prefix + "-cdn-logs/*"}}},
				},
			},
		},
		"Secrets": {
			reason: "No service but those that act for somebody in the account.",
			region: "eu-west-1", resourceName: composed.SecretsKey,
			want: map[string]map[string]any{"AccountByIAM": administration("aws")},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s := tiertest.Composed(t, `{"region":"`+tc.region+`"}`, nil, tiertest.Platform())
			if diff := cmp.Diff(tc.want, tiertest.Statements(t, s.Resources[tc.resourceName], "policy")); diff != "" {
				t.Errorf("\n%s\npolicy: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestSecretPolicy(t *testing.T) {
	s := tiertest.Composed(t, `{"region":"eu-west-1"}`, tiertest.Everything, tiertest.Platform())
	want := map[string]map[string]any{"ReadByApp": {
		"Sid": "ReadByApp", "Effect": "Allow", "Principal": map[string]any{"AWS": "arn:aws:iam::123456789012:root"},
		"Action": []any{"secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"}, "Resource": "arn:secret:app",
		"Condition": map[string]any{
			"ArnEquals": map[string]any{"aws:PrincipalArn": "arn:aws:iam::123456789012:role/secure-ecommerce/" + tiertest.Prefix + "-app"},
			"Bool":      map[string]any{"aws:SecureTransport": "true"},
		},
	}}
	if diff := cmp.Diff(want, tiertest.Statements(t, s.Resources[composed.AppSecretPolicy], "policy")); diff != "" {
		t.Errorf("\nOnly the app role reads the secret.\npolicy: -want, +got:\n%s", diff)
	}
}

func TestSecretsStatus(t *testing.T) {
	s := tiertest.Composed(t, `{"region":"eu-west-1"}`, tiertest.Everything, tiertest.Platform())
	want := v1alpha1.SecretsStatus{AppSecretARN: "arn:secret:app", DataKeyARN: "arn:key:data", SecretsKeyARN: "arn:key:secrets"}
	if diff := cmp.Diff(want, s.Status.Secrets); diff != "" {
		t.Errorf("\nThe status says where secrets are.\nsecrets: -want, +got:\n%s", diff)
	}
}
