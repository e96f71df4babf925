// Command agree compares the function's render command with Crossplane's own
// engine.
//
//	agree observe STREAM            print what a provider would report for a rendered stack
//	agree compare CROSSPLANE OURS   fail if the composed resources of two streams differ
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/simulator"
)

const roleAnnotation = "crossplane.io/composition-resource-name"

func main() {
	var err error
	switch args := os.Args[1:]; {
	case len(args) == 2 && args[0] == "observe":
		err = observe(args[1])
	case len(args) == 3 && args[0] == "compare":
		err = compare(args[1], args[2])
	default:
		err = errors.New("usage: agree observe STREAM | agree compare CROSSPLANE OURS")
	}
	if err != nil {
		log.Fatal(err)
	}
}

// composed returns the composed resources of a YAML stream by name.
func composed(file string) (map[string]*unstructured.Unstructured, error) {
	raw, err := os.ReadFile(filepath.Clean(file))
	if err != nil {
		return nil, err
	}
	out := map[string]*unstructured.Unstructured{}
	d := utilyaml.NewYAMLOrJSONDecoder(bytes.NewReader(raw), len(raw))
	for {
		u := &unstructured.Unstructured{}
		if err := d.Decode(&u.Object); errors.Is(err, io.EOF) {
			return out, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		if resourceName := u.GetAnnotations()[roleAnnotation]; resourceName != "" {
			out[resourceName] = u
		}
	}
}

func observe(file string) error {
	resources, err := composed(file)
	if err != nil {
		return err
	}
	desired := map[string]*fnv1.Resource{}
	for resourceName, u := range resources {
		s, err := structpb.NewStruct(u.Object)
		if err != nil {
			return err
		}
		desired[resourceName] = &fnv1.Resource{Resource: s}
	}
	observed, err := simulator.AWS{}.Observe(desired, nil)
	if err != nil {
		return err
	}
	for _, resourceName := range slices.Sorted(maps.Keys(observed)) {
		out, err := yaml.Marshal(observed[resourceName].GetResource().AsMap())
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(os.Stdout, "---\n%s", out); err != nil {
			return err
		}
	}
	return nil
}

// decided returns the part of composed resources that the function decides.
func decided(resources map[string]*unstructured.Unstructured) map[string]map[string]any {
	out := map[string]map[string]any{}
	for resourceName, u := range resources {
		out[resourceName] = map[string]any{"apiVersion": u.GetAPIVersion(), "kind": u.GetKind(), "name": u.GetName(), "namespace": u.GetNamespace(), "spec": u.Object["spec"]}
	}
	return out
}

func compare(theirs, ours string) error {
	want, err := composed(theirs)
	if err != nil {
		return err
	}
	got, err := composed(ours)
	if err != nil {
		return err
	}
	if len(want) == 0 {
		return fmt.Errorf("%s has no composed resources", theirs)
	}
	if diff := cmp.Diff(decided(want), decided(got)); diff != "" {
		return fmt.Errorf("crossplane render and the function's render differ: -crossplane, +function:\n%s", diff)
	}
	return nil
}
