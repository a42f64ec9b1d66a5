package demo

import (
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/support"
)

// planned adds a milestone to the action plan, due so many working days later.
func (s *story) planned(owner support.Owner, days int) {
	s.then(func() error {
		due := s.today().AddWorkingDays(days)
		in := casework.Planning{What: s.text(s.while(due, due), s.says("plan", string(owner))), Owner: owner, Due: due}
		if s.r.IntN(2) == 0 {
			in.Action = pick(s.r, support.HighImpactActions).Code
		}
		return s.d.s.PlanMilestone(s.d.ctx, as(s.worker), s.on(), in)
	})
}

// met is the practice's word that a milestone, by its number, is done today.
func (s *story) met(number int) {
	s.then(func() error { return s.d.s.MeetMilestone(s.d.ctx, as(s.manager()), s.on(), number, s.today()) })
}

func (s *story) slipped(number, days int) {
	s.then(func() error {
		due := s.today().AddWorkingDays(days)
		return s.d.s.MoveMilestone(s.d.ctx, as(s.worker), s.on(), number, due, s.text(s.while(due, due), s.says("plan", "moved")))
	})
}

func (s *story) dropped(number int) {
	s.then(func() error {
		return s.d.s.DropMilestone(s.d.ctx, as(s.worker), s.on(), number, s.text(nil, s.says("plan", "dropped")))
	})
}

// byPlan is support by an action plan: of its four milestones one is done, one has another day, one is dropped, one overdue.
func (s *story) byPlan() {
	s.agreed()
	s.planned(support.ByPractice, 5)
	s.planned(support.ByProvider, 8)
	s.planned(support.ByTeam, 12)
	s.planned(support.ByTeam, 6)
	s.after(3, 5)
	s.met(1)
	s.slipped(2, 15)
	s.dropped(3)
	s.after(8, 10)
	s.noted()
}

// hallowdalePlan is the action plan of Hallowdale Road, set before its memorandum is written, which has it.
func (d *seeder) hallowdalePlan(id *casework.ID) {
	plan := func(what string, owner support.Owner, action string, due calendar.Date) {
		if d.err == nil {
			d.try("plan a milestone", d.s.PlanMilestone(d.ctx, d.by(caseworker), on(*id), casework.Planning{What: what, Owner: owner, Action: action, Due: due}))
		}
	}
	d.at(14, 9, 40, func() {
		plan("Both new partners meet their mentors and agree the days until summer", support.ByProvider, "develop_team", d.workday(-3))
		plan("The rota is written four weeks ahead", support.ByPractice, "productive_workflows", d.workday(-2))
		plan("The local team and the partners look at the accounts together", support.ByTeam, "", d.workday(8))
		plan("Reception tells callers who beside a doctor can help", support.ByPractice, "active_signposting", d.workday(20))
	})
	d.at(4, 9, 50, func() {
		if d.err == nil {
			d.try("meet a milestone", d.s.MeetMilestone(d.ctx, d.by(caseworker), on(*id), 1, calendar.DateOf(d.now)))
			d.try("move a milestone", d.s.MoveMilestone(d.ctx, d.by(caseworker), on(*id), 3, d.workday(15), "The accountant has the books until the end of the month."))
		}
	})
}
