package service_test

import (
	"log/slog"
	"testing"

	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/service"
	"resilience/app/service/servicetest"
	"resilience/app/support"
)

// reports are those of the case in delivery, as its practice reads them.
func reports(t *testing.T, w *servicetest.World) []support.Report {
	t.Helper()
	f, err := w.Service.Progress(t.Context(), w.By("pm"), w.Case("delivery"))
	must(t, err)
	return f.Reports
}

func TestReportsOfProgressAreRead(t *testing.T) {
	w := servicetest.Make(t)
	s, ctx := w.Service, t.Context()
	waiting := func() int {
		n, err := s.Waiting(ctx, w.By("lead"))
		must(t, err)
		return n.Reports
	}
	must(t, s.ReportProgress(ctx, w.By("signatory"), w.On("delivery"), w.ReportOf("delivery", "1")))
	list := reports(t, w)
	if len(list) != 1 || !list[0].Unread() || list[0].Provider != 0 || list[0].Given[0].Halves != 2 || waiting() != 1 {
		t.Fatalf("%+v, %d wait", list, waiting())
	}
	if err := s.Close(ctx, w.By("holder"), w.On("delivery"), w.Closing("delivery", "improved", "It went well.")); !isConflict(err) {
		t.Errorf("closing with a report that is not read: %v", err)
	}
	if err := s.ReadReports(ctx, w.By("lead"), w.On("delivery")); !fault.IsForbidden(err) {
		t.Errorf("the lead reads for the holder: %v", err)
	}
	must(t, s.ReadReports(ctx, w.By("holder"), w.On("delivery")))
	if list = reports(t, w); list[0].Unread() || waiting() != 0 {
		t.Errorf("read: %+v, %d wait", list, waiting())
	}
	// The holder's own report, for a provider, needs no reading; the lead's does.
	must(t, s.ReportProgress(ctx, w.By("holder"), w.On("delivery"), w.ReportOf("delivery", "2")))
	if list = reports(t, w); list[0].Number != 2 || list[0].Unread() || list[0].ProviderName == "" || waiting() != 0 {
		t.Errorf("by the holder: %+v, %d wait", list[0], waiting())
	}
	must(t, s.ReportProgress(ctx, w.By("lead"), w.On("delivery"), w.ReportOf("delivery", "2")))
	if waiting() != 1 {
		t.Error("the report of the lead does not wait for the holder")
	}
	if v, err := s.Verify(ctx, ""); err != nil || v.Wrong != nil {
		t.Errorf("%v %v", v.Wrong, err)
	}
}

func TestWhatAReportOfProgressHasToSay(t *testing.T) {
	w := servicetest.Make(t)
	for name, one := range map[string]struct {
		who, field string
		change     func(*casework.Reporting)
	}{
		"no rating":               {"pm", "rating", func(r *casework.Reporting) { r.Rating = "blue" }},
		"amber without words":     {"pm", "words", func(r *casework.Reporting) { r.Words = " " }},
		"of nobody's provider":    {"holder", "provider", func(r *casework.Reporting) { r.Provider = 999 }},
		"the team asks for money": {"holder", "words", func(r *casework.Reporting) { r.Words = "The practice must contribute 50% of the cost." }},
		"nothing said of a line":  {"pm", "given", func(r *casework.Reporting) { clear(r.Given) }},
		"thirds of a day": {"pm", "given", func(r *casework.Reporting) {
			for l := range r.Given {
				r.Given[l] = "1.3"
			}
		}},
	} {
		in := w.ReportOf("delivery", "1")
		one.change(&in)
		err := w.Service.ReportProgress(t.Context(), w.By(one.who), w.On("delivery"), in)
		invalid, ok := fault.AsInvalid(err)
		if !ok || len(invalid.Fields) != 1 || invalid.Fields[0].Name[:min(len(one.field), len(invalid.Fields[0].Name))] != one.field {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Less than promised after the last day needs a reason; all that was promised needs none.
func TestALateLineNeedsAReason(t *testing.T) {
	w := servicetest.Make(t)
	file, err := w.Service.Progress(t.Context(), w.By("pm"), w.Case("delivery"))
	must(t, err)
	l := file.Offer.Counted()[0]
	late := service.New(w.Store, service.ClockFrom(l.Ends.AddDays(1)), slog.New(slog.DiscardHandler))
	in := w.ReportOf("delivery", "1")
	send := func() error {
		return late.ReportProgress(t.Context(), w.By("pm"), w.On("delivery"), in)
	}
	if invalid, ok := fault.AsInvalid(send()); !ok || invalid.Fields[0].Name != support.SlippedField(l.ID) {
		t.Fatalf("a late line without a reason: %v", invalid)
	}
	in.Slipped[l.ID] = "The adviser was ill in February."
	must(t, send())
	if g := reports(t, w)[0].Given[0]; g.Slipped != "The adviser was ill in February." {
		t.Errorf("kept: %+v", g)
	}
	in.Slipped[l.ID], in.Given[l.ID] = "", support.TypedDays(l.HalfDays)
	must(t, send())
}
