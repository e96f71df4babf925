package controls

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// message returns the text of an error.
func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestAll(t *testing.T) {
	counts := map[Default]int{}
	var unchecked, tiers []string
	for _, c := range All().Controls() {
		counts[c.Default]++
		if len(c.Checks) == 0 {
			unchecked = append(unchecked, c.ID)
		}
		if !slices.Contains(tiers, c.Tier) {
			tiers = append(tiers, c.Tier)
		}
	}
	if diff := cmp.Diff(map[Default]int{Included: 217, OptIn: 104, NotApplicable: 46}, counts); diff != "" {
		t.Errorf("\nA control changes its default on purpose only.\n-want, +got:\n%s", diff)
	}
	// Account settings and states, and kinds that the provider lacks.
	want := []string{"NET-30", "NET-43", "CDN-33", "MAI-03", "DB-38", "IAM-24", "SEC-04"}
	if diff := cmp.Diff(want, unchecked); diff != "" {
		t.Errorf("\nOf no other control can nothing be said.\nwithout checks: -want, +got:\n%s", diff)
	}
	want = slices.DeleteFunc(order(), func(tier string) bool { return !slices.Contains(tiers, tier) })
	if diff := cmp.Diff(want, tiers); diff != "" {
		t.Errorf("\nControls come in the order of the tiers.\n-want, +got:\n%s", diff)
	}
}

func TestMust(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("\nA binary with a broken catalogue should not start.\nmust(...): want panic")
		}
	}()
	must(load([]byte("[")))
}

func TestLoad(t *testing.T) {
	one := func(tier, id string) string {
		return `{"tier": "` + tier + `", "controls": [{"id": "` + id + `", "title": "One", "severity": "low", "default": "included", "checks": [{"every": "ec2/VPC"}]}]}`
	}
	cases := map[string]struct {
		reason string
		files  []string
		want   []string
		err    string
	}{
		"InOrder": {
			reason: "Controls should be in the order of the tiers, and within them in that of the files.",
			files:  []string{one("secrets", "A"), one("network", "C"), one("network", "B")},
			want:   []string{"C", "B", "A"},
		},
		"Twice": {
			reason: "An id should name one control.",
			files:  []string{one("network", "A"), one("network", "A")},
			err:    "control A: another control has the same ID",
		},
		"UnknownField": {
			reason: "A misspelt word should not pass for nothing.",
			files:  []string{strings.ReplaceAll(one("network", "A"), "title", "titel")},
			err:    `the catalog is not valid: json: unknown field "titel"`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			c, err := load([]byte("[" + strings.Join(tc.files, ",") + "]"))
			if diff := cmp.Diff(tc.err, message(err)); diff != "" {
				t.Fatalf("\n%s\nload(...): -want error, +got error:\n%s", tc.reason, diff)
			}
			if err != nil {
				return
			}
			var got []string
			for _, control := range c.Controls() {
				got = append(got, control.ID)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nload(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestNewRefuses(t *testing.T) {
	cases := map[string]struct {
		reason string
		change func(*Control)
		want   string
	}{
		"NoID":           {reason: "A control needs a name.", change: func(c *Control) { c.ID = "" }, want: "control : id is missing"},
		"NoTitle":        {reason: "A control should say what is true.", change: func(c *Control) { c.Title = "" }, want: "control A: title is missing"},
		"Tier":           {reason: "The document has a chapter for each tier.", change: func(c *Control) { c.Tier = "net" }, want: `control A: tier: "net" is not valid: use one of ` + strings.Join(order(), ", ")},
		"Severity":       {reason: "Severities are compared.", change: func(c *Control) { c.Severity = "bad" }, want: `control A: severity: "bad" is not valid: use one of critical, high, medium, low`},
		"Default":        {reason: "A control is one of three.", change: func(c *Control) { c.Default = "yes" }, want: `control A: default: "yes" is not valid: use one of included, opt-in, not-applicable`},
		"Framework":      {reason: "Readers look for frameworks by their names.", change: func(c *Control) { c.Frameworks = map[Framework][]string{"iso": {"1"}} }, want: `control A: frameworks: "iso" is not valid: use one of fsbp, securityHub, cis, pci, trivy, checkov, kics, kicsCrossplane`},
		"Exception":      {reason: "What is left out is so for a reason.", change: func(c *Control) { c.Accepted = []Exception{{Resource: "vpc"}} }, want: `control A: accepted[0] requires "resource" (a glob pattern) and "reason"`},
		"Report":         {reason: "A report is about a check that asks for the control.", change: func(c *Control) { c.Reported = []Report{{Check: "T1", Resource: "vpc", Reason: "Because."}} }, want: `control A: reported[0] requires "check" (a scanner check in the control's frameworks), "resource" (a glob pattern) and "reason"`},
		"NoReason":       {reason: "What does not apply does not for a reason.", change: func(c *Control) { c.Default = NotApplicable }, want: `control A: a control with default not-applicable requires the field "reason"`},
		"NoHow":          {reason: "What can be asked for says how.", change: func(c *Control) { c.Default = OptIn }, want: `control A: a control with default opt-in requires the field "how"`},
		"NoChecks":       {reason: "What is included is seen in resources.", change: func(c *Control) { c.Checks = nil }, want: `control A: a control with default included requires the field "checks"`},
		"ReasonForWhat":  {reason: "What applies needs no reason.", change: func(c *Control) { c.Reason = "Because." }, want: `control A: a control with default included cannot have the field "reason"`},
		"ExampleForWhat": {reason: "Every example has what is included.", change: func(c *Control) { c.Example = "claim" }, want: `control A: a control with default included cannot have the field "example"`},
		"NoKind":         {reason: "A check is about a kind.", change: func(c *Control) { c.Checks[0] = Check{} }, want: `control A: checks[0]: set exactly one of "every", "each", "some" and "none" to a kind, such as ec2/Subnet`},
		"TwoKinds":       {reason: "A check is about one kind.", change: func(c *Control) { c.Checks[0].None = "ec2/VPC" }, want: `control A: checks[0]: set exactly one of "every", "each", "some" and "none" to a kind, such as ec2/Subnet`},
		"Kind":           {reason: "A kind has a service.", change: func(c *Control) { c.Checks[0].Every = "VPC" }, want: `control A: checks[0]: kind "VPC" is not valid: use the format service/Kind, such as ec2/Subnet`},
		"Resource":       {reason: "The name of a resource is a glob.", change: func(c *Control) { c.Checks[0].Resource = "[" }, want: `control A: checks[0].resource: "[" is not a valid glob pattern: syntax error in pattern`},
		"Outermost":      {reason: "There is nothing above the outermost check.", change: func(c *Control) { c.Checks[0].By = "vpcIdRef" }, want: `control A: checks[0]: "by", "behind" and "same" refer to a parent check: use them only in checks below "with"`},
		"NoRelation":     {reason: "A related resource is related somehow.", change: func(c *Control) { c.Checks[0].With = []Check{{Some: "ec2/Subnet"}} }, want: `control A: checks[0].with[0]: set exactly one of "by" (a field that refers to the parent check's resource), "behind" (a field of the parent check's resource that refers to this resource) and "same" (fields with the same value in both resources)`},
		"By":             {reason: "A relation is a field.", change: func(c *Control) { c.Checks[0].With = []Check{{Some: "ec2/Subnet", By: "a..b"}} }, want: "control A: checks[0].with[0].by: " + pathError("a..b")},
		"Behind":         {reason: "A relation is a field.", change: func(c *Control) { c.Checks[0].With = []Check{{Some: "ec2/Subnet", Behind: "[a"}} }, want: "control A: checks[0].with[0].behind: " + pathError("[a")},
		"Same":           {reason: "A relation is a pair of fields.", change: func(c *Control) { c.Checks[0].With = []Check{{Some: "ec2/Subnet", Same: map[string]string{"a": "b."}}} }, want: "control A: checks[0].with[0].same: " + pathError("b.")},
		"NoneWith": {reason: "Nothing can be said of what relates to nothing.", change: func(c *Control) {
			c.Checks[0] = Check{None: "ec2/VPC", With: []Check{{Some: "ec2/Subnet", By: "vpcIdRef"}}}
		}, want: `control A: checks[0]: "none" cannot be combined with "with": remove "with", or use "none" only in the innermost check`},
		"ElseOfEach": {reason: "Each holds of none, so nothing else is ever asked.", change: func(c *Control) {
			c.Checks[0] = Check{Each: "ec2/VPC", Else: []Check{{Some: "ec2/Subnet"}}}
		}, want: `control A: checks[0]: "else" can be used only with "every" or "some": remove "else"`},
		"Else": {reason: "What else is asked is a check too.", change: func(c *Control) {
			c.Checks[0] = Check{Every: "ec2/VPC", Else: []Check{{Some: "Subnet"}}}
		}, want: `control A: checks[0].else[0]: kind "Subnet" is not valid: use the format service/Kind, such as ec2/Subnet`},
		"Where":      {reason: "Where is fields.", change: func(c *Control) { c.Checks[0].Where = map[string]any{} }, want: "control A: checks[0].where: add at least one field with an expectation"},
		"Path":       {reason: "A path leads somewhere.", change: func(c *Control) { c.Checks[0].Has = map[string]any{"/": true} }, want: "control A: checks[0].has: " + pathError("/")},
		"Nothing":    {reason: "Something is expected.", change: func(c *Control) { c.Checks[0].Has = map[string]any{"a": map[string]any{}} }, want: "control A: checks[0].has[a]: the expectation is empty: use a value, a list of values, or operators"},
		"NoValues":   {reason: "One of none is nothing.", change: func(c *Control) { c.Checks[0].Has = map[string]any{"a": []any{}} }, want: "control A: checks[0].has[a]: the expectation is empty: use a value, a list of values, or operators"},
		"Null":       {reason: "Absence has a word of its own.", change: func(c *Control) { c.Checks[0].Has = map[string]any{"a": nil} }, want: "control A: checks[0].has[a]: <nil> is not a string, number or boolean"},
		"Operator":   {reason: "Operators are few.", change: func(c *Control) { c.Checks[0].Has = map[string]any{"a": map[string]any{"is": 1.0}} }, want: `control A: checks[0].has[a]: unknown operator "is": use one of atLeast, atMost, contains, every, items, matches, none, not, set, some`},
		"Number":     {reason: "A bound is a number.", change: func(c *Control) { c.Checks[0].Has = map[string]any{"a": map[string]any{"atLeast": "7"}} }, want: "control A: checks[0].has[a].atLeast: 7 is not a number"},
		"Bool":       {reason: "There or not there.", change: func(c *Control) { c.Checks[0].Has = map[string]any{"a": map[string]any{"set": "yes"}} }, want: "control A: checks[0].has[a].set: yes is not a boolean: use true or false"},
		"Expression": {reason: "An expression is one.", change: func(c *Control) { c.Checks[0].Has = map[string]any{"a": map[string]any{"matches": "("}} }, want: "control A: checks[0].has[a].matches: ( is not a valid regular expression (RE2 syntax)"},
		"Item":       {reason: "Items have fields.", change: func(c *Control) { c.Checks[0].Has = map[string]any{"a": map[string]any{"some": "b"}} }, want: "control A: checks[0].has[a].some: add at least one field with an expectation"},
		"Related":    {reason: "What is wrong below is told too.", change: func(c *Control) { c.Checks[0].With = []Check{{By: "vpcIdRef"}} }, want: `control A: checks[0].with[0]: set exactly one of "every", "each", "some" and "none" to a kind, such as ec2/Subnet`},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			c := Control{ID: "A", Title: "One", Tier: "network", Severity: Low, Default: Included, Checks: []Check{{Every: "ec2/VPC"}}}
			tc.change(&c)
			_, err := New(c)
			if diff := cmp.Diff(tc.want, message(err)); diff != "" {
				t.Errorf("\n%s\nNew(...): -want error, +got error:\n%s", tc.reason, diff)
			}
		})
	}
}

func pathError(path string) string {
	return `path "` + path + `" is not valid: separate names with dots, as in rule.status; enclose names that contain dots in brackets; to start at the object's root, begin with a slash; to refer to the list item itself, use a single dot`
}

func TestSeverityAtLeast(t *testing.T) {
	if !High.AtLeast(High) || !Critical.AtLeast(Low) || Low.AtLeast(Medium) {
		t.Error("\nSeverities should go from critical to low.\nAtLeast(...) is wrong")
	}
}
