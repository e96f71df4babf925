// Package source extracts data from the Terraform provider's Go source code that a
// running provider does not expose. These are regular expressions and names of
// validation functions, which closures capture, and the functions in CustomizeDiff.
package source

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Resource contains the extracted data of one resource.
type Resource struct {
	// CustomizeDiff lists the functions in CustomizeDiff. A function literal is
	// called "func at file:line".
	CustomizeDiff []string
	// File is the file of the resource in the provider's module.
	File string

	pkg  *pkg
	body value
}

// Reader reads the source code of the provider in a directory.
type Reader struct {
	dir   string
	names map[string]ast.Expr
}

// NewReader returns a Reader for the Terraform provider's module in dir.
func NewReader(dir string) (*Reader, error) {
	r := &Reader{dir: dir, names: map[string]ast.Expr{}}
	files, err := filepath.Glob(filepath.Join(dir, "names", "*.go"))
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			return nil, err
		}
		maps.Copy(r.names, values(f))
	}
	return r, nil
}

// values returns the constants and variables of a file by name.
func values(f *ast.File) map[string]ast.Expr {
	out := map[string]ast.Expr{}
	for _, d := range f.Decls {
		if d, ok := d.(*ast.GenDecl); ok {
			maps.Copy(out, declared(d))
		}
	}
	return out
}

// declared returns the constants and variables of a declaration by name.
func declared(d *ast.GenDecl) map[string]ast.Expr {
	out := map[string]ast.Expr{}
	for _, s := range d.Specs {
		if v, ok := s.(*ast.ValueSpec); ok && len(v.Names) == len(v.Values) {
			for i, name := range v.Names {
				out[name.Name] = v.Values[i]
			}
		}
	}
	return out
}

// pkg is a parsed Go package.
type pkg struct {
	fset      *token.FileSet
	reader    *Reader
	functions map[string]*ast.FuncDecl
	// values contains the constants and variables.
	values map[string]ast.Expr
}

// Read reads the named resources, such as "aws_vpc", of all services.
func (r *Reader) Read(types []string) (map[string]Resource, error) {
	out := map[string]Resource{}
	services, err := filepath.Glob(filepath.Join(r.dir, "internal", "service", "*"))
	if err != nil {
		return nil, err
	}
	for _, dir := range services {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			return nil, err
		}
		if !mentions(files, types) {
			continue
		}
		p, err := r.parse(files)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", dir, err)
		}
		for _, f := range p.functions {
			for _, t := range annotated(f) {
				if slices.Contains(types, t) {
					out[t] = p.resource(f)
				}
			}
		}
	}
	return out, nil
}

// mentions reports whether a file of a package contains the annotation of one of
// the resources. Parsing is slow, and most packages contain none.
func mentions(files, types []string) bool {
	for _, file := range files {
		raw, err := os.ReadFile(filepath.Clean(file))
		if err != nil || !strings.Contains(string(raw), "Resource(\"aws_") {
			continue
		}
		for _, t := range types {
			if strings.Contains(string(raw), "Resource(\""+t+"\"") {
				return true
			}
		}
	}
	return false
}

// annotated returns the types of the resource that a function returns, from the
// annotations in its doc comment. Some resources also have an older name.
func annotated(f *ast.FuncDecl) []string {
	var out []string
	for line := range strings.Lines(f.Doc.Text()) {
		for _, annotation := range []string{"@SDKResource(\"", "@FrameworkResource(\""} {
			if _, after, ok := strings.Cut(line, annotation); ok {
				t, _, _ := strings.Cut(after, "\"")
				out = append(out, t)
			}
		}
	}
	return out
}

func (r *Reader) parse(files []string) (*pkg, error) {
	p := &pkg{fset: token.NewFileSet(), reader: r, functions: map[string]*ast.FuncDecl{}, values: map[string]ast.Expr{}}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(p.fset, file, nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		maps.Copy(p.values, values(f))
		for _, d := range f.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && d.Recv == nil && d.Body != nil {
				p.functions[d.Name.Name] = d
			}
		}
	}
	return p, nil
}

// resource returns the data of a function that returns a resource.
func (p *pkg) resource(f *ast.FuncDecl) Resource {
	r := Resource{pkg: p}
	r.File, _ = filepath.Rel(p.reader.dir, p.fset.Position(f.Pos()).Filename)
	r.body, _ = p.result(value{expr: f.Name}, nil)
	if v, ok := p.field(r.body, "CustomizeDiff"); ok {
		r.CustomizeDiff = p.diffs(v)
	}
	return r
}

// diffs returns the names of the functions in a CustomizeDiff.
func (p *pkg) diffs(v value) []string {
	switch e := v.expr.(type) {
	case *ast.Ident:
		if next, ok := p.step(v); ok {
			return p.diffs(next)
		}
		return []string{e.Name}
	case *ast.SelectorExpr:
		return []string{exprName(e)}
	case *ast.FuncLit:
		return []string{"func " + p.at(e)}
	case *ast.CallExpr:
		name := exprName(e.Fun)
		if name == "customdiff.All" || name == "customdiff.Sequence" {
			var out []string
			for _, a := range e.Args {
				out = append(out, p.diffs(value{a, v.in})...)
			}
			return out
		}
		return []string{fmt.Sprintf("%s(%s) %s", name, strings.Join(p.texts(e.Args, v.in), ", "), p.at(e))}
	}
	return nil
}

// at returns the position of an expression, such as "at vpc.go:12".
func (p *pkg) at(e ast.Expr) string {
	pos := p.fset.Position(e.Pos())
	return fmt.Sprintf("at %s:%d", filepath.Base(pos.Filename), pos.Line)
}

// texts returns the string arguments of a call.
func (p *pkg) texts(args []ast.Expr, in *scope) []string {
	var out []string
	for _, a := range args {
		if s, ok := p.text(value{a, in}); ok {
			out = append(out, s)
		}
	}
	return out
}
