package service

import (
	"context"
	"errors"
	"strings"

	"resilience/app/audit"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/funding"
	"resilience/app/ruleset"
	"resilience/app/store"
	"resilience/app/support"
)

// Verification is what the proof of the books and of the chain of events found.
type Verification struct {
	// Events, Entries and so on count what was looked at.
	Events, Entries, Accounts, Allocations, Changes, Budgets, Lines, Claims, Batches int
	// Head is the hash of the last event and HeadEvent its number: what to give to the next verification.
	Head      string
	HeadEvent int64
	// FoundAt is the event that has the head that was given; 0 where none was.
	FoundAt int64
	// Wrong is the first row that is not as it should be; nil: everything is.
	Wrong *audit.Wrong
}

// errWrong ends a proof at the first row that is wrong.
var errWrong = errors.New("a row is wrong")

// Verify proves the chain of events, with every entry of the ledger in it, and then the books: each balance against its
// entries, each claim and line of support against what the ledger has of it, what was accepted and frozen against its hash, each allocation and budget against what came
// in, what summaries count against the cases and the ledger, and each budget by all of these. It looks at the database as it is at one moment and keeps nobody waiting. head is the hash of an earlier event, as it
// was logged or printed then; "" asks for none.
func (s *Service) Verify(ctx context.Context, head string) (Verification, error) {
	var v Verification
	head = strings.ToLower(strings.TrimSpace(head))
	if head != "" && strings.Trim(head, "0123456789abcdef") != "" || len(head) != 0 && len(head) != 64 {
		var wrong fault.Invalid
		wrong.Add("head", "The head is 64 hexadecimal digits, as verify printed it")
		return v, wrong.Err()
	}
	err := s.store.Snapshot(ctx, func(db *store.Snapshot) error {
		p := &proof{v: &v, db: db, held: map[int64]funding.Pence{}}
		for _, step := range []func(context.Context) error{
			func(ctx context.Context) error { return p.chain(ctx, head) }, p.accounts, p.allocations, p.lines, p.papers, p.budgets, p.tallies, p.reconciliation, p.closedYears, p.corrections,
		} {
			if err := step(ctx); err != nil {
				wrong, looking := db.Unreadable(ctx, err)
				if wrong != nil {
					return p.note(wrong)
				}
				return errors.Join(err, looking)
			}
		}
		return nil
	})
	if errors.Is(err, errWrong) {
		err = nil
	}
	return v, err
}

// proof is a verification under way.
type proof struct {
	v    *Verification
	db   *store.Snapshot
	held map[int64]funding.Pence // by budget: what its lines should hold
}

// note keeps the first row that is wrong, and ends the proof.
func (p *proof) note(wrong *audit.Wrong) error {
	if wrong == nil {
		return nil
	}
	p.v.Wrong = wrong
	return errWrong
}

func (p *proof) chain(ctx context.Context, head string) error {
	chain := audit.NewChain(head)
	err := p.db.Events(ctx, func(e audit.Stored) error {
		p.v.Events++
		p.v.Entries += len(e.Entries)
		return p.note(chain.Next(e))
	})
	if err != nil {
		return err
	}
	last, hash := chain.Last()
	p.v.HeadEvent, p.v.Head, p.v.FoundAt = last, hash, chain.Found()
	number, kept, err := p.db.Head(ctx)
	if err != nil {
		return err
	}
	if err := p.note(chain.End(number, kept)); err != nil {
		return err
	}
	orphan, err := p.db.Orphan(ctx, last)
	return errors.Join(err, p.note(orphan))
}

func (p *proof) accounts(ctx context.Context) error {
	return p.db.Accounts(ctx, func(a funding.AccountProof) error {
		p.v.Accounts++
		return p.note(a.Check())
	})
}

func (p *proof) allocations(ctx context.Context) error {
	err := p.db.AllocationProofs(ctx, func(a funding.AllocationProof) error {
		p.v.Allocations++
		return p.note(a.Check())
	})
	if err != nil {
		return err
	}
	return p.db.BudgetChangeProofs(ctx, func(c funding.ChangeProof) error {
		p.v.Changes++
		return p.note(c.Check())
	})
}

func (p *proof) lines(ctx context.Context) error {
	err := p.db.Lines(ctx, func(l support.LineProof) error {
		p.v.Lines++
		p.v.Claims += len(l.Claims)
		p.held[l.Budget] += l.Held()
		return p.note(l.Check())
	})
	if err != nil {
		return err
	}
	lineless, err := p.db.Lineless(ctx)
	return errors.Join(err, p.note(lineless))
}

// papers are what was approved, accepted, frozen and published: offers, memoranda, the evidence of decisions, follow-ups, rule sets and batches.
func (p *proof) papers(ctx context.Context) error {
	if err := p.db.Offers(ctx, func(o support.OfferProof) error { return p.note(o.Check()) }); err != nil {
		return err
	}
	if err := p.db.Agreements(ctx, func(g support.AgreementProof) error { return p.note(g.Check()) }); err != nil {
		return err
	}
	if err := p.db.Frozen(ctx, func(f casework.FrozenProof) error { return p.note(f.Check()) }); err != nil {
		return err
	}
	if err := p.db.RuleProofs(ctx, func(r ruleset.Proof) error { return p.note(r.Check()) }); err != nil {
		return err
	}
	early, err := p.db.EarlyOver(ctx)
	if err := errors.Join(err, p.note(early)); err != nil {
		return err
	}
	return p.db.PaymentBatches(ctx, func(b funding.Batch) error {
		p.v.Batches++
		return p.note(b.Proof())
	})
}

func (p *proof) budgets(ctx context.Context) error {
	return p.db.BudgetProofs(ctx, func(b funding.BudgetProof) error {
		p.v.Budgets++
		b.Lines = p.held[b.ID]
		return p.note(b.Check())
	})
}

// tallies are what summaries count.
func (p *proof) tallies(ctx context.Context) error {
	wrong, err := p.db.Tallies(ctx)
	if err != nil {
		return err
	}
	return p.note(wrong)
}

// closedYears looks for an entry of a closed year that may not be made after its closing, or does not name it.
func (p *proof) closedYears(ctx context.Context) error {
	for _, find := range []func(context.Context) (*audit.Wrong, error){p.db.AfterClosing, p.db.LateProof, p.db.ClosedLineProof} {
		wrong, err := find(ctx)
		if err != nil {
			return err
		}
		if err := p.note(wrong); err != nil {
			return err
		}
	}
	return nil
}

// corrections are payments that were made after all.
func (p *proof) corrections(ctx context.Context) error {
	if err := p.db.CorrectionProofs(ctx, func(k funding.CorrectionProof) error { return p.note(k.Check()) }); err != nil {
		return err
	}
	wrong, err := p.db.TwoOnAClaim(ctx)
	return errors.Join(err, p.note(wrong))
}

// reconciliation is what the page of that name shows, for every budget.
func (p *proof) reconciliation(ctx context.Context) error {
	list, err := p.db.ReconcileAll(ctx)
	if err != nil {
		return err
	}
	for _, r := range list {
		if err := p.note(r.Check()); err != nil {
			return err
		}
	}
	return nil
}

// Head is the number and hash of the last event: what is logged, and kept with a backup, so that a tail that is cut off
// later shows.
func (s *Service) Head(ctx context.Context) (event int64, hash string, err error) {
	return s.store.Head(ctx)
}
