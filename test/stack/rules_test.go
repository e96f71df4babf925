package stack

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	xpv1 "github.com/crossplane/crossplane-runtime/v2/apis/common/v1"
	"github.com/crossplane/crossplane-runtime/v2/pkg/meta"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/kinds"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/rules"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

// resolvedDir is the directory to which TestRules writes each example with resolved
// references, for `make rules`.
var resolvedDir = flag.String("resolved", "", "Directory to write what the provider would hold of each example to.")

// resolvedOnce caches the result for all tests, which do not change it.
var resolvedOnce map[string][]*unstructured.Unstructured

// resolved returns the resources of each ready example with resolved references, in
// one scope, because fields are the same in both.
func resolved(t *testing.T) map[string][]*unstructured.Unstructured {
	t.Helper()
	if resolvedOnce != nil {
		return resolvedOnce
	}
	out := map[string][]*unstructured.Unstructured{}
	for name, steps := range stacktest.Ways(t) {
		example, api, _ := strings.Cut(name, "/")
		if api != "namespaced" {
			continue
		}
		out[example] = managed(t, steps)
		slices.SortFunc(out[example], func(a, b *unstructured.Unstructured) int {
			return strings.Compare(stacktest.KindOf(a)+a.GetName(), stacktest.KindOf(b)+b.GetName())
		})
	}
	resolvedOnce = out
	return out
}

// managed returns the managed resources of a stack as they were last observed.
func managed(t *testing.T, steps []stacktest.Step) []*unstructured.Unstructured {
	t.Helper()
	var out []*unstructured.Unstructured
	for _, r := range steps[len(steps)-1].Request.GetObserved().GetResources() {
		if u := stacktest.Object(t, r); scope.IsManaged(u.GetAPIVersion()) {
			out = append(out, u)
		}
	}
	return out
}

func TestRules(t *testing.T) {
	for example, resources := range resolved(t) {
		writeResolved(t, example, resources)
		mustAccept(t, example, resources)
	}
}

// mustAccept fails the test for resources that Terraform or AWS would reject, or
// that the provider would continuously change.
func mustAccept(t *testing.T, stack string, resources []*unstructured.Unstructured) {
	t.Helper()
	ruled, err := rules.Kinds()
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range resources {
		kind, ok := ruled[stacktest.KindOf(u)]
		if !ok {
			t.Errorf("\nThe rules of every kind must be known: run `make rules`.\n%s", stacktest.KindOf(u))
			continue
		}
		for _, v := range kind.Check(u) {
			t.Errorf("\nTerraform and AWS must accept every resource.\n%s, %s %s: %s", stack, stacktest.KindOf(u), u.GetName(), v)
		}
		if blocks := kind.Unsettled(u); len(blocks) > 0 {
			t.Errorf("\nThe provider must come to rest on every resource.\n%s, %s %s: %v", stack, stacktest.KindOf(u), u.GetName(), blocks)
		}
		if refused := rules.CheckPlan(stacktest.KindOf(u), u); refused != "" {
			t.Errorf("\nThe provider must be able to plan every resource.\n%s, %s %s: %s", stack, stacktest.KindOf(u), u.GetName(), refused)
		}
	}
}

func writeResolved(t *testing.T, example string, resources []*unstructured.Unstructured) {
	t.Helper()
	if *resolvedDir == "" {
		return
	}
	b := &strings.Builder{}
	for _, u := range resources {
		raw, err := yaml.Marshal(u.Object)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(b, "---\n%s", raw)
	}
	if err := os.WriteFile(filepath.Join(*resolvedDir, example+".yaml"), []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

// composedFields returns the fields in spec.forProvider that examples compose, by
// kind. A reference counts as its target field, and [] is a list item.
func composedFields(t *testing.T) map[string]map[string]bool {
	t.Helper()
	out := map[string]map[string]bool{}
	for _, resources := range resolved(t) {
		for _, u := range resources {
			kind := stacktest.KindOf(u)
			if out[kind] == nil {
				out[kind] = map[string]bool{}
			}
			forProvider, _, _ := unstructured.NestedMap(u.Object, "spec", "forProvider")
			collect(out[kind], "", forProvider)
		}
	}
	return out
}

func collect(paths map[string]bool, at string, value any) {
	switch v := value.(type) {
	case map[string]any:
		for name, field := range v {
			path := strings.TrimPrefix(at+"."+name, ".")
			paths[path] = true
			collect(paths, path, field)
		}
	case []any:
		for _, item := range v {
			if m, ok := item.(map[string]any); ok {
				collect(paths, at+"[]", m)
			}
		}
	}
}

// fixedForOthers lists fields that internal/kinds treats as mutable although
// Terraform would try to change them, with the reason.
var fixedForOthers = map[string]string{
	"configservice/RemediationConfiguration configRuleName": "It is the external name, which no resource changes.",
	"elasticache/Cluster nodeType":                          "Of memcached, Terraform's plan makes another cluster for it.",
	"inspector2/Enabler accountIds":                         "Terraform enables the new accounts and disables the old ones: the stack's own is no longer scanned.",
	"networkfirewall/RuleGroup type":                        "Terraform updates it, and AWS does not find a rule group of another type.",
	"opensearch/Domain encryptAtRest":                       "Terraform makes another domain for another key within, and AWS never switches encryption off.",
	"rds/ClusterInstance performanceInsightsKmsKeyId":       "AWS refuses another key as long as Performance Insights is on.",
	"rds/Instance performanceInsightsKmsKeyId":              "AWS refuses another key as long as Performance Insights is on.",
	"rds/Instance dbSubnetGroupName":                        "AWS moves an instance only into another VPC, with an outage, and not if it is Multi-AZ.",
	"lambda/Invocation input":                               "Another input is another run, under another name.",
	"rds/Instance identifier":                               "AWS renames it, and every endpoint with it.",
	"route53/Record setIdentifier":                          "Route 53 tells records of a name and type apart by it: another one is another record.",
	"ssm/ServiceSetting settingId":                          "Terraform sets the other setting and leaves this one as it is.",
}

// changesWithin lists blocks for which Terraform replaces a resource only if they
// are added or removed, with the reason.
var changesWithin = map[string]string{
	"opensearch/Domain vpcOptions": "Subnets and security groups change in place; a domain always has the block.",
}

func TestReplacedIsTerraform(t *testing.T) {
	ruled, err := rules.Kinds()
	if err != nil {
		t.Fatal(err)
	}
	fields := composedFields(t)
	for _, name := range kinds.Names() {
		known, _ := kinds.Of(name)
		kind, fixed := ruled[name], known.Immutable
		for _, path := range kind.ForceNew() {
			top, _, _ := strings.Cut(path, ".")
			if fields[name][path] && path != "region" && changesWithin[name+" "+path] == "" && !slices.Contains(fixed, strings.TrimSuffix(top, "[]")) {
				t.Errorf("\nWhat Terraform makes another resource for is listed in its row of internal/kinds (Immutable).\n%s %s", name, path)
			}
		}
		for _, field := range fixed {
			if _, ok := kind.Fields[field]; !ok && strings.HasSuffix(field, "Refs") {
				continue // The reference counts as the field that it resolves to.
			}
			if _, known := fixedForOthers[name+" "+field]; known == kind.Fields[field].ForceNew {
				t.Errorf("\nWhat cannot change is what Terraform makes another resource for, or has a reason of its own.\n%s %s: replaces %v, reason given %v", name, field, kind.Fields[field].ForceNew, known)
			}
		}
	}
}

// indexed matches a path in the function's source code that reads a list item by
// index in the status.
var indexed = regexp.MustCompile(`"(status\.atProvider\.[^"]*\[[^"]*)"`)

// number matches a list index, including one with a format verb.
var number = regexp.MustCompile(`\[[^\]]*\]`)

// readsAnyElement lists facts that may read any element of a set that collapses,
// with the reason.
var readsAnyElement = map[string]string{
	"status.atProvider.grant[0].id": "The account's own grant is in the set unless only others' are shown, which it checks.",
}

func TestFactsOfSets(t *testing.T) {
	ruled, err := rules.Kinds()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join("internal", "*", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(filepath.Clean(file))
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, m := range indexed.FindAllStringSubmatch(string(raw), -1) {
			if set := collapsing(ruled, m[1]); set != "" && readsAnyElement[m[1]] == "" {
				t.Errorf("\nNo fact reads an element of a set that shows one of several.\n%s: %s, of which %s", file, m[1], set)
			}
		}
	}
	if collapsing(ruled, "status.atProvider.grant[1].permissions") == "" {
		t.Error("\nThe test knows such a set when it sees one.")
	}
}

// collapsing returns the set in a path that collapses to one of several objects. It
// is empty if there is none.
func collapsing(ruled map[string]rules.Kind, path string) string {
	path = number.ReplaceAllString(strings.TrimPrefix(path, "status.atProvider."), "[]")
	for name, kind := range ruled {
		for set, by := range kind.ToldApartBy {
			if strings.HasPrefix(path, set+"[]") {
				return fmt.Sprintf("%s tells apart by %v", name, by)
			}
		}
	}
	return ""
}

// TestPlans verifies that all checks in CustomizeDiff were reviewed.
func TestPlans(t *testing.T) {
	ruled, err := rules.Kinds()
	if err != nil {
		t.Fatal(err)
	}
	plans, err := rules.Plans()
	if err != nil {
		t.Fatal(err)
	}
	for name, kind := range ruled {
		if diff := cmp.Diff(kind.CustomizeDiff, plans[name].Functions); diff != "" {
			t.Errorf("\ninternal/rules/plan.yaml says what each function of CustomizeDiff asks for.\n%s, %s: -want, +got:\n%s", name, kind.Source, diff)
		}
	}
}

// externalName returns the external name of an observed resource. It is empty if
// there is none.
func externalName(observed *fnv1.Resource) string {
	metadata := observed.GetResource().GetFields()["metadata"].GetStructValue()
	return metadata.GetFields()["annotations"].GetStructValue().GetFields()[meta.AnnotationKeyExternalName].GetStringValue()
}

// lateInitialized returns the fields that the provider fills in if an example omits
// them, by kind. A field is true if the resource's management policies allow it at
// some step.
func lateInitialized(t *testing.T, ruled map[string]rules.Kind) map[string]map[string]bool {
	t.Helper()
	out := map[string]map[string]bool{}
	late := map[string][]string{} // The fields of each kind, because listing them is slow.
	for name, steps := range stacktest.Ways(t) {
		if !strings.HasSuffix(name, "/namespaced") {
			continue
		}
		for _, st := range steps {
			for resourceName, r := range st.Response.GetDesired().GetResources() {
				if externalName(st.Request.GetObserved().GetResources()[resourceName]) == "" {
					continue // The provider stores the name with late initialization.
				}
				if fields := r.GetResource().GetFields(); !scope.IsManaged(fields["apiVersion"].GetStringValue()) {
					continue
				}
				u := stacktest.Object(t, r)
				may := scope.Allows(u, xpv1.ManagementActionLateInitialize)
				kind := ruled[stacktest.KindOf(u)]
				if _, listed := late[kind.Type]; !listed {
					late[kind.Type] = kind.LateInitialized()
				}
				for _, field := range late[kind.Type] {
					if kind.Composes(u, field) {
						continue
					}
					if out[stacktest.KindOf(u)] == nil {
						out[stacktest.KindOf(u)] = map[string]bool{}
					}
					out[stacktest.KindOf(u)][field] = out[stacktest.KindOf(u)][field] || may
				}
			}
		}
	}
	return out
}

// TestLateInitialization verifies that there is a decision for every field that a
// stack omits and AWS fills in.
func TestLateInitialization(t *testing.T) {
	ruled, err := rules.Kinds()
	if err != nil {
		t.Fatal(err)
	}
	decisions := rules.LateInitializations()
	fields := lateInitialized(t, ruled)
	for kind, of := range fields {
		for field, may := range of {
			d, ok := decisions[kind][field]
			switch {
			case !ok:
				t.Errorf("\nWhether the provider may fill a field in is decided in its row of internal/kinds (FilledIn).\n%s %s", kind, field)
			case d.Dropped() && may:
				t.Errorf("\nThe provider must not fill in this field: leave LateInitialize out of the managementPolicies, or compose it.\n%s %s: %s", kind, field, d)
			}
		}
	}
	for kind, of := range decisions {
		for field, d := range of {
			if _, absent := fields[kind][field]; absent == d.Composed() {
				t.Errorf("\nA field is decided to be composed if and only if every resource of the kind has it.\n%s %s: %s", kind, field, d)
			}
		}
	}
}
