package controls

import (
	"testing"

	"github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"sigs.k8s.io/yaml"
)

// stackOf returns resources from YAML, by name.
func stackOf(t *testing.T, manifest string) []Resource {
	t.Helper()
	var objects map[string]struct {
		Kind, Service string
		Fields        map[string]any
	}
	if err := yaml.Unmarshal([]byte(manifest), &objects); err != nil {
		t.Fatal(err)
	}
	var out []Resource
	for resourceName, o := range objects {
		raw, err := yaml.Marshal(map[string]any{
			"apiVersion": o.Service + ".aws.upbound.io/v1beta1", "kind": o.Kind,
			"metadata": map[string]any{"name": resourceName + "-name", "annotations": map[string]any{"a.b/c": resourceName}},
			"spec":     map[string]any{"forProvider": o.Fields},
		})
		if err != nil {
			t.Fatal(err)
		}
		raw, err = yaml.YAMLToJSON(raw)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, Resource{Resource: resourceName, Object: resource.MustStructJSON(string(raw))})
	}
	return out
}

// checksOf returns checks from YAML.
func checksOf(t *testing.T, text string) []Check {
	t.Helper()
	var out []Check
	if err := yaml.UnmarshalStrict([]byte(text), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

const twoBuckets = `
assets: {service: s3, kind: Bucket, fields: {region: eu-west-1, days: 7}}
logs: {service: s3, kind: Bucket, fields: {region: eu-west-1, days: 400}}
assets-block: {service: s3, kind: Block, fields: {bucketRef: {name: assets-name}, enabled: true}}
logs-block: {service: s3, kind: Block, fields: {bucketRef: {name: logs-name}, enabled: false}}
key: {service: kms, kind: Key, fields: {alias: main}}
rule: {service: s3, kind: Rule, fields: {rule: [{key: {keyRef: {name: key-name}}}, {key: {}}, {}], bucketRefs: [{name: assets-name}, {name: logs-name}], ownersRefs: [{name: key-name}], days: 7}}
`

func TestEvaluate(t *testing.T) {
	cases := map[string]struct {
		reason   string
		checks   string
		standing Default
		accepted []Exception
		want     Result
	}{
		"Every": {
			reason: "Every resource of a kind should count, with its field as evidence.",
			checks: `[{every: s3/Bucket, has: {region: eu-west-1}}]`,
			want:   Result{State: StateMet, Evidence: []Evidence{{Resource: "assets", Kind: "s3/Bucket", Field: "region"}, {Resource: "logs", Kind: "s3/Bucket", Field: "region"}}},
		},
		"EveryButOne": {
			reason: "One that is wrong should be named, with what it is and should be.",
			checks: `[{every: s3/Bucket, has: {days: {atLeast: 365}, region: eu-west-1}}]`,
			want:   Result{State: StateNotMet, Evidence: []Evidence{{Resource: "assets", Kind: "s3/Bucket", Field: "days", Value: "7", Want: "at least 365"}}},
		},
		"EveryOfNone": {
			reason: "Without any there is nothing that meets it.",
			checks: `[{every: s3/Object, resource: a*, where: {size: {set: true}}, has: {a: 1}}]`,
			want:   Result{State: StateNotMet, Evidence: []Evidence{{Kind: "s3/Object", Field: "named a* with size set"}}},
		},
		"EachOfNone": {
			reason: "Each should hold of none.",
			checks: `[{each: s3/Object, has: {a: 1}}]`,
			want:   Result{State: StateMet},
		},
		"Else": {
			reason: "Where there is none, what else is asked for should hold, with its own evidence.",
			checks: `[{every: s3/Object, has: {a: 1}, else: [{every: s3/Bucket, has: {region: eu-west-1}}]}]`,
			want: Result{State: StateMet, Evidence: []Evidence{
				{Resource: "assets", Kind: "s3/Bucket", Field: "region"}, {Resource: "logs", Kind: "s3/Bucket", Field: "region"},
			}},
		},
		"ElseNot": {
			reason: "If neither is, both should be told.",
			checks: `[{every: s3/Object, has: {a: 1}, else: [{every: s3/Bucket, has: {days: 7}}]}]`,
			want: Result{State: StateNotMet, Evidence: []Evidence{
				{Resource: "logs", Kind: "s3/Bucket", Field: "days", Value: "400", Want: "7"}, {Kind: "s3/Object"},
			}},
		},
		"ElseIsNoExcuse": {
			reason: "What is there should hold itself.",
			checks: `[{every: s3/Bucket, has: {days: 7}, else: [{some: kms/Key}]}]`,
			want:   Result{State: StateNotMet, Evidence: []Evidence{{Resource: "logs", Kind: "s3/Bucket", Field: "days", Value: "400", Want: "7"}}},
		},
		"ElseOfRelated": {
			reason: "What else is asked for should relate to the same resource.",
			checks: `[{every: s3/Bucket, with: [{some: s3/Owner, by: bucketRef, else: [{some: s3/Block, by: bucketRef, has: {enabled: true}}]}]}]`,
			want: Result{State: StateNotMet, Evidence: []Evidence{
				{Resource: "logs-block", Kind: "s3/Block", Field: "enabled", Value: "false", Want: "true"}, {Kind: "s3/Owner", Field: "whose bucketRef is logs"},
			}},
		},
		"SetByReferences": {
			reason: "The provider keeps the plural of some lists.",
			checks: `[{every: s3/Rule, has: {owners: {set: true}, guests: {set: false}}}]`,
			want:   Result{State: StateMet, Evidence: []Evidence{{Resource: "rule", Kind: "s3/Rule", Field: "guests"}, {Resource: "rule", Kind: "s3/Rule", Field: "owners"}}},
		},
		"Some": {
			reason: "One is enough, and those that are not should not be told.",
			checks: `[{some: s3/Bucket, has: {days: {atLeast: 365}}}]`,
			want:   Result{State: StateMet, Evidence: []Evidence{{Resource: "logs", Kind: "s3/Bucket", Field: "days"}}},
		},
		"SomeOfNone": {
			reason: "If none is, each should be told.",
			checks: `[{some: s3/Bucket, has: {days: 1}}]`,
			want: Result{State: StateNotMet, Evidence: []Evidence{
				{Resource: "assets", Kind: "s3/Bucket", Field: "days", Value: "7", Want: "1"},
				{Resource: "logs", Kind: "s3/Bucket", Field: "days", Value: "400", Want: "1"},
			}},
		},
		"SomeThere": {
			reason: "Where nothing is asked of it, the resource itself is the evidence.",
			checks: `[{some: kms/Key}]`,
			want:   Result{State: StateMet, Evidence: []Evidence{{Resource: "key", Kind: "kms/Key"}}},
		},
		"None": {
			reason: "What is not there should be told.",
			checks: `[{none: s3/Bucket, where: {region: us-east-1}, has: {days: 7}}, {none: s3/Object}]`,
			want:   Result{State: StateMet, Evidence: []Evidence{{Kind: "s3/Bucket", Field: "with region us-east-1, days 7"}, {Kind: "s3/Object"}}},
		},
		"NoneButOne": {
			reason: "What should not be there should be told with the fields that make it so.",
			checks: `[{none: s3/Bucket, where: {region: eu-west-1}, has: {days: 7}}, {none: kms/Key}]`,
			want: Result{State: StateNotMet, Evidence: []Evidence{
				{Resource: "assets", Kind: "s3/Bucket", Field: "region", Value: `"eu-west-1"`},
				{Resource: "assets", Kind: "s3/Bucket", Field: "days", Value: "7"},
				{Resource: "key", Kind: "kms/Key", Want: "none"},
			}},
		},
		"Accepted": {
			reason:   "What an exception leaves out should not count, and should be told.",
			checks:   `[{every: s3/Bucket, has: {days: {atMost: 7}}}]`,
			accepted: []Exception{{Resource: "l*", Reason: "Logs stay."}},
			want:     Result{State: StateMet, Evidence: []Evidence{{Resource: "assets", Kind: "s3/Bucket", Field: "days"}}, Accepted: []string{"logs"}},
		},
		"By": {
			reason: "What refers to a resource should be found by its reference.",
			checks: `[{every: s3/Bucket, resource: assets, with: [{some: s3/Block, by: bucketRef, has: {enabled: true}}]}]`,
			want:   Result{State: StateMet, Evidence: []Evidence{{Resource: "assets-block", Kind: "s3/Block", Field: "enabled"}, {Resource: "assets-block", Kind: "s3/Block", Field: "bucketRef"}}},
		},
		"ByOther": {
			reason: "What refers to another resource should not count.",
			checks: `[{every: s3/Bucket, with: [{some: s3/Block, by: bucketRef, has: {enabled: true}}]}]`,
			want:   Result{State: StateNotMet, Evidence: []Evidence{{Resource: "logs-block", Kind: "s3/Block", Field: "enabled", Value: "false", Want: "true"}}},
		},
		"ByNone": {
			reason: "What is missing should be told with what it should refer to.",
			checks: `[{every: kms/Key, with: [{some: s3/Block, by: keyRef}]}]`,
			want:   Result{State: StateNotMet, Evidence: []Evidence{{Kind: "s3/Block", Field: "whose keyRef is key"}}},
		},
		"Behind": {
			reason: "What a resource refers to should be found, within lists too.",
			checks: `[{every: s3/Rule, with: [{some: kms/Key, behind: rule.key.keyRef}, {every: s3/Bucket, behind: bucketRefs}]}]`,
			want:   Result{State: StateMet, Evidence: []Evidence{{Resource: "rule", Kind: "s3/Rule", Field: "rule.key.keyRef"}, {Resource: "rule", Kind: "s3/Rule", Field: "bucketRefs"}}},
		},
		"BehindNone": {
			reason: "A reference that leads nowhere should be told.",
			checks: `[{every: s3/Rule, with: [{some: kms/Key, behind: otherRef}]}]`,
			want:   Result{State: StateNotMet, Evidence: []Evidence{{Kind: "kms/Key", Field: "behind otherRef of rule"}}},
		},
		"Same": {
			reason: "Resources may share a value instead of a reference.",
			checks: `[{every: s3/Rule, with: [{some: s3/Bucket, same: {days: days}}]}]`,
			want:   Result{State: StateMet, Evidence: []Evidence{{Resource: "assets", Kind: "s3/Bucket", Field: "days"}}},
		},
		"SameNone": {
			reason: "If none has the value, it should be told whose it is.",
			checks: `[{every: s3/Rule, with: [{some: kms/Key, same: {alias: days}}]}]`,
			want:   Result{State: StateNotMet, Evidence: []Evidence{{Kind: "kms/Key", Field: "whose alias is the days of rule"}}},
		},
		"SameList": {
			reason: "Lists are not compared.",
			checks: `[{every: s3/Rule, with: [{some: s3/Rule, same: {bucketRefs: bucketRefs}}]}]`,
			want:   Result{State: StateNotMet, Evidence: []Evidence{{Kind: "s3/Rule", Field: "whose bucketRefs is the bucketRefs of rule"}}},
		},
		"Root": {
			reason: "A path with a slash should begin at the object.",
			checks: `[{every: kms/Key, has: {"/metadata.annotations[a.b/c]": key, "/metadata[name]": key-name}}]`,
			want:   Result{State: StateMet, Evidence: []Evidence{{Resource: "key", Kind: "kms/Key", Field: "/metadata.annotations[a.b/c]"}, {Resource: "key", Kind: "kms/Key", Field: "/metadata[name]"}}},
		},
		"OptIn": {
			reason:   "What was not asked for is not missing.",
			checks:   `[{some: s3/Object}]`,
			standing: OptIn,
			want:     Result{State: StateOptIn},
		},
		"OptedIn": {
			reason:   "What was asked for and is there is met.",
			checks:   `[{some: kms/Key}]`,
			standing: OptIn,
			want:     Result{State: StateMet, Evidence: []Evidence{{Resource: "key", Kind: "kms/Key"}}},
		},
		"NotApplicable": {
			reason:   "It does not apply as long as its reason holds.",
			checks:   `[{none: s3/Object}]`,
			standing: NotApplicable,
			want:     Result{State: StateNotApplicable, Evidence: []Evidence{{Kind: "s3/Object"}}},
		},
		"Applies": {
			reason:   "Once its reason does not hold, somebody has to look at it.",
			checks:   `[{none: kms/Key}]`,
			standing: NotApplicable,
			want:     Result{State: StateNotMet, Evidence: []Evidence{{Resource: "key", Kind: "kms/Key", Want: "none"}}},
		},
		"SaidOnce": {
			reason: "Two checks of a field should not tell it twice.",
			checks: `[{every: kms/Key, has: {alias: main}}, {every: kms/Key, has: {alias: {set: true}}}]`,
			want:   Result{State: StateMet, Evidence: []Evidence{{Resource: "key", Kind: "kms/Key", Field: "alias"}}},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			control := Control{ID: "A", Title: "One", Tier: "network", Severity: Low, Default: Included, Checks: checksOf(t, tc.checks), Accepted: tc.accepted}
			if tc.standing != "" {
				control.Default, control.How, control.Reason = tc.standing, "Ask.", map[Default]string{NotApplicable: "None."}[tc.standing]
			}
			c, err := New(control)
			if err != nil {
				t.Fatal(err)
			}
			stack := stackOf(t, twoBuckets)
			got := c.Evaluate(stack, nil)[0]
			tc.want.ID = "A"
			if diff := cmp.Diff(tc.want, got, cmpopts.IgnoreFields(Result{}, "Control"), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("\n%s\nEvaluate(...): -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(Totals{tc.want.State: 1}, c.Totals(stack, nil)); diff != "" {
				t.Errorf("\n%s\nTotals(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestEvidenceString(t *testing.T) {
	cases := map[string]struct {
		reason   string
		evidence Evidence
		want     string
	}{
		"Field":    {reason: "A field should be found by its resource.", evidence: Evidence{Resource: "vpc", Kind: "ec2/VPC", Field: "tags"}, want: "vpc tags"},
		"Breaks":   {reason: "What breaks should say what it is and should be.", evidence: Evidence{Resource: "db", Kind: "rds/Instance", Field: "port", Value: "5432", Want: "not 5432"}, want: "db port is 5432, expected not 5432"},
		"Absent":   {reason: "What is not there has a kind only.", evidence: Evidence{Kind: "ec2/VPC"}, want: "no ec2/VPC"},
		"Unwanted": {reason: "What should not be there should say so.", evidence: Evidence{Resource: "vpc", Kind: "ec2/VPC", Want: "none"}, want: "vpc, expected none"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tc.evidence.String()); diff != "" {
				t.Errorf("\n%s\nString(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestAbout(t *testing.T) {
	cases := map[string]struct {
		reason string
		about  string
		want   State
	}{
		"There":     {reason: "A control should apply where there is what it is about.", about: `[{some: s3/Object}, {some: s3/Bucket, where: {days: 7}}]`, want: StateMet},
		"NotThere":  {reason: "It should not apply where there is none of it.", about: `[{some: s3/Object}, {some: s3/Bucket, where: {days: 8}}]`, want: StateNotApplicable},
		"OfAll":     {reason: "One that is about nothing in particular should apply always.", about: `[]`, want: StateMet},
		"WithFault": {reason: "What it is about should not have to be right.", about: `[{some: s3/Block, has: {enabled: true}}]`, want: StateMet},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			c, err := New(Control{
				ID: "A", Title: "A", Tier: "network", Severity: Low, Default: Included,
				About: checksOf(t, tc.about), Checks: checksOf(t, `[{every: kms/Key, has: {alias: main}}]`),
			})
			if err != nil {
				t.Fatal(err)
			}
			stack := stackOf(t, twoBuckets)
			if diff := cmp.Diff(tc.want, c.Evaluate(stack, nil)[0].State); diff != "" {
				t.Errorf("\n%s\nEvaluate(...): -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(Totals{tc.want: 1}, c.Totals(stack, nil)); diff != "" {
				t.Errorf("\n%s\nTotals(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestElsewhere(t *testing.T) {
	cases := map[string]struct {
		reason    string
		elsewhere Elsewhere
		want      State
	}{
		"Own":   {reason: "A stack that lacks its own trail does not meet the control.", want: StateNotMet},
		"Other": {reason: "Nor does one whose account owns something else.", elsewhere: func(kind string) bool { return kind == "s3/Bucket" }, want: StateNotMet},
		"Trail": {reason: "The control does not apply to a stack whose account has the trail.", elsewhere: func(kind string) bool { return kind == "cloudtrail/Trail" }, want: StateNotApplicable},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			c, err := New(Control{ID: "A", Title: "A", Tier: "audit", Severity: Low, Default: Included, Checks: checksOf(t, `[{every: cloudtrail/Trail, has: {enableLogging: true}}]`)})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(Totals{tc.want: 1}, c.Totals(nil, tc.elsewhere)); diff != "" {
				t.Errorf("\n%s\nTotals(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
