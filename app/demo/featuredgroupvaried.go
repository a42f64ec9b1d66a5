package demo

import (
	"errors"

	"resilience/app/casework"
	"resilience/app/practice"
	"resilience/app/support"
)

// groupVaried is a case of two practices that share the cost of one team. What they agreed is varied: the second takes on more of the work, so that the
// cost is shared anew, and a course for both comes in. Each of them accepts the memorandum as varied for itself, and the team lead after them.
func (d *seeder) groupVaried() {
	id := new(casework.ID)
	then := func(ago, hour, minute int, what string, do func() error) {
		d.at(ago, hour, minute, func() {
			if d.err == nil {
				d.try(what, do())
			}
		})
	}
	d.at(45, 11, 35, func() {
		*id = d.begin(farrier, "X10010", casework.Request{
			Problem: "Two practices at two ends of one valley each look for a pharmacist, and neither has work for a whole one. Requests for repeat prescriptions wait for the partners, who do them at night.",
			Needs:   []string{"hr", "demand"}, Menu: []string{"workforce"}, Cost: pounds(4_500), CostDetail: "Finding one pharmacist for both, and the first weeks",
			Success: "One pharmacist works in both surgeries, and no request waits longer than two days.",
		})
		d.addPractice(farrier, *id, "X10006")
		d.send(farrier, *id)
	})
	d.at(44, 9, 15, func() { d.assign(lead, *id, caseworker2) })
	d.at(44, 10, 50, func() {
		d.acknowledge(caseworker2, *id, "Thank you both. I will ask each of you how many requests come in on a day, and who does them now.")
	})
	d.at(38, 15, 10, func() {
		d.beginAssessment(caseworker2, *id)
		d.assess(caseworker2, *id, 1, needing("hr", "Repeat prescriptions take each partner two hours of every evening.", "", ""), true)
	})
	d.told(caseworker2, id, 31, casework.ForSupport, "One pharmacist for two practices is what neither of you could have alone. Each of you decides for itself whether it takes part.")
	d.at(29, 10, 25, func() {
		d.line(caseworker2, *id, "", support.Line{
			MenuItem: "workforce", Need: "hr", Description: "Finding a pharmacist for both practices, and the first weeks of the work", Route: support.ToPractice, Net: 4_001_00,
			Outcome: "The partners have their evenings back", Measure: "Requests that a partner has to do after seven, counted in a week",
			Starts: d.workday(-18), Ends: d.lastOf(d.workday(-18), 60),
		})
		d.shareCost(*id, map[practice.Code]int64{"X10010": 66_67, "X10006": 33_33})
	})
	d.approve(28, lead, id)
	d.sendOffer(27, caseworker2, id, -9)
	then(25, 12, 20, "accept a share", func() error { return d.s.AcceptOffer(d.ctx, d.by(farrier), on(*id)) })
	then(24, 13, 15, "accept a share", func() error { return d.s.AcceptOffer(d.ctx, d.by(lavender), on(*id)) })
	then(22, 9, 55, "write the memorandum", func() error { return d.s.DraftAgreement(d.ctx, d.by(caseworker2), on(*id)) })
	d.acceptedByAll(id, 20)

	then(14, 11, 10, "propose a variation", func() error {
		return d.s.VaryAgreement(d.ctx, d.by(caseworker2), on(*id), "The pharmacist begins with three days a week at Lavender Yard and two at Old Farrier Lane, and both receptions need a day of training with the new list.")
	})
	then(14, 11, 40, "add a line", func() error {
		v, err := d.s.Offer(d.ctx, d.by(caseworker2), *id)
		if err != nil {
			return err
		}
		if v.Variation == nil || len(v.Variation.Lines) == 0 {
			return errors.New("no variation is under way")
		}
		l := v.Variation.Lines[0]
		return d.s.AddLine(d.ctx, d.by(caseworker2), *id, casework.LineInput{Line: support.Line{
			MenuItem: "workforce", Need: "hr", Description: "A day of training for both receptions", Route: support.ToPractice, Unit: support.Fixed, Net: 275_01, Source: l.Source,
			Outcome: "Reception passes requests on the day on which they come in", Measure: "The list of open requests at the end of each day", Starts: l.Starts, Ends: l.Ends,
		}})
	})
	d.at(14, 12, 5, func() { d.shareCost(*id, map[practice.Code]int64{"X10010": 40_00, "X10006": 60_00}) })
	d.approve(12, lead, id)
	then(11, 10, 15, "write the memorandum as varied", func() error { return d.s.DraftAgreement(d.ctx, d.by(caseworker2), on(*id)) })
	d.acceptedByAll(id, 7)
}

// shareCost shares the cost of what is written for a case between its practices.
func (d *seeder) shareCost(id casework.ID, weights map[practice.Code]int64) {
	if d.err != nil {
		return
	}
	file, err := d.s.Offer(d.ctx, d.by(caseworker2), id)
	d.try("read the offer", err)
	if err == nil {
		d.try("share the cost", d.s.ShareCost(d.ctx, d.by(caseworker2), id, file.Written().Version, weights))
	}
}

// acceptedByAll has the memorandum of the group accepted by each practice, from so many working days ago on, and then by the team lead.
func (d *seeder) acceptedByAll(id *casework.ID, ago int) {
	sign := func(ago, hour int, email, name string) {
		d.at(ago, hour, 25, func() {
			if d.err == nil {
				d.try("sign the memorandum", d.s.SignAgreement(d.ctx, d.by(email), *id, support.Signature{Name: name, Role: "Partner", Read: true, Hash: d.hash(*id)}))
			}
		})
	}
	sign(ago, 18, lavenderSignatory, "Dr Nell Ambrey")
	sign(ago-1, 13, farrierSignatory, "Dr Ivo Garrick")
	d.at(ago-2, 9, 30, func() {
		if d.err == nil {
			d.try("countersign the memorandum", d.s.CountersignAgreement(d.ctx, d.by(lead), *id, d.hash(*id)))
		}
	})
}
