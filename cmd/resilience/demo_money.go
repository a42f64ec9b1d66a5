package main

import (
	"resilience/app/calendar"
	"resilience/app/funding"
	"resilience/app/service"
	"resilience/app/support"
)

// Addresses of the people who give money to the teams.
const (
	northProgramme  = "joan.aldous@north.example"
	londonProgramme = "rhona.vail@london.example"
	nation          = "edith.navarro@england.example"
	finance         = "paul.venn@yorkshire.example"
)

// Names of the providers, as offers choose them.
const (
	resilienceTeam = "Dale and Coast Resilience Team"
	managersPool   = "Moorside Practice Managers’ Pool"
	peerSupport    = "College Peer Support"
	committee      = "Northern Local Medical Committee Advice Desk"
	hrAdvice       = "Lantern HR and Workforce Advice"
	supportUnit    = "Estuary Commissioning Support Unit"
)

// money gives money to the local teams for this year and the next, and lists who gives help. One allocation waits for
// a second person, one was refused. All amounts but the first are invented.
func (d *seeder) money() {
	this := calendar.YearOf(d.today)
	if this < funding.FirstYear {
		return // before the programme there was nothing to give
	}
	d.at(44, 9, 30, func() {
		d.provider(caseworker, support.ProviderDetails{Name: resilienceTeam, Kind: "resilience_team", Contact: "Referrals desk", Email: "referrals@dale-and-coast.example", Telephone: "01632 960870"})
		d.provider(caseworker, support.ProviderDetails{Name: managersPool, Kind: "federation", Contact: "Petra Lund", Email: "pool@moorside-managers.example", Telephone: "01632 960871"})
		d.provider(lead, support.ProviderDetails{Name: peerSupport, Kind: "college", Contact: "Peer support office", Email: "peers@college.example"})
		d.provider(lead, support.ProviderDetails{Name: committee, Kind: "lmc", Email: "desk@northern-lmc.example", Telephone: "01632 960873"})
		d.provider(finance, support.ProviderDetails{Name: hrAdvice, Kind: "consultancy", Contact: "Amara Dunstan", Email: "help@lantern-hr.example", Telephone: "01632 960874"})
		d.provider(northWorker, support.ProviderDetails{Name: supportUnit, Kind: "csu", Contact: "Service desk", Telephone: "01632 960875"})
	})
	d.allocation(44, northProgramme, finance, this, "Q72", "gprp", 1_554_000, "The team’s share of the programme for the year, as published.")
	d.allocation(44, northProgramme, nation, this, "Q74", "gprp", 860_000, "The team’s share of the programme for the year.")
	d.allocation(44, londonProgramme, nation, this, "Q71", "gprp", 2_310_000, "The team’s share of the programme for the year.")
	d.allocation(40, northProgramme, finance, this, "Q72", "carry_over", 60_000, "Left from the Vulnerable Practice Programme, for practices that were promised help by it.")
	d.allocation(10, northProgramme, finance, this+1, "Q72", "gprp", 777_000, "First share of next year, so that offers can go on across 31 March.")
	d.allocation(10, northProgramme, nation, this+1, "Q74", "gprp", 430_000, "First share of next year.")
	d.allocation(10, londonProgramme, nation, this+1, "Q71", "gprp", 1_155_000, "First share of next year.")
	d.at(8, 11, 0, func() {
		id := d.enter(northProgramme, this, "Q74", "ccg", 25_000, "Top-up by the CCG, promised by telephone.")
		d.try("refuse an allocation", d.s.RefuseAllocation(d.ctx, d.by(nation), id, "A top-up needs the CCG’s letter. Enter it again when the letter is there."))
	})
	d.at(2, 15, 20, func() {
		d.enter(northProgramme, this, "Q72", "ccg", 45_000, "Top-up by the CCG for practices in the coastal towns. Its letter is with the finance officer.")
	})
}

// allocation is entered by one person and approved by another an hour later. The amount is in pounds.
func (d *seeder) allocation(daysAgo int, enters, approves string, year calendar.Year, team, source string, amount funding.Pence, reason string) {
	var id int64
	d.at(daysAgo, 10, 0, func() { id = d.enter(enters, year, team, source, amount, reason) })
	d.at(daysAgo, 11, 0, func() {
		if d.err == nil {
			d.try("approve an allocation", d.s.ApproveAllocation(d.ctx, d.by(approves), id, false))
		}
	})
}

func (d *seeder) enter(who string, year calendar.Year, team, source string, amount funding.Pence, reason string) int64 {
	if d.err != nil {
		return 0
	}
	id, err := d.s.EnterAllocation(d.ctx, d.by(who), service.NewAllocation{Year: year, Team: team, Source: source, Amount: amount * 100, Reason: reason})
	d.try("enter an allocation for "+team, err)
	return id
}

func (d *seeder) provider(who string, details support.ProviderDetails) {
	if d.err != nil {
		return
	}
	_, err := d.s.AddProvider(d.ctx, d.by(who), details)
	d.try("add the provider "+details.Name, err)
}
