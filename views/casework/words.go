// Package casework draws support cases: the list, the case with its timeline, the request of a practice, and the form
// of each act.
package casework

import (
	"strings"

	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/views/part"
)

// NoPatients stands beside every field for free text.
const NoPatients = "Do not include anything about patients, and do not name clinicians."

var stateColours = map[casework.State]string{
	casework.Draft: "grey", casework.Referred: "orange", casework.Triage: "blue", casework.Assessment: "blue", casework.Decision: "purple",
	casework.Supported: "aqua-green", casework.Reserve: "yellow", casework.NotNow: "grey", casework.Offered: "aqua-green", casework.Agreeing: "aqua-green",
	casework.Delivery: "green", casework.Closed: "white", casework.Withdrawn: "white",
}

func stateTag(s casework.State) part.Tag { return part.Tag{Text: s.Name(), Colour: stateColours[s]} }

// tags says the stage of a case and what lies over it.
func tags(s casework.State, hold, asked bool) []part.Tag {
	list := []part.Tag{stateTag(s)}
	if hold {
		list = append(list, part.Tag{Text: "On hold", Colour: "purple"})
	}
	if asked {
		list = append(list, part.Tag{Text: "Information requested", Colour: "yellow"})
	}
	return list
}

// underReview stands on a case whose practice waits for the answer to its review of a decision.
var underReview = part.Tag{Text: "Review of decision", Colour: "yellow"}

// letterDue stands on a case that is decided while its letter is not sent.
var letterDue = part.Tag{Text: "Letter due", Colour: "red"}

// by says when something is due, and that it is late.
func by(d, today calendar.Date) string {
	switch {
	case d.IsZero():
		return ""
	case d.Before(today):
		return "Late: was due " + d.Words()
	case d == today:
		return "Today"
	}
	return d.Words()
}

// headings name what happened, for the timeline; an act that is not here is shown by the name of its event.
var headings = map[string]string{
	"request begun": "Request begun", "request changed": "Request changed", "case referred": "Request sent to the local team",
	"case opened": "Case opened by the local team", "case assigned": "Case assigned", "contact changed": "Contact changed",
	"case acknowledged": "Request acknowledged", "information requested": "Information requested", "information given": "Information given",
	"case put on hold": "Put on hold", "case resumed": "Taken off hold", "note added": "Note", "case withdrawn": "Withdrawn", "interest declared": "Interest declared",
	"assessment begun": "Assessment begun", "assessment changed": "Assessment changed", "assessment completed": "Assessment completed", "assessment reviewed": "Assessment reviewed: agreed", "assessment returned": "Assessment reviewed: returned with points", "recommendation made": "Recommendation made",
	"recommendation returned": "Recommendation returned", "decision made": "Decision made", "decision letter sent": "Decision letter sent",
	"case promoted": "Promoted from the reserve list to support", "place on the reserve list changed": "Moved on the reserve list",
	"case back in the queue": "Back in the queue after its time on the reserve list", "review of the decision asked for": "Review of the decision asked for",
	"decision upheld": "Decision reviewed: it stands", "decision reopened": "Decision reviewed: the team decides anew",
	"offer written": "Offer written", "offer approved": "Offer approved", "offer sent": "Offer sent", "offer cancelled": "Offer cancelled",
	"offer accepted": "Offer accepted", "offer declined": "Offer declined", "offer lapsed": "Offer lapsed", "offer closed": "Offer closed for practices that did not answer", "question about the offer": "Question about the offer", "question about the offer answered": "Question about the offer answered", "practice reminded of the offer": "Reminder of the offer", "memorandum proposed": "Memorandum of understanding proposed",
	"memorandum accepted by the practice": "Memorandum accepted by the practice", "memorandum accepted by the team": "Memorandum accepted by the local team",
	"variation begun": "Variation begun", "variation written": "Variation written", "variation approved": "Variation approved", "variation proposed": "Memorandum as varied proposed", "variation cancelled": "Variation cancelled", "variation declined": "Variation declined",
	"commitment before the memorandum asked for": "Asked to commit rapid intervention before the memorandum", "committed before the memorandum": "Rapid intervention: committed before the memorandum", "commitment before the memorandum refused": "Rapid intervention waits for the memorandum",
	"notice given to end the memorandum": "Notice given: the memorandum ends", "notice to end the memorandum withdrawn": "Notice withdrawn: the memorandum goes on", "memorandum ended": "Memorandum ended", "budget too small for a forward commitment": "The budget is too small for a forward commitment", "forward commitment met": "The budget of a forward commitment is there", "commitment stopped": "The practice could not accept the memorandum: money is missing",
	"claim made": "Claim made", "claim returned": "Claim returned", "claim withdrawn": "Claim withdrawn by the practice", "claim checked": "Claim checked", "claim approved": "Claim approved", "approval of a claim undone": "Approval of a claim undone", "claim approved in part": "Claim approved by the first of two people", "offer approved in part": "Offer approved by the first of two people",
	"claim paid": "Claim paid", "payment failed or came back": "A payment failed or came back", "payment said to have been made after all": "A payment is said to have been made after all", "payment made after all": "A payment was made after all", "payment not made after all": "Not agreed that a payment was made after all", "taken back that a payment was made after all": "Taken back that a payment was made after all", "money received": "Money received", "payment disputed": "The practice says that a payment is wrong", "dispute of a payment answered": "Answer about a payment", "asked again whether money arrived": "Asked again whether money arrived", "money asked back": "Money is asked back", "recovery decided": "Decision on money that is asked back", "decision on a recovery proposed": "Decision on money that is asked back, as the first of two", "decision on a recovery not agreed": "Decision on money that is asked back: not agreed", "money paid back": "Money came back", "practice reminded of an instalment": "Reminder of an instalment", "case handed to the successor": "Case handed to the practice that took over", "invoice entered": "Provider’s invoice entered", "money received by the provider": "Money received by the provider", "case closed": "Case closed", "follow-up begun": "Follow-up is due", "follow-up recorded": "Follow-up recorded", "follow-up not possible": "Follow-up not possible", "progress reported": "Progress reported", "reports of progress read": "Reports of progress read", "draft discarded": "Draft discarded",
	"concern raised": "Concern about the support raised", "concern answered": "Concern answered", "concern escalated": "Concern escalated", "answer to a concern contested": "The answer to a concern does not help", "concern withdrawn": "Concern withdrawn", "concern not answered in time": "Concern not answered in time: it goes to the team lead",
	"milestone planned": "Milestone added to the action plan", "milestone done": "Milestone done", "milestone moved": "Day of a milestone moved", "milestone dropped": "Milestone dropped",
}

func heading(act string) string {
	if h, ok := headings[act]; ok {
		return h
	}
	return act
}

// wordLabels are the texts of an event in the order in which they are shown. A label of "" shows the text alone.
var wordLabels = []struct{ name, label string }{
	{"for_practice", "For"}, {"ends", "Ends on"}, {"committed", "Committed"}, {"memorandum_due", "Memorandum due by"}, {"not_answered", "No answer from"}, {"shares", "Shares of the cost"},

	{"concern", ""}, {"severity", "How serious"}, {"about", "About"}, {"words", ""}, {"wish", "What they would like"}, {"waits_for", "Waits for"},
	{"milestone", ""}, {"owner", "Who does it"}, {"high_impact", "High impact action"}, {"due_before", "Was due"}, {"due", "Due"}, {"done", "Done on"},
	{"assignee", "Given to"}, {"contact", "Contact"}, {"question", "Question"}, {"answer", "Answer"}, {"reason", "Reason"}, {"message", ""}, {"note", ""},
	{"version", "Assessment number"}, {"changed", "Changed"}, {"recommended", "Recommended"}, {"decided", "Decided"}, {"because", "Because"}, {"points", "To look at again"}, {"reasons", "Reasons"},
	{"statement", "Stated"}, {"nature", "Interest"}, {"letter", "Letter"}, {"posted", "Posted on"},
	{"rating", ""}, {"provider", "For"}, {"progress", ""}, {"report", "Up to report"}, {"claim", ""}, {"dispute", "What is wrong"}, {"settled", "How it was settled"}, {"approval", ""}, {"on behalf of", "For"}, {"not paid", "Not paid"}, {"recovery", "Asked back"}, {"instalments", "To be paid back in"}, {"came back", "Came back"}, {"waived", "Not asked for any more"}, {"handed", ""}, {"paid on", "Paid on"}, {"payment", "What happened"}, {"correction", "Payment"}, {"made on", "Made after all on"}, {"shown by", "Shown by"}, {"said by", "Who says so"}, {"outcome", "Outcome"}, {"undelivered", "Less was given than promised"}, {"forward", ""}, {"missing", "Missing"}, {"no_memorandum", "Why the memorandum did not come about"}, {"released", "Given back to the budget"}, {"follow_up_on", "Follow-up on"}, {"follow_up", ""}, {"found", ""}, {"reached", "What was expected"}, {"practice_says", "What the practice says"}, {"more_help", "More help is needed"},
	{"line_added", "Line added"}, {"line_before", "Line before"}, {"line_after", "Line now"}, {"line_removed", "Line removed"}, {"lines_declined", "Declined"}, {"conditions", "Conditions"},
	{"practice_time", "The practice’s own time"}, {"name", "Name"}, {"role", "Role"}, {"hash", "SHA-256 of the text"},
}

// moment is an event as the timeline shows it. Somebody of the practice is not told who else reads it.
func moment(h casework.Happening, staff bool) part.Moment {
	who := h.Who
	if who == "" {
		who = "The service"
	}
	title := heading(h.Act)
	if h.Act == "note added" && h.Audience == audit.ForPractice {
		title = "Message"
	}
	m := part.Moment{Heading: title, Who: who, When: calendar.Words(h.RecordedAt), DateTime: audit.Instant(h.RecordedAt)}
	for _, w := range wordLabels {
		text := h.Words[w.name]
		if text == "" {
			continue
		}
		if m.Text != "" {
			m.Text += "\n\n"
		}
		if w.label != "" {
			m.Text += w.label + ": "
		}
		m.Text += text
	}
	for _, c := range h.Changes {
		if c.Attribute == "information_due_on" && c.After != nil {
			m.Text += "\n\nAnswer by: " + dayWords(*c.After)
		}
		if c.Attribute == "reserve_position" && c.Before != nil && c.After != nil {
			m.Text += "\n\nPlace " + *c.Before + ", now " + *c.After
		}
		if c.Attribute == "decision_review_due_on" && c.After != nil {
			m.Text += "\n\nAnswer by: " + dayWords(*c.After)
		}
		if c.Attribute == "offer_expires_on" && c.After != nil {
			m.Text += "\n\nAnswer by: " + dayWords(*c.After)
		}
		if c.Attribute == "hold_review_on" && c.After != nil {
			m.Text += "\n\nReview on: " + dayWords(*c.After)
		}
	}
	if staff {
		for _, c := range h.Changes {
			if c.Attribute == "early_commitment" {
				m.Text += "\n\nThe request to commit rapid intervention before the memorandum ended by this: nobody had decided on it."
			}
		}
		m.Audience, m.AudienceColour = "Local team only", "grey"
		if h.Audience == audit.ForPractice {
			m.Audience, m.AudienceColour = "Practice can read this", "aqua-green"
		}
	}
	return m
}

func dayWords(s string) string {
	d, err := calendar.ParseDate(s)
	if err != nil {
		return s
	}
	return d.Words()
}

// Timeline draws what happened.
func Timeline(list []casework.Happening, staff bool) part.Timeline {
	t := part.Timeline{}
	for i, h := range list {
		if h.Act == "request changed" && i > 0 { // each time that a draft was saved is of interest only while it is the last
			continue
		}
		t.Moments = append(t.Moments, moment(h, staff))
	}
	return t
}

// options turns the year's list into choices, and marks what is local.
func options(list []casework.Option) []part.Option {
	var choices []part.Option
	for _, o := range list {
		hint := o.Hint
		if o.Local {
			hint = strings.TrimSpace(hint + " (set locally)")
		}
		choices = append(choices, part.Option{Value: o.Code, Text: o.Name, Hint: hint})
	}
	return choices
}

func orNotGiven(s string) string {
	if s == "" {
		return "Not given"
	}
	return s
}
