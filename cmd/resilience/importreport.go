package main

import (
	"fmt"
	"strings"

	"resilience/app/practice"
)

// reportWords is the report for people.
func reportWords(r *practice.ImportReport) string {
	w := &reportWriter{}
	w.line("%s, as at %s (%s, layout %s)", r.File, r.AsAt, r.Kind, r.Layout)
	switch {
	case r.SameFile:
		w.line("This file was imported before. Nothing was changed.")
	case r.OlderFile && r.Moves != nil: // list sizes stand beside each other, each for its day
		w.line("This file is older than one that was imported before: it only filled gaps.")
		w.count(r.GapsFilled, "gaps filled")
		w.count(r.Kept, "values left as they were, because newer files say otherwise")
	}
	w.count(r.RowsRead, "rows read")
	w.practices(r)
	w.listSizes(r)
	w.indicators(r)
	w.count(r.New, "new")
	w.some(r.StubsNamed, "known before by their code alone")
	w.moves(r)
	w.stubs(r)
	w.refused(r)
	return strings.TrimRight(w.String(), "\n")
}

// reportWriter gathers the lines of a report.
type reportWriter struct{ strings.Builder }

func (w *reportWriter) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

func (w *reportWriter) count(n int, words string) { w.line("%9d  %s", n, words) }

// some leaves out what did not happen.
func (w *reportWriter) some(n int, words string) {
	if n > 0 {
		w.count(n, words)
	}
}

func (w *reportWriter) practices(r *practice.ImportReport) {
	if r.PracticeCounts == nil {
		return
	}
	w.count(r.GPPracticesActive, "active GP practices in England")
	w.count(r.LocalTeams, "local teams or integrated care boards among them")
	w.count(r.Commissioners, "commissioners among them")
	w.some(r.ActiveInBoth, "active both before and in this file")
}

func (w *reportWriter) listSizes(r *practice.ImportReport) {
	if r.ListSizeCounts == nil {
		return
	}
	w.count(r.WithListSize, "active GP practices in England with a list size in this file")
	w.count(r.WithoutListSize, "without one")
	w.some(r.NotStated, "rows that do not state a size")
	w.some(r.Corrected, "sizes that replaced another of the same day")
	w.count(r.Patients, "patients")
	w.some(len(r.UnknownPractices), "practices that the register does not know")
}

func (w *reportWriter) indicators(r *practice.ImportReport) {
	if r.IndicatorCounts == nil {
		return
	}
	w.count(r.PracticesTold, "practices with a value in this file")
	w.count(r.ActiveWithout, "active GP practices in England without one")
	w.count(r.ValuesRead, "values")
	w.some(r.ValuesMissing, "values that the file leaves blank or marks as missing")
	w.some(r.ValuesCorrected, "values that replaced another of the same day")
	w.some(len(r.PracticesNotKnown), "practices that the register does not know")
}

func (w *reportWriter) moves(r *practice.ImportReport) {
	if r.Moves == nil {
		return
	}
	for _, m := range []struct {
		among, all int
		words      string
	}{
		{r.Renamed, r.AllRows.Renamed, "renamed"},
		{r.MovedCommissioner, r.AllRows.MovedCommissioner, "moved to another commissioner"},
		{r.MovedArea, r.AllRows.MovedArea, "moved to another area"},
		{r.MovedRegion, r.AllRows.MovedRegion, "moved to another region"},
	} {
		if r.PracticeCounts != nil && m.all > 0 {
			w.count(m.among, fmt.Sprintf("%s, of those active in both (%d of all rows)", m.words, m.all))
		} else {
			w.some(m.all, m.words)
		}
	}
	w.some(r.AllRows.StatusChanges, "changes of status, of all rows")
	w.some(r.AllRows.OtherChanges, "other changes, of all rows")
}

// mostNamed is how many stubs and refusals a report names for people; JSON has them all.
const mostNamed = 20

func (w *reportWriter) stubs(r *practice.ImportReport) {
	w.some(len(r.Stubs), "organisations of which only the code is known")
	for i, s := range r.Stubs {
		if i == mostNamed {
			w.line("           and %d more: see --json", len(r.Stubs)-mostNamed)
			return
		}
		w.line("           %s (%s)", s.Code, s.Kind)
	}
}

func (w *reportWriter) refused(r *practice.ImportReport) {
	w.count(len(r.Refused), "rows refused")
	for i, f := range r.Refused {
		if i == mostNamed {
			w.line("           and %d more: see --json", len(r.Refused)-mostNamed)
			return
		}
		w.line("           line %d: %s", f.Line, f.Reason)
	}
}
