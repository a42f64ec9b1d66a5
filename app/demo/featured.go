package demo

import (
	"resilience/app/audit"
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/practice"
	"resilience/app/service"
)

// featuredCases is how many cases are told one by one.
const featuredCases = 24

// cases tells of one case in each of the ways in which a case can stand, each from its beginning.
func (d *seeder) cases() {
	d.group()
	d.onHold()
	d.withdrawn()
	d.informationRequested()
	d.acknowledged()
	d.silent()
	d.suggested()
	d.identified()
	d.london()
	d.assigned()
	d.unassigned()
	d.draft()
	d.assessments()
	d.offers()
	d.claims()
}

// group is a case of three practices, in triage, with a question that was answered.
func (d *seeder) group() {
	var id casework.ID
	d.at(24, 10, 5, func() {
		id = d.begin(carrthorpe, "X10003", casework.Request{
			Problem: "Three small practices along the same bus route, each with one or two partners. Two partners retire next summer and nobody has answered our advertisements. " +
				"We cover each other's leave already, on goodwill. We would like to find out whether one shared team could run all three surgeries before one of us has to close.",
			Needs: []string{"staffing", "leadership"}, Menu: []string{"diagnostic", "change"}, Cost: pounds(18_000), CostDetail: "A guess: about 30 days of somebody who has done this before",
			Success: "The three partnerships have decided by the summer, on figures that they trust, whether to work as one. No surgery has closed a session for want of a doctor.",
		})
		d.addPractice(carrthorpe, id, "X10005")
		d.addPractice(carrthorpe, id, "X10008")
	})
	d.at(23, 9, 40, func() {
		d.send(carrthorpe, id)
	})
	d.at(23, 14, 15, func() {
		d.assign(lead, id, caseworker)
	})
	d.at(22, 11, 0, func() {
		d.acknowledge(caseworker, id, "Thank you for asking together: it makes more possible. I will ring each practice this week before we meet.")
	})
	d.at(17, 15, 30, func() {
		d.ask(caseworker, id, "Which services do the three practices share already, and do all partners agree to having the accounts looked at side by side?", 10)
	})
	d.at(12, 8, 50, func() {
		d.answer(carrthorpe, id, "We share the summarising of notes and the winter vaccination clinics. All five partners agree in writing; the letters are with me.")
	})
	d.at(11, 16, 20, func() {
		d.note(caseworker, id, audit.ForTeam, "Holm Beck's lease has a break clause in September. Ask premises colleagues before the visit.")
	})
}

// onHold is a case that waits for something outside it.
func (d *seeder) onHold() {
	var id casework.ID
	d.at(30, 13, 25, func() {
		id = d.begin(woldmarsh, "X10009", casework.Request{
			Problem: "Our practice manager left in October and the deputy is on long leave. Claims are late, the rota is made on the day, and the partners spend their evenings on payroll.",
			Needs:   []string{"practice_management", "hr"}, Menu: []string{"management_capacity"}, Cost: pounds(12_500), CostDetail: "An interim manager, three days a week for three months",
			Success: "The rota is known four weeks ahead and claims go in on time for two months running.",
		})
		d.send(woldmarsh, id)
	})
	d.at(29, 9, 10, func() {
		d.assign(lead, id, caseworker2)
	})
	d.at(29, 12, 0, func() {
		d.acknowledge(caseworker2, id, "I am your contact. I have asked two practices nearby whether their manager could spare a day a week at once.")
	})
	d.at(6, 10, 30, func() {
		d.hold(caseworker2, id, "You have appointed a manager who begins on the first of next month. We agreed to see what is still needed once she has settled in.", 18)
	})
}

// withdrawn is a case that the practice took back.
func (d *seeder) withdrawn() {
	var id casework.ID
	d.at(28, 11, 45, func() {
		id = d.begin(peacock, "X10008", casework.Request{
			Problem: "The telephone system drops calls every morning and the supplier blames the line. Patients queue at the door at eight.",
			Needs:   []string{"it", "demand"}, Menu: []string{"advice"}, Success: "Nobody has to come in person only to get an appointment.",
		})
		d.send(peacock, id)
	})
	d.at(27, 9, 30, func() {
		d.assign(lead, id, caseworker)
	})
	d.at(26, 10, 15, func() {
		d.acknowledge(caseworker, id, "")
	})
	d.at(20, 16, 40, func() {
		d.withdraw(peacock, id, "The supplier has replaced the equipment at its own expense and mornings have been quiet for a week. We are also part of the request with Carrthorpe.")
	})
}

// informationRequested is a case that waits for the practice.
func (d *seeder) informationRequested() {
	var id casework.ID
	d.at(15, 15, 5, func() {
		id = d.begin(farrier, "X10010", casework.Request{
			Problem: "Two of four nurses have left since the summer and the third goes part-time in March. Long-term condition reviews are six weeks behind and we have stopped taking on new care home residents.",
			Needs:   []string{"staffing", "hr"}, Menu: []string{"workforce", "coaching"}, Success: "Reviews are no more than two weeks behind, and the nurses who stay say that the work can be done in the hours they have.",
		})
	})
	d.at(14, 8, 35, func() {
		d.send(farrier, id)
	})
	d.at(14, 13, 0, func() {
		d.assign(lead, id, caseworker)
	})
	d.at(13, 9, 20, func() {
		d.acknowledge(caseworker, id, "I look after practices around Hallowdale. Could we speak on Thursday?")
	})
	d.at(4, 14, 45, func() {
		d.ask(caseworker, id, "How many nurse sessions did you have a year ago, how many now, and how many posts are advertised?", 7)
		d.note(caseworker, id, audit.ForTeam, "The practice next door has lost a nurse as well. Look at both together before recommending anything.")
	})
}

// acknowledged is a case in triage.
func (d *seeder) acknowledged() {
	var id casework.ID
	d.at(10, 12, 10, func() {
		id = d.begin(lavender, "X10006", casework.Request{
			Problem: "The partnership is in dispute about the premises and one partner has given notice. The bank has asked for a forecast that nobody here can make.",
			Needs:   []string{"finance", "leadership", "premises"}, Menu: []string{"diagnostic", "advice"}, Cost: pounds(6_000), CostDetail: "An accountant and a mediator, a few days each",
			Success: "The partners have signed an agreement, and the bank has a forecast for two years.",
		})
		d.send(lavender, id)
	})
	d.at(9, 9, 0, func() {
		d.assign(lead, id, caseworker)
	})
	d.at(9, 15, 15, func() {
		d.acknowledge(caseworker, id, "Thank you. Somebody independent can talk with each partner in confidence. I will send two names by Friday.")
	})
	d.at(5, 11, 30, func() {
		d.note(caseworker, id, audit.ForPractice, "The two names are in the letter of today. Choose whichever suits you, or neither.")
	})
}

// silent is a case of another team that nobody has answered: its first promise is broken.
func (d *seeder) silent() {
	var id casework.ID
	d.at(8, 10, 0, func() {
		id = d.begin(fellside, "X10014", casework.Request{
			Problem: "One GP for the whole valley since our partner fell ill in December. Locums will not travel this far, and the next surgery is fourteen miles away over the tops.",
			Needs:   []string{"staffing"}, Menu: []string{"rapid_intervention", "workforce"}, Success: "The surgery is open every weekday with a doctor in it.",
		})
		d.send(fellside, id)
	})
}

// suggested is a case that the local medical committee brought to the team.
func (d *seeder) suggested() {
	d.at(7, 14, 0, func() {
		d.open(northWorker, "X10015", casework.Opening{
			Route: casework.ByLMC, Needs: []string{"finance"},
			Reason: "The committee's liaison officer says that the group lost its dispensing income in the autumn and has not replaced it. The senior partner asked her to mention it to us.",
		})
	})
}

// identified is a case of the team's own, of which the practice does not know yet.
func (d *seeder) identified() {
	var id casework.ID
	d.at(5, 9, 45, func() {
		id = d.open(caseworker2, "X10007", casework.Opening{
			Route: casework.ByTeam, Needs: []string{"staffing", "demand"},
			Reason: "One partner for some 1,900 patients since the other retired, no nurse, and no reply to the last two returns. The nearest surgery, at Gannet Hill, has closed. Better to ring now than in spring.",
		})
	})
	d.at(3, 16, 5, func() {
		d.note(caseworker2, id, audit.ForTeam, "Tried the manager twice; she rings back on Friday. Nothing in writing to the practice before that.")
	})
}

// london is a case of a third team.
func (d *seeder) london() {
	var id casework.ID
	d.at(4, 11, 20, func() {
		id = d.begin(thornmere, "X10031", casework.Request{
			Problem: "Three receptionists left in one month. Agency staff do not know the system, and we now open the telephones an hour late.",
			Needs:   []string{"hr", "demand"}, Menu: []string{"coaching"}, Success: "The telephones open at eight, and nobody has left for half a year.",
		})
		d.send(thornmere, id)
	})
	d.at(3, 10, 10, func() {
		d.assign(londonLead, id, londonLead)
	})
}

// assigned is a case that its caseworker has still to acknowledge.
func (d *seeder) assigned() {
	var id casework.ID
	d.at(2, 9, 55, func() {
		id = d.begin(twineMill, "X10004", casework.Request{
			Problem: "Our lease ends in fourteen months and the landlord wants the mill back for flats. We have found a site, but no partner has ever planned a building.",
			Needs:   []string{"premises", "practice_management"}, Menu: []string{"advice", "coaching"}, Cost: pounds(4_000), CostDetail: "Advice on premises, about eight days",
			Success: "We have signed for somewhere to work before the lease runs out.",
		})
		d.send(twineMill, id)
	})
	d.at(1, 10, 40, func() {
		d.assign(lead, id, caseworker2)
	})
}

// unassigned is a case that came in yesterday.
func (d *seeder) unassigned() {
	var id casework.ID
	d.at(1, 15, 50, func() {
		id = d.begin(stOrrins, "X10002", casework.Request{
			Problem: "Since the practice in the next street closed its list we have taken on 700 patients in ten weeks. The wait for a routine appointment has gone from eight days to nineteen, and two of the reception team talk of leaving.",
			Needs:   []string{"demand", "staffing"}, Menu: []string{"diagnostic", "workforce"}, Success: "A routine appointment within ten days, and the same faces at reception in the summer.",
		})
		d.send(stOrrins, id)
	})
}

// draft is a request that its practice has not finished.
func (d *seeder) draft() {
	d.at(1, 17, 20, func() {
		d.begin(hallowdale, "X10001", casework.Request{
			Problem: "Our salaried GP leaves at Easter and the two partners already work most weekends. We have had no reply to three advertisements.",
			Needs:   []string{"staffing"},
		})
	})
}

// pounds is an estimate of cost.
func pounds(n int64) *funding.Pence {
	p := funding.Pence(n * 100)
	return &p
}

func on(id casework.ID) service.On { return service.On{Case: id} }

// begin makes a draft with these answers.
func (d *seeder) begin(email string, code practice.Code, r casework.Request) casework.ID {
	if d.err != nil {
		return 0
	}
	id, err := d.s.BeginRequest(d.ctx, d.by(email), code)
	d.try("begin the request of "+email, err)
	if d.err == nil {
		d.try("save the request of "+email, d.s.SaveRequest(d.ctx, d.by(email), on(id), r))
	}
	return id
}

func (d *seeder) open(email string, code practice.Code, in casework.Opening) casework.ID {
	if d.err != nil {
		return 0
	}
	id, err := d.s.OpenCase(d.ctx, d.by(email), code, in)
	d.try("open a case for "+string(code), err)
	return id
}

func (d *seeder) addPractice(email string, id casework.ID, code practice.Code) {
	if d.err == nil {
		d.try("add "+string(code), d.s.AddPractice(d.ctx, d.by(email), id, code))
	}
}

func (d *seeder) send(email string, id casework.ID) {
	if d.err == nil {
		d.try("send the request of "+email, d.s.SendRequest(d.ctx, d.by(email), on(id)))
	}
}

func (d *seeder) assign(email string, id casework.ID, to string) {
	if d.err == nil {
		d.try("assign to "+to, d.s.Assign(d.ctx, d.by(email), on(id), d.people[to].ID))
	}
}

func (d *seeder) acknowledge(email string, id casework.ID, message string) {
	if d.err == nil {
		d.try("acknowledge by "+email, d.s.Acknowledge(d.ctx, d.by(email), on(id), message))
	}
}

// ask asks a question that is due so many working days after today.
func (d *seeder) ask(email string, id casework.ID, question string, due int) {
	if d.err == nil {
		d.try("ask by "+email, d.s.AskForInformation(d.ctx, d.by(email), on(id), question, d.in(due)))
	}
}

func (d *seeder) answer(email string, id casework.ID, text string) {
	if d.err == nil {
		d.try("answer by "+email, d.s.Answer(d.ctx, d.by(email), on(id), text))
	}
}

// hold puts a case on hold until so many working days after today.
func (d *seeder) hold(email string, id casework.ID, reason string, review int) {
	if d.err == nil {
		d.try("hold by "+email, d.s.Hold(d.ctx, d.by(email), on(id), reason, d.in(review)))
	}
}

func (d *seeder) withdraw(email string, id casework.ID, reason string) {
	if d.err == nil {
		d.try("withdraw by "+email, d.s.Withdraw(d.ctx, d.by(email), on(id), reason))
	}
}

func (d *seeder) note(email string, id casework.ID, audience audit.Audience, text string) {
	if d.err == nil {
		d.try("note by "+email, d.s.AddNote(d.ctx, d.by(email), id, casework.Note{Audience: audience, Body: text}))
	}
}
