// record writes the resources that a real provider reports to test/recorded, one
// file for each kind.
//
//	go run ./hack/record [-out DIR] [-add] [-input FILE] FILE_OR_DIR...
//
// A file is a YAML stream of objects, or of lists in kubectl's format: composites
// and their managed resources, in either scope.
//
//	kubectl get composite,managed -A -o yaml --show-managed-fields
//
// Managed fields show the fields that Crossplane applied. Without them, record
// assumes that the function in the working directory composed the stack.
package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/recorded"
)

const (
	roleAnnotation = "crossplane.io/composition-resource-name"
	labelComposite = "crossplane.io/composite"
	compositeGroup = "platform.secure-ecommerce.dev"
)

func main() {
	out := flag.String("out", "test/recorded", "directory for recordings")
	add := flag.Bool("add", false, "add to existing recordings instead of replacing the recordings of the same kinds")
	input := flag.String("input", "", "file with the function input, if the stacks require one")
	flag.Parse()
	if err := run(flag.Args(), *out, *input, *add); err != nil {
		fmt.Fprintln(os.Stderr, "record:", err)
		os.Exit(1)
	}
}

func run(args []string, out, input string, add bool) error {
	files, err := filesOf(args)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return errors.New("specify files or directories with observed resources")
	}
	recordings := recorded.Recordings{}
	for _, file := range files {
		if err := record(recordings, file, input); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	if add {
		before, err := recorded.Read(out)
		if err != nil {
			return err
		}
		for kind := range recordings {
			if one, ok := before[kind]; ok {
				recordings.Add(one)
			}
		}
	}
	return recordings.Write(out)
}

// filesOf returns the given files, and the files of the given directories.
func filesOf(args []string) ([]string, error) {
	var files []string
	for _, arg := range args {
		info, err := os.Stat(arg)
		if err != nil {
			return nil, err
		}
		if !info.IsDir() {
			files = append(files, arg)
			continue
		}
		found, err := filepath.Glob(filepath.Join(arg, "*.yaml"))
		if err != nil {
			return nil, err
		}
		files = append(files, found...)
	}
	return files, nil
}

// record adds the content of a file.
func record(recordings recorded.Recordings, file, input string) error {
	objects, err := read(file)
	if err != nil {
		return err
	}
	composed := map[string]*unstructured.Unstructured{}
	for _, u := range objects {
		if u.GroupVersionKind().Group != compositeGroup {
			continue
		}
		_, isClaim, err := unstructured.NestedMap(u.Object, "spec", "resourceRef")
		if err != nil {
			return fmt.Errorf("%s: %w", u.GetName(), err)
		}
		if isClaim {
			continue
		}
		if err := compose(composed, u, file, input); err != nil {
			return fmt.Errorf("%s: %w", u.GetName(), err)
		}
	}
	for _, u := range objects {
		_, ours := recorded.KindOf(u)
		switch from := composed[key(u)]; {
		case !ours:
		case !recorded.Ready(u):
			fmt.Fprintf(os.Stderr, "%s: %s %s is skipped, because it is not ready\n", file, u.GetKind(), u.GetName())
		case from != nil:
			recordings.Add(recorded.Of(u, from))
		case len(u.GetManagedFields()) > 0:
			recordings.Add(recorded.Of(u, &unstructured.Unstructured{}))
		default:
			fmt.Fprintf(os.Stderr, "%s: %s %s is skipped, because the function no longer composes it\n", file, u.GetKind(), u.GetName())
		}
	}
	return nil
}

func key(u *unstructured.Unstructured) string {
	return u.GetNamespace() + "/" + u.GetLabels()[labelComposite] + "/" + u.GetAnnotations()[roleAnnotation]
}

// compose adds the resources that the function composes for an observed composite,
// by key.
func compose(composed map[string]*unstructured.Unstructured, xr *unstructured.Unstructured, observed, input string) error {
	spec, _, err := unstructured.NestedMap(xr.Object, "spec")
	if err != nil {
		return err
	}
	asked := &unstructured.Unstructured{Object: map[string]any{"spec": spec}}
	asked.SetAPIVersion(xr.GetAPIVersion())
	asked.SetKind(xr.GetKind())
	asked.SetName(xr.GetName())
	asked.SetNamespace(xr.GetNamespace())
	asked.SetLabels(xr.GetLabels())
	for _, field := range []string{"crossplane", "compositionRef", "compositionRevisionRef", "compositionUpdatePolicy", "compositeDeletePolicy", "resourceRefs", "resourceRef"} {
		unstructured.RemoveNestedField(asked.Object, "spec", field)
	}
	raw, err := yaml.Marshal(asked.Object)
	if err != nil {
		return err
	}
	args := []string{"run", ".", "render", "--converged", "--observed", observed}
	if xr.GetNamespace() != "" {
		args = append(args, "--scope", "namespaced")
	}
	if input != "" {
		args = append(args, "--input", input)
	}
	cmd := exec.CommandContext(context.Background(), "go", append(args, "-")...)
	cmd.Stdin, cmd.Stderr = bytes.NewReader(raw), os.Stderr
	rendered, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("cannot render: %w", err)
	}
	objects, err := decode(bytes.NewReader(rendered))
	for _, u := range objects {
		composed[key(u)] = u
	}
	return err
}

func read(file string) ([]*unstructured.Unstructured, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return decode(bytes.NewReader(raw))
}

// decode decodes objects and lists of objects.
func decode(from io.Reader) ([]*unstructured.Unstructured, error) {
	var out []*unstructured.Unstructured
	r := utilyaml.NewYAMLReader(bufio.NewReader(from))
	for {
		document, err := r.Read()
		if errors.Is(err, io.EOF) {
			slices.SortStableFunc(out, func(a, b *unstructured.Unstructured) int { return strings.Compare(key(a), key(b)) })
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		u := &unstructured.Unstructured{}
		if err := yaml.Unmarshal(document, &u.Object); err != nil {
			return nil, err
		}
		if !u.IsList() {
			out = append(out, u)
			continue
		}
		if err := u.EachListItem(func(item runtime.Object) error {
			if u, ok := item.(*unstructured.Unstructured); ok {
				out = append(out, u)
			}
			return nil
		}); err != nil {
			return nil, err
		}
	}
}
