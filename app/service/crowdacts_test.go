package service_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/practice"
	"resilience/app/service"
	"resilience/app/service/servicetest"
	"resilience/app/support"
)

// attempt is one person trying one act.
type attempt struct {
	*crowd
	ctx context.Context
	w   *servicetest.World
	s   *service.Service
	r   *rand.Rand
	day calendar.Date
	by  service.By
	id  casework.ID // of the case that it is about; 0: none
}

// crowdAct is something that people try.
type crowdAct struct {
	often int
	name  string
	do    func(*attempt) error
}

// which chooses an act by how often people try it; now and then one of those with which nobody got through yet, and in April often one
// that closes the year.
func (x *attempt) which() crowdAct {
	list, n := crowdActs, x.r.IntN(4)
	switch {
	case n == 0:
		x.lock.Lock()
		left := slices.DeleteFunc(slices.Clone(list), func(a crowdAct) bool { return x.done[a.name] > 1 })
		x.lock.Unlock()
		if len(left) > 0 {
			list = left
		}
	case n == 1 && x.day.After(calendar.Year(2016).Last()):
		list = crowdYear
	}
	sum := 0
	for _, a := range list {
		sum += a.often
	}
	n = x.r.IntN(sum)
	for _, a := range list {
		if n -= a.often; n < 0 {
			return a
		}
	}
	panic("unreachable")
}

// goesBy is the act of time.
const goesBy = "days go by"

// somebody takes one of the people as a rule from these, and now and then anybody.
func (x *attempt) somebody(names ...string) service.By {
	if x.r.IntN(6) == 0 {
		names = x.all
	}
	x.by = x.people[names[x.r.IntN(len(names))]]
	return x.by
}

func (x *attempt) ofTeam(c *casework.Case) service.By {
	return x.somebody(crowdTeam[string(c.Team)]...)
}

func (x *attempt) ofPractice(c *casework.Case) service.By {
	return x.somebody(crowdPractice[string(c.Team)]...)
}

// anyTeam is one of the two teams, the larger one as a rule.
func (x *attempt) anyTeam() string {
	if x.r.IntN(3) == 0 {
		return servicetest.Other
	}
	return servicetest.Own
}

// pence is an amount up to one, more than nothing.
func (x *attempt) pence(most funding.Pence) funding.Pence {
	return 1 + funding.Pence(x.r.Int64N(int64(max(1, most))))
}

// about finds a case that is so, as far as the people have seen, or now and then just any.
func (x *attempt) about(is func(*casework.Case) bool) (*casework.Case, service.On, error) {
	at, any := x.r.IntN(len(x.cases)), x.r.IntN(12) == 0
	for i := range x.cases {
		if c := x.seen(x.cases[(at+i)%len(x.cases)]).Case; any || is(c) {
			x.id = c.ID
			return c, service.On{Case: c.ID}, nil
		}
	}
	return nil, service.On{}, errNothing
}

func offerAt(states ...support.OfferState) func(*casework.Case) bool {
	return func(c *casework.Case) bool {
		for _, s := range states {
			if c.Facts.OfferState == string(s) || c.Facts.VariationState == string(s) {
				return true
			}
		}
		return false
	}
}

func at(states ...casework.State) func(*casework.Case) bool {
	return func(c *casework.Case) bool {
		for _, s := range states {
			if c.State == s {
				return true
			}
		}
		return false
	}
}

// claim finds a claim that is so, likewise.
func (x *attempt) claim(is func(funding.ClaimFile) bool) (*casework.Case, funding.ClaimFile, error) {
	start, any := x.r.IntN(len(x.cases)), x.r.IntN(12) == 0
	for i := range x.cases {
		f := x.seen(x.cases[(start+i)%len(x.cases)])
		for _, at := range x.r.Perm(len(f.claims)) {
			if one := f.claims[at]; any || is(one) {
				x.id = f.ID
				return f.Case, one, nil
			}
		}
	}
	return nil, funding.ClaimFile{}, errNothing
}

func claimAt(states ...funding.ClaimState) func(funding.ClaimFile) bool {
	return func(c funding.ClaimFile) bool {
		for _, s := range states {
			if c.State == s {
				return true
			}
		}
		return false
	}
}

// written is the offer, or the variation, of a case that is being written, approved or answered, with a line of it.
func (x *attempt) written(c *casework.Case) (support.Offer, support.Line, error) {
	f := x.seen(c.ID)
	for _, o := range append(f.variation, f.offers...) {
		if o.State.Live() && len(o.Lines) > 0 {
			return o, o.Lines[x.r.IntN(len(o.Lines))], nil
		}
	}
	return support.Offer{}, support.Line{}, errNothing
}

// onCase is an act on a case that is so, by somebody of its team or of its practice.
func onCase(often int, name string, practice bool, is func(*casework.Case) bool, do func(*attempt, *casework.Case, service.By, service.On) error) crowdAct {
	return crowdAct{often, name, func(x *attempt) error {
		c, on, err := x.about(is)
		if err != nil {
			return err
		}
		by := x.ofTeam(c)
		if practice {
			by = x.ofPractice(c)
		}
		return do(x, c, by, on)
	}}
}

// onOneClaim is an act on a claim that is so, likewise.
func onOneClaim(often int, name string, practice bool, is func(funding.ClaimFile) bool, do func(*attempt, service.By, funding.ClaimFile) error) crowdAct {
	return crowdAct{often, name, func(x *attempt) error {
		c, claim, err := x.claim(is)
		if err != nil {
			return err
		}
		by := x.ofTeam(c)
		if practice {
			by = x.ofPractice(c)
		}
		return do(x, by, claim)
	}}
}

// comes is what comes round of itself; with nothing to do it is not counted.
func comes(often int, name string, do func(*attempt) (int, error)) crowdAct {
	return crowdAct{often, name, func(x *attempt) error {
		x.by = service.By{}
		n, err := do(x)
		if err == nil && n == 0 {
			return errNothing
		}
		return err
	}}
}

// crowdActs are all acts that move money, that decide on it, or that lead there.
var crowdActs = slices.Concat(crowdOffers, crowdClaims, crowdPayments, crowdBudgets, crowdYear)

var crowdOffers = []crowdAct{
	onCase(6, "write a line", false, func(c *casework.Case) bool {
		return c.State == casework.Supported || c.Facts.VariationState == string(support.Varying)
	}, func(x *attempt, c *casework.Case, by service.By, _ service.On) error {
		net := x.pence(9_000_00)
		line := []support.Line{servicetest.PaidLine(net, ""), servicetest.InvoiceLine(net, net/5, ""), servicetest.RapidLine(net, ""), nextYear(net), servicetest.KindLine(3, "")}[x.r.IntN(5)]
		return x.s.AddLine(x.ctx, by, c.ID, casework.LineInput{Line: line})
	}),
	onCase(5, "change a line", false, offerAt(support.Drafted, support.Approved, support.Varying, support.VaryingApproved), func(x *attempt, c *casework.Case, by service.By, _ service.On) error {
		o, l, err := x.written(c)
		if err != nil {
			return err
		}
		if l.Route != support.InKind {
			l.Net, l.VAT = x.pence(9_000_00), 0
		}
		return x.s.ChangeLine(x.ctx, by, c.ID, o.Version, casework.LineInput{Line: l})
	}),
	onCase(1, "take a line out", false, offerAt(support.Drafted, support.Approved, support.Varying), func(x *attempt, c *casework.Case, by service.By, on service.On) error {
		_, l, err := x.written(c)
		if err != nil {
			return err
		}
		return x.s.RemoveLine(x.ctx, by, on, l.ID)
	}),
	onCase(1, "change the conditions", false, offerAt(support.Drafted, support.Approved), func(x *attempt, c *casework.Case, by service.By, _ service.On) error {
		o, _, err := x.written(c)
		if err != nil {
			return err
		}
		return x.s.SetTerms(x.ctx, by, c.ID, o.Version, support.Terms{Conditions: fmt.Sprintf("The report has %d pages.", x.r.IntN(90)+2)})
	}),
	onCase(1, "share the cost", false, offerAt(support.Drafted), func(x *attempt, c *casework.Case, by service.By, _ service.On) error {
		o, _, err := x.written(c)
		if err != nil {
			return err
		}
		one := int64(1 + x.r.IntN(99_99))
		return x.s.ShareCost(x.ctx, by, c.ID, o.Version, map[practice.Code]int64{servicetest.Marigold: one, servicetest.Teasel: 100_00 - one})
	}),
	onCase(1, "share the cost by the lists", false, offerAt(support.Drafted), func(x *attempt, c *casework.Case, by service.By, _ service.On) error {
		o, _, err := x.written(c)
		if err != nil {
			return err
		}
		return x.s.ShareCostByLists(x.ctx, by, c.ID, o.Version)
	}),
	onCase(9, "approve an offer", false, offerAt(support.Drafted, support.Varying), func(x *attempt, _ *casework.Case, by service.By, on service.On) error {
		return x.s.ApproveOffer(x.ctx, by, on)
	}),
	onCase(6, "send an offer", false, offerAt(support.Approved), func(x *attempt, _ *casework.Case, by service.By, on service.On) error {
		return x.s.SendOffer(x.ctx, by, on, x.day.AddWorkingDays(support.UsualNotice))
	}),
	onCase(2, "accept an offer", true, offerAt(support.Sent), func(x *attempt, c *casework.Case, by service.By, on service.On) error {
		if x.r.IntN(3) == 0 && len(c.Practices) > 1 {
			return x.s.AnswerOfferFor(x.ctx, by, on, c.Practices[x.r.IntN(2)].Code, nil)
		}
		return x.s.AcceptOffer(x.ctx, by, on)
	}),
	onCase(2, "accept an offer but for a line", true, offerAt(support.Sent), func(x *attempt, c *casework.Case, by service.By, on service.On) error {
		_, l, err := x.written(c)
		if err != nil {
			return err
		}
		return x.s.AnswerOffer(x.ctx, by, on, map[int64]string{l.ID: "We have a manager again."})
	}),
	onCase(1, "decline an offer", true, offerAt(support.Sent, support.VaryingApproved), func(x *attempt, c *casework.Case, by service.By, on service.On) error {
		if x.r.IntN(2) == 0 && len(c.Practices) > 1 {
			return x.s.DeclineOfferFor(x.ctx, by, on, c.Practices[x.r.IntN(2)].Code, whyNot)
		}
		return x.s.DeclineOffer(x.ctx, by, on, whyNot)
	}),
	onCase(1, "cancel an offer", false, offerAt(support.Drafted, support.Approved, support.Sent, support.Varying, support.VaryingApproved), func(x *attempt, _ *casework.Case, by service.By, on service.On) error {
		return x.s.CancelOffer(x.ctx, by, on, whyNot)
	}),
	onCase(6, "write the memorandum", false, func(c *casework.Case) bool {
		return c.State == casework.Agreeing || c.Facts.VariationState == string(support.VaryingApproved) || c.MemorandumDue()
	}, func(x *attempt, _ *casework.Case, by service.By, on service.On) error {
		return x.s.DraftAgreement(x.ctx, by, on)
	}),
	onCase(8, "sign the memorandum", true, proposedNow, func(x *attempt, c *casework.Case, by service.By, _ service.On) error {
		return x.s.SignAgreement(x.ctx, by, c.ID, signature(x.text(c)))
	}),
	onCase(8, "countersign the memorandum", false, proposedNow, func(x *attempt, c *casework.Case, by service.By, _ service.On) error {
		return x.s.CountersignAgreement(x.ctx, by, c.ID, x.text(c))
	}),
	onCase(4, "vary the memorandum", false, at(casework.Delivery), func(x *attempt, _ *casework.Case, by service.By, on service.On) error {
		return x.s.VaryAgreement(x.ctx, by, on, why)
	}),
	onCase(1, "end the memorandum", false, at(casework.Delivery), func(x *attempt, c *casework.Case, by service.By, on service.On) error {
		if x.r.IntN(2) == 0 {
			by = x.ofPractice(c)
		}
		in := notice(x.day.AddDays(x.r.IntN(8)))
		if x.r.IntN(2) == 0 {
			in.Practice = c.Lead().Code
		}
		return x.s.EndAgreement(x.ctx, by, on, in)
	}),
	onCase(1, "keep the memorandum", false, func(c *casework.Case) bool { return !c.Facts.PracticeNotice.IsZero() || !c.Facts.TeamNotice.IsZero() }, func(x *attempt, c *casework.Case, by service.By, on service.On) error {
		if x.r.IntN(2) == 0 {
			by = x.ofPractice(c)
		}
		return x.s.KeepAgreement(x.ctx, by, on, "", "We go on.")
	}),
	onCase(3, "ask for rapid intervention", false, func(c *casework.Case) bool { return c.State == casework.Agreeing && c.Facts.Rapid }, func(x *attempt, _ *casework.Case, by service.By, on service.On) error {
		return x.s.AskEarly(x.ctx, by, on, "The last partner is ill.")
	}),
	onCase(4, "decide on rapid intervention", false, func(c *casework.Case) bool { return c.Facts.EarlyAskedBy != 0 && c.State == casework.Agreeing }, func(x *attempt, _ *casework.Case, by service.By, on service.On) error {
		in := commitNow
		if x.r.IntN(5) == 0 {
			in.Outcome = casework.EarlyNo
		}
		return x.s.DecideEarly(x.ctx, by, on, in)
	}),
	onCase(4, "ask for a forward commitment", false, func(c *casework.Case) bool { return c.Facts.ForwardOpen > 0 }, func(x *attempt, _ *casework.Case, by service.By, on service.On) error {
		return x.s.AskForward(x.ctx, by, on, whyForward)
	}),
	{5, "decide on a forward commitment", func(x *attempt) error {
		list, err := x.w.Store.ForwardList(x.ctx, x.auditor, funding.AllocationFilter{})
		if err != nil {
			return err
		}
		for _, f := range list {
			if f.State == support.ForwardAsked {
				x.id = casework.ID(f.Case)
				return x.s.DecideForward(x.ctx, x.somebody(crowdRegion...), f.ID, casework.ForwardAnswer{Authorise: x.r.IntN(6) > 0, Why: "Next year is full."})
			}
		}
		return errNothing
	}},
	onCase(1, "withdraw", true, func(c *casework.Case) bool {
		return c.State == casework.Supported || c.State == casework.Offered || c.State == casework.Agreeing
	}, func(x *attempt, _ *casework.Case, by service.By, on service.On) error {
		if x.r.IntN(3) > 0 && x.day.Before(calendar.MustParse("2017-04-01")) {
			return errNothing // or few cases come to the end
		}
		return x.s.Withdraw(x.ctx, by, on, "We found help.")
	}),
	onCase(1, "close", false, at(casework.Delivery), func(x *attempt, c *casework.Case, by service.By, on service.On) error {
		f, err := x.s.Closing(x.ctx, by, c.ID)
		if err != nil {
			return err
		}
		in := servicetest.ClosingOf(f, casework.Outcomes[x.r.IntN(len(casework.Outcomes))].Outcome, "It is done.")
		if c.MemorandumDue() {
			in.NoMemorandum = "Nobody is left who could sign it."
		}
		return x.s.Close(x.ctx, by, on, in)
	}),
	onCase(1, "declare an interest", false, at(casework.Delivery, casework.Supported), func(x *attempt, _ *casework.Case, by service.By, on service.On) error {
		if x.r.IntN(3) > 0 {
			return errNothing // or nobody is left who may approve
		}
		return x.s.DeclareInterest(x.ctx, by, on, "I worked there.")
	}),
	onCase(1, "hand a case over", false, at(casework.Supported, casework.Delivery), func(x *attempt, c *casework.Case, by service.By, on service.On) error {
		return x.s.Assign(x.ctx, by, on, x.ofTeam(c).Actor.ID)
	}),
	comes(2, "offers lapse", func(x *attempt) (int, error) { return x.s.LapseOffers(x.ctx) }),
	comes(1, "practices are reminded of offers", func(x *attempt) (int, error) { return x.s.RemindOffers(x.ctx) }),
	comes(2, "the day of a notice comes", func(x *attempt) (int, error) { return x.s.EndAgreements(x.ctx) }),
	comes(3, "forward commitments are met", func(x *attempt) (int, error) { return x.s.MeetForwards(x.ctx) }),
	comes(8, goesBy, func(x *attempt) (int, error) {
		x.lock.Lock()
		defer x.lock.Unlock()
		if x.crowd.day.Before(x.last) {
			x.crowd.day = x.crowd.day.AddDays(1 + x.r.IntN(4))
		}
		return 1, nil
	}),
}

func proposedNow(c *casework.Case) bool {
	return c.Facts.AgreementState == string(support.Proposed)
}

// text is the hash of the memorandum that waits for an acceptance, or now and then of another text.
func (x *attempt) text(c *casework.Case) string {
	list := x.seen(c.ID).agreements
	if len(list) == 0 || x.r.IntN(20) == 0 {
		return support.Hash("Another text.\n")
	}
	return list[x.r.IntN(len(list))/4].Hash // the newest, as a rule
}

var crowdClaims = []crowdAct{
	onCase(14, "claim", true, at(casework.Delivery), func(x *attempt, c *casework.Case, by service.By, _ service.On) error {
		return x.claims(c, by, false)
	}),
	onCase(5, "enter an invoice", false, at(casework.Delivery), func(x *attempt, c *casework.Case, by service.By, _ service.On) error {
		return x.claims(c, by, true)
	}),
	onOneClaim(9, "check a claim", false, claimAt(funding.ClaimSubmitted), func(x *attempt, by service.By, m funding.ClaimFile) error {
		return x.s.CheckClaim(x.ctx, by, x.id, m.Number, servicetest.NotAlike)
	}),
	onOneClaim(3, "check a part of a claim", false, claimAt(funding.ClaimSubmitted), func(x *attempt, by service.By, m funding.ClaimFile) error {
		return x.s.CheckShare(x.ctx, by, x.id, m.Number, servicetest.NotAlike, x.part(m))
	}),
	onOneClaim(9, "approve a claim", false, claimAt(funding.ClaimChecked), func(x *attempt, by service.By, m funding.ClaimFile) error {
		return x.s.ApproveClaim(x.ctx, by, x.id, m.Number)
	}),
	onOneClaim(5, "approve a part of a claim", false, claimAt(funding.ClaimChecked), func(x *attempt, by service.By, m funding.ClaimFile) error {
		return x.s.ApproveShare(x.ctx, by, x.id, m.Number, x.part(m))
	}),
	{3, "approve claims together", func(x *attempt) error {
		by := x.somebody(crowdTeam[x.anyTeam()]...)
		list, err := x.s.Awaited(x.ctx, by)
		if err != nil || len(list) == 0 {
			return nothingOr(err)
		}
		var chosen []funding.Chosen
		for _, one := range list[:min(3, len(list))] {
			chosen = append(chosen, funding.Chosen{ID: one.ID, Version: one.Version})
		}
		done, err := x.s.ApproveClaims(x.ctx, by, chosen)
		if err != nil {
			return err
		}
		for _, one := range done { // what goes wrong is told here as a refusal
			if x.id = casework.ID(one.Claim.Case); one.Refused == nil || !isRefusal(one.Refused) {
				return one.Refused
			}
		}
		return refusal(done)
	}},
	onOneClaim(2, "undo an approval", false, claimAt(funding.ClaimApproved, funding.ClaimChecked), func(x *attempt, by service.By, m funding.ClaimFile) error {
		return x.s.UndoClaim(x.ctx, by, x.id, m.Number, whyNot)
	}),
	onOneClaim(2, "return a claim", false, claimAt(funding.ClaimSubmitted, funding.ClaimChecked, funding.ClaimApproved), func(x *attempt, by service.By, m funding.ClaimFile) error {
		return x.s.ReturnClaim(x.ctx, by, x.id, m.Number, whyNot)
	}),
	onOneClaim(1, "withdraw a claim", true, claimAt(funding.ClaimSubmitted, funding.ClaimChecked, funding.ClaimApproved), func(x *attempt, by service.By, m funding.ClaimFile) error {
		return x.s.WithdrawClaim(x.ctx, by, x.id, m.Number, whyNot)
	}),
}

func nothingOr(err error) error {
	if err == nil {
		return errNothing
	}
	return err
}

// claims claims some of a line of a case, all that is left of it at times, and now and then more.
func (x *attempt) claims(c *casework.Case, by service.By, invoice bool) error {
	lines, err := x.w.Store.ClaimLines(x.ctx, c.ID)
	if err != nil || len(lines) == 0 {
		return nothingOr(err)
	}
	at := x.r.IntN(len(lines))
	l := lines[at]
	for i := range lines {
		if one := lines[(at+i)%len(lines)]; one.Balances[funding.Committed] > 0 && (one.Route == funding.PaidToPractice) != invoice {
			l = one
			break
		}
	}
	amount := x.pence(l.Balances[funding.Committed])
	switch x.r.IntN(8) {
	case 0:
		amount = l.Balances[funding.Committed]
	case 1:
		amount = l.Balances[funding.Committed] + x.pence(5_00)
	}
	in := servicetest.ClaimOf(l.ID, amount)
	if in.Reference = fmt.Sprintf("X-%d", x.r.IntN(1_000_000)); invoice {
		in = servicetest.InvoiceOf(l.ID, amount, in.Reference)
	}
	if in.From, in.To = l.Starts, l.Starts; x.r.IntN(2) == 0 && x.day.After(l.Starts) {
		if in.To = l.Ends; in.To.After(x.day) {
			in.To = x.day
		}
	}
	return x.s.MakeClaim(x.ctx, by, c.ID, in, servicetest.Evidence)
}

// part is a random share of a claim.
func (x *attempt) part(m funding.ClaimFile) funding.Share {
	return funding.Share{Less: true, Pay: x.pence(m.Gross), Why: "Some sessions were not held.", Kept: []string{funding.Claimable, funding.Freed}[x.r.IntN(2)]}
}

var crowdPayments = []crowdAct{
	{9, "release a batch", func(x *attempt) error {
		team := x.anyTeam()
		by := x.somebody(crowdTeam[team]...)
		list, err := x.w.Store.Payables(x.ctx, by.Actor)
		if err != nil || len(list) == 0 {
			return nothingOr(err)
		}
		var ids []int64
		for _, p := range list {
			if (p.Refusal(by.Actor) == "" || x.r.IntN(9) == 0) && x.r.IntN(3) > 0 {
				ids, x.id = append(ids, p.ID), casework.ID(p.Case)
				team = string(p.Team)
			}
		}
		_, err = x.s.ReleaseBatch(x.ctx, by, practice.Code(team), ids)
		return err
	}},
	{8, "record a payment", func(x *attempt) error {
		b, i, err := x.payment(func(i funding.BatchItem) bool { return i.Alive() && i.PaidOn.IsZero() })
		if err != nil {
			return err
		}
		return x.s.RecordPaid(x.ctx, x.somebody(crowdTeam[string(b.Team)]...), b.ID, i.Position, x.day)
	}},
	{3, "put a payment back", func(x *attempt) error {
		b, i, err := x.payment(func(i funding.BatchItem) bool { return i.Alive() && i.State != funding.ClaimReceived })
		if err != nil {
			return err
		}
		kind := []funding.Outcome{funding.PaymentFailed, funding.PaymentReturned}[x.r.IntN(2)]
		return x.s.PutBack(x.ctx, x.somebody(crowdTeam[string(b.Team)]...), b.ID, i.Position, funding.Back{Kind: kind, On: x.day, Why: "Account closed"})
	}},
	{6, "say that a payment was made after all", func(x *attempt) error {
		b, i, err := x.payment(func(i funding.BatchItem) bool {
			return !i.Alive() && i.State == funding.ClaimApproved && i.Waiting().ID == 0
		})
		if err != nil {
			return err
		}
		return x.s.CorrectPayment(x.ctx, x.somebody(crowdTeam[string(b.Team)]...), b.ID, i.Position, shown(x.day))
	}},
	onOneClaim(7, "answer whether a payment was made after all", false, func(m funding.ClaimFile) bool { return m.Correction != 0 }, func(x *attempt, by service.By, m funding.ClaimFile) error {
		in := agreed
		if x.r.IntN(5) == 0 {
			in = funding.CorrectionAnswer{Answer: funding.CorrectionNo, Why: whyNot}
		}
		return x.s.AnswerCorrection(x.ctx, by, x.id, m.Number, in)
	}),
	onOneClaim(1, "take back that a payment was made after all", false, func(m funding.ClaimFile) bool { return m.Correction != 0 }, func(x *attempt, by service.By, m funding.ClaimFile) error {
		return x.s.WithdrawCorrection(x.ctx, by, x.id, m.Number, 0)
	}),
	{5, "import a remittance", func(x *attempt) error {
		b, _, err := x.payment(func(i funding.BatchItem) bool { return i.Alive() && i.PaidOn.IsZero() })
		if err != nil {
			return err
		}
		x.lock.Lock()
		x.number++
		number := fmt.Sprintf("BACS-%d", x.number)
		x.lock.Unlock()
		day := x.day.Start().Format("02/01/2006")
		var lines []string
		for _, i := range b.Items {
			if x.r.IntN(4) > 0 {
				outcome := []string{"PAID", "PAID", "FAILED", "RETURNED"}[x.r.IntN(4)]
				lines = append(lines, fmt.Sprintf("%d|%s|%d.%02d|%s|%s|As the bank says", i.Position, i.Reference, i.Amount/100, i.Amount%100, outcome, day))
			}
		}
		content := strings.Replace(servicetest.RemittanceOf(b.Reference(), number, lines...), servicetest.Day.Start().Format("02/01/2006")+"\r\n", day+"\r\n", 1)
		_, err = x.s.ImportRemittance(x.ctx, x.somebody(crowdTeam[string(b.Team)]...), b.ID, service.Upload{Name: "remittance.txt", Content: []byte(content)})
		return err
	}},
	{1, "record what a remittance says", func(x *attempt) error {
		b, _, err := x.payment(func(funding.BatchItem) bool { return true })
		if err != nil {
			return err
		}
		_, err = x.s.RecordRemittances(x.ctx, x.somebody(crowdTeam[string(b.Team)]...), b.ID)
		return err
	}},
	onOneClaim(5, "confirm a receipt", true, claimAt(funding.ClaimPaid), func(x *attempt, by service.By, m funding.ClaimFile) error {
		return x.s.ConfirmReceived(x.ctx, by, x.id, m.Number, false)
	}),
	onOneClaim(4, "confirm a provider's receipt", false, claimAt(funding.ClaimPaid), func(x *attempt, by service.By, m funding.ClaimFile) error {
		return x.s.ConfirmReceived(x.ctx, by, x.id, m.Number, true)
	}),
	onOneClaim(3, "dispute a payment", true, claimAt(funding.ClaimPaid), func(x *attempt, by service.By, m funding.ClaimFile) error {
		return x.s.DisputePayment(x.ctx, by, x.id, m.Number, funding.NotArrived, "Nothing.")
	}),
	onOneClaim(4, "answer a dispute", false, func(m funding.ClaimFile) bool { return m.Dispute != 0 }, func(x *attempt, by service.By, m funding.ClaimFile) error {
		return x.s.AnswerDispute(x.ctx, by, x.id, m.Number, funding.DisputeOutcomes[x.r.IntN(3)], "We asked the paying system.")
	}),
	onOneClaim(7, "ask money back", false, claimAt(funding.ClaimPaid, funding.ClaimReceived), func(x *attempt, by service.By, m funding.ClaimFile) error {
		return x.s.RaiseRecovery(x.ctx, by, x.id, m.Number, asking(x.pence(m.Payable())))
	}),
	onOneClaim(7, "decide on money that is asked back", false, func(m funding.ClaimFile) bool { return m.AskedBack > 0 }, func(x *attempt, by service.By, m funding.ClaimFile) error {
		list, err := x.w.Store.Recoveries(x.ctx, m.ID)
		if err != nil || len(list) == 0 {
			return nothingOr(err)
		}
		d := back(1+x.r.IntN(3), x.day.AddDays(1+x.r.IntN(9)))
		switch n := x.r.IntN(4); {
		case list[0].Proposed.Verdict != "" && n > 0:
			d = funding.RecoveryDecision{Verdict: funding.Agreeing}
		case list[0].Proposed.Verdict != "":
			d = funding.RecoveryDecision{Verdict: funding.Objecting, Why: whyNot}
		case n == 0:
			d = waive
		}
		return x.s.DecideRecovery(x.ctx, by, x.id, m.Number, d)
	}),
	onOneClaim(7, "record what came back", false, func(m funding.ClaimFile) bool { return m.AskedBack > 0 }, func(x *attempt, by service.By, m funding.ClaimFile) error {
		list, err := x.w.Store.Recoveries(x.ctx, m.ID)
		if err != nil || len(list) == 0 || list[0].State == funding.RecoveryRaised && x.r.IntN(5) > 0 {
			return nothingOr(err)
		}
		return x.s.RecordRepayment(x.ctx, by, x.id, m.Number, came(x.pence(list[0].Left()+1), x.day))
	}),
	comes(1, "practices are asked whether money arrived", func(x *attempt) (int, error) { return x.s.AskForReceipts(x.ctx) }),
	comes(1, "practices are reminded of instalments", func(x *attempt) (int, error) { return x.s.RemindOfRecoveries(x.ctx) }),
}

// payment finds a payment that is so in one of the batches.
func (x *attempt) payment(is func(funding.BatchItem) bool) (funding.Batch, funding.BatchItem, error) {
	list, err := x.w.Store.Batches(x.ctx, x.auditor)
	if err != nil || len(list) == 0 {
		return funding.Batch{}, funding.BatchItem{}, nothingOr(err)
	}
	at := x.r.IntN(len(list))
	for i := range list {
		b, err := x.w.Store.Batch(x.ctx, x.auditor, list[(at+i)%len(list)].ID)
		if err != nil {
			return b, funding.BatchItem{}, err
		}
		for _, item := range b.Items {
			if is(item) {
				x.id = casework.ID(item.Case)
				return b, item, nil
			}
		}
	}
	return funding.Batch{}, funding.BatchItem{}, errNothing
}

var crowdBudgets = []crowdAct{
	{2, "enter an allocation", func(x *attempt) error {
		in := service.NewAllocation{Year: calendar.Year(2016 + x.r.IntN(2)), Team: x.anyTeam(), Source: []string{"gprp", "other", "ccg"}[x.r.IntN(3)], Amount: x.pence(6_000_00), Reason: "The share of the year."}
		if in.Source == "other" {
			in.Year = 2016 // for 2017 forward commitments wait for it
		}
		_, err := x.s.EnterAllocation(x.ctx, x.somebody(crowdRegion...), in)
		return err
	}},
	{2, "a budget comes for which something waits", func(x *attempt) error {
		list, err := x.w.Store.ForwardList(x.ctx, x.auditor, funding.AllocationFilter{})
		if err != nil {
			return err
		}
		for _, f := range list {
			if f.State == support.ForwardAuthorised {
				x.by = x.people["region"]
				return servicetest.Fund(x.ctx, x.s, x.people["region"], x.people["finance"], 2017, "other", x.pence(2*f.Amount))
			}
		}
		return errNothing
	}},
	{3, "approve an allocation", func(x *attempt) error {
		a, err := x.allocation()
		if err != nil {
			return err
		}
		return x.s.ApproveAllocation(x.ctx, x.somebody(append([]string{"finance", "fin other"}, crowdRegion...)...), a.ID, false)
	}},
	{1, "refuse an allocation", func(x *attempt) error {
		a, err := x.allocation()
		if err != nil {
			return err
		}
		return x.s.RefuseAllocation(x.ctx, x.somebody(append([]string{"finance", "fin other"}, crowdRegion...)...), a.ID, whyNot)
	}},
	{2, "enter the shares of a total", func(x *attempt) error {
		in := service.NewDivision{Year: 2017, Source: "gprp", Total: x.pence(9_000_00), Reason: "The board’s paper of January.", Patients: 18_000}
		_, err := x.s.EnterDivision(x.ctx, x.somebody("nation", "nation two"), in)
		return err
	}},
	{2, "approve the shares of a total", func(x *attempt) error {
		list, err := x.w.Store.Allocations(x.ctx, x.auditor, funding.AllocationFilter{})
		if err != nil {
			return err
		}
		for _, a := range list {
			if a.Division != 0 && a.State == funding.Requested {
				return x.s.ApproveDivision(x.ctx, x.somebody("nation", "nation two"), a.Division)
			}
		}
		return errNothing
	}},
	{4, "ask for a change of a budget", func(x *attempt) error {
		in := service.NewBudgetChange{Kind: funding.ChangeKinds[x.r.IntN(3)], Year: calendar.Year(2016 + x.r.IntN(2)), Team: x.anyTeam(), Source: "gprp", Amount: x.pence(9_000_00), Until: x.day.AddDays(x.r.IntN(9)), Reason: "A practice there closes in March."}
		if in.From = servicetest.Own; in.Team == servicetest.Own {
			in.From = servicetest.Other
		}
		if in.Kind == funding.Virement && x.r.IntN(3) == 0 && x.day.After(x.times[0].last) { // all that is left, or nearly: two of them are too much
			_, left, err := x.w.Store.FindBudget(x.ctx, in.Year, practice.Code(in.From), in.Source)
			if err != nil {
				return err
			}
			in.Amount = left - x.pence(1_00)
		}
		_, err := x.s.AskForBudgetChange(x.ctx, x.somebody(append([]string{"lead", "finance", "lead other", "fin other"}, crowdRegion...)...), in)
		return err
	}},
	{9, "agree to a change of a budget", func(x *attempt) error {
		b, err := x.change()
		if err != nil {
			return err
		}
		side, people := funding.Taker, crowdTeam[string(b.To.Team.Code)]
		if b.Taken.Person != 0 || x.r.IntN(2) == 0 {
			if side, people = funding.Giver, crowdRegion; b.Kind == funding.Virement {
				people = crowdTeam[string(b.From.Team.Code)]
			}
		}
		return x.s.AgreeToBudgetChange(x.ctx, x.somebody(people...), b.ID, side)
	}},
	{1, "refuse a change of a budget", func(x *attempt) error {
		b, err := x.change()
		if err != nil || x.r.IntN(2) == 0 {
			return nothingOr(err)
		}
		return x.s.RefuseBudgetChange(x.ctx, x.somebody("lead", "finance", "lead other", "fin other"), b.ID, whyNot)
	}},
	comes(2, "over-commitments end", func(x *attempt) (int, error) { return x.s.EndOverCommitments(x.ctx) }),
}

var crowdYear = []crowdAct{
	{3, "decide at the end of a year", func(x *attempt) error {
		team := x.anyTeam()
		by := x.somebody(crowdTeam[team]...)
		y, err := x.s.YearEnd(x.ctx, by, practice.Code(team), 2016)
		if err != nil || len(y.Lines) == 0 {
			return nothingOr(err)
		}
		for _, l := range y.Lines { // somebody goes through the list
			for received, choices := range map[bool][]funding.YearEndChoice{true: {funding.Accrue, funding.NotAccrue}, false: {funding.ReleaseLeft, funding.CarryForward}} {
				if _, decided := l.Decided(received); decided || l.Amount(received) == 0 {
					continue
				}
				in := funding.YearEndInput{Line: l.Line, Received: received, Choice: string(choices[0]), Amount: l.Amount(received), Reason: "As the lists show."}
				if x.r.IntN(40) == 0 {
					in.Choice = string(choices[1])
				}
				if err = x.s.DecideYearEnd(x.ctx, by, practice.Code(team), 2016, in); err != nil {
					return err
				}
			}
			if l.Portion(funding.PortionReserved) > 0 && x.day.After(calendar.Year(2016).Last()) { // and gives back what is reserved
				x.id = casework.ID(l.Case)
				if err = x.s.CancelOffer(x.ctx, by, service.On{Case: x.id}, whyNot); isRefusal(err) {
					err = x.s.Withdraw(x.ctx, by, service.On{Case: x.id}, "The year is over.")
				}
				if err != nil {
					return err
				}
			}
		}
		return nil
	}},
	{3, "ask to close a year", func(x *attempt) error {
		team := x.anyTeam()
		if x.day.Before(calendar.MustParse("2017-03-31")) {
			return errNothing
		}
		return x.s.AskToCloseYear(x.ctx, x.somebody(crowdTeam[team]...), practice.Code(team), 2016, "Agreed with the region.")
	}},
	{3, "agree to close a year", func(x *attempt) error {
		team := x.anyTeam()
		if x.day.Before(calendar.MustParse("2017-03-31")) {
			return errNothing
		}
		return x.s.SettleYearClosing(x.ctx, x.somebody(append(crowdTeam[team], crowdRegion...)...), practice.Code(team), 2016, funding.ClosingAnswer{Agree: x.r.IntN(9) > 0, Why: "Not yet."})
	}},
}

// allocation finds one that waits.
func (x *attempt) allocation() (funding.Allocation, error) {
	list, err := x.w.Store.Allocations(x.ctx, x.auditor, funding.AllocationFilter{})
	if err != nil {
		return funding.Allocation{}, err
	}
	at := x.r.IntN(len(list))
	for i := range list {
		if a := list[(at+i)%len(list)]; a.State == funding.Requested {
			return a, nil
		}
	}
	return funding.Allocation{}, errNothing
}

// change finds a change of a budget that waits.
func (x *attempt) change() (funding.BudgetChange, error) {
	list, err := x.w.Store.BudgetChanges(x.ctx, x.auditor, funding.ChangeFilter{})
	if err != nil {
		return funding.BudgetChange{}, err
	}
	at := x.r.IntN(len(list))
	for i := range list {
		if c := list[(at+i)%len(list)]; c.State == funding.Requested {
			return c, nil
		}
	}
	return funding.BudgetChange{}, errNothing
}
