package source

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// Checks contains the validation of an attribute's value in the source code.
type Checks struct {
	// Patterns are the regular expressions that the value must match.
	Patterns []string
	// Forbidden are the regular expressions that the value must not match.
	Forbidden []string
	// Validators are the names of validation functions, such as "verify.ValidARN".
	// It omits those whose messages reveal all limits.
	Validators []string
	// Alternatives reports whether the value must only satisfy one of several
	// functions, so that none of their limits is required.
	Alternatives bool
}

// tellAll lists the functions whose messages reveal all limits.
var tellAll = []string{
	"enum.Validate", "validation.FloatAtLeast", "validation.FloatAtMost", "validation.FloatBetween", "validation.IntAtLeast", "validation.IntAtMost",
	"validation.IntBetween", "validation.IntInSlice", "validation.StringInSlice", "validation.StringLenBetween",
}

// Checks returns the validation of an attribute, such as "rule.status", and reports
// whether the source code contains the attribute. Some attributes are created in
// other packages.
func (r Resource) Checks(path string) (Checks, bool) {
	object, attribute := r.body, value{}
	for i, name := range strings.Split(path, ".") {
		if i > 0 {
			object, _ = r.pkg.field(attribute, "Elem")
		}
		schema, ok := r.pkg.schema(object)
		if !ok {
			return Checks{}, false
		}
		if attribute, ok = r.pkg.item(schema, name); !ok {
			return Checks{}, false
		}
	}
	if _, ok := r.pkg.resolve(attribute).expr.(*ast.CompositeLit); !ok {
		return Checks{}, false
	}
	return r.pkg.checks(attribute), true
}

// schema returns the attributes of a resource by name.
func (p *pkg) schema(resource value) (value, bool) {
	if v, ok := p.field(resource, "Schema"); ok {
		return v, true
	}
	if v, ok := p.field(resource, "SchemaFunc"); ok {
		return p.result(v, nil)
	}
	return value{}, false
}

// checks returns the validation of an attribute and of the items of a list. It
// omits the values of a map.
func (p *pkg) checks(attribute value) Checks {
	c := Checks{}
	of := []value{attribute}
	if t, _ := p.field(attribute, "Type"); exprName(t.expr) != "schema.TypeMap" {
		if elem, ok := p.field(attribute, "Elem"); ok {
			of = append(of, elem)
		}
	}
	for _, v := range of {
		for _, name := range []string{"ValidateFunc", "ValidateDiagFunc"} {
			if f, ok := p.field(v, name); ok {
				p.validator(f, 0, &c)
			}
		}
	}
	return c
}

// validator adds the checks of a validation function. depth is the nesting of
// functions.
func (p *pkg) validator(v value, depth int, c *Checks) {
	if depth > maxSteps {
		return
	}
	switch e := v.expr.(type) {
	case *ast.Ident:
		if next, ok := p.step(v); ok {
			p.validator(next, depth+1, c)
		} else if f := p.functions[e.Name]; f != nil {
			add(&c.Validators, e.Name)
			p.conditions(f.Body, within(nil, f.Type, f.Body, nil), c)
		}
	case *ast.FuncLit:
		p.conditions(e.Body, within(v.in, e.Type, e.Body, nil), c)
		if len(c.Validators) == 0 {
			c.Validators = failing(e.Body)
		}
	case *ast.SelectorExpr:
		add(&c.Validators, exprName(e))
	case *ast.CallExpr:
		p.call(e, v, depth, c)
	}
}

// call adds the checks of the validation function that a call returns.
func (p *pkg) call(e *ast.CallExpr, v value, depth int, c *Checks) {
	switch name := exprName(e.Fun); name {
	case "validation.All", "validation.AllDiag", "validation.ToDiagFunc":
		for _, f := range v.args(e) {
			p.validator(f, depth+1, c)
		}
	case "validation.Any", "validation.AnyDiag":
		c.Alternatives = true
	case "validation.StringMatch":
		p.pattern(value{e.Args[0], v.in}, &c.Patterns)
	case "validation.StringDoesNotMatch":
		p.pattern(value{e.Args[0], v.in}, &c.Forbidden)
	default:
		if !slices.Contains(tellAll, name) && name != "?" {
			add(&c.Validators, name)
		}
		if f, ok := p.step(v); ok {
			p.validator(f, depth+1, c)
		}
	}
}

// conditions adds the patterns in a validation function's own code, which reports
// an error if the value matches, or if it does not. It ignores code after an early
// return, which applies only to some values.
func (p *pkg) conditions(body *ast.BlockStmt, in *scope, c *Checks) {
	for _, statement := range body.List {
		i, ok := statement.(*ast.IfStmt)
		if !ok {
			continue
		}
		if !refuses(i.Body) {
			return
		}
		condition, to := i.Cond, &c.Forbidden
		if not, ok := condition.(*ast.UnaryExpr); ok && not.Op == token.NOT {
			condition, to = not.X, &c.Patterns
		}
		if match, ok := condition.(*ast.CallExpr); ok {
			if f, ok := match.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "MatchString" {
				p.pattern(value{f.X, in}, to)
			}
		}
	}
}

// failing returns the names of the functions whose errors a function literal
// checks.
func failing(body *ast.BlockStmt) []string {
	var out []string
	for _, statement := range body.List {
		a, ok := statement.(*ast.AssignStmt)
		if !ok || exprName(a.Lhs[len(a.Lhs)-1]) != "err" {
			continue
		}
		if call, ok := a.Rhs[0].(*ast.CallExpr); ok {
			add(&out, exprName(call.Fun))
		}
	}
	return out
}

// refuses reports whether a block of a validation function reports an error.
func refuses(block *ast.BlockStmt) bool {
	found := false
	ast.Inspect(block, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			found = found || slices.Contains([]string{"append", "fmt.Errorf", "errors.New"}, exprName(call.Fun))
		}
		return !found
	})
	return found
}

// pattern adds the text of a compiled regular expression.
func (p *pkg) pattern(v value, to *[]string) {
	v = p.resolve(v)
	call, ok := v.expr.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 || !strings.HasSuffix(exprName(call.Fun), ".MustCompile") {
		return
	}
	if s, ok := p.text(value{call.Args[0], v.in}); ok {
		add(to, s)
	}
}

func add(to *[]string, s string) {
	if !slices.Contains(*to, s) {
		*to = append(*to, s)
	}
}
