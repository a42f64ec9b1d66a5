package demo

import (
	"errors"
	"fmt"
	"slices"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/support"
)

// written is an offer of one line to three: money for the practice or for a provider, and sometimes days in kind.
func (s *story) written() {
	s.after(1, 7)
	s.needsMoney()
	s.then(func() error {
		starts := s.starts()
		s.since = starts
		lines := []support.Line{s.line(support.ToPractice, "line", starts)}
		shape := s.r.IntN(4)
		if s.several {
			shape = 1
		}
		switch shape {
		case 0:
			lines[0] = s.line(support.ByInvoice, "bought", starts)
		case 1:
			lines = append(lines, s.line(support.ByInvoice, "bought", starts))
		}
		if s.r.IntN(3) == 0 {
			lines = append(lines, s.line(support.InKind, "kind", starts))
		}
		if s.rapid {
			lines[0].MenuItem = support.RapidItem
		}
		if s.ahead {
			lines = append(lines, s.nextYear())
		}
		for _, l := range lines {
			if err := s.d.s.AddLine(s.d.ctx, as(s.worker), s.id, casework.LineInput{Line: s.aimed(l)}); err != nil {
				return err
			}
		}
		return nil
	})
	_, most := s.lead()
	s.begins = s.day + most
	if s.r.IntN(3) == 0 {
		s.then(func() error {
			live, err := s.live()
			if err != nil {
				return err
			}
			terms := support.Terms{Conditions: s.text(nil, s.says("support", "condition")), PracticeTime: s.text(nil, s.says("practice", "time"))}
			return s.d.s.SetTerms(s.d.ctx, as(s.worker), s.id, live.Version, terms)
		})
	}
}

// needsMoney notes that from here on the case needs a budget.
func (s *story) needsMoney() {
	if s.offered < 0 {
		s.offered = s.day
	}
}

// lead is how many working days there are from the writing of an offer to its support, at least and at most.
func (s *story) lead() (least, most int) {
	switch {
	case s.rapid:
		return 2, 3
	case s.soon:
		return 8, 10
	}
	return 16, 20
}

// starts is the first day of the support: when all is likely to be signed, and in the financial year that pays.
func (s *story) starts() calendar.Date {
	least, most := s.lead()
	day := s.today().AddWorkingDays(between(s.r, least, most))
	if last := calendar.YearOf(s.today()).Last(); day.After(last) {
		return last.AddDays(-1)
	}
	return day
}

// line is one piece of support of the situation, by one of the ways in which help reaches a practice.
func (s *story) line(route support.Route, words string, starts calendar.Date) support.Line {
	return s.help(route, s.situation, s.own(words), starts, s.d.lastOf(starts, between(s.r, 55, 110)))
}

// lineWords say where or for whom a piece of support is.
var lineWords = []string{"[for {patients} patients|at {place}|, reviewed in {month}|, {day}s first|, as talked over in {place}|, to be looked at again in {month}]"}

// offerApproved is the second person's yes: the lead's, or above the lead's limit that of finance.
func (s *story) offerApproved() {
	s.needsMoney()
	s.then(func() error {
		live, err := s.live()
		if err != nil {
			return err
		}
		return s.approve(live)
	})
}

// approve gives the approvals that an offer or a variation needs.
func (s *story) approve(live support.Offer) error {
	s.d.enough(s.home.team.code, live)
	if live.Gross() > oneApprover { // the lead first, unless they began it
		first := s.staff().lead
		if slices.Contains(live.Writers, first.ID) {
			first = s.staff().regional
		}
		if err := s.d.s.ApproveOffer(s.d.ctx, as(first), s.on()); err != nil {
			return err
		}
	}
	by := s.approver(live.Gross())
	if slices.Contains(live.Writers, by.ID) { // who promoted a case began its offer
		by = s.staff().finance
	}
	return s.d.s.ApproveOffer(s.d.ctx, as(by), s.on())
}

// live is the offer that can still become help.
func (s *story) live() (support.Offer, error) {
	list, err := s.d.store.Offers(s.d.ctx, s.worker, s.id)
	for _, o := range list {
		if o.State.Live() {
			return o, err
		}
	}
	return support.Offer{}, errors.Join(err, fmt.Errorf("case %s has no offer", s.id))
}

// leadsLimit is the most that a team lead approves by the rules that come with the program.
const leadsLimit funding.Pence = 25_000_00

// oneApprover is the most that one person approves by those rules; above it two have to.
const oneApprover funding.Pence = 50_000_00

func (s *story) approver(amount funding.Pence) account.Actor {
	if amount > leadsLimit {
		return s.staff().finance
	}
	return s.staff().lead
}

// noticeDays is the time that the practice has for its answer.
const noticeDays = 20

func (s *story) offerSent() {
	if s.ahead {
		s.aheadAsked()
		s.aheadDecided(true)
	}
	s.after(0, 1)
	s.then(func() error {
		return s.d.s.SendOffer(s.d.ctx, as(s.worker), s.on(), s.today().AddWorkingDays(noticeDays))
	})
}

func (s *story) accepted() {
	s.then(func() error { return s.d.s.AcceptOffer(s.d.ctx, as(s.manager()), s.on()) })
}

// acceptedInPart is a yes to the first line and a no to the others.
func (s *story) acceptedInPart() {
	s.then(func() error {
		live, err := s.live()
		if err != nil {
			return err
		}
		no := map[int64]string{}
		for _, l := range live.Lines[1:] {
			no[l.ID] = s.text(nil, s.says("practice", "part"))
		}
		return s.d.s.AnswerOffer(s.d.ctx, as(s.manager()), s.on(), no)
	})
}

func (s *story) askedAboutOffer() {
	s.then(func() error {
		return s.d.s.AskAboutOffer(s.d.ctx, as(s.manager()), s.on(), s.text(nil, s.says("practice", "question")))
	})
}

func (s *story) answeredAboutOffer() {
	s.then(func() error {
		return s.d.s.AnswerAboutOffer(s.d.ctx, as(s.worker), s.on(), s.text(nil, s.says("team", "reply")))
	})
}

func (s *story) declined() {
	s.then(func() error {
		return s.d.s.DeclineOffer(s.d.ctx, as(s.manager()), s.on(), s.text(nil, s.says("practice", "decline")))
	})
}

func (s *story) cancelled() {
	s.then(func() error {
		return s.d.s.CancelOffer(s.d.ctx, as(s.worker), s.on(), s.text(nil, s.says("support", "cancel")))
	})
}
