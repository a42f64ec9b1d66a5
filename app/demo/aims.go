package demo

import "resilience/app/casework"

// aim is how far a generated case comes, and how often that is.
type aim struct {
	name   string
	weight int // in about a hundred and thirty cases; each aim is there at least once
	// open cases have their last step shortly before today; the others any time.
	open bool
	// posted cases are of practices where nobody has an account: they are opened by the team and written to by post.
	posted bool
	tells  func(*story)
}

// aims has every stage and exit of a case, and what lies over stages. To show something new, add a row, and steps in a
// file of their own: see docs/recipes.md.
var aims = []aim{
	{"a draft", 2, true, false, func(s *story) { s.begun() }},
	{"a draft that was thrown away", 1, false, false, func(s *story) { s.begun(); s.after(1, 6); s.discarded() }},
	{"a request that nobody has yet", 3, true, false, func(s *story) { s.sent() }},
	{"a request that was given to somebody", 3, true, false, func(s *story) { s.sent(); s.assigned() }},
	{"a case that the team opened", 3, true, true, func(s *story) { s.opened() }},
	{"withdrawn before an answer", 1, false, false, func(s *story) { s.sent(); s.after(1, 2); s.withdrawn() }},

	{"in triage", 6, true, false, func(s *story) { s.inTriage() }},
	{"a question that waits", 3, true, false, func(s *story) { s.inTriage(); s.asked() }},
	{"on hold", 3, true, false, func(s *story) { s.inTriage(); s.held() }},
	{"a group of practices", 2, true, false, func(s *story) { s.sentTogether(); s.welcomed(); s.assessing(true) }},
	{"withdrawn in triage", 2, false, false, func(s *story) { s.inTriage(); s.after(2, 12); s.withdrawn() }},

	{"half assessed", 4, true, false, func(s *story) { s.inTriage(); s.assessing(false) }},
	{"assessed", 3, true, false, func(s *story) { s.inTriage(); s.assessing(true) }},
	{"a recommendation that came back", 1, true, false, func(s *story) { s.recommended(casework.ForSupport); s.after(1, 3); s.returned() }},
	{"withdrawn in assessment", 1, false, false, func(s *story) { s.inTriage(); s.assessing(false); s.after(1, 6); s.withdrawn() }},

	{"to be decided", 4, true, false, func(s *story) { s.recommended(s.verdict()) }},
	{"decided, with its letter due", 3, true, false, func(s *story) { s.decided(s.verdict()) }},
	{"on the reserve list", 6, false, false, func(s *story) { s.answered(casework.ForReserve) }},
	{"on the reserve list, told by post", 1, false, true, func(s *story) { s.answered(casework.ForReserve) }},
	{"assessed again from the reserve list", 1, true, false, func(s *story) {
		s.answered(casework.ForReserve)
		s.after(40, 70)
		s.assessing(true)
	}},
	{"withdrawn from the reserve list", 1, false, false, func(s *story) { s.answered(casework.ForReserve); s.after(10, 40); s.withdrawn() }},
	{"not now", 7, false, false, func(s *story) { s.answered(casework.ForNotNow) }},
	{"not now, told by post", 1, false, true, func(s *story) { s.answered(casework.ForNotNow) }},
	{"supported", 4, true, false, func(s *story) { s.answered(casework.ForSupport) }},
	{"withdrawn before an offer", 1, false, false, func(s *story) { s.answered(casework.ForSupport); s.after(2, 9); s.withdrawn() }},

	{"an offer that is written", 3, true, false, func(s *story) { s.answered(casework.ForSupport); s.written() }},
	{"an offer that is approved", 2, true, false, func(s *story) { s.approved() }},
	{"an offer with the practice", 4, true, false, func(s *story) { s.offering() }},
	{"an offer that was declined", 2, true, false, func(s *story) { s.offering(); s.after(2, 7); s.declined() }},
	{"an offer that was declined, and another", 1, true, false, func(s *story) {
		s.offering()
		s.after(2, 7)
		s.declined()
		s.after(2, 6)
		s.written()
		s.after(0, 2)
		s.offerApproved()
		s.offerSent()
	}},
	{"an offer that lapsed", 2, true, false, func(s *story) { s.offering(); s.after(22, 24); s.lapsed() }},
	{"an offer that was taken back", 1, true, false, func(s *story) { s.offering(); s.after(1, 4); s.cancelled() }},
	{"withdrawn with an offer", 1, false, false, func(s *story) { s.offering(); s.after(2, 9); s.withdrawn() }},

	{"an offer that was accepted", 2, true, false, func(s *story) { s.accepting() }},
	{"a memorandum to be signed", 3, true, false, func(s *story) { s.proposing() }},
	{"a memorandum that the practice signed", 2, true, false, func(s *story) { s.proposing(); s.after(1, 3); s.signed() }},
	{"a memorandum that the team signed first", 1, true, false, func(s *story) { s.proposing(); s.after(0, 2); s.countersigned() }},
	{"withdrawn before signing", 1, false, false, func(s *story) { s.proposing(); s.after(2, 9); s.withdrawn() }},

	{"support that has begun", 5, true, false, func(s *story) { s.agreed() }},
	{"a claim to be checked", 3, true, false, func(s *story) { s.agreed(); s.claimed() }},
	{"a claim to be approved", 3, true, false, func(s *story) { s.agreed(); s.claimed(); s.checked() }},
	{"a claim to be paid", 3, true, false, func(s *story) { s.agreed(); s.claimed(); s.checked(); s.claimApproved() }},
	{"a claim that came back", 2, true, false, func(s *story) { s.agreed(); s.claimed(); s.after(1, 3); s.claimReturned() }},
	{"a claim that was paid", 4, true, false, func(s *story) { s.agreed(); s.payment() }},
	{"a claim that was received", 5, true, false, func(s *story) { s.agreed(); s.payment(); s.received() }},
	{"several claims", 4, true, false, func(s *story) {
		s.agreed()
		s.payment()
		s.received()
		s.payment()
		s.received()
		s.claimed()
	}},
	{"a provider's invoice", 3, true, false, func(s *story) { s.agreed(); s.invoiced() }},

	{"stabilised", 5, false, false, func(s *story) { s.ended("stabilised") }},
	{"improved", 5, false, false, func(s *story) { s.ended("improved") }},
	{"merged", 2, false, false, func(s *story) { s.ended("merged") }},
	{"handed back", 1, false, false, func(s *story) { s.ended("handed_back") }},
	{"closed with the practice", 1, false, false, func(s *story) { s.ended("practice_closed") }},
	{"withdrew", 1, false, false, func(s *story) { s.ended("withdrew") }},
	{"transferred", 1, false, false, func(s *story) { s.ended("transferred") }},
}

// beforeMoney is how far a case comes where there is no money to give yet.
var beforeMoney = aim{"supported, and no money", 0, true, false, func(s *story) { s.answered(casework.ForSupport) }}

// The stages as they follow one another: each begins with the one before it.

func (s *story) recommended(v casework.Verdict) {
	s.inTriage()
	s.assessing(true)
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
	s.after(14, 26) // the support begins
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

// verdict is one of the three, yes more often than not.
func (s *story) verdict() casework.Verdict {
	return []casework.Verdict{casework.ForSupport, casework.ForSupport, casework.ForSupport, casework.ForReserve, casework.ForNotNow}[s.r.IntN(5)]
}
