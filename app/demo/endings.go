package demo

import (
	"slices"

	"resilience/app/account"
	"resilience/app/support"
)

// givesNotice ends the memorandum so many days ahead: for the practice by its manager, or for the team by its lead.
func (s *story) givesNotice(team bool, least, most int) {
	s.after(1, 3)
	s.then(func() error {
		by, who, err := s.noticing(team)
		if err != nil {
			return err
		}
		reason := pick(s.r, []support.EndingReason{"not_needed", "no_help", "not_possible"})
		return s.d.s.EndAgreement(s.d.ctx, as(by), s.on(), support.EndingInput{Reason: reason, Detail: s.text(nil, s.says(who, "ends-"+string(reason))), On: s.today().AddDays(between(s.r, least, most))})
	})
}

// noticeWithdrawn is the better thought of the side that gave notice.
func (s *story) noticeWithdrawn(team bool) {
	s.after(1, 3)
	s.then(func() error {
		by, who, err := s.noticing(team)
		if err != nil {
			return err
		}
		return s.d.s.KeepAgreement(s.d.ctx, as(by), s.on(), "", s.text(nil, s.says(who, "goes-on")))
	})
}

// noticing is who speaks for a side; for a lead with an interest in the case it is the practice.
func (s *story) noticing(team bool) (account.Actor, string, error) {
	c, err := s.d.store.Case(s.d.ctx, s.worker, s.id)
	if err != nil || team && !slices.Contains(c.Facts.Barred, s.staff().lead.ID) {
		return s.staff().lead, "support", err
	}
	return s.manager(), "practice", nil
}
