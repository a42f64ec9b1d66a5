package store_test

import (
	"context"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/service/servicetest"
	"resilience/app/store"
	"resilience/app/support"
)

// pick is a step under way: a person, a case and a change.
type pick struct {
	*hand
	*store.Tx
	c  *casework.Case
	m  calendar.Moment
	by account.PersonID
	o  *support.Offer
	k  *funding.Claim
}

func (p *pick) record(ctx context.Context, act string) error {
	e := audit.Event{Act: act, Subject: audit.Subject{Kind: "crowd", ID: "1"}, Audience: audit.ForTeam, RecordedAt: p.m.Now, PersonID: p.by, Actor: "person"}
	if p.c != nil {
		e.Subject, e.CaseID = audit.Subject{Kind: "case", ID: p.c.ID.String()}, int64(p.c.ID)
	}
	_, err := p.Record(ctx, e, "salt")
	return err
}

// afford locks the account and refuses to take more than it has.
func (p *pick) afford(ctx context.Context, from funding.Account, amount funding.Pence) error {
	balances, err := p.Lock(ctx, from)
	if err != nil {
		return err
	}
	if left := balances[from]; left < amount {
		return funding.Short(amount, left)
	}
	return nil
}

// vire moves what is available from one budget of the team to the other: asked for by one person, agreed by two others.
func (p *pick) vire(ctx context.Context) error {
	year := [2]calendar.Year{2016, 2017}
	from := p.r.IntN(2)
	team := funding.Team{Code: servicetest.Own}
	c := funding.BudgetChange{
		Kind: funding.Virement, From: funding.BudgetRef{ID: int64(from + 1), Team: team}, To: funding.BudgetRef{Year: year[1-from], Team: team, Source: funding.Source{Code: "gprp"}},
		Amount: funding.Pence(1 + p.r.IntN(3_000_00)), Reason: "A crowd.", State: funding.AllocationApproved, RequestedBy: 1, RequestedAt: p.m.Now,
		Given: funding.Yes{Person: 2, At: p.m.Now}, Taken: funding.Yes{Person: 3, At: p.m.Now}, Version: 1,
	}
	asked := c
	asked.State = funding.Requested
	if err := p.AddBudgetChange(ctx, &asked); err != nil {
		return err
	}
	c.ID, c.To.ID = asked.ID, asked.To.ID
	e := funding.Entry{
		Kind: funding.Vire, From: funding.Account{Budget: c.From.ID, State: funding.Available}, To: funding.Account{Budget: c.To.ID, State: funding.Available},
		Amount: c.Amount, Effective: p.m.Today, Refers: "budget change", RefersID: c.ID,
	}
	if err := p.afford(ctx, e.From, e.Amount); err != nil {
		return err
	}
	if err := p.SaveBudgetChange(ctx, &c); err != nil {
		return err
	}
	for _, side := range funding.Sides {
		p.Approve(c.Approval(side))
	}
	p.Post(e)
	return p.record(ctx, "virement made")
}

// choose finds what can be done with the case now.
func (p *pick) choose(ctx context.Context) (string, func(context.Context) error, error) {
	if p.c.Facts.OfferID == 0 {
		return "reserve", p.reserve, nil
	}
	var err error
	if p.o, err = p.Offer(ctx, p.c, p.c.Facts.OfferID); err != nil {
		return "", nil, err
	}
	if p.o.State == support.Approved {
		if p.r.IntN(5) == 0 {
			return "cancel", p.cancel, nil
		}
		return "commit", p.commit, nil
	}
	next, err := p.NextClaim(ctx, p.c.ID)
	if err != nil {
		return "", nil, err
	}
	if next == 1 || p.r.IntN(4) == 0 {
		return "claim", p.claim, nil
	}
	if p.k, err = p.Claim(ctx, p.c.ID, 1+p.r.IntN(next-1)); err != nil {
		return "", nil, err
	}
	back := p.r.IntN(4) == 0
	switch p.k.State {
	case funding.ClaimSubmitted:
		if !back {
			return "check", p.check, nil
		}
		return "return", p.giveBack, nil
	case funding.ClaimChecked:
		if !back {
			return "approve", p.approve, nil
		}
		return "return", p.giveBack, nil
	case funding.ClaimApproved:
		return "release", p.release, nil
	case funding.ClaimBatched:
		if back {
			return "put back", p.putBack, nil
		}
		return "pay", p.pay, nil
	case funding.ClaimPaid:
		if back {
			return "put back", p.putBack, nil
		}
		return "receive", p.receive, nil
	}
	return "claim", p.claim, nil
}

// reserve writes an offer of a line or two and approves it, in another person's name.
func (p *pick) reserve(ctx context.Context) error {
	number, err := p.NextOffer(ctx, p.c.ID)
	if err != nil {
		return err
	}
	o := &support.Offer{Case: int64(p.c.ID), Number: number}
	for range 1 + p.r.IntN(2) {
		l := servicetest.PaidLine(funding.Pence(1+p.r.IntN(1_800_00)), "For the crowd.")
		l.Budget = 1
		if err := o.Add(l); err != nil {
			return err
		}
	}
	o.Written(p.by, p.m)
	if err := p.SaveOffer(ctx, o); err != nil {
		return err
	}
	if err := p.afford(ctx, funding.Account{Budget: 1, State: funding.Available}, o.Gross()); err != nil {
		return err
	}
	o.State, o.ApprovedBy, o.ApprovedAt = support.Approved, p.someone(p.by), p.m.Now
	if err := p.MoveOffer(ctx, o); err != nil {
		return err
	}
	p.Approve(funding.Approval{Subject: "offer", ID: o.ID, Version: o.Version, Step: "offer", Person: o.ApprovedBy, Amount: o.Gross(), Reaches: true})
	p.Post(o.Entries(funding.Reserve, funding.Available, funding.Reserved, funding.Entry{Effective: p.m.Today})...)
	return p.record(ctx, "offer approved")
}

func (p *pick) cancel(ctx context.Context) error {
	p.o.State = support.Cancelled
	p.Post(p.o.Entries(funding.Release, funding.Reserved, funding.Available, funding.Entry{Effective: p.m.Today})...)
	if err := p.MoveOffer(ctx, p.o); err != nil {
		return err
	}
	return p.record(ctx, "offer cancelled")
}

// commit accepts the offer and the memorandum for both sides.
func (p *pick) commit(ctx context.Context) error {
	p.o.State, p.o.AnsweredBy, p.o.AnsweredAt = support.Accepted, p.by, p.m.Now
	if err := p.MoveOffer(ctx, p.o); err != nil {
		return err
	}
	g := &support.Agreement{Case: int64(p.c.ID), Offer: p.o.ID, Body: "What we agree.\n", State: support.Proposed, DraftedBy: p.by, DraftedAt: p.m.Now}
	g.Hash = support.Hash(g.Body)
	if err := p.AddAgreement(ctx, g); err != nil {
		return err
	}
	g.State, g.Practice, g.Team = support.InForce, support.Acceptance{Person: p.by, At: p.m.Now}, support.Acceptance{Person: p.someone(p.by), At: p.m.Now}
	if err := p.MoveAgreement(ctx, g); err != nil {
		return err
	}
	p.Post(p.o.Entries(funding.Commit, funding.Reserved, funding.Committed, funding.Entry{Effective: p.m.Today})...)
	return p.record(ctx, "memorandum accepted by the team")
}

// claim asks for some of a line, at times for more than is left of it.
func (p *pick) claim(ctx context.Context) error {
	l := p.o.Lines[p.r.IntN(len(p.o.Lines))]
	amount := funding.Pence(1 + p.r.Int64N(int64(l.Gross())*2/5+1))
	if err := p.afford(ctx, funding.Account{Budget: 1, Line: l.ID, State: funding.Committed}, amount); err != nil {
		return err
	}
	number, err := p.NextClaim(ctx, p.c.ID)
	if err != nil {
		return err
	}
	k := &funding.Claim{
		Case: int64(p.c.ID), Line: l.ID, Number: number, Net: amount, Gross: amount, From: servicetest.LineStarts, To: servicetest.LineEnds, Document: 1,
		State: funding.ClaimSubmitted, ClaimedBy: p.by, ClaimedAt: p.m.Now,
	}
	if err := p.AddClaim(ctx, k); err != nil {
		return err
	}
	p.Post(k.Move(funding.MakeClaim, 1, funding.Committed, funding.Claimed, k.Gross, p.m.Today))
	return p.record(ctx, "claim made")
}

// save stores how far the claim has come and moves its money, unless it stays where it is.
func (p *pick) save(ctx context.Context, act string, kind funding.Kind, from, to funding.MoneyState) error {
	if from != to {
		amount := p.k.Payable()
		if kind == funding.ReturnClaim {
			amount = p.k.Gross // nothing was approved yet
		}
		p.Post(p.k.Move(kind, 1, from, to, amount, p.m.Today))
	}
	if err := p.SaveClaim(ctx, p.k); err != nil {
		return err
	}
	return p.record(ctx, act)
}

func (p *pick) check(ctx context.Context) error {
	p.by = p.someone(p.k.ClaimedBy)
	if err := p.k.CheckAlike(nil, "", p.share(), p.by, p.m); err != nil {
		return err
	}
	p.Approve(p.k.Approval("check", p.by))
	return p.save(ctx, "claim checked", "", funding.Claimed, funding.Claimed)
}

// share lets all of the claim through that stands, or at times a part of it.
func (p *pick) share() funding.Share {
	if p.k.Payable() < 2 || p.r.IntN(3) > 0 {
		return funding.Share{}
	}
	return funding.Share{Less: true, Pay: 1 + funding.Pence(p.r.Int64N(int64(p.k.Payable())-1)), Why: "One session was not held.", Kept: []string{funding.Claimable, funding.Freed}[p.r.IntN(2)]}
}

func (p *pick) giveBack(ctx context.Context) error {
	p.by = p.someone(p.k.ClaimedBy)
	if err := p.k.Return("Not what was agreed.", p.by, p.m); err != nil {
		return err
	}
	return p.save(ctx, "claim returned", funding.ReturnClaim, funding.Claimed, funding.Committed)
}

func (p *pick) approve(ctx context.Context) error {
	p.by = p.someone(p.k.ClaimedBy, p.k.CheckedBy)
	ladder := funding.Ladder{Limits: []funding.Limit{{Role: account.TeamLead, Most: 100_000_00}}}
	if _, err := p.k.Approve(p.share(), ladder, nil, []account.Role{account.TeamLead}, p.by, p.m); err != nil {
		return err
	}
	p.Approve(p.k.Approval("approve", p.by))
	if cut := p.k.Cut; cut.Amount > 0 {
		p.Post(p.k.Move(funding.ReturnClaim, 1, funding.Claimed, funding.Committed, cut.Amount, p.m.Today))
		if cut.Freed {
			p.Post(p.k.Move(funding.Release, 1, funding.Committed, funding.Available, cut.Amount, p.m.Today))
		}
	}
	return p.save(ctx, "claim approved", funding.ApproveClaim, funding.Claimed, funding.Approved)
}

// release puts the claim into a batch of its own.
func (p *pick) release(ctx context.Context) error {
	p.by = p.someone(p.k.ClaimedBy, p.k.CheckedBy, p.k.ApprovedBy)
	payer := account.Actor{Person: account.Person{ID: p.by}, Assignments: []account.Assignment{{Role: account.FinanceOfficer, Place: account.AtArea, Code: servicetest.Own}}}
	payables, err := p.PayablesByID(ctx, payer, []int64{p.k.ID})
	if err != nil {
		return err
	}
	number, err := p.NextBatch(ctx, servicetest.Own)
	if err != nil {
		return err
	}
	b, err := funding.NewBatch(servicetest.Own, number, payables, payer, p.m)
	if err != nil {
		return err
	}
	if err := p.AddBatch(ctx, &b); err != nil {
		return err
	}
	p.k = &payables[0].Claim
	p.Approve(payables[0].Approval("release", p.by))
	return p.save(ctx, "payments released", "", funding.Approved, funding.Approved)
}

func (p *pick) pay(ctx context.Context) error {
	f, err := p.ClaimFile(ctx, everywhere, p.c.ID, p.k.Number)
	if err != nil {
		return err
	}
	b, err := p.Batch(ctx, everywhere, f.Batch)
	if err != nil {
		return err
	}
	if err := p.k.RecordPaid(b.ReleasedAt, p.m.Today, p.m); err != nil {
		return err
	}
	if err := p.SavePaid(ctx, b.Items[0].ID, p.m.Today, p.by, p.m); err != nil {
		return err
	}
	return p.save(ctx, "claim paid", funding.Pay, funding.Approved, funding.Paid)
}

// putBack lets a payment fail, or come back.
func (p *pick) putBack(ctx context.Context) error {
	f, err := p.ClaimFile(ctx, everywhere, p.c.ID, p.k.Number)
	if err != nil {
		return err
	}
	b, err := p.Batch(ctx, everywhere, f.Batch)
	if err != nil {
		return err
	}
	before, back := p.k.State, funding.Back{Kind: funding.PaymentReturned, On: p.m.Today, Why: "Account closed"}
	if err := p.k.PutBack(b.Items[0], b.ReleasedAt, back, p.m); err != nil {
		return err
	}
	if err := p.SaveBack(ctx, b.Items[0].ID, back, p.by, p.m); err != nil {
		return err
	}
	if before == funding.ClaimBatched {
		return p.save(ctx, "payment failed or came back", "", funding.Approved, funding.Approved)
	}
	return p.save(ctx, "payment failed or came back", funding.ReturnPayment, funding.Paid, funding.Approved)
}

func (p *pick) receive(ctx context.Context) error {
	if err := p.k.Receive(p.by, p.m); err != nil {
		return err
	}
	return p.save(ctx, "money received", funding.Receive, funding.Paid, funding.Received)
}
