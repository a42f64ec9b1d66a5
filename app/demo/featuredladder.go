package demo

import (
	"resilience/app/assessment"
	"resilience/app/casework"
	"resilience/app/support"
)

// ladder is a case of Peacock Staithe whose offer comes to more than one person approves: the lead's approval is the first,
// and the finance officer's the one that reserves the money.
func (d *seeder) ladder() {
	id := d.earlier(peacock, "X10008", caseworker, 38, casework.Request{
		Problem: "Both salaried doctors leave for the new town in the same month, and four villages have no other surgery within nine miles.",
		Needs:   []string{"staffing"}, Menu: []string{"rapid_intervention", "workforce"}, Cost: pounds(55_000), CostDetail: "A doctor and a nurse practitioner until others are found",
		Success: "Every session up to midsummer has somebody in it.",
	}, assessment.Findings{
		Needs: []assessment.Need{{Area: "staffing", Severity: assessment.High, Detail: "Half of all sessions have nobody from March on."}},
		Judgement: assessment.Judgement{
			Scope: assessment.High, ScopeRationale: "Both letters of resignation are in, and the rota shows the gap.",
			Impact: assessment.High, ImpactRationale: "People who would come for half a year are known to the resilience team.",
		},
	})
	d.told(caseworker, id, 16, casework.ForSupport, "Four villages would be left without a surgery. This is more than we usually give to one practice, and less than a closure would cost.")
	d.at(12, 9, 35, func() {
		d.line(caseworker, *id, "", support.Line{
			MenuItem: "rapid_intervention", Need: "staffing", Description: "A doctor for eight sessions a week and a nurse practitioner for six, until others are found", Route: support.ToPractice, Net: 54_600_00,
			Outcome: "The four villages keep their surgery through spring", Measure: "Sessions held in each of the villages, week by week",
			Starts: d.in(6), Ends: d.lastOf(d.in(6), 45),
		})
	})
	d.approve(11, lead, id)
	d.approve(10, finance, id)
	d.sendOffer(9, caseworker, id, 14)
}

// undone is a claim of Hallowdale Road whose approval the lead takes back within the hour, and an interest of the finance
// officer in a provider, which bars them from the case of North Woldmarsh that it helps.
func (d *seeder) undone() {
	d.at(1, 15, 10, func() {
		if d.err == nil {
			d.try("approve a claim", d.s.ApproveClaim(d.ctx, d.by(lead), d.of(lead, "X10001"), 4))
		}
	})
	d.at(1, 15, 50, func() {
		if d.err == nil {
			d.try("undo an approval", d.s.UndoClaim(d.ctx, d.by(lead), d.of(lead, "X10001"), 4, "I read the wrong list of sessions. I look at the right one tomorrow morning."))
		}
	})
	d.at(1, 17, 40, func() {
		if d.err != nil {
			return
		}
		list, err := d.s.Providers(d.ctx, hrAdvice, 1)
		d.try("look for a provider", err)
		for _, p := range list.Rows {
			d.try("declare an interest in a provider", d.s.DeclareProviderInterest(d.ctx, d.by(finance), p.ID, "My brother has worked there since December."))
		}
	})
}
