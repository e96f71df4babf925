// Command portalgen generates a Backstage software template from an XRD. Its form
// contains every field of the API: pages, titles, help, choices, defaults, limits
// and messages. Optional parts appear on request. The generated skeleton omits
// parts that were not requested.
//
//	portalgen XRD DIRECTORY
package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
)

const header = "# Generated from the XRD by `make generate`. Do not edit.\n"

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "portalgen:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("requires two arguments, the XRD file and a directory, but got %d", len(args))
	}
	raw, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	xrd := struct {
		Spec struct {
			Versions []struct {
				Schema struct {
					OpenAPIV3Schema schema `json:"openAPIV3Schema"`
				} `json:"schema"`
			} `json:"versions"`
		} `json:"spec"`
	}{}
	if err := yaml.Unmarshal(raw, &xrd); err != nil {
		return err
	}
	spec := xrd.Spec.Versions[0].Schema.OpenAPIV3Schema.Properties["spec"]
	f, err := newForm(offered(spec, spec.Properties["region"].Pattern))
	if err != nil {
		return err
	}
	template, err := yaml.Marshal(f.template())
	if err != nil {
		return err
	}
	if err := write(filepath.Join(args[1], "template.yaml"), []byte(header), template); err != nil {
		return err
	}
	claim := bytes.Replace(skeleton, []byte("CONDITIONS"), table(f.conditions), 1)
	return write(filepath.Join(args[1], "skeleton", "claim.yaml"), claim)
}

// offered returns a schema in which fields with the pattern of regions offer the
// known regions.
func offered(s schema, pattern string) schema {
	if s.Pattern == pattern {
		s.Pattern = ""
		for _, r := range aws.Regions() {
			s.Enum = append(s.Enum, r)
		}
	}
	s.Properties = maps.Clone(s.Properties)
	for name, p := range s.Properties {
		s.Properties[name] = offered(p, pattern)
	}
	return s
}

// table returns conditions as a Nunjucks literal with one line for each field.
func table(conditions map[string][]condition) []byte {
	var b bytes.Buffer
	b.WriteString("{\n")
	for i, path := range slices.Sorted(maps.Keys(conditions)) {
		if i > 0 {
			b.WriteString(",\n")
		}
		fmt.Fprintf(&b, "  %q: [", path)
		for j, c := range conditions[path] {
			if j > 0 {
				b.WriteString(", ")
			}
			fmt.Fprintf(&b, "[%q", c.field)
			for _, value := range c.values {
				fmt.Fprintf(&b, ", %#v", value)
			}
			b.WriteString("]")
		}
		b.WriteString("]")
	}
	b.WriteString("\n}")
	return b.Bytes()
}

func write(file string, parts ...[]byte) error {
	return os.WriteFile(file, bytes.Join(parts, nil), 0o600)
}
