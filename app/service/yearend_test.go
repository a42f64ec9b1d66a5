package service_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/service"
	"resilience/app/service/servicetest"
	"resilience/app/support"
)

// inApril is the service on the first working days after 2016/17.
func inApril(w *servicetest.World) *service.Service {
	return service.New(w.Store, service.ClockFrom(calendar.MustParse("2017-04-03")), slog.New(slog.DiscardHandler))
}

// decidedAndAsked takes 2016/17 of the team Own up to the second person's agreement: what is reserved is given back, what was received is
// accrued, and what was not delivered is to be released.
func decidedAndAsked(ctx context.Context, w *servicetest.World) error {
	s := inApril(w)
	for _, name := range []string{"offerapproved", "offered", "accepted", "proposed"} {
		if err := s.Withdraw(ctx, w.By("pm"), service.On{Case: w.Case(name)}, "The year is over."); err != nil {
			return err
		}
	}
	y, err := s.YearEnd(ctx, w.By("lead"), servicetest.Own, 2016)
	if err != nil {
		return err
	}
	for _, l := range y.Lines {
		for received, choice := range map[bool]funding.YearEndChoice{true: funding.Accrue, false: funding.ReleaseLeft} {
			if n := l.Amount(received); n > 0 {
				in := funding.YearEndInput{Line: l.Line, Received: received, Choice: string(choice), Amount: n, Reason: "As the lists show."}
				err = errors.Join(err, s.DecideYearEnd(ctx, w.By("lead"), servicetest.Own, 2016, in))
			}
		}
	}
	return errors.Join(err, s.AskToCloseYear(ctx, w.By("lead"), servicetest.Own, 2016, "Agreed with the region."))
}

// The second person's agreement closes the year and releases what was decided to be released, to the penny, in the same change; what was
// claimed goes on. A case whose line gave something back is closed like any other.
func TestAClosingReleasesWhatWasDecided(t *testing.T) {
	w, ctx := servicetest.Make(t), t.Context()
	s := inApril(w)
	must(t, decidedAndAsked(ctx, w))
	before, err := s.YearEnd(ctx, w.By("finance"), servicetest.Own, 2016)
	must(t, err)
	released, left := before.Released(), leftOf(t, w, servicetest.Own, "gprp")
	if released == 0 || released != before.Total(false) {
		t.Fatalf("%s is to be released of %s", released, before.Total(false))
	}
	must(t, s.SettleYearClosing(ctx, w.By("finance"), servicetest.Own, 2016, funding.ClosingAnswer{Agree: true}))
	after, err := s.YearEnd(ctx, w.By("finance"), servicetest.Own, 2016)
	must(t, err)
	if !after.Closed() || after.Total(false) != 0 || after.Total(true) != before.Total(true) || leftOf(t, w, servicetest.Own, "gprp") != left+released {
		t.Errorf("closed %v, %s not delivered, %s received of %s, %s left of %s", after.Closed(), after.Total(false), after.Total(true), before.Total(true), leftOf(t, w, servicetest.Own, "gprp"), left+released)
	}
	booksBalance(t, w)
	must(t, s.ApproveClaim(ctx, w.By("lead"), w.Case("checked"), 1))
	must(t, s.ReturnClaim(ctx, w.By("holder"), w.Case("claimed"), 1, "The list is of another practice."))
	file, err := s.Closing(ctx, w.By("holder"), w.Case("received"))
	must(t, err)
	must(t, s.Close(ctx, w.By("holder"), w.On("received"), servicetest.ClosingOf(file, "improved", "Every session is filled.")))
	booksBalance(t, w)
	late, err := s.LateEntries(ctx, w.By("finance"), after, 0)
	must(t, err)
	if late.Total() != len(late.Entries) || late.Of(funding.Release) != 0 || late.Of(funding.ApproveClaim) == 0 || late.Of(funding.ReturnClaim) == 0 {
		t.Errorf("the late entries, without what the closing released, are %+v", late.Sums)
	}
	for _, e := range late.Entries {
		if e.Late != 2016 || e.Claim != 1 || e.Line == "" || e.Case == 0 {
			t.Errorf("a late entry says that it belongs to %+v", e)
		}
	}
	if open, err := s.LateEntries(ctx, w.By("finance"), before, 0); err != nil || open.Total() != 0 {
		t.Errorf("a year that is open has %d late entries, %v", open.Total(), err)
	}
}

// A reserved line on which somebody decided at the end of the year can still be taken out of its offer: nothing of it was agreed. What was decided
// stays in the history.
func TestADecidedLineIsTakenOut(t *testing.T) {
	w, ctx := servicetest.Make(t), t.Context()
	s, id := inApril(w), w.Case("offerapproved")
	y, err := s.YearEnd(ctx, w.By("lead"), servicetest.Own, 2016)
	must(t, err)
	var line int64
	for _, l := range y.Lines {
		if n := l.Amount(false); l.Case == int64(id) && n > 0 {
			must(t, s.DecideYearEnd(ctx, w.By("lead"), servicetest.Own, 2016, funding.YearEndInput{Line: l.Line, Choice: string(funding.ReleaseLeft), Amount: n, Reason: "It comes too late."}))
			line = l.Line
		}
	}
	must(t, s.RemoveLine(ctx, w.By("holder"), w.On("offerapproved"), line))
	y, err = s.YearEnd(ctx, w.By("lead"), servicetest.Own, 2016)
	must(t, err)
	if slices.ContainsFunc(y.Lines, func(l funding.YearEndLine) bool { return l.Line == line }) {
		t.Error("a line that is gone is still to be decided")
	}
	booksBalance(t, w)
}

// Work that is found after the closing is paid from a line of the open year that names the line it belongs to. The name goes with the line through the
// variation to the statement, the file of entries and the page of the closed year, and verify compares it.
func TestWorkFoundAfterAClosing(t *testing.T) {
	w, ctx := servicetest.Make(t), t.Context()
	s, id := inApril(w), w.Case("delivery")
	open, err := s.Offer(ctx, w.By("holder"), id)
	must(t, err)
	if len(open.Choices.Closed) != 0 {
		t.Errorf("before a year is closed %+v can be chosen", open.Choices.Closed)
	}
	must(t, decidedAndAsked(ctx, w))
	must(t, s.SettleYearClosing(ctx, w.By("finance"), servicetest.Own, 2016, funding.ClosingAnswer{Agree: true}))
	must(t, servicetest.Fund(ctx, s, w.By("region"), w.By("finance"), 2017, "gprp", 3_000_00))
	must(t, s.VaryAgreement(ctx, w.By("holder"), w.On("delivery"), "A session of March was left out of the list."))
	file, err := s.Offer(ctx, w.By("holder"), id)
	must(t, err)
	closed := file.Choices.Closed
	if len(closed) != 2 || closed[0].Year != 2016 || closed[0].ID != file.Live().Lines[0].ID {
		t.Fatalf("lines of closed years are %+v", closed)
	}
	l := servicetest.PaidLine(400_00, "One session in March.")
	l.Starts, l.Ends = calendar.MustParse("2017-04-03"), calendar.MustParse("2017-04-28")
	for _, c := range []struct {
		of     int64
		change func(*support.Line)
		field  string
	}{
		{999, nil, "late_of"}, {-1, nil, "late_of"}, {file.Variation.Lines[0].ID, nil, "late_of"},
		{closed[0].ID, func(l *support.Line) {
			l.Starts, l.Ends = calendar.MustParse("2017-03-20"), calendar.MustParse("2017-03-31")
		}, "starts-day"},
	} {
		wrong := l
		if wrong.LateOf.ID = c.of; c.change != nil {
			c.change(&wrong)
		}
		invalid, is := fault.AsInvalid(s.AddLine(ctx, w.By("holder"), id, casework.LineInput{Line: wrong}))
		if !is || len(invalid.Fields) != 1 || invalid.Fields[0].Name != c.field {
			t.Errorf("a line that names %d: %+v", c.of, invalid)
		}
	}
	l.LateOf.ID = closed[0].ID
	must(t, s.AddLine(ctx, w.By("holder"), id, casework.LineInput{Line: l}))
	if got := offerOf(t, w, "holder", "delivery").Variation; got.Lines[len(got.Lines)-1].LateOf != closed[0] {
		t.Errorf("the line names %+v", got.Lines[len(got.Lines)-1].LateOf)
	}
	must(t, s.ApproveOffer(ctx, w.By("finance"), w.On("delivery")))
	must(t, s.DraftAgreement(ctx, w.By("holder"), w.On("delivery")))
	text := agreementOf(t, w, "pm", "delivery").Live()
	if words := "Pays for work of a year that is closed: " + closed[0].Description; !strings.Contains(text.Body, strings.TrimSuffix(words, ".")) {
		t.Errorf("the memorandum does not say %q:\n%s", words, text.Body)
	}
	must(t, s.SignAgreement(ctx, w.By("signatory"), id, signature(text.Hash)))
	must(t, s.CountersignAgreement(ctx, w.By("lead"), id, text.Hash))
	agreed := offerOf(t, w, "pm", "delivery").Live().Lines
	if got := agreed[len(agreed)-1]; got.LateOf != closed[0] || got.Year() != 2017 {
		t.Errorf("agreed is %+v", got)
	}
	booksBalance(t, w)
	y, err := s.YearEnd(ctx, w.By("finance"), servicetest.Own, 2016)
	must(t, err)
	for _, who := range []string{"finance", "lead", "region", "nation", "auditor"} {
		late, err := s.LateEntries(ctx, w.By(who), y, 0)
		must(t, err)
		if len(late.Found) != 1 || late.FoundAll != 1 || late.Found[0].Agreed != 400_00 || late.Found[0].Paid != 0 || late.Found[0].Of != closed[0].Description || late.Found[0].Year != 2017 {
			t.Errorf("%s reads that later was found %+v", who, late.Found)
		}
	}
	found := 0
	must(t, s.ExportEntries(ctx, w.By("finance"), casework.Scope{Year: 2017}, funding.InCommitted, "", func(e funding.ScopeEntry) error {
		if e.WorkOf == 2016 && e.Late == 0 && e.Change == 400_00 {
			found++
		}
		return nil
	}))
	if found != 1 {
		t.Errorf("%d entries of 2017/18 are of work of 2016/17", found)
	}
}

// What a line has by the time of the agreement is what counts: a claim that came in between stops it, and nothing is released.
func TestAClosingIsStoppedByAClaim(t *testing.T) {
	w, ctx := servicetest.Make(t), t.Context()
	s := inApril(w)
	must(t, decidedAndAsked(ctx, w))
	money, err := s.Money(ctx, w.By("pm"), w.Case("delivery"))
	must(t, err)
	left := leftOf(t, w, servicetest.Own, "gprp")
	must(t, s.MakeClaim(ctx, w.By("pm"), w.Case("delivery"), servicetest.ClaimOf(money.Lines[0].ID, 500_00), servicetest.Evidence))
	conflict(t, s.SettleYearClosing(ctx, w.By("finance"), servicetest.Own, 2016, funding.ClosingAnswer{Agree: true}), "in the way of closing")
	if now := leftOf(t, w, servicetest.Own, "gprp"); now != left {
		t.Errorf("%s is left, and not %s", now, left)
	}
	booksBalance(t, w)
}

// An act that waited for its turn until after midnight, and goes by the day before, is refused where money moved on the new day: its lines are not as it
// reads them. The next try does it, and whoever is second is told by whom it was done.
func TestAClosingThatWaitedAcrossMidnight(t *testing.T) {
	w, ctx := servicetest.Make(t), t.Context()
	before := inApril(w)
	after := service.New(w.Store, service.ClockFrom(calendar.MustParse("2017-04-04")), slog.New(slog.DiscardHandler))
	must(t, decidedAndAsked(ctx, w))
	money, err := after.Money(ctx, w.By("pm"), w.Case("delivery"))
	must(t, err)
	must(t, after.MakeClaim(ctx, w.By("pm"), w.Case("delivery"), servicetest.ClaimOf(money.Lines[0].ID, 500_00), servicetest.Evidence))
	left := leftOf(t, w, servicetest.Own, "gprp")
	conflict(t, before.SettleYearClosing(ctx, w.By("finance"), servicetest.Own, 2016, funding.ClosingAnswer{Agree: true}), "money of the year moved on 4 April 2017")
	if now := leftOf(t, w, servicetest.Own, "gprp"); now != left {
		t.Errorf("%s is left, and not %s", now, left)
	}
	must(t, after.ReturnClaim(ctx, w.By("holder"), w.Case("delivery"), 1, "The list is of another practice."))
	conflict(t, before.SettleYearClosing(ctx, w.By("finance"), servicetest.Own, 2016, funding.ClosingAnswer{Agree: true}), "Look at the lines as they are now")
	must(t, before.SettleYearClosing(ctx, w.By("finance"), servicetest.Own, 2016, funding.ClosingAnswer{Why: "A list came in."}))
	conflict(t, after.SettleYearClosing(ctx, w.By("region"), servicetest.Own, 2016, funding.ClosingAnswer{Agree: true}), "Fay Finance has refused to close the year")
	conflict(t, before.AskToCloseYear(ctx, w.By("lead"), servicetest.Own, 2016, "It went back."), "money of the year moved on 4 April 2017")
	must(t, after.AskToCloseYear(ctx, w.By("lead"), servicetest.Own, 2016, "It went back."))
	must(t, after.SettleYearClosing(ctx, w.By("finance"), servicetest.Own, 2016, funding.ClosingAnswer{Agree: true}))
	conflict(t, after.SettleYearClosing(ctx, w.By("region"), servicetest.Own, 2016, funding.ClosingAnswer{Agree: true}), "Fay Finance agreed to it")
	booksBalance(t, w)
}

// What an over-commitment has left goes out of a year that is closed, as of one that is open.
func TestAnOverCommitmentEndsInAClosedYear(t *testing.T) {
	w, ctx := servicetest.Make(t), t.Context()
	id, err := w.Service.AskForBudgetChange(ctx, w.By("lead"), service.NewBudgetChange{
		Kind: funding.OverCommitment, Year: 2016, Team: servicetest.Own, Amount: 8_000_00, Until: calendar.MustParse("2017-03-31"), Reason: "Two offers are sure to come back.",
	})
	must(t, err)
	must(t, w.Service.AgreeToBudgetChange(ctx, w.By("region"), id, funding.Giver))
	must(t, w.Service.AgreeToBudgetChange(ctx, w.By("finance"), id, funding.Taker))
	must(t, decidedAndAsked(ctx, w))
	must(t, inApril(w).SettleYearClosing(ctx, w.By("finance"), servicetest.Own, 2016, funding.ClosingAnswer{Agree: true}))
	if n, err := inApril(w).EndOverCommitments(ctx); n != 1 || err != nil {
		t.Errorf("%d ended, %v", n, err)
	}
	if got := leftOf(t, w, servicetest.Own, funding.OverCommitmentSource); got != 0 {
		t.Errorf("%s is left of it", got)
	}
	booksBalance(t, w)
}
