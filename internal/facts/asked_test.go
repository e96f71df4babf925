package facts

import (
	"testing"
	"time"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"
)

func TestValue(t *testing.T) {
	cases := map[string]struct {
		reason string
		path   string
		want   *structpb.Value
	}{
		"Text":    {reason: "A value is what was observed.", path: "kind", want: structpb.NewStringValue("VPC")},
		"Object":  {reason: "Be it an object.", path: "spec.forProvider.tags", want: structpb.NewStructValue(resource.MustStructJSON(`{"a.b/c": "d"}`))},
		"Null":    {reason: "Or null.", path: "status.atProvider.empty", want: structpb.NewNullValue()},
		"Missing": {reason: "What was not observed is nothing.", path: "status.atProvider.owner"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			o := observed(map[string]string{"vpc": vpc})
			for range 2 {
				if diff := cmp.Diff(tc.want, o.Value("vpc", tc.path), protocmp.Transform()); diff != "" {
					t.Errorf("\n%s\nValue(%q): -want, +got:\n%s", tc.reason, tc.path, diff)
				}
			}
		})
	}
}

func TestSame(t *testing.T) {
	ask := func(o Observed) {
		o.ARN("vpc")
		o.ARN("late")
		o.Ready("vpc")
		o.Condition("vpc", "Other")
		o.Struct("vpc", "spec.forProvider")
		o.Value("vpc", "spec.list")
		o.Number("vpc", "spec.count")
		o.ExternalName("not there")
		o.Ready("not there")
	}
	const before = `{"metadata":{"name":"a"},"spec":{"forProvider":{"a":"1","b":"2"},"list":[{"a":"1","b":"2"}]},"status":{"atProvider":{"arn":"arn"},"conditions":[{"type":"Ready","status":"True","reason":"Available","message":"m"}]}}`
	cases := map[string]struct {
		reason        string
		vpc           string
		resourceNames []string
		want          bool
	}{
		"Same":          {reason: "The same resources are the same.", vpc: before, resourceNames: []string{"vpc", "late"}, want: true},
		"NotAsked":      {reason: "What nobody asked for may differ.", vpc: `{"metadata":{"name":"b"},"spec":{"forProvider":{"b":"2","a":"1"},"list":[{"a":"1","b":"2"}]},"status":{"atProvider":{"arn":"arn","id":"x"},"conditions":[{"type":"Synced"},{"type":"Ready","status":"True","reason":"Available","message":"m","lastTransitionTime":"now"}]}}`, resourceNames: []string{"vpc", "late"}, want: true},
		"OtherText":     {reason: "A text that was asked for may not.", vpc: `{"spec":{"forProvider":{"a":"1","b":"2"},"list":[{"a":"1","b":"2"}]},"status":{"atProvider":{"arn":"other"},"conditions":[{"type":"Ready","status":"True","reason":"Available","message":"m"}]}}`, resourceNames: []string{"vpc", "late"}},
		"OtherObject":   {reason: "Nor may an object.", vpc: `{"spec":{"forProvider":{"a":"1","b":"3"},"list":[{"a":"1","b":"2"}]},"status":{"atProvider":{"arn":"arn"},"conditions":[{"type":"Ready","status":"True","reason":"Available","message":"m"}]}}`, resourceNames: []string{"vpc", "late"}},
		"OtherList":     {reason: "Nor a list.", vpc: `{"spec":{"forProvider":{"a":"1","b":"2"},"list":[]},"status":{"atProvider":{"arn":"arn"},"conditions":[{"type":"Ready","status":"True","reason":"Available","message":"m"}]}}`, resourceNames: []string{"vpc", "late"}},
		"OtherStatus":   {reason: "Nor a condition's status.", vpc: `{"spec":{"forProvider":{"a":"1","b":"2"},"list":[{"a":"1","b":"2"}]},"status":{"atProvider":{"arn":"arn"},"conditions":[{"type":"Ready","status":"False","reason":"Available","message":"m"}]}}`, resourceNames: []string{"vpc", "late"}},
		"OtherReason":   {reason: "Or its reason.", vpc: `{"spec":{"forProvider":{"a":"1","b":"2"},"list":[{"a":"1","b":"2"}]},"status":{"atProvider":{"arn":"arn"},"conditions":[{"type":"Ready","status":"True","reason":"Other","message":"m"}]}}`, resourceNames: []string{"vpc", "late"}},
		"OtherMessage":  {reason: "Or its message.", vpc: `{"spec":{"forProvider":{"a":"1","b":"2"},"list":[{"a":"1","b":"2"}]},"status":{"atProvider":{"arn":"arn"},"conditions":[{"type":"Ready","status":"True","reason":"Available","message":"n"}]}}`, resourceNames: []string{"vpc", "late"}},
		"NewCondition":  {reason: "That there was none is an answer, too.", vpc: `{"spec":{"forProvider":{"a":"1","b":"2"},"list":[{"a":"1","b":"2"}]},"status":{"atProvider":{"arn":"arn"},"conditions":[{"type":"Ready","status":"True","reason":"Available","message":"m"},{"type":"Other","status":"True"}]}}`, resourceNames: []string{"vpc", "late"}},
		"FewerResource": {reason: "Each resource may be looked for.", vpc: before, resourceNames: []string{"vpc"}},
		"MoreResources": {reason: "Also one that was not there.", vpc: before, resourceNames: []string{"vpc", "late", "not there"}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			o := observed(map[string]string{"vpc": before, "late": `{}`})
			ask(o)
			resources := map[string]string{}
			for _, r := range tc.resourceNames {
				resources[r] = `{}`
			}
			resources["vpc"] = tc.vpc
			if diff := cmp.Diff(tc.want, o.Questions().Same(observed(resources))); diff != "" {
				t.Errorf("\n%s\nSame(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestSameComposite(t *testing.T) {
	of := func(status string) Observed {
		return From(&fnv1.RunFunctionRequest{Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: resource.MustStructJSON(`{"status":{"conditions":[{"type":"NetworkReady","status":"` + status + `"}]}}`)}}})
	}
	o := of("True")
	o.CompositeCondition("NetworkReady")
	for status, want := range map[string]bool{"True": true, "False": false} {
		if diff := cmp.Diff(want, o.Questions().Same(of(status))); diff != "" {
			t.Errorf("\nWhat was asked of the composite counts, too.\nSame(...) with %s: -want, +got:\n%s", status, diff)
		}
	}
}

func TestSize(t *testing.T) {
	o := observed(map[string]string{"vpc": vpc})
	before := o.Questions().Size()
	o.String("vpc", "kind")
	value := o.Questions().Size()
	o.Ready("vpc")
	if diff := cmp.Diff([]int{72 + len("vpc") + 72 + len("/"), 24 + 2 + len("VPC"), 48 + len("True") + len("Available")},
		[]int{before, value - before, o.Questions().Size() - value}); diff != "" {
		t.Errorf("\nQuestions and answers have a size.\nSize(): -want, +got:\n%s", diff)
	}
}

func TestPassed(t *testing.T) {
	moment := time.Date(2026, 11, 28, 5, 0, 0, 0, time.UTC)
	cases := map[string]struct {
		reason  string
		at      time.Time
		passed  bool
		holdsAt time.Time
		same    bool
	}{
		"NoTime":      {reason: "Without a time nothing has passed, at any time.", holdsAt: moment.Add(time.Hour), same: true},
		"Not":         {reason: "An answer holds until the moment has come.", at: moment.Add(-time.Minute), holdsAt: moment.Add(-time.Second), same: true},
		"NotAnyLater": {reason: "Then it is another one.", at: moment.Add(-time.Minute), holdsAt: moment},
		"Passed":      {reason: "What has passed has passed for good.", at: moment, passed: true, holdsAt: moment.Add(time.Hour), same: true},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			o := From(&fnv1.RunFunctionRequest{}).At(tc.at)
			if diff := cmp.Diff(tc.passed, o.Passed(moment)); diff != "" {
				t.Errorf("\n%s\nPassed(...): -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.same, o.Questions().Same(From(&fnv1.RunFunctionRequest{}).At(tc.holdsAt))); diff != "" {
				t.Errorf("\n%s\nSame(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestQuestionsValues(t *testing.T) {
	cases := map[string]struct {
		reason string
		until  int
		want   []string
	}{
		"All":   {reason: "Every question should be named once, by resource and path.", until: 9, want: []string{"bucket status.atProvider.arn", "vpc status.atProvider.id"}},
		"First": {reason: "Nothing should be named to who has heard enough.", until: 1, want: []string{"bucket status.atProvider.arn"}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			o := From(&fnv1.RunFunctionRequest{Observed: &fnv1.State{Resources: map[string]*fnv1.Resource{
				"vpc":    {Resource: resource.MustStructJSON(`{"status":{"atProvider":{"id":"vpc-1"}}}`)},
				"bucket": {Resource: resource.MustStructJSON(`{"status":{}}`)},
			}}})
			_, _, _ = o.String("vpc", ID), o.ARN("bucket"), o.ARN("bucket")
			var got []string
			for resourceName, path := range o.Questions().Values {
				if got = append(got, resourceName+" "+path); len(got) == tc.until {
					break
				}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nValues(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
