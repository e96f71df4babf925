// Command crds copies the provider's CRDs of the kinds in rendered stacks. It fails
// if the provider lacks a kind or does not serve the composed version.
//
//	crds CRD_DIR OUT_DIR RESOURCES...
package main

import (
	"bytes"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) < 4 {
		log.Fatal("usage: crds CRD_DIR OUT_DIR RESOURCES...")
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3:]); err != nil {
		log.Fatal(err)
	}
}

// kind is a kind in one API version.
type kind struct{ group, version, kind string }

// run copies the CRDs of all kinds, and returns all errors at once.
func run(crds, out string, resources []string) error {
	kinds, err := composed(resources)
	if err != nil {
		return err
	}
	if len(kinds) == 0 {
		return errors.New("no resources of the AWS provider")
	}
	var errs []error
	for _, k := range kinds {
		errs = append(errs, copyDefinition(crds, out, k))
	}
	return errors.Join(errs...)
}

// The provider's CRDs are generated, so the indentation of these lines never
// varies. Parsing the YAML would take a hundred times as long.
var (
	typed    = regexp.MustCompile(`(?m)^apiVersion: ([\w.-]+\.upbound\.io)/(\w+)\nkind: (\w+)$`)
	versions = regexp.MustCompile(`(?m)^  [ -] (name|served): (\w+)$`)
)

// composed returns the provider's kinds in rendered files, sorted.
func composed(files []string) ([]kind, error) {
	found := map[kind]bool{}
	for _, f := range files {
		raw, err := os.ReadFile(filepath.Clean(f))
		if err != nil {
			return nil, err
		}
		for _, m := range typed.FindAllSubmatch(raw, -1) {
			found[kind{string(m[1]), string(m[2]), string(m[3])}] = true
		}
	}
	out := make([]kind, 0, len(found))
	for k := range found {
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b kind) int {
		return strings.Compare(a.group+a.kind+a.version, b.group+b.kind+b.version)
	})
	return out, nil
}

// copyDefinition copies the CRD of a kind.
func copyDefinition(crds, out string, k kind) error {
	files, err := filepath.Glob(filepath.Join(crds, k.group+"_*.yaml"))
	if err != nil {
		return err
	}
	for _, f := range files {
		raw, err := os.ReadFile(filepath.Clean(f))
		if err != nil {
			return err
		}
		if !bytes.Contains(raw, []byte("\n    kind: "+k.kind+"\n")) {
			continue
		}
		if s := served(raw); !slices.Contains(s, k.version) {
			return fmt.Errorf("%s %s: the provider serves version %s, not %s", k.group, k.kind, strings.Join(s, ", "), k.version)
		}
		return os.WriteFile(filepath.Join(out, filepath.Base(f)), raw, 0o600)
	}
	return fmt.Errorf("%s: the provider has no kind %s", k.group, k.kind)
}

// served returns the versions that a CRD serves.
func served(crd []byte) []string {
	var out []string
	name := ""
	for _, m := range versions.FindAllSubmatch(crd, -1) {
		switch value := string(m[2]); {
		case string(m[1]) == "name":
			name = value
		case value == "true":
			out = append(out, name)
		}
	}
	return out
}
