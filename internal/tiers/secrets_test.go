package tiers

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
)

// existingKeys is a platform that has the keys of a stack in Ireland.
func existingKeys() *inputv1alpha1.Input {
	in := platform()
	in.KMS = inputv1alpha1.KMS{Mode: inputv1alpha1.KMSModeExisting, Keys: []inputv1alpha1.ExistingKey{
		{ARN: "arn:aws:kms:eu-west-1:123456789012:key/1a2b"}, {ARN: "arn:aws:kms:us-east-1:123456789012:key/3c4d"},
	}}
	return in
}

func TestSecrets(t *testing.T) {
	rotation := `{"region":"eu-west-1","secrets":{"appRotation":{"lambdaArn":"arn:aws:lambda:eu-west-1:123456789012:function:rotate","days":14}}}`
	runTierCases(t, map[string]tierCase{
		"KeyRotates": {
			reason: "Keys rotate every year and can be brought back for 30 days (SEC-11 to SEC-14).",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.SecretsKey,
			want: map[string]any{
				"enableKeyRotation": true, "rotationPeriodInDays": float64(365), "deletionWindowInDays": float64(30), "isEnabled": true,
				"keyUsage": "ENCRYPT_DECRYPT", stays: true,
			},
		},
		"KeyWaitsForTheAccount": {
			reason: "A key's policy names the account.",
			spec:   `{"region":"eu-west-1"}`,
			input:  noInput(),
			role:   role.DataKey,
			waits:  true,
		},
		"AccountFromAnyObservedARN": {
			reason:   "The account shows in the ARN of whatever exists first.",
			spec:     `{"region":"eu-west-1"}`,
			input:    noInput(),
			observed: map[string]string{role.PublisherRole: `{"status":{"atProvider":{"arn":"arn:aws:iam::123456789012:role/x"}}}`},
			role:     role.DataKey,
		},
		"KeyStaysWithASnapshot": {
			reason: "A snapshot without its key is lost.",
			spec:   `{"region":"eu-west-1","deletionPolicy":"Snapshot"}`,
			role:   role.DataKey,
			want:   map[string]any{stays: true},
		},
		"KeyGoes": {
			reason: "Delete schedules the key's deletion too.",
			spec:   `{"region":"eu-west-1","deletionPolicy":"Delete"}`,
			role:   role.DataKey,
			want:   map[string]any{stays: false},
		},
		"KeyOfThePlatform": {
			reason: "A key that exists is looked at by its ID, and nothing of it is set.",
			spec:   `{"region":"eu-west-1"}`,
			input:  existingKeys(),
			role:   role.DataKey,
			want: map[string]any{
				".metadata.annotations[crossplane.io/external-name]": "1a2b", stays: true, ".spec.managementPolicies[1]": absent{},
				"region": "eu-west-1", "policy": absent{}, "enableKeyRotation": absent{}, "description": absent{},
			},
		},
		"KeyOfThePlatformHasNoAlias": {
			reason:  "How its owner calls it is the owner's business.",
			spec:    `{"region":"eu-west-1"}`,
			input:   existingKeys(),
			role:    role.KeyAlias(role.DataKey),
			missing: true,
		},
		"KeyOfThePlatformInUse": {
			reason: "Others refer to it as to one of the stack's own.",
			spec:   `{"region":"eu-west-1"}`,
			input:  existingKeys(),
			role:   role.AppSecret,
			want:   map[string]any{"kmsKeyIdRef.name": "shop-secrets-key"},
		},
		"AlarmsKeyGoes": {
			reason: "Nothing stays that was encrypted with the key of alarms.",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.AlarmsKey,
			want:   map[string]any{stays: false, "enableKeyRotation": true},
		},
		"AlarmsKeysAliasGoes": {
			reason: "Nor does its alias.",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.KeyAlias(role.AlarmsKey),
			want:   map[string]any{stays: false},
		},
		"Alias": {
			reason: "A key is known by its alias.",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.KeyAlias(role.LogsKey),
			want:   map[string]any{"targetKeyIdRef.name": "shop-logs-key", ".metadata.annotations[crossplane.io/external-name]": prefix + "-logs-key"},
		},
		"AppSecret": {
			reason: "Encrypted with its own key, recoverable, under a name that no predecessor has (SEC-01, SEC-06).",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.AppSecret,
			want:   map[string]any{"kmsKeyIdRef.name": "shop-secrets-key", "recoveryWindowInDays": float64(30), "name": prefix + "/app"},
		},
		"SecretPolicyWaits": {
			reason: "The policy names the secret and the one role that reads it.",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.AppSecretPolicy,
			waits:  true,
		},
		"SecretPolicyBlocksThePublic": {
			reason:   "Secrets Manager itself refuses a policy that opens the secret (SEC-05).",
			spec:     `{"region":"eu-west-1"}`,
			observed: everything,
			role:     role.AppSecretPolicy,
			want:     map[string]any{"blockPublicPolicy": true, "secretArnRef.name": "shop-app-secret"},
		},
		"NoRotationWithoutFunction": {
			reason:  "Only a function of the team's knows how to renew its secret.",
			spec:    `{"region":"eu-west-1"}`,
			role:    role.AppSecretRotation,
			missing: true,
		},
		"Rotation": {
			reason: "With a function the secret rotates as the claim says.",
			spec:   rotation,
			role:   role.AppSecretRotation,
			want: map[string]any{
				"rotateImmediately": true, "rotationLambdaArn": "arn:aws:lambda:eu-west-1:123456789012:function:rotate", "rotationRules.automaticallyAfterDays": float64(14), "secretIdRef.name": "shop-app-secret",
			},
		},
	})
}

func TestKeyPolicies(t *testing.T) {
	administration := func(partition string) map[string]any {
		return map[string]any{
			"Sid": "AccountByIAM", "Effect": "Allow", "Principal": map[string]any{"AWS": "arn:" + partition + ":iam::123456789012:root"}, "Action": "kms:*", "Resource": "*",
			"Condition": map[string]any{"StringEquals": map[string]any{"kms:CallerAccount": account}},
		}
	}
	events := map[string]any{
		"Sid": "PublishDatabaseEvents", "Effect": "Allow", "Principal": map[string]any{"Service": "events.rds.amazonaws.com"}, "Action": []any{"kms:Decrypt", "kms:GenerateDataKey"}, "Resource": "*",
		"Condition": map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": account}},
	}
	logs := func(arn string) map[string]any {
		return map[string]any{"ArnLike": map[string]any{"kms:EncryptionContext:aws:logs:arn": []any{
			arn + "/" + prefix + "/vpc-flow-logs", arn + "/aws/rds/instance/" + prefix + "-db/*", arn + "/aws/lambda/" + prefix + "-*",
		}}}
	}
	cases := map[string]struct {
		reason string
		region string
		role   string
		want   map[string]map[string]any
	}{
		"Data": {
			reason: "Beside the account, the account's distributions decrypt and RDS publishes (SEC-12, SEC-16).",
			region: "eu-west-1", role: role.DataKey,
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
			region: "us-gov-west-1", role: role.DataKey,
			want: map[string]map[string]any{"AccountByIAM": administration("aws-us-gov"), "PublishDatabaseEvents": events},
		},
		"Logs": {
			reason: "CloudWatch Logs of the region, for the stack's own groups; China's service has another name.",
			region: "cn-north-1", role: role.LogsKey,
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
			region: "eu-west-1", role: role.LogsKey,
			want: map[string]map[string]any{
				"AccountByIAM": administration("aws"),
				"EncryptLogs": {
					"Sid": "EncryptLogs", "Effect": "Allow", "Principal": map[string]any{"Service": "logs.eu-west-1.amazonaws.com"},
					"Action":   []any{"kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"},
					"Resource": "*", "Condition": logs("arn:aws:logs:eu-west-1:123456789012:log-group:"),
				},
				"DeliverCDNLogs": {
					"Sid": "DeliverCDNLogs", "Effect": "Allow", "Principal": map[string]any{"Service": "delivery.logs.amazonaws.com"}, "Action": "kms:GenerateDataKey", "Resource": "*",
					"Condition": map[string]any{"ArnLike": map[string]any{"kms:EncryptionContext:aws:s3:arn": []any{"arn:aws:s3:::" + prefix + "-cdn-logs", "arn:aws:s3:::" + prefix + "-cdn-logs/*"}}},
				},
			},
		},
		"Secrets": {
			reason: "No service but those that act for somebody in the account.",
			region: "eu-west-1", role: role.SecretsKey,
			want: map[string]map[string]any{"AccountByIAM": administration("aws")},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s := composed(t, `{"region":"`+tc.region+`"}`, nil, platform())
			if diff := cmp.Diff(tc.want, statements(t, s.resources[tc.role], "policy")); diff != "" {
				t.Errorf("\n%s\npolicy: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestSecretPolicy(t *testing.T) {
	s := composed(t, `{"region":"eu-west-1"}`, everything, platform())
	want := map[string]map[string]any{"ReadByApp": {
		"Sid": "ReadByApp", "Effect": "Allow", "Principal": map[string]any{"AWS": "arn:aws:iam::123456789012:root"},
		"Action": []any{"secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"}, "Resource": "arn:secret:app",
		"Condition": map[string]any{
			"ArnEquals": map[string]any{"aws:PrincipalArn": "arn:aws:iam::123456789012:role/secure-ecommerce/" + prefix + "-app"},
			"Bool":      map[string]any{"aws:SecureTransport": "true"},
		},
	}}
	if diff := cmp.Diff(want, statements(t, s.resources[role.AppSecretPolicy], "policy")); diff != "" {
		t.Errorf("\nOnly the app role reads the secret.\npolicy: -want, +got:\n%s", diff)
	}
}

func TestSecretsStatus(t *testing.T) {
	s := composed(t, `{"region":"eu-west-1"}`, everything, platform())
	want := v1alpha1.SecretsStatus{AppSecretARN: "arn:secret:app", DataKeyARN: "arn:key:data", SecretsKeyARN: "arn:key:secrets"}
	if diff := cmp.Diff(want, s.status.Secrets); diff != "" {
		t.Errorf("\nThe status says where secrets are.\nsecrets: -want, +got:\n%s", diff)
	}
}
