package service_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// files are those of this folder that pass the filter, read but not compiled.
func files(t *testing.T, passes func(name string) bool) (list []*ast.File) {
	t.Helper()
	names, err := filepath.Glob("*.go")
	must(t, err)
	for _, name := range names {
		if passes(name) {
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			must(t, err)
			list = append(list, f)
		}
	}
	return list
}

// functions are those of such files, by name; of methods that share a name, all.
func functions(t *testing.T, passes func(name string) bool) map[string][]*ast.FuncDecl {
	t.Helper()
	list := map[string][]*ast.FuncDecl{}
	for _, f := range files(t, passes) {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok {
				list[fn.Name.Name] = append(list[fn.Name.Name], fn)
			}
		}
	}
	return list
}

// calls are the names of what is called anywhere in a function.
func calls(in ast.Node) map[string]bool {
	names := map[string]bool{}
	ast.Inspect(in, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			switch f := call.Fun.(type) {
			case *ast.Ident:
				names[f.Name] = true
			case *ast.SelectorExpr:
				names[f.Sel.Name] = true
			}
		}
		return true
	})
	return names
}

// movers are the use cases that can move money: the exported methods of the service from which a call leads to Post.
func movers(t *testing.T) []string {
	t.Helper()
	all := functions(t, func(name string) bool { return !strings.HasSuffix(name, "_test.go") })
	moves := map[string]bool{"Post": true}
	for more := true; more; {
		more = false
		for name, list := range all {
			if moves[name] {
				continue
			}
			for _, fn := range list {
				for called := range calls(fn) {
					if moves[called] {
						moves[name], more = true, true
					}
				}
			}
		}
	}
	var names []string
	for name := range moves {
		for _, fn := range all[name] {
			if fn.Recv != nil && ast.IsExported(name) {
				if star, ok := fn.Recv.List[0].Type.(*ast.StarExpr); ok && star.X.(*ast.Ident).Name == "Service" {
					names = append(names, name)
				}
			}
		}
	}
	slices.Sort(names)
	return slices.DeleteFunc(slices.Compact(names), func(name string) bool { return name == "WithdrawCover" }) // it calls another Withdraw
}

// calledIn are the names of what is called in functions of the tests of this folder.
func calledIn(t *testing.T, names ...string) map[string]bool {
	t.Helper()
	tests := functions(t, func(name string) bool { return strings.HasSuffix(name, "_test.go") })
	called := map[string]bool{}
	for _, name := range names {
		if len(tests[name]) == 0 {
			t.Fatalf("there is no function %s", name)
		}
		for _, fn := range tests[name] {
			maps.Copy(called, calls(fn))
		}
	}
	return called
}

// Every use case that can move money is cut off between its statements, so that whoever writes the next one is told here.
func TestEveryUseCaseThatMovesMoneyIsCutOff(t *testing.T) {
	list := movers(t)
	if len(list) < 40 {
		t.Errorf("only %d use cases move money: %v", len(list), list)
	}
	cut := calledIn(t, "moneyActs", "offerActs", "budgetActs")
	for _, name := range list {
		if !cut[name] {
			t.Errorf("%s can move money, and no act of the table is cut off that calls it", name)
		}
	}
}
