package access_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

func TestRights(t *testing.T) {
	const policy = "arn:aws:iam::123456789012:policy/search"
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"NotAskedFor": {Reason: "An application has the stack and nothing else.", Spec: `{"region":"eu-west-1"}`, Resource: composed.AppRoleRights, Missing: true},
		"WaitForTheAccount": {
			Reason:   "ARNs name the account.",
			Spec:     `{"region":"eu-west-1","access":{"resources":{"sqsQueues":["orders"]}}}`,
			Input:    tiertest.NoInput(),
			Resource: composed.AppRoleRights,
			Waits:    true,
		},
		"Policy": {
			Reason:   "A managed policy is attached to the app role.",
			Spec:     `{"region":"eu-west-1","access":{"policyArns":["` + policy + `"]}}`,
			Resource: composed.AppRolePolicy(naming.Hash(policy)),
			Want:     map[string]any{"policyArn": policy, "roleRef.name": "shop-app-role"},
		},
		"NoUploads": {Reason: "Without uploads there is nothing to store.", Spec: `{"region":"eu-west-1"}`, Resource: composed.AppRoleUploads, Missing: true},
	})
}

func TestRightsPolicy(t *testing.T) {
	const (
		spec = `{"region":"eu-west-1","access":{"resources":{"dynamoDBTables":["stock","carts"],"sqsQueues":["orders.fifo"],"sesIdentities":["shop.example.com"]},
			"statements":[{"actions":["translate:TranslateText"],"resources":["*"],"conditions":[{"operator":"StringEquals","key":"aws:a","values":["2","1"]},{"operator":"StringEquals","key":"aws:b","values":["3"]}]}]}}`
		table = "arn:aws:dynamodb:eu-west-1:123456789012:table/"
		mail  = "arn:aws:ses:eu-west-1:123456789012:identity/shop.example.com"
	)
	want := map[string]map[string]any{
		"UseTables": {
			"Sid": "UseTables", "Effect": "Allow", "Resource": []any{table + "carts", table + "carts/index/*", table + "stock", table + "stock/index/*"},
			"Action": []any{
				"dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:ConditionCheckItem", "dynamodb:DeleteItem", "dynamodb:DescribeTable",
				"dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:Scan", "dynamodb:UpdateItem",
			},
		},
		"UseQueues": {
			"Sid": "UseQueues", "Effect": "Allow", "Resource": "arn:aws:sqs:eu-west-1:123456789012:orders.fifo",
			"Action": []any{"sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ReceiveMessage", "sqs:SendMessage"},
		},
		"SendMail": {"Sid": "SendMail", "Effect": "Allow", "Resource": mail, "Action": []any{"ses:SendEmail", "ses:SendRawEmail"}},
		"": {
			"Effect": "Allow", "Resource": "*", "Action": "translate:TranslateText",
			"Condition": map[string]any{"StringEquals": map[string]any{"aws:a": []any{"1", "2"}, "aws:b": "3"}},
		},
	}
	got := tiertest.Statements(t, tiertest.Composed(t, spec, nil, tiertest.Platform()).Resources[composed.AppRoleRights], "policy")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\nExact actions on what is named, in the stack's region and account; lists in an order that does not change.\npolicy: -want, +got:\n%s", diff)
	}
}

func TestUploadsOfApp(t *testing.T) {
	bucket := "arn:aws:s3:::" + tiertest.Prefix + "-uploads"
	key := map[string]string{composed.DataKey: tiertest.HasARN("arn:key")}
	stored := func(actions []any) map[string]any {
		return map[string]any{"Sid": "StoreUploads", "Effect": "Allow", "Action": actions, "Resource": bucket + "/uploads/*"}
	}
	cases := map[string]struct {
		reason string
		spec   string
		sid    string
		want   map[string]any
	}{
		"Store": {
			reason: "The application stores below the path, or signs requests by which visitors do.",
			spec:   `{"region":"eu-west-1","uploads":{}}`,
			sid:    "StoreUploads",
			want:   stored([]any{"s3:AbortMultipartUpload", "s3:DeleteObject", "s3:ListMultipartUploadParts", "s3:PutObject"}),
		},
		"StoreScanned": {
			reason: "It may look up how a scan went.",
			spec:   `{"region":"eu-west-1","uploads":{"scan":true}}`,
			sid:    "StoreUploads",
			want:   stored([]any{"s3:AbortMultipartUpload", "s3:DeleteObject", "s3:ListMultipartUploadParts", "s3:PutObject", "s3:GetObjectTagging"}),
		},
		"Read": {
			reason: "It reads what is there.",
			spec:   `{"region":"eu-west-1","uploads":{}}`,
			sid:    "ReadUploads",
			want:   map[string]any{"Sid": "ReadUploads", "Effect": "Allow", "Action": "s3:GetObject", "Resource": bucket + "/uploads/*"},
		},
		"ReadScanned": {
			reason: "What has threats, or was not scanned yet, must not reach the application either.",
			spec:   `{"region":"eu-west-1","uploads":{"scan":true}}`,
			sid:    "ReadUploads",
			want: map[string]any{
				"Sid": "ReadUploads", "Effect": "Allow", "Action": "s3:GetObject", "Resource": bucket + "/uploads/*",
				"Condition": map[string]any{"StringEquals": map[string]any{"s3:ExistingObjectTag/GuardDutyMalwareScanStatus": "NO_THREATS_FOUND"}},
			},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := tiertest.Statements(t, tiertest.Composed(t, tc.spec, key, tiertest.Platform()).Resources[composed.AppRoleUploads], "policy")[tc.sid]
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\n%s: -want, +got:\n%s", tc.reason, tc.sid, diff)
			}
		})
	}
}

// All inline policies of a role can have 10,240 characters, of which the claim's
// own permissions can use 4,000.
func TestRoomForRights(t *testing.T) {
	const limit, rights = 10_240, 4_000
	long := strings.Repeat("a", 63)
	spec := `{"region":"ap-southeast-1","uploads":{"path":"/` + strings.Repeat("a", 125) + `/*","scan":true},"database":{"proxy":{}}}`
	observed := map[string]string{}
	for r, id := range map[string]string{
		composed.DataKey: "key/" + long, composed.SecretsKey: "key/" + long, composed.AppSecret: "secret:" + long, composed.DatabaseProxy: "db-proxy:" + long,
	} {
		observed[r] = tiertest.HasARN("arn:aws:secretsmanager:ap-southeast-1:123456789012:" + id)
	}
	observed[composed.Database] = `{"status":{"atProvider":{"resourceId":"db-` + long + `","masterUserSecret":[{"secretArn":"arn:aws:secretsmanager:ap-southeast-1:123456789012:secret:` + long + `"}]}}}`
	total := 0
	for name, r := range tiertest.Composed(t, spec, observed, tiertest.Platform()).Resources {
		if !strings.HasPrefix(name, composed.AppRole+"-") {
			continue
		}
		text, _ := tiertest.Field(t, r, "policy").(string)
		if !json.Valid([]byte(text)) {
			t.Errorf("%s has no policy", name)
		}
		total += len(text)
	}
	if total == 0 || total > limit-rights {
		t.Errorf("the app role's own policies take %d characters, and must leave room for %d of %d", total, rights, limit)
	}
	t.Logf("%d characters", total)
}
