package service_test

import (
	"strings"
	"testing"

	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/service/servicetest"
	"resilience/app/support"
)

// why is a reason of a variation.
const why = "The second partner begins in March and not in February."

// varying begins a variation of the case in delivery, and returns it.
func varying(t testing.TB, w *servicetest.World) *support.Offer {
	t.Helper()
	must(t, w.Service.VaryAgreement(t.Context(), w.By("holder"), w.On("delivery"), why))
	return offerOf(t, w, "holder", "delivery").Variation
}

// changeLine changes a line of the variation of the case in delivery.
func changeLine(t testing.TB, w *servicetest.World, l support.Line, change func(*support.Line)) error {
	t.Helper()
	change(&l)
	return w.Service.ChangeLine(t.Context(), w.By("holder"), w.Case("delivery"), offerOf(t, w, "holder", "delivery").Variation.Version, casework.LineInput{Line: l})
}

// agreeToVary proposes the approved variation and has both sides accept it.
func agreeToVary(t testing.TB, w *servicetest.World) {
	t.Helper()
	must(t, w.Service.DraftAgreement(t.Context(), w.By("holder"), w.On("delivery")))
	hash := agreementOf(t, w, "pm", "delivery").Live().Hash
	must(t, w.Service.SignAgreement(t.Context(), w.By("signatory"), w.Case("delivery"), signature(hash)))
	must(t, w.Service.CountersignAgreement(t.Context(), w.By("lead"), w.Case("delivery"), hash))
}

func verifies(t testing.TB, w *servicetest.World) {
	t.Helper()
	if v, err := w.Service.Verify(t.Context(), ""); err != nil || v.Wrong != nil {
		t.Fatalf("%v %v", v.Wrong, err)
	}
}

// One line costs more, one less, one is taken out and one comes in. What is more is reserved by the approval, the old version
// stays in force and is claimed under until both have accepted, and then all of it moves at once.
func TestAVariation(t *testing.T) {
	w := servicetest.Make(t)
	ctx, s := t.Context(), w.Service
	before, id := left(t, w), w.Case("delivery")
	v := varying(t, w)
	if v.State != support.Varying || len(v.Lines) != 3 || offerOf(t, w, "pm", "delivery").Variation != nil {
		t.Fatalf("the variation is %+v", v)
	}
	conflict(t, s.ApproveOffer(ctx, w.By("finance"), w.On("delivery")), "changes nothing")
	must(t, changeLine(t, w, v.Lines[0], func(l *support.Line) { l.Net = 12_500_00 }))
	must(t, changeLine(t, w, v.Lines[1], func(l *support.Line) { l.Net, l.VAT = 3_000_00, 600_00 }))
	must(t, s.RemoveLine(ctx, w.By("holder"), w.On("delivery"), v.Lines[2].ID))
	must(t, add(w, ctx, "holder", "delivery", servicetest.InvoiceLine(1_000_00, 200_00, "In March too.")))
	must(t, s.ApproveOffer(ctx, w.By("finance"), w.On("delivery")))
	if got := left(t, w); got != before-2_500_00-1_200_00 {
		t.Errorf("the approval leaves %s of %s", got, before)
	}
	verifies(t, w)
	must(t, s.DraftAgreement(ctx, w.By("holder"), w.On("delivery")))
	f := agreementOf(t, w, "pm", "delivery")
	if f.Live().Number != 2 || f.InForce().Number != 1 || f.State != casework.Delivery {
		t.Fatalf("version %d waits, version %d is in force, the case is at %s", f.Live().Number, f.InForce().Number, f.State)
	}
	old := offerOf(t, w, "pm", "delivery").Live().Lines[0].ID
	must(t, s.MakeClaim(ctx, w.By("pm"), id, servicetest.ClaimOf(old, 10_000_00), servicetest.Evidence))
	must(t, s.ReportProgress(ctx, w.By("pm"), w.On("delivery"), w.ReportOf("delivery", "1")))
	must(t, s.SignAgreement(ctx, w.By("signatory"), id, signature(f.Live().Hash)))
	if b := balances(t, w, "delivery"); b[funding.Committed] != 4_800_00 || b[funding.Reserved] != 3_700_00 || b[funding.Claimed] != 10_000_00 {
		t.Errorf("with one acceptance the case has %v", b)
	}
	must(t, s.CountersignAgreement(ctx, w.By("lead"), id, f.Live().Hash))
	if b := balances(t, w, "delivery"); b[funding.Committed] != 2_500_00+3_600_00+1_200_00 || b[funding.Reserved] != 0 || left(t, w) != before-2_500_00 {
		t.Errorf("with both acceptances the case has %v, and %s is left of %s", b, left(t, w), before)
	}
	verifies(t, w)
	o, g := offerOf(t, w, "pm", "delivery").Live(), agreementOf(t, w, "pm", "delivery")
	if o.Gross() != 17_300_00 || len(o.Standing()) != 3 || o.Lines[0].ID != old || g.InForce().Number != 2 || g.Agreements[1].State != support.Replaced {
		t.Errorf("agreed is %+v, version %d is in force", o, g.InForce().Number)
	}
	if w.File("pm", "delivery").Facts.VariationID != 0 {
		t.Error("the variation is still under way")
	}
	must(t, s.MakeClaim(ctx, w.By("pm"), id, func() funding.ClaimInput {
		in := servicetest.ClaimOf(old, 2_500_00)
		in.Reference = "Second"
		return in
	}(), servicetest.Evidence))
	// Another variation of what was varied.
	again := varying(t, w)
	must(t, changeLine(t, w, again.Lines[1], func(l *support.Line) { l.Net, l.VAT = 2_000_00, 400_00 }))
	must(t, s.ApproveOffer(ctx, w.By("finance"), w.On("delivery")))
	agreeToVary(t, w)
	verifies(t, w)
	if got := offerOf(t, w, "pm", "delivery").Live().Gross(); got != 16_100_00 {
		t.Errorf("agreed is %s", got)
	}
}

// What was claimed is not taken away: neither by the approval of a variation nor by the acceptance of one that was approved
// before the claim, of which nothing is left half done.
func TestAVariationLeavesWhatWasClaimed(t *testing.T) {
	w := servicetest.Make(t)
	v := varying(t, w)
	must(t, changeLine(t, w, v.Lines[0], func(l *support.Line) { l.Net = 2_000_00 }))
	must(t, w.Service.ApproveOffer(t.Context(), w.By("finance"), w.On("delivery")))
	must(t, w.Service.DraftAgreement(t.Context(), w.By("holder"), w.On("delivery")))
	f := agreementOf(t, w, "pm", "delivery")
	must(t, w.Service.MakeClaim(t.Context(), w.By("pm"), f.ID, servicetest.ClaimOf(v.Lines[0].Varies, 7_000_00), servicetest.Evidence))
	must(t, w.Service.SignAgreement(t.Context(), w.By("signatory"), f.ID, signature(f.Live().Hash)))
	conflict(t, w.Service.CountersignAgreement(t.Context(), w.By("lead"), f.ID, f.Live().Hash), "£7,000", "£3,000 at most")
	if g := agreementOf(t, w, "pm", "delivery"); g.InForce().Number != 1 || !g.Live().Practice.Given() || g.Live().Team.Given() {
		t.Error("half of it was done")
	}
	must(t, w.Service.CancelOffer(t.Context(), w.By("holder"), w.On("delivery"), "It was claimed meanwhile."))
	if g := agreementOf(t, w, "pm", "delivery"); g.Live().Number != 1 || g.Agreements[0].State != support.Dropped {
		t.Errorf("version %d stands", g.Live().Number)
	}
	next := varying(t, w)
	must(t, changeLine(t, w, next.Lines[0], func(l *support.Line) { l.Net = 6_999_99 }))
	conflict(t, w.Service.ApproveOffer(t.Context(), w.By("finance"), w.On("delivery")), "has been claimed")
	verifies(t, w)
}

// The practice can say no, and then everything is as it was.
func TestAVariationDeclined(t *testing.T) {
	w := servicetest.Make(t)
	before := left(t, w)
	v := varying(t, w)
	must(t, changeLine(t, w, v.Lines[0], func(l *support.Line) { l.Net = 11_000_00 }))
	conflict(t, w.Service.Close(t.Context(), w.By("holder"), w.On("delivery"), w.Closing("delivery", "improved", "It went well.")), "variation")
	must(t, w.Service.ApproveOffer(t.Context(), w.By("finance"), w.On("delivery")))
	if fault.IsForbidden(w.Service.DeclineOffer(t.Context(), w.By("pm"), w.On("delivery"), "-")) || left(t, w) != before-1_000_00 {
		t.Error("a variation that was not proposed can be declined")
	}
	must(t, w.Service.DraftAgreement(t.Context(), w.By("holder"), w.On("delivery")))
	if err := w.Service.DeclineOffer(t.Context(), w.By("signatory"), w.On("delivery"), " "); !contains(err, "Say why you decline the variation") {
		t.Errorf("a variation is declined without a reason: %v", err)
	}
	must(t, w.Service.DeclineOffer(t.Context(), w.By("signatory"), w.On("delivery"), "We keep what we have."))
	if b := balances(t, w, "delivery"); b[funding.Reserved] != 0 || b[funding.Committed] != 14_800_00 || left(t, w) != before {
		t.Errorf("after the no the case has %v, and %s is left of %s", b, left(t, w), before)
	}
	if g := agreementOf(t, w, "pm", "delivery"); g.Live().Number != 1 || g.Live().State != support.InForce {
		t.Errorf("version %d is %s", g.Live().Number, g.Live().State)
	}
	verifies(t, w)
}

// Four eyes, limits and the rule against matched funding hold for a variation as for an offer; what pays a line stays.
func TestWhatAVariationMayNot(t *testing.T) {
	w := servicetest.Make(t)
	ctx := t.Context()
	invalid, ok := fault.AsInvalid(w.Service.VaryAgreement(ctx, w.By("holder"), w.On("delivery"), "The practice pays half of it from now on."))
	if !ok || !strings.Contains(invalid.Error(), "never conditional") {
		t.Errorf("a reason that asks for a contribution: %v", invalid)
	}
	must(t, w.Service.VaryAgreement(ctx, w.By("lead"), w.On("delivery"), why))
	conflict(t, w.Service.VaryAgreement(ctx, w.By("holder"), w.On("delivery"), why))
	v := offerOf(t, w, "holder", "delivery").Variation
	must(t, changeLine(t, w, v.Lines[0], func(l *support.Line) { l.Net = 60_000_00 }))
	conflict(t, w.Service.ApproveOffer(ctx, w.By("lead"), w.On("delivery")), "somebody else")
	for field, change := range map[string]func(*support.Line){
		"route":    func(l *support.Line) { l.Route, l.Provider = support.ByInvoice, servicetest.Helper },
		"ends-day": func(l *support.Line) { l.Ends = l.Ends.AddDays(30) },
	} {
		invalid, _ := fault.AsInvalid(changeLine(t, w, v.Lines[0], change))
		if len(invalid.Fields) == 0 || invalid.Fields[0].Name != field && field == "ends-day" {
			t.Errorf("%s: %v", field, invalid)
		}
	}
	must(t, changeLine(t, w, v.Lines[0], func(l *support.Line) { l.Net = 95_000_00 }))
	if err := w.Service.ApproveOffer(ctx, w.By("finance"), w.On("delivery")); err != nil && !fault.IsForbidden(err) {
		conflict(t, err)
	}
	if balances(t, w, "delivery")[funding.Reserved] != 0 {
		t.Error("something was reserved")
	}
}
