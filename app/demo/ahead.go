package demo

import (
	"errors"
	"fmt"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/support"
)

// aheadSource pays what is promised for a year whose budget is not there: the CCGs settle their money late.
const aheadSource = "ccg"

// yearAhead is the first day of the financial year after the one in which an offer that is written on the day is approved.
func yearAhead(day calendar.Date) calendar.Date {
	return (calendar.YearOf(day.AddDays(45)) + 1).First()
}

// nextYear is a line in the financial year that comes, of which the team has no budget.
func (s *story) nextYear() support.Line {
	l := s.line(support.ToPractice, "line", yearAhead(s.today()).AddDays(between(s.r, 0, 25)))
	l.Source = aheadSource
	return l
}

// aheadAsked is the caseworker's word why it is promised before its budget is there.
func (s *story) aheadAsked() {
	s.then(func() error {
		return s.d.s.AskForward(s.d.ctx, as(s.worker), s.on(), s.text(nil, s.says("support", "ahead")))
	})
}

// aheadDecided is the answer of the programme manager of the region.
func (s *story) aheadDecided(yes bool) {
	s.after(0, 2)
	s.then(func() error {
		list, err := s.d.store.Forwards(s.d.ctx, s.id)
		if err == nil && len(list) == 0 {
			err = fmt.Errorf("case %s has no forward commitment", s.id)
		}
		if err != nil {
			return err
		}
		in := casework.ForwardAnswer{Authorise: yes}
		if !yes {
			in.Why = s.text(nil, s.says("support", "ahead-no"))
		}
		return s.d.s.DecideForward(s.d.ctx, s.d.by(programmeManagers[string(s.home.team.region)]), list[0].ID, in)
	})
}

// authorised asks so many working days ago for what has no budget yet in an offer that was approved on that day, and has it authorised.
func (d *seeder) authorised(ago int, email string, id *casework.ID, why string) {
	open := func() bool {
		if d.err != nil {
			return false
		}
		c, err := d.store.Case(d.ctx, d.by(email).Actor, *id)
		d.try("read the case", err)
		return err == nil && c.Facts.ForwardOpen > 0
	}
	d.at(ago, 14, 50, func() {
		if open() {
			d.try("ask for a forward commitment", d.s.AskForward(d.ctx, d.by(email), on(*id), why))
		}
	})
	d.at(ago, 15, 20, func() {
		if !open() {
			return
		}
		list, err := d.store.Forwards(d.ctx, *id)
		if len(list) > 0 {
			err = errors.Join(err, d.s.DecideForward(d.ctx, d.by(northProgramme), list[0].ID, casework.ForwardAnswer{Authorise: true}))
		}
		d.try("authorise a forward commitment", err)
	})
}

// tooSmall is an allocation of next year that came in the evening before: half of what was promised of it, so that the team has to find the rest.
// It is the last act of the demonstration, since nothing more is promised of that budget before the rest is there.
func (d *seeder) tooSmall() {
	var id int64
	d.at(1, 17, 40, func() {
		if d.err != nil {
			return
		}
		waiting, err := d.s.WaitingForwards(d.ctx, d.by(nation), casework.ForwardFilter{}, 1)
		d.try("read forward commitments", err)
		for _, f := range waiting.List {
			if id == 0 && f.State == support.ForwardAuthorised && f.Source.Code == aheadSource && f.Year.First().After(d.Today) {
				id = d.enter(programmeManagers[string(f.Team.Region)], f.Year, string(f.Team.Code), f.Source.Code, f.Open/200, "The first part of what the CCG settled for next year. The rest comes when its board has met.")
			}
		}
	})
	d.at(1, 17, 50, func() {
		if d.err == nil && id != 0 {
			d.try("approve an allocation", d.s.ApproveAllocation(d.ctx, d.by(nation), id, false))
			_, err := d.s.MeetForwards(d.ctx)
			d.try("meet forward commitments", err)
		}
	})
}
