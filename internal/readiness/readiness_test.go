package readiness

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
)

// observed returns resources by name with conditions in JSON.
func observed(conditions map[string]string) facts.Observed {
	req := &fnv1.RunFunctionRequest{Observed: &fnv1.State{Resources: map[string]*fnv1.Resource{}}}
	for resourceName, c := range conditions {
		req.Observed.Resources[resourceName] = &fnv1.Resource{Resource: resource.MustStructJSON(`{"status":{"conditions":[` + c + `]}}`)}
	}
	return facts.From(req)
}

const (
	isReady  = `{"type":"Ready","status":"True"}`
	isSynced = `{"type":"Synced","status":"True"}`
	isBroken = `{"type":"Synced","status":"False","reason":"ReconcileError","message":"InvalidParameterCombination: no"}`
)

// composed returns a desired resource.
func composed(resourceName string) desired.Resource {
	return desired.Resource{Resource: resourceName, Object: &structpb.Struct{}}
}

func TestResource(t *testing.T) {
	missing, known := facts.Fact{Resource: "x", Path: "y"}, facts.Fact{Resource: "x", Path: "y", Value: "z"}
	cases := map[string]struct {
		reason     string
		resource   desired.Resource
		conditions string
		want       bool
	}{
		"NotObserved":  {reason: "What was not observed is not ready.", resource: composed("a")},
		"NoConditions": {reason: "Ready because present is not ready.", resource: composed("a"), conditions: isSynced},
		"Ready":        {reason: "The provider's word counts.", resource: composed("a"), conditions: isReady + "," + isSynced, want: true},
		"ReadyOnly":    {reason: "A resource whose sync is not told yet can be ready.", resource: composed("a"), conditions: isReady, want: true},
		"NotSynced":    {reason: "What exists but cannot be changed as desired is not what is desired.", resource: composed("a"), conditions: isReady + "," + isBroken},
		"Waits":        {reason: "A resource that was held as it was is not what is desired.", resource: desired.Resource{Resource: "a", Waits: []facts.Fact{missing}}, conditions: isReady},
		"Unproved":     {reason: "More than the provider's word may be awaited.", resource: desired.Resource{Resource: "a", Proofs: []facts.Fact{missing}}, conditions: isReady},
		"Present":      {reason: "An object of Kubernetes itself has no conditions: it is ready once it is there.", resource: desired.Resource{Resource: "a", Present: true}, conditions: isSynced, want: true},
		"NotPresent":   {reason: "And not before.", resource: desired.Resource{Resource: "a", Present: true}},
		"Proved":       {reason: "Once it is there, the resource is ready.", resource: desired.Resource{Resource: "a", Proofs: []facts.Fact{known}}, conditions: isReady, want: true},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			seen := map[string]string{}
			if tc.conditions != "" {
				seen["a"] = tc.conditions
			}
			if diff := cmp.Diff(tc.want, Resource(tc.resource, observed(seen))); diff != "" {
				t.Errorf("\n%s\nResource(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestOf(t *testing.T) {
	var many []desired.Resource
	for i := range 7 {
		many = append(many, composed(fmt.Sprintf("r%d", i)))
	}
	waiting := desired.Resource{Resource: "policy", Waits: []facts.Fact{{Resource: "key", Path: "arn"}, {Resource: "app", Path: "arn", Value: "known"}, {Resource: "app", Path: "id"}}}
	cases := map[string]struct {
		reason    string
		resources []desired.Resource
		observed  map[string]string
		want      Tier
	}{
		"NotOffered": {
			reason: "A tier without resources is done, and says why.",
			want:   Tier{Reason: NotOffered, Message: "not available in this AWS partition"},
		},
		"Available": {
			reason:    "A tier is ready when all of it is.",
			resources: []desired.Resource{composed("a"), composed("b")},
			observed:  map[string]string{"a": isReady, "b": isReady},
			want:      Tier{Resources: 2, Ready: 2, Reason: Available, Message: "all 2 resources are ready"},
		},
		"Creating": {
			reason:    "What is on its way is named.",
			resources: []desired.Resource{composed("a"), composed("b")},
			observed:  map[string]string{"a": isReady},
			want:      Tier{Resources: 2, Ready: 1, Reason: Creating, Message: "1 of 2 resources are ready; creating b"},
		},
		"Waiting": {
			reason:    "What waits says for what.",
			resources: []desired.Resource{waiting},
			want:      Tier{Resources: 1, Waiting: 1, Reason: Creating, Message: "0 of 1 resources are ready; policy waits for arn of key and id of app"},
		},
		"WaitingAsItWas": {
			reason:    "What exists already is not being created, nor counted as not made, but waits all the same.",
			resources: []desired.Resource{{Resource: "policy", Object: &structpb.Struct{}, Waits: []facts.Fact{{Resource: "key", Path: "arn"}}}},
			observed:  map[string]string{"policy": isReady},
			want:      Tier{Resources: 1, Reason: Creating, Message: "0 of 1 resources are ready; policy waits for arn of key"},
		},
		"CreatingAndWaiting": {
			reason:    "Both are told.",
			resources: []desired.Resource{composed("a"), waiting},
			want:      Tier{Resources: 2, Waiting: 1, Reason: Creating, Message: "0 of 2 resources are ready; creating a; policy waits for arn of key and id of app"},
		},
		"UnprovedNotReady": {
			reason:    "Before anybody can prove something, the provider has work to do.",
			resources: []desired.Resource{{Resource: "certificate", Object: &structpb.Struct{}, Proofs: []facts.Fact{{Resource: "certificate", Path: "status ISSUED"}}}},
			want:      Tier{Resources: 1, Reason: Creating, Message: "0 of 1 resources are ready; creating certificate"},
		},
		"NotSyncedWithoutMessage": {
			reason:    "A provider that says no more than that it is not done is not failing.",
			resources: []desired.Resource{composed("a")},
			observed:  map[string]string{"a": isReady + `,{"type":"Synced","status":"False","reason":"ReconcilePaused"}`},
			want:      Tier{Resources: 1, Reason: Creating, Message: "0 of 1 resources are ready; creating a"},
		},
		"MessageOfSuccess": {
			reason:    "A message that is no complaint is not told.",
			resources: []desired.Resource{composed("a")},
			observed:  map[string]string{"a": `{"type":"Synced","status":"True","message":"all is well"}`},
			want:      Tier{Resources: 1, Reason: Creating, Message: "0 of 1 resources are ready; creating a"},
		},
		"Unproved": {
			reason:    "What the provider calls ready but nobody proved says what is awaited.",
			resources: []desired.Resource{{Resource: "certificate", Object: &structpb.Struct{}, Proofs: []facts.Fact{{Resource: "certificate", Path: "status ISSUED"}}}},
			observed:  map[string]string{"certificate": isReady},
			want:      Tier{Resources: 1, Reason: Creating, Message: "0 of 1 resources are ready; certificate waits for status ISSUED of certificate"},
		},
		"Failing": {
			reason:    "The provider's own message is what an app team needs.",
			resources: []desired.Resource{composed("a"), composed("database"), waiting},
			observed:  map[string]string{"database": isBroken},
			want:      Tier{Resources: 3, Waiting: 1, Reason: Failing, Message: "database: ReconcileError: InvalidParameterCombination: no"},
		},
		"FailingTwice": {
			reason:    "All that fails is told.",
			resources: []desired.Resource{composed("a"), composed("b")},
			observed:  map[string]string{"a": isBroken, "b": isBroken},
			want:      Tier{Resources: 2, Reason: Failing, Message: "a: ReconcileError: InvalidParameterCombination: no; b: ReconcileError: InvalidParameterCombination: no"},
		},
		"FailingInTheBackground": {
			reason:    "Slow operations fail in a condition of their own.",
			resources: []desired.Resource{composed("database")},
			observed:  map[string]string{"database": isSynced + `,{"type":"LastAsyncOperation","status":"False","reason":"AsyncCreateFailure","message":"quota"}`},
			want:      Tier{Resources: 1, Reason: Failing, Message: "database: AsyncCreateFailure: quota"},
		},
		"Many": {
			reason:    "A message stays readable.",
			resources: many,
			want:      Tier{Resources: 7, Reason: Creating, Message: "0 of 7 resources are ready; creating r0, r1, r2, r3, r4, and 2 more"},
		},
		"JustNotMany": {
			reason:    "Nothing is left out in favour of a remark that is as long.",
			resources: many[:5],
			want:      Tier{Resources: 5, Reason: Creating, Message: "0 of 5 resources are ready; creating r0, r1, r2, r3, r4"},
		},
		"WaitingTwice": {
			reason:    "All that waits is told.",
			resources: []desired.Resource{waiting, {Resource: "rule", Waits: []facts.Fact{{Resource: "endpoint", Path: "id"}}}},
			want:      Tier{Resources: 2, Waiting: 2, Reason: Creating, Message: "0 of 2 resources are ready; policy waits for arn of key and id of app; rule waits for id of endpoint"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			tc.want.Name, tc.want.Condition = "database", "DatabaseReady"
			got := Of("database", "DatabaseReady", tc.resources, observed(tc.observed))
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nOf(...): -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.want.Ready == tc.want.Resources, got.Done()); diff != "" {
				t.Errorf("\n%s\nDone(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// Reasons are part of the API: users and alerts depend on them.
func TestReasons(t *testing.T) {
	if diff := cmp.Diff([]string{"Available", "Failing", "Creating", "NotOffered"}, []string{Available, Failing, Creating, NotOffered}); diff != "" {
		t.Errorf("\n-want, +got:\n%s", diff)
	}
}

func TestOverdue(t *testing.T) {
	const stuck = `{"type":"Ready","status":"False","lastTransitionTime":"2026-11-28T05:00:00Z"}`
	database := desired.Resource{Resource: "database", Object: resource.MustStructJSON(`{"apiVersion":"rds.aws.upbound.io/v1beta3","kind":"Instance"}`)}
	other := desired.Resource{Resource: "topic", Object: resource.MustStructJSON(`{"apiVersion":"sns.aws.upbound.io/v1beta1","kind":"Topic"}`)}
	cases := map[string]struct {
		reason   string
		resource desired.Resource
		at       string
		want     string
	}{
		"InTime":        {reason: "Most kinds are ready within minutes.", resource: other, at: "2026-11-28T05:14:59Z"},
		"Late":          {reason: "What takes longer is worth a look.", resource: other, at: "2026-11-28T05:15:00Z", want: "taking longer than usual: topic; 0 of 1 resources are ready; creating topic; not ready since 2026-11-28T05:00:00Z"},
		"SlowKind":      {reason: "A database takes its time.", resource: database, at: "2026-11-28T06:00:00Z"},
		"SlowKindLate":  {reason: "But not for ever.", resource: database, at: "2026-11-28T06:30:00Z", want: "taking longer than usual: database; 0 of 1 resources are ready; creating database; not ready since 2026-11-28T05:00:00Z"},
		"NoClock":       {reason: "Without a clock nothing is late: what is printed must be the same each time.", resource: other},
		"Unproved":      {reason: "A domain is proved by a person.", resource: desired.Resource{Resource: "ready", Object: other.Object, Proofs: []facts.Fact{{Resource: "x", Path: "y"}}}, at: "2026-11-28T09:00:00Z"},
		"NotThere":      {reason: "Who does not know when it began cannot tell how long it takes.", resource: desired.Resource{Resource: "absent", Object: other.Object}, at: "2026-11-28T09:00:00Z"},
		"WaitsForClaim": {reason: "Only the claim's author can tell how long it takes.", resource: desired.Resource{Resource: "topic", Object: other.Object, Waits: []facts.Fact{{Resource: facts.Claim, Path: "x"}}}, at: "2026-11-28T09:00:00Z"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			o := observed(map[string]string{"topic": stuck, "database": stuck, "ready": `{"type":"Ready","status":"True","lastTransitionTime":"2026-11-28T05:00:00Z"}`})
			if tc.at != "" {
				now, err := time.Parse(time.RFC3339, tc.at)
				if err != nil {
					t.Fatal(err)
				}
				o = o.At(now)
			}
			got := Of("database", "DatabaseReady", []desired.Resource{tc.resource}, o)
			if diff := cmp.Diff(tc.want, got.Overdue); diff != "" {
				t.Errorf("\n%s\nOverdue: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestProblemWaitsForReferences(t *testing.T) {
	cases := map[string]struct {
		reason, message, want string
	}{
		"Empty":    {reason: "A reference is not resolved before its target has a name.", message: "cannot resolve references: mg.Spec.ForProvider.VPCID: referenced field was empty (referenced resource may not yet be ready)"},
		"Missing":  {reason: "Or before its target is there.", message: `cannot resolve references: cannot get referenced resource: VPC.ec2.aws.upbound.io "shop-vpc" not found`},
		"Refused":  {reason: "What AWS refuses fails.", message: "create failed: InvalidParameter: no", want: "ReconcileError: create failed: InvalidParameter: no"},
		"NoRoom":   {reason: "What a person can do about a quota is said.", message: "api error VpcLimitExceeded: no", want: "ReconcileError: api error VpcLimitExceeded: no (an account can have by default, 5 VPCs in each region: request a higher quota, or use network.existing)"},
		"NoAccess": {reason: "A target that cannot be read is no target that comes.", message: "cannot resolve references: cannot get referenced resource: forbidden", want: "ReconcileError: cannot resolve references: cannot get referenced resource: forbidden"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			o := observed(map[string]string{"a": `{"type":"Synced","status":"False","reason":"ReconcileError","message":` + strconv.Quote(tc.message) + `}`})
			if diff := cmp.Diff(tc.want, Problem("a", o)); diff != "" {
				t.Errorf("\n%s\nProblem(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
