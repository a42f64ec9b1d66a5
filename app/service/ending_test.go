package service_test

import (
	"testing"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/service/servicetest"
	"resilience/app/support"
)

// notice is a complete notice for a day.
func notice(on calendar.Date) support.EndingInput {
	return support.EndingInput{Reason: "no_help", Detail: "The adviser has no time for us.", On: on}
}

// upTo is a claim of an amount for the days of a line up to one.
func upTo(line int64, amount funding.Pence, last calendar.Date) funding.ClaimInput {
	in := servicetest.ClaimOf(line, amount)
	in.To = last
	return in
}

// wrongIn fails unless the act was refused for what stands in a field.
func wrongIn(t testing.TB, err error, field string) {
	t.Helper()
	if wrong, ok := fault.AsInvalid(err); !ok || wrong.Fields[0].Name != field {
		t.Errorf("not refused for %q: %v", field, err)
	}
}

// The practice gives notice; until its day everything goes on. On the day, and not before, what nobody has claimed goes back, with
// what a variation under way had reserved. What was claimed goes on, can be claimed anew when it comes back, and the case is closed.
func TestAMemorandumEndsOnItsDay(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s, id := t.Context(), w.Service, w.Case("delivery")
	before, ends := left(t, w), servicetest.LineStarts.AddDays(19)
	lines := offerOf(t, w, "holder", "delivery").Live().Lines
	v := varying(t, w)
	must(t, changeLine(t, w, v.Lines[0], func(l *support.Line) { l.Net += 500_00 }))
	must(t, s.ApproveOffer(ctx, w.By("finance"), w.On("delivery")))
	must(t, s.DraftAgreement(ctx, w.By("holder"), w.On("delivery")))

	must(t, s.EndAgreement(ctx, w.By("signatory"), w.On("delivery"), notice(ends)))
	if b := balances(t, w, "delivery"); b[funding.Committed] != 14_800_00 || b[funding.Reserved] != 500_00 || w.File("pm", "delivery").EndsOn() != ends {
		t.Errorf("a notice for %s leaves %v", ends, b)
	}
	if n, err := onDay(w, ends.AddDays(-1)).EndAgreements(ctx); n != 0 || err != nil {
		t.Fatalf("%d ended before their day, %v", n, err)
	}
	late := onDay(w, ends)
	wrongIn(t, late.MakeClaim(ctx, w.By("pm"), id, upTo(lines[0].ID, 3_000_00, ends.AddDays(1)), servicetest.Evidence), "to")
	must(t, late.MakeClaim(ctx, w.By("pm"), id, upTo(lines[0].ID, 3_000_00, ends), servicetest.Evidence))
	wrongIn(t, late.EndAgreement(ctx, w.By("lead"), w.On("delivery"), notice(ends.AddDays(-1))), "due")
	must(t, late.EndAgreement(ctx, w.By("lead"), w.On("delivery"), notice(ends.AddDays(30))))
	for _, want := range []int{1, 0} {
		if n, err := late.EndAgreements(ctx); n != want || err != nil {
			t.Fatalf("%d ended, not %d: %v", n, want, err)
		}
	}
	verifies(t, w)
	if b := balances(t, w, "delivery"); b[funding.Committed] != 0 || b[funding.Reserved] != 0 || b[funding.Claimed] != 3_000_00 || left(t, w) != before+11_800_00 {
		t.Errorf("after its end the case has %v, and %s is left of %s", b, left(t, w), before)
	}
	f := agreementOf(t, w, "pm", "delivery")
	if f.Live() != nil || f.Agreements[0].State != support.Dropped || f.Agreements[1].State != support.Ended || f.Facts.VariationID != 0 || f.Facts.EndedOn != ends {
		t.Errorf("the versions are %s and %s, the variation %d", f.Agreements[0].State, f.Agreements[1].State, f.Facts.VariationID)
	}
	if n := f.Endings; len(n) != 2 || n[0].State != support.Overtaken || n[1].State != support.NoticeDone || !n[1].Whole || n[1].Freed != 11_800_00 {
		t.Errorf("the notices are %+v", n)
	}
	conflict(t, late.EndAgreement(ctx, w.By("pm"), w.On("delivery"), notice(ends)))
	conflict(t, late.VaryAgreement(ctx, w.By("holder"), w.On("delivery"), why))
	work, err := late.Work(ctx, w.By("holder"), casework.WorkClose, 1)
	must(t, err)
	if len(work.Items) != 1 || work.Items[0].Case != id || work.Items[0].Day != ends {
		t.Errorf("the work is %+v", work.Items)
	}

	must(t, late.ReturnClaim(ctx, w.By("holder"), id, 1, "The list of sessions is of another practice."))
	verifies(t, w)
	over := upTo(lines[0].ID, 3_000_01, ends)
	over.Reference = "Second"
	wrongIn(t, late.MakeClaim(ctx, w.By("pm"), id, over, servicetest.Evidence), "gross")
	over.Net, over.Gross = 2_900_00, 2_900_00
	must(t, late.MakeClaim(ctx, w.By("pm"), id, over, servicetest.Evidence))
	must(t, late.ReturnClaim(ctx, w.By("holder"), id, 2, "Again the wrong list."))
	must(t, late.Close(ctx, w.By("holder"), w.On("delivery"), w.Closing("delivery", "improved", "It went well as far as it went.")))
	verifies(t, w)
	if got := left(t, w); got != before+14_800_00 {
		t.Errorf("after closing %s is left of %s", got, before)
	}
}

// A notice is withdrawn by the side that gave it, and is complete or not given at all.
func TestANoticeIsWithdrawn(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	day := servicetest.Day.AddDays(10)
	if err := s.EndAgreement(ctx, w.By("holder"), w.On("delivery"), notice(day)); !fault.IsForbidden(err) {
		t.Errorf("the caseworker ends it: %v", err)
	}
	for field, change := range map[string]func(*support.EndingInput){
		"because": func(in *support.EndingInput) { in.Reason = "so" },
		"reason":  func(in *support.EndingInput) { in.Detail = "It goes on only if the practice pays half of the cost." },
		"due":     func(in *support.EndingInput) { in.On = servicetest.Day.AddDays(-1) },
	} {
		in := notice(day)
		change(&in)
		wrongIn(t, s.EndAgreement(ctx, w.By("lead"), w.On("delivery"), in), field)
	}
	must(t, s.EndAgreement(ctx, w.By("lead"), w.On("delivery"), notice(day)))
	conflict(t, s.EndAgreement(ctx, w.By("lead"), w.On("delivery"), notice(day)), "Notice is given", day.Words())
	conflict(t, s.KeepAgreement(ctx, w.By("pm"), w.On("delivery"), "", "We go on."), "other side")
	wrongIn(t, s.KeepAgreement(ctx, w.By("lead"), w.On("delivery"), "", " "), "reason")
	must(t, s.KeepAgreement(ctx, w.By("lead"), w.On("delivery"), "", "The adviser comes after all."))
	if n, err := onDay(w, day).EndAgreements(ctx); n != 0 || err != nil || balances(t, w, "delivery")[funding.Committed] != 14_800_00 {
		t.Errorf("%d ended after the notice was withdrawn, %v", n, err)
	}
	timeline := w.File("pm", "delivery").Timeline
	if timeline[0].Act != "notice to end the memorandum withdrawn" || timeline[1].Words["ends"] != day.Words() {
		t.Errorf("the practice reads %+v", timeline[:2])
	}
}

// A practice of a group ends its own part, at once where it says today; the others go on, and the memorandum ends with the last.
func TestAPracticeOfAGroupEndsItsPart(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	id, member := sharedOffer(t, w), memberSigner(w)
	must(t, s.AcceptOffer(ctx, member, w.On("supported")))
	must(t, s.AcceptOffer(ctx, w.By("signatory"), w.On("supported")))
	must(t, s.DraftAgreement(ctx, w.By("holder"), w.On("supported")))
	hash := standing(t, w, id).Hash
	must(t, s.SignAgreement(ctx, member, id, support.Signature{Name: "Terry Teasel", Role: "Partner", Read: true, Hash: hash}))
	must(t, s.SignAgreement(ctx, w.By("signatory"), id, signature(hash)))
	must(t, s.CountersignAgreement(ctx, w.By("lead"), id, hash))

	must(t, s.EndAgreement(ctx, member, w.On("supported"), notice(servicetest.Day)))
	if b := balances(t, w, "supported"); b[funding.Committed] != 6_000_61 || !w.File("pm", "supported").Facts.EndedOn.IsZero() {
		t.Errorf("after one part ended the case has %v", b)
	}
	verifies(t, w)
	conflict(t, s.EndAgreement(ctx, member, w.On("supported"), notice(servicetest.Day)), "no part in this memorandum")
	must(t, s.EndAgreement(ctx, w.By("pm"), w.On("supported"), notice(servicetest.Day.AddDays(3))))
	if n, err := onDay(w, servicetest.Day.AddDays(3)).EndAgreements(ctx); n != 1 || err != nil {
		t.Fatalf("%d ended: %v", n, err)
	}
	f := agreementOf(t, w, "pm", "supported")
	if b := balances(t, w, "supported"); b[funding.Committed] != 0 || f.InForce() != nil || f.Facts.EndedOn != servicetest.Day.AddDays(3) {
		t.Errorf("after the last part ended the case has %v", b)
	}
	verifies(t, w)
}
