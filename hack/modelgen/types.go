package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// types contains the types of a package, and its imports by name.
type types struct {
	specs   map[string]*ast.TypeSpec
	imports map[string]string
}

// parse reads the types in a directory of the provider.
func parse(dir string) (*types, error) {
	files, err := filepath.Glob(filepath.Join(dir, "zz_*_types.go"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s contains no types", dir)
	}
	out := &types{specs: map[string]*ast.TypeSpec{}, imports: map[string]string{}}
	for _, f := range files {
		syntax, err := parser.ParseFile(token.NewFileSet(), f, nil, 0)
		if err != nil {
			return nil, err
		}
		if err := out.add(syntax); err != nil {
			return nil, fmt.Errorf("%s: %w", f, err)
		}
	}
	return out, nil
}

func (t *types) add(syntax *ast.File) error {
	for _, i := range syntax.Imports {
		path, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			return err
		}
		if i.Name != nil {
			t.imports[i.Name.Name] = path
		}
	}
	for _, d := range syntax.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.TYPE {
			continue
		}
		for _, s := range g.Specs {
			spec, _ := s.(*ast.TypeSpec)
			t.specs[spec.Name.Name] = spec
		}
	}
	return nil
}

// parameters returns the name of the type of a kind's spec.forProvider.
func (t *types) parameters(kind string) (string, error) {
	spec := t.specs[kind+"Spec"]
	if spec == nil {
		return "", fmt.Errorf("the provider has no kind %s", kind)
	}
	s, ok := spec.Type.(*ast.StructType)
	if !ok {
		return "", fmt.Errorf("%sSpec is not a struct", kind)
	}
	for _, f := range s.Fields.List {
		if of, ok := f.Type.(*ast.Ident); ok && len(f.Names) == 1 && f.Names[0].Name == "ForProvider" {
			return of.Name, nil
		}
	}
	return "", fmt.Errorf("%sSpec has no ForProvider", kind)
}

// reachable returns all types of the package that some types need, including
// themselves, sorted. It adds the names of imported packages to imports.
func (t *types) reachable(from []string, imports map[string]bool) []string {
	found := map[string]bool{}
	for len(from) > 0 {
		name := from[0]
		from = from[1:]
		spec := t.specs[name]
		if found[name] || spec == nil {
			continue
		}
		found[name] = true
		ast.Inspect(spec.Type, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Field:
				// Names of fields can equal names of types.
				from = append(from, t.used(n.Type, imports)...)
				return false
			default:
				return true
			}
		})
	}
	return slices.Sorted(maps.Keys(found))
}

// used returns the identifiers in the type of a field.
func (t *types) used(field ast.Expr, imports map[string]bool) []string {
	var out []string
	ast.Inspect(field, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok {
				imports[x.Name] = true
			}
			return false
		case *ast.Ident:
			out = append(out, n.Name)
		}
		return true
	})
	return out
}

// print returns the source code of a type, with the JSON names of its fields only. All
// fields are optional, because those that the provider requires in spec.forProvider
// are not required in spec.initProvider.
func (t *types) print(name string) (string, error) {
	s, ok := t.specs[name].Type.(*ast.StructType)
	if !ok {
		return "", fmt.Errorf("%s is not a struct", name)
	}
	out := &strings.Builder{}
	fmt.Fprintf(out, "// %s contains fields of managed resources.\ntype %s struct {\n", name, name)
	for _, f := range s.Fields.List {
		text := &bytes.Buffer{}
		if err := printer.Fprint(text, token.NewFileSet(), f.Type); err != nil {
			return "", err
		}
		tag, err := strconv.Unquote(f.Tag.Value)
		if err != nil {
			return "", err
		}
		for _, field := range f.Names {
			name, _, _ := strings.Cut(reflect.StructTag(tag).Get("json"), ",")
			fmt.Fprintf(out, "%s %s `json:%q`\n", field.Name, text, name+",omitempty")
		}
	}
	return out.String() + "}", nil
}
