package demo

import (
	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/service"
)

// leave is who stood in, stands in and will stand in for whom in Yorkshire and the Humber: the lead was away some days ago, when a caseworker approved for
// them the claim of Hallowdale Road; another caseworker is away today, and the finance officer will be next month.
func (d *seeder) leave() {
	d.at(8, 16, 20, func() {
		d.cover(lead, lead, caseworker2, d.ago(6), d.ago(4), "Three days of a course in Leeds, where I cannot be reached.")
	})
	d.at(1, 9, 15, func() {
		d.cover(lead, caseworker2, caseworker, d.Today, d.in(7), "Marian is not at work, and her practices wait for answers.")
	})
	d.at(2, 11, 25, func() {
		d.cover(finance, finance, caseworker, d.in(15), d.in(24), "Annual leave. Batches are released on Tuesdays and Fridays.")
	})
}

// cover says who acts for somebody of Yorkshire and the Humber.
func (d *seeder) cover(by, away, standIn string, first, last calendar.Date, reason string) {
	if d.err != nil {
		return
	}
	in := service.NewCover{Away: d.people[away].ID, StandIn: d.people[standIn].ID, Place: "Q72", CoverInput: account.CoverInput{First: first, Last: last, Reason: reason}}
	d.try("arrange leave cover", d.s.ArrangeCover(d.ctx, d.by(by), in))
}

// standing is somebody who acts for a person for whom they stand in today.
func (d *seeder) standing(standIn, away string) service.By {
	if d.err != nil {
		return d.by(standIn)
	}
	covers, err := d.s.StandsInFor(d.ctx, d.by(standIn))
	d.try("look for whom somebody stands in", err)
	for _, c := range covers {
		if c.Person.ID == d.people[away].ID && c.Stands(d.s.Now().Today) {
			by, err := d.s.Standing(d.ctx, d.by(standIn), c.ID)
			d.try("act for somebody", err)
			return by
		}
	}
	return d.by(standIn)
}
