package source

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// thing is a service of the provider with each kind of resource.
const thing = `package thing

// @SDKResource("aws_thing", name="Thing")
func resourceThing() *schema.Resource {
	return &schema.Resource{
		CustomizeDiff: customdiff.All(
			checkThing,
			thingDiff,
			customdiff.ForceNewIfChange(names.AttrName, func() bool { return true }),
			func() error { return nil },
			verify.SetTagsDiff,
		),
		SchemaFunc: func() map[string]*schema.Schema {
			prefix := "^thing"
			endpoint := func(length int) *schema.Schema {
				return &schema.Schema{Elem: &schema.Resource{Schema: map[string]*schema.Schema{
					names.AttrName: {ValidateFunc: validation.StringMatch(regexache.MustCompile(prefix), "")},
				}}}
			}
			return map[string]*schema.Schema{
				names.AttrName: {ValidateFunc: validName(64)},
				"parameter": {Elem: &schema.Resource{Schema: map[string]*schema.Schema{
					names.AttrName: {Required: true},
					"value":        {ValidateFunc: validValue},
				}}},
				"endpoint":  endpoint(3),
				"shared":    sharedSchema(),
				"tags":      tftags.TagsSchema(),
				"arn":       {ValidateDiagFunc: validation.ToDiagFunc(verify.ValidARN)},
				"mode":      {ValidateDiagFunc: enum.Validate[types.Mode]()},
				"size":      {ValidateFunc: validation.Any(validation.StringMatch(regexache.MustCompile("^a"), ""), verify.ValidSize)},
				"label":     {ValidateFunc: validation.All(validation.StringDoesNotMatch(reserved, ""), validation.StringIsNotEmpty, validLabel)},
				"optional":  {ValidateFunc: validOptional},
				"inline":    {ValidateFunc: func(v any, k string) (ws []string, errors []error) {
					pattern := "^[a-z]+$"
					if !regexache.MustCompile(pattern).MatchString(v.(string)) {
						errors = append(errors, fmt.Errorf("no"))
					}
					return
				}},
				"protocol": {ValidateFunc: func(v any, k string) (ws []string, errors []error) {
					_, err := protocolNumber(v.(string))
					if err != nil {
						errors = append(errors, err)
					}
					return
				}},
				"owners": {Type: schema.TypeList, Elem: &schema.Schema{ValidateFunc: verify.ValidAccountID}},
				"labels": {Type: schema.TypeMap, Elem: &schema.Schema{ValidateFunc: verify.ValidAccountID}},
				"deep":   {ValidateFunc: validDeep(3)},
				"shadow": {ValidateFunc: validShadow("x")},
			}
		},
	}
}

const (
	start    = "^"
	validSet = start + "[a-z" + names.AttrDigits + "]+$"
)

var (
	reserved     = regexache.MustCompile("^aws")
	thingDiff    = customdiff.Sequence(checkOther)
	sharedSchema = sync.OnceValue(func() *schema.Schema {
		return &schema.Schema{Elem: &schema.Resource{Schema: map[string]*schema.Schema{"id": {ValidateFunc: verify.ValidARN}}}}
	})
)

func validName(length int) schema.SchemaValidateFunc {
	return validation.All(validation.StringLenBetween(1, length), validation.StringMatch(regexache.MustCompile(validSet), ""))
}

func validDeep(n int) schema.SchemaValidateFunc {
	if n == 0 {
		return verify.ValidARN
	}
	return validDeep(n - 1)
}

func validShadow(pattern string) schema.SchemaValidateFunc {
	pattern := "^" + pattern
	return validation.StringMatch(regexache.MustCompile(pattern), "")
}

func validValue(v any, k string) (ws []string, errors []error) {
	value, ok := v.(string)
	if !ok {
		errors = append(errors, fmt.Errorf("no text"))
	}
	if !regexache.MustCompile("^v").MatchString(value) {
		errors = append(errors, fmt.Errorf("no"))
	}
	if regexache.MustCompile("--").MatchString(value) {
		errors = append(errors, fmt.Errorf("no"))
	}
	return
}

func validOptional(v any, k string) (ws []string, errors []error) {
	if v.(string) == "" {
		return
	}
	if !regexache.MustCompile("^v").MatchString(v.(string)) {
		errors = append(errors, fmt.Errorf("no"))
	}
	return
}

func validLabel(v any, k string) (ws []string, errors []error) { return }

func checkThing() error { return nil }
`

// framework is a resource whose methods return its schema.
const framework = `package modern

// @FrameworkResource("aws_modern", name="Modern")
func newModernResource(context.Context) (resource.ResourceWithConfigure, error) {
	r := &modernResource{}
	return r, nil
}
`

// read reads the services above.
func read(t *testing.T) map[string]Resource {
	t.Helper()
	dir := t.TempDir()
	for path, text := range map[string]string{
		"names/names.go":                        "package names\nconst (\n\tAttrName = \"name\"\n\tAttrDigits = \"0-9\"\n)\n",
		"internal/service/thing/thing.go":       thing,
		"internal/service/thing/thing_test.go":  "package thing\nfunc validName() {}\n",
		"internal/service/modern/modern.go":     framework,
		"internal/service/others/not_parsed.go": "no Go",
	} {
		file := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r, err := NewReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	out, err := r.Read([]string{"aws_thing", "aws_modern", "aws_missing"})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestRead(t *testing.T) {
	type summary struct {
		File          string
		CustomizeDiff []string
	}
	got := map[string]summary{}
	for name, r := range read(t) {
		got[name] = summary{File: r.File, CustomizeDiff: r.CustomizeDiff}
	}
	want := map[string]summary{
		"aws_modern": {File: "internal/service/modern/modern.go"},
		"aws_thing": {
			File: "internal/service/thing/thing.go",
			CustomizeDiff: []string{
				"checkThing", "checkOther", "customdiff.ForceNewIfChange(name) at thing.go:9", "func at thing.go:10", "verify.SetTagsDiff",
			},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\nEach annotated function is a resource.\nRead(...): -want, +got:\n%s", diff)
	}
}

func TestChecks(t *testing.T) {
	type want struct {
		checks Checks
		shown  bool
	}
	cases := map[string]struct {
		reason   string
		resource string
		path     string
		want     want
	}{
		"Function": {
			reason: "The result of a function has its patterns, with the constants that they are made of.",
			path:   "name",
			want:   want{checks: Checks{Patterns: []string{"^[a-z0-9]+$"}, Validators: []string{"validName"}}, shown: true},
		},
		"NestedOfSameName": {reason: "An argument of a block is not the resource's argument of that name.", path: "parameter.name", want: want{shown: true}},
		"Conditions": {
			reason: "A function's own code refuses what matches, or what does not.",
			path:   "parameter.value",
			want:   want{checks: Checks{Patterns: []string{"^v"}, Forbidden: []string{"--"}, Validators: []string{"validValue"}}, shown: true},
		},
		"EarlyReturn": {
			reason: "What a function checks of some values only is no rule for all.",
			path:   "optional",
			want:   want{checks: Checks{Validators: []string{"validOptional"}}, shown: true},
		},
		"Inline": {reason: "A function without a name has patterns too.", path: "inline", want: want{checks: Checks{Patterns: []string{"^[a-z]+$"}}, shown: true}},
		"Calls": {
			reason: "A function without a name is called as the one that it asks.",
			path:   "protocol",
			want:   want{checks: Checks{Validators: []string{"protocolNumber"}}, shown: true},
		},
		"LocalFunction": {
			reason: "Functions in a function see its variables.",
			path:   "endpoint.name",
			want:   want{checks: Checks{Patterns: []string{"^thing"}}, shown: true},
		},
		"SharedSchema": {reason: "A schema can be in a variable.", path: "shared.id", want: want{checks: Checks{Validators: []string{"verify.ValidARN"}}, shown: true}},
		"OtherPackage": {reason: "A schema of another package is not shown.", path: "tags"},
		"Unknown":      {reason: "Nor is what does not exist.", path: "parameter.missing"},
		"BelowText":    {reason: "Nor what is below a text.", path: "arn.name"},
		"Wrapped":      {reason: "A function can be wrapped for the newer interface.", path: "arn", want: want{checks: Checks{Validators: []string{"verify.ValidARN"}}, shown: true}},
		"MessagesTell": {reason: "The name of a function whose messages show its limits adds nothing.", path: "mode", want: want{shown: true}},
		"Any":          {reason: "One of several functions is enough.", path: "size", want: want{checks: Checks{Alternatives: true}, shown: true}},
		"All": {
			reason: "All of several functions must accept the value.",
			path:   "label",
			want:   want{checks: Checks{Forbidden: []string{"^aws"}, Validators: []string{"validation.StringIsNotEmpty", "validLabel"}}, shown: true},
		},
		"Items":     {reason: "Items of a list are checked one by one.", path: "owners", want: want{checks: Checks{Validators: []string{"verify.ValidAccountID"}}, shown: true}},
		"Map":       {reason: "The values of a map are not the map.", path: "labels", want: want{shown: true}},
		"Recursion": {reason: "A function that calls itself ends.", path: "deep", want: want{checks: Checks{Validators: []string{"validDeep"}}, shown: true}},
		"Shadow":    {reason: "A variable can have the name of what it is made of.", path: "shadow", want: want{checks: Checks{Patterns: []string{"^x"}, Validators: []string{"validShadow"}}, shown: true}},
		"Framework": {reason: "A resource of the plugin framework shows its rules at run time.", resource: "aws_modern", path: "name"},
	}
	resources := read(t)
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if tc.resource == "" {
				tc.resource = "aws_thing"
			}
			got := want{}
			got.checks, got.shown = resources[tc.resource].Checks(tc.path)
			if diff := cmp.Diff(tc.want, got, cmp.AllowUnexported(want{})); diff != "" {
				t.Errorf("\n%s\nChecks(%s): -want, +got:\n%s", tc.reason, tc.path, diff)
			}
		})
	}
}
