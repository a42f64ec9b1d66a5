package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"resilience/app/web"
)

// RoutesCommand lists every address that the server answers.
type RoutesCommand struct {
	JSON bool `name:"json" help:"Print the result as JSON."`
}

// Run prints method, path, who may use it, and whether it changes anything.
func (r RoutesCommand) Run(p *program) error {
	list := web.Routes()
	var words strings.Builder
	table := tabwriter.NewWriter(&words, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprint(table, "METHOD\tPATH\tCHANGES\tROLES")
	for _, route := range list {
		changes := "no"
		if route.Changes {
			changes = "yes"
		}
		_, _ = fmt.Fprintf(table, "\n%s\t%s\t%s\t%s", route.Method, route.Path, changes, strings.Join(route.Roles, " "))
	}
	_ = table.Flush() // a strings.Builder never fails
	return p.result(r.JSON, list, words.String())
}
