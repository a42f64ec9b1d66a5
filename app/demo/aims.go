package demo

import (
	"resilience/app/casework"
	"resilience/app/funding"
	"resilience/app/support"
)

// aim is how far a generated case comes, and how often that is.
type aim struct {
	name   string
	weight int // how many, of about a thousand; each aim is there at least once
	// The weights are those of a programme that has run for long: most of its cases are over, many before any support, and what seldom
	// happens is seldom.
	// open cases have their last step shortly before today; the others any time.
	open bool
	// posted cases are of practices where nobody has an account: they are opened by the team and written to by post.
	posted bool
	tells  func(*story)
	// here: it is of the team whose people can sign in.
	here bool
	// leaves: it is of the practice that another one takes over in the end. There is one such case, whatever the weight.
	leaves bool
}

// aims has every stage and exit of a case, and what lies over stages. To show something new, add a row, and steps in a
// file of their own: see docs/recipes.md.
var aims = []aim{
	{name: "a draft", weight: 18, open: true, tells: func(s *story) { s.begun() }},
	{name: "a draft that was thrown away", weight: 80, tells: func(s *story) { s.begun(); s.after(1, 6); s.discarded() }},
	{name: "a request that nobody has yet", weight: 18, open: true, tells: func(s *story) { s.sent() }},
	{name: "a request that was given to somebody", weight: 14, open: true, tells: func(s *story) { s.sent(); s.assigned() }},
	{name: "a case that the team opened", weight: 50, open: true, posted: true, tells: func(s *story) { s.opened() }},
	{name: "withdrawn before an answer", weight: 120, tells: func(s *story) { s.sent(); s.after(1, 2); s.withdrawn() }},

	{name: "in triage", weight: 34, open: true, tells: func(s *story) { s.inTriage() }},
	{name: "a question that waits", weight: 9, open: true, tells: func(s *story) { s.inTriage(); s.asked() }},
	{name: "on hold", weight: 8, open: true, tells: func(s *story) { s.inTriage(); s.held() }},
	{name: "a group of practices", weight: 4, open: true, tells: func(s *story) { s.sentTogether(); s.welcomed(); s.assessing(true) }},
	{name: "withdrawn in triage", weight: 110, tells: func(s *story) { s.inTriage(); s.after(2, 12); s.withdrawn() }},

	{name: "half assessed", weight: 16, open: true, tells: func(s *story) { s.inTriage(); s.assessing(false) }},
	{name: "assessed", weight: 8, open: true, tells: func(s *story) { s.inTriage(); s.assessing(true) }},
	{name: "an assessment that a colleague reviewed", weight: 5, open: true, tells: func(s *story) { s.inTriage(); s.assessing(true); s.reviewed(true) }},
	{name: "an assessment that a colleague returned", weight: 2, open: true, tells: func(s *story) { s.inTriage(); s.assessing(true); s.reviewed(false) }},
	{name: "a recommendation that came back", weight: 2, open: true, tells: func(s *story) { s.recommended(casework.ForSupport); s.after(1, 3); s.returned() }},
	{name: "withdrawn in assessment", weight: 50, tells: func(s *story) { s.inTriage(); s.assessing(false); s.after(1, 6); s.withdrawn() }},

	{name: "to be decided", weight: 9, open: true, tells: func(s *story) { s.recommended(s.verdict()) }},
	{name: "to be decided, which no lead of the team may do", weight: 1, open: true, here: true, tells: func(s *story) { s.recommended(s.verdict()); s.leadBarred() }},
	{name: "decided, with its letter due", weight: 7, open: true, tells: func(s *story) { s.decided(s.verdict()) }},
	{name: "on the reserve list", weight: 45, tells: func(s *story) { s.answered(casework.ForReserve) }},
	{name: "on the reserve list, told by post", weight: 8, posted: true, tells: func(s *story) { s.answered(casework.ForReserve) }},
	{name: "assessed again from the reserve list", weight: 1, open: true, tells: func(s *story) {
		s.answered(casework.ForReserve)
		s.after(40, 70)
		s.assessing(true)
	}},
	{name: "withdrawn from the reserve list", weight: 4, tells: func(s *story) { s.answered(casework.ForReserve); s.after(10, 40); s.withdrawn() }},
	{name: "looked at again after half a year", weight: 3, tells: func(s *story) { s.answered(casework.ForReserve); s.after(131, 135); s.noted() }},
	{name: "moved on the reserve list", weight: 1, open: true, here: true, tells: func(s *story) { s.answered(casework.ForReserve); s.after(1, 2); s.moved() }},
	{name: "promoted from the reserve list", weight: 4, open: true, tells: func(s *story) { s.answered(casework.ForReserve); s.after(15, 60); s.promoted() }},
	{name: "promoted, with an offer", weight: 1, open: true, tells: func(s *story) {
		s.answered(casework.ForReserve)
		s.after(15, 60)
		s.promoted()
		s.written()
		s.after(0, 2)
		s.offerApproved()
		s.offerSent()
	}},
	{name: "a review that was asked for", weight: 4, open: true, tells: func(s *story) { s.answered(s.no()); s.after(3, 12); s.reviewAsked() }},
	{name: "a review that upheld the decision", weight: 3, open: true, tells: func(s *story) {
		s.answered(s.no())
		s.after(3, 12)
		s.reviewAsked()
		s.after(3, 9)
		s.reviewSettled(casework.UpholdDecision, "upheld")
	}},
	{name: "a review that changed it", weight: 1, open: true, tells: func(s *story) {
		s.answered(s.no())
		s.after(3, 12)
		s.reviewAsked()
		s.after(3, 9)
		s.reviewSettled(casework.ReopenDecision, "reopened")
	}},
	{name: "a review of a decision to support", weight: 1, open: true, tells: func(s *story) {
		s.answered(casework.ForSupport)
		s.after(2, 5)
		s.reviewAskedOf("review-support")
	}},
	{name: "a review that upheld a decision to support", weight: 1, open: true, tells: func(s *story) {
		s.answered(casework.ForSupport)
		s.after(2, 5)
		s.reviewAskedOf("review-support")
		s.after(3, 9)
		s.reviewSettled(casework.UpholdDecision, "upheld-support")
	}},
	{name: "not now", weight: 110, tells: func(s *story) { s.answered(casework.ForNotNow) }},
	{name: "not now, told by post", weight: 30, posted: true, tells: func(s *story) { s.answered(casework.ForNotNow) }},
	{name: "supported", weight: 9, open: true, tells: func(s *story) { s.answered(casework.ForSupport) }},
	{name: "withdrawn before an offer", weight: 14, tells: func(s *story) { s.answered(casework.ForSupport); s.after(2, 9); s.withdrawn() }},

	{name: "an offer that is written", weight: 7, open: true, tells: func(s *story) { s.answered(casework.ForSupport); s.written() }},
	{name: "an offer that is approved", weight: 5, open: true, tells: func(s *story) { s.approved() }},
	{name: "an offer with the practice", weight: 9, open: true, tells: func(s *story) { s.offering() }},
	{name: "a question about an offer", weight: 1, open: true, tells: func(s *story) { s.offering(); s.after(1, 4); s.askedAboutOffer() }},
	{name: "a question about an offer that was answered", weight: 1, open: true, tells: func(s *story) {
		s.offering()
		s.after(1, 3)
		s.askedAboutOffer()
		s.after(1, 2)
		s.answeredAboutOffer()
	}},
	{name: "an offer that was declined", weight: 4, open: true, tells: func(s *story) { s.offering(); s.after(2, 7); s.declined() }},
	{name: "an offer that was declined, and another", weight: 1, open: true, tells: func(s *story) {
		s.offering()
		s.after(2, 7)
		s.declined()
		s.after(2, 6)
		s.written()
		s.after(0, 2)
		s.offerApproved()
		s.offerSent()
	}},
	{name: "an offer that lapsed", weight: 4, open: true, tells: func(s *story) { s.offering(); s.after(22, 24); s.noted() }},
	{name: "an offer that was taken back", weight: 1, open: true, tells: func(s *story) { s.offering(); s.after(1, 4); s.cancelled() }},
	{name: "withdrawn with an offer", weight: 4, tells: func(s *story) { s.offering(); s.after(2, 9); s.withdrawn() }},

	{name: "an offer that was accepted", weight: 5, open: true, tells: func(s *story) { s.accepting() }},
	{name: "an offer that was accepted in part", weight: 4, open: true, tells: func(s *story) { s.several = true; s.offering(); s.after(2, 7); s.acceptedInPart() }},
	{name: "a memorandum to be signed", weight: 6, open: true, tells: func(s *story) { s.proposing() }},
	{name: "a memorandum that the practice signed", weight: 4, open: true, tells: func(s *story) { s.proposing(); s.after(1, 3); s.signed() }},
	{name: "a memorandum that the team signed first", weight: 1, open: true, tells: func(s *story) { s.proposing(); s.after(0, 2); s.countersigned() }},
	{name: "withdrawn before signing", weight: 3, tells: func(s *story) { s.proposing(); s.after(2, 9); s.withdrawn() }},

	{name: "support that has begun", weight: 10, open: true, tells: func(s *story) { s.agreed() }},
	{name: "a report of progress to be read", weight: 1, open: true, tells: func(s *story) { s.agreed(); s.after(5, 12); s.reported(support.AtRisk) }},
	{name: "reports of progress", weight: 1, open: true, tells: func(s *story) {
		s.agreed()
		s.after(5, 12)
		s.reported(support.OnTrack)
		s.after(1, 3)
		s.reportsRead()
		s.after(3, 8)
		s.reportedFor(support.OffTrack)
	}},
	{name: "a claim to be checked", weight: 7, open: true, tells: func(s *story) { s.agreed(); s.claimed() }},
	{name: "a claim to be approved", weight: 6, open: true, tells: func(s *story) { s.agreed(); s.claimed(); s.checked() }},
	{name: "a claim to be paid", weight: 6, open: true, tells: func(s *story) { s.agreed(); s.claimed(); s.checked(); s.claimApproved() }},
	{name: "a claim that is being paid", weight: 4, open: true, tells: func(s *story) {
		s.agreed()
		s.claimed()
		s.checked()
		s.claimApproved()
		s.after(5, 6)
		s.then(func() error { return nil })
	}},
	{name: "a claim that came back", weight: 3, open: true, tells: func(s *story) { s.agreed(); s.claimed(); s.after(1, 3); s.claimReturned() }},
	{name: "a claim that was withdrawn", weight: 3, open: true, tells: func(s *story) { s.agreed(); s.claimed(); s.after(1, 3); s.claimWithdrawn() }},
	{name: "a claim that was paid", weight: 7, open: true, tells: func(s *story) { s.agreed(); s.payment() }},
	{name: "a payment that failed", weight: 1, open: true, tells: func(s *story) { s.agreed(); s.failed(funding.PaymentFailed, "Account closed") }},
	{name: "a payment that came back", weight: 1, open: true, here: true, tells: func(s *story) {
		s.agreed()
		s.failed(funding.PaymentReturned, "Payee not known at the account")
		s.saidMade()
	}},
	{name: "a claim that was paid in part", weight: 1, open: true, tells: func(s *story) { s.agreed(); s.claimed(); s.checkedInPart(); s.paid() }},
	{name: "a claim that was received", weight: 8, open: true, tells: func(s *story) { s.agreed(); s.payment(); s.received() }},
	{name: "a payment that is disputed", weight: 1, open: true, tells: func(s *story) { s.several = true; s.agreed(); s.payment(); s.disputed(funding.NotArrived) }},
	{name: "a payment that was put right", weight: 1, open: true, tells: func(s *story) {
		s.several = true
		s.agreed()
		s.payment()
		s.disputed(funding.OtherAmount)
		s.answeredDispute(funding.DisputeCorrected)
		s.received()
	}},
	{name: "a payment that is made again", weight: 1, open: true, tells: func(s *story) {
		s.several = true
		s.agreed()
		s.payment()
		s.disputed(funding.NotArrived)
		s.answeredDispute(funding.PaidAgain)
	}},
	{name: "money that is asked back", weight: 1, open: true, tells: func(s *story) { s.agreed(); s.payment(); s.received(); s.askedBack(funding.Unspent) }},
	{name: "money that came back", weight: 1, open: true, tells: func(s *story) {
		s.agreed()
		s.payment()
		s.received()
		s.askedBack(funding.Unspent)
		s.tobePaidBack(1)
		s.paidBack(1)
	}},
	{name: "an instalment that is overdue", weight: 1, open: true, tells: func(s *story) {
		s.agreed()
		s.payment()
		s.received()
		s.askedBack(funding.Unspent)
		s.tobePaidBack(4)
		s.paidBack(6)
		s.after(9, 12)
		s.then(func() error { return nil })
	}},
	{name: "money that was waived", weight: 1, open: true, tells: func(s *story) {
		s.agreed()
		s.payment()
		s.received()
		s.askedBack(funding.Unspent)
		s.waivedBack("waiver")
	}},
	{name: "too much was paid, and it is asked back", weight: 1, open: true, tells: func(s *story) { s.agreed(); s.payment(); s.received(); s.askedBack(funding.Overpaid) }},
	{name: "too much was paid, and it comes back in instalments", weight: 1, open: true, tells: func(s *story) {
		s.agreed()
		s.payment()
		s.received()
		s.askedBack(funding.Overpaid)
		s.tobePaidBack(3)
		s.paidBack(3)
	}},
	{name: "work that was paid for was not done, and it is waived", weight: 1, open: true, tells: func(s *story) {
		s.agreed()
		s.payment()
		s.received()
		s.askedBack(funding.NotDue)
		s.waivedBack("waiver-not_due")
	}},
	{name: "money that a successor pays back", open: true, leaves: true, tells: func(s *story) {
		s.ended("merged")
		s.askedBack(funding.Ended)
		s.tobePaidBack(2)
		s.takenOver()
	}},
	{name: "a payment that nobody confirms", weight: 1, open: true, tells: func(s *story) {
		s.several = true
		s.agreed()
		s.payment()
		s.after(12, 15)
		s.then(func() error { return nil })
	}},
	{name: "several claims", weight: 4, open: true, tells: func(s *story) {
		s.agreed()
		s.payment()
		s.received()
		s.payment()
		s.received()
		s.claimed()
	}},
	{name: "a provider's invoice", weight: 5, open: true, tells: func(s *story) { s.agreed(); s.invoiced() }},

	{name: "stabilised", weight: 26, tells: func(s *story) { s.ended("stabilised") }},
	{name: "improved", weight: 26, tells: func(s *story) { s.ended("improved") }},
	{name: "merged", weight: 7, tells: func(s *story) { s.ended("merged") }},
	{name: "handed back", weight: 2, tells: func(s *story) { s.ended("handed_back") }},
	{name: "closed with the practice", weight: 3, tells: func(s *story) { s.ended("practice_closed") }},
	{name: "withdrew", weight: 2, tells: func(s *story) { s.ended("withdrew") }},
	{name: "transferred", weight: 2, tells: func(s *story) { s.ended("transferred") }},
	{name: "followed up", weight: 3, here: true, tells: func(s *story) {
		s.several = true
		s.helped("improved")
		s.halfAYear()
		s.followedUp("yes", "well", false)
	}},
	{name: "followed up, and more help is needed", weight: 1, tells: func(s *story) { s.helped("stabilised"); s.halfAYear(); s.followedUp("no", "worse", true) }},
	{name: "a follow-up that is due", weight: 1, open: true, here: true, tells: func(s *story) { s.helped("improved"); s.halfAYear(); s.then(func() error { return nil }) }},
	{name: "a follow-up that is not possible", weight: 1, tells: func(s *story) { s.helped("merged"); s.after(30, 60); s.notFollowedUp("merged") }},
	{name: "a concern that the caseworker settled", weight: 1, open: true, tells: func(s *story) {
		s.agreed()
		s.concern("absent", "serious", true)
		s.after(1, 3)
		s.concernAnswered(s.theWorker, "provider_agreed")
	}},
	{name: "a concern that is answered and goes on", weight: 1, open: true, here: true, tells: func(s *story) {
		s.agreed()
		s.concern("quality", "minor", true)
		s.after(1, 2)
		s.concernAnswered(s.theWorker, casework.ConcernGoesOn)
	}},
	{name: "a concern that nobody answered in time", weight: 1, open: true, here: true, tells: func(s *story) { s.agreed(); s.concern("relationship", "serious", true); s.after(7, 9); s.noted() }},
	{name: "a concern that was escalated, and settled by the lead", weight: 1, open: true, tells: func(s *story) {
		s.agreed()
		s.concern("no_help", "serious", true)
		s.after(1, 3)
		s.concernEscalated(s.theWorker, "to_lead")
		s.after(1, 3)
		s.concernAnswered(s.theLead, "support_changes")
	}},
	{name: "a concern that was withdrawn", weight: 1, open: true, tells: func(s *story) { s.agreed(); s.concern("absent", "minor", true); s.after(1, 3); s.concernWithdrawn() }},
	{name: "an answer that does not help", weight: 1, open: true, tells: func(s *story) {
		s.agreed()
		s.concern("quality", "serious", true)
		s.after(1, 3)
		s.concernAnswered(s.theWorker, "no_change")
		s.after(1, 3)
		s.concernContested()
		s.after(1, 3)
		s.concernAnswered(s.theLead, "put_right")
	}},
	{name: "a concern of the team that the lead handed to the programme", weight: 1, open: true, tells: func(s *story) {
		s.agreed()
		s.concern("safety", casework.SeverityUrgent, false)
		s.after(0, 2)
		s.concernEscalated(s.theLead, "to_programme")
	}},
	{name: "a concern about the team that the programme settled", weight: 1, open: true, tells: func(s *story) {
		s.agreed()
		s.concern(casework.ConcernHandling, "minor", true)
		s.after(1, 3)
		s.concernEscalated(s.theLead, "to_programme")
		s.after(2, 5)
		s.concernAnswered(s.theNation, "elsewhere")
	}},
	{name: "an action plan", weight: 1, open: true, tells: func(s *story) { s.byPlan() }},
	{name: "a variation in force", weight: 1, open: true, tells: func(s *story) { s.agreed(); s.varied(); s.varySigned(); s.varyCountersigned() }},
	{name: "a variation that was declined", weight: 1, open: true, tells: func(s *story) { s.agreed(); s.varied(); s.after(1, 3); s.varyDeclined() }},
	{name: "a variation that was cancelled, and another before the practice", weight: 1, open: true, tells: func(s *story) {
		s.agreed()
		s.varyBegun()
		s.after(1, 2)
		s.cancelled()
		s.varied()
	}},
	{name: "a part in a year without a budget, which both sides have agreed", weight: 1, open: true, tells: func(s *story) { s.ahead = true; s.agreed() }},
	{name: "a part in a year without a budget, to be authorised", weight: 1, open: true, tells: func(s *story) { s.ahead = true; s.approved(); s.aheadAsked() }},
	{name: "a part in a year without a budget, which was refused", weight: 1, open: true, tells: func(s *story) {
		s.ahead = true
		s.approved()
		s.aheadAsked()
		s.aheadDecided(false)
	}},
	{name: "a variation that adds a part in a year without a budget, in force", weight: 1, open: true, tells: func(s *story) {
		s.agreed()
		s.variedAhead()
		s.aheadDecided(true)
		s.varyProposed()
		s.varySigned()
		s.varyCountersigned()
	}},
	{name: "a variation that adds a part in a year without a budget, to be authorised", weight: 1, open: true, tells: func(s *story) { s.agreed(); s.variedAhead() }},
	{name: "rapid intervention that somebody is asked to commit", weight: 1, open: true, tells: func(s *story) { s.rapidAccepted(); s.earlyAsked() }},
	{name: "rapid intervention, first refused and then committed, whose memorandum is late", weight: 1, open: true, tells: func(s *story) {
		s.rapidAccepted()
		s.earlyAsked()
		s.earlyDecided(casework.EarlyNo)
		s.earlyAsked()
		s.earlyDecided(casework.EarlyYes)
		s.claimed()
		s.after(22, 24)
		s.noted()
	}},
	{name: "a notice that the team withdrew, and one of the practice that waits", weight: 1, open: true, tells: func(s *story) {
		s.agreed()
		s.givesNotice(true, 40, 60)
		s.noticeWithdrawn(true)
		s.givesNotice(false, 20, 40)
	}},
	{name: "a memorandum that ended, and is to be closed", weight: 1, open: true, tells: func(s *story) {
		s.agreed()
		s.givesNotice(false, 3, 6)
		s.after(7, 8)
		s.noted()
	}},
	{name: "followed up, and reached in part", weight: 1, tells: func(s *story) { s.helped("stabilised"); s.halfAYear(); s.followedUp("part", "well", false) }},
}

// beforeMoney is how far a case comes where there is no money to give yet.
var beforeMoney = aim{name: "supported, and no money", open: true, tells: func(s *story) { s.answered(casework.ForSupport) }}

// The stages as they follow one another: each begins with the one before it.

func (s *story) recommended(v casework.Verdict) {
	s.inTriage()
	s.assessing(true)
	s.reviewed(true)
	s.after(0, 3)
	s.recommends(v)
}

func (s *story) decided(v casework.Verdict) {
	s.recommended(v)
	s.after(1, 5)
	s.decides(v)
}

func (s *story) answered(v casework.Verdict) {
	s.decided(v)
	s.after(0, 1)
	s.letterSent()
}

func (s *story) approved() {
	s.answered(casework.ForSupport)
	s.written()
	s.after(0, 3)
	s.offerApproved()
}

func (s *story) offering() {
	s.approved()
	s.offerSent()
}

func (s *story) accepting() {
	s.offering()
	s.after(2, 9)
	s.accepted()
}

func (s *story) proposing() {
	s.accepting()
	s.after(0, 3)
	s.proposed()
}

func (s *story) agreed() {
	s.proposing()
	s.after(1, 4)
	s.signed()
	s.after(0, 2)
	s.countersigned()
	s.after(18, 28) // the support begins
}

func (s *story) ended(outcome casework.Outcome) {
	s.agreed()
	s.payment()
	s.received()
	if s.r.IntN(2) == 0 {
		s.payment()
		s.received()
	}
	s.after(2, 12)
	s.closed(outcome)
}

// no is one of the two answers that a practice can ask to be reviewed.
func (s *story) no() casework.Verdict {
	return pick(s.r, []casework.Verdict{casework.ForReserve, casework.ForNotNow})
}

// verdict is one of the three, yes more often than not.
func (s *story) verdict() casework.Verdict {
	return []casework.Verdict{casework.ForSupport, casework.ForSupport, casework.ForSupport, casework.ForReserve, casework.ForNotNow}[s.r.IntN(5)]
}
