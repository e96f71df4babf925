package render

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/validation/field"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"

	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/schema"
)

const (
	errRead      = "cannot read %s: %w"
	errEmpty     = "%s is empty; it must contain one object with apiVersion, kind, metadata and spec"
	errDocuments = "%s contains more than one object; put each object in a separate file"
	errObject    = "%s is not an object; it must have the fields apiVersion, kind, metadata and spec"
	errItem      = "an item in %s is not an object; it must have the fields apiVersion, kind, metadata and spec"
)

// fromStdin is standard input as a command-line argument.
const fromStdin = "-"

// InvalidFileError contains all errors in a file.
type InvalidFileError struct {
	File   string
	Errors field.ErrorList
}

// Error names each field, its problem and the allowed values, one per line.
func (e *InvalidFileError) Error() string {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s is not valid:", readable(e.File))
	for _, err := range e.Errors {
		fmt.Fprintf(&b, "\n  %s", schema.Text(err))
	}
	return b.String()
}

// readFile reads the only object of a YAML file.
func readFile(name string, stdin io.Reader) (*unstructured.Unstructured, error) {
	u, _, err := readSource(name, stdin)
	return u, err
}

// readSource reads the only object of a YAML file, and returns its text too.
func readSource(name string, stdin io.Reader) (*unstructured.Unstructured, []byte, error) {
	raw, err := contents(name, stdin)
	if err != nil {
		return nil, nil, fmt.Errorf(errRead, readable(name), err)
	}
	document, err := onlyDocument(name, raw)
	if err != nil {
		return nil, nil, err
	}
	u, err := readObject(name, document)
	return u, document, err
}

// readObject parses a document.
func readObject(name string, document []byte) (*unstructured.Unstructured, error) {
	out, err := yaml.YAMLToJSONStrict(document)
	if err != nil {
		return nil, notYAML(readable(name), document, err)
	}
	u := &unstructured.Unstructured{}
	if err := json.Unmarshal(out, &u.Object); err != nil {
		return nil, fmt.Errorf(errObject, readable(name))
	}
	return u, nil
}

// readObjects reads a stream of objects, and of lists in kubectl's format. The
// stream may be empty.
func readObjects(name string, stdin io.Reader) ([]*unstructured.Unstructured, error) {
	raw, err := contents(name, stdin)
	if err != nil {
		return nil, fmt.Errorf(errRead, readable(name), err)
	}
	found, err := documents(name, raw)
	if err != nil {
		return nil, err
	}
	var out []*unstructured.Unstructured
	for _, document := range found {
		u, err := readObject(name, document)
		if err != nil {
			return nil, err
		}
		items, isList := u.Object["items"].([]any)
		if !isList {
			out = append(out, u)
		}
		for _, item := range items {
			fields, ok := item.(map[string]any)
			if !ok {
				return nil, fmt.Errorf(errItem, readable(name))
			}
			out = append(out, &unstructured.Unstructured{Object: fields})
		}
	}
	return out, nil
}

// readable returns the name of a file for messages.
func readable(name string) string {
	if name == fromStdin {
		return "standard input"
	}
	return name
}

func contents(name string, stdin io.Reader) ([]byte, error) {
	if name == fromStdin {
		return io.ReadAll(stdin) //nolint:wrapcheck // The caller adds context.
	}
	return os.ReadFile(name) //nolint:gosec,wrapcheck // The user's own file.
}

// onlyDocument returns the only non-empty document of a YAML stream.
func onlyDocument(name string, raw []byte) ([]byte, error) {
	found, err := documents(name, raw)
	switch {
	case err != nil:
		return nil, err
	case len(found) == 0:
		return nil, fmt.Errorf(errEmpty, readable(name))
	case len(found) > 1:
		return nil, fmt.Errorf(errDocuments, readable(name))
	}
	return found[0], nil
}

// documents returns the non-empty documents of a YAML stream.
func documents(name string, raw []byte) ([][]byte, error) {
	r := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(raw)))
	var found [][]byte
	for {
		document, err := r.Read()
		if errors.Is(err, io.EOF) {
			return found, nil
		}
		if err != nil {
			return nil, notYAML(readable(name), raw, err)
		}
		if !isEmpty(document) {
			found = append(found, atItsLine(raw, document))
		}
	}
}

// atItsLine returns a document of a stream after as many empty lines as it has lines
// before it, so that errors name the line of the file.
func atItsLine(raw, document []byte) []byte {
	at := max(0, bytes.Index(raw, document))
	return slices.Concat(bytes.Repeat([]byte("\n"), bytes.Count(raw[:at], []byte("\n"))), document)
}

// isEmpty is whether a document has nothing but comments.
func isEmpty(document []byte) bool {
	for line := range bytes.Lines(document) {
		if code, _, _ := bytes.Cut(line, []byte("#")); bytes.ContainsRune(code, ':') {
			return false // It is an object. A stack has a megabyte, which takes long to parse.
		}
	}
	var value any
	err := yaml.Unmarshal(document, &value)
	return err == nil && value == nil
}

// readInput reads the function's input.
func readInput(name string, stdin io.Reader) (*structpb.Struct, error) {
	u, err := readFile(name, stdin)
	if err != nil {
		return nil, err
	}
	errs := slices.Concat(checkChoice(u, "apiVersion", inputv1alpha1.GroupVersion.String()), checkChoice(u, "kind", "Input"))
	if len(errs) > 0 {
		return nil, &InvalidFileError{File: name, Errors: errs}
	}
	return structOf(u.Object), nil
}
