package response

import (
	"errors"
	"strings"
	"testing"
	"time"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/controls"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/cost"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/readiness"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// tierOf returns a tier that sets the status with a function.
func tierOf(name string, report func(*v1alpha1.SecureEcommerceStatus)) kit.Tier {
	return kit.Tier{Name: name, Condition: name + "Ready", Report: func(_ *settings.Settings, _ facts.Observed, s *v1alpha1.SecureEcommerceStatus) { report(s) }}
}

// tiersSet contains composed resources.
type tiersSet struct {
	resources []desired.Resource
	err       error
}

func (c tiersSet) Resources() ([]desired.Resource, error) { return c.resources, c.err }

func (c tiersSet) Planned() ([]desired.Resource, error) { return c.resources, c.err }

func nothing(*v1alpha1.SecureEcommerceStatus) {}

// ready returns an observed state in which the named resources are ready.
func ready(resourceNames ...string) facts.Observed {
	req := &fnv1.RunFunctionRequest{Observed: &fnv1.State{Resources: map[string]*fnv1.Resource{}}}
	for _, r := range resourceNames {
		req.Observed.Resources[r] = &fnv1.Resource{Resource: resource.MustStructJSON(`{"status":{"conditions":[{"type":"Ready","status":"True"},{"type":"Synced","status":"True"}]}}`)}
	}
	return facts.From(req)
}

// since returns an observed state in which the named resource is not ready since a
// time.
func since(at, resourceName string) facts.Observed {
	return facts.From(&fnv1.RunFunctionRequest{Observed: &fnv1.State{Resources: map[string]*fnv1.Resource{
		resourceName: {Resource: resource.MustStructJSON(`{"status":{"conditions":[{"type":"Ready","status":"False","lastTransitionTime":"` + at + `"}]}}`)},
	}}})
}

func condition(kind string, status fnv1.Status, reason, message string) *fnv1.Condition {
	c := &fnv1.Condition{Type: kind, Status: status, Reason: reason, Target: fnv1.Target_TARGET_COMPOSITE_AND_CLAIM.Enum()}
	if message != "" {
		c.Message = &message
	}
	return c
}

// TestEstimated verifies that the status contains the cost of a stack, and omits it
// if the stack is free.
func TestEstimated(t *testing.T) {
	key := resource.MustStructJSON(`{"apiVersion":"kms.aws.upbound.io/v1beta1","kind":"Key"}`)
	want := &v1alpha1.CostStatus{MonthlyUSD: "1.00", PricesAsOf: cost.AsOf()}
	got, err := estimated(tiersSet{resources: []desired.Resource{{Resource: "key", Object: key}}})
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("estimated(...): error %v, -want, +got:\n%s", err, diff)
	}
	if got, err := estimated(tiersSet{}); got != nil || err != nil {
		t.Errorf("estimated(nothing): want nil, got %v, %v", got, err)
	}
	if got, err := estimated(tiersSet{err: errors.New("boom")}); err == nil {
		t.Errorf("estimated(what is wrong): want an error, got %v", got)
	}
}

func TestWrite(t *testing.T) {
	object := resource.MustStructJSON(`{"kind":"VPC"}`)
	accepted := condition("Accepted", fnv1.Status_STATUS_CONDITION_TRUE, "Valid", "")
	type want struct {
		pace readiness.Pace
		err  error
		rsp  *fnv1.RunFunctionResponse
	}
	cases := map[string]struct {
		reason    string
		rsp       *fnv1.RunFunctionResponse
		settings  *settings.Settings
		observed  facts.Observed
		tiers     []kit.Tier
		resources []desired.Resource
		err       error
		want      want
	}{
		"OnItsWay": {
			reason:    "A resource that waits is not desired yet, but the stack is not ready without it.",
			rsp:       &fnv1.RunFunctionResponse{},
			settings:  &settings.Settings{Region: "eu-west-1"},
			observed:  ready("vpc"),
			tiers:     []kit.Tier{tierOf("network", nothing)},
			resources: []desired.Resource{{Resource: "rule", Tier: "network", Waits: []facts.Fact{{Resource: "endpoint", Path: "id"}}}, {Resource: "vpc", Tier: "network", Object: object}},
			want: want{pace: readiness.Soon, rsp: &fnv1.RunFunctionResponse{
				Conditions: []*fnv1.Condition{accepted, condition("networkReady", fnv1.Status_STATUS_CONDITION_FALSE, "Creating", "1 of 2 resources are ready; rule waits for id of endpoint")},
				Desired: &fnv1.State{
					Composite: &fnv1.Resource{
						Resource:          resource.MustStructJSON(`{"status":{"region":"eu-west-1","tiers":[{"name":"network","resources":2,"ready":1,"waiting":1}]}}`),
						ConnectionDetails: map[string][]byte{"region": []byte("eu-west-1")},
						Ready:             fnv1.Ready_READY_FALSE,
					},
					Resources: map[string]*fnv1.Resource{"vpc": {Resource: object, Ready: fnv1.Ready_READY_TRUE}},
				},
			}},
		},
		"NotReady": {
			reason:    "A resource that is there but not ready is said to be so, or Crossplane or a later function would guess.",
			rsp:       &fnv1.RunFunctionResponse{},
			settings:  &settings.Settings{Region: "eu-west-1"},
			tiers:     []kit.Tier{tierOf("network", nothing)},
			resources: []desired.Resource{{Resource: "vpc", Tier: "network", Object: object}},
			want: want{pace: readiness.Slow, rsp: &fnv1.RunFunctionResponse{
				Conditions: []*fnv1.Condition{accepted, condition("networkReady", fnv1.Status_STATUS_CONDITION_FALSE, "Creating", "0 of 1 resources are ready; creating vpc")},
				Desired: &fnv1.State{
					Composite: &fnv1.Resource{
						Resource:          resource.MustStructJSON(`{"status":{"region":"eu-west-1","tiers":[{"name":"network","resources":1,"ready":0}]}}`),
						ConnectionDetails: map[string][]byte{"region": []byte("eu-west-1")},
						Ready:             fnv1.Ready_READY_FALSE,
					},
					Resources: map[string]*fnv1.Resource{"vpc": {Resource: object, Ready: fnv1.Ready_READY_FALSE}},
				},
			}},
		},
		"Stands": {
			reason:   "A stack stands when each tier does; the status and connection details say where, and never what opens it.",
			rsp:      &fnv1.RunFunctionResponse{},
			settings: &settings.Settings{Region: "eu-west-1", Account: facts.Fact{Value: "123456789012"}},
			observed: ready("vpc"),
			tiers: []kit.Tier{
				tierOf("network", func(s *v1alpha1.SecureEcommerceStatus) { s.Network.VPCID = "vpc-1" }),
				tierOf("database", func(s *v1alpha1.SecureEcommerceStatus) {
					s.Database = v1alpha1.DatabaseStatus{Endpoint: "db.example", Port: 5433, Name: "ecommerce", SecretARN: "arn:secret"}
				}),
			},
			resources: []desired.Resource{{Resource: "vpc", Tier: "network", Object: object}},
			want: want{pace: readiness.Settled, rsp: &fnv1.RunFunctionResponse{
				Conditions: []*fnv1.Condition{
					accepted,
					condition("networkReady", fnv1.Status_STATUS_CONDITION_TRUE, "Available", "all 1 resources are ready"),
					condition("databaseReady", fnv1.Status_STATUS_CONDITION_UNKNOWN, "NotOffered", "not available in this AWS partition"),
				},
				Desired: &fnv1.State{
					Composite: &fnv1.Resource{
						Resource: resource.MustStructJSON(`{"status":{"region":"eu-west-1","accountId":"123456789012","network":{"vpcId":"vpc-1"},
							"database":{"endpoint":"db.example","port":5433,"name":"ecommerce","secretArn":"arn:secret"},
							"tiers":[{"name":"network","resources":1,"ready":1},{"name":"database","resources":0,"ready":0}]}}`),
						ConnectionDetails: map[string][]byte{
							"region": []byte("eu-west-1"), "databaseEndpoint": []byte("db.example"), "databasePort": []byte("5433"), "databaseName": []byte("ecommerce"), "databaseSecretArn": []byte("arn:secret"),
						},
						Ready: fnv1.Ready_READY_TRUE,
					},
					Resources: map[string]*fnv1.Resource{"vpc": {Resource: object, Ready: fnv1.Ready_READY_TRUE}},
				},
			}},
		},
		"SwitchedOff": {
			reason:   "A tier that is switched off says so and by whom, and does not keep the stack from being ready.",
			rsp:      &fnv1.RunFunctionResponse{},
			settings: &settings.Settings{Region: "eu-west-1", Off: map[string]string{"waf": "disabled by the claim"}},
			tiers:    []kit.Tier{tierOf("waf", nothing)},
			want: want{pace: readiness.Settled, rsp: &fnv1.RunFunctionResponse{
				Conditions: []*fnv1.Condition{accepted, condition("wafReady", fnv1.Status_STATUS_CONDITION_UNKNOWN, "SwitchedOff", "disabled by the claim")},
				Desired: &fnv1.State{
					Composite: &fnv1.Resource{
						Resource:          resource.MustStructJSON(`{"status":{"region":"eu-west-1","tiers":[{"name":"waf","resources":0,"ready":0}]}}`),
						ConnectionDetails: map[string][]byte{"region": []byte("eu-west-1")},
						Ready:             fnv1.Ready_READY_TRUE,
					},
					Resources: map[string]*fnv1.Resource{},
				},
			}},
		},
		"KeepsWhatEarlierFunctionsDesire": {
			reason: "Resources, status and connection details of earlier functions stay.",
			rsp: &fnv1.RunFunctionResponse{Desired: &fnv1.State{
				Composite: &fnv1.Resource{Resource: resource.MustStructJSON(`{"status":{"other":1}}`), ConnectionDetails: map[string][]byte{"other": []byte("x")}},
				Resources: map[string]*fnv1.Resource{"other": {Resource: object}},
			}},
			settings: &settings.Settings{Region: "eu-west-1"},
			want: want{pace: readiness.Settled, rsp: &fnv1.RunFunctionResponse{
				Conditions: []*fnv1.Condition{accepted},
				Desired: &fnv1.State{
					Composite: &fnv1.Resource{
						Resource:          resource.MustStructJSON(`{"status":{"other":1,"region":"eu-west-1"}}`),
						ConnectionDetails: map[string][]byte{"other": []byte("x"), "region": []byte("eu-west-1")},
						Ready:             fnv1.Ready_READY_TRUE,
					},
					Resources: map[string]*fnv1.Resource{"other": {Resource: object}},
				},
			}},
		},
		"RefusesToOverwrite": {
			reason:    "Two functions that desire one resource would fight about it.",
			rsp:       &fnv1.RunFunctionResponse{Desired: &fnv1.State{Resources: map[string]*fnv1.Resource{"vpc": {}, "subnet": {}}}},
			settings:  &settings.Settings{},
			resources: []desired.Resource{{Resource: "subnet", Object: object}, {Resource: "vpc", Object: object}},
			want: want{
				pace: readiness.Stuck,
				err:  errors.New("an earlier function in the pipeline already composes resources with these names: subnet, vpc"),
				rsp:  &fnv1.RunFunctionResponse{Desired: &fnv1.State{Resources: map[string]*fnv1.Resource{"vpc": {}, "subnet": {}}}},
			},
		},
		"RefusesToOverwriteOne": {
			reason:    "One is enough.",
			rsp:       &fnv1.RunFunctionResponse{Desired: &fnv1.State{Resources: map[string]*fnv1.Resource{"vpc": {}}}},
			settings:  &settings.Settings{},
			resources: []desired.Resource{{Resource: "vpc", Object: object}},
			want: want{
				pace: readiness.Stuck,
				err:  errors.New("an earlier function in the pipeline already composes resources with these names: vpc"),
				rsp:  &fnv1.RunFunctionResponse{Desired: &fnv1.State{Resources: map[string]*fnv1.Resource{"vpc": {}}}},
			},
		},
		"NotComposed": {
			reason: "A stack that cannot be composed is not answered by halves.",
			rsp:    &fnv1.RunFunctionResponse{},
			err:    errors.New("boom"),
			want:   want{pace: readiness.Stuck, err: errors.New("cannot compose the stack: boom"), rsp: &fnv1.RunFunctionResponse{}},
		},
		"WarnsOfDelay": {
			reason:    "What takes longer than is plausible is said aloud.",
			rsp:       &fnv1.RunFunctionResponse{},
			settings:  &settings.Settings{Region: "eu-west-1"},
			observed:  since("2026-11-28T05:00:00Z", "vpc").At(time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)),
			tiers:     []kit.Tier{tierOf("network", nothing)},
			resources: []desired.Resource{{Resource: "vpc", Tier: "network", Object: object}},
			want: want{pace: readiness.Slow, rsp: &fnv1.RunFunctionResponse{
				Conditions: []*fnv1.Condition{accepted, condition("networkReady", fnv1.Status_STATUS_CONDITION_FALSE, "Creating", "0 of 1 resources are ready; creating vpc; not ready since 2026-11-28T05:00:00Z")},
				Results: []*fnv1.Result{{
					Severity: fnv1.Severity_SEVERITY_WARNING, Target: fnv1.Target_TARGET_COMPOSITE_AND_CLAIM.Enum(),
					Message: "networkReady: taking longer than usual: vpc; 0 of 1 resources are ready; creating vpc; not ready since 2026-11-28T05:00:00Z",
				}},
				Desired: &fnv1.State{
					Composite: &fnv1.Resource{
						Resource:          resource.MustStructJSON(`{"status":{"region":"eu-west-1","tiers":[{"name":"network","resources":1,"ready":0}]}}`),
						ConnectionDetails: map[string][]byte{"region": []byte("eu-west-1")},
						Ready:             fnv1.Ready_READY_FALSE,
					},
					Resources: map[string]*fnv1.Resource{"vpc": {Resource: object, Ready: fnv1.Ready_READY_FALSE}},
				},
			}},
		},
		"WarnsOfPins": {
			reason:   "What the claim asks for in vain is said aloud.",
			rsp:      &fnv1.RunFunctionResponse{},
			settings: &settings.Settings{Region: "eu-west-1", Pinned: []string{"spec.region: kept"}},
			want: want{pace: readiness.Settled, rsp: &fnv1.RunFunctionResponse{
				Conditions: []*fnv1.Condition{accepted},
				Results:    []*fnv1.Result{{Severity: fnv1.Severity_SEVERITY_WARNING, Message: "spec.region: kept", Target: fnv1.Target_TARGET_COMPOSITE_AND_CLAIM.Enum()}},
				Desired: &fnv1.State{
					Composite: &fnv1.Resource{
						Resource:          resource.MustStructJSON(`{"status":{"region":"eu-west-1"}}`),
						ConnectionDetails: map[string][]byte{"region": []byte("eu-west-1")},
						Ready:             fnv1.Ready_READY_TRUE,
					},
					Resources: map[string]*fnv1.Resource{},
				},
			}},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := Write(tc.rsp, tc.settings, tc.observed, tc.tiers, tiersSet{resources: tc.resources, err: tc.err})
			if diff := cmp.Diff(text(tc.want.err), text(err)); diff != "" {
				t.Errorf("\n%s\nWrite(...): -want error, +got error:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.want.pace, got); diff != "" {
				t.Errorf("\n%s\nWrite(...) pace: -want, +got:\n%s", tc.reason, diff)
			}
			// TestWriteCountsControls covers these.
			delete(tc.rsp.GetDesired().GetComposite().GetResource().GetFields()["status"].GetStructValue().GetFields(), "controls")
			if diff := cmp.Diff(tc.want.rsp, tc.rsp, protocmp.Transform()); diff != "" {
				t.Errorf("\n%s\nWrite(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestWriteCountsControls(t *testing.T) {
	subnet := resource.MustStructJSON(`{"apiVersion":"ec2.aws.m.upbound.io/v1beta1","kind":"Subnet","spec":{"forProvider":{"mapPublicIpOnLaunch":false}}}`)
	all := controls.All().Totals([]controls.Resource{{Resource: "subnet", Object: subnet}}, nil)
	cases := map[string]struct {
		reason   string
		resource desired.Resource
		want     int32
	}{
		"Composed": {reason: "What is composed counts.", resource: desired.Resource{Resource: "subnet", Object: subnet}, want: all[controls.StateMet]},
		"Waits":    {reason: "What waits meets nothing yet.", resource: desired.Resource{Resource: "subnet"}, want: all[controls.StateMet] - 1},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			rsp := &fnv1.RunFunctionResponse{}
			if _, err := Write(rsp, &settings.Settings{}, facts.Observed{}, nil, tiersSet{resources: []desired.Resource{tc.resource}}); err != nil {
				t.Fatal(err)
			}
			got := rsp.GetDesired().GetComposite().GetResource().GetFields()["status"].GetStructValue().GetFields()["controls"].GetStructValue().GetFields()
			if diff := cmp.Diff(float64(tc.want), got["met"].GetNumberValue()); diff != "" {
				t.Errorf("\n%s\nmet: -want, +got:\n%s", tc.reason, diff)
			}
			sum := 0.0
			for _, n := range got {
				sum += n.GetNumberValue()
			}
			if diff := cmp.Diff(float64(len(controls.All().Controls())), sum); diff != "" {
				t.Errorf("\nEvery control counts once.\nsum: -want, +got:\n%s", diff)
			}
		})
	}
}

func TestWriteRefusesBrokenText(t *testing.T) {
	rsp := &fnv1.RunFunctionResponse{}
	broken := tierOf("network", func(s *v1alpha1.SecureEcommerceStatus) { s.Network.VPCID = "\xff" })
	if _, err := Write(rsp, &settings.Settings{}, facts.Observed{}, []kit.Tier{broken}, tiersSet{}); err == nil || !strings.HasPrefix(err.Error(), "cannot write status: ") {
		t.Errorf("\nText that gRPC would refuse to carry must not end the call without a word.\nWrite(...): want error, got %v", err)
	}
}

func TestPruned(t *testing.T) {
	got := pruned(map[string]any{"empty": map[string]any{"deeper": map[string]any{}}, "kept": map[string]any{"a": 1, "b": map[string]any{}}, "list": []any{}})
	want := map[string]any{"kept": map[string]any{"a": 1}, "list": []any{}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\nOnly empty objects go.\npruned(...): -want, +got:\n%s", diff)
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestRefuse(t *testing.T) {
	refused := condition("Accepted", fnv1.Status_STATUS_CONDITION_FALSE, "InvalidSpec", "spec.size: huge")
	// vpc returns a resource of the network tier with conditions in JSON.
	vpc := func(conditions string) map[string]*fnv1.Resource {
		return map[string]*fnv1.Resource{"vpc": {Resource: resource.MustStructJSON(
			`{"metadata":{"labels":{"platform.secure-ecommerce.dev/tier":"network"}},"status":{"conditions":[` + conditions + `]}}`)}}
	}
	before := func(status string) *fnv1.Resource {
		return &fnv1.Resource{Resource: resource.MustStructJSON(`{"status":{"conditions":[{"type":"networkReady","status":"` + status + `","reason":"Before","message":"as before"}]}}`)}
	}
	const isReady = `{"type":"Ready","status":"True"}`
	cases := map[string]struct {
		reason   string
		observed *fnv1.State
		want     []*fnv1.Condition
	}{
		"New": {
			reason:   "Of a stack that was never composed there is nothing to tell.",
			observed: &fnv1.State{},
			want:     []*fnv1.Condition{refused},
		},
		"StillReady": {
			reason:   "A tier that was ready and is ready stays so, although its new claim is refused.",
			observed: &fnv1.State{Composite: before("True"), Resources: vpc(isReady)},
			want:     []*fnv1.Condition{refused, condition("networkReady", fnv1.Status_STATUS_CONDITION_TRUE, "Before", "as before")},
		},
		"SwitchedOff": {
			reason: "A tier that the stack does not have is still not there.",
			observed: &fnv1.State{Composite: &fnv1.Resource{Resource: resource.MustStructJSON(
				`{"status":{"conditions":[{"type":"networkReady","status":"Unknown","reason":"SwitchedOff","message":"as before"}]}}`)}},
			want: []*fnv1.Condition{refused, condition("networkReady", fnv1.Status_STATUS_CONDITION_UNKNOWN, "SwitchedOff", "as before")},
		},
		"SwitchedOffWithoutStatus": {
			reason: "What an observed condition says is not ours: one without a status is not known.",
			observed: &fnv1.State{Composite: &fnv1.Resource{Resource: resource.MustStructJSON(
				`{"status":{"conditions":[{"type":"networkReady","reason":"SwitchedOff","message":"as before"}]}}`)}},
			want: []*fnv1.Condition{refused, condition("networkReady", fnv1.Status_STATUS_CONDITION_UNKNOWN, "SwitchedOff", "as before")},
		},
		"NoMoreReady": {
			reason:   "What the provider says now counts more than what was said before.",
			observed: &fnv1.State{Composite: before("True"), Resources: vpc(isReady + `,{"type":"Synced","status":"False","reason":"ReconcileError","message":"gone"}`)},
			want:     []*fnv1.Condition{refused, condition("networkReady", fnv1.Status_STATUS_CONDITION_FALSE, "Failing", "vpc: ReconcileError: gone")},
		},
		"StillWaiting": {
			reason:   "Resources that were waiting cannot be seen, so a tier does not become ready while its claim is refused.",
			observed: &fnv1.State{Composite: before("False"), Resources: vpc(isReady)},
			want:     []*fnv1.Condition{refused, condition("networkReady", fnv1.Status_STATUS_CONDITION_FALSE, "Before", "as before")},
		},
		"ForgottenByCrossplane": {
			reason:   "Nothing is made up where nothing was said before.",
			observed: &fnv1.State{Composite: before("Unknown"), Resources: vpc(isReady)},
			want:     []*fnv1.Condition{refused},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			rsp := &fnv1.RunFunctionResponse{}
			Refuse(rsp, facts.From(&fnv1.RunFunctionRequest{Observed: tc.observed}), []kit.Tier{tierOf("network", nothing)}, "InvalidSpec", errors.New("spec.size: huge"))
			want := &fnv1.RunFunctionResponse{
				Conditions: tc.want,
				Results:    []*fnv1.Result{{Severity: fnv1.Severity_SEVERITY_FATAL, Message: "spec.size: huge", Target: fnv1.Target_TARGET_COMPOSITE.Enum()}},
			}
			if diff := cmp.Diff(want, rsp, protocmp.Transform()); diff != "" {
				t.Errorf("\n%s\nRefuse(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
