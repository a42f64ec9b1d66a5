package service_test

import (
	"context"
	"flag"
	"fmt"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"resilience/app/account"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/practice"
	"resilience/app/service"
	"resilience/app/service/servicetest"
	"resilience/app/support"
)

// traveller takes one case along the whole path. Every step is somebody else's where the rules want it so.
type traveller struct {
	*servicetest.World
	t  *rapid.T
	id casework.ID
}

func (v *traveller) must(err error) {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
}

func (v *traveller) on(who string) service.On {
	v.t.Helper()
	f, err := v.Service.Case(context.Background(), v.By(who), v.id)
	v.must(err)
	return service.On{Case: v.id, Version: f.Version}
}

// A case with nothing from the practice passes from its request to the money received, whatever the case is: no field
// of a contribution exists to fill in, the time that the practice offers stays empty, and no step asks for either.
func TestNothingFromThePracticeReachesThePractice(t *testing.T) {
	world := servicetest.Make(t)
	checks(t, 30) // each is some thirty transactions
	rapid.Check(t, func(t *rapid.T) {
		v := &traveller{World: world, t: t}
		v.begin()
		v.decide()
		lines := v.agree()
		received := v.pay(lines)
		file, err := v.Service.Closing(context.Background(), v.By("holder"), v.id)
		v.must(err)
		outcome := casework.Outcomes[rapid.IntRange(0, len(casework.Outcomes)-1).Draw(t, "outcome")].Outcome
		v.must(v.Service.Close(context.Background(), v.By("holder"), v.on("holder"), servicetest.ClosingOf(file, outcome, "Done.")))
		f, err := v.Service.Case(context.Background(), v.By("pm"), v.id)
		v.must(err)
		if f.State != casework.Closed {
			t.Fatalf("the case ended at %s", f.State)
		}
		balances, err := v.Store.CaseBalances(context.Background(), int64(v.id))
		v.must(err)
		for state, balance := range balances {
			if want := map[funding.MoneyState]funding.Pence{funding.Received: received}[state]; balance != want {
				t.Fatalf("%s holds %s, not %s", state, balance, want)
			}
		}
	})
}

// checks sets how many cases a property is tried on, for this test.
func checks(t *testing.T, n int) {
	t.Helper()
	const name = "rapid.checks"
	before := flag.Lookup(name).Value.String()
	if err := flag.Set(name, strconv.Itoa(n)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = flag.Set(name, before) })
}

// begin asks for help, or opens the case for the practice, and acknowledges it.
func (v *traveller) begin() {
	ctx, t := context.Background(), v.t
	var err error
	if rapid.Bool().Draw(t, "asked") {
		v.id, err = v.Service.BeginRequest(ctx, v.By("pm"), servicetest.Marigold)
		v.must(err)
		if rapid.Bool().Draw(t, "group") {
			v.must(v.Service.AddPractice(ctx, v.By("pm"), v.id, servicetest.Teasel))
		}
		v.must(v.Service.SaveRequest(ctx, v.By("pm"), v.on("pm"), casework.Request{Problem: rapid.StringMatching(`[A-Z][a-z ]{5,60}\.`).Draw(t, "problem"), Needs: []string{"hr"}, Success: "Better."}))
		v.must(v.Service.SendRequest(ctx, v.By("pm"), v.on("pm")))
		v.must(v.Service.Assign(ctx, v.By("lead"), v.on("lead"), v.By("holder").Actor.ID))
	} else {
		route := rapid.SampledFrom(casework.Routes[1:]).Draw(t, "route")
		v.id, err = v.Service.OpenCase(ctx, v.By("holder"), servicetest.Marigold, casework.Opening{Route: route, Reason: "Said to be in trouble."})
		v.must(err)
	}
	v.must(v.Service.Acknowledge(ctx, v.By("holder"), v.on("holder"), ""))
}

func (v *traveller) decide() {
	ctx := context.Background()
	v.must(v.Service.BeginAssessment(ctx, v.By("holder"), v.on("holder")))
	v.must(v.Service.Assess(ctx, v.By("holder"), v.id, casework.Assessing{Findings: servicetest.Findings(), Version: 1, Complete: true}))
	v.must(v.Service.ReviewAssessment(ctx, v.By("colleague"), v.on("colleague"), servicetest.Agreed))
	v.must(v.Service.Recommend(ctx, v.By("holder"), v.on("holder"), casework.Verdicting{Outcome: casework.ForSupport, Reasons: "They can be helped.", NoInterest: true}))
	v.must(v.Service.Decide(ctx, v.By("lead"), v.on("lead"), casework.Verdicting{Outcome: casework.ForSupport, Codes: []string{"workforce"}, Reasons: "We can help you in time.", NoInterest: true}))
	v.must(v.Service.SendLetter(ctx, v.By("holder"), v.on("holder"), casework.Posting{}))
}

// agree offers random lines without a condition and without any time of the practice, and has them agreed in either
// order. It returns the line that is paid to the practice.
func (v *traveller) agree() funding.ClaimLine {
	ctx, t := context.Background(), v.t
	amount := funding.Pence(rapid.Int64Range(2, 50_000).Draw(t, "pence"))
	lines := []support.Line{servicetest.PaidLine(amount, "")}
	if rapid.Bool().Draw(t, "invoice") {
		lines = append(lines, servicetest.InvoiceLine(amount, amount/5, ""))
	}
	if rapid.Bool().Draw(t, "in kind") {
		lines = append(lines, servicetest.KindLine(rapid.IntRange(1, 40).Draw(t, "half days"), ""))
	}
	for _, l := range lines {
		v.must(v.Service.AddLine(ctx, v.By("holder"), v.id, casework.LineInput{Line: l}))
	}
	v.must(v.Service.ApproveOffer(ctx, v.By("lead"), v.on("lead")))
	v.must(v.Service.SendOffer(ctx, v.By("holder"), v.on("holder"), servicetest.Day.AddWorkingDays(support.UsualNotice)))
	v.must(v.Service.AcceptOffer(ctx, v.By(rapid.SampledFrom([]string{"pm", "signatory"}).Draw(t, "who accepts")), v.on("pm")))
	v.must(v.Service.DraftAgreement(ctx, v.By("holder"), v.on("holder")))
	file, err := v.Service.Agreement(ctx, v.By("holder"), v.id)
	v.must(err)
	hash := file.Live().Hash
	sign := func() {
		v.must(v.Service.SignAgreement(ctx, v.By("signatory"), v.id, support.Signature{Name: "Sam Signatory", Role: "Partner", Read: true, Hash: hash}))
	}
	if rapid.Bool().Draw(t, "team first") {
		v.must(v.Service.CountersignAgreement(ctx, v.By("lead"), v.id, hash))
		sign()
	} else {
		sign()
		v.must(v.Service.CountersignAgreement(ctx, v.By("lead"), v.id, hash))
	}
	money, err := v.Service.Money(ctx, v.By("pm"), v.id)
	v.must(err)
	for _, l := range money.Lines {
		if l.Position == 1 {
			return l
		}
	}
	t.Fatal("the offer has no first line")
	return funding.ClaimLine{}
}

// pay claims a part of the line or all of it, and takes the claim to the receipt. It returns what the practice has.
func (v *traveller) pay(line funding.ClaimLine) funding.Pence {
	ctx, t := context.Background(), v.t
	balances, err := v.Store.LineBalances(ctx, line.ID)
	v.must(err)
	amount := funding.Pence(rapid.Int64Range(1, int64(balances[funding.Committed])).Draw(t, "claimed"))
	v.must(v.Service.MakeClaim(ctx, v.By("pm"), v.id, servicetest.ClaimOf(line.ID, amount), servicetest.Evidence))
	v.must(v.Service.CheckClaim(ctx, v.By("holder"), v.id, 1, servicetest.NotAlike))
	v.must(v.Service.ApproveClaim(ctx, v.By("lead"), v.id, 1))
	claim, err := v.Service.Claim(ctx, v.By("lead"), v.id, 1)
	v.must(err)
	batch, err := v.Service.ReleaseBatch(ctx, v.By("finance"), practice.Code(servicetest.Own), []int64{claim.Claim.ID})
	v.must(err)
	v.must(v.Service.RecordPaid(ctx, v.By("finance"), batch, 1, servicetest.Day))
	v.must(v.Service.ConfirmReceived(ctx, v.By("pm"), v.id, 1, false))
	return amount
}

// No person who took one step of a claim takes the next, whatever the order of trying.
func TestFourEyesAlongTheWay(t *testing.T) {
	w := servicetest.Make(t)
	lead := w.By("lead")
	lead.Actor.Assignments = append(lead.Actor.Assignments,
		account.Assignment{Role: account.Caseworker, Place: account.AtArea, Code: servicetest.Own}, account.Assignment{Role: account.FinanceOfficer, Place: account.AtArea, Code: servicetest.Own})
	if err := w.Service.ApproveClaim(t.Context(), lead, w.Case("checked"), 1); err != nil {
		t.Fatalf("somebody with three roles who did nothing yet may approve: %v", err)
	}
	f, err := w.Service.Claim(t.Context(), lead, w.Case("checked"), 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Service.ReleaseBatch(t.Context(), lead, practice.Code(servicetest.Own), []int64{f.Claim.ID}); err == nil {
		t.Error("who approved a claim releases its payment, as a finance officer")
	} else if fmt.Sprint(err) == "" {
		t.Error("the refusal does not say why")
	}
}
