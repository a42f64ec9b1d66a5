package service

import (
	"context"
	"errors"
	"fmt"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/store"
)

// RaiseRecovery asks money of a claim back that was paid: never more than was paid and was not asked back before. It is
// recoverable until somebody else decides what becomes of it.
func (s *Service) RaiseRecovery(ctx context.Context, by By, id casework.ID, number int, in funding.RecoveryInput) error {
	return s.onRecovery(ctx, by, id, number, casework.RaiseRecovery, func(n *claimChange, before []funding.Recovery) (audit.Event, error) {
		r, event, err := n.c.RaiseRecovery(n.claim, in, len(before)+1, by.Actor, n.m)
		if err != nil {
			return event, err
		}
		from := funding.Paid
		if n.claim.State == funding.ClaimReceived {
			from = funding.Received
		}
		n.moveOf(r.Amount, funding.AskBack, from, funding.Owed, n.m.Today)
		return event, n.AddRecovery(ctx, &r)
	})
}

// onRecovery runs an act on a claim with what was asked back of it, the newest first.
func (s *Service) onRecovery(ctx context.Context, by By, id casework.ID, number int, act casework.Act, fn func(*claimChange, []funding.Recovery) (audit.Event, error)) error {
	return s.onClaim(ctx, by, id, number, act, func(n *claimChange) (audit.Event, error) {
		var list []funding.Recovery
		if n.claim.AskedBack > 0 {
			var err error
			if list, err = n.Recoveries(ctx, n.claim.ID); err != nil {
				return audit.Event{}, err
			}
			n.claim.Recovery = &list[0]
		}
		return fn(n, list)
	})
}

// onLast runs an act on the last recovery of a claim, and saves what it made of it.
func (s *Service) onLast(ctx context.Context, by By, id casework.ID, number int, act casework.Act, fn func(*claimChange, *funding.Recovery) (audit.Event, error)) error {
	return s.onRecovery(ctx, by, id, number, act, func(n *claimChange, list []funding.Recovery) (audit.Event, error) {
		if len(list) == 0 {
			return audit.Event{}, fault.Conflict{Reason: fmt.Sprintf("Nothing of claim %d is asked back", number)}
		}
		event, err := fn(n, n.claim.Recovery)
		if err != nil {
			return event, err
		}
		return event, n.SaveRecovery(ctx, n.claim.Recovery)
	})
}

// DecideRecovery says, by somebody who did not ask the money back, that it is to be paid back in instalments, or that what is left
// of it is waived. What is waived stays spent. Above the amount for one approver the first decision is a proposal, by which
// no money moves, and a second person agrees or objects.
func (s *Service) DecideRecovery(ctx context.Context, by By, id casework.ID, number int, d funding.RecoveryDecision) error {
	return s.onLast(ctx, by, id, number, casework.DecideRecovery, func(n *claimChange, r *funding.Recovery) (audit.Event, error) {
		steps, err := ladder(ctx, n.Tx, casework.ClaimStep, n.c.Team, n.m.Today)
		if err != nil {
			return audit.Event{}, err
		}
		approval := r.Approval("decide", by.Actor.ID)
		if approval.Version > 1 {
			approval.Step = "waive"
		}
		rung, event, err := n.c.DecideRecovery(n.claim, r, d, steps, by.Actor, n.m)
		if err != nil {
			return event, err
		}
		if approval.Reaches = rung.Reaches; d.Verdict == funding.Objecting {
			n.UndoFirst(approval.Subject, approval.ID)
			return event, nil
		}
		if r.Proposed.Verdict != "" {
			approval.Step = funding.FirstStep
			n.Approve(approval)
			return event, nil
		}
		n.Approve(approval)
		if r.State == funding.RecoveryWaived {
			n.moveOf(r.Waived, funding.Waive, funding.Owed, funding.Waived, n.m.Today)
			return event, nil
		}
		return event, n.AddInstalments(ctx, r)
	})
}

// RecordRepayment notes that money came back: it goes back to its budget while the year of that lasts, and after it leaves it.
func (s *Service) RecordRepayment(ctx context.Context, by By, id casework.ID, number int, in funding.Repayment) error {
	return s.onLast(ctx, by, id, number, casework.RecordRepayment, func(n *claimChange, r *funding.Recovery) (audit.Event, error) {
		got, event, err := n.c.RecordRepayment(n.claim, r, in, n.line.Year, by.Actor, n.m)
		if err != nil {
			return event, err
		}
		to := funding.RecoveredTo(n.line.Year, got.On)
		owed := funding.Account{Budget: n.line.Budget, Line: n.line.ID, State: funding.Owed}
		if _, err := n.Lock(ctx, funding.Account{Budget: n.line.Budget, State: to}, owed); err != nil {
			return event, err
		}
		n.moveOf(got.Amount, funding.Recover, funding.Owed, to, got.On)
		return event, n.AddRepayment(ctx, r.ID, got)
	})
}

// RemindOfRecoveries reminds every practice, once for each instalment, of what should have come back before today, and says of
// how many claims. It may run twice, and on several servers at once.
func (s *Service) RemindOfRecoveries(ctx context.Context) (int, error) {
	claims, err := s.store.RecoveriesToRemind(ctx, s.Now().Today)
	if err != nil {
		return 0, err
	}
	done := 0
	var all error
	for _, c := range claims {
		by := By{Actor: account.System}
		err := s.onLast(ctx, by, c.Case, c.Number, casework.RemindRecovery, func(n *claimChange, r *funding.Recovery) (audit.Event, error) {
			return n.c.RemindOfRecovery(n.claim, r, by.Actor, n.m)
		})
		var passed fault.Conflict
		switch {
		case err == nil:
			done++
		case errors.As(err, &passed): // it came, or was waived, since the list was read
		default:
			all = errors.Join(all, fmt.Errorf("remind of claim %d of case %s: %w", c.Number, c.Case, err))
		}
	}
	return done, all
}

// HandToSuccessors gives the cases of practices that another one took over to that one, with what is still to be paid and to be paid
// back in them, and says how many. Its people see them from then on, and those of the practice that is gone no more. It may
// run twice, and on several servers at once.
func (s *Service) HandToSuccessors(ctx context.Context) (int, error) {
	cases, err := s.store.CasesToHand(ctx, s.Now().Today)
	if err != nil {
		return 0, err
	}
	done := 0
	var all error
	for _, one := range cases {
		by := By{Actor: account.System}
		err := s.act(ctx, by, On{Case: one.Case}, casework.HandToSuccessor, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
			event, err := c.HandTo(one.From, one.To, one.Since, by.Actor, m)
			if err != nil {
				return event, err
			}
			return event, tx.HandShares(ctx, c.ID, one.From.Code, one.To.Code)
		})
		var passed fault.Conflict
		switch {
		case err == nil:
			done++
		case errors.As(err, &passed): // handed over since the list was read
		default:
			all = errors.Join(all, fmt.Errorf("hand case %s to %s: %w", one.Case, one.To.Code, err))
		}
	}
	return done, all
}
