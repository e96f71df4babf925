package render

import (
	_ "embed"
	"errors"
	"fmt"
	"strconv"
	"sync"

	"go.yaml.in/yaml/v3"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/schema"
)

// metadataDefinition contains the types of metadata, which an XRD lacks.
//
//go:embed metadata.yaml
var metadataDefinition []byte

var metadataSchema = sync.OnceValue(func() *schema.Schema {
	return schema.Must(schema.FromDefinition(metadataDefinition, ""))
})

// checkTypes rejects metadata with wrong types, such as a namespace that YAML
// parses as a boolean, and unknown fields.
func checkTypes(raw map[string]any) field.ErrorList {
	object := map[string]any{"object": map[string]any{"metadata": raw}}
	if raw == nil {
		return nil
	}
	errs := metadataSchema().Explain(metadataSchema().Validate(object), object)
	for _, e := range errs {
		e.Field = e.Field[len("object."):]
	}
	return errs
}

// withLines adds the correct line to errors about strings that YAML parses as
// another type. It uses the text in the file: YAML parses n as false, and 15.10 as
// 15.1.
func withLines(err error, document []byte) error {
	invalid := &InvalidFileError{}
	root := yaml.Node{}
	if !errors.As(err, &invalid) || yaml.Unmarshal(document, &root) != nil || len(root.Content) == 0 {
		return err
	}
	for _, e := range invalid.Errors {
		if !schema.WantsQuotes(e) {
			continue
		}
		if n := nodeAt(root.Content[0], schema.Split(e.Field)); n != nil && n.Kind == yaml.ScalarNode && n.Style == 0 {
			e.Detail = fmt.Sprintf("%s (line %d)", schema.Quoted(schema.Last(e.Field), n.Value), n.Line)
		}
	}
	return err
}

// nodeAt returns the node at a path. It is nil if there is none.
func nodeAt(n *yaml.Node, path []string) *yaml.Node {
	for _, step := range path {
		var inner *yaml.Node
		switch n.Kind { //nolint:exhaustive // Other kinds have no children.
		case yaml.MappingNode:
			for i := 0; i+1 < len(n.Content); i += 2 {
				if n.Content[i].Value == step {
					inner = n.Content[i+1]
				}
			}
		case yaml.SequenceNode:
			if i, err := strconv.Atoi(step); err == nil && i < len(n.Content) {
				inner = n.Content[i]
			}
		}
		if inner == nil {
			return nil
		}
		n = inner
	}
	return n
}
