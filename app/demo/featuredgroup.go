package demo

import (
	"resilience/app/casework"
	"resilience/app/practice"
	"resilience/app/support"
)

// farrierSignatory signed for Old Farrier Lane until yesterday: nobody there can accept a memorandum today.
const farrierSignatory = "ivo.garrick@old-farrier.example"

// sharedOffer is a case of three practices whose offer was shared between them: one accepted its share and has signed,
// one declined, and one did not answer by the last day.
func (d *seeder) sharedOffer() {
	id := new(casework.ID)
	d.at(47, 10, 15, func() {
		*id = d.begin(farrier, "X10010", casework.Request{
			Problem: "Three practices want one team for home visits. Each of us sends a partner out at noon, and nobody is left for whoever walks in.",
			Needs:   []string{"staffing", "demand"}, Menu: []string{"change"}, Cost: pounds(24_000), CostDetail: "A guess, for half a year",
			Success: "One car goes out for all three, and each surgery has a partner in it over midday.",
		})
		for _, other := range []practice.Code{"X10002", "X10004"} {
			d.addPractice(farrier, *id, other)
		}
		d.send(farrier, *id)
	})
	d.at(46, 9, 20, func() { d.assign(lead, *id, caseworker2) })
	d.at(46, 12, 15, func() {
		d.acknowledge(caseworker2, *id, "Thank you, all three. I will look at the rounds of each surgery beside one another before we meet.")
	})
	d.at(34, 14, 0, func() {
		d.beginAssessment(caseworker2, *id)
		d.assess(caseworker2, *id, 1, needing("demand", "Three partners drive the same roads at the same hour.", "", ""), true)
	})
	d.told(caseworker2, id, 28, casework.ForSupport, "One round in place of three gives each of your surgeries a partner back over midday. Each practice decides for itself whether it takes part.")
	d.at(26, 9, 50, func() {
		d.line(caseworker2, *id, "", support.Line{
			MenuItem: "change", Need: "demand", Description: "Setting up one team for home visits, and its first half year", Route: support.ToPractice, Net: 18_000_00,
			Starts: d.in(4), Ends: d.lastOf(d.in(4), 60),
		})
		d.line(caseworker2, *id, resilienceTeam, support.Line{
			MenuItem: "change", Need: "demand", Description: "Somebody who has set up such a team, at the first meetings", Route: support.InKind, HalfDays: 6, Starts: d.in(4), Ends: d.lastOf(d.in(4), 60),
		})
		d.shareCost(*id, map[practice.Code]int64{"X10010": 45_00, "X10002": 33_33, "X10004": 21_67})
	})
	d.approve(25, lead, id)
	d.sendOffer(24, caseworker2, id, -8)
	d.answerShares(id)
}

// answerShares tells what became of the shared offer.
func (d *seeder) answerShares(id *casework.ID) {
	then := func(ago, hour, minute int, what string, do func() error) {
		d.at(ago, hour, minute, func() {
			if d.err == nil {
				d.try(what, do())
			}
		})
	}
	then(20, 12, 45, "accept a share", func() error { return d.s.AcceptOffer(d.ctx, d.by(farrier), on(*id)) })
	then(17, 17, 5, "decline a share", func() error {
		return d.s.DeclineOffer(d.ctx, d.by(stOrrins), on(*id), "We have begun with a paramedic of our own since, who does the visits.")
	})
	then(7, 0, 2, "close the offer", func() error { _, err := d.s.LapseOffers(d.ctx); return err })
	then(5, 10, 10, "write the memorandum", func() error { return d.s.DraftAgreement(d.ctx, d.by(caseworker2), on(*id)) })
	then(3, 18, 20, "sign the memorandum", func() error {
		return d.s.SignAgreement(d.ctx, d.by(farrierSignatory), *id, support.Signature{Name: "Dr Ivo Garrick", Role: "Partner", Read: true, Hash: d.hash(*id)})
	})
}
