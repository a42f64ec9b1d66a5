package demo

import (
	"slices"

	"resilience/app/account"
	"resilience/app/funding"
	"resilience/app/practice"
)

// askedBack is money of the newest claim that its caseworker asks back: all of what was not due, and a part of anything else.
func (s *story) askedBack(reason funding.RecoveryReason) {
	s.after(2, 6)
	s.then(func() error {
		c, err := s.claim()
		if err != nil {
			return err
		}
		amount := max(c.Payable()*funding.Pence(between(s.r, 15, 40))/100/10_00*10_00, 10_00)
		if reason == funding.NotDue {
			amount = c.Payable()
		}
		return s.d.s.RaiseRecovery(s.d.ctx, as(s.worker), s.id, s.claims, funding.RecoveryInput{Amount: amount, Reason: reason, Words: s.text(s.month(), s.says("support", string(reason)))})
	})
}

// decider is who decides on what was asked back of a claim.
func (s *story) decider() (account.Actor, error) {
	c, err := s.claim()
	return s.approver(c.Gross), err
}

// tobePaidBack is the decision that the money comes back in so many monthly instalments, the first of them soon.
func (s *story) tobePaidBack(count int) {
	s.after(1, 3)
	s.then(func() error {
		by, err := s.decider()
		if err != nil {
			return err
		}
		return s.d.s.DecideRecovery(s.d.ctx, as(by), s.id, s.claims, funding.RecoveryDecision{
			Verdict: funding.Recovering, Why: s.text(nil, s.says("support", "payback")), Count: count, First: s.today().AddWorkingDays(5),
		})
	})
}

// waivedBack is the decision that the money is not asked for any more, in words of a name.
func (s *story) waivedBack(words string) {
	s.after(1, 3)
	s.then(func() error {
		by, err := s.decider()
		if err != nil {
			return err
		}
		return s.d.s.DecideRecovery(s.d.ctx, as(by), s.id, s.claims, funding.RecoveryDecision{Verdict: funding.Waiving, Why: s.text(s.month(), s.says("support", words))})
	})
}

// paidBack is one part of so many of the money coming back, as somebody records it who did not decide on it.
func (s *story) paidBack(of int) {
	s.after(2, 4)
	s.then(func() error {
		by, err := s.decider()
		if err != nil {
			return err
		}
		page, err := s.d.s.Claim(s.d.ctx, as(s.worker), s.id, s.claims)
		if err != nil {
			return err
		}
		records := s.staff().finance
		if records.ID == by.ID || slices.Contains(page.Facts.Barred, records.ID) {
			records = s.staff().regional
		}
		return s.d.s.RecordRepayment(s.d.ctx, as(records), s.id, s.claims, funding.Repayment{Amount: page.Claim.Recovery.Amount / funding.Pence(of), On: s.today()})
	})
}

// takenOver is the day on which North Woldmarsh takes over the practice: from the night on it has the case, and pays back what is to be
// paid back. Where no practice is to spare, nothing of it happens.
func (s *story) takenOver() {
	s.after(1, 2)
	s.then(func() error {
		if s.home != s.d.world.leaving {
			return nil
		}
		return s.d.s.RecordSuccessor(s.d.ctx, byOperator, practice.Successor{Predecessor: s.home.code, Successor: "X10009", Kind: practice.MergedInto, From: s.today()})
	})
	s.after(2, 3)
	s.then(func() error { return nil }) // the program hands it over at night
}
