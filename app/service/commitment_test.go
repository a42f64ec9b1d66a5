package service_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/service"
	"resilience/app/service/servicetest"
	"resilience/app/store"
	"resilience/app/support"
)

// Whatever people try, in whatever order and on whatever day: no money of a case is committed unless two persons, one for each side,
// have accepted one exact text, and never more of it than that text agrees. The only exception is rapid intervention for which one
// person asked and on which another one decided.
func TestNoCommitmentWithoutAMemorandum(t *testing.T) {
	committed, early, forward := 0, 0, 0
	for seed := range uint64(60) {
		w := servicetest.Make(t)
		r := rand.New(rand.NewPCG(seed, 7))
		name := []string{"supported", "offerapproved", "offered", "accepted", "proposed", "delivery"}[seed%6]
		if name == "supported" {
			rapidAccepted(t, w)
		}
		if seed%12 == 1 {
			name = "supported"
			forwardApproved(t, w)
			authorised(t, w)
		}
		c := agreeing{World: w, t: t, r: r, id: w.Case(name), auditor: w.By("auditor"), day: servicetest.Day}
		// Whoever may do anything on a side, and one person who may on both, so that only the rules stand in the way.
		practice, team := []account.Role{account.PracticeManager, account.Signatory}, []account.Role{account.TeamLead, account.Caseworker, account.FinanceOfficer}
		for _, one := range []struct {
			name  string
			sides [2][]account.Role
		}{{"pm", [2][]account.Role{practice}}, {"holder", [2][]account.Role{nil, team}}, {"lead", [2][]account.Role{nil, team}}, {"colleague", [2][]account.Role{practice, team}}} {
			by := w.By(one.name)
			by.Actor.Assignments = nil
			for i, place := range []account.Assignment{{Place: account.AtPractice, Code: string(servicetest.Marigold)}, {Place: account.AtArea, Code: servicetest.Own}} {
				for _, role := range one.sides[i] {
					place.Role = role
					by.Actor.Assignments = append(by.Actor.Assignments, place)
				}
			}
			c.people = append(c.people, by)
		}
		c.check()
		for range 60 {
			if c.tries() && c.check() > 0 {
				committed++
			}
		}
		if c.early {
			early++
		}
		if c.forward {
			forward++
		}
		verifies(t, w)
	}
	if committed < 100 || early < 3 || forward < 2 {
		t.Errorf("only %d steps had money that is committed, %d cases had it before the memorandum, and %d were sent with a forward commitment", committed, early, forward)
	}
}

var errNothing = errors.New("there is nothing to decide on")

type agreeing struct {
	*servicetest.World
	t     *testing.T
	r     *rand.Rand
	done  []string // the steps so far, by whom
	early bool     // rapid intervention was committed before the memorandum
	// forward: an offer was sent of which something waits for its budget.
	forward bool
	id      casework.ID
	day     calendar.Date
	people  []service.By
	// auditor reads it.
	auditor service.By
	// What the case has, as check read it last.
	offers     service.OfferFile
	memorandum service.AgreementFile
}

// tries takes one step by one person, whether it is allowed or not, and tells whether it was done.
func (c *agreeing) tries() bool {
	ctx, s := context.Background(), onDay(c.World, c.day)
	by := c.people[c.r.IntN(len(c.people))]
	f, g := c.offers, c.memorandum
	hash := "none"
	if live := g.Live(); live != nil {
		hash = live.Hash
	}
	on := service.On{Case: c.id, Version: f.Version}
	agreed := func() int64 {
		if f.Live() == nil || len(f.Live().Lines) == 0 {
			return 0
		}
		return f.Live().Lines[0].ID
	}
	net := funding.Pence(1 + c.r.IntN(15_000_00))
	acts := []struct {
		often int
		name  string
		do    func() error
	}{
		{1, "a line", func() error {
			return s.AddLine(ctx, by, c.id, casework.LineInput{Line: servicetest.PaidLine(net, "")})
		}},
		{2, "another amount", func() error {
			o := f.Written()
			if o == nil || len(o.Lines) == 0 {
				return nil
			}
			l := o.Lines[0]
			l.Net = net
			return s.ChangeLine(ctx, by, c.id, o.Version, casework.LineInput{Line: l})
		}},
		{4, "approve", func() error { return s.ApproveOffer(ctx, by, on) }},
		{4, "send", func() error { return s.SendOffer(ctx, by, on, c.day.AddWorkingDays(support.UsualNotice)) }},
		{5, "accept", func() error { return s.AcceptOffer(ctx, by, on) }},
		{1, "decline", func() error { return s.DeclineOffer(ctx, by, on, "We manage.") }},
		{1, "cancel", func() error { return s.CancelOffer(ctx, by, on, "Something changed.") }},
		{5, "write", func() error { return s.DraftAgreement(ctx, by, on) }},
		{6, "sign", func() error { return s.SignAgreement(ctx, by, c.id, signature(hash)) }},
		{6, "countersign", func() error { return s.CountersignAgreement(ctx, by, c.id, hash) }},
		{1, "sign another text", func() error { return s.SignAgreement(ctx, by, c.id, signature(support.Hash("Another text.\n"))) }},
		{3, "vary", func() error { return s.VaryAgreement(ctx, by, on, why) }},
		{1, "end", func() error {
			return s.EndAgreement(ctx, by, on, notice(c.day.AddDays(c.r.IntN(9))))
		}},
		{1, "keep", func() error { return s.KeepAgreement(ctx, by, on, "", "We go on.") }},
		{3, "claim", func() error {
			in := servicetest.ClaimOf(agreed(), net)
			in.To = in.From
			return s.MakeClaim(ctx, by, c.id, in, servicetest.Evidence)
		}},
		{2, "return", func() error { return s.ReturnClaim(ctx, by, c.id, 1, "The list is missing.") }},
		{3, "ask early", func() error { return s.AskEarly(ctx, by, on, "The last partner is ill.") }},
		{3, "commit early", func() error { return s.DecideEarly(ctx, by, on, commitNow) }},
		{1, "a line of next year", func() error {
			return s.AddLine(ctx, by, c.id, casework.LineInput{Line: nextYear(net)})
		}},
		{2, "ask forward", func() error { return s.AskForward(ctx, by, on, whyForward) }},
		{3, "authorise", func() error {
			list, err := c.Store.Forwards(ctx, c.id)
			if err != nil || len(list) == 0 {
				return errNothing
			}
			if c.r.IntN(2) == 0 {
				by = c.By("region")
			}
			return s.DecideForward(ctx, by, list[0].ID, casework.ForwardAnswer{Authorise: c.r.IntN(6) > 0, Why: "Next year is full."})
		}},
		{1, "a budget comes", func() error {
			if err := servicetest.Fund(ctx, s, c.By("region"), c.By("finance"), 2017, "other", net/2); err != nil {
				c.t.Fatal(err)
			}
			_, err := s.MeetForwards(ctx)
			return err
		}},
		{1, "withdraw", func() error { return s.Withdraw(ctx, by, on, "We found help.") }},
		{1, "days go by", func() error {
			c.day = c.day.AddDays(1 + c.r.IntN(9))
			s = onDay(c.World, c.day)
			_, err := s.LapseOffers(ctx)
			if _, ending := s.EndAgreements(ctx); err != nil || ending != nil {
				c.t.Fatal(err, ending)
			}
			return nil
		}},
	}
	var chosen []int
	for i, a := range acts {
		chosen = append(chosen, slices.Repeat([]int{i}, a.often)...)
	}
	one := acts[chosen[c.r.IntN(len(chosen))]]
	if one.do() != nil {
		return false
	}
	c.done = append(c.done, by.Actor.Name+": "+one.name)
	return true
}

// check looks whether what is committed was agreed, and returns how much that is.
func (c *agreeing) check() funding.Pence {
	ctx := context.Background()
	held, err := c.Store.CaseBalances(ctx, int64(c.id))
	if err != nil {
		c.t.Fatal(err)
	}
	if c.memorandum, err = c.Service.Agreement(ctx, c.auditor, c.id); err != nil {
		c.t.Fatal(err)
	}
	if c.offers, err = c.Service.Offer(ctx, c.auditor, c.id); err != nil {
		c.t.Fatal(err)
	}
	var most funding.Pence
	for _, g := range c.memorandum.Agreements {
		agreed := g.Practice.Given() && g.Team.Given() && g.Practice.Person != g.Team.Person && g.Hash == support.Hash(g.Body)
		if agreed && (g.State == support.InForce || g.State == support.Ended) {
			for _, o := range c.offers.Offers {
				if o.ID == g.Offer {
					most = o.Gross()
				}
			}
		}
	}
	if e, err := c.Store.Early(ctx, c.id); err == nil && e.State == support.EarlyApproved && e.DecidedBy != 0 && e.DecidedBy != e.AskedBy {
		for _, o := range c.offers.Offers {
			if o.ID == e.Offer && o.State == support.Accepted {
				most, c.early = max(most, o.RapidCost()), true
			}
		}
	}
	c.checkForward()
	got := held.CommittedInAll()
	if got > most {
		c.t.Fatalf("%s is committed, and both sides have agreed to %s, after:\n%s", got, most, strings.Join(c.done, "\n"))
	}
	return got
}

// checkForward looks whether what waits for a budget holds nothing, and whether what was promised of it was authorised by somebody who neither
// wrote nor approved it.
func (c *agreeing) checkForward() {
	list, err := c.Store.Forwards(context.Background(), c.id)
	if err != nil {
		c.t.Fatal(err)
	}
	for _, o := range c.offers.Offers {
		for _, l := range o.Lines {
			if !l.Forward {
				continue
			}
			if b := c.offers.Balances[l.ID]; len(b) > 0 {
				c.t.Fatalf("a line that waits for its budget has %v, after:\n%s", b, strings.Join(c.done, "\n"))
			}
			c.forward = c.forward || o.State == support.Sent
			if o.State == support.Sent && !slices.ContainsFunc(list, func(f support.Forward) bool {
				return f.Offer == o.ID && f.Version == o.Version && f.Budget == l.Budget && f.State == support.ForwardAuthorised && f.DecidedBy != f.AskedBy && f.DecidedBy != o.ApprovedBy && !slices.Contains(o.Writers, f.DecidedBy)
			}) {
				c.t.Fatalf("an offer was sent with what nobody authorised, after:\n%s", strings.Join(c.done, "\n"))
			}
		}
	}
}

// cut takes from the money that is reserved for a case, as none of the acts of the program can, and then has the other team get
// what is left, but for an amount.
func cut(t *testing.T, w *servicetest.World, name string, amount, leave funding.Pence) {
	t.Helper()
	ctx := t.Context()
	if amount > 0 {
		l := offerOf(t, w, "holder", name).Live().Lines[0]
		must(t, w.Store.Change(ctx, func(tx *store.Tx) error {
			tx.Post(funding.Entry{
				Kind: funding.Release, From: funding.Account{Budget: l.Budget, Line: l.ID, State: funding.Reserved}, To: funding.Account{Budget: l.Budget, State: funding.Available},
				Amount: amount, Effective: servicetest.Day, Case: int64(w.Case(name)), Practice: servicetest.Marigold,
			})
			_, err := tx.Record(ctx, tampered(w, w.By("lead")), "salt")
			return err
		}))
	}
	id, err := w.Service.AskForBudgetChange(ctx, w.By("region"), service.NewBudgetChange{
		Kind: funding.Virement, Year: 2016, From: servicetest.Own, Team: servicetest.Other, Source: "gprp", Amount: left(t, w) - leave, Reason: "A practice there closes in March.",
	})
	must(t, err)
	must(t, w.Service.AgreeToBudgetChange(ctx, w.By("finance"), id, funding.Giver))
	must(t, w.Service.AgreeToBudgetChange(ctx, w.By("lead other"), id, funding.Taker))
}

// A budget that is cut after the approval, to the last penny that is left, keeps what was promised.
func TestACutBudgetKeepsWhatWasPromised(t *testing.T) {
	w := servicetest.Make(t)
	cut(t, w, "proposed", 0, 0)
	hash := agreementOf(t, w, "pm", "proposed").Live().Hash
	must(t, w.Service.SignAgreement(t.Context(), w.By("signatory"), w.Case("proposed"), signature(hash)))
	must(t, w.Service.CountersignAgreement(t.Context(), w.By("lead"), w.Case("proposed"), hash))
	if b := balances(t, w, "proposed"); b[funding.Committed] != 10_000_00 || left(t, w) != 0 {
		t.Errorf("the case has %v, and %s is left", b, left(t, w))
	}
	verifies(t, w)
}

// Where what was reserved is not there any more and too little is left, the second acceptance stops: the team reads how much of which
// budget, the practice nothing of it, and nothing is done. With enough money it goes through.
func TestACommitmentThatTheBudgetCannotBear(t *testing.T) {
	for _, practiceFirst := range []bool{true, false} {
		w := servicetest.Make(t)
		ctx, s, id := t.Context(), w.Service, w.Case("proposed")
		cut(t, w, "proposed", 4_000_00, 1_500_00)
		hash := agreementOf(t, w, "pm", "proposed").Live().Hash
		sign := func() error { return s.SignAgreement(ctx, w.By("signatory"), id, signature(hash)) }
		countersign := func() error { return s.CountersignAgreement(ctx, w.By("lead"), id, hash) }
		first, second := sign, countersign
		if !practiceFirst {
			first, second = countersign, sign
		}
		must(t, first())
		events, held := len(w.File("pm", "proposed").Timeline), balances(t, w, "proposed")
		err := second()
		if practiceFirst {
			conflict(t, err, "General Practice Resilience Programme of 2016/17", "£4,000 is missing", "£1,500 is left", "topped up")
		} else {
			conflict(t, err, "The local team knows")
			if contains(err, "£") || contains(err, "budget") {
				t.Errorf("the practice reads of the budget: %v", err)
			}
			if e := w.File("lead", "proposed").Timeline[0]; e.Act != casework.CommitmentStopped || !strings.Contains(e.Words["reason"], "£4,000 is missing") {
				t.Errorf("the team reads %s %v", e.Act, e.Words)
			}
			if g := agreementOf(t, w, "lead", "proposed").Live(); !strings.Contains(g.StoppedWhy, "£4,000 is missing") || agreementOf(t, w, "pm", "proposed").Live().StoppedWhy != "" {
				t.Errorf("with the memorandum the team reads %q", g.StoppedWhy)
			}
		}
		stopped := 1
		if practiceFirst {
			stopped = 0 // the lead has just read it
		}
		waitsForMoney := func(want int) {
			t.Helper()
			for _, one := range []string{"lead", "finance"} {
				work, err := s.Work(ctx, w.By(one), casework.WorkStopped, 1)
				must(t, err)
				n, err := s.Waiting(ctx, w.By(one))
				must(t, err)
				list, _, err := s.Cases(ctx, w.By(one), casework.Filter{Waiting: casework.WaitingStopped}, 1)
				must(t, err)
				if len(work.Items) != want || n.Stopped != want || len(list.Rows) != want {
					t.Errorf("%s has %d such things to do, %d wait and %d are listed, of %d", one, len(work.Items), n.Stopped, len(list.Rows), want)
				}
			}
		}
		waitsForMoney(stopped)
		if list, _, err := s.Cases(ctx, w.By("pm"), casework.Filter{Waiting: casework.WaitingStopped}, 1); err != nil || len(list.Rows) != 0 {
			t.Errorf("the practice is told by a list: %v, %v", list.Rows, err)
		}
		f := agreementOf(t, w, "pm", "proposed")
		if f.State != casework.Agreeing || f.Live().State != support.Proposed || f.Live().Practice.Given() != practiceFirst || f.Live().Team.Given() == practiceFirst || len(f.Timeline) != events {
			t.Errorf("half of it is done: %+v", f.Live())
		}
		if got := balances(t, w, "proposed"); got[funding.Reserved] != held[funding.Reserved] || got[funding.Committed] != 0 || left(t, w) != 1_500_00 {
			t.Errorf("the case has %v", got)
		}
		must(t, servicetest.Fund(ctx, s, w.By("region"), w.By("finance"), 2016, "gprp", 2_500_00))
		must(t, second())
		if b := balances(t, w, "proposed"); b[funding.Committed] != 10_000_00 || b[funding.Reserved] != 0 || left(t, w) != 0 {
			t.Errorf("with the money the case has %v, and %s is left", b, left(t, w))
		}
		waitsForMoney(0)
		verifies(t, w)
	}
}
