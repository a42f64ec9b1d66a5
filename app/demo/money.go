package demo

import (
	"slices"

	"resilience/app/calendar"
	"resilience/app/funding"
	"resilience/app/practice"
	"resilience/app/service"
	"resilience/app/support"
)

// Addresses of the people who give money to the teams.
const (
	northProgramme  = "joan.aldous@north.example"
	londonProgramme = "rhona.vail@london.example"
	nation2         = "gwilym.harte@england.example"
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

// demoProviders give help; who adds them keeps the register of providers. Help in the texts names the skill of who gives it.
var demoProviders = []struct {
	by     string
	skills []string
	support.ProviderDetails
}{
	{caseworker, []string{"resilience", "diagnostic"}, support.ProviderDetails{Name: resilienceTeam, Kind: "resilience_team", Contact: "Referrals desk", Email: "referrals@dale-and-coast.example", Telephone: "01632 960870"}},
	{caseworker, []string{"management"}, support.ProviderDetails{Name: managersPool, Kind: "federation", Contact: "Petra Lund", Email: "pool@moorside-managers.example", Telephone: "01632 960871"}},
	{lead, []string{"peers"}, support.ProviderDetails{Name: peerSupport, Kind: "college", Contact: "Peer support office", Email: "peers@college.example"}},
	{lead, []string{"committee"}, support.ProviderDetails{Name: committee, Kind: "lmc", Email: "desk@northern-lmc.example", Telephone: "01632 960873"}},
	{finance, []string{"hr"}, support.ProviderDetails{Name: hrAdvice, Kind: "consultancy", Contact: "Amara Dunstan", Email: "help@lantern-hr.example", Telephone: "01632 960874"}},
	{northWorker, []string{"estates", "systems", "medicines"}, support.ProviderDetails{Name: supportUnit, Kind: "csu", Contact: "Service desk", Telephone: "01632 960875"}},
	{londonLead, []string{"training", "projects", "quality"}, support.ProviderDetails{Name: "Capital Surgery Support", Kind: "consultancy", Contact: "Bookings", Email: "bookings@capital-practice.example", Telephone: "01632 960876"}},
	{londonLead, []string{"management", "projects"}, support.ProviderDetails{Name: "Heronsmere GP Federation", Kind: "federation", Contact: "Federation office", Telephone: "01632 960877"}},
	{northLead, []string{"resilience", "diagnostic"}, support.ProviderDetails{Name: "Tarn and Tideway Resilience Team", Kind: "resilience_team", Email: "team@tarn-tideway.example", Telephone: "01632 960878"}},
	{caseworker2, []string{"premises"}, support.ProviderDetails{Name: "Plumb Line Medical Premises", Kind: "consultancy", Contact: "Surveyors’ desk", Email: "desk@plumb-line.example", Telephone: "01632 960879"}},
	{caseworker2, []string{"practice"}, support.ProviderDetails{Name: "Copperfield Row Practice", Kind: "practice", Contact: "Practice manager", Telephone: "01632 960880"}},
	{finance, []string{"accounts"}, support.ProviderDetails{Name: "Ledger and Lamp Practice Accountants", Kind: "consultancy", Email: "post@ledger-lamp.example", Telephone: "01632 960881"}},
	{lead, []string{"facilitation", "mediation"}, support.ProviderDetails{Name: "Level Table Facilitation and Mediation", Kind: "consultancy", Contact: "Mediators’ desk", Email: "desk@level-table.example", Telephone: "01632 960882"}},
	{finance, []string{"technology"}, support.ProviderDetails{Name: "Halyard Surgery Systems", Kind: "consultancy", Contact: "Project desk", Email: "projects@halyard-systems.example", Telephone: "01632 960883"}},
	{northLead, []string{"recruitment", "training", "quality"}, support.ProviderDetails{Name: "Wayfare Practice Staff and Training", Kind: "consultancy", Contact: "Bookings", Email: "bookings@wayfare-staff.example", Telephone: "01632 960884"}},
	{northWorker, []string{"geriatrics"}, support.ProviderDetails{Name: "Saltings Community Geriatric Team", Kind: "other", Contact: "Ward clerk", Email: "team@saltings-community.example", Telephone: "01632 960885"}},
}

// programmeManagers enter the money of their region.
var programmeManagers = map[string]string{"Y54": northProgramme, "Y55": midlandsProgramme, "Y56": londonProgramme, "Y57": southProgramme}

// firstYear is the first year of the programme itself.
const firstYear calendar.Year = 2016

// released is the day on which the first money of the programme came; until then offers were paid from what was left of
// the programme before it.
var released = calendar.MustParse("2016-07-28")

// money gives money to the local teams, as much as their cases need and something more. One allocation waits for a second person, one was
// refused. All amounts are invented: those of England would be far more than a hundred cases can use.
func (d *seeder) money() {
	this := calendar.YearOf(d.Today)
	if this < firstYear {
		return // before the programme there was nothing to give
	}
	for year := max(calendar.YearOf(d.world.days[0]), firstYear); year <= this; year++ {
		for i := range localTeams {
			t := &localTeams[i]
			if year == firstYear {
				d.allocation(firstWorkingDay(year.First()), t, year, "carry_over", d.budget(t, year, "carry_over", 1), "Left from the Vulnerable Practice Programme, for practices that were promised help by it.")
				d.allocation(released.AddWorkingDays(1), t, year, "gprp", d.budget(t, year, "gprp", 1), wholeShare)
			} else {
				d.allocation(firstWorkingDay(year.First().AddDays(-50)), t, year, "gprp", d.budget(t, year, "gprp", 1), wholeShare)
			}
		}
	}
	early := d.ago(10)
	if d.in(40).After(this.Last()) {
		early = d.ago(40)
	}
	for i := range localTeams {
		t := &localTeams[i]
		d.allocation(early, t, this+1, "gprp", d.budget(t, this, "gprp", 2), "First share of next year, so that offers can go on across 31 March.")
	}
	d.at(8, 11, 0, func() {
		id := d.enter(northProgramme, this, "Q74", "ccg", 25_000, "Top-up by the CCG, promised by telephone.")
		d.try("refuse an allocation", d.s.RefuseAllocation(d.ctx, d.by(nation), id, "A top-up needs the CCG’s letter. Enter it again when the letter is there."))
	})
	d.at(2, 15, 20, func() {
		d.enter(northProgramme, this, "Q72", "ccg", 45_000, "Top-up by the CCG for practices in the coastal towns. Its letter is with the finance officer.")
	})
	d.changes(this)
	d.at(9, 10, 40, func() { d.delegated(this) })
}

// delegated says that a commissioner holds what Yorkshire and the Humber has left from the programme before.
func (d *seeder) delegated(year calendar.Year) {
	if d.err != nil {
		return
	}
	money, err := d.s.Allocations(d.ctx, d.by(northFinance), funding.AllocationFilter{Year: year, Team: "Q72"})
	d.try("read the money of Q72", err)
	for _, b := range money.Budgets {
		if b.Source.Code == "carry_over" {
			d.try("record who holds the money", d.s.RecordBudgetHolder(d.ctx, d.by(northFinance), b.ID, funding.HolderInput{
				Chosen: "Z15", From: year.First(), Reason: "Letter of delegation of 30 March, with the list of practices that were promised help by the programme before.",
			}))
		}
	}
}

// firstWorkingDay is the day, or the next working day.
func firstWorkingDay(day calendar.Date) calendar.Date { return day.AddDays(-1).AddWorkingDays(1) }

// ago is the working day that lies so many before today.
func (d *seeder) ago(workingDays int) calendar.Date { return d.workday(-workingDays) }

// wholeShare is why a team has money for a year.
const wholeShare = "The team’s share of the programme for the year, by registered patients and by the practices at risk."

// pot is a budget of a team, by which the money that its cases need is counted beforehand.
type pot struct {
	team   practice.Code
	year   calendar.Year
	source string
}

// Of a case that comes to an offer, a team is given so many pounds: less than an offer costs, since of some offers nothing comes. What is told one by
// one is of Yorkshire and the Humber and costs so much more, and Cumbria and North East has something to give away.
var (
	anOffer   funding.Pence = 7_000
	aWeight   funding.Pence = 150 // of the team among all
	oneByOne  funding.Pence = 175_000
	carriedOn funding.Pence = 12_000
	giveAway  funding.Pence = 30_000
	// atATime is what a region gives at the least, and the whole multiples of it, where that is not enough.
	atATime funding.Pence = 5_000
)

// budget is what a team is given of a source in pounds, in round thousands, or one in so many parts of it. It is known once the cases are planned.
func (d *seeder) budget(t *localTeam, year calendar.Year, source string, parts funding.Pence) func() funding.Pence {
	return func() funding.Pence {
		pounds := funding.Pence(d.world.pots[pot{t.code, year, source}])*anOffer + funding.Pence(t.weight)*aWeight
		if t.code == "Q72" && source == "gprp" && year == calendar.YearOf(d.ago(30)) {
			pounds += oneByOne
		} else if t.code == "Q72" && source == "carry_over" {
			pounds += carriedOn
		} else if t.code == "Q74" && source == "gprp" {
			pounds += giveAway
		}
		return (pounds/parts + 999) / 1000 * 1000
	}
}

// enough has the region give a team more of its reserve where an offer costs more than is left.
func (d *seeder) enough(team practice.Code, offer support.Offer) {
	needs := map[pot]funding.Pence{}
	var pots []pot
	for _, l := range offer.Lines {
		if !l.Money() || l.Declined || l.Forward {
			continue
		}
		p := pot{team, l.Year(), l.Source}
		if _, known := needs[p]; !known {
			pots = append(pots, p)
		}
		needs[p] += l.Gross() - l.Had
	}
	for _, p := range pots {
		d.atLeast(p, needs[p], "More from the reserve of the region, for offers that are ready.")
	}
}

// atLeast has the region give so much to a budget that an amount is left in it: a twentieth of what the team was given at a time, in round sums.
func (d *seeder) atLeast(p pot, needed funding.Pence, why string) {
	if d.err != nil {
		return
	}
	budgets, err := d.store.Budgets(d.ctx, d.people[nation], funding.AllocationFilter{Year: p.year, Team: p.team})
	d.try("read the money of "+string(p.team), err)
	for _, b := range budgets {
		left := b.Balances[funding.Available]
		if b.Source.Code != p.source || left >= needed {
			continue
		}
		region := localTeams[slices.IndexFunc(localTeams, func(t localTeam) bool { return t.code == p.team })].region
		step := max(funding.Pence(d.world.pots[p])*anOffer/20/atATime, 1) * atATime // pounds
		id := d.enter(programmeManagers[string(region)], p.year, string(p.team), p.source, (needed-left+step*100-1)/(step*100)*step, why)
		if d.err == nil {
			d.try("approve an allocation", d.s.ApproveAllocation(d.ctx, d.by(nation), id, false))
		}
	}
}

// allocation is entered by the programme manager of the region and approved by the nation's an hour later. The amount is
// in pounds.
func (d *seeder) allocation(day calendar.Date, t *localTeam, year calendar.Year, source string, amount func() funding.Pence, reason string) {
	if day = max2(day, d.world.days[0]); !day.Before(d.Today) {
		return
	}
	var id int64
	d.when(clockTime(day, 8*60+40), func() {
		id = d.enter(programmeManagers[string(t.region)], year, string(t.code), source, amount(), reason)
	})
	d.when(clockTime(day, 9*60), func() {
		if d.err == nil {
			d.try("approve an allocation", d.s.ApproveAllocation(d.ctx, d.by(nation), id, false))
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

// payer is the source of the money of an offer that is written on a day.
func payer(day calendar.Date) string {
	if day.After(released.AddWorkingDays(1)) || calendar.YearOf(day) > firstYear {
		return "gprp"
	}
	return "carry_over"
}

// moneyFrom is the first day on which there is money to give.
func (d *seeder) moneyFrom() calendar.Date {
	return max2(d.world.days[0], firstWorkingDay(firstYear.First()))
}

func max2(a, b calendar.Date) calendar.Date {
	if a.After(b) {
		return a
	}
	return b
}
