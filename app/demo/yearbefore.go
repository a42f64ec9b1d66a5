package demo

import (
	"errors"
	"slices"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/practice"
	"resilience/app/support"
)

// yearBefore is the end of 2015/16, the year of the Vulnerable Practice Programme: two cases of Yorkshire and the Humber, by which
// what was received is accrued, and what was not delivered is released or carried forward, and a session that is found later; its closing by two persons; and, of
// Cumbria and North East, a large sum that two persons ask back, and a closing that waits. Demonstrations of other years do not have it.
func (w *world) yearBefore() {
	d := w.d
	if w.days[0].After(calendar.MustParse("2016-01-11")) || d.Today.Before(calendar.MustParse("2017-01-13")) {
		return
	}
	for _, t := range localTeams {
		switch t.code {
		case "Q72":
			d.allocation(w.days[0], &t, yearOfBefore, "other", func() funding.Pence { return 30_000 }, "The team’s share of the Vulnerable Practice Programme for the last months of its year.")
		case "Q74":
			d.allocation(w.days[0], &t, yearOfBefore, "other", func() funding.Pence { return 60_000 }, "The team’s share of the Vulnerable Practice Programme, for one practice that may close.")
		}
	}
	w.tellLast(1, "Q72", "single", (*story).releasedAtTheEnd)
	w.tellLast(2, "Q72", "lease", (*story).carriedForward)
	w.tellLast(3, "Q74", "single", (*story).muchAskedBack)
	d.when(clockTime(calendar.MustParse("2016-04-27"), 10*60), func() {
		d.askToClose(lead, "Q72", "The accruals are agreed with the region’s finance officer, and the last line is carried forward.")
	})
	d.when(clockTime(calendar.MustParse("2016-04-28"), 15*60), func() {
		if d.err == nil {
			d.try("close the year", d.s.SettleYearClosing(d.ctx, d.by(finance), "Q72", yearOfBefore, funding.ClosingAnswer{Agree: true}))
		}
	})
	d.when(clockTime(calendar.MustParse("2017-01-12"), 11*60), func() {
		d.askToClose(northLead, "Q74", "All that was promised was paid in March. What comes back of it leaves the budget.")
	})
}

// yearOfBefore is 2015/16.
const yearOfBefore calendar.Year = 2015

func (d *seeder) askToClose(who string, team practice.Code, why string) {
	if d.err == nil {
		d.try("ask to close a year", d.s.AskToCloseYear(d.ctx, d.by(who), team, yearOfBefore, why))
	}
}

// tellLast lays down a case of a team in a situation, which begins in the first days.
func (w *world) tellLast(n int, team practice.Code, situation string, tells func(*story)) {
	s := &story{d: w.d, r: w.d.random(900 + uint64(n)), offered: -1, first: n, clock: opens, rates: map[string]funding.Pence{}}
	for i, at := 0, n*7; s.home == nil; i++ {
		if home := w.with[(at+i)%len(w.with)]; home.team.code == team && home.patients > 2_000 {
			s.home = home
		} else if i > len(w.with) {
			return
		}
	}
	s.situation = w.d.situated[slices.IndexFunc(w.d.situated, func(one section) bool { return one.name == situation })]
	tells(s)
	w.d.when(s.at(0), func() { w.tell(s) })
}

// before is a piece of support of the year before, in words of a name.
func (s *story) before(words string, starts, ends calendar.Date) support.Line {
	return s.help(support.ToPractice, s.d.before, s.d.before.phrases[words], starts, ends)
}

// until lets the days go by to a day.
func (s *story) until(day string) {
	if n := s.d.world.index(calendar.MustParse(day)) - s.first; n > s.day {
		s.day, s.clock = n, opens
	}
}

// promised takes a case from the request to a memorandum that both sides accepted, with one line for the practice until 31 March, in words of a name.
func (s *story) promised(words, starts, until string) {
	s.sent()
	s.welcomed()
	s.assessing(true)
	s.reviewed(true)
	s.after(0, 2)
	s.recommends(casework.ForSupport)
	s.after(1, 3)
	s.decides(casework.ForSupport)
	s.letterSent()
	s.after(1, 2)
	s.then(func() error {
		s.since = calendar.MustParse(starts)
		l := s.before(words, s.since, yearOfBefore.Last())
		l.Source = "other"
		return s.d.s.AddLine(s.d.ctx, as(s.worker), s.id, casework.LineInput{Line: s.aimed(l)})
	})
	s.offerApproved()
	s.offerSent()
	s.after(1, 3)
	s.accepted()
	s.proposed()
	s.signed()
	s.countersigned()
	s.until(until)
}

// claimedOf is a claim of an amount on the newest line that has so much left.
func (s *story) claimedOf(gross funding.Pence) {
	s.then(func() error {
		lines, err := s.d.store.ClaimLines(s.d.ctx, s.id)
		if err != nil {
			return err
		}
		for i := len(lines) - 1; i >= 0; i-- {
			l := lines[i]
			if l.Route != funding.PaidToPractice || l.Left() < gross {
				continue
			}
			s.claims++
			s.covers(l)
			return s.d.s.MakeClaim(s.d.ctx, as(s.manager()), s.id, funding.ClaimInput{
				Line: l.ID, Reference: s.invoiceNumber(s.claims), From: s.of.from, To: s.of.to, Net: gross, Gross: gross, AlikeWhy: notAlike,
				Detail: s.text(s.claimValues(gross, l), s.own("claim")), Evidence: funding.EvidenceOf(l)[0],
			}, s.d.evidence(s.r))
		}
		return errors.New("no line has so much left to claim")
	})
}

// atYearEnd is what the lead decides of the line of the case at the end of the year.
func (s *story) atYearEnd(received bool, choice funding.YearEndChoice, why string) {
	s.then(func() error {
		by := as(s.staff().lead)
		c, err := s.d.store.Case(s.d.ctx, s.worker, s.id)
		if err != nil {
			return err
		}
		y, err := s.d.store.YearEnd(s.d.ctx, by.Actor, s.home.team.code, yearOfBefore, s.today())
		if err != nil {
			return err
		}
		for _, l := range y.Lines {
			if n := l.Amount(received); l.Reference == c.Reference && n > 0 {
				return s.d.s.DecideYearEnd(s.d.ctx, by, s.home.team.code, yearOfBefore, funding.YearEndInput{Line: l.Line, Received: received, Choice: string(choice), Amount: n, Reason: why})
			}
		}
		return errors.New("there is nothing to decide of " + c.Reference)
	})
}

// releasedAtTheEnd is a case of which a claim is accrued and the rest is to be released, which the closing does. The claim is paid after the year was closed,
// and a part of it comes back later still.
func (s *story) releasedAtTheEnd() {
	s.promised("released", "2016-03-01", "2016-03-08")
	s.claimedOf(2_400_00)
	s.checked()
	s.paid()
	s.received()
	s.until("2016-03-30")
	s.claimedOf(1_800_00)
	s.until("2016-03-31")
	s.atYearEnd(true, funding.Accrue, "The list of sessions is in; the claim is checked and paid in the new year.")
	s.atYearEnd(false, funding.ReleaseLeft, "The partner is back, so that the last sessions are not needed.")
	s.until("2016-05-03")
	s.checked()
	s.paid()
	s.received()
	s.after(2, 5)
	s.closed("improved")
	s.until("2016-10-10")
	s.askedBack(funding.Unspent)
	s.tobePaidBack(1)
	s.paidBack(1)
}

// carriedForward is a case of which a part is carried forward: both sides accept a variation that puts a line of the next year in its place.
func (s *story) carriedForward() {
	s.promised("carried", "2016-03-01", "2016-03-09")
	s.claimedOf(3_000_00)
	s.checked()
	s.paid()
	s.received()
	s.until("2016-03-31")
	s.atYearEnd(false, funding.CarryForward, "The second half of the work was put off to May, when the new rooms are ready.")
	s.until("2016-04-06")
	s.then(func() error {
		return s.d.s.VaryAgreement(s.d.ctx, as(s.worker), s.on(), "The second half of the work is put off to May, and paid from the money of the new year.")
	})
	s.then(func() error {
		v, err := s.d.store.Variation(s.d.ctx, s.worker, s.id)
		if err != nil {
			return err
		}
		l, less := v.Lines[0], s.before("carried-part", v.Lines[0].Starts, v.Lines[0].Ends)
		l.Net, l.Description = less.Net, less.Description
		if err := s.d.s.ChangeLine(s.d.ctx, as(s.worker), s.id, v.Version, casework.LineInput{Line: l}); err != nil {
			return err
		}
		next := s.before("carried-rest", calendar.MustParse("2016-05-03"), calendar.MustParse("2016-07-29"))
		next.Source = "carry_over"
		return s.d.s.AddLine(s.d.ctx, as(s.worker), s.id, casework.LineInput{Line: s.aimed(next)})
	})
	s.then(func() error {
		v, err := s.d.store.Variation(s.d.ctx, s.worker, s.id)
		if err != nil {
			return err
		}
		return s.approve(v)
	})
	s.proposed()
	s.varySigned()
	s.varyCountersigned()
	s.foundLater()
	s.until("2016-07-04")
	s.claimedOf(5_000_00)
	s.checked()
	s.paid()
	s.received()
	s.after(4, 9)
	s.closed("stabilised")
}

// foundLater is work of the closed year of which the practice tells after the closing: a variation puts it on a line of the open year, which names
// the line that it belongs to, and it is claimed and paid.
func (s *story) foundLater() {
	s.until("2016-05-16")
	s.then(func() error {
		return s.d.s.VaryAgreement(s.d.ctx, as(s.worker), s.on(), "One of the sessions of March was left out of the practice’s list, and was found when its books were closed.")
	})
	s.then(func() error {
		closed, err := s.d.store.ClosedLines(s.d.ctx, s.id)
		if err != nil || len(closed) == 0 {
			return errors.Join(errors.New("the case has no line of a closed year"), err)
		}
		l := s.before("late", calendar.MustParse("2016-05-16"), calendar.MustParse("2016-06-10"))
		l.Source, l.LateOf = "carry_over", closed[0]
		return s.d.s.AddLine(s.d.ctx, as(s.worker), s.id, casework.LineInput{Line: s.aimed(l)})
	})
	s.varyApproved()
	s.varyProposed()
	s.varySigned()
	s.varyCountersigned()
	s.claimedOf(400_00)
	s.checked()
	s.paid()
	s.received()
}

// muchAskedBack is a case with more than one person approves: two approve its claim, and two decide what becomes of the money that
// is asked back of it. It comes in monthly instalments.
func (s *story) muchAskedBack() {
	s.promised("much", "2016-02-22", "2016-03-07")
	s.claimedOf(54_600_00)
	s.checked()
	s.then(func() error { return s.d.s.ApproveClaim(s.d.ctx, as(s.staff().lead), s.id, s.claims) })
	s.paid()
	s.received()
	s.until("2016-05-16")
	s.closed("stabilised")
	s.until("2016-11-08")
	s.then(func() error {
		return s.d.s.RaiseRecovery(s.d.ctx, as(s.worker), s.id, s.claims, funding.RecoveryInput{
			Amount: 52_000_00, Reason: funding.Unspent, Words: "Both doctors were found before the spring was over, so that the agency was needed for six days only. The practice told us when it closed its books.",
		})
	})
	s.after(1, 2)
	s.then(func() error {
		return s.d.s.DecideRecovery(s.d.ctx, as(s.staff().lead), s.id, s.claims, funding.RecoveryDecision{
			Verdict: funding.Recovering, Why: "The money is there. Eight parts leave the practice enough for its wages in each month.", Count: 8, First: s.today().AddWorkingDays(10),
		})
	})
	s.after(1, 2)
	s.then(func() error {
		return s.d.s.DecideRecovery(s.d.ctx, as(s.staff().finance), s.id, s.claims, funding.RecoveryDecision{Verdict: funding.Agreeing})
	})
	for _, day := range []string{"2016-11-28", "2016-12-28"} { // of the days chosen, none has been missed by 18 January
		s.until(day)
		s.then(func() error {
			return s.d.s.RecordRepayment(s.d.ctx, as(s.staff().regional), s.id, s.claims, funding.Repayment{Amount: 6_500_00, On: s.today()})
		})
	}
}
