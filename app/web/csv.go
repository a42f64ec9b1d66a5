package web

import (
	"encoding/csv"
	"fmt"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/paths"
)

// table sends comma-separated values to be saved under a name, row by row as fill gives them. Nothing of a cell is read
// as a formula by a spreadsheet. Nothing is sent before the first row, so that what is refused before it is a page.
func (r *request) table(name string, head []string, fill func(row func(...string) error) error) error {
	var w *csv.Writer
	begin := func() error {
		h := r.Response().Header()
		h.Set("Content-Type", "text/csv; charset=utf-8")
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
		h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
		r.Response().WriteHeader(http.StatusOK)
		if _, err := r.Response().Write([]byte("\ufeff")); err != nil { // by which spreadsheets know UTF-8
			return err
		}
		w = csv.NewWriter(r.Response())
		w.UseCRLF = true
		return w.Write(head)
	}
	err := fill(func(cells ...string) error {
		if w == nil {
			if err := begin(); err != nil {
				return err
			}
		}
		for i, c := range cells {
			if _, err := strconv.ParseFloat(c, 64); err != nil { // an amount below zero is no formula
				cells[i] = funding.Harmless(c)
			}
		}
		return w.Write(cells)
	})
	if err == nil && w == nil {
		err = begin()
	}
	if w != nil {
		w.Flush()
		if err == nil {
			err = w.Error()
		}
	}
	if err != nil {
		return fmt.Errorf("send %s: %w", name, err)
	}
	return nil
}

// filterWords say a filter as its address does.
func filterWords(pairs []string) string {
	var words []string
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			words = append(words, pairs[i]+" "+pairs[i+1])
		}
	}
	if len(words) == 0 {
		return "all"
	}
	return strings.Join(words, ", ")
}

func (a *app) casesFile(r *request) error {
	f := caseFilter(r)
	what := f
	if what.Text != "" {
		what.Text = "words" // what was looked for is nobody's business later
	}
	today := a.service.Now().Today
	head := []string{"Reference", "Practice", "Code", "Practices", "Stage", "On hold", "Letter due", "Route in", "Local team", "Team code", "Who has it", "Received", "Next step due"}
	return r.table("cases-"+today.String()+".csv", head, func(row func(...string) error) error {
		return a.service.ExportCases(r.Request().Context(), r.by(), f, filterWords(paths.FilterPairs(what)), func(c casework.Row, rules casework.Rules) error {
			return row(c.Reference, c.PracticeName, string(c.Practice), fmt.Sprint(c.Practices), c.State.Name(), yes(c.OnHold), yes(c.LetterDue), c.Route.Name(), c.TeamName,
				string(c.Team), c.AssigneeName, c.StartedOn.String(), c.Next(rules).By.String())
		})
	})
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// closedYear names the closed year in which an entry was made, or to which its work belongs; "" where there is none.
func closedYear(y calendar.Year) string {
	if y == 0 {
		return ""
	}
	return y.String()
}

func (a *app) entriesFile(r *request) error {
	scope, figure := r.scope(), funding.Figure(r.QueryParam("figure"))
	head := []string{"Entry", "Day", "What", "Case", "Practice", "Local team", "Funding source", "Financial year", "From", "To", "By", "Adds in pounds", "Made after the closing of", "Work of the closed year"}
	name := "entries-" + string(figure) + "-" + a.service.Now().Today.String() + ".csv"
	what := filterWords(append([]string{"figure", string(figure)}, paths.FilterPairs(casework.Filter{Scope: scope})...))
	return r.table(name, head, func(row func(...string) error) error {
		return a.service.ExportEntries(r.Request().Context(), r.by(), scope, figure, what, func(e funding.ScopeEntry) error {
			return row(fmt.Sprint(e.ID), e.Effective.String(), e.Kind, e.Reference, e.PracticeName, e.Team, e.Source, e.Year.String(), e.From.Name(), e.To.Name(), e.Who, e.Change.Plain(), closedYear(e.Late), closedYear(e.WorkOf))
		})
	})
}
