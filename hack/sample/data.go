package main

import (
	"os"
	"path/filepath"

	"go.yaml.in/yaml/v3"
)

// definition is the XRD whose schema all clients see. That of the other scope has the
// same texts.
func definition(root string) string {
	return filepath.Join(root, "apis", "namespaced", "definition.yaml")
}

// descriptions returns the sentences of the API's descriptions.
func descriptions(root string) ([]sentence, error) {
	return values(root, definition(root), "description")
}

// rules returns the messages of the API's CEL rules.
func rules(root string) ([]sentence, error) { return values(root, definition(root), "message") }

// catalog returns titles, reasons and instructions of the controls.
func catalog(root string) ([]sentence, error) {
	files, err := filepath.Glob(filepath.Join(root, "internal", "controls", "catalogue", "*.yaml"))
	if err != nil {
		return nil, err
	}
	var out []sentence
	for _, file := range files {
		found, err := values(root, file, "title", "reason", "how")
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// values returns the sentences in the values of some keys, anywhere in a YAML file.
func values(root, file string, keys ...string) ([]sentence, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var document yaml.Node
	if err := yaml.Unmarshal(raw, &document); err != nil {
		return nil, err
	}
	wanted := map[string]bool{}
	for _, k := range keys {
		wanted[k] = true
	}
	return below(relative(root, file), &document, wanted), nil
}

// below returns the sentences in the values of wanted keys below a node.
func below(file string, n *yaml.Node, wanted map[string]bool) []sentence {
	var out []sentence
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, value := n.Content[i], n.Content[i+1]
			if !wanted[key.Value] || value.Kind != yaml.ScalarNode {
				continue
			}
			for _, s := range split(file, 0, value.Value) {
				s.line = value.Line // Folding changes the lines within a value.
				out = append(out, s)
			}
		}
	}
	for _, c := range n.Content {
		out = append(out, below(file, c, wanted)...)
	}
	return out
}
