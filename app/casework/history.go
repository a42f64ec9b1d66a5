package casework

import "slices"

// Newest is how many happenings the page of a case shows; the others are on the page of its history.
const Newest = 15

// HistoryPage is how many happenings a page of the history shows.
const HistoryPage = 50

// Strand is a kind of happening by which the history of a case can be narrowed.
type Strand string

// The strands. What is in none of the others is Progress.
const (
	Messages  Strand = "messages"  // notes, messages, questions and answers
	Decisions Strand = "decisions" // assessments, recommendations, decisions, letters
	Funds     Strand = "money"     // offers, memoranda, claims and payments
	Progress  Strand = "progress"  // who has the case and how it goes on
)

// Strands lists them in the order in which people choose.
var Strands = []Strand{Messages, Decisions, Funds, Progress}

var strandNames = map[Strand]string{Messages: "Messages and notes", Decisions: "Assessment, decisions and letters", Funds: "Offers and money", Progress: "Progress of the case"}

// Name is the strand as people say it.
func (s Strand) Name() string { return strandNames[s] }

var strandOf = map[Act]Strand{
	Write: Messages, AskFor: Messages, Answer: Messages,
	BeginAssessment: Decisions, Assess: Decisions, ReviewAssessment: Decisions, Recommend: Decisions, Return: Decisions, Decide: Decisions, SendLetter: Decisions,
	PromoteReserve: Decisions, MoveReserve: Decisions, LookAgain: Decisions, AskReview: Decisions, UpholdDecision: Decisions, ReopenDecision: Decisions, DeclareInterest: Decisions,
	DraftOffer: Funds, ApproveOffer: Funds, SendOffer: Funds, AskForward: Funds, MeetForward: Funds, CancelOffer: Funds, AcceptOffer: Funds, AskOffer: Funds, ReplyOffer: Funds, DeclineOffer: Funds, LapseOffer: Funds, RemindOffer: Funds,
	BeginFollowUp: Progress, RecordFollowUp: Progress, SkipFollowUp: Progress,
	RaiseConcern: Progress, AnswerConcern: Progress, EscalateConcern: Progress, ContestConcern: Progress, WithdrawConcern: Progress, PassConcern: Progress,
	ReportProgress: Progress, ReadProgress: Progress, PlanMilestone: Progress, MeetMilestone: Progress, MoveMilestone: Progress, DropMilestone: Progress,
	DraftAgreement: Funds, AcceptAgreement: Funds, CountersignIt: Funds, VaryAgreement: Funds, EndAgreement: Funds, WithdrawNotice: Funds, AgreementEnds: Funds, AskEarly: Funds, DecideEarly: Funds, Claim: Funds, EnterInvoice: Funds, ReturnClaim: Funds, WithdrawClaim: Funds, CheckClaim: Funds, ApproveClaim: Funds, UndoClaim: Funds,
	RecordPayment: Funds, PutBackPayment: Funds, CorrectPayment: Funds, AnswerCorrection: Funds, WithdrawCorrection: Funds, ConfirmPaid: Funds, ConfirmInvoice: Funds, DisputePaid: Funds, AnswerDispute: Funds, AskReceipt: Funds, RaiseRecovery: Funds, DecideRecovery: Funds, RecordRepayment: Funds, RemindRecovery: Funds,
}

// Events of acts that the table of transitions names otherwise, since what they did was not the whole of it.
const (
	OfferApprovedInPart = "offer approved in part"
	ClaimApprovedInPart = "claim approved in part"
	RecoveryProposed    = "decision on a recovery proposed"
	RecoveryObjected    = "decision on a recovery not agreed"
	CorrectionRefused   = "payment not made after all"
)

// alsoRecords are such events by their acts.
var alsoRecords = map[Act][]string{
	ApproveOffer: {OfferApprovedInPart}, ApproveClaim: {ClaimApprovedInPart}, ReviewAssessment: {"assessment returned"}, Assess: {"assessment completed"}, CountersignIt: {CommitmentStopped},
	DecideEarly: {EarlyRefused}, AskForward: {ForwardAuthorised, ForwardRefused, ForwardShort}, DecideRecovery: {RecoveryProposed, RecoveryObjected}, AnswerCorrection: {CorrectionRefused},
}

// Strand is the strand to which the events of an act belong.
func (a Act) Strand() Strand {
	if s, ok := strandOf[a]; ok {
		return s
	}
	return Progress
}

// Events names the events of a strand, as the table of transitions records them.
func (s Strand) Events() []string {
	var names []string
	for _, t := range Transitions {
		if t.Act.Strand() == s && !slices.Contains(names, t.Records) {
			names = append(names, t.Records)
		}
	}
	for act, also := range alsoRecords {
		if act.Strand() == s {
			names = append(names, also...)
		}
	}
	slices.Sort(names)
	return names
}

// HistoryFilter narrows the history of a case. The zero value is its newest page.
type HistoryFilter struct {
	Strand Strand // empty: all
	Before int64  // number of an event: only what came before it; 0: from the newest on
}

// History is one page of what happened to a case, the newest first.
type History struct {
	Happenings []Happening
	Older      bool // there is more before the last of the page
}
