package service_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/service"
	"resilience/app/service/servicetest"
	"resilience/app/support"
)

func agreementOf(t testing.TB, w *servicetest.World, who, name string) service.AgreementFile {
	t.Helper()
	f, err := w.Service.Agreement(t.Context(), w.By(who), w.Case(name))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// onDay is a service on the world whose programme's day is another one.
func onDay(w *servicetest.World, day calendar.Date) *service.Service {
	return service.New(w.Store, service.Clock{Programme: func() time.Time { return day.Start().Add(9 * time.Hour) }, Real: time.Now}, slog.New(slog.DiscardHandler))
}

func signature(hash string) support.Signature {
	return support.Signature{Name: "Dr S Signatory", Role: "Senior partner", Read: true, Hash: hash}
}

// In either order, the second acceptance commits, and not the first.
func TestTheSecondAcceptanceCommits(t *testing.T) {
	for _, practiceFirst := range []bool{true, false} {
		w := servicetest.Make(t)
		hash := agreementOf(t, w, "pm", "proposed").Live().Hash
		id := w.Case("proposed")
		sign := func() error { return w.Service.SignAgreement(t.Context(), w.By("signatory"), id, signature(hash)) }
		countersign := func() error { return w.Service.CountersignAgreement(t.Context(), w.By("lead"), id, hash) }
		first, second := sign, countersign
		if !practiceFirst {
			first, second = countersign, sign
		}
		must(t, first())
		if b := balances(t, w, "proposed"); b[funding.Committed] != 0 || w.File("pm", "proposed").State != casework.Agreeing {
			t.Errorf("practice first %t: the first acceptance commits %s", practiceFirst, b[funding.Committed])
		}
		if err := first(); err == nil {
			t.Errorf("practice first %t: the same side accepts twice", practiceFirst)
		}
		must(t, second())
		if b := balances(t, w, "proposed"); b[funding.Committed] != 10_000_00 || b[funding.Reserved] != 0 || w.File("pm", "proposed").State != casework.Delivery {
			t.Errorf("practice first %t: the second acceptance leaves %v", practiceFirst, b)
		}
		g := agreementOf(t, w, "pm", "proposed").Live()
		if g.State != support.InForce || g.Practice.Name != "Dr S Signatory" || g.Practice.Role != "Senior partner" || g.Team.Name != "Leah Lead" || g.Practice.At.IsZero() || g.Team.At.IsZero() {
			t.Errorf("practice first %t: %+v, %+v", practiceFirst, g.Practice, g.Team)
		}
	}
}

// What was reserved when the offer was approved is there at the second acceptance, though the budget has nothing left.
func TestAPromiseIsKeptWhenNothingIsLeft(t *testing.T) {
	w := servicetest.Make(t)
	must(t, add(w, t.Context(), "holder", "offerdraft", servicetest.PaidLine(left(t, w)-10_000_00, "")))
	must(t, w.Service.ApproveOffer(t.Context(), w.By("lead"), w.On("offerdraft")))
	must(t, w.Service.ApproveOffer(t.Context(), w.By("finance"), w.On("offerdraft")))
	if got := left(t, w); got != 0 {
		t.Fatalf("%s is left", got)
	}
	hash := agreementOf(t, w, "pm", "proposed").Live().Hash
	must(t, w.Service.CountersignAgreement(t.Context(), w.By("lead"), w.Case("proposed"), hash))
	must(t, w.Service.SignAgreement(t.Context(), w.By("signatory"), w.Case("proposed"), signature(hash)))
	if b := balances(t, w, "proposed"); b[funding.Committed] != 10_000_00 || b[funding.Reserved] != 0 {
		t.Errorf("both have accepted, and the case has %v", b)
	}
}

// A memorandum that is written again is another version; the hash of the old text is refused.
func TestTheTextThatStands(t *testing.T) {
	w := servicetest.Make(t)
	before := agreementOf(t, w, "signatory", "proposed").Live()
	must(t, w.Service.Assign(t.Context(), w.By("lead"), w.On("proposed"), w.By("colleague").Actor.ID))
	must(t, w.Service.PlanMilestone(t.Context(), w.By("lead"), w.On("proposed"), casework.Planning{What: "The rota is written four weeks ahead", Owner: support.ByPractice, Due: calendar.MustParse("2017-03-14")}))
	must(t, w.Service.DraftAgreement(t.Context(), w.By("lead"), w.On("proposed")))
	f := agreementOf(t, w, "signatory", "proposed")
	now := f.Live()
	if now.Number != 2 || now.Hash == before.Hash || len(f.Agreements) != 2 || f.Agreements[1].State != support.Replaced || f.Agreements[1].Body != before.Body {
		t.Fatalf("version %d stands, with %d in all", now.Number, len(f.Agreements))
	}
	if !strings.Contains(now.Body, "Colin Colleague") {
		t.Error("the new contact is not in the new text")
	}
	if !strings.Contains(before.Body, "\n5. Action plan\nNo milestone is set yet.") || !strings.Contains(now.Body, "\n5. Action plan\n(1) The rota is written four weeks ahead. The practice, by 14 March 2017.\n") || !strings.Contains(now.Body, "\n10. Ending\n") {
		t.Errorf("the action plan is not in the text: %s", now.Body)
	}
	for who, err := range map[string]error{
		"signatory": w.Service.SignAgreement(t.Context(), w.By("signatory"), w.Case("proposed"), signature(before.Hash)),
		"lead":      w.Service.CountersignAgreement(t.Context(), w.By("lead"), w.Case("proposed"), before.Hash),
	} {
		if !fault.IsStale(err) {
			t.Errorf("the %s accepts a text that does not stand: %v", who, err)
		}
	}
	must(t, w.Service.SignAgreement(t.Context(), w.By("signatory"), w.Case("proposed"), signature(now.Hash)))
	conflict(t, w.Service.DraftAgreement(t.Context(), w.By("lead"), w.On("proposed")))
}

func TestASignatureIsComplete(t *testing.T) {
	w := servicetest.Make(t)
	s := support.Signature{Hash: agreementOf(t, w, "signatory", "proposed").Live().Hash}
	invalid, ok := fault.AsInvalid(w.Service.SignAgreement(t.Context(), w.By("signatory"), w.Case("proposed"), s))
	if !ok || len(invalid.Fields) != 3 {
		t.Errorf("an empty signature gives %v", invalid)
	}
}

// The memorandum says what was agreed, and nothing else stands in its fields.
func TestTheMemorandum(t *testing.T) {
	w := servicetest.Make(t)
	g := agreementOf(t, w, "pm member", "delivery").Live()
	for _, words := range []string{
		"MARIGOLD SURGERY (X10001)", "PRP-2016-0000", "Backfill while two partners leave.", "section 96", "£10,000 without VAT, £0 VAT, £10,000 in all", "£4,000 without VAT, £800 VAT, £4,800 in all",
		"Northern Resilience Team", "2½ days", "When: 18 January 2017 to 31 March 2017.", "In all: £14,800 with VAT, and 2½ days of help in kind.", "Holly Holder, holder@own.example", "7. Conditions\nNone.", "not asked for a contribution",
	} {
		if !strings.Contains(g.Body, words) {
			t.Errorf("the memorandum does not say %q:\n%s", words, g.Body)
		}
	}
	if strings.ContainsAny(g.Body, "{}") || g.Hash != support.Hash(g.Body) {
		t.Errorf("the memorandum has fields left, or another hash:\n%s", g.Body)
	}
}

// One person cannot accept for both sides, though they hold both roles.
func TestOnePersonCannotAcceptForBoth(t *testing.T) {
	w := servicetest.Make(t)
	hash := agreementOf(t, w, "pm", "proposed").Live().Hash
	both := w.By("lead")
	both.Actor.Assignments = append(both.Actor.Assignments, w.By("signatory").Actor.Assignments...)
	must(t, w.Service.SignAgreement(t.Context(), both, w.Case("proposed"), signature(hash)))
	conflict(t, w.Service.CountersignAgreement(t.Context(), both, w.Case("proposed"), hash), "somebody else")
	if balances(t, w, "proposed")[funding.Committed] != 0 {
		t.Error("one person committed the money")
	}
}

// The case knows when the practice had its first offer and since when the memorandum is in force, and a list when the
// offer has to be answered.
func TestPromisesOfOffers(t *testing.T) {
	w := servicetest.Make(t)
	if f := w.File("pm", "delivery").Facts; f.FirstOfferOn != servicetest.Day || f.AgreedOn != servicetest.Day {
		t.Errorf("the first offer went on %s, agreed on %s", f.FirstOfferOn, f.AgreedOn)
	}
	if f := w.File("pm", "proposed").Facts; f.FirstOfferOn != servicetest.Day || !f.AgreedOn.IsZero() {
		t.Errorf("the first offer went on %s, agreed on %s", f.FirstOfferOn, f.AgreedOn)
	}
	list, rules, err := w.Service.Cases(t.Context(), w.By("lead"), casework.Filter{State: casework.Offered}, 1)
	if err != nil || len(list.Rows) == 0 {
		t.Fatal(len(list.Rows), err)
	}
	if next := list.Rows[0].Next(rules); next.By != w.File("lead", "offered").Facts.OfferExpiresOn {
		t.Errorf("the list says %s", next.By)
	}
}

// Somebody of the practice who also works for another team sees neither a draft nor budgets.
func TestADraftIsForThoseWhoReadAsStaff(t *testing.T) {
	w := servicetest.Make(t)
	both := w.By("pm")
	both.Actor.Assignments = append(both.Actor.Assignments, w.By("cw other").Actor.Assignments...)
	f, err := w.Service.Offer(t.Context(), both, w.Case("offerdraft"))
	if err != nil || len(f.Offers) != 0 || f.Purses != nil {
		t.Errorf("%d offers, %d budgets, %v", len(f.Offers), len(f.Purses), err)
	}
}
