package stack

import (
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/references"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

// TestEveryNameResolves checks every name, ARN, alias and ID in every example: it
// must exist in the stack, in the claim or the input, or in AWS. One scope is
// sufficient, because both have the same values.
func TestEveryNameResolves(t *testing.T) {
	for _, example := range stacktest.Examples {
		t.Run(example, func(t *testing.T) {
			steps := stacktest.Way(t, example, scope.Namespaced)
			if diff := cmp.Diff([]references.Finding(nil), unresolved(steps[len(steps)-1])); diff != "" {
				t.Errorf("\nA stack must not name what does not exist: AWS accepts it, and later nothing happens.\nunresolved names: -want, +got:\n%s", diff)
			}
		})
	}
}

// everything is a spec with all features that can be combined and that refer to
// other resources.
const everything = `{"region":"eu-west-1","network":{"interfaceEndpoints":["secretsmanager","ssm","logs","sts","ecr.dkr","ecr.api"],"firewall":{},"allowedDomains":["api.payments.example.com"]},"access":{"runtimes":["Lambda","ECS","EKS"]},"assets":{"replica":{"region":"eu-central-1"}},"database":{"pgAudit":true,"proxy":{},"backupPlan":{"schedule":"cron(0 6 * * ? *)","retentionDays":365,"copyRegion":"eu-central-1","locked":true}},"cdn":{"additionalMetrics":true,"realtimeLogs":{"samplingPercent":10}},"guardrails":{"waf":{"blockAnonymous":true,"botControl":true,"blockCidrs":["198.51.100.0/24"]},"alarms":{"deliveryLogs":true,"emails":["on-call@example.com"]},"audit":{"multiRegion":true,"dataEvents":true,"insights":true,"notifications":true,"guardDuty":true,"securityHub":true,"inspector":true},"config":{"recorder":true,"remediation":true,"accountRules":true,"edgeRules":true,"aggregator":true,"conformancePack":true},"responses":{"inVpc":true,"codeSigning":true}}}`

// TestEveryNameResolvesElsewhere checks the names of stacks without an example: all
// features at once, with own and existing keys, and other partitions.
func TestEveryNameResolvesElsewhere(t *testing.T) {
	const input = `{"apiVersion":"fn.platform.secure-ecommerce.dev/v1alpha1","kind":"Input","accountId":"123456789012"}`
	const existing = `{"apiVersion":"fn.platform.secure-ecommerce.dev/v1alpha1","kind":"Input","accountId":"123456789012","providerConfigRef":{"name":"default"},"kms":{"mode":"Existing","keys":[
		{"arn":"arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000001"},
		{"arn":"arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000002"},
		{"arn":"arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000003"}]}}`
	cases := map[string]struct {
		reason      string
		spec, input string
	}{
		"OwnKeys":      {reason: "Features name each other's resources in two regions.", spec: everything, input: input},
		"ExistingKeys": {reason: "No alias is the stack's.", spec: everything, input: existing},
		"China":        {reason: "There is no edge.", spec: `{"region":"cn-north-1","guardrails":{"alarms":{"deliveryLogs":true}}}`, input: input},
		"GovCloud":     {reason: "It has another partition.", spec: `{"region":"us-gov-east-1"}`, input: input},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			req := stacktest.Request(t, "claim", scope.Namespaced)
			req.Observed.Composite.Resource.Fields["spec"] = structpb.NewStructValue(resource.MustStructJSON(tc.spec))
			req.Input = resource.MustStructJSON(tc.input)
			steps := stacktest.Converge(t, req)
			for _, r := range stacktest.Last(steps).GetResults() {
				if r.GetSeverity() == fnv1.Severity_SEVERITY_FATAL {
					t.Fatal(r.GetMessage())
				}
			}
			if diff := cmp.Diff(fnv1.Ready_READY_TRUE, stacktest.Last(steps).GetDesired().GetComposite().GetReady()); diff != "" {
				t.Errorf("\n%s\nready: -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff([]references.Finding(nil), unresolved(steps[len(steps)-1])); diff != "" {
				t.Errorf("\n%s\nunresolved names: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// unresolved returns the names in a response that do not resolve.
func unresolved(st stacktest.Step) []references.Finding {
	xr := st.Request.GetObserved().GetComposite().GetResource().AsMap()
	resources := []references.Resource{{Resource: "composite", Desired: st.Response.GetDesired().GetComposite().GetResource().AsMap()}}
	for resourceName, r := range st.Response.GetDesired().GetResources() {
		resources = append(resources, references.Resource{Resource: resourceName, Desired: r.GetResource().AsMap(), Observed: st.Request.GetObserved().GetResources()[resourceName].GetResource().AsMap()})
	}
	// The function itself writes the status, so it is not given.
	given := []map[string]any{{"metadata": xr["metadata"], "spec": xr["spec"]}, st.Request.GetInput().AsMap()}
	for _, r := range st.Request.GetRequiredResources()["accounts"].GetItems() {
		given = append(given, r.GetResource().AsMap())
	}
	if kind, _ := xr["kind"].(string); claim.IsAccount(kind) {
		given = append(given, map[string]any{"names": ofStacks})
	}
	return references.Unresolved(resources, given...)
}

// ofStacks lists patterns in policies of an account that match resources of its
// stacks.
var ofStacks = []any{
	"arn:aws:es:eu-west-1:123456789012:domain/*",
	"arn:aws:logs:eu-west-1:123456789012:log-group:/aws/OpenSearchService/domains/*:*",
	"arn:aws:logs:us-east-1:123456789012:*",
	"arn:aws:logs:us-east-1:123456789012:log-group:/aws/route53/*:*",
	"arn:aws:logs:us-east-1:123456789012:log-group:aws-waf-logs-*:*",
	"arn:aws:route53:::hostedzone/*",
}
