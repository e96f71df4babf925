// Package source reads from the Terraform provider's Go source what a running
// provider does not show: the regular expressions of its validation functions,
// which are captured by closures, and what a resource checks in CustomizeDiff.
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
	"strconv"
	"strings"
)

// maxDepth bounds how far functions of a package are followed from a resource's
// schema: some schemas contain themselves.
const maxDepth = 16

// Resource is what the source says of one resource.
type Resource struct {
	// Patterns are the regular expressions that an attribute's value must match,
	// by the attribute's path as far as the source shows it: a schema that is built
	// by a function has the path within that function's caller.
	Patterns map[string][]string
	// Forbidden are those that the value must not match.
	Forbidden map[string][]string
	// Validators are the names of the functions that attributes are checked with,
	// where a function has one, such as "verify.ValidARN".
	Validators map[string]string
	// Alternatives are the attributes whose value need only satisfy one of several
	// validators, so that none of their limits holds by itself.
	Alternatives map[string]bool
	// CustomizeDiff are the functions that CustomizeDiff is made of. A function
	// without a name is called "func at file:line".
	CustomizeDiff []string
	// File is the file of the resource below the provider's module.
	File string
}

// Reader reads the source of the provider in a directory.
type Reader struct {
	dir   string
	names map[string]string
}

// NewReader returns a Reader for the Terraform provider's module in dir.
func NewReader(dir string) (*Reader, error) {
	r := &Reader{dir: dir, names: map[string]string{}}
	files, err := filepath.Glob(filepath.Join(dir, "names", "*.go"))
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			return nil, err
		}
		maps.Copy(r.names, constants(f))
	}
	return r, nil
}

// constants are the string constants of a file, by name.
func constants(f *ast.File) map[string]string {
	out := map[string]string{}
	ast.Inspect(f, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		for i, name := range spec.Names {
			if i < len(spec.Values) {
				if s, ok := literal(spec.Values[i]); ok {
					out[name.Name] = s
				}
			}
		}
		return true
	})
	return out
}

// literal is the value of a string literal.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			s, err := strconv.Unquote(e.Value)
			return s, err == nil
		}
	case *ast.BinaryExpr:
		x, okX := literal(e.X)
		y, okY := literal(e.Y)
		return x + y, okX && okY && e.Op == token.ADD
	}
	return "", false
}

// pkg is a parsed Go package.
type pkg struct {
	fset      *token.FileSet
	reader    *Reader
	functions map[string]*ast.FuncDecl
	variables map[string]ast.Expr
	constants map[string]string
	// texts are those in variables of the function that was read last.
	texts map[string]string
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
			if t := annotated(f); slices.Contains(types, t) {
				out[t] = p.resource(f)
			}
		}
	}
	return out, nil
}

// mentions reports whether a file of a package has the annotation of one of the
// resources. Parsing a package takes long, and most have none.
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

// annotated is the type of the resource that a function returns, from the
// annotation in its doc comment.
func annotated(f *ast.FuncDecl) string {
	for line := range strings.Lines(f.Doc.Text()) {
		for _, annotation := range []string{"@SDKResource(\"", "@FrameworkResource(\""} {
			if _, after, ok := strings.Cut(line, annotation); ok {
				t, _, _ := strings.Cut(after, "\"")
				return t
			}
		}
	}
	return ""
}

func (r *Reader) parse(files []string) (*pkg, error) {
	p := &pkg{
		fset: token.NewFileSet(), reader: r,
		functions: map[string]*ast.FuncDecl{}, variables: map[string]ast.Expr{}, constants: map[string]string{}, texts: map[string]string{},
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(p.fset, file, nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		maps.Copy(p.constants, constants(f))
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Recv == nil {
					p.functions[d.Name.Name] = d
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					if v, ok := s.(*ast.ValueSpec); ok && len(v.Names) == len(v.Values) {
						for i := range v.Names {
							p.variables[v.Names[i].Name] = v.Values[i]
						}
					}
				}
			}
		}
	}
	return p, nil
}

func (p *pkg) resource(f *ast.FuncDecl) Resource {
	r := Resource{Patterns: map[string][]string{}, Forbidden: map[string][]string{}, Validators: map[string]string{}, Alternatives: map[string]bool{}}
	r.File, _ = filepath.Rel(p.reader.dir, p.fset.Position(f.Pos()).Filename)
	p.schema(f.Body, "", 0, &r)
	return r
}

// schema walks the expression of a schema at a path.
func (p *pkg) schema(n ast.Node, path string, depth int, r *Resource) {
	if depth > maxDepth {
		return
	}
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok {
				switch key.Name {
				case "ValidateFunc", "ValidateDiagFunc":
					if name := exprName(n.Value); p.variables[name] == nil && name != "?" {
						r.Validators[path] = name
					}
					p.validator(n.Value, path, 0, r)
					return false
				case "CustomizeDiff":
					r.CustomizeDiff = append(r.CustomizeDiff, p.checks(n.Value)...)
					return false
				case "StateUpgraders", "DiffSuppressFunc", "DefaultFunc", "Timeouts", "Importer":
					return false
				}
			}
			if key, ok := p.text(n.Key); ok {
				p.schema(n.Value, strings.TrimPrefix(path+"."+key, "."), depth+1, r)
				return false
			}
		case *ast.CallExpr:
			if name, ok := n.Fun.(*ast.Ident); ok {
				if f := p.functions[name.Name]; f != nil && f.Body != nil {
					p.schema(f.Body, path, depth+1, r)
				}
			}
		}
		return true
	})
}

// text is the value of a key: a literal, or a constant of this package or of the
// package names.
func (p *pkg) text(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.SelectorExpr:
		if x, ok := e.X.(*ast.Ident); ok && x.Name == "names" {
			s, ok := p.reader.names[e.Sel.Name]
			return s, ok
		}
	case *ast.Ident:
		s, ok := p.constants[e.Name]
		return s, ok
	}
	return literal(e)
}

// validator finds the expressions that all values of an attribute must match.
func (p *pkg) validator(n ast.Node, path string, depth int, r *Resource) {
	if depth > maxDepth {
		return
	}
	negated := map[ast.Node]bool{}
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.UnaryExpr:
			if n.Op == token.NOT {
				negated[n.X] = true
			}
		case *ast.Ident:
			if v := p.variables[n.Name]; v != nil {
				p.validator(v, path, depth+1, r)
			}
			if f := p.functions[n.Name]; f != nil && f.Body != nil {
				p.locals(f.Body)
				p.validator(f.Body, path, depth+1, r)
			}
		case *ast.CallExpr:
			s, ok := n.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			switch s.Sel.Name {
			case "Any", "AnyDiag":
				r.Alternatives[path] = true
				return false
			case "StringMatch":
				if e, ok := p.pattern(n.Args[0]); ok {
					add(r.Patterns, path, e)
				}
				return false
			case "StringDoesNotMatch":
				if e, ok := p.pattern(n.Args[0]); ok {
					add(r.Forbidden, path, e)
				}
				return false
			case "MatchString":
				if e, ok := p.pattern(s.X); ok && negated[n] {
					add(r.Patterns, path, e)
				} else if ok {
					add(r.Forbidden, path, e)
				}
				return false
			}
		}
		return true
	})
}

// locals notes the texts that a function has in variables, so that patterns by a
// name are known.
func (p *pkg) locals(body ast.Node) {
	ast.Inspect(body, func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		if !ok || a.Tok != token.DEFINE || len(a.Lhs) != len(a.Rhs) {
			return true
		}
		for i := range a.Lhs {
			if name, ok := a.Lhs[i].(*ast.Ident); ok {
				if s, ok := literal(a.Rhs[i]); ok {
					p.texts[name.Name] = s
				}
			}
		}
		return true
	})
}

// pattern is the text of a compiled regular expression.
func (p *pkg) pattern(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.CallExpr:
		if s, ok := e.Fun.(*ast.SelectorExpr); ok && s.Sel.Name == "MustCompile" && len(e.Args) == 1 {
			if name, ok := e.Args[0].(*ast.Ident); ok && p.texts[name.Name] != "" {
				return p.texts[name.Name], true
			}
			return p.text(e.Args[0])
		}
	case *ast.Ident:
		if v := p.variables[e.Name]; v != nil {
			return p.pattern(v)
		}
	}
	return "", false
}

// checks names the functions that a CustomizeDiff is made of.
func (p *pkg) checks(e ast.Expr) []string {
	switch e := e.(type) {
	case *ast.Ident:
		if f := p.functions[e.Name]; f == nil {
			if v := p.variables[e.Name]; v != nil {
				return p.checks(v)
			}
		}
		return []string{e.Name}
	case *ast.SelectorExpr:
		return []string{exprName(e)}
	case *ast.FuncLit:
		at := p.fset.Position(e.Pos())
		return []string{fmt.Sprintf("func at %s:%d", filepath.Base(at.Filename), at.Line)}
	case *ast.CallExpr:
		name := exprName(e.Fun)
		switch name {
		case "customdiff.All", "customdiff.Sequence":
			var out []string
			for _, a := range e.Args {
				out = append(out, p.checks(a)...)
			}
			return out
		}
		var args []string
		for _, a := range e.Args {
			if s, ok := p.text(a); ok {
				args = append(args, s)
			}
		}
		at := p.fset.Position(e.Pos())
		return []string{fmt.Sprintf("%s(%s) at %s:%d", name, strings.Join(args, ", "), filepath.Base(at.Filename), at.Line)}
	}
	return nil
}

func exprName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return exprName(e.X) + "." + e.Sel.Name
	}
	return "?"
}

func add(to map[string][]string, path, e string) {
	if !slices.Contains(to[path], e) {
		to[path] = append(to[path], e)
	}
}
