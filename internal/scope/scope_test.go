package scope

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	xpcommon "github.com/crossplane/crossplane-runtime/v2/apis/common"
	xpv1 "github.com/crossplane/crossplane-runtime/v2/apis/common/v1"
	"github.com/crossplane/crossplane-runtime/v2/pkg/resource"
	"github.com/google/go-cmp/cmp"
	ec2 "github.com/upbound/provider-aws/v2/apis/namespaced/ec2/v1beta1"
	rds "github.com/upbound/provider-aws/v2/apis/namespaced/rds/v1beta1"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/version"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/encode"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/providertypes"
)

// managed returns a resource with all fields that the desired set adds.
func managed(mg resource.ModernManaged, policies ...xpv1.ManagementAction) resource.ModernManaged {
	mg.SetName("shop-thing")
	mg.SetNamespace("team-a")
	mg.SetProviderConfigReference(&xpcommon.ProviderConfigReference{Kind: "ClusterProviderConfig", Name: "default"})
	mg.SetManagementPolicies(policies)
	return mg
}

func TestEncode(t *testing.T) {
	vpc := func() *ec2.VPC {
		return &ec2.VPC{
			Spec:   ec2.VPCSpec{ForProvider: ec2.VPCParameters_2{Region: new("eu-west-1"), CidrBlock: new("10.0.0.0/16"), EnableDNSSupport: new(false)}},
			Status: ec2.VPCStatus{AtProvider: ec2.VPCObservation_2{ID: new("vpc-0a1b")}},
		}
	}
	initial := vpc()
	initial.Spec.InitProvider.CidrBlock = new("10.0.0.0/16")
	cases := map[string]struct {
		reason string
		scope  Scope
		mg     resource.ModernManaged
		want   string
	}{
		"Namespaced": {
			reason: "The namespaced scope takes the provider's types as they are, without what the function does not decide.",
			scope:  Namespaced,
			mg:     managed(vpc()),
			want: `{"apiVersion":"ec2.aws.m.upbound.io/v1beta1","kind":"VPC","metadata":{"name":"shop-thing","namespace":"team-a"},
				"spec":{"forProvider":{"region":"eu-west-1","cidrBlock":"10.0.0.0/16","enableDnsSupport":false},"providerConfigRef":{"kind":"ClusterProviderConfig","name":"default"}}}`,
		},
		"NamespacedRetained": {
			reason: "There, what stays is said by management policies.",
			scope:  Namespaced,
			mg:     managed(vpc(), Managed(true, true)...),
			want: `{"apiVersion":"ec2.aws.m.upbound.io/v1beta1","kind":"VPC","metadata":{"name":"shop-thing","namespace":"team-a"},
				"spec":{"forProvider":{"region":"eu-west-1","cidrBlock":"10.0.0.0/16","enableDnsSupport":false},"providerConfigRef":{"kind":"ClusterProviderConfig","name":"default"},
				"managementPolicies":["Observe","Create","Update","LateInitialize"]}}`,
		},
		"Cluster": {
			reason: "The cluster scope has other groups, no namespace, and a single kind of provider config.",
			scope:  Cluster,
			mg:     managed(vpc()),
			want: `{"apiVersion":"ec2.aws.upbound.io/v1beta1","kind":"VPC","metadata":{"name":"shop-thing"},
				"spec":{"forProvider":{"region":"eu-west-1","cidrBlock":"10.0.0.0/16","enableDnsSupport":false},"providerConfigRef":{"name":"default"}}}`,
		},
		"ClusterRetained": {
			reason: "It says what stays by a deletion policy too, which readers of that scope look for.",
			scope:  Cluster,
			mg:     managed(vpc(), Managed(true, true)...),
			want: `{"apiVersion":"ec2.aws.upbound.io/v1beta1","kind":"VPC","metadata":{"name":"shop-thing"},
				"spec":{"forProvider":{"region":"eu-west-1","cidrBlock":"10.0.0.0/16","enableDnsSupport":false},"providerConfigRef":{"name":"default"},
				"managementPolicies":["Observe","Create","Update","LateInitialize"],"deletionPolicy":"Orphan"}}`,
		},
		"ClusterOtherPolicies": {
			reason: "Other policies say something else, which no deletion policy says.",
			scope:  Cluster,
			mg:     managed(vpc(), xpv1.ManagementActionObserve),
			want: `{"apiVersion":"ec2.aws.upbound.io/v1beta1","kind":"VPC","metadata":{"name":"shop-thing"},
				"spec":{"forProvider":{"region":"eu-west-1","cidrBlock":"10.0.0.0/16","enableDnsSupport":false},"providerConfigRef":{"name":"default"},"managementPolicies":["Observe"]}}`,
		},
		"ClusterVersion": {
			reason: "A kind may have a newer version there.",
			scope:  Cluster,
			mg:     managed(&rds.Instance{Spec: rds.InstanceSpec{ForProvider: rds.InstanceParameters{Region: new("eu-west-1"), Port: new(float64(5433))}}}),
			want: `{"apiVersion":"rds.aws.upbound.io/v1beta3","kind":"Instance","metadata":{"name":"shop-thing"},
				"spec":{"forProvider":{"region":"eu-west-1","port":5433},"providerConfigRef":{"name":"default"}}}`,
		},
		"InitialValues": {
			reason: "Values that count only at creation are kept where there are any.",
			scope:  Namespaced,
			mg:     managed(initial),
			want: `{"apiVersion":"ec2.aws.m.upbound.io/v1beta1","kind":"VPC","metadata":{"name":"shop-thing","namespace":"team-a"},
				"spec":{"forProvider":{"region":"eu-west-1","cidrBlock":"10.0.0.0/16","enableDnsSupport":false},"initProvider":{"cidrBlock":"10.0.0.0/16"},"providerConfigRef":{"kind":"ClusterProviderConfig","name":"default"}}}`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := tc.scope.Encode(tc.mg)
			if err != nil {
				t.Fatalf("\n%s\nEncode(...): %v", tc.reason, err)
			}
			want := map[string]any{}
			if err := json.Unmarshal([]byte(tc.want), &want); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got.AsMap()); diff != "" {
				t.Errorf("\n%s\nEncode(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestEncodeRefuses(t *testing.T) {
	cases := map[string]struct {
		reason string
		mg     resource.ModernManaged
		want   string
	}{
		"UnknownKind": {
			reason: "A type that is neither a model nor the provider's has no kind.",
			mg:     &unknown{},
			want:   "*scope.unknown is not a managed resource: use a type of internal/models",
		},
		"NotJSON": {
			reason: "A number that JSON does not have has no place in an object.",
			mg:     &rds.Instance{Spec: rds.InstanceSpec{ForProvider: rds.InstanceParameters{Port: new(math.NaN())}}},
			want:   "cannot encode *v1beta1.Instance: json: unsupported value: NaN",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := Cluster.Encode(tc.mg)
			if err == nil || !strings.HasPrefix(err.Error(), tc.want) {
				t.Errorf("\n%s\nEncode(...): want an error that begins %q, got %v", tc.reason, tc.want, err)
			}
			if got != nil {
				t.Errorf("\n%s\nEncode(...): want no object, got %v", tc.reason, got)
			}
		})
	}
}

// composable returns all kinds that tiers can compose.
func composable(t *testing.T) map[schema.GroupVersionKind]reflect.Type {
	t.Helper()
	out := map[schema.GroupVersionKind]reflect.Type{}
	for gvk, typ := range providertypes.Scheme.AllKnownTypes() {
		if _, ok := reflect.New(typ).Interface().(resource.ModernManaged); ok {
			out[gvk] = typ
		}
	}
	if len(out) < 200 {
		t.Fatalf("only %d kinds are known", len(out))
	}
	return out
}

// fill sets every field of a value to a non-empty value.
func fill(v reflect.Value) {
	switch v.Kind() { //nolint:exhaustive // The provider's parameters have no other kinds.
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i))
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.Map:
		value := reflect.New(v.Type().Elem()).Elem()
		fill(value)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf("key"), value)
	case reflect.String:
		v.SetString("text")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float64:
		v.SetFloat(1.5)
	case reflect.Int64:
		v.SetInt(7)
	}
}

// All fields that a tier sets in any kind are kept in both scopes.
func TestEncodeLosesNothing(t *testing.T) {
	for gvk, typ := range composable(t) {
		mg := reflect.New(typ)
		parameters := mg.Elem().FieldByName("Spec").FieldByName("ForProvider")
		fill(parameters)
		raw, err := json.Marshal(parameters.Interface())
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]any{}
		if err := json.Unmarshal(raw, &want); err != nil {
			t.Fatal(err)
		}
		for _, s := range []Scope{Cluster, Namespaced} {
			o, err := s.Encode(managed(mg.Interface().(resource.ModernManaged))) //nolint:forcetypeassert // All of them are.
			if err != nil {
				t.Errorf("Encode(%s): %v", gvk, err)
				continue
			}
			got := o.GetFields()["spec"].GetStructValue().GetFields()["forProvider"].GetStructValue().AsMap()
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s Encode(%s): spec.forProvider: -want, +got:\n%s", s, gvk, diff)
			}
			var fields []string
			for f := range o.GetFields() {
				fields = append(fields, f)
			}
			slices.Sort(fields)
			if diff := cmp.Diff([]string{"apiVersion", "kind", "metadata", "spec"}, fields); diff != "" {
				t.Errorf("%s Encode(%s): fields: -want, +got:\n%s", s, gvk, diff)
			}
		}
	}
}

// The provider in go.mod serves every composable kind in the version used, in both
// scopes, and no newer one. With an older version, the provider's conversion would
// lose fields.
func TestGroupVersionIsNewest(t *testing.T) {
	dir, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}", "github.com/upbound/provider-aws/v2").Output()
	if err != nil {
		t.Fatal(err)
	}
	served := map[schema.GroupVersionKind]bool{}
	kindLine, versionLine := regexp.MustCompile(`(?m)^    kind: (\w+)$`), regexp.MustCompile(`(?m)^    name: (v\w+)$`)
	crds := filepath.Join(strings.TrimSpace(string(dir)), "package", "crds")
	groups := map[string]bool{}
	for gvk := range composable(t) {
		for _, s := range []Scope{Cluster, Namespaced} {
			groups[s.GroupVersion(gvk).Group] = true
		}
	}
	for group := range groups {
		files, err := filepath.Glob(filepath.Join(crds, group+"_*.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			raw, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			k := kindLine.FindSubmatch(raw)
			if k == nil {
				t.Fatalf("%s has no kind", f)
			}
			for _, v := range versionLine.FindAllSubmatch(raw, -1) {
				served[schema.GroupVersionKind{Group: group, Version: string(v[1]), Kind: string(k[1])}] = true
			}
		}
	}
	for gvk := range composable(t) {
		for _, s := range []Scope{Cluster, Namespaced} {
			want := s.GroupVersion(gvk).WithKind(gvk.Kind)
			if !served[want] {
				t.Errorf("GroupVersion(%s) in the %s scope: no CRD of the provider serves %s", gvk, s, want)
			}
			for other := range served {
				if other.GroupKind() == want.GroupKind() && version.CompareKubeAwareVersionStrings(other.Version, want.Version) > 0 {
					t.Errorf("GroupVersion(%s) in the %s scope: %s is newer than %s", gvk, s, other, want)
				}
			}
		}
	}
}

func TestScopes(t *testing.T) {
	if diff := cmp.Diff([]string{"cluster", "namespaced"}, []string{string(Cluster), string(Namespaced)}); diff != "" {
		t.Errorf("\nThe command line takes scopes by these words.\n-want, +got:\n%s", diff)
	}
}

func TestGroupVersion(t *testing.T) {
	cases := map[string]struct {
		reason string
		scope  Scope
		kind   schema.GroupVersionKind
		want   string
	}{
		"Namespaced": {
			reason: "Namespaced groups have one version.",
			scope:  Namespaced,
			kind:   schema.GroupVersionKind{Group: "rds.aws.m.upbound.io", Version: "v1beta1", Kind: "Instance"},
			want:   "rds.aws.m.upbound.io/v1beta1",
		},
		"Cluster": {
			reason: "Most cluster-scoped kinds have the same.",
			scope:  Cluster,
			kind:   schema.GroupVersionKind{Group: "ec2.aws.m.upbound.io", Version: "v1beta1", Kind: "VPC"},
			want:   "ec2.aws.upbound.io/v1beta1",
		},
		"ClusterThird": {
			reason: "Some have newer ones.",
			scope:  Cluster,
			kind:   schema.GroupVersionKind{Group: "rds.aws.m.upbound.io", Version: "v1beta1", Kind: "Instance"},
			want:   "rds.aws.upbound.io/v1beta3",
		},
		"ClusterSameKindOfOtherGroup": {
			reason: "It is the kind of a group that has, not of all groups.",
			scope:  Cluster,
			kind:   schema.GroupVersionKind{Group: "ec2.aws.m.upbound.io", Version: "v1beta1", Kind: "Instance"},
			want:   "ec2.aws.upbound.io/v1beta2",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tc.scope.GroupVersion(tc.kind).String()); diff != "" {
				t.Errorf("\n%s\nGroupVersion(%s): -want, +got:\n%s", tc.reason, tc.kind, diff)
			}
		})
	}
}

// filled sets about half of the fields of a value to strings and numbers that are
// difficult to encode.
func filled(v reflect.Value, random *rand.Rand, depth int) {
	switch v.Kind() { //nolint:exhaustive // The provider's types have no other kinds.
	case reflect.Pointer:
		if depth > 0 && random.IntN(2) == 0 {
			v.Set(reflect.New(v.Type().Elem()))
			filled(v.Elem(), random, depth-1)
		}
	case reflect.Struct:
		if at, ok := v.Addr().Interface().(*metav1.Time); ok {
			*at = metav1.Unix(random.Int64N(2)*random.Int64N(1<<32), 0)
			return
		}
		for _, field := range v.Fields() {
			if field.CanSet() {
				filled(field, random, depth-1)
			}
		}
	case reflect.Slice:
		if depth > 0 && random.IntN(2) == 0 && v.Type().Elem().Kind() != reflect.Uint8 {
			v.Set(reflect.MakeSlice(v.Type(), random.IntN(3), 2))
			for i := range v.Len() {
				filled(v.Index(i), random, depth-1)
			}
		}
	case reflect.Map:
		if depth > 0 && random.IntN(2) == 0 {
			v.Set(reflect.MakeMap(v.Type()))
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			filled(key, random, depth-1)
			filled(value, random, depth-1)
			v.SetMapIndex(key, value)
		}
	case reflect.String:
		v.SetString([]string{"", "a", "<&>", "ü\u2028", "bad \xff\xfe"}[random.IntN(5)])
	case reflect.Bool:
		v.SetBool(random.IntN(2) == 0)
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt([]int64{0, 1, -1, math.MaxInt32}[random.IntN(4)])
	case reflect.Float64:
		v.SetFloat([]float64{0, -1, 0.1, 1e300}[random.IntN(4)])
	}
}

// Every composable type is encoded like by encoding/json.
func TestEncodesAsJSON(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	count := 0
	for gvk, kind := range providertypes.Scheme.AllKnownTypes() {
		mg, ok := reflect.New(kind).Interface().(resource.ModernManaged)
		if !ok {
			continue // A list.
		}
		count++
		for range 5 {
			filled(reflect.ValueOf(mg).Elem(), random, 8)
			raw, err := json.Marshal(mg)
			if err != nil {
				t.Fatal(err)
			}
			want := &structpb.Struct{}
			if err := want.UnmarshalJSON(raw); err != nil {
				t.Fatal(err)
			}
			got, err := encode.Struct(mg)
			if err != nil {
				t.Fatal(err)
			}
			if !proto.Equal(want, got) { // cmp is a hundred times slower if there is no difference.
				t.Errorf("\nWhat the provider's types say is what is written.\nencode.Struct(%s): -want, +got:\n%s", gvk, cmp.Diff(want, got, protocmp.Transform()))
			}
		}
	}
	if count < 100 {
		t.Errorf("\nThe provider has hundreds of kinds.\ngot %d", count)
	}
}

func TestAllows(t *testing.T) {
	cases := map[string]struct {
		reason   string
		policies []any
		want     bool
	}{
		"Default": {reason: "A provider does everything unless it is told otherwise.", want: true},
		"All":     {reason: "A star is every action.", policies: []any{"*"}, want: true},
		"Named":   {reason: "An action can be among others.", policies: []any{"Observe", "Update"}, want: true},
		"Other":   {reason: "What is not named is not done.", policies: []any{"Observe", "Create"}},
		"None":    {reason: "Without an action the resource is paused.", policies: []any{}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			u := &unstructured.Unstructured{Object: map[string]any{"spec": map[string]any{}}}
			if tc.policies != nil {
				u.Object["spec"] = map[string]any{"managementPolicies": tc.policies}
			}
			if diff := cmp.Diff(tc.want, Allows(u, xpv1.ManagementActionUpdate)); diff != "" {
				t.Errorf("\n%s\nAllows(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestStays(t *testing.T) {
	cases := map[string]struct {
		reason string
		spec   map[string]any
		want   bool
	}{
		"Default":  {reason: "A resource goes with its object.", spec: map[string]any{}},
		"Deleted":  {reason: "Or when its policy says so.", spec: map[string]any{"deletionPolicy": "Delete", "managementPolicies": []any{"*"}}},
		"Orphaned": {reason: "The cluster scope has a policy for that.", spec: map[string]any{"deletionPolicy": "Orphan"}, want: true},
		"Limited":  {reason: "What the provider may not delete stays.", spec: map[string]any{"managementPolicies": []any{"Observe", "Create"}}, want: true},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, Stays(&unstructured.Unstructured{Object: map[string]any{"spec": tc.spec}})); diff != "" {
				t.Errorf("\n%s\nStays(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// unknown is a managed resource of no known kind.
type unknown struct{ ec2.VPC }
