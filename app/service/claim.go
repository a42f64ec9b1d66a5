package service

import (
	"context"
	"slices"
	"strings"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/document"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/store"
)

// MoneyFile is a case with its money: what was promised, what was claimed, and the documents.
type MoneyFile struct {
	CaseFile
	Balances  funding.Balances
	Lines     []funding.ClaimLine
	Claims    []funding.ClaimFile // the newest first
	Documents []document.Document
	Targets   funding.ClaimTargets
}

// Line finds a line of the case; the zero value is that there is none.
func (f MoneyFile) Line(id int64) funding.ClaimLine { return lineOf(f.Lines, id) }

func lineOf(lines []funding.ClaimLine, id int64) funding.ClaimLine {
	if i := slices.IndexFunc(lines, func(l funding.ClaimLine) bool { return l.ID == id }); i >= 0 {
		return lines[i]
	}
	return funding.ClaimLine{}
}

// Money reads a case with its money, as the person may see it.
func (s *Service) Money(ctx context.Context, by By, id casework.ID) (MoneyFile, error) {
	var f MoneyFile
	var err error
	if f.CaseFile, err = s.Case(ctx, by, id); err != nil {
		return f, err
	}
	if f.Balances, err = s.store.CaseBalances(ctx, int64(id)); err != nil {
		return f, err
	}
	if f.Lines, err = s.store.ClaimLines(ctx, id); err != nil {
		return f, err
	}
	if f.Claims, err = s.store.Claims(ctx, by.Actor, id); err != nil {
		return f, err
	}
	if f.Documents, err = s.store.Documents(ctx, by.Actor, int64(id)); err != nil {
		return f, err
	}
	f.Targets, err = s.store.ClaimTargets(ctx, f.Rules.ID)
	return f, err
}

// ClaimPage is one claim with what its page shows.
type ClaimPage struct {
	MoneyFile
	Claim  funding.ClaimFile
	Line   funding.ClaimLine
	Ladder funding.Ladder
	// Given are the approvals of the claim that stand, of every step.
	Given []funding.Approval
	// Alike are other claims that this one is like, for staff alone.
	Alike []funding.Alike
	// Disputes are what the practice said of its payments, the newest first.
	Disputes []funding.Dispute
	// Recoveries are what was asked back of it, the newest first.
	Recoveries []funding.Recovery
	// Corrections are what was said of its payments, the newest first: that they were made after all. For staff alone.
	Corrections []funding.Correction
	// Readable is set when the person may read the document of the claim.
	Readable bool
}

// Claim reads a claim by its number within the case. One that does not exist, or that the person may not see, is
// fault.NotFound.
func (s *Service) Claim(ctx context.Context, by By, id casework.ID, number int) (ClaimPage, error) {
	var p ClaimPage
	var err error
	if p.MoneyFile, err = s.Money(ctx, by, id); err != nil {
		return p, err
	}
	i := slices.IndexFunc(p.Claims, func(c funding.ClaimFile) bool { return c.Number == number })
	if i < 0 {
		return p, fault.NotFound{What: "claim"}
	}
	p.Claim = p.Claims[i]
	p.Line = p.MoneyFile.Line(p.Claim.Claim.Line)
	p.Readable = slices.ContainsFunc(p.Documents, func(d document.Document) bool { return d.ID == p.Claim.Evidence.ID })
	if !p.Claim.ApprovedAt.IsZero() {
		if p.Disputes, err = s.store.Disputes(ctx, p.Claim.ID); err != nil {
			return p, err
		}
	}
	if p.Claim.AskedBack > 0 {
		if p.Recoveries, err = s.store.Recoveries(ctx, p.Claim.ID); err != nil {
			return p, err
		}
		p.Claim.Recovery = &p.Recoveries[0]
	}
	if !p.ReadByStaff(by.Actor) {
		return p, err
	}
	if p.Claim.Corrected {
		if p.Corrections, err = s.store.Corrections(ctx, p.Claim.ID); err != nil {
			return p, err
		}
		p.Claim.Said = &p.Corrections[0]
	}
	if p.Ladder, err = ladder(ctx, s.store, casework.ClaimStep, p.Team, p.Today); err != nil {
		return p, err
	}
	if p.Given, err = s.store.Approvals(ctx, "claim", p.Claim.ID, 1); err != nil || p.Claim.State.Over() {
		return p, err
	}
	p.Alike, err = s.store.Alike(ctx, by.Actor, p.Case, p.Line, p.Claim.Claim, p.Claim.Evidence.SHA256)
	return p, err
}

// MakeClaim asks for money of a line, with a document. in.ByTeam says that the team enters a provider's invoice.
func (s *Service) MakeClaim(ctx context.Context, by By, id casework.ID, in funding.ClaimInput, file Upload) error {
	act := casework.Claim
	if in.ByTeam {
		act = casework.EnterInvoice
	}
	c, err := s.store.Case(ctx, by.Actor, id)
	if err != nil {
		return err
	}
	if _, err := c.Permit(act, by.Actor); err != nil {
		return err // before anything of theirs is kept
	}
	evidence, err := s.receive("document", file)
	if invalid, ok := fault.AsInvalid(err); ok {
		in.Typed.Fields = append(slices.Clone(in.Typed.Fields), invalid.Fields...)
	} else if err != nil {
		return err
	}
	return s.act(ctx, by, On{Case: id}, act, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		return claim(ctx, tx, c, in, evidence, by.Actor, m)
	})
}

// claim makes the claim in the change under way. A provider's invoice can show whom the provider banks with, so that
// the team alone reads it.
func claim(ctx context.Context, tx *store.Tx, c *casework.Case, in funding.ClaimInput, evidence document.Document, a account.Actor, m calendar.Moment) (audit.Event, error) {
	lines, err := tx.ClaimLines(ctx, c.ID)
	if err != nil {
		return audit.Event{}, err
	}
	line := lineOf(lines, in.Line)
	if line.Budget != 0 {
		held := funding.Account{Budget: line.Budget, Line: line.ID, State: funding.Committed}
		balances, err := tx.Lock(ctx, held)
		if err != nil {
			return audit.Event{}, err
		}
		line.Balances = funding.Balances{funding.Committed: balances[held]}
	}
	helped := c.PaidTo(line)
	ended, err := tx.Ended(ctx, helped.Code, m.Today)
	if err != nil {
		return audit.Event{}, err
	}
	if in.Stopped = ended.CannotClaim(helped.Name); in.ByTeam {
		in.Stopped = ended.CannotReceive(helped.Name, in.To)
	}
	alike, err := tx.Alike(ctx, a, c, line, funding.Claim{Reference: strings.TrimSpace(in.Reference), Gross: in.Gross, From: in.From, To: in.To}, evidence.SHA256)
	if err != nil {
		return audit.Event{}, err
	}
	for _, one := range alike {
		if one.Reference != "" { // what somebody may not see is for the checker and the approver alone
			in.Alike = append(in.Alike, one)
		}
	}
	number, err := tx.NextClaim(ctx, c.ID)
	if err != nil {
		return audit.Event{}, err
	}
	made, event, err := c.MakeClaim(line, in, number, a, m)
	if err != nil {
		return event, err
	}
	audience := audit.ForPractice
	if in.ByTeam {
		audience = audit.ForTeam
	}
	if evidence, err = attach(ctx, tx, evidence, c, audience, a, m); err != nil {
		return event, err
	}
	made.Document = int64(evidence.ID)
	if err := tx.AddClaim(ctx, &made); err != nil {
		return event, err
	}
	tx.Post(c.Move(made, line, funding.MakeClaim, funding.Committed, funding.Claimed, made.Gross, m.Today))
	return event, nil
}

// onClaim runs an act on one claim of a case.
func (s *Service) onClaim(ctx context.Context, by By, id casework.ID, number int, act casework.Act, fn func(*claimChange) (audit.Event, error)) error {
	return s.act(ctx, by, On{Case: id}, act, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		made, err := tx.Claim(ctx, id, number)
		if err != nil {
			return audit.Event{}, err
		}
		lines, err := tx.ClaimLines(ctx, id)
		if err != nil {
			return audit.Event{}, err
		}
		change := &claimChange{Tx: tx, c: c, claim: made, line: lineOf(lines, made.Line), m: m}
		event, err := fn(change)
		if err != nil {
			return event, err
		}
		return event, tx.SaveClaim(ctx, made)
	})
}

// claimChange is a change of one claim under way.
type claimChange struct {
	*store.Tx
	c     *casework.Case
	claim *funding.Claim
	line  funding.ClaimLine
	m     calendar.Moment
}

// move notes the entry that takes what is paid of the claim on.
func (n *claimChange) move(kind funding.Kind, from, to funding.MoneyState, day calendar.Date) {
	n.moveOf(n.claim.Payable(), kind, from, to, day)
}

// moveOf notes the entry that takes an amount of the claim on.
func (n *claimChange) moveOf(amount funding.Pence, kind funding.Kind, from, to funding.MoneyState, day calendar.Date) {
	n.Post(n.c.Move(*n.claim, n.line, kind, from, to, amount, day))
}

// approve notes the approval of a step. A claim is never edited, so that all its approvals are of one version and
// nobody gives two of them.
func (n *claimChange) approve(step string, by account.PersonID) {
	n.Approve(n.claim.Approval(step, by))
}

// CheckClaim says that all of a claim is for what was agreed. Where it is like another one, why says why it is not for the
// same thing.
func (s *Service) CheckClaim(ctx context.Context, by By, id casework.ID, number int, why string) error {
	return s.CheckShare(ctx, by, id, number, why, funding.Share{All: true})
}

// CheckShare says how much of a claim is for what was agreed, and why as CheckClaim does.
func (s *Service) CheckShare(ctx context.Context, by By, id casework.ID, number int, why string, share funding.Share) error {
	return s.onClaim(ctx, by, id, number, casework.CheckClaim, func(n *claimChange) (audit.Event, error) {
		f, err := n.ClaimFile(ctx, by.Actor, id, number)
		if err != nil {
			return audit.Event{}, err
		}
		alike, err := n.Alike(ctx, by.Actor, n.c, n.line, *n.claim, f.Evidence.SHA256)
		if err != nil {
			return audit.Event{}, err
		}
		event, err := n.c.CheckClaim(n.claim, alike, why, share, by.Actor, n.m)
		if err == nil {
			n.approve("check", by.Actor.ID)
		}
		return event, err
	})
}

// ReturnClaim ends a claim with a reason. Its money is committed again, and can be claimed anew.
func (s *Service) ReturnClaim(ctx context.Context, by By, id casework.ID, number int, why string) error {
	return s.onClaim(ctx, by, id, number, casework.ReturnClaim, func(n *claimChange) (audit.Event, error) {
		before := n.claim.State
		event, err := n.c.ReturnClaim(n.claim, why, by.Actor, n.m)
		if err == nil {
			n.commitAgain(before)
		}
		return event, err
	})
}

// WithdrawClaim ends a claim by the practice that made it. Its money is committed again, and can be claimed anew.
func (s *Service) WithdrawClaim(ctx context.Context, by By, id casework.ID, number int, why string) error {
	return s.onClaim(ctx, by, id, number, casework.WithdrawClaim, func(n *claimChange) (audit.Event, error) {
		before := n.claim.State
		event, err := n.c.WithdrawClaim(n.claim, n.line, why, by.Actor, n.m)
		if err == nil {
			n.commitAgain(before)
		}
		return event, err
	})
}

// commitAgain takes the money of a claim that ended back to what can be claimed. An approval of it is void.
func (n *claimChange) commitAgain(before funding.ClaimState) {
	if before == funding.ClaimApproved {
		n.move(funding.VoidApproval, funding.Approved, funding.Claimed, n.m.Today)
		n.move(funding.ReturnClaim, funding.Claimed, funding.Committed, n.m.Today)
		return
	}
	n.moveOf(n.claim.Gross, funding.ReturnClaim, funding.Claimed, funding.Committed, n.m.Today)
}

// ApproveClaim says that a claim is to be paid: all that its checker let through. It is for good when nobody else has to
// approve it after that.
func (s *Service) ApproveClaim(ctx context.Context, by By, id casework.ID, number int) error {
	return s.ApproveShare(ctx, by, id, number, funding.Share{})
}

// ApproveShare says how much of a claim is to be paid. What is not is committed again, or goes back to the budget.
func (s *Service) ApproveShare(ctx context.Context, by By, id casework.ID, number int, share funding.Share) error {
	return s.onClaim(ctx, by, id, number, casework.ApproveClaim, func(n *claimChange) (audit.Event, error) {
		steps, err := ladder(ctx, n.Tx, casework.ClaimStep, n.c.Team, n.m.Today)
		if err != nil {
			return audit.Event{}, err
		}
		given, err := n.Approvals(ctx, "claim", n.claim.ID, 1)
		if err != nil {
			return audit.Event{}, err
		}
		rung, event, err := n.c.ApproveClaim(n.claim, share, steps, given, by.Actor, n.m)
		if err != nil {
			return event, err
		}
		approval := n.claim.Approval("approve", by.Actor.ID)
		approval.Reaches = rung.Reaches
		if rung.Last() {
			n.move(funding.ApproveClaim, funding.Claimed, funding.Approved, n.m.Today)
			n.Approve(approval)
			return event, n.cut(ctx)
		}
		approval.Step = funding.FirstStep
		n.Approve(approval)
		return event, nil
	})
}

// UndoClaim takes the approvals of a claim back, until its payment is released. Its money is claimed again, and it waits for
// approval.
func (s *Service) UndoClaim(ctx context.Context, by By, id casework.ID, number int, why string) error {
	return s.onClaim(ctx, by, id, number, casework.UndoClaim, func(n *claimChange) (audit.Event, error) {
		steps, err := ladder(ctx, n.Tx, casework.ClaimStep, n.c.Team, n.m.Today)
		if err != nil {
			return audit.Event{}, err
		}
		given, err := n.Approvals(ctx, "claim", n.claim.ID, 1)
		if err != nil {
			return audit.Event{}, err
		}
		before := n.claim.State
		event, err := n.c.UndoClaim(n.claim, why, steps, given, by.Actor, n.m)
		if err != nil {
			return event, err
		}
		if before == funding.ClaimApproved {
			n.move(funding.VoidApproval, funding.Approved, funding.Claimed, n.m.Today)
		}
		n.UndoApprovals(n.claim.ID)
		return event, nil
	})
}

// cut notes where that part of the claim goes which is not paid.
func (n *claimChange) cut(ctx context.Context) error {
	cut := n.claim.Cut
	if cut.Amount == 0 {
		return nil
	}
	n.moveOf(cut.Amount, funding.ReturnClaim, funding.Claimed, funding.Committed, n.m.Today)
	if !cut.Freed {
		return nil
	}
	n.moveOf(cut.Amount, funding.Release, funding.Committed, funding.Available, n.m.Today)
	_, err := n.Lock(ctx, funding.Account{Budget: n.line.Budget, State: funding.Available}, funding.Account{Budget: n.line.Budget, Line: n.line.ID, State: funding.Committed})
	return err
}

// ConfirmReceived says that the money of a claim arrived: the practice for its own, the team on a provider's word.
func (s *Service) ConfirmReceived(ctx context.Context, by By, id casework.ID, number int, provider bool) error {
	act := casework.ConfirmPaid
	if provider {
		act = casework.ConfirmInvoice
	}
	return s.onClaim(ctx, by, id, number, act, func(n *claimChange) (audit.Event, error) {
		event, err := n.c.ConfirmReceived(n.claim, n.line, by.Actor, n.m)
		if err != nil {
			return event, err
		}
		if kept := n.claim.Recoverable(); kept > 0 { // what was asked back stands as such
			n.moveOf(kept, funding.Receive, funding.Paid, funding.Received, n.m.Today)
		}
		return event, n.endDispute(ctx, &event, funding.DisputeAgreed, "The practice says that the money has arrived.", by.Actor.ID)
	})
}

// May refuses a page of an act on the claim that the person cannot do now, and says why.
func (p ClaimPage) May(acts []casework.Act, a account.Actor, m calendar.Moment) error {
	return p.Case.MayWithClaim(acts, p.Claim.Claim, p.Line, p.Ladder, p.Given, a, m)
}
