package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
)

// messages returns the texts of errors and conditions in the function's Go code.
func messages(root string) ([]sentence, error) {
	var out []sentence
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); file != root && (strings.HasPrefix(name, ".") || notFunction[name]) {
				return filepath.SkipDir
			}
			return nil
		}
		if filepath.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go") || strings.HasPrefix(d.Name(), "zz_") {
			return nil
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, file, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		out = append(out, inCode(relative(root, file), set, f)...)
		return nil
	})
	return out, err
}

// notFunction are directories of the root without code of the function.
var notFunction = map[string]bool{"bench": true, "hack": true, "node_modules": true, "test": true, "testdata": true, "tools": true}

// inCode returns the texts in calls that make errors or messages, in constants whose
// names begin with err, and in fields called Message or Reason.
func inCode(file string, set *token.FileSet, f *ast.File) []sentence {
	var out []sentence
	ast.Inspect(f, func(n ast.Node) bool {
		found := texts(n)
		for _, e := range found {
			out = append(out, literals(file, set, e)...)
		}
		return len(found) == 0
	})
	return out
}

// texts returns the expressions of a node that contain messages.
func texts(n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.CallExpr:
		if makesMessage(n.Fun) {
			return n.Args
		}
	case *ast.ValueSpec:
		if strings.HasPrefix(n.Names[0].Name, "err") {
			return n.Values
		}
	case *ast.KeyValueExpr:
		if key, ok := n.Key.(*ast.Ident); ok && (key.Name == "Message" || key.Name == "Reason") {
			return []ast.Expr{n.Value}
		}
	}
	return nil
}

// literals returns the sentences in the string literals of an expression.
func literals(file string, set *token.FileSet, e ast.Expr) []sentence {
	var out []sentence
	ast.Inspect(e, func(n ast.Node) bool {
		lit, ok := n.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			return true
		}
		if text, err := strconv.Unquote(lit.Value); err == nil {
			out = append(out, split(file, set.Position(lit.Pos()).Line, text)...)
		}
		return false
	})
	return out
}

// makesMessage reports whether a called function makes an error or a message.
func makesMessage(function ast.Expr) bool {
	s, ok := function.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	of, ok := s.X.(*ast.Ident)
	if !ok {
		return false
	}
	switch of.Name {
	case "errors", "field":
		return true
	case "fmt":
		return s.Sel.Name == "Errorf" || s.Sel.Name == "Sprintf"
	case "response":
		return true
	default:
		return s.Sel.Name == "warn"
	}
}
