package source

import (
	"go/ast"
	"go/token"
	"strconv"
)

// maxSteps bounds how far a value is followed through variables and functions: some
// functions call themselves.
const maxSteps = 32

// scope is what names stand for at a place in a function.
type scope struct {
	outer  *scope
	values map[string]value
}

// value is an expression where its names have a meaning: in a function, or in the
// package if that is nil.
type value struct {
	expr ast.Expr
	in   *scope
}

// find is what a name stands for in the function or in those around it.
func (s *scope) find(name string) (value, bool) {
	for ; s != nil; s = s.outer {
		if v, ok := s.values[name]; ok {
			return v, true
		}
	}
	return value{}, false
}

// resolve follows a value through variables and functions of the package to what
// it is: a literal, or something of another package.
func (p *pkg) resolve(v value) value {
	for range maxSteps {
		next, ok := p.step(v)
		if !ok {
			return v
		}
		v = next
	}
	return value{}
}

// step follows a value to the next expression, and reports whether there is one.
func (p *pkg) step(v value) (value, bool) {
	switch e := v.expr.(type) {
	case *ast.ParenExpr:
		return value{e.X, v.in}, true
	case *ast.UnaryExpr:
		return value{e.X, v.in}, e.Op == token.AND
	case *ast.Ident:
		if local, ok := v.in.find(e.Name); ok {
			return local, true
		}
		global, ok := p.values[e.Name]
		return value{expr: global}, ok
	case *ast.CallExpr:
		if exprName(e.Fun) == "sync.OnceValue" && len(e.Args) == 1 {
			return value{e.Args[0], v.in}, true
		}
		return p.result(value{e.Fun, v.in}, v.args(e))
	}
	return v, false
}

// args are the arguments of a call in the value's scope.
func (v value) args(e *ast.CallExpr) []value {
	out := make([]value, 0, len(e.Args))
	for _, a := range e.Args {
		out = append(out, value{a, v.in})
	}
	return out
}

// result is what a function returns, and reports whether it is one of the package.
func (p *pkg) result(function value, args []value) (value, bool) {
	f := p.resolve(function)
	switch e := f.expr.(type) {
	case *ast.Ident:
		if d := p.functions[e.Name]; d != nil {
			return returned(d.Body, within(nil, d.Type, d.Body, args))
		}
	case *ast.FuncLit:
		return returned(e.Body, within(f.in, e.Type, e.Body, args))
	}
	return value{}, false
}

// returned is the first result of the last return statement of a function.
func returned(body *ast.BlockStmt, in *scope) (value, bool) {
	for i := len(body.List) - 1; i >= 0; i-- {
		if r, ok := body.List[i].(*ast.ReturnStmt); ok && len(r.Results) > 0 {
			return value{r.Results[0], in}, true
		}
	}
	return value{}, false
}

// within is the scope at the end of a function's body: its parameters and local
// variables.
func within(outer *scope, t *ast.FuncType, body *ast.BlockStmt, args []value) *scope {
	s := &scope{outer: outer, values: map[string]value{}}
	i := 0
	for _, param := range t.Params.List {
		for _, name := range param.Names {
			if i < len(args) {
				s.values[name.Name] = args[i]
			}
			i++
		}
	}
	for _, statement := range body.List {
		s = s.after(statement)
	}
	return s
}

// after is the scope after a statement, which may define variables.
func (s *scope) after(statement ast.Stmt) *scope {
	defined := map[string]value{}
	switch d := statement.(type) {
	case *ast.AssignStmt:
		if d.Tok != token.DEFINE || len(d.Lhs) != len(d.Rhs) {
			return s
		}
		for i := range d.Lhs {
			if name, ok := d.Lhs[i].(*ast.Ident); ok {
				defined[name.Name] = value{d.Rhs[i], s}
			}
		}
	case *ast.DeclStmt:
		if d, ok := d.Decl.(*ast.GenDecl); ok {
			for name, e := range declared(d) {
				defined[name] = value{e, s}
			}
		}
	}
	return &scope{outer: s, values: defined}
}

// field is a field of a literal of a struct, and reports whether it is there.
func (p *pkg) field(v value, name string) (value, bool) {
	return p.element(v, func(key value) bool {
		field, ok := key.expr.(*ast.Ident)
		return ok && field.Name == name
	})
}

// item is an item of a literal of a map, and reports whether it is there.
func (p *pkg) item(v value, name string) (value, bool) {
	return p.element(v, func(key value) bool {
		text, ok := p.text(key)
		return ok && text == name
	})
}

// element is the first element of a literal whose key is the wanted one, and
// reports whether there is one.
func (p *pkg) element(v value, wanted func(key value) bool) (value, bool) {
	v = p.resolve(v)
	literal, ok := v.expr.(*ast.CompositeLit)
	if !ok {
		return value{}, false
	}
	for _, e := range literal.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok && wanted(value{kv.Key, v.in}) {
			return value{kv.Value, v.in}, true
		}
	}
	return value{}, false
}

// text is the value of a text: of literals, and of constants and variables of this
// package or of the package names.
func (p *pkg) text(v value) (string, bool) {
	v = p.resolve(v)
	switch e := v.expr.(type) {
	case *ast.SelectorExpr:
		if x, ok := e.X.(*ast.Ident); ok && x.Name == "names" {
			if named, ok := p.reader.names[e.Sel.Name]; ok {
				return p.text(value{expr: named})
			}
		}
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			s, err := strconv.Unquote(e.Value)
			return s, err == nil
		}
	case *ast.BinaryExpr:
		x, okX := p.text(value{e.X, v.in})
		y, okY := p.text(value{e.Y, v.in})
		return x + y, okX && okY && e.Op == token.ADD
	}
	return "", false
}

// exprName is the name of a function or variable, such as "verify.ValidARN".
func exprName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return exprName(e.X) + "." + e.Sel.Name
	case *ast.IndexExpr: // A function with a type argument.
		return exprName(e.X)
	}
	return "?"
}
