package casework

import (
	"slices"

	"resilience/app/calendar"
	"resilience/app/practice"
)

// WorkKind is what waits for somebody.
type WorkKind string

// Kinds of work, in the order of the life of a case.
const (
	WorkAssign           WorkKind = "assign"
	WorkAcknowledge      WorkKind = "acknowledge"
	WorkBegin            WorkKind = "begin"
	WorkAssess           WorkKind = "assess"
	WorkReview           WorkKind = "review"
	WorkAssessAgain      WorkKind = "assess_again"
	WorkRecommend        WorkKind = "recommend"
	WorkDecide           WorkKind = "decide"
	WorkDecider          WorkKind = "decider"
	WorkLetter           WorkKind = "letter"
	WorkDecisionReview   WorkKind = "decision_review"
	WorkWriteOffer       WorkKind = "write_offer"
	WorkApproveOffer     WorkKind = "approve_offer"
	WorkAskForward       WorkKind = "ask_forward"
	WorkAuthorise        WorkKind = "authorise"
	WorkSendOffer        WorkKind = "send_offer"
	WorkReply            WorkKind = "reply"
	WorkMemorandum       WorkKind = "memorandum"
	WorkSignatory        WorkKind = "signatory"
	WorkCountersign      WorkKind = "countersign"
	WorkStopped          WorkKind = "stopped"
	WorkEarly            WorkKind = "early"
	WorkDueMemorandum    WorkKind = "due_memorandum"
	WorkForward          WorkKind = "forward"
	WorkMilestone        WorkKind = "milestone"
	WorkReport           WorkKind = "report"
	WorkConcern          WorkKind = "concern"
	WorkLeadConcern      WorkKind = "lead_concern"
	WorkProgrammeConcern WorkKind = "programme_concern"
	WorkCheckClaim       WorkKind = "check_claim"
	WorkApproveClaim     WorkKind = "approve_claim"
	WorkRelease          WorkKind = "release"
	WorkCorrection       WorkKind = "correction"
	WorkDispute          WorkKind = "dispute"
	WorkReceipt          WorkKind = "receipt"
	WorkProviderReceipt  WorkKind = "provider_receipt"
	WorkRecovery         WorkKind = "recovery"
	WorkInstalment       WorkKind = "instalment"
	WorkClose            WorkKind = "close"
	WorkFollowUp         WorkKind = "follow_up"
	WorkHold             WorkKind = "hold"
	WorkInformation      WorkKind = "information"
	WorkAllocation       WorkKind = "allocation"
	WorkBudgetChange     WorkKind = "budget_change"
	WorkCloseYear        WorkKind = "close_year"
)

// workKinds says of each kind what has to be done, for one and as the name of many, and the act by which it is done; where
// that is empty it is done elsewhere, or by talking to somebody.
var workKinds = []struct {
	kind      WorkKind
	do, names string
	act       Act
}{
	{WorkAssign, "Give the case to somebody", "Cases to give out", Assign},
	{WorkAcknowledge, "Acknowledge the request", "Requests to acknowledge", Acknowledge},
	{WorkBegin, "Begin the assessment", "Assessments to begin", BeginAssessment},
	{WorkAssess, "Finish the assessment", "Assessments to finish", Assess},
	{WorkReview, "Review a colleague’s assessment", "Assessments to review", ReviewAssessment},
	{WorkAssessAgain, "Assess again: a colleague returned it", "Assessments that came back", BeginAssessment},
	{WorkRecommend, "Recommend", "Recommendations to make", Recommend},
	{WorkDecide, "Decide", "Decisions to make", Decide},
	{WorkDecider, "Have somebody named who can decide: no lead of the team may", "Cases that no lead of the team may decide", ""},
	{WorkLetter, "Send the letter", "Letters to send", SendLetter},
	{WorkDecisionReview, "Review a decision that the practice asked about", "Decisions to review", UpholdDecision},
	{WorkWriteOffer, "Write the offer", "Offers to write", DraftOffer},
	{WorkApproveOffer, "Approve the offer", "Offers to approve", ApproveOffer},
	{WorkAskForward, "Ask for a forward commitment: a part has no budget yet", "Forward commitments to ask for", AskForward},
	{WorkAuthorise, "Authorise a forward commitment, or refuse it", "Forward commitments to authorise", ""},
	{WorkSendOffer, "Send the offer", "Offers to send", SendOffer},
	{WorkReply, "Answer a question about the offer", "Questions about offers", ReplyOffer},
	{WorkMemorandum, "Write the memorandum", "Memoranda to write", DraftAgreement},
	{WorkSignatory, "Have a signatory named: nobody can accept the memorandum for the practice", "Memoranda that nobody at the practice can accept", ""},
	{WorkCountersign, "Accept the memorandum for the team", "Memoranda to accept", CountersignIt},
	{WorkStopped, "Find the money for a memorandum that the practice could not accept", "Memoranda that wait for money", ""},
	{WorkEarly, "Decide on rapid intervention before the memorandum", "Rapid intervention to decide on", DecideEarly},
	{WorkDueMemorandum, "Have the memorandum agreed: money is committed", "Memoranda due after rapid intervention", ""},
	{WorkForward, "Find the money for a forward commitment: its budget is too small", "Forward commitments whose budget is too small", ""},
	{WorkMilestone, "See to a milestone", "Milestones", MeetMilestone},
	{WorkReport, "Read a report of progress", "Reports to read", ReadProgress},
	{WorkConcern, "Answer a concern about the support", "Concerns to answer", AnswerConcern},
	{WorkLeadConcern, "Answer a concern that was escalated", "Concerns that were escalated", AnswerConcern},
	{WorkProgrammeConcern, "Answer a concern that was handed to the programme", "Concerns for the programme", AnswerConcern},
	{WorkCheckClaim, "Check a claim", "Claims to check", CheckClaim},
	{WorkApproveClaim, "Approve a claim", "Claims to approve", ApproveClaim},
	{WorkRelease, "Release a payment", "Payments to release", ""},
	{WorkCorrection, "Answer whether a payment was made after all", "Payments said to have been made after all", AnswerCorrection},
	{WorkDispute, "Answer what the practice says of a payment", "Payments that practices say are wrong", AnswerDispute},
	{WorkReceipt, "Find out whether money arrived", "Payments that nobody has confirmed", ""},
	{WorkProviderReceipt, "Record that the provider has the money", "Payments of providers to confirm", ConfirmInvoice},
	{WorkRecovery, "Decide on money that is asked back", "Money asked back, to decide on", DecideRecovery},
	{WorkInstalment, "See to an instalment that is overdue", "Overdue instalments", RecordRepayment},
	{WorkClose, "Close the case: its memorandum has ended", "Cases whose memorandum has ended, to close", ""},
	{WorkFollowUp, "Record the follow-up of a closed case", "Follow-ups to record", RecordFollowUp},
	{WorkHold, "Look at a case on hold", "Cases on hold to look at", Resume},
	{WorkInformation, "Remind the practice of your question", "Questions to practices that are overdue", ""},
	{WorkAllocation, "Approve an allocation, or refuse it", "Allocations to approve", ""},
	{WorkBudgetChange, "Agree to a change of a budget, or refuse it", "Changes of budgets to agree to", ""},
	{WorkCloseYear, "Agree to the closing of a financial year", "Financial years to close", ""},
}

// WorkKinds lists the kinds in their order.
func WorkKinds() []WorkKind {
	list := make([]WorkKind, len(workKinds))
	for i, k := range workKinds {
		list[i] = k.kind
	}
	return list
}

// Do says what has to be done.
func (k WorkKind) Do() string {
	for _, one := range workKinds {
		if one.kind == k {
			return one.do
		}
	}
	return ""
}

// Names is what many of the kind are called.
func (k WorkKind) Names() string {
	for _, one := range workKinds {
		if one.kind == k {
			return one.names
		}
	}
	return ""
}

// Act is the act by which it is done; empty: it is done elsewhere than on the case.
func (k WorkKind) Act() Act {
	for _, one := range workKinds {
		if one.kind == k {
			return one.act
		}
	}
	return ""
}

// WorkItem is one thing that waits for somebody.
type WorkItem struct {
	Kind         WorkKind
	Case         ID
	Reference    string
	PracticeName string // of the practice that leads
	// Team and TeamName are of the team whose financial year, allocation or change of a budget waits, and Year is which; no case is then.
	Team     practice.Code
	TeamName string
	Year     calendar.Year
	Number   int // of the claim or milestone within the case, or that of a forward commitment, allocation or change of a budget; 0: it is about the case
	Day      calendar.Date
	// Due: it has to be done by Day. Otherwise it has waited since then.
	Due bool
}

// Late tells whether it was due before today.
func (w WorkItem) Late(today calendar.Date) bool { return w.Due && w.Day.Before(today) }

// WorkCount is how many things of a kind wait.
type WorkCount struct {
	Kind WorkKind
	N    int
}

// Work is one page of what waits for a person, the oldest day first.
type Work struct {
	Items  []WorkItem
	Counts []WorkCount // of every kind of which there is something, in the order of the kinds
	Kind   WorkKind    // the one that is shown; empty: all
	Page   int         // from 1
}

// Several tells whether more than one thing of a kind waits and is shown.
func (w Work) Several(kind WorkKind) bool {
	return (w.Kind == "" || w.Kind == kind) && slices.ContainsFunc(w.Counts, func(c WorkCount) bool { return c.Kind == kind && c.N > 1 })
}

// Total is how many of what is shown there are on all pages.
func (w Work) Total() int {
	n := 0
	for _, c := range w.Counts {
		if w.Kind == "" || w.Kind == c.Kind {
			n += c.N
		}
	}
	return n
}

// Pages is how many pages there are, at least one.
func (w Work) Pages() int { return max(1, (w.Total()+PageSize-1)/PageSize) }
