package demo

import (
	"resilience/app/assessment"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/service"
	"resilience/app/support"
)

// signatory signs for Hallowdale Road.
const signatory = "idris.vance@hallowdale-road.example"

// offers takes cases on from the letter that says yes: one whose offer is being written, one whose offer is with the
// practice, one whose offer was accepted, one whose support is given, and one whose first offer lapsed.
func (d *seeder) offers() {
	if !d.canGive() {
		return
	}
	d.offerDraft()
	d.offerSent()
	d.offerAccepted()
	d.offerLapsed()
	d.tooSmall()
	d.inDelivery()
	d.ladder()
	d.leave()
	d.sharedOffer()
	d.groupVaried()
}

// canGive tells whether there was money all the while: before the programme there was nothing to give.
func (d *seeder) canGive() bool { return !d.ago(30).Before(firstYear.First()) }

// offerDraft is the case of Holm Beck, which was told yes: its caseworker writes the offer.
func (d *seeder) offerDraft() {
	d.at(3, 10, 20, func() {
		id := d.of(caseworker, "X10005")
		d.line(caseworker, id, managersPool, support.Line{
			MenuItem: "management_capacity", Need: "practice_management", Description: "An experienced manager beside yours, two days a week until the new system runs",
			Route: support.ByInvoice, Unit: support.ByDay, Halves: 24, Price: 450_00, VAT: 1_080_00, Starts: d.in(10), Ends: d.in(60),
		})
		d.line(caseworker, id, supportUnit, support.Line{
			MenuItem: "advice", Need: "it", Description: "Moving the booking templates, and a morning of training for reception", Route: support.InKind, HalfDays: 5,
			Starts: d.in(12), Ends: d.lastOf(d.in(12), 30),
		})
	})
}

// offerSent is a case whose practice has an offer to answer.
func (d *seeder) offerSent() {
	id := d.earlier(woldmarsh, "X10009", caseworker, 40, casework.Request{
		Problem: "Three of seven receptionists have left since the summer. Those who stay are tired, and nobody has time to train new people.",
		Needs:   []string{"hr", "staffing"}, Menu: []string{"advice", "workforce"}, Success: "Six people at the desk by the spring, and a rota that they help to make.",
	}, needing("staffing", "New people are found but not trained.", "hr", "Contracts that fit part-time work."))
	d.told(caseworker, id, 18, casework.ForSupport, "A small practice a long way from the next one cannot do without a front desk. What you ask for is quick to arrange.")
	d.at(9, 11, 0, func() {
		d.line(caseworker, *id, "", support.Line{
			MenuItem: "workforce", Need: "staffing", Description: "Cover at the desk while new receptionists are trained", Route: support.Backfill, Net: 6_800_00,
			Starts: d.in(8), Ends: d.lastOf(d.in(8), 60),
		})
		d.line(caseworker, *id, hrAdvice, support.Line{
			MenuItem: "advice", Need: "hr", Description: "Advice on contracts and rotas", Route: support.ByInvoice, Unit: support.BySession, Halves: 10, Price: 450_00, VAT: 450_00,
			Starts: d.in(8), Ends: d.lastOf(d.in(8), 40),
		})
	})
	d.approve(7, lead, id)
	d.sendOffer(6, caseworker, id, 15)
}

// offerAccepted is a case whose practice has said yes; the memorandum is to be written.
func (d *seeder) offerAccepted() {
	id := d.earlier(farrier, "X10010", caseworker2, 39, casework.Request{
		Problem: "Our nurse practitioner retires in March. We have found her successor, who has never run the diabetes clinic alone.",
		Needs:   []string{"staffing"}, Menu: []string{"coaching"}, Cost: pounds(3_000), Success: "The clinic goes on without a gap, and the new nurse says that she feels safe in it.",
	}, needing("staffing", "A clinic changes hands with nobody to hand it over.", "", ""))
	d.told(caseworker2, id, 19, casework.ForSupport, "A clinic that keeps people out of hospital is about to change hands. A few days of coaching make sure that nothing is lost.")
	d.at(14, 9, 50, func() {
		d.line(caseworker2, *id, peerSupport, support.Line{
			MenuItem: "coaching", Need: "staffing", Description: "Coaching of the new nurse by an experienced one", Route: support.ByInvoice, Unit: support.ByDay, Halves: 8, Price: 600_00,
			Starts: d.in(5), Ends: d.lastOf(d.in(5), 40),
		})
		d.line(caseworker2, *id, resilienceTeam, support.Line{
			MenuItem: "coaching", Need: "staffing", Description: "Sitting in on the first clinics", Route: support.InKind, HalfDays: 6, Starts: d.in(5), Ends: d.lastOf(d.in(5), 40),
		})
	})
	d.at(14, 10, 5, func() {
		begins := yearAhead(calendar.DateOf(d.now)).AddDays(20)
		d.line(caseworker2, *id, "", support.Line{
			MenuItem: "workforce", Need: "staffing", Description: "Cover for the new nurse on her course in May and June", Route: support.Backfill, Net: 1_800_00, Source: "other",
			Starts: begins, Ends: begins.AddDays(60),
		})
	})
	d.approve(13, lead, id)
	d.authorised(13, caseworker2, id, "The course begins in May and has to be booked now. The winter fund for next year is announced and not divided yet.")
	d.sendOffer(13, caseworker2, id, 15)
	d.at(2, 12, 30, func() {
		if d.err == nil {
			d.try("accept the offer", d.s.AcceptOffer(d.ctx, d.by(farrier), on(*id)))
		}
	})
}

// offerLapsed is a case whose first offer was never answered. The money is free again, and the team writes another.
func (d *seeder) offerLapsed() {
	id := d.earlier(peacock, "X10008", caseworker, 44, casework.Request{
		Problem: "The boiler house flooded and two consulting rooms are lost until May. We see people in corridors.",
		Needs:   []string{"premises"}, Menu: []string{"advice"}, Success: "Every consultation is behind a door again.",
	}, needing("premises", "Two of six rooms cannot be used.", "", ""))
	d.told(caseworker, id, 24, casework.ForSupport, "You did not cause this and cannot wait for it. Advice on sharing rooms with the clinic next door can begin at once.")
	d.at(22, 10, 0, func() {
		d.line(caseworker, *id, supportUnit, support.Line{
			MenuItem: "advice", Need: "premises", Description: "A plan for sharing rooms with the clinic next door", Route: support.ByInvoice, Net: 1_500_00, VAT: 300_00,
			Starts: d.in(1), Ends: d.lastOf(d.in(1), 20),
		})
	})
	d.approve(21, lead, id)
	d.sendOffer(21, caseworker, id, -9) // twelve working days after it is sent
	d.at(8, 0, 1, func() {
		if d.err == nil {
			_, err := d.s.LapseOffers(d.ctx)
			d.try("let offers lapse", err)
		}
	})
}

// inDelivery is the case of Hallowdale Road: both sides have accepted the memorandum, and the money is committed.
func (d *seeder) inDelivery() {
	id := d.earlier(hallowdale, "X10001", caseworker, 43, casework.Request{
		Problem: "Two of five partners retire at Christmas and the third is ill. We close the branch on two days a week because there is nobody to open it.",
		Needs:   []string{"staffing", "leadership"}, Menu: []string{"workforce", "management_capacity"}, Cost: pounds(20_000), CostDetail: "Cover until the new partners begin",
		Success: "The branch is open on five days, and the two new partners have begun.",
	}, needing("staffing", "Nine sessions a week without a doctor.", "leadership", "Two new partners who have never been partners."))
	d.told(caseworker, id, 23, casework.ForSupport, "Two retirements and an illness at once are more than any practice can bear alone. Cover until the new partners begin keeps your branch open.")
	begins := d.workday(-6 - d.back(6, 1)) // with some days of work to claim for in the year that pays
	d.at(20, 9, 15, func() {
		d.line(caseworker, *id, "", support.Line{
			MenuItem: "workforce", Need: "staffing", Description: "Cover for four sessions a week until the new partners begin", Route: support.ToPractice, Net: 10_000_00,
			Starts: begins, Ends: d.lastOf(begins, 50),
		})
		d.line(caseworker, *id, managersPool, support.Line{
			MenuItem: "management_capacity", Need: "leadership", Description: "A manager who has brought new partners in before, one day a week", Route: support.ByInvoice, Net: 3_600_00, VAT: 720_00,
			Starts: begins, Ends: d.lastOf(begins, 50),
		})
		d.line(caseworker, *id, peerSupport, support.Line{
			MenuItem: "coaching", Need: "leadership", Description: "A mentor for each of the two new partners", Route: support.InKind, HalfDays: 8, Starts: begins, Ends: d.lastOf(begins, 50),
		})
	})
	d.approve(19, lead, id)
	d.sendOffer(19, caseworker, id, 3)
	d.at(15, 13, 10, func() {
		if d.err == nil {
			d.try("accept the offer", d.s.AcceptOffer(d.ctx, d.by(hallowdale), on(*id)))
		}
	})
	d.at(14, 10, 0, func() {
		if d.err == nil {
			d.try("write the memorandum", d.s.DraftAgreement(d.ctx, d.by(caseworker), on(*id)))
		}
	})
	d.at(12, 18, 5, func() {
		if d.err == nil {
			d.try("sign the memorandum", d.s.SignAgreement(d.ctx, d.by(signatory), *id, support.Signature{Name: "Dr Idris Vance", Role: "Senior partner", Read: true, Hash: d.hash(*id)}))
		}
	})
	d.at(11, 9, 30, func() {
		if d.err == nil {
			d.try("countersign the memorandum", d.s.CountersignAgreement(d.ctx, d.by(lead), *id, d.hash(*id)))
		}
	})
	d.hallowdalePlan(id)
	d.at(2, 16, 40, func() {
		if d.err == nil {
			d.try("write down the mentors' report", d.mentorsReport(*id))
		}
	})
}

// mentorsReport is what the mentors of Hallowdale Road say of the first days.
func (d *seeder) mentorsReport(id casework.ID) error {
	file, err := d.s.Progress(d.ctx, d.by(caseworker), id)
	if err != nil {
		return err
	}
	in := casework.Reporting{Rating: support.OnTrack, Words: "Both new partners have met their mentors. The next half day is about the accounts.", Given: map[int64]string{}, Slipped: map[int64]string{}}
	for _, l := range file.Offer.Counted() {
		in.Given[l.ID], in.Provider = "1", l.Provider
		if l.Ends.Before(calendar.DateOf(d.now)) {
			in.Slipped[l.ID] = "One of the mentors was ill in the last week of March, so that the other half days could not be given."
		}
	}
	return d.s.ReportProgress(d.ctx, d.by(caseworker), on(id), in)
}

// easing says by area why help would solve the problem.
var easing = map[string]string{
	"staffing":            "The practice knows what it needs, and it is to be had.",
	"demand":              "A round for all of them is known to work two valleys away.",
	"premises":            "Rooms are there, a door away; what is missing is a plan for sharing them.",
	"hr":                  "Pharmacists who want to work in surgeries have written to us, and would come for two.",
	"practice_management": "Somebody who has done it before can show how in a few days.",
}

// needing is a short assessment that finds one need or two.
func needing(area, why, second, also string) assessment.Findings {
	f := assessment.Findings{
		Needs:     []assessment.Need{{Area: area, Severity: assessment.High, Detail: why}},
		Judgement: assessment.Judgement{Scope: assessment.High, ScopeRationale: why, Impact: assessment.High, ImpactRationale: easing[area]},
	}
	if second != "" {
		f.Needs = append(f.Needs, assessment.Need{Area: second, Severity: assessment.Medium, Detail: also})
	}
	return f
}

// lastOf is so many working days after the first day of a line, or the last day of its financial year.
func (d *seeder) lastOf(first calendar.Date, workingDays int) calendar.Date {
	day, last := first.AddWorkingDays(workingDays), calendar.YearOf(first).Last()
	if day.After(last) {
		return last
	}
	return day
}

// workday is so many working days after today, or before it: then counted from the last working day, as the days of what happened are.
func (d *seeder) workday(n int) calendar.Date {
	day := d.Today
	for n < 0 && !day.IsWorkingDay() {
		day = day.AddDays(-1)
	}
	for ; n < 0; n++ {
		for day = day.AddDays(-1); !day.IsWorkingDay(); {
			day = day.AddDays(-1)
		}
	}
	return day.AddWorkingDays(n)
}

// line adds a line to the offer; the provider goes by name, none where the practice is paid.
func (d *seeder) line(email string, id casework.ID, provider string, l support.Line) {
	if d.err != nil {
		return
	}
	if l.Money() && l.Source == "" {
		l.Source = payer(calendar.DateOf(d.now))
	}
	if provider != "" {
		list, err := d.s.Providers(d.ctx, provider, 1)
		d.try("look for "+provider, err)
		for _, p := range list.Rows {
			if p.Name == provider {
				l.Provider = p.ID
			}
		}
	}
	d.try("add a line by "+email, d.s.AddLine(d.ctx, d.by(email), id, casework.LineInput{Line: aimed(l)}))
}

func (d *seeder) approve(ago int, email string, id *casework.ID) {
	d.at(ago, 14, 30, func() {
		if d.err == nil {
			offers, err := d.store.Offers(d.ctx, d.by(email).Actor, *id)
			d.try("read the offers", err)
			for _, o := range offers {
				if o.State == support.Drafted || o.State == support.Varying {
					d.enough("Q72", o)
				}
			}
			d.try("approve the offer", d.s.ApproveOffer(d.ctx, d.by(email), service.On{Case: *id}))
		}
	})
}

// sendOffer sends the offer so many working days ago, to be answered until so many working days after today.
func (d *seeder) sendOffer(ago int, email string, id *casework.ID, until int) {
	d.at(ago, 16, 10, func() {
		if d.err == nil {
			d.try("send the offer", d.s.SendOffer(d.ctx, d.by(email), on(*id), d.workday(until)))
		}
	})
}

// hash is that of the memorandum that stands.
func (d *seeder) hash(id casework.ID) string {
	if d.err != nil {
		return ""
	}
	f, err := d.s.Agreement(d.ctx, d.by(caseworker), id)
	d.try("read the memorandum", err)
	if err != nil || f.Live() == nil {
		return ""
	}
	return f.Live().Hash
}
