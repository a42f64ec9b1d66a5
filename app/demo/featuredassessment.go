package demo

import (
	"resilience/app/assessment"
	"resilience/app/casework"
	"resilience/app/practice"
)

// assessments takes cases on from triage: two that stood there already, and four with a longer history.
func (d *seeder) assessments() {
	d.halfAssessed()
	d.letterDue()
	d.recommended()
	d.supported()
	d.onReserve()
	d.notNow()
}

// halfAssessed is the case of Lavender Yard, whose assessment has begun.
func (d *seeder) halfAssessed() {
	d.at(4, 10, 0, func() {
		id := d.of(caseworker, "X10006")
		d.beginAssessment(caseworker, id)
		d.assess(caseworker, id, 1, assessment.Findings{
			Ratings: []assessment.Rating{
				d.rated("changes", "One of four partners has given notice", 7, "The practice's request", assessment.SeriousConcern, "A dispute among partners is worse than a planned retirement."),
				d.rated("patients_per_gp", "", 0, "", assessment.SomeConcern, ""),
			},
			Needs: []assessment.Need{{Area: "leadership", Severity: assessment.High, Detail: "Somebody independent who brings the partners to one table."}},
		}, false)
	})
}

// letterDue is the case of the three practices: decided yesterday, and not told yet.
func (d *seeder) letterDue() {
	d.at(9, 9, 30, func() {
		id := d.of(caseworker, "X10003")
		d.beginAssessment(caseworker, id)
		d.assess(caseworker, id, 1, assessment.Findings{
			Ratings: []assessment.Rating{
				instead(d.rated("patients_per_gp", "2,610", 55, "Workforce return, all three practices", assessment.SeriousConcern, ""), "", "The three share their GPs, so that one figure for all of them says more than three."),
				d.rated("vacancies", "Two partners retire next summer; no reply to advertisements", 17, "The practices' answer", assessment.SeriousConcern, ""),
				d.rated("isolation", "", 0, "", assessment.SomeConcern, "Each surgery manages alone but for leave, on goodwill."),
				d.rated("cqc", "", 0, "", assessment.NoConcern, "What inspections found wrong is put right by help with staffing, or is already."),
			},
			Needs: []assessment.Need{
				{Area: "staffing", Severity: assessment.High, Detail: "A shared team before the retirements, so that no session closes."},
				{Area: "leadership", Severity: assessment.Medium, Detail: "Help with the decision whether to work as one partnership."},
			},
			Judgement: assessment.Judgement{
				Scope: assessment.High, ScopeRationale: "Figures, answers and the visits all agree.",
				Impact: assessment.High, ImpactRationale: "All partners want it, and there are six months left before the retirements.",
			},
		}, true)
	})
	d.at(6, 15, 0, func() {
		d.recommend(caseworker, d.of(caseworker, "X10003"), casework.ForSupport, "Three practices at risk at once, with a plan that they made themselves. A diagnostic first, then help with the change.")
	})
	d.at(1, 16, 30, func() {
		d.decide(lead, d.of(lead, "X10003"), casework.ForSupport,
			"You asked early and together. The retirements are near and the posts hard to fill. You agree among yourselves on what you want to find out, so that help now can keep all three surgeries open.")
	})
}

// recommended is a case that came from the CCG and waits for the lead's decision.
func (d *seeder) recommended() {
	var id casework.ID
	d.at(18, 10, 0, func() {
		id = d.open(caseworker2, "X10008", casework.Opening{
			Route: casework.ByCommissioner, Needs: []string{"staffing"},
			Reason: "The CCG's primary care lead rang: a partner has been away since November and a third of sessions are covered from week to week.",
		})
	})
	d.at(17, 9, 15, func() {
		d.acknowledge(caseworker2, id, "The CCG suggested that we get in touch. I would like to hear from you what would help, and nothing happens that you do not want.")
	})
	d.at(11, 9, 0, func() {
		d.beginAssessment(caseworker2, id)
		d.assess(caseworker2, id, 1, assessment.Findings{
			Ratings: []assessment.Rating{
				d.rated("vacancies", "9 of 27 sessions covered from week to week", 17, "The practice, by telephone", assessment.SomeConcern, ""),
				d.rated("concern", "", 0, "", assessment.SomeConcern, "The CCG is worried; the LMC knows of nothing."),
				instead(d.rated("survey", "84% would recommend", 138, "Friends and family test of the practice", assessment.NoConcern, ""), "Of the eleven practices of its commissioner that publish theirs the median is 81%, for the same month", "The practice asks every month, and its own answers are newer than the national survey."),
			},
			Needs: []assessment.Need{{Area: "staffing", Severity: assessment.Medium, Detail: "Cover for nine sessions a week until the partner is back, perhaps in May."}},
			Judgement: assessment.Judgement{
				Scope: assessment.Medium, ScopeRationale: "Pressure that has an end in sight.",
				Impact: assessment.High, ImpactRationale: "Cover solves it: nothing else is amiss.",
			},
		}, true)
	})
	d.at(2, 14, 0, func() {
		d.recommend(caseworker2, id, casework.ForSupport, "A small sum for a few months keeps a sound practice sound. No single figure says it, and all the same they cannot go on like this.")
	})
}

// supported is a case whose practice was told yes.
func (d *seeder) supported() {
	id := d.earlier(carrthorpe, "X10005", caseworker, 43, casework.Request{
		Problem: "Our manager does the work of two since the assistant left. Nobody here has time to bring in the new telephone and booking system that we have paid for.",
		Needs:   []string{"practice_management", "it"}, Menu: []string{"management_capacity", "advice"}, Cost: pounds(7_500), CostDetail: "Somebody experienced, two days a week until Easter",
		Success: "The system runs, and the manager goes home at six.",
	}, assessment.Findings{
		Ratings: []assessment.Rating{
			d.rated("qof", "", 0, "", assessment.NoConcern, ""),
			d.rated("leadership", "", 0, "", assessment.SomeConcern, "One person carries all of the management, with nobody to stand in."),
		},
		Needs: []assessment.Need{
			{Area: "practice_management", Severity: assessment.High, Detail: "A second pair of hands until the new system runs."},
			{Area: "it", Severity: assessment.Low, Detail: "Advice on moving the booking templates."},
		},
		Judgement: assessment.Judgement{
			Scope: assessment.Medium, ScopeRationale: "Plain to see on the visit, though no figure shows it yet.",
			Impact: assessment.High, ImpactRationale: "A few months of help, and the practice needs none afterwards.",
		},
	})
	d.told(caseworker, id, 14, casework.ForSupport, "Help now keeps a good practice from wearing out its only manager. It is not much, and it ends when your new system runs.")
}

// onReserve is a case whose practice waits, and has asked again since.
func (d *seeder) onReserve() {
	id := d.earlier(stOrrins, "X10002", caseworker2, 42, casework.Request{
		Problem: "We would like coaching for our deputy manager, who takes over in two years.",
		Needs:   []string{"practice_management"}, Menu: []string{"coaching"}, Success: "The deputy has run the practice for a month alone.",
	}, assessment.Findings{
		Ratings: []assessment.Rating{d.rated("vacancies", "None", 53, "The practice's request", assessment.NoConcern, "")},
		Needs:   []assessment.Need{{Area: "practice_management", Severity: assessment.Low, Detail: "Coaching of a deputy, with two years' time."}},
		Judgement: assessment.Judgement{
			Scope: assessment.Low, ScopeRationale: "Good planning, and no pressure today.",
			Impact: assessment.Medium, ImpactRationale: "Coaching works; it can wait.",
		},
	})
	d.told(caseworker2, id, 16, casework.ForReserve, "Your plan is a good one and there is time. Practices that cannot fill their sessions this winter come first.")
}

// notNow is a case whose practice was told no, with reasons, and has come back with something else.
func (d *seeder) notNow() {
	id := d.earlier(twineMill, "X10004", caseworker, 41, casework.Request{
		Problem: "The waiting room needs paint and new chairs.", Needs: []string{"premises"}, Success: "Patients wait in a room that is fit to be seen.",
	}, assessment.Findings{
		Needs: []assessment.Need{{Area: "premises", Severity: assessment.Low, Detail: "Paint and furniture."}},
		Judgement: assessment.Judgement{
			Scope: assessment.Low, ScopeRationale: "Nothing here puts the practice at risk.",
			Impact: assessment.Low, ImpactRationale: "The programme has no means for furniture.",
		},
	})
	d.told(caseworker, id, 20, casework.ForNotNow, "This programme helps with people and management; it has no means for furniture. The CCG's premises lead, whom I have told of your request, has a small fund for it.")
}

// earlier is a case that was asked for so many working days ago, acknowledged at once and assessed within three weeks.
// The number of the case is there when those days have passed.
func (d *seeder) earlier(email string, code practice.Code, worker string, ago int, r casework.Request, f assessment.Findings) *casework.ID {
	id := new(casework.ID)
	d.at(ago, 10, 15, func() {
		*id = d.begin(email, code, r)
		d.send(email, *id)
	})
	d.at(ago-1, 9, 20, func() { d.assign(lead, *id, worker) })
	d.at(ago-1, 11, 45, func() { d.acknowledge(worker, *id, d.thanks()) })
	d.at(ago-13, 14, 0, func() {
		d.beginAssessment(worker, *id)
		d.assess(worker, *id, 1, f, true)
	})
	return id
}

// thanks is what a contact says first, each time in other words.
func (d *seeder) thanks() string {
	d.thanked++
	return []string{
		"Thank you. I will come and see you within two weeks.",
		"Thank you for writing. I have read it twice and will ring this week; a visit can be on any morning you like.",
		"Your request is with me. I know the road to you well and will be there within two weeks.",
		"Thank you for being so clear. May I come on a day on which both of you are in?",
		"I am your contact. Ring me whenever it suits the surgery, and we settle a day for a visit.",
		"Good that you wrote. Nothing more is needed from you before I come.",
		"Thank you. I have asked a colleague who knows such cases to come with me when I visit.",
		"It has arrived, and it is clear. I will look at what the registers say first, so that you need not send it.",
	}[d.thanked%8]
}

// told recommends, decides and sends the letter, the last of it so many working days ago.
func (d *seeder) told(worker string, id *casework.ID, ago int, verdict casework.Verdict, reasons string) {
	d.at(ago+2, 10, 40, func() { d.recommend(worker, *id, verdict, "As assessed. "+reasons) })
	d.at(ago, 11, 10, func() { d.decide(lead, *id, verdict, reasons) })
	d.at(ago, 16, 0, func() {
		if d.err == nil {
			d.try("send the letter", d.s.SendLetter(d.ctx, d.by(worker), on(*id), casework.Posting{}))
		}
	})
}

// of is the newest case that the person sees of the practice that leads it, and that is not over.
func (d *seeder) of(email string, code practice.Code) casework.ID {
	if d.err != nil {
		return 0
	}
	page, _, err := d.s.Cases(d.ctx, d.by(email), casework.Filter{Practice: code}, 1)
	d.try("look for the case of "+string(code), err)
	for _, row := range page.Rows {
		if row.Practice == code && !row.State.Over() {
			return row.ID
		}
	}
	return 0
}

// rated is what was found for a criterion; its value is as at so many days before today.
func (d *seeder) rated(criterion, value string, ago int, source string, concern assessment.Concern, why string) assessment.Rating {
	r := assessment.Rating{Criterion: criterion, Value: value, Source: source, Concern: concern, Rationale: why}
	if value != "" {
		r.AsAt = d.ago(ago)
	}
	return r
}

// instead says why a value stands in the place of the one from open data, and how others stand beside it, where that is known.
func instead(r assessment.Rating, others, why string) assessment.Rating {
	r.Compared, r.Instead = others, why
	return r
}

func (d *seeder) beginAssessment(email string, id casework.ID) {
	if d.err == nil {
		d.try("begin an assessment", d.s.BeginAssessment(d.ctx, d.by(email), on(id)))
	}
}

func (d *seeder) assess(email string, id casework.ID, version int64, f assessment.Findings, complete bool) {
	if d.err == nil {
		d.try("assess by "+email, d.s.Assess(d.ctx, d.by(email), id, casework.Assessing{Findings: f, Version: version, Complete: complete}))
	}
	if d.err == nil && complete {
		d.try("review the assessment", d.s.ReviewAssessment(d.ctx, d.by(lead), on(id), casework.Reviewing{Outcome: casework.ReviewAgreed}))
	}
}

func (d *seeder) recommend(email string, id casework.ID, verdict casework.Verdict, reasons string) {
	if d.err == nil {
		d.try("recommend by "+email, d.s.Recommend(d.ctx, d.by(email), on(id), casework.Verdicting{Outcome: verdict, Reasons: reasons, NoInterest: true}))
	}
}

func (d *seeder) decide(email string, id casework.ID, verdict casework.Verdict, reasons string) {
	if d.err == nil {
		d.try("decide by "+email, d.s.Decide(d.ctx, d.by(email), on(id), casework.Verdicting{Outcome: verdict, Codes: []string{casework.ReasonsFor(verdict)[0].Code}, Reasons: reasons, NoInterest: true}))
	}
}
