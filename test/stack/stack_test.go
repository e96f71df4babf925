package stack

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"pgregory.net/rapid"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/schema"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/simulator"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/wire"
	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

var schemas sync.Map

func schemaOf(t *testing.T, u *unstructured.Unstructured) *schema.Schema {
	t.Helper()
	gvk := u.GroupVersionKind()
	if s, ok := schemas.Load(gvk); ok {
		return s.(*schema.Schema) //nolint:forcetypeassert // The map contains only schemas.
	}
	dir, err := stacktest.CRDs()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, gvk.Group+"_*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(raw), "\n    kind: "+gvk.Kind+"\n") {
			continue
		}
		s, err := schema.FromDefinition(raw, gvk.Version)
		if err != nil {
			t.Fatalf("%s: %v", gvk, err)
		}
		schemas.Store(gvk, s)
		return s
	}
	t.Fatalf("provider has no %s", gvk)
	return nil
}

func TestEveryResourceIsValid(t *testing.T) { //nolint:tparallel // The first parallel test composes the stacks for all.
	for name, steps := range stacktest.Ways(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for i, st := range steps {
				for resourceName, r := range st.Response.GetDesired().GetResources() {
					if i > 0 && wire.Equal(steps[i-1].Response.GetDesired().GetResources()[resourceName].GetResource(), r.GetResource()) {
						continue // It was valid in the previous step.
					}
					u := stacktest.Object(t, r)
					switch {
					case u.GetAPIVersion() == "v1":
						valid(t, u, &corev1.Secret{})
						continue
					case !scope.IsManaged(u.GetAPIVersion()):
						valid(t, u, &usage{})
						continue
					}
					for _, err := range schemaOf(t, u).Validate(u.Object) {
						t.Errorf("\nThe API server must accept every resource, at every step.\nstep %d, %s: %v", i, resourceName, err)
					}
				}
			}
		})
	}
}

// usage contains the fields of Crossplane's Usage and ClusterUsage
// (protection.crossplane.io/v1beta1) in stacks.
type usage struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata"`

	Spec struct {
		Of             used `json:"of"`
		By             used `json:"by"`
		ReplayDeletion bool `json:"replayDeletion"`
	} `json:"spec"`
}

type used struct {
	APIVersion  string                 `json:"apiVersion"`
	Kind        string                 `json:"kind"`
	ResourceRef corev1.SecretReference `json:"resourceRef"`
}

// valid validates an object as strictly as the API server.
func valid(t *testing.T, u *unstructured.Unstructured, as any) {
	t.Helper()
	if err := runtime.DefaultUnstructuredConverter.FromUnstructuredWithValidation(u.Object, as, true); err != nil {
		t.Errorf("\nThe API server must accept every resource.\n%s: %v", u.GetName(), err)
	}
}

func TestStackStands(t *testing.T) { //nolint:tparallel // The first parallel test composes the stacks for all.
	for name, steps := range stacktest.Ways(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rsp := stacktest.Last(steps)
			if got := len(rsp.GetDesired().GetResources()); got < 60 {
				t.Errorf("\nA stack is at least 60 resources.\ngot %d", got)
			}
			if diff := cmp.Diff(fnv1.Ready_READY_TRUE, rsp.GetDesired().GetComposite().GetReady()); diff != "" {
				t.Errorf("\nA stack whose resources are all ready is ready.\nready: -want, +got:\n%s", diff)
			}
			for _, c := range rsp.GetConditions() {
				if !stacktest.Stands(c) {
					t.Errorf("\nEvery condition of a stack that stands is true, but of tiers that it does not have.\n%s: %s", c.GetType(), c.GetMessage())
				}
			}
			if diff := cmp.Diff(fnv1.Ready_READY_FALSE, steps[0].Response.GetDesired().GetComposite().GetReady()); diff != "" {
				t.Errorf("\nA stack of which nothing was observed is not ready.\nready: -want, +got:\n%s", diff)
			}
			if rsp.GetMeta().GetTtl().AsDuration() <= steps[0].Response.GetMeta().GetTtl().AsDuration() {
				t.Errorf("\nA stack that stands is asked about less often than one on its way.\n%v after %v", rsp.GetMeta().GetTtl(), steps[0].Response.GetMeta().GetTtl())
			}
		})
	}
}

func TestDeterministic(t *testing.T) { //nolint:tparallel // The first parallel test composes the stacks for all.
	for name, steps := range stacktest.Ways(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for i, st := range steps {
				again := stacktest.Run(t, stacktest.Copy(st.Request))
				if !stacktest.Equal(st.Response, again) { // cmp is a hundred times slower if there is no difference.
					t.Errorf("\nThe same request has the same answer.\nstep %d: -first, +second:\n%s", i, cmp.Diff(st.Response, again, protocmp.Transform()))
				}
			}
		})
	}
}

func TestOnlyGrows(t *testing.T) { //nolint:tparallel // The first parallel test composes the stacks for all.
	for name, steps := range stacktest.Ways(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for i := 1; i < len(steps); i++ {
				before, after := steps[i-1].Response.GetDesired().GetResources(), steps[i].Response.GetDesired().GetResources()
				for resourceName := range before {
					if after[resourceName] == nil && !superseded(resourceName, after) {
						t.Errorf("\nNothing that was desired is given up while a stack comes about.\nstep %d lost %s", i, resourceName)
					}
				}
			}
		})
	}
}

// superseded reports whether a resource is a previous task definition of a service.
// Services that call each other are deployed again once all of them exist.
func superseded(resourceName string, after map[string]*fnv1.Resource) bool {
	named, ok := strings.CutPrefix(resourceName, "app-task-")
	if !ok {
		return false
	}
	service := named[:max(strings.LastIndex(named, "-"), 0)]
	for other := range after {
		if composed.IsAppTaskDefinition(service, other) {
			return true
		}
	}
	return false
}

func TestStacksDoNotMeet(t *testing.T) { //nolint:tparallel // The first parallel test composes the stacks for all.
	for name, steps := range stacktest.Ways(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resources := stacktest.Last(steps).GetDesired().GetResources()
			kinds := map[string]string{}
			for resourceName, r := range resources {
				kinds[resourceName] = r.GetResource().GetFields()["kind"].GetStringValue()
			}
			for a := range resources {
				for b := range resources {
					if kinds[a] == kinds[b] && strings.HasSuffix(a, "-"+b) {
						t.Errorf("\nTwo stacks in a namespace, one named as the other with the first words of a role, must not share an object.\n%s ends as %s, both %s", a, b, kinds[a])
					}
				}
			}
		})
	}
}

func TestComesToRest(t *testing.T) { //nolint:tparallel // The first parallel test composes the stacks for all.
	for name, steps := range stacktest.Ways(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			st := steps[len(steps)-1]
			for resourceName, r := range st.Response.GetDesired().GetResources() {
				want, _, _ := unstructured.NestedMap(stacktest.Object(t, st.Request.GetObserved().GetResources()[resourceName]).Object, "spec", "forProvider")
				got, _, _ := unstructured.NestedMap(stacktest.Object(t, r).Object, "spec", "forProvider")
				for field, value := range got {
					if _, isList := value.([]any); isList && !cmp.Equal(want[field], value) {
						t.Errorf("\nA list is applied as a whole: one that differs from what is observed is changed, and changed back, for ever.\n%s: %s: -observed, +desired:\n%s", resourceName, field, cmp.Diff(want[field], value))
					}
				}
			}
		})
	}
}

func TestNothingIsLost(t *testing.T) {
	stacks := stacktest.Ways(t)
	names := slices.Sorted(maps.Keys(stacks))
	rapid.Check(t, func(rt *rapid.T) {
		steps := stacks[rapid.SampledFrom(names).Draw(rt, "stack")]
		st := steps[rapid.IntRange(0, len(steps)-1).Draw(rt, "step")]
		req := proto.CloneOf(st.Request)
		for _, resourceName := range slices.Sorted(maps.Keys(req.GetObserved().GetResources())) {
			r := req.GetObserved().GetResources()[resourceName]
			switch rapid.SampledFrom([]string{"keep", "remove", "status", "conditions", "atProvider"}).Draw(rt, resourceName) {
			case "remove":
				delete(req.GetObserved().GetResources(), resourceName)
			case "status":
				delete(r.GetResource().GetFields(), "status")
			case "conditions":
				delete(r.GetResource().GetFields()["status"].GetStructValue().GetFields(), "conditions")
			case "atProvider":
				delete(r.GetResource().GetFields()["status"].GetStructValue().GetFields(), "atProvider")
			}
		}
		if req.GetObserved().GetResources()["vpc"] != nil && rapid.Bool().Draw(rt, "named otherwise today") {
			// Simulates a later version of the function with other names.
			metadata := req.GetObserved().GetComposite().GetResource().GetFields()["metadata"].GetStructValue()
			metadata.Fields["uid"] = structpb.NewStringValue("another")
		}
		rsp := stacktest.Run(t, req)
		for resourceName, seen := range req.GetObserved().GetResources() {
			got := rsp.GetDesired().GetResources()[resourceName]
			if got == nil {
				rt.Fatalf("\nA resource that exists is never dropped because an observation is missing.\n%s is lost: %v", resourceName, rsp.GetResults())
			}
			unchanged(rt, resourceName, stacktest.Object(t, seen), stacktest.Object(t, got))
		}
	})
}

// TestKeysServeLogGroups verifies that the key of each log group in every example
// allows CloudWatch Logs to use it for that group. Otherwise, AWS refuses to create
// the group.
func TestKeysServeLogGroups(t *testing.T) { //nolint:tparallel // The first parallel test composes the stacks for all.
	for name, steps := range stacktest.Ways(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			desired := stacktest.Last(steps).GetDesired().GetResources()
			policies := map[string]string{}
			for _, r := range desired {
				if u := stacktest.Object(t, r); u.GetKind() == "Key" {
					policies[u.GetName()], _, _ = unstructured.NestedString(u.Object, "spec", "forProvider", "policy")
				}
			}
			for resourceName, r := range desired {
				u := stacktest.Object(t, r)
				if u.GetKind() != "Group" {
					continue
				}
				key, _, _ := unstructured.NestedString(u.Object, "spec", "forProvider", "kmsKeyIdRef", "name")
				group := ":log-group:" + u.GetAnnotations()["crossplane.io/external-name"]
				if policies[key] == "" && strings.HasPrefix(name, "keys/") {
					continue // The owner of an existing key manages its policy.
				}
				if !servesLogGroup(t, policies[key], group) {
					t.Errorf("\n%s: want %s to let CloudWatch Logs use it for %s, got\n%s", resourceName, key, group, policies[key])
				}
			}
		})
	}
}

// servesLogGroup reports whether a key's policy allows CloudWatch Logs to use it
// for a log group. The group is given by the suffix of its ARN.
func servesLogGroup(t *testing.T, document, group string) bool {
	t.Helper()
	p := struct {
		Statement []statement `json:"Statement"`
	}{}
	if err := json.Unmarshal([]byte(document), &p); err != nil {
		t.Fatalf("%q: %v", document, err)
	}
	for _, s := range p.Statement {
		operator, _ := s.Condition["ArnLike"].(map[string]any)
		for _, pattern := range list(operator["kms:EncryptionContext:aws:logs:arn"]) {
			_, of, _ := strings.Cut(pattern, ":log-group:")
			prefix, star := strings.CutSuffix(":log-group:"+of, "*")
			if group == ":log-group:"+of || star && strings.HasPrefix(group, prefix) {
				return true
			}
		}
	}
	return false
}

// unchanged checks that identity and immutable fields of a resource are as
// observed.
func unchanged(rt *rapid.T, resourceName string, seen, got *unstructured.Unstructured) {
	const external = "crossplane.io/external-name"
	if name, ok := got.GetAnnotations()[external]; ok && name != seen.GetAnnotations()[external] {
		rt.Fatalf("\nAn external name never changes.\n%s: %q became %q", resourceName, seen.GetAnnotations()[external], name)
	}
	if diff := cmp.Diff(seen.GetName(), got.GetName()); diff != "" {
		rt.Fatalf("\nAn object's name never changes.\n%s: -want, +got:\n%s", resourceName, diff)
	}
	for _, problem := range simulator.Replaced(seen, got) {
		rt.Fatalf("\nAn immutable field never changes.\n%s: %s", resourceName, problem)
	}
}

// wildcards lists policies with the resource "*", and the reason.
var wildcards = map[string]string{
	"AccountByIAM kms:*":               "a key that nobody may manage is lost; IAM decides who in the account does",
	"DenyPlainHTTP s3:*":               "a refusal",
	"DenyOldTLS s3:*":                  "a refusal",
	"SignInToECR *":                    "a token for ECR is for no repository",
	"AttachToVPC *":                    "Lambda checks these actions without naming a resource",
	"WriteTraces *":                    "X-Ray knows no resources",
	"ListTasks *":                      "tasks of Fargate are on no container instance, which the action knows; a condition names the cluster",
	"AccountByIAM *":                   "a key's policy can only be about the key",
	"PublishDatabaseEvents *":          "a key's policy can only be about the key",
	"ReadAssetsByDistribution *":       "a key's policy can only be about the key",
	"AnnounceAlarms *":                 "a key's policy can only be about the key",
	"AnnounceEvents *":                 "a key's policy can only be about the key",
	"AnnounceMailEvents *":             "a key's policy can only be about the key",
	"KeepUndeliveredEvents *":          "a key's policy can only be about the key",
	"DescribeSecurityGroups *":         "EC2 describes without naming a resource",
	"DenyPlainHTTP sqs:*":              "a refusal",
	"EncryptLogs *":                    "a key's policy can only be about the key",
	"DeliverCDNLogs *":                 "a key's policy can only be about the key",
	"DeliverConfig *":                  "a key's policy can only be about the key",
	"SignZone *":                       "a key's policy can only be about the key",
	"GrantSigning *":                   "a key's policy can only be about the key",
	"EncryptTrail *":                   "a key's policy can only be about the key",
	"CheckTrailKey *":                  "a key's policy can only be about the key",
	"AnnounceTrail *":                  "a key's policy can only be about the key",
	"OwnBucketOnly principal":          "an endpoint's policy is about whoever is in the VPC",
	"OwnUploads principal":             "an endpoint's policy is about whoever is in the VPC",
	"DenyUploadsOfOthers principal":    "a refusal",
	"DenyTagsOfOthers principal":       "a refusal",
	"NamedBuckets principal":           "an endpoint's policy is about whoever is in the VPC",
	"OwnPrincipalsOnly *":              "an endpoint knows one service, and its callers' own policies say what they may do there",
	"OwnPrincipalsOnly principal":      "an endpoint's policy is about whoever is in the VPC; its condition is about their account",
	"SignInToOwnRoles principal":       "who signs in is nobody yet; each role's trust says who may",
	"ReadImageLayers principal":        "an endpoint's policy is about whoever is in the VPC",
	"DenyPlainHTTP principal":          "a refusal",
	"DenyPlainTransport *":             "a refusal",
	"DenyPlainTransport principal":     "a refusal",
	"DenyWithoutAccessPoint principal": "a refusal",
	"DenyOldTLS principal":             "a refusal",
	"DeliverCDNLogsV2 *":               "a key's policy can only be about the key",
	"EncryptVolumes *":                 "a key's policy can only be about the key",
	"AttachVolumes *":                  "a key's policy can only be about the key",
	"CodeAttachesNothing *":            "a refusal",
	"Respond principal":                "the condition names the one role",

	"AnnounceEvents by events.amazonaws.com": "EventBridge knows no conditions in the policies of topics",
}

type statement struct {
	Sid       string         `json:"Sid"`
	Effect    string         `json:"Effect"`
	Principal any            `json:"Principal"`
	Action    any            `json:"Action"`
	Resource  any            `json:"Resource"`
	Condition map[string]any `json:"Condition"`
}

func list(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		out := make([]string, 0, len(v))
		for _, e := range v {
			out = append(out, fmt.Sprint(e))
		}
		return out
	default:
		return nil
	}
}

func TestPoliciesAreNarrow(t *testing.T) {
	used := map[string]bool{}
	for name, steps := range stacktest.Ways(t) {
		t.Run(name, func(t *testing.T) {
			for resourceName, r := range stacktest.Last(steps).GetDesired().GetResources() {
				parameters, _, _ := unstructured.NestedMap(stacktest.Object(t, r).Object, "spec", "forProvider")
				for _, field := range []string{"policy", "assumeRolePolicy"} {
					text, ok := parameters[field].(string)
					if !ok {
						continue
					}
					document := struct {
						Statement []statement `json:"Statement"`
					}{}
					if err := json.Unmarshal([]byte(text), &document); err != nil {
						t.Fatalf("%s: %s: %v", resourceName, field, err)
					}
					for _, s := range document.Statement {
						narrow(t, resourceName, s, used)
					}
				}
			}
		})
	}
	for w := range wildcards {
		if !used[w] {
			t.Errorf("\nA wildcard that nothing uses must not stay allowed.\n%s", w)
		}
	}
}

func narrow(t *testing.T, resourceName string, s statement, used map[string]bool) {
	t.Helper()
	allowed := func(wildcard string) {
		t.Helper()
		used[wildcard] = true
		if wildcards[wildcard] == "" {
			t.Errorf("\nA policy names exactly what it allows, unless there is a reason not to.\n%s: %q", resourceName, wildcard)
		}
	}
	for _, a := range list(s.Action) {
		if strings.Contains(a, "*") {
			allowed(s.Sid + " " + a)
		}
	}
	for _, r := range list(s.Resource) {
		if r == "*" {
			allowed(s.Sid + " *")
		}
	}
	if s.Principal == "*" {
		allowed(s.Sid + " principal")
	}
	if principal, ok := s.Principal.(map[string]any); ok && s.Effect == "Allow" && s.Sid != "" && len(s.Condition) == 0 {
		if service, isText := principal["Service"].(string); isText && wildcards[s.Sid+" by "+service] != "" {
			allowed(s.Sid + " by " + service)
			return
		}
		t.Errorf("\nA service is let in under a condition, or it could act for anybody.\n%s: %v", resourceName, principal)
	}
}

// limits contains AWS's limits for fields in spec.forProvider by kind.
var limits = map[string]struct {
	pattern string
	source  string
}{
	"Instance.identifier":                  {pattern: `^[a-z](-?[a-z0-9]){0,62}$`, source: "CreateDBInstance, DBInstanceIdentifier"},
	"Instance.finalSnapshotIdentifier":     {pattern: `^[a-z](-?[a-z0-9]){0,254}$`, source: "DeleteDBInstance, FinalDBSnapshotIdentifier"},
	"Instance.username":                    {pattern: `^[a-z][a-z0-9_]{0,62}$`, source: "CreateDBInstance, MasterUsername"},
	"SecurityGroup.name":                   {pattern: `^[a-zA-Z0-9 ._:/()#,@\[\]+=&;{}!$*-]{1,255}$`, source: "CreateSecurityGroup, GroupName"},
	"SecurityGroup.description":            {pattern: `^[a-zA-Z0-9 ._:/()#,@\[\]+=&;{}!$*-]{1,255}$`, source: "CreateSecurityGroup, GroupDescription"},
	"SecurityGroupIngressRule.description": {pattern: `^[a-zA-Z0-9 ._:/()#,@\[\]+=&;{}!$*-]{1,255}$`, source: "IpRange, Description"},
	"SecurityGroupEgressRule.description":  {pattern: `^[a-zA-Z0-9 ._:/()#,@\[\]+=&;{}!$*-]{1,255}$`, source: "IpRange, Description"},
	"OriginAccessControl.name":             {pattern: `^.{1,64}$`, source: "OriginAccessControlConfig, Name"},
	"ResponseHeadersPolicy.name":           {pattern: `^[A-Za-z0-9_-]{1,128}$`, source: "ResponseHeadersPolicyConfig, Name"},
	"Secret.name":                          {pattern: `^[A-Za-z0-9/_+=.@-]{1,512}$`, source: "CreateSecret, Name"},
	"Topic.displayName":                    {pattern: `^.{1,100}$`, source: "SetTopicAttributes, DisplayName"},
	"Role.description":                     {pattern: `^[\x20-\x7e]{1,1000}$`, source: "CreateRole, Description"},
	"SubnetGroup.description":              {pattern: `^.{1,255}$`, source: "CreateDBSubnetGroup"},
	"ParameterGroup.description":           {pattern: `^.{1,255}$`, source: "CreateDBParameterGroup"},
	"MetricAlarm.alarmDescription":         {pattern: `^.{1,1000}$`, source: "PutMetricAlarm, AlarmDescription"},
	"Parameter.description":                {pattern: `^.{1,1000}$`, source: "PutParameter, Description"},
	"Parameter.insecureValue":              {pattern: `^.{1,1000}$`, source: "PutParameter, Value of the standard tier"},
	"Function.description":                 {pattern: `^.{1,256}$`, source: "CreateFunction, Description"},
	"Object.key":                           {pattern: `^[a-z0-9/.]{1,1000}$`, source: "PutObject, Key"},
	"Permission.statementId":               {pattern: `^[A-Za-z0-9_-]{1,100}$`, source: "AddPermission, StatementId"},
	"Queue.name":                           {pattern: `^([A-Za-z0-9_-]{1,80}|[A-Za-z0-9_-]{1,75}\.fifo)$`, source: "CreateQueue, QueueName"},
	"Rule.description":                     {pattern: `^.{1,512}$`, source: "PutRule, Description"},
	"Rule.eventPattern":                    {pattern: `^.{1,1000}.{0,1000}.{0,48}$`, source: "Amazon EventBridge quotas"},
	"Target.targetId":                      {pattern: `^[.A-Za-z0-9_-]{1,64}$`, source: "PutTargets, Id"},
	"KeyGroup.name":                        {pattern: `^[A-Za-z0-9_-]{1,128}$`, source: "KeyGroupConfig, Name"},
	"RealtimeLogConfig.name":               {pattern: `^[A-Za-z0-9_-]{1,64}$`, source: "CreateRealtimeLogConfig, Name"},
	"Resource.desiredState":                {pattern: `^\{.{1,1000}.{0,1000}.{0,1000}\}$`, source: "CreateResource, DesiredState"},
	"Plan.name":                            {pattern: `^[A-Za-z0-9_.-]{1,50}$`, source: "BackupPlanInput, BackupPlanName"},
	"Selection.name":                       {pattern: `^[A-Za-z0-9_.-]{1,50}$`, source: "BackupSelection, SelectionName"},
	"Distribution.comment":                 {pattern: `^.{0,128}$`, source: "DistributionConfig, Comment"},
}

// externals contains AWS's limits for external names by kind.
var externals = map[string]string{
	"Bucket":            `^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$`,
	"Role":              `^[A-Za-z0-9+=,.@_-]{1,64}$`,
	"RolePolicy":        `^[A-Za-z0-9+=,.@_-]{1,128}$`,
	"Group":             `^[A-Za-z0-9_/.#-]{1,512}$`,
	"Topic":             `^[A-Za-z0-9_-]{1,256}$`,
	"Alias":             `^[A-Za-z0-9/_-]{1,250}$`,
	"SubnetGroup":       `^[a-z][a-z0-9._-]{0,254}$`,
	"ParameterGroup":    `^[a-z](-?[a-z0-9]){0,254}$`,
	"MetricAlarm":       `^[^:]{1,255}$`,
	"CompositeAlarm":    `^[^:]{1,255}$`,
	"Dashboard":         `^[A-Za-z0-9_-]{1,255}$`,
	"Parameter":         `^/[A-Za-z0-9_./-]{1,1000}$`,
	"EventSubscription": `^[a-z](-?[a-z0-9]){0,254}$`,

	"Trail":        `^[A-Za-z0-9]([._-]?[A-Za-z0-9]){2,127}$`,
	"MetricFilter": `^[^:*]{1,512}$`,

	"ConfigRule":                     `^[A-Za-z0-9_.-]{1,128}$`,
	"RemediationConfiguration":       `^[A-Za-z0-9_.-]{1,128}$`,
	"ConfigurationAggregator":        `^[A-Za-z0-9_-]{1,256}$`,
	"ConfigurationRecorder":          `^[A-Za-z0-9_-]{1,256}$`,
	"AWSConfigurationRecorderStatus": `^[A-Za-z0-9_-]{1,256}$`,
	"DeliveryChannel":                `^[A-Za-z0-9_-]{1,256}$`,

	"Stream":          `^[A-Za-z0-9_.-]{1,128}$`,
	"ConformancePack": `^[A-Za-z][A-Za-z0-9-]{0,255}$`,
	"SigningProfile":  `^[A-Za-z0-9_]{2,64}$`,

	"Vault":    `^[A-Za-z0-9_-]{2,50}$`,
	"Proxy":    `^[a-z](-?[a-z0-9]){0,62}$`,
	"Function": `^[A-Za-z0-9_-]{1,64}$`,
	"Rule":     `^[.A-Za-z0-9_-]{1,64}$`,
}

// maxInlinePolicies is the maximum size of all inline policies of a role in
// characters (AWS documentation, "IAM and AWS STS quotas").
const maxInlinePolicies = 10240

func TestAWSAccepts(t *testing.T) {
	names := map[string]string{
		"Short":          "a",
		"Digits":         "1-2",
		"Dots":           "shop.example.com",
		"Long":           strings.Repeat("a", 63),
		"LongWithDots":   strings.TrimSuffix(strings.Repeat("shop-7.", 36), ".") + "x",
		"DashesAtTheCut": strings.Repeat("a-", 31) + "a",
	}
	for name, composite := range names {
		t.Run(name, func(t *testing.T) {
			for _, example := range []string{"audited", "aurora", "database", "edge", "production", "without-acls"} {
				req := stacktest.Request(t, example, scope.Cluster)
				u := stacktest.Object(t, req.GetObserved().GetComposite())
				u.SetName(composite)
				renamed, err := resource.AsStruct(u)
				if err != nil {
					t.Fatal(err)
				}
				req.Observed.Composite.Resource = renamed
				accepted(t, stacktest.Last(stacktest.Converge(t, req)).GetDesired().GetResources())
			}
		})
	}
}

// patterns caches compiled patterns.
var patterns sync.Map

// matches reports whether a text matches a pattern.
func matches(pattern, text string) bool {
	compiled, ok := patterns.Load(pattern)
	if !ok {
		compiled, _ = patterns.LoadOrStore(pattern, regexp.MustCompile(pattern))
	}
	return compiled.(*regexp.Regexp).MatchString(text) //nolint:forcetypeassert // The map contains only patterns.
}

// accepted checks that every name and string is within AWS's limits.
func accepted(t *testing.T, resources map[string]*fnv1.Resource) {
	t.Helper()
	eventRules(t, resources)
	inline := map[string]int{}
	for resourceName, r := range resources {
		u := stacktest.Object(t, r)
		parameters, _, _ := unstructured.NestedMap(u.Object, "spec", "forProvider")
		for field, value := range parameters {
			limit, ok := limits[u.GetKind()+"."+field]
			if ok && !matches(limit.pattern, fmt.Sprint(value)) {
				t.Errorf("\nAWS must accept every value (%s).\n%s: %s: %q does not match %s", limit.source, resourceName, field, value, limit.pattern)
			}
		}
		if pattern, ok := externals[u.GetKind()]; ok && !matches(pattern, u.GetAnnotations()["crossplane.io/external-name"]) {
			t.Errorf("\nAWS must accept every name.\n%s: %q does not match %s", resourceName, u.GetAnnotations()["crossplane.io/external-name"], pattern)
		}
		if tags, ok := parameters["tags"].(map[string]any); ok {
			for k, v := range tags {
				if len(k) > 128 || len(fmt.Sprint(v)) > 256 {
					t.Errorf("\nA tag has at most 128 and 256 characters.\n%s: %s=%v", resourceName, k, v)
				}
			}
		}
		if ref, _, _ := unstructured.NestedString(parameters, "roleRef", "name"); u.GetKind() == "RolePolicy" {
			inline[ref] += len(fmt.Sprint(parameters["policy"]))
		}
	}
	for ref, size := range inline {
		if size > maxInlinePolicies {
			t.Errorf("\nA role's inline policies must fit into %d characters.\n%s: got %d", maxInlinePolicies, ref, size)
		}
	}
}

// TestEdgeTakenBack removes all optional features at the edge from a claim, and
// verifies that AWS accepts the order of deletion: a resource is kept while another
// one is observed to use it.
func TestEdgeTakenBack(t *testing.T) {
	for _, s := range stacktest.Scopes {
		t.Run(string(s), func(t *testing.T) {
			steps := stacktest.Converge(t, stacktest.Request(t, "edge", s))
			req := proto.CloneOf(steps[len(steps)-1].Request)
			stood := maps.Clone(req.GetObserved().GetResources())
			spec := req.GetObserved().GetComposite().GetResource().GetFields()["spec"].GetStructValue().GetFields()
			delete(spec, "cdn")
			delete(spec, "assets")
			delete(spec, "guardrails")
			steps = stacktest.Converge(t, req)
			inUse := func(resourceName string) bool {
				return resourceName == "cdn-key-group" || resourceName == "cdn-realtime-logs" || strings.HasPrefix(resourceName, "cdn-signing-key-")
			}
			for resourceName := range stood {
				if inUse(resourceName) && steps[0].Response.GetDesired().GetResources()[resourceName] == nil {
					t.Errorf("\nCloudFront deletes nothing that is in use.\n%s goes before the distribution lets go of it", resourceName)
				}
			}
			var gone []string
			for resourceName := range stood {
				if stacktest.Last(steps).GetDesired().GetResources()[resourceName] == nil {
					gone = append(gone, resourceName)
				}
			}
			slices.Sort(gone)
			// The replica holds data, and S3 cannot remove Object Lock.
			want := []string{
				"cdn-key-group", "cdn-metrics", "cdn-realtime-logs", "cdn-realtime-role", "cdn-realtime-role-stream", "cdn-realtime-stream",
				"cdn-signing-key-civ2vxxr", "cdn-signing-key-czohohqe", "waf-allowed-addresses", "waf-allowed-addresses-ipv6", "waf-blocked-addresses",
				"waf-path-addresses-zii2iv3h", "waf-path-addresses-zii2iv3h-ipv6",
			}
			if diff := cmp.Diff(want, gone); diff != "" {
				t.Errorf("\nWhat is no longer asked for goes, but for what holds data.\ngone: -want, +got:\n%s", diff)
			}
		})
	}
}

// TestDatabaseTakenBack removes all optional features of the database from a claim,
// and verifies that everything except copies is deleted.
func TestDatabaseTakenBack(t *testing.T) {
	for _, s := range stacktest.Scopes {
		t.Run(string(s), func(t *testing.T) {
			steps := stacktest.Converge(t, stacktest.Request(t, "database", s))
			req := proto.CloneOf(steps[len(steps)-1].Request)
			delete(req.GetObserved().GetComposite().GetResource().GetFields()["spec"].GetStructValue().GetFields(), "database")
			var gone []string
			after := stacktest.Last(stacktest.Converge(t, req)).GetDesired().GetResources()
			for resourceName := range req.GetObserved().GetResources() {
				if after[resourceName] == nil {
					gone = append(gone, resourceName)
				}
			}
			slices.Sort(gone)
			want := []string{
				"app-egress-database-proxy", "app-proxy-security-group", "app-role-database-proxy", "backup-plan", "backup-role", "backup-role-policy", "backup-selection",
				"database-ingress-proxy", "database-proxy", "database-proxy-egress-database", "database-proxy-ingress-app",
				"database-proxy-log-group", "database-proxy-log-group-used-by-database-proxy", "database-proxy-role",
				"database-proxy-role-connect", "database-proxy-target", "database-proxy-target-group", "parameter-database-proxy-endpoint",
			}
			if diff := cmp.Diff(want, gone); diff != "" {
				t.Errorf("\nWhat is no longer asked for goes, but for vaults, their key and their locks.\ngone: -want, +got:\n%s", diff)
			}
		})
	}
}

// TestDatabaseUpgraded raises the major version of an existing database, and
// verifies that the old version's groups are kept until the database no longer uses
// them.
func TestDatabaseUpgraded(t *testing.T) {
	for _, s := range stacktest.Scopes {
		t.Run(string(s), func(t *testing.T) {
			steps := stacktest.Converge(t, stacktest.Request(t, "claim", s))
			req := proto.CloneOf(steps[len(steps)-1].Request)
			spec := req.GetObserved().GetComposite().GetResource().GetFields()["spec"].GetStructValue().GetFields()
			spec["database"] = structpb.NewStructValue(resource.MustStructJSON(`{"version":"17","allowMajorVersionUpgrade":true}`))
			before := req.GetObserved().GetResources()
			steps = stacktest.Converge(t, req)
			first, end := steps[0].Response.GetDesired().GetResources(), stacktest.Last(steps).GetDesired().GetResources()
			for resourceName, r := range before {
				if first[resourceName] == nil {
					t.Errorf("\nNothing goes before the database runs the new version.\n%s: want it, got none", resourceName)
					continue
				}
				if replaced := simulator.Replaced(stacktest.Object(t, r), stacktest.Object(t, first[resourceName])); len(replaced) > 0 {
					t.Errorf("\nAn upgrade replaces nothing.\n%s: %v", resourceName, replaced)
				}
			}
			got := []any{first["database-parameter-group-postgres17"] != nil, end["database-parameter-group"] != nil, end["database-parameter-group-postgres17"] != nil}
			for _, r := range []map[string]*fnv1.Resource{first, end} {
				parameters, _, _ := unstructured.NestedMap(stacktest.Object(t, r["database"]).Object, "spec", "forProvider")
				got = append(got, parameters["engineVersion"], parameters["allowMajorVersionUpgrade"])
			}
			if diff := cmp.Diff([]any{true, false, true, "17", true, "17", false}, got); diff != "" {
				t.Errorf("\nThe old settings go once nothing runs with them, and RDS is told to upgrade until it has.\n-want, +got:\n%s", diff)
			}
		})
	}
}
