package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
)

// block is Terraform's schema of a resource or of a nested block.
type block struct {
	Attributes map[string]attribute `json:"attributes"`
	Blocks     map[string]struct {
		Block block `json:"block"`
	} `json:"block_types"`
}

// attribute is Terraform's schema of an argument.
type attribute struct {
	Type      json.RawMessage `json:"type"`
	Required  bool            `json:"required"`
	Optional  bool            `json:"optional"`
	Sensitive bool            `json:"sensitive"`
}

// settable reports whether it is an argument, not only a computed attribute.
func (a attribute) settable() bool { return a.Required || a.Optional }

// readSchemas reads the schemas of a provider's resources by type.
func readSchemas(file string) (map[string]block, error) {
	raw, err := os.ReadFile(filepath.Clean(file))
	if err != nil {
		return nil, err
	}
	document := struct {
		Providers map[string]struct {
			Resources map[string]struct {
				Block block `json:"block"`
			} `json:"resource_schemas"`
		} `json:"provider_schemas"`
	}{}
	if err := json.Unmarshal(raw, &document); err != nil {
		return nil, err
	}
	out := map[string]block{}
	for _, p := range document.Providers {
		for kind, r := range p.Resources {
			out[kind] = r.Block
		}
	}
	return out, nil
}

// write writes arguments to a body according to the schema.
func write(body *hclwrite.Body, s block, arguments map[string]any) error {
	for _, name := range slices.Sorted(maps.Keys(arguments)) {
		value := arguments[name]
		if value == nil {
			continue
		}
		if nested, ok := s.nested(name); ok {
			if err := writeBlocks(body, name, nested, value); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			continue
		}
		if !s.Attributes[name].settable() {
			return fmt.Errorf("argument %s does not exist", name)
		}
		expression, err := tokens(value)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		body.SetAttributeRaw(name, expression)
	}
	return nil
}

// writeBlocks writes the blocks of one name.
func writeBlocks(body *hclwrite.Body, name string, s block, value any) error {
	for _, item := range items(value) {
		fields, ok := item.(map[string]any)
		if !ok {
			return fmt.Errorf("expected a block, but got %T", item)
		}
		if err := write(body.AppendNewBlock(name, nil).Body(), s, fields); err != nil {
			return err
		}
	}
	return nil
}

// nested returns the schema of the block that an argument represents, if any. It
// includes lists and sets of objects: Terraform accepts blocks for them, and
// scanners read only blocks.
func (s block) nested(name string) (block, bool) {
	if b, ok := s.Blocks[name]; ok {
		return b.Block, true
	}
	collection := []json.RawMessage{}
	if json.Unmarshal(s.Attributes[name].Type, &collection) != nil || len(collection) != 2 {
		return block{}, false
	}
	if kind := strings.Trim(string(collection[0]), `"`); kind != "list" && kind != "set" {
		return block{}, false
	}
	object := []json.RawMessage{}
	fields := map[string]json.RawMessage{}
	if json.Unmarshal(collection[1], &object) != nil || len(object) < 2 || json.Unmarshal(object[1], &fields) != nil {
		return block{}, false
	}
	out := block{Attributes: map[string]attribute{}}
	for field, kind := range fields {
		out.Attributes[field] = attribute{Type: kind, Optional: true}
	}
	return out, true
}

// items returns a list's items. The provider represents lists of at most one item
// as objects.
func items(value any) []any {
	if list, ok := value.([]any); ok {
		return list
	}
	return []any{value}
}

// tokens returns the expression for a value.
func tokens(value any) (hclwrite.Tokens, error) {
	switch v := value.(type) {
	case string:
		if expression, ok := strings.CutPrefix(v, reference); ok {
			return traversal(expression), nil
		}
		return hclwrite.TokensForValue(cty.StringVal(v)), nil
	case bool:
		return hclwrite.TokensForValue(cty.BoolVal(v)), nil
	case float64:
		return hclwrite.TokensForValue(cty.NumberFloatVal(v)), nil
	case []any:
		var out []hclwrite.Tokens
		for _, item := range v {
			t, err := tokens(item)
			if err != nil {
				return nil, err
			}
			out = append(out, t)
		}
		return hclwrite.TokensForTuple(out), nil
	case map[string]any:
		var out []hclwrite.ObjectAttrTokens
		for _, field := range slices.Sorted(maps.Keys(v)) {
			t, err := tokens(v[field])
			if err != nil {
				return nil, err
			}
			out = append(out, hclwrite.ObjectAttrTokens{Name: hclwrite.TokensForValue(cty.StringVal(field)), Value: t})
		}
		return hclwrite.TokensForObject(out), nil
	}
	return nil, fmt.Errorf("%T cannot be written as an expression", value)
}

// traversal returns the expression for an attribute of a resource.
func traversal(expression string) hclwrite.Tokens {
	parts := strings.Split(expression, ".")
	out := hcl.Traversal{hcl.TraverseRoot{Name: parts[0]}}
	for _, part := range parts[1:] {
		out = append(out, hcl.TraverseAttr{Name: part})
	}
	return hclwrite.TokensForTraversal(out)
}
