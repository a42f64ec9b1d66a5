package service_test

import (
	"strings"
	"testing"

	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/service/servicetest"
	"resilience/app/support"
)

// A claim is refused with a document that does not show what its line is for: cover that is paid by the session is shown by a
// timesheet, and so is backfill at one price. The claim keeps what its document is, and a provider's is the invoice.
func TestWhatAClaimIsShownBy(t *testing.T) {
	for what, cover := range map[string]func(*support.Line){
		"by the session": func(l *support.Line) { l.Unit, l.Halves, l.Price, l.Net = support.BySession, 10, 200_00, 0 },
		"backfill":       func(l *support.Line) { l.Route, l.Net = support.Backfill, 1_000_00 },
	} {
		t.Run(what, func(t *testing.T) { coverIsShownByTimesheet(t, cover) })
	}
}

func coverIsShownByTimesheet(t *testing.T, paid func(*support.Line)) {
	t.Helper()
	w := servicetest.Make(t)
	ctx, s, id := t.Context(), w.Service, w.Case("offerdraft")
	line := servicetest.PaidLine(0, "")
	paid(&line)
	must(t, add(w, ctx, "holder", "offerdraft", line))
	must(t, s.ApproveOffer(ctx, w.By("lead"), w.On("offerdraft")))
	must(t, s.SendOffer(ctx, w.By("holder"), w.On("offerdraft"), servicetest.Day.AddWorkingDays(support.UsualNotice)))
	must(t, s.AcceptOffer(ctx, w.By("pm"), w.On("offerdraft")))
	must(t, s.DraftAgreement(ctx, w.By("holder"), w.On("offerdraft")))
	file, err := s.Agreement(ctx, w.By("holder"), id)
	must(t, err)
	offer, err := s.Offer(ctx, w.By("holder"), id)
	must(t, err)
	lines := offer.Offers[0].Lines
	if got := lines[len(lines)-1].Route; got != line.Route {
		t.Errorf("the line reaches the practice by %q, not %q", got, line.Route)
	}
	must(t, s.SignAgreement(ctx, w.By("signatory"), id, support.Signature{Name: "Sam Signatory", Role: "Partner", Read: true, Hash: file.Live().Hash}))
	must(t, s.CountersignAgreement(ctx, w.By("lead"), id, file.Live().Hash))
	var cover funding.ClaimLine
	for _, l := range moneyOf(t, w, id).Lines {
		if l.ByTime || l.Backfill {
			cover = l
		}
	}
	in := servicetest.ClaimOf(cover.ID, 400_00)
	for kind, words := range map[funding.Evidence]string{"": "Choose what the document is", funding.Invoice: "Choose what the document is", funding.MilestoneReport: "needs a timesheet"} {
		in.Evidence = kind
		if err := s.MakeClaim(ctx, w.By("pm"), id, in, servicetest.Evidence); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("shown by %q: %v", kind, err)
		} else if _, ok := fault.AsInvalid(err); !ok {
			t.Errorf("shown by %q: %v", kind, err)
		}
	}
	in.Evidence = funding.Timesheet
	must(t, s.MakeClaim(ctx, w.By("pm"), id, in, servicetest.Evidence))
	if got := moneyOf(t, w, id).Claims[0].ShownBy; got != funding.Timesheet {
		t.Errorf("the claim is shown by %q", got)
	}
	must(t, s.MakeClaim(ctx, w.By("holder"), w.Case("delivery"), servicetest.InvoiceOf(lineOf(t, w, w.Case("delivery"), 2).ID, 10_00, "N-1"), servicetest.Evidence))
	if got := moneyOf(t, w, w.Case("delivery")).Claims[0].ShownBy; got != funding.Invoice {
		t.Errorf("the invoice is shown by %q", got)
	}
	proves(t, w)
}
