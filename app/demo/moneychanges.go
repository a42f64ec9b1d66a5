package demo

import (
	"resilience/app/calendar"
	"resilience/app/funding"
	"resilience/app/practice"
	"resilience/app/service"
)

// changes tells of the budgets of the year: a virement between two teams, a top-up, an over-commitment that came to its end
// and one that runs, one that was refused, one that waits for a side, and a national total that was divided.
func (d *seeder) changes(this calendar.Year) {
	if d.ago(30).Before(max2(max2(this.First(), released.AddWorkingDays(3)), d.world.days[0].AddWorkingDays(3))) || d.Today.After(this.Last().AddDays(-20)) {
		return // what is told below took some weeks of one year in which there was money
	}
	ask := func(who string, c service.NewBudgetChange) int64 {
		if d.err != nil {
			return 0
		}
		c.Year = this
		if c.Kind == funding.Virement {
			d.atLeast(pot{practice.Code(c.From), this, c.Source}, c.Amount, "Held for the teams of the region that ask for it.")
		}
		id, err := d.s.AskForBudgetChange(d.ctx, d.by(who), c)
		d.try("ask for a change of a budget", err)
		return id
	}
	agree := func(id int64, giver, taker string) {
		for _, yes := range []struct {
			side funding.Side
			who  string
		}{{funding.Giver, giver}, {funding.Taker, taker}} {
			if d.err == nil && yes.who != "" {
				d.try("agree to a change of a budget", d.s.AgreeToBudgetChange(d.ctx, d.by(yes.who), id, yes.side))
			}
		}
	}
	d.at(26, 10, 10, func() {
		id := ask(lead, service.NewBudgetChange{Kind: funding.Virement, From: "Q74", Team: "Q72", Source: "gprp", Amount: 12_000_00, Reason: "Two practices at Peacock Staithe merge before the end of the year. Cumbria and North East has nothing planned for this money."})
		agree(id, northLead, finance)
	})
	d.at(25, 14, 0, func() {
		id := ask(lead, service.NewBudgetChange{Kind: funding.TopUp, Team: "Q72", Source: "ccg", Amount: 30_000_00, Reason: "The CCG’s letter of last week: for practices that take patients of a closing branch."})
		agree(id, northProgramme, finance)
	})
	d.at(22, 9, 30, func() {
		id := ask(lead, service.NewBudgetChange{Kind: funding.OverCommitment, Team: "Q72", Amount: 15_000_00, Until: d.ago(12), Reason: "Two offers are about to lapse, and a practice cannot wait for their money."})
		agree(id, nation, finance)
	})
	d.at(11, 6, 0, func() {
		if d.err == nil {
			_, err := d.s.EndOverCommitments(d.ctx)
			d.try("end over-commitments", err)
		}
	})
	d.at(9, 11, 20, func() {
		id := ask(lead, service.NewBudgetChange{Kind: funding.OverCommitment, Team: "Q72", Amount: 12_000_00, Until: d.in(15), Reason: "Locum sessions until a partner is found. The money of a withdrawn case comes back next month."})
		agree(id, northProgramme, finance)
	})
	d.at(7, 16, 0, func() {
		id := ask(northLead, service.NewBudgetChange{Kind: funding.Virement, From: "Q72", Team: "Q74", Source: "gprp", Amount: 15_000_00, Reason: "For a practice whose building is closed."})
		if d.err == nil {
			d.try("refuse a virement", d.s.RefuseBudgetChange(d.ctx, d.by(lead), id, "Our reserve list would use all of it before April. Ask the region for a top-up."))
		}
	})
	d.at(3, 10, 45, func() {
		id := ask(northLead, service.NewBudgetChange{Kind: funding.Virement, From: "Q72", Team: "Q74", Source: "gprp", Amount: 8_000_00, Reason: "Half of a shared pharmacist post is worked in the north of the region."})
		agree(id, finance, "")
	})
	d.at(5, 9, 50, func() {
		in := service.NewDivision{Year: this + 1, Source: "other", Total: 1_250_000_00, Reason: "Money of the winter fund for general practice, by registered patients."}
		if d.err != nil {
			return
		}
		shares, err := d.s.PreviewDivision(d.ctx, d.by(nation), in)
		d.try("look at the shares of a total", err)
		for _, s := range shares {
			in.Patients += int64(s.Patients)
		}
		if d.err == nil {
			id, err := d.s.EnterDivision(d.ctx, d.by(nation), in)
			d.try("divide a total", err)
			if d.err == nil {
				d.try("approve the shares of a total", d.s.ApproveDivision(d.ctx, d.by(nation2), id))
			}
		}
	})
}
