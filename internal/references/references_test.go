package references

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// resource returns a composed resource in JSON with an external name, if any. The
// observed object has the given fields.
func resource(t *testing.T, resourceName, kind, externalName, forProvider, atProvider string) Resource {
	t.Helper()
	service, name, _ := cutKind(kind)
	annotations := "{}"
	if externalName != "" {
		annotations = `{"crossplane.io/external-name":"` + externalName + `"}`
	}
	shows := func(status string) map[string]any {
		return manifest(t, `{"apiVersion":"`+service+`.aws.m.upbound.io/v1beta1","kind":"`+name+`","metadata":{"name":"shop-`+resourceName+`","annotations":`+annotations+
			`},"spec":{"forProvider":`+forProvider+`},"status":{"atProvider":`+status+`}}`)
	}
	return Resource{Resource: resourceName, Desired: shows("{}"), Observed: shows(atProvider)}
}

// manifest returns a Kubernetes object from JSON.
func manifest(t *testing.T, raw string) map[string]any {
	t.Helper()
	out := map[string]any{}
	if err := json.Unmarshal([]byte(raw), &out); err != nil {
		t.Fatalf("%s: %v", raw, err)
	}
	return out
}

func cutKind(kind string) (string, string, bool) {
	for i := range kind {
		if kind[i] == '/' {
			return kind[:i], kind[i+1:], true
		}
	}
	return "", kind, false
}

// stack returns a stack in eu-west-1 with some resources in us-east-1. All its
// names resolve.
func stack(t *testing.T) []Resource {
	t.Helper()
	const home, edge = `"region":"eu-west-1"`, `"region":"us-east-1"`
	const tags = `"tags":{"platform.secure-ecommerce.dev/stack":"shop-abc"}`
	return []Resource{
		resource(t, "key", "kms/Key", "11111111-2222-4333-8444-555555555555", `{`+home+`,`+tags+`}`, `{"arn":"arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-4333-8444-555555555555"}`),
		resource(t, "key-alias", "kms/Alias", "shop-abc-key", `{`+home+`,"targetKeyIdRef":{"name":"shop-key"}}`, `{}`),
		resource(t, "topic", "sns/Topic", "shop-abc-alarms", `{`+home+`,"kmsMasterKeyId":"alias/shop-abc-key"}`, `{"arn":"arn:aws:sns:eu-west-1:123456789012:shop-abc-alarms"}`),
		resource(t, "queue", "sqs/Queue", "", `{`+edge+`,"name":"shop-abc-letters"}`, `{"arn":"arn:aws:sqs:us-east-1:123456789012:shop-abc-letters","url":"https://queue.amazonaws.com/123456789012/shop-abc-letters"}`),
		resource(t, "group", "cloudwatchlogs/Group", "/shop-abc/audit", `{`+home+`}`, `{"arn":"arn:aws:logs:eu-west-1:123456789012:log-group:/shop-abc/audit"}`),
		resource(t, "filter", "cloudwatchlogs/MetricFilter", "root", `{`+home+`,"logGroupNameRef":{"name":"shop-group"},"metricTransformation":{"namespace":"shop-abc/audit","name":"RootUsage"}}`, `{}`),
		resource(t, "bucket", "s3/Bucket", "shop-abc-assets", `{`+home+`}`, `{"arn":"arn:aws:s3:::shop-abc-assets","bucketDomainName":"shop-abc-assets.s3.amazonaws.com"}`),
		resource(t, "role", "iam/Role", "shop-abc-app", `{}`, `{"arn":"arn:aws:iam::123456789012:role/shop-abc-app"}`),
		resource(t, "database", "rds/Instance", "db-AAAABBBBCCCCDDDDEEEEFFFF22", `{`+home+`,"identifier":"shop-abc-db"}`, `{"arn":"arn:aws:rds:eu-west-1:123456789012:db:shop-abc-db","endpoint":"shop-abc-db.abcdefghijkl.eu-west-1.rds.amazonaws.com:5432"}`),
		resource(t, "vpc", "ec2/VPC", "vpc-0123456789abcdef0", `{`+home+`}`, `{}`),
		resource(t, "alarm", "cloudwatch/MetricAlarm", "shop-abc-root", `{`+home+`,"namespace":"shop-abc/audit","metricName":"RootUsage"}`, `{"arn":"arn:aws:cloudwatch:eu-west-1:123456789012:alarm:shop-abc-root"}`),
		resource(t, "distribution", "cloudfront/Distribution", "E2ABCDEFGHIJK", `{`+edge+`,"origin":[{"originId":"assets"}],"defaultCacheBehavior":{"targetOriginId":"assets"}}`, `{"arn":"arn:aws:cloudfront::123456789012:distribution/E2ABCDEFGHIJK","domainName":"d111111abcdef8.cloudfront.net"}`),
		resource(t, "rule", "configservice/ConfigRule", "shop-abc-encrypted", `{`+home+`,"scope":{"tagValue":"shop-abc"}}`, `{}`),
		resource(t, "vault", "backup/Vault", "shop-abc-vault", `{`+home+`}`, `{}`),
		resource(t, "signing-key", controlled, "K2ABCDEFGHIJKL", `{`+edge+`,"typeName":"AWS::CloudFront::PublicKey"}`, `{}`),
		resource(t, "routes", controlled, "K2ABCDEFGHIJKM", `{`+edge+`,"typeName":"AWS::CloudFront::Function","desiredState":`+quoted(`{"Name":"shop-abc-routes"}`)+`}`, `{}`),
		resource(t, "log-source", controlled, "shop-abc-cdn", `{`+edge+`,"typeName":"AWS::Logs::DeliverySource","desiredState":`+quoted(`{"Name":"shop-abc-cdn"}`)+`}`, `{}`),
		resource(t, "log-destination", controlled, "", `{`+edge+`,"typeName":"AWS::Logs::DeliveryDestination","desiredState":`+quoted(`{"Name":"shop-abc-bucket"}`)+`}`, `{}`),
	}
}

// given returns claim and input of this stack.
func given() []map[string]any {
	return []map[string]any{
		{"spec": map[string]any{"region": "eu-west-1", "tables": []any{"carts"}, "database": map[string]any{"rotation": "arn:aws:lambda:eu-west-1:123456789012:function:rotate"}}},
		{"kms": map[string]any{"arn": "arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000001"}, "logs": map[string]any{"bucket": "central-logs"}},
	}
}

// rolePolicy and controlled are kinds that many cases use: a role policy, and a
// resource of the Cloud Control API.
const (
	rolePolicy = "iam/RolePolicy"
	controlled = "cloudcontrol/Resource"
)

// quoted returns a document as a JSON string.
func quoted(document string) string {
	b, _ := json.Marshal(document) //nolint:errchkjson // A string always marshals.
	return string(b)
}

// policy returns a resource with a policy of one statement.
func policy(statement string) string {
	return `{"region":"eu-west-1","policy":` + quoted(`{"Statement":[`+statement+`]}`) + `}`
}

// pattern returns an event rule.
func pattern(document string) string {
	return `{"region":"eu-west-1","eventPattern":` + quoted(document) + `}`
}

type args struct{ kind, external, forProvider string }

// unresolvedCase is an additional resource and its names that do not resolve.
type unresolvedCase struct {
	reason string
	args   args
	want   []Finding
}

func testUnresolved(t *testing.T, cases map[string]unresolvedCase) {
	t.Helper()
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			one := resource(t, "one", tc.args.kind, tc.args.external, tc.args.forProvider, `{}`)
			if diff := cmp.Diff(of("one", tc.want), Unresolved(append(stack(t), one), given()...)); diff != "" {
				t.Errorf("\n%s\nUnresolved(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// of returns findings with the name of a resource.
func of(resourceName string, findings []Finding) []Finding {
	for i := range findings {
		findings[i].Resource = resourceName
	}
	return findings
}

// TestUnresolved checks the findings of a whole stack.
func TestUnresolved(t *testing.T) {
	topic := func(resourceName, key string) Resource {
		return resource(t, resourceName, "sns/Topic", "", `{"region":"eu-west-1","kmsMasterKeyId":"alias/`+key+`"}`, `{}`)
	}
	none := func(resourceName, key string) Finding {
		return Finding{Resource: resourceName, Field: "kmsMasterKeyId", Text: "alias/" + key, Why: "the stack has no alias with this name"}
	}
	cases := map[string]struct {
		reason    string
		resources []Resource
		want      []Finding
	}{
		"Whole":  {reason: "The cases of all tests add to a stack without findings.", resources: stack(t)},
		"Sorted": {reason: "Findings have one order, whatever that of the resources is.", resources: append(stack(t), topic("b", "x"), topic("a", "y"), topic("a", "x")), want: []Finding{none("a", "x"), none("a", "y"), none("b", "x")}},
		"Twice":  {reason: "What is found twice is reported once.", resources: append(stack(t), topic("a", "x"), topic("a", "x")), want: []Finding{none("a", "x")}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, Unresolved(tc.resources, given()...)); diff != "" {
				t.Errorf("\n%s\nUnresolved(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestFindingString(t *testing.T) {
	cases := map[string]struct {
		reason  string
		finding Finding
		want    string
	}{
		"Line":   {reason: "It says where the name is and why it does not resolve.", finding: Finding{Resource: "topic", Field: "kmsMasterKeyId", Text: "alias/x", Why: "the stack has no alias with this name"}, want: `topic: kmsMasterKeyId: "alias/x": the stack has no alias with this name`},
		"Quoted": {reason: "A text of many lines stays on one.", finding: Finding{Resource: "a", Field: "b", Text: "c\nd", Why: "e"}, want: `a: b: "c\nd": e`},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tc.finding.String()); diff != "" {
				t.Errorf("\n%s\nString(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
