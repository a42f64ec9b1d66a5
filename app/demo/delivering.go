package demo

import (
	"cmp"
	"fmt"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/support"
)

// claimed is a claim for a part of what is left of a line: by the practice where a line is paid to it, and otherwise a
// provider's invoice that the caseworker enters.
func (s *story) claimed() {
	s.whenBegun()
	s.then(func() error { return s.claimOn(false) })
}

// invoiced is a provider's invoice where the case has a line for one, else a claim.
func (s *story) invoiced() {
	s.whenBegun()
	s.then(func() error { return s.claimOn(true) })
}

// whenBegun lets days go by, until the support has begun at least: nobody claims for work that is still to be done.
func (s *story) whenBegun() {
	s.after(1, 8)
	if n := s.begins - s.day; n > 0 {
		s.after(n, n+4)
	}
}

// notAlike is what people say of a claim that happens to be like another one; it is kept only where there is one.
const notAlike = "The sessions are of other days: the list shows each of them."

func (s *story) claimOn(bought bool) error {
	lines, err := s.d.store.ClaimLines(s.d.ctx, s.id)
	if err != nil {
		return err
	}
	var line funding.ClaimLine
	for _, l := range lines {
		if l.Route == funding.InKind || l.Left() < 100_00 {
			continue
		}
		if line.ID == 0 || bought && l.Route == funding.PaidToProvider {
			line = l
		}
	}
	if line.ID == 0 {
		return fmt.Errorf("case %s has nothing left to claim", s.id)
	}
	s.claims++
	s.covers(line)
	in := funding.ClaimInput{Line: line.ID, Reference: s.invoiceNumber(s.claims), From: s.of.from, To: s.of.to}
	in.Gross = line.Left() * funding.Pence(between(s.r, 35, 60)) / 100 / 60_00 * 60_00
	in.Gross, in.AlikeWhy = max(in.Gross, 60_00), notAlike
	by := s.manager()
	if line.Route == funding.PaidToProvider {
		in.ByTeam, by = true, s.worker
		in.VAT = in.Gross / 6
		in.Detail = s.text(s.claimValues(in.Gross, line), s.says("support", "payment"))
	} else {
		in.Detail, in.Evidence = s.text(s.claimValues(in.Gross, line), s.own("claim")), funding.Timesheet
		if asked := funding.EvidenceOf(line); len(asked) > 1 {
			in.Evidence = asked[(int(s.id)+s.claims)%len(asked)]
		}
	}
	in.Net = in.Gross - in.VAT
	return s.d.s.MakeClaim(s.d.ctx, as(by), s.id, in, s.d.evidence(s.r))
}

// covers notes the days of a new claim on a line: those since the last claim on it, or since its first day, up to today.
func (s *story) covers(line funding.ClaimLine) {
	last := s.of.to
	s.of = period{line.Starts, max2(line.Starts, min2(s.today(), line.Ends))}
	if s.onLine == line.ID && last.Before(s.of.to) {
		s.of.from = last.AddDays(1)
	}
	s.onLine = line.ID
}

func min2(a, b calendar.Date) calendar.Date {
	if a.After(b) {
		return b
	}
	return a
}

// claim is the newest claim of the case, and who made and checked it.
func (s *story) claim() (funding.Claim, error) {
	list, err := s.d.store.Claims(s.d.ctx, s.worker, s.id)
	for _, c := range list {
		if c.Number == s.claims {
			return c.Claim, err
		}
	}
	return funding.Claim{}, err
}

// checked is somebody else's word that the claim is for what was agreed.
func (s *story) checked() {
	s.checks(func(funding.Claim) funding.Share { return funding.Share{All: true} })
}

// checkedInPart is somebody else's word that a part of the claim is for what was agreed, and what the rest is.
func (s *story) checkedInPart() {
	s.checks(func(c funding.Claim) funding.Share {
		return funding.Share{Less: true, Pay: c.Gross * funding.Pence(between(s.r, 60, 85)) / 100, Why: s.text(s.month(), s.says("support", "partly")), Kept: pick(s.r, []string{funding.Claimable, funding.Freed})}
	})
}

func (s *story) checks(share func(funding.Claim) funding.Share) {
	s.after(0, 3)
	s.then(func() error {
		c, err := s.claim()
		if err != nil {
			return err
		}
		by := s.worker
		if c.ClaimedBy == by.ID {
			by = s.staff().lead
		}
		return s.d.s.CheckShare(s.d.ctx, as(by), s.id, s.claims, notAlike, share(c))
	})
}

// claimApproved says that the claim is to be paid, by somebody who had no part in it so far.
func (s *story) claimApproved() {
	s.after(0, 3)
	s.then(func() error {
		c, err := s.claim()
		if err != nil {
			return err
		}
		by := s.approver(c.Gross)
		if c.CheckedBy == by.ID {
			by = s.staff().finance
		}
		s.d.world.paid[claimKey{s.id, s.claims}] = payment{}
		s.d.world.due[s.home.team.code] = true
		return s.d.s.ApproveClaim(s.d.ctx, as(by), s.id, s.claims)
	})
}

func (s *story) claimReturned() {
	s.then(func() error {
		return s.d.s.ReturnClaim(s.d.ctx, as(s.worker), s.id, s.claims, s.text(nil, s.says("support", "returned")))
	})
}

// claimWithdrawn is a claim that the practice withdraws; a provider's invoice, where the case has no line for the practice,
// the team sends back instead.
func (s *story) claimWithdrawn() {
	s.then(func() error {
		if c, err := s.claim(); err != nil {
			return err
		} else if c.ClaimedBy != s.manager().ID {
			return s.d.s.ReturnClaim(s.d.ctx, as(s.worker), s.id, s.claims, s.text(nil, s.says("support", "returned")))
		}
		return s.d.s.WithdrawClaim(s.d.ctx, as(s.manager()), s.id, s.claims, "We claimed before the last bill had come, and will claim it all together.")
	})
}

// payment takes a claim to the day on which it was paid: the teams release payments on Tuesdays and Thursdays.
func (s *story) payment() {
	s.claimed()
	s.checked()
	s.paid()
}

// paid takes a claim that is checked to the day on which it was paid.
func (s *story) paid() {
	s.claimApproved()
	s.after(6, 9)
	s.then(func() error {
		p := s.d.world.paid[claimKey{s.id, s.claims}]
		if p.batch == 0 {
			return fmt.Errorf("claim %d of case %s is in no batch", s.claims, s.id)
		}
		return s.d.s.RecordPaid(s.d.ctx, as(p.by), p.batch, p.position, s.today())
	})
}

// failed is a payment that the paying system could not make, as its remittance says; the claim waits to be released anew.
func (s *story) failed(kind funding.Outcome, why string) {
	s.claimed()
	s.checked()
	s.claimApproved()
	s.after(6, 9)
	s.then(func() error {
		p := s.d.world.paid[claimKey{s.id, s.claims}]
		if p.batch == 0 {
			return fmt.Errorf("claim %d of case %s is in no batch", s.claims, s.id)
		}
		delete(s.d.world.paid, claimKey{s.id, s.claims}) // the finance officers look at it first
		if kind == funding.PaymentReturned {
			if err := s.d.s.RecordPaid(s.d.ctx, as(p.by), p.batch, p.position, s.today()); err != nil {
				return err
			}
		}
		b, err := s.d.store.Batch(s.d.ctx, p.by, p.batch)
		if err != nil {
			return err
		}
		return s.d.remitted(as(p.by), b, p.position, kind, why)
	})
}

// saidMade is the word of the finance officer of the region, who had no part in the claim, that a payment which came back was made after
// all; it waits for somebody else to agree.
func (s *story) saidMade() {
	s.after(1, 2)
	s.then(func() error {
		page, err := s.d.s.Claim(s.d.ctx, as(s.worker), s.id, s.claims)
		if err != nil {
			return err
		}
		in := funding.CorrectionInput{PaidOn: s.today(), ShownBy: s.text(nil, s.says("support", "statement"))}
		return s.d.s.CorrectPayment(s.d.ctx, as(s.staff().regional), page.Claim.BackBatch, page.Claim.BackPosition, in)
	})
}

// received is the payee's word that the money arrived.
func (s *story) received() {
	s.after(1, 4)
	s.then(func() error {
		delete(s.d.world.paid, claimKey{s.id, s.claims})
		c, err := s.claim()
		if err != nil {
			return err
		}
		by, provider := s.manager(), false
		if c.ClaimedBy != by.ID {
			by, provider = s.worker, true
		}
		return s.d.s.ConfirmReceived(s.d.ctx, as(by), s.id, s.claims, provider)
	})
}

// disputed is the practice's word that its money did not arrive as it was paid; a provider says nothing.
func (s *story) disputed(reason funding.DisputeReason) {
	s.after(1, 4)
	s.then(func() error {
		c, err := s.claim()
		if err != nil || c.ClaimedBy != s.manager().ID {
			return err
		}
		return s.d.s.DisputePayment(s.d.ctx, as(s.manager()), s.id, s.claims, reason, s.text(s.month(), s.says("practice", string(reason))))
	})
}

// answeredDispute is what the finance officer who recorded the payment finds out.
func (s *story) answeredDispute(outcome funding.DisputeOutcome) {
	s.after(1, 3)
	s.then(func() error {
		c, err := s.claim()
		if err != nil || c.Dispute == 0 {
			return err
		}
		by := s.d.world.paid[claimKey{s.id, s.claims}].by
		if outcome == funding.PaidAgain {
			delete(s.d.world.paid, claimKey{s.id, s.claims}) // the finance officers look at it first
		}
		return s.d.s.AnswerDispute(s.d.ctx, as(by), s.id, s.claims, outcome, s.text(nil, s.says("support", "found")))
	})
}

// closed ends the case.
func (s *story) closed(outcome casework.Outcome) {
	s.then(func() error {
		file, err := s.d.s.Closing(s.d.ctx, as(s.worker), s.id)
		if err != nil {
			return err
		}
		reasons := [][]string{s.says("closing", string(outcome))}
		if outcome == "stabilised" || outcome == "improved" { // what came of the support is told where the practice goes on with it
			reasons = [][]string{s.own("outcome"), reasons[0]}
		}
		in := casework.Closing{Outcome: outcome, Reasons: s.text(nil, reasons...), Because: map[int64]support.UndeliveredReason{}, Why: map[int64]string{}}
		for _, l := range file.Undelivered {
			in.Because[l.Line] = s.undelivered(outcome, l)
			in.Why[l.Line] = s.text(nil, s.says("undelivered", string(in.Because[l.Line])))
		}
		s.since = s.today()
		return s.d.s.Close(s.d.ctx, as(s.worker), s.on(), in)
	})
}

// undelivered is why less of a line was given than was promised, by how the case ended.
func (s *story) undelivered(outcome casework.Outcome, l support.Undelivered) support.UndeliveredReason {
	switch {
	case outcome == "withdrew" || outcome == "transferred":
		return "given_otherwise"
	case outcome != "stabilised" && outcome != "improved":
		return "practice_ended"
	case !l.Reported && s.r.IntN(2) == 0:
		return "not_reported"
	}
	return pick(s.r, []support.UndeliveredReason{"not_needed", "not_taken_up", "provider_could_not", "nobody_found", "given_otherwise"})
}

// reported is a report of progress: by the practice, or by the caseworker for a provider of the case.
func (s *story) reported(rating support.Rating) {
	s.then(func() error { return s.reportAs(rating, s.manager(), 0) })
}

// reportedFor is the report of a provider of the case that the caseworker writes down, or of the practice where there is none.
func (s *story) reportedFor(rating support.Rating) {
	s.then(func() error {
		file, err := s.d.s.Progress(s.d.ctx, as(s.worker), s.id)
		if err != nil {
			return err
		}
		for _, l := range file.Offer.Standing() {
			if l.Provider != 0 {
				return s.reportAs(rating, s.worker, l.Provider)
			}
		}
		return s.reportAs(rating, s.manager(), 0)
	})
}

func (s *story) reportAs(rating support.Rating, by account.Actor, provider int64) error {
	file, err := s.d.s.Progress(s.d.ctx, as(s.worker), s.id)
	if err != nil {
		return err
	}
	in := casework.Reporting{Rating: rating, Provider: provider, Given: map[int64]string{}, Slipped: map[int64]string{}}
	in.Words = s.text(nil, s.says("practice", "progress"))
	for _, l := range file.Offer.Counted() {
		promised, _ := l.Promised()
		in.Given[l.ID] = cmp.Or(support.TypedDays(promised*between(s.r, 20, 70)/100), "0")
		in.Slipped[l.ID] = s.text(nil, s.says("practice", "late"))
	}
	return s.d.s.ReportProgress(s.d.ctx, as(by), s.on(), in)
}

func (s *story) reportsRead() {
	s.then(func() error { return s.d.s.ReadReports(s.d.ctx, as(s.worker), s.on()) })
}
