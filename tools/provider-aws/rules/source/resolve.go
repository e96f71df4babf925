package source

import (
	"go/ast"
	"go/token"
	"strconv"
)

// maxSteps limits the resolution through variables and functions, because some
// functions are recursive.
const maxSteps = 32

// scope contains the values of names at a position in a function.
type scope struct {
	outer  *scope
	values map[string]value
}

// value is an expression with the scope of its names. The scope is nil at package
// level.
type value struct {
	expr ast.Expr
	in   *scope
}

// find returns the value of a name in the function or in an enclosing one.
func (s *scope) find(name string) (value, bool) {
	for ; s != nil; s = s.outer {
		if v, ok := s.values[name]; ok {
			return v, true
		}
	}
	return value{}, false
}

// resolve follows variables and functions of the package to a literal, or to an
// identifier of another package.
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

// args returns the arguments of a call in the value's scope.
func (v value) args(e *ast.CallExpr) []value {
	out := make([]value, 0, len(e.Args))
	for _, a := range e.Args {
		out = append(out, value{a, v.in})
	}
	return out
}

// result returns the result of a function, and reports whether the function is in
// the package.
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

// returned returns the first result of a function's last return statement.
func returned(body *ast.BlockStmt, in *scope) (value, bool) {
	for i := len(body.List) - 1; i >= 0; i-- {
		if r, ok := body.List[i].(*ast.ReturnStmt); ok && len(r.Results) > 0 {
			return value{r.Results[0], in}, true
		}
	}
	return value{}, false
}

// within returns the scope at the end of a function's body, with its parameters and
// local variables.
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

// after returns the scope after a statement, which may define variables.
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

// field returns a field of a struct literal, and reports whether it exists.
func (p *pkg) field(v value, name string) (value, bool) {
	return p.element(v, func(key value) bool {
		field, ok := key.expr.(*ast.Ident)
		return ok && field.Name == name
	})
}

// item returns an item of a map literal, and reports whether it exists.
func (p *pkg) item(v value, name string) (value, bool) {
	return p.element(v, func(key value) bool {
		text, ok := p.text(key)
		return ok && text == name
	})
}

// element returns the first element of a literal for whose key wanted returns true,
// and reports whether there is one.
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

// text returns the value of a string: a literal, or a constant or variable of this
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

// exprName returns the name of a function or variable, such as "verify.ValidARN".
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
