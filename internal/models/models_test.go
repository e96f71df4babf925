package models_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/kinds"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/providertypes"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
)

// TestModels checks that every kind that a stack can have has a model, and that the
// model has the fields of the provider's own type.
func TestModels(t *testing.T) {
	for _, name := range kinds.Names() {
		t.Run(name, func(t *testing.T) {
			model := all[name]
			if model == nil {
				t.Fatal("there is no model: run make generate")
			}
			theirs, err := providertypes.Scheme.New(scope.Namespaced.GroupVersionKind(name))
			if err != nil {
				t.Fatal(err)
			}
			spec, ours := reflect.ValueOf(theirs).Elem().FieldByName("Spec"), reflect.ValueOf(model).Elem().FieldByName("Spec")
			same(t, "spec.forProvider", spec.FieldByName("ForProvider").Type(), ours.FieldByName("ForProvider").Type(), true)
			// It has fewer fields, because references cannot be initial.
			same(t, "spec.initProvider", spec.FieldByName("InitProvider").Type(), ours.FieldByName("InitProvider").Type().Elem(), false)
		})
	}
}

// same compares the fields of the provider's type with those of a model. If exact is
// false, the model may have additional fields and other names in Go, and its Secrets
// may be references.
func same(t *testing.T, path string, theirs, ours reflect.Type, exact bool) {
	t.Helper()
	if theirs == ours || !exact && strings.HasSuffix(path, "SecretRef") {
		return
	}
	if theirs.Kind() != ours.Kind() {
		t.Errorf("%s: want %s, got %s", path, theirs, ours)
		return
	}
	switch theirs.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		same(t, path, theirs.Elem(), ours.Elem(), exact)
	case reflect.Struct:
		want, got := fields(theirs), fields(ours)
		for name, field := range want {
			mine, ok := got[name]
			switch {
			case !ok:
				t.Errorf("%s.%s: the model lacks it", path, name)
			case exact && field.Name != mine.Name || mine.Tag.Get("json") != name+",omitempty":
				t.Errorf("%s.%s: want %s, optional, got %s %s", path, name, field.Name, mine.Name, mine.Tag.Get("json"))
			default:
				same(t, path+"."+name, field.Type, mine.Type, exact)
			}
			delete(got, name)
		}
		if exact && len(got) > 0 {
			t.Errorf("%s: the provider lacks %v", path, got)
		}
	default:
		t.Errorf("%s: want %s, got %s", path, theirs, ours)
	}
}

// fields returns the fields of a struct by their names in JSON.
func fields(of reflect.Type) map[string]reflect.StructField {
	out := map[string]reflect.StructField{}
	for f := range of.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		out[name] = f
	}
	return out
}

// TestJSON checks that a model has the JSON form of the provider's type.
func TestJSON(t *testing.T) {
	const object = `{"metadata":{"name":"shop-vpc"},"spec":{"managementPolicies":["Observe"],"providerConfigRef":{"kind":"ProviderConfig","name":"default"},"forProvider":{"region":"eu-west-1","cidrBlock":"10.0.0.0/16","tags":{"a":"b"}},"initProvider":{"enableDnsSupport":true}}}`
	theirs, err := providertypes.Scheme.New(scope.Namespaced.GroupVersionKind("ec2/VPC"))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{}
	for _, v := range []any{theirs, all["ec2/VPC"]} {
		if err := json.Unmarshal([]byte(object), v); err != nil {
			t.Fatal(err)
		}
		raw, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]any{}
		if err := json.Unmarshal(raw, &got); err != nil {
			t.Fatal(err)
		}
		delete(got, "status")
		if len(want) == 0 {
			want = got
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("\nA model is written like the provider's type.\n-want, +got:\n%s", diff)
		}
	}
}
