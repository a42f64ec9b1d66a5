package servicetest

import (
	"resilience/app/casework"
	"resilience/app/support"
)

// ReportOf is a complete report on the agreed support of a case, by its practice, that says so much of every line.
func (w *World) ReportOf(name, given string) casework.Reporting {
	w.t.Helper()
	file, err := w.Service.Progress(w.t.Context(), w.By("auditor"), w.Case(name))
	if err != nil {
		w.t.Fatal(err)
	}
	in := casework.Reporting{Rating: support.AtRisk, Words: "The second room is not free yet.", Given: map[int64]string{}, Slipped: map[int64]string{}}
	for _, l := range file.Offer.Counted() {
		in.Given[l.ID] = given
	}
	for _, l := range file.Offer.Standing() {
		if l.Provider != 0 {
			in.Provider = l.Provider
		}
	}
	return in
}
