package servicetest

import (
	"resilience/app/casework"
	"resilience/app/service"
	"resilience/app/support"
)

// ClosingOf is a complete closing of a case, with a reason for every line that is not delivered.
func ClosingOf(f service.ClosingFile, outcome casework.Outcome, reasons string) casework.Closing {
	in := casework.Closing{Outcome: outcome, Reasons: reasons, Because: map[int64]support.UndeliveredReason{}, Why: map[int64]string{}}
	for _, l := range f.Undelivered {
		in.Because[l.Line], in.Why[l.Line] = "not_needed", "The partners manage without the last of it."
	}
	return in
}

// Closing is a complete closing of a case of this name, for the holder.
func (w *World) Closing(name string, outcome casework.Outcome, reasons string) casework.Closing {
	w.t.Helper()
	f, err := w.Service.Closing(w.t.Context(), w.By("holder"), w.Case(name))
	if err != nil {
		w.t.Fatal(err)
	}
	return ClosingOf(f, outcome, reasons)
}
