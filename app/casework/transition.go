package casework

import (
	"slices"
	"strings"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
)

// Act is something that a person does to a case.
type Act string

// The acts.
const (
	Ask         Act = "ask"         // begin a request as a draft
	Edit        Act = "edit"        // change the draft
	Send        Act = "send"        // send the request to the local team
	Open        Act = "open"        // open a case for a practice that has not asked
	Assign      Act = "assign"      // give it to a caseworker
	Acknowledge Act = "acknowledge" // name the contact
	AskFor      Act = "ask_for_information"
	Answer      Act = "answer"
	HoldOn      Act = "hold"
	Resume      Act = "resume"
	Write       Act = "write" // a note, or a message between practice and contact
	Withdraw    Act = "withdraw"

	DeclareInterest Act = "declare_interest" // bars the person from what is decided, approved and paid
	BeginAssessment Act = "begin_assessment"
	Assess          Act = "assess"
	// ReviewAssessment is a second person's agreement with a complete assessment, or its return with points.
	ReviewAssessment Act = "review_assessment"
	Recommend        Act = "recommend"
	Return           Act = "return" // the recommendation goes back to the assessor with points
	Decide           Act = "decide"
	SendLetter       Act = "send_letter"

	PromoteReserve Act = "promote"         // from the reserve list to support
	MoveReserve    Act = "move_on_reserve" // to another place on the list
	LookAgain      Act = "look_again"      // at a case that has waited on the list for long
	AskReview      Act = "ask_for_review"  // of a decision
	UpholdDecision Act = "uphold_decision"
	ReopenDecision Act = "reopen_decision"

	DraftOffer   Act = "draft_offer" // write the offer, or change it, which voids its approval
	ApproveOffer Act = "approve_offer"
	AskForward   Act = "ask_forward"  // for what falls in a year without a budget to be authorised
	MeetForward  Act = "meet_forward" // by its budget, once that has come
	SendOffer    Act = "send_offer"
	CancelOffer  Act = "cancel_offer"
	AcceptOffer  Act = "accept_offer"
	DeclineOffer Act = "decline_offer"
	AskOffer     Act = "ask_about_offer"    // by the practice, before it answers
	ReplyOffer   Act = "answer_about_offer" // by the team
	LapseOffer   Act = "lapse_offer"
	RemindOffer  Act = "remind_offer" // of the practice, once

	DraftAgreement  Act = "draft_agreement"
	AcceptAgreement Act = "accept_agreement" // by the practice's signatory
	CountersignIt   Act = "countersign_agreement"
	AskEarly        Act = "ask_early"      // to commit rapid intervention before the memorandum
	DecideEarly     Act = "decide_early"   // by somebody else
	VaryAgreement   Act = "vary_agreement" // begin a variation of what was agreed
	EndAgreement    Act = "end_agreement"  // give notice, by either side
	WithdrawNotice  Act = "withdraw_notice"
	AgreementEnds   Act = "agreement_ends" // on the day of a notice

	Claim          Act = "claim"
	EnterInvoice   Act = "enter_invoice" // of a provider, by the team
	ReturnClaim    Act = "return_claim"
	WithdrawClaim  Act = "withdraw_claim" // by the practice, before it is released
	CheckClaim     Act = "check_claim"
	ApproveClaim   Act = "approve_claim"
	UndoClaim      Act = "undo_claim_approval" // before its payment is released
	RecordPayment  Act = "record_payment"
	PutBackPayment Act = "put_back_payment" // it failed, or came back
	// Of such a payment: to say that it was made after all, and by somebody else to agree or refuse.
	CorrectPayment     Act = "correct_payment"
	AnswerCorrection   Act = "answer_correction"
	WithdrawCorrection Act = "withdraw_correction"

	ConfirmPaid    Act = "confirm_received"
	ConfirmInvoice Act = "confirm_provider" // on the provider's word
	DisputePaid    Act = "dispute_payment"  // by the practice: it did not arrive as it was paid
	AnswerDispute  Act = "answer_dispute"
	AskReceipt     Act = "ask_receipt" // of the practice, once, after the days that it has
	// Of what was paid: to ask it back, to decide on that, and to note that it came.
	RaiseRecovery   Act = "raise_recovery"
	DecideRecovery  Act = "decide_recovery"
	RecordRepayment Act = "record_repayment"
	RemindRecovery  Act = "remind_recovery" // of an instalment that is overdue
	HandToSuccessor Act = "hand_to_successor"
	Close           Act = "close"
	BeginFollowUp   Act = "begin_follow_up" // of a closed case, on its day
	RecordFollowUp  Act = "record_follow_up"
	SkipFollowUp    Act = "skip_follow_up" // it is not possible

	ReportProgress Act = "report_progress" // by the practice, or by the team for a provider
	ReadProgress   Act = "read_progress"

	PlanMilestone Act = "plan_milestone"
	MeetMilestone Act = "meet_milestone" // by the practice of its own, by the team of all
	MoveMilestone Act = "move_milestone" // to another day, with a reason
	DropMilestone Act = "drop_milestone" // it will not be done

	RaiseConcern    Act = "raise_concern" // about the support, by either side
	AnswerConcern   Act = "answer_concern"
	EscalateConcern Act = "escalate_concern" // to the lead, or to the programme
	ContestConcern  Act = "contest_concern"  // the answer does not help
	WithdrawConcern Act = "withdraw_concern"
	PassConcern     Act = "pass_concern" // to the lead, since nobody answered in time
)

// Party is who a person is to a case. One person can be several.
type Party string

// The parties.
const (
	LeadPractice   Party = "lead practice"     // practice manager of the practice that leads
	MemberPractice Party = "practice"          // practice manager of any practice of the case
	Holder         Party = "holder"            // the caseworker who has the case
	TeamCaseworker Party = "caseworker"        // any caseworker of the team
	TeamLead       Party = "team lead"         // the lead of the team
	TeamFinance    Party = "finance officer"   // of the team or of its region
	Signer         Party = "signatory"         // of the practice that leads
	SharePractice  Party = "sharing practice"  // practice manager of a practice of a group, where the cost is shared and it has not declined
	ShareSigner    Party = "sharing signatory" // its signatory
	Programme      Party = "programme"         // programme manager of England, of a case with a concern that waits for them
	Above          Party = "above"             // programme manager of the region or of England
	TheSystem      Party = "the system"        // a day that has come
)

// Audience of an act: whom it tells.
type Audience int

// Audiences.
const (
	Team            Audience = iota // the local team only
	Practice                        // the practice too: it is word to the practice
	PracticeIfKnows                 // the practice too, unless it does not know of the case yet
	Drafters                        // the practice alone: nothing has been sent
)

// Transition is one row of the table that drives what a page offers and what the server allows.
type Transition struct {
	Act  Act
	From []State // empty: there is no case yet
	To   State   // empty: the stage stays
	Who  []Party
	// When chooses between rows of one act at one stage. nil: always.
	When func(*Case) bool
	// Guard says why the person cannot do the act now, or "" when they can. nil: nothing more to check.
	Guard func(*Case, account.Actor) string
	// Quiet leaves the act out of the page while the guard refuses it, since nobody would look for it there.
	Quiet bool
	// Label is the words on the button.
	Label string
	// Records is the name of the event, in the past tense.
	Records string
	Tells   Audience
}

// Groups of stages.
var (
	live     = []State{Referred, Triage, Assessment, Decision, Supported, Reserve, NotNow, Offered, Agreeing, Delivery}
	working  = []State{Triage, Assessment, Decision, Supported, Reserve, Offered, Agreeing, Delivery}         // the team works on it, and the practice knows
	before   = []State{Referred, Triage, Assessment, Decision, Supported, Reserve, NotNow, Offered, Agreeing} // no money is committed
	handlers = []Party{Holder, TeamLead}
	// Money that was paid can be asked back while support is given and after it.
	afterPaying = []State{Delivery, Closed}
	handedOn    = append(append([]State{}, live...), Closed)
	// Where the cost of an offer is shared, each practice of the group answers, signs and claims for itself.
	answerers = []Party{LeadPractice, Signer, SharePractice, ShareSigner}
	signers   = []Party{Signer, ShareSigner}
	claimants = []Party{LeadPractice, SharePractice}
	// Whoever sees how the support goes can say that it does not go well.
	concerned = []Party{MemberPractice, Signer, Holder, TeamCaseworker, TeamLead}
)

// Transitions is the whole table. An act appears more than once when it leads elsewhere, or tells somebody else, in
// another stage.
var Transitions = []Transition{
	{Act: Ask, To: Draft, Who: []Party{LeadPractice}, Label: "Ask for support", Records: "request begun", Tells: Drafters},
	{Act: Edit, From: []State{Draft}, Who: []Party{LeadPractice}, Label: "Change the request", Records: "request changed", Tells: Drafters},
	{Act: Send, From: []State{Draft}, To: Referred, Who: []Party{LeadPractice}, Label: "Send the request", Records: "case referred", Tells: Practice},
	{Act: Open, To: Referred, Who: []Party{TeamCaseworker, TeamLead}, Label: "Open a case", Records: "case opened"},

	{Act: Assign, From: []State{Referred}, Who: []Party{TeamLead}, Label: "Assign", Records: "case assigned"},
	{Act: Assign, From: working, Who: []Party{TeamLead}, Label: "Reassign", Records: "contact changed", Tells: Practice},
	{Act: Assign, From: []State{Closed}, Who: []Party{TeamLead}, When: followUpOpen, Label: "Reassign", Records: "contact changed", Tells: Practice},
	{Act: Acknowledge, From: []State{Referred}, To: Triage, Who: handlers, Guard: all(held, notOnHold), Label: "Acknowledge", Records: "case acknowledged", Tells: Practice},

	{Act: BeginAssessment, From: []State{Triage}, To: Assessment, Who: handlers, Guard: notOnHold, Label: "Begin the assessment", Records: "assessment begun"},
	{Act: BeginAssessment, From: []State{Reserve, NotNow}, To: Assessment, Who: handlers, Guard: all(notOnHold, noReviewOpen), Label: "Assess again", Records: "assessment begun"},
	{Act: Assess, From: []State{Assessment}, Who: handlers, When: assessmentIs(false), Guard: notOnHold, Label: "Assess", Records: "assessment changed"},
	{Act: ReviewAssessment, From: []State{Assessment}, Who: []Party{TeamCaseworker, TeamLead}, When: waitsForReview, Guard: all(notOnHold, notBarred, notAssessor), Label: "Review the assessment", Records: "assessment reviewed"},
	{Act: Recommend, From: []State{Assessment}, To: Decision, Who: handlers, Guard: all(notOnHold, notBarred, assessed, reviewed), Label: "Recommend", Records: "recommendation made"},
	{Act: BeginAssessment, From: []State{Assessment}, Who: handlers, When: assessmentIs(true), Guard: notOnHold, Label: "Assess again", Records: "assessment begun"},
	{Act: Return, From: []State{Decision}, To: Assessment, Who: []Party{TeamLead}, Guard: all(undecided, notBarred), Quiet: true, Label: "Return to assessment", Records: "recommendation returned"},
	{Act: Decide, From: []State{Decision}, Who: []Party{TeamLead}, When: isUndecided, Guard: all(notOnHold, notBarred, notRecommender, recommenderFree), Label: "Decide", Records: "decision made"},
	{Act: SendLetter, From: []State{Decision}, To: Supported, When: decidedAs(ForSupport), Who: handlers, Label: "Send the letter", Records: "decision letter sent", Tells: Practice},
	{Act: SendLetter, From: []State{Decision}, To: Reserve, When: decidedAs(ForReserve), Who: handlers, Label: "Send the letter", Records: "decision letter sent", Tells: Practice},
	{Act: SendLetter, From: []State{Decision}, To: NotNow, When: decidedAs(ForNotNow), Who: handlers, Label: "Send the letter", Records: "decision letter sent", Tells: Practice},

	{Act: PromoteReserve, From: []State{Reserve}, To: Supported, Who: []Party{TeamLead}, Guard: all(notOnHold, notBarred, noReviewOpen, notItsRecommender), Label: "Promote to support", Records: "case promoted", Tells: Practice},
	{Act: MoveReserve, From: []State{Reserve}, Who: []Party{TeamLead}, Guard: notBarred, Label: "Move on the reserve list", Records: "place on the reserve list changed"},
	{Act: LookAgain, From: []State{Reserve}, To: Assessment, Who: []Party{TheSystem}, Guard: all(notOnHold, noReviewOpen), Label: "Look at the case again", Records: "case back in the queue", Tells: Practice},
	{Act: AskReview, From: []State{Supported, Reserve, NotNow}, Who: []Party{LeadPractice, Signer, Holder, TeamLead}, When: reviewable, Guard: notReviewedYet, Quiet: true, Label: "Ask for a review of the decision", Records: "review of the decision asked for", Tells: Practice},
	{Act: UpholdDecision, From: []State{Supported, Reserve, NotNow}, Who: []Party{TeamCaseworker, TeamLead}, When: reviewIs(true), Guard: all(notBarred, notItsDecider, notItsRecommender), Label: "Review the decision: it stands", Records: "decision upheld", Tells: Practice},
	{Act: ReopenDecision, From: []State{Supported, Reserve, NotNow}, To: Assessment, Who: []Party{TeamCaseworker, TeamLead}, When: reviewIs(true), Guard: all(notBarred, notItsDecider, notItsRecommender, noLiveOffer), Label: "Review the decision: decide anew", Records: "decision reopened", Tells: Practice},

	{Act: DraftOffer, From: []State{Supported}, Who: handlers, Guard: notOnHold, Label: "Write the offer", Records: "offer written"},
	{Act: ApproveOffer, From: []State{Supported}, Who: []Party{TeamLead, TeamFinance}, When: offerIs("draft"), Guard: all(notOnHold, notBarred, hasLines, notDrafter), Label: "Approve the offer", Records: "offer approved"},
	{Act: SendOffer, From: []State{Supported}, To: Offered, Who: handlers, When: offerIs("approved"), Guard: all(notOnHold, noReviewOpen, approverFree, forwardAuthorised), Label: "Send the offer", Records: "offer sent", Tells: Practice},
	{Act: AskForward, From: []State{Supported}, Who: handlers, When: forwardOpen, Guard: all(notOnHold, notBarred), Label: "Ask for the forward commitment", Records: "forward commitment asked for"},
	{Act: MeetForward, From: []State{Supported, Offered, Agreeing}, Who: []Party{TheSystem}, Label: "Meet a forward commitment", Records: "forward commitment met"},
	{Act: MeetForward, From: []State{Delivery}, Who: []Party{TheSystem}, Label: "Meet a forward commitment", Records: "forward commitment met", Tells: Practice},
	{Act: CancelOffer, From: []State{Supported}, Who: handlers, When: offerIs("draft", "approved"), Guard: notBarred, Label: "Cancel the offer", Records: "offer cancelled"},
	{Act: CancelOffer, From: []State{Offered}, To: Supported, Who: handlers, Guard: notBarred, Label: "Cancel the offer", Records: "offer cancelled", Tells: Practice},
	{Act: AcceptOffer, From: []State{Offered}, To: Agreeing, Who: answerers, When: lastToAnswer, Guard: hasToAnswer, Label: "Accept the offer", Records: "offer accepted", Tells: Practice},
	{Act: AcceptOffer, From: []State{Offered}, Who: answerers, When: moreToAnswer, Guard: hasToAnswer, Label: "Accept the offer", Records: "offer accepted", Tells: Practice},
	{Act: DeclineOffer, From: []State{Offered}, To: Supported, Who: answerers, When: lastAndNobodyAccepted, Guard: hasToAnswer, Label: "Decline the offer", Records: "offer declined", Tells: Practice},
	{Act: DeclineOffer, From: []State{Offered}, To: Agreeing, Who: answerers, When: lastAndSomebodyAccepted, Guard: hasToAnswer, Label: "Decline the offer", Records: "offer declined", Tells: Practice},
	{Act: DeclineOffer, From: []State{Offered}, Who: answerers, When: moreToAnswer, Guard: hasToAnswer, Label: "Decline the offer", Records: "offer declined", Tells: Practice},
	{Act: AskOffer, From: []State{Offered}, Who: answerers, Guard: noOfferQuestion, Label: "Ask about the offer", Records: "question about the offer", Tells: Practice},
	{Act: ReplyOffer, From: []State{Offered}, Who: handlers, When: offerAsked, Label: "Answer the question about the offer", Records: "question about the offer answered", Tells: Practice},
	{Act: LapseOffer, From: []State{Offered}, To: Agreeing, Who: []Party{TheSystem}, When: somebodyAccepted, Label: "Close the offer for those who did not answer", Records: "offer closed", Tells: Practice},
	{Act: LapseOffer, From: []State{Offered}, To: Supported, Who: []Party{TheSystem}, When: nobodyAccepted, Label: "Let the offer lapse", Records: "offer lapsed", Tells: Practice},
	{Act: RemindOffer, From: []State{Offered}, Who: []Party{TheSystem}, Label: "Remind the practice of the offer", Records: "practice reminded of the offer", Tells: Practice},

	{Act: DraftAgreement, From: []State{Agreeing}, Who: handlers, When: noneAccepted, Guard: notOnHold, Label: "Write the memorandum of understanding", Records: "memorandum proposed", Tells: Practice},
	{Act: AcceptAgreement, From: []State{Agreeing}, To: Delivery, Who: signers, When: lastSignature, Guard: hasToSign, Label: "Accept the memorandum of understanding", Records: "memorandum accepted by the practice", Tells: Practice},
	{Act: AcceptAgreement, From: []State{Agreeing}, Who: signers, When: earlierSignature, Guard: hasToSign, Label: "Accept the memorandum of understanding", Records: "memorandum accepted by the practice", Tells: Practice},
	{Act: CountersignIt, From: []State{Agreeing}, To: Delivery, Who: []Party{TeamLead}, When: acceptedBy(true, false), Guard: notBarred, Label: "Accept the memorandum for the team", Records: "memorandum accepted by the team", Tells: Practice},
	{Act: CountersignIt, From: []State{Agreeing}, Who: []Party{TeamLead}, When: acceptedBy(false, false), Guard: notBarred, Label: "Accept the memorandum for the team", Records: "memorandum accepted by the team", Tells: Practice},

	{Act: AskEarly, From: []State{Agreeing}, Who: handlers, When: mayAskEarly, Guard: all(notOnHold, notBarred), Label: "Ask to commit before the memorandum", Records: "commitment before the memorandum asked for"},
	{Act: DecideEarly, From: []State{Agreeing}, To: Delivery, Who: []Party{TeamLead, TeamFinance}, When: earlyAsked, Guard: all(notOnHold, notBarred, notEarlyAsker), Label: "Decide on rapid intervention", Records: "committed before the memorandum", Tells: Practice},
	{Act: DraftAgreement, From: []State{Delivery}, Who: handlers, When: memorandumDue, Guard: notOnHold, Label: "Write the memorandum of understanding", Records: "memorandum proposed", Tells: Practice},
	{Act: AcceptAgreement, From: []State{Delivery}, Who: []Party{Signer}, When: memorandumWaits(true), Label: "Accept the memorandum of understanding", Records: "memorandum accepted by the practice", Tells: Practice},
	{Act: CountersignIt, From: []State{Delivery}, Who: []Party{TeamLead}, When: memorandumWaits(false), Guard: notBarred, Label: "Accept the memorandum for the team", Records: "memorandum accepted by the team", Tells: Practice},

	{Act: EndAgreement, From: []State{Delivery}, Who: []Party{LeadPractice, Signer, SharePractice, ShareSigner, TeamLead}, When: agreementStands, Guard: mayEnd, Label: "End the memorandum", Records: "notice given to end the memorandum", Tells: Practice},
	{Act: WithdrawNotice, From: []State{Delivery}, Who: []Party{LeadPractice, Signer, SharePractice, ShareSigner, TeamLead}, When: noticeOpen, Guard: ownNotice, Quiet: true, Label: "Withdraw the notice", Records: "notice to end the memorandum withdrawn", Tells: Practice},
	{Act: AgreementEnds, From: []State{Delivery}, Who: []Party{TheSystem}, When: noticeOpen, Label: "End the memorandum on its day", Records: AgreementEnded, Tells: Practice},
	{Act: VaryAgreement, From: []State{Delivery}, Who: handlers, When: mayVary, Guard: notOnHold, Label: "Propose a variation", Records: "variation begun"},
	{Act: DraftOffer, From: []State{Delivery}, Who: handlers, When: variationKept, Guard: notOnHold, Label: "Write the variation", Records: "variation written"},
	{Act: ApproveOffer, From: []State{Delivery}, Who: []Party{TeamLead, TeamFinance}, When: variationIs("variation"), Guard: all(notOnHold, notBarred, notVariationWriter), Label: "Approve the variation", Records: "variation approved"},
	{Act: DraftAgreement, From: []State{Delivery}, Who: handlers, When: variationReady, Guard: all(notOnHold, variationApproverFree, forwardAuthorised), Label: "Write the memorandum as varied", Records: "variation proposed", Tells: Practice},
	{Act: AskForward, From: []State{Delivery}, Who: handlers, When: forwardOpen, Guard: all(notOnHold, notBarred), Label: "Ask for the forward commitment", Records: "forward commitment asked for"},
	{Act: CancelOffer, From: []State{Delivery}, Who: handlers, When: variationKept, Guard: notBarred, Label: "Cancel the variation", Records: "variation cancelled"},
	{Act: CancelOffer, From: []State{Delivery}, Who: handlers, When: variationProposed, Guard: notBarred, Label: "Cancel the variation", Records: "variation cancelled", Tells: Practice},
	{Act: DeclineOffer, From: []State{Delivery}, Who: answerers, When: variationWaits(true), Guard: hasToAgree, Label: "Decline the variation", Records: "variation declined", Tells: Practice},
	{Act: AcceptAgreement, From: []State{Delivery}, Who: signers, When: variationWaits(true), Guard: hasToSign, Label: "Accept the memorandum as varied", Records: "memorandum accepted by the practice", Tells: Practice},
	{Act: CountersignIt, From: []State{Delivery}, Who: []Party{TeamLead}, When: variationWaits(false), Guard: notBarred, Label: "Accept the memorandum as varied for the team", Records: "memorandum accepted by the team", Tells: Practice},

	{Act: Claim, From: []State{Delivery}, Who: claimants, Label: "Claim money", Records: "claim made", Tells: Practice},
	{Act: EnterInvoice, From: []State{Delivery}, Who: handlers, Guard: notBarred, Label: "Enter a provider’s invoice", Records: "invoice entered", Tells: Practice},
	{Act: ReturnClaim, From: []State{Delivery}, Who: handlers, Guard: notBarred, Label: "Return a claim", Records: "claim returned", Tells: Practice},
	{Act: WithdrawClaim, From: []State{Delivery}, Who: claimants, Label: "Withdraw a claim", Records: "claim withdrawn", Tells: Practice},
	{Act: CheckClaim, From: []State{Delivery}, Who: handlers, Guard: notBarred, Label: "Check a claim", Records: "claim checked", Tells: Practice},
	{Act: ApproveClaim, From: []State{Delivery}, Who: []Party{TeamLead, TeamFinance}, Guard: notBarred, Label: "Approve a claim", Records: "claim approved", Tells: Practice},
	{Act: UndoClaim, From: []State{Delivery}, Who: []Party{TeamLead, TeamFinance}, Guard: notBarred, Label: "Undo the approval of a claim", Records: "approval of a claim undone", Tells: Practice},
	{Act: RecordPayment, From: []State{Delivery}, Who: []Party{TeamFinance}, Guard: notBarred, Label: "Record a payment", Records: "claim paid", Tells: Practice},
	{Act: PutBackPayment, From: []State{Delivery}, Who: []Party{TeamFinance}, Guard: notBarred, Label: "Record that a payment failed or came back", Records: "payment failed or came back", Tells: Practice},
	{Act: CorrectPayment, From: []State{Delivery}, Who: []Party{TeamFinance}, Guard: notBarred, Label: "Say that a payment was made after all", Records: "payment said to have been made after all"},
	{Act: AnswerCorrection, From: []State{Delivery}, Who: []Party{TeamLead, TeamFinance}, Guard: notBarred, Label: "Answer whether a payment was made after all", Records: "payment made after all", Tells: Practice},
	{Act: WithdrawCorrection, From: []State{Delivery}, Who: []Party{TeamFinance}, Label: "Take back that a payment was made after all", Records: "taken back that a payment was made after all"},
	{Act: ConfirmPaid, From: []State{Delivery}, Who: claimants, Label: "Confirm that money arrived", Records: "money received", Tells: Practice},
	{Act: ConfirmInvoice, From: []State{Delivery}, Who: handlers, Guard: notBarred, Label: "Record that the provider has the money", Records: "money received by the provider", Tells: Practice},
	{Act: DisputePaid, From: []State{Delivery}, Who: claimants, Label: "Say that a payment is wrong", Records: "payment disputed", Tells: Practice},
	{Act: AnswerDispute, From: []State{Delivery}, Who: []Party{Holder, TeamLead, TeamFinance}, Guard: notBarred, Label: "Answer what a practice says of a payment", Records: "dispute of a payment answered", Tells: Practice},
	{Act: AskReceipt, From: []State{Delivery}, Who: []Party{TheSystem}, Label: "Ask again whether money arrived", Records: "asked again whether money arrived", Tells: Practice},
	{Act: RaiseRecovery, From: afterPaying, Who: []Party{Holder, TeamLead, TeamFinance}, Guard: notBarred, Label: "Ask money back", Records: "money asked back", Tells: Practice},
	{Act: DecideRecovery, From: afterPaying, Who: []Party{TeamLead, TeamFinance}, Guard: notBarred, Label: "Decide on money that is asked back", Records: "recovery decided", Tells: Practice},
	{Act: RecordRepayment, From: afterPaying, Who: []Party{TeamFinance}, Guard: notBarred, Label: "Record money that came back", Records: "money paid back", Tells: Practice},
	{Act: RemindRecovery, From: afterPaying, Who: []Party{TheSystem}, Label: "Remind the practice of an instalment", Records: "practice reminded of an instalment", Tells: Practice},
	{Act: HandToSuccessor, From: handedOn, Who: []Party{TheSystem}, Label: "Hand the case to the successor", Records: "case handed to the successor", Tells: PracticeIfKnows},
	{Act: ReportProgress, From: []State{Delivery}, Who: []Party{LeadPractice, Signer, Holder, TeamLead}, Label: "Report progress", Records: "progress reported", Tells: Practice},
	{Act: ReadProgress, From: []State{Delivery}, Who: []Party{Holder}, When: reportsWait, Label: "Read the reports of progress", Records: "reports of progress read", Tells: Practice},
	{Act: PlanMilestone, From: []State{Agreeing, Delivery}, Who: handlers, Label: "Add a milestone", Records: "milestone planned", Tells: Practice},
	{Act: MeetMilestone, From: []State{Agreeing, Delivery}, Who: []Party{LeadPractice, Signer, Holder, TeamLead}, When: milestonesWait, Label: "Say that a milestone is done", Records: "milestone done", Tells: Practice},
	{Act: MoveMilestone, From: []State{Agreeing, Delivery}, Who: handlers, When: milestonesWait, Label: "Move the day of a milestone", Records: "milestone moved", Tells: Practice},
	{Act: DropMilestone, From: []State{Agreeing, Delivery}, Who: handlers, When: milestonesWait, Label: "Drop a milestone", Records: "milestone dropped", Tells: Practice},
	{Act: RaiseConcern, From: []State{Delivery}, Who: concerned, Label: "Raise a concern about the support", Records: "concern raised", Tells: Practice},
	{Act: AnswerConcern, From: []State{Delivery}, Who: []Party{Holder, TeamLead, Programme}, When: concernsOpen, Guard: notBarred, Label: "Answer a concern", Records: "concern answered", Tells: Practice},
	{Act: EscalateConcern, From: []State{Delivery}, Who: handlers, When: concernsOpen, Label: "Escalate a concern", Records: "concern escalated", Tells: Practice},
	{Act: ContestConcern, From: []State{Delivery}, Who: concerned, When: concernsAnswered, Label: "Say that an answer does not help", Records: "answer to a concern contested", Tells: Practice},
	{Act: WithdrawConcern, From: []State{Delivery}, Who: concerned, When: concernsOpen, Label: "Withdraw a concern", Records: "concern withdrawn", Tells: Practice},
	{Act: PassConcern, From: []State{Delivery}, Who: []Party{TheSystem}, When: concernsOpen, Label: "Pass a concern to the team lead", Records: "concern not answered in time", Tells: Practice},
	{Act: Close, From: []State{Delivery}, To: Closed, Who: handlers, Guard: all(notBarred, noOpenClaims, reportsRead, milestonesSettled, concernsSettled, variationSettled, memorandumCame), Label: "Close the case", Records: "case closed", Tells: Practice},
	{Act: BeginFollowUp, From: []State{Closed}, Who: []Party{TheSystem}, When: followUpIs(FollowUpPlanned), Label: "Begin the follow-up", Records: "follow-up begun", Tells: Practice},
	{Act: RecordFollowUp, From: []State{Closed}, Who: handlers, When: followUpIs(FollowUpDue), Guard: notBarred, Label: "Record the follow-up", Records: "follow-up recorded", Tells: Practice},
	{Act: SkipFollowUp, From: []State{Closed}, Who: handlers, When: followUpOpen, Guard: notBarred, Label: "Say that a follow-up is not possible", Records: "follow-up not possible", Tells: Practice},

	{Act: AskFor, From: working, Who: handlers, Guard: all(nothingAsked, notOnHold), Label: "Ask the practice for information", Records: "information requested", Tells: Practice},
	{Act: Answer, From: live, Who: []Party{LeadPractice}, Guard: asked, Quiet: true, Label: "Answer the question", Records: "information given", Tells: Practice},
	{Act: HoldOn, From: working, Who: handlers, Guard: notOnHold, Quiet: true, Label: "Put on hold", Records: "case put on hold", Tells: Practice},
	{Act: Resume, From: working, Who: handlers, Guard: onHold, Quiet: true, Label: "Take off hold", Records: "case resumed", Tells: Practice},
	{Act: DeclareInterest, From: handedOn, Who: []Party{TeamCaseworker, TeamLead, TeamFinance, Above}, Guard: all(forThemselves, notBarred), Quiet: true, Label: "Declare an interest", Records: "interest declared"},
	{Act: Write, From: live, Who: []Party{Holder, TeamCaseworker, TeamLead, MemberPractice}, Label: "Add a note", Records: "note added"},
	{Act: Withdraw, From: []State{Draft}, To: Withdrawn, Who: []Party{LeadPractice}, Label: "Discard this draft", Records: "draft discarded", Tells: Drafters},
	{Act: Withdraw, From: before, To: Withdrawn, Who: []Party{LeadPractice, Holder, TeamLead}, Guard: all(notBarred, nothingOwed), Label: "Withdraw", Records: "case withdrawn", Tells: PracticeIfKnows},
}

// Parties is who the actor is to the case. team is the case's team, or for a case that does not exist yet the team
// that it would have.
func (c *Case) Parties(a account.Actor) []Party {
	var is []Party
	if lead := c.Lead(); a.At(string(lead.Code), account.PracticeManager) {
		is = append(is, LeadPractice)
	}
	if slices.ContainsFunc(c.Practices, func(m Member) bool { return a.At(string(m.Code), account.PracticeManager) }) {
		is = append(is, MemberPractice)
	}
	if a.At(string(c.Team), account.Caseworker) {
		is = append(is, TeamCaseworker)
	}
	if a.Known() && (c.Assignee == a.ID || c.Assignee != 0 && c.Assignee == a.For.ID) && a.At(string(c.Team), account.Caseworker, account.TeamLead) {
		is = append(is, Holder)
	}
	if a.At(string(c.Team), account.TeamLead) {
		is = append(is, TeamLead)
	}
	if a.At(string(c.Team), account.FinanceOfficer) || a.At(string(c.Region), account.FinanceOfficer) {
		is = append(is, TeamFinance)
	}
	if lead := c.Lead(); a.At(string(lead.Code), account.Signatory) {
		is = append(is, Signer)
	}
	for _, s := range c.Facts.Sharing {
		if s.Declined() {
			continue
		}
		if a.At(string(s.Practice), account.PracticeManager) && !slices.Contains(is, SharePractice) {
			is = append(is, SharePractice)
		}
		if a.At(string(s.Practice), account.Signatory) && !slices.Contains(is, ShareSigner) {
			is = append(is, ShareSigner)
		}
	}
	if c.Facts.ConcernsAbove > 0 && a.Everywhere(account.ProgrammeManager) {
		is = append(is, Programme)
	}
	if a.At(string(c.Region), account.ProgrammeManager) || a.Everywhere(account.ProgrammeManager) {
		is = append(is, Above)
	}
	if a.System {
		is = append(is, TheSystem)
	}
	return is
}

// Permit finds the row of the table by which the actor may do this now. Who is not in it gets fault.Forbidden; a case
// whose state does not allow it is fault.Conflict; both say why.
func (c *Case) Permit(act Act, a account.Actor) (Transition, error) {
	parties := c.Parties(a)
	var inState *Transition
	var who []Party
	atStage := false
	for i, t := range Transitions {
		if t.Act != act {
			continue
		}
		who = append(who, t.Who...)
		atStage = atStage || slices.Contains(t.From, c.State)
		if t.in(c) {
			inState = &Transitions[i]
		}
	}
	if !overlap(parties, who) {
		return Transition{}, fault.Forbidden{Reason: "Only " + people(who) + " can do this"}
	}
	if inState == nil && atStage {
		return Transition{}, fault.Conflict{Reason: "There is nothing to do here now: it was done already, or something else comes first"}
	}
	if inState == nil {
		return Transition{}, fault.Conflict{Reason: "This cannot be done while the case is at the stage: " + c.State.Name()}
	}
	if !overlap(parties, inState.Who) {
		return Transition{}, fault.Forbidden{Reason: "Only " + people(inState.Who) + " can do this"}
	}
	if inState.Guard != nil {
		if why := c.refusal(*inState, a); why != "" {
			return Transition{}, fault.Conflict{Reason: why}
		}
	}
	return *inState, nil
}

// in tells whether the row is for a case as it is.
func (t Transition) in(c *Case) bool {
	if len(t.From) == 0 {
		return c.State == ""
	}
	return slices.Contains(t.From, c.State) && (t.When == nil || t.When(c))
}

func overlap(a, b []Party) bool {
	return slices.ContainsFunc(a, func(p Party) bool { return slices.Contains(b, p) })
}

var partyWords = map[Party]string{
	LeadPractice: "the practice manager of the practice that leads", MemberPractice: "a practice manager of the practice",
	Holder: "the person who has this case", TeamCaseworker: "a caseworker of the local team", TeamLead: "the team lead",
	TeamFinance: "a finance officer of the local team", Signer: "the practice's signatory", SharePractice: "the practice manager of a practice that has a share", ShareSigner: "the signatory of a practice that has a share", Programme: "a national programme manager", Above: "a programme manager of the region or of England", TheSystem: "the system",
}

func people(who []Party) string {
	var words []string
	for _, p := range who {
		if w := partyWords[p]; !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// Action is an act as a page offers it.
type Action struct {
	Act     Act
	Label   string
	Allowed bool
	Reason  string // why not, where it is not allowed
}

// Actions lists what the page offers to the actor: each act that is theirs at this stage, and why it has to wait where
// a guard says so. What is not theirs, or not of this stage, is left out.
func (c *Case) Actions(a account.Actor) []Action {
	var list []Action
	parties := c.Parties(a)
	for _, t := range Transitions {
		if len(t.From) == 0 || !t.in(c) || !overlap(parties, t.Who) {
			continue
		}
		action := Action{Act: t.Act, Label: t.Label, Allowed: true}
		if t.Guard != nil {
			action.Reason = c.refusal(t, a)
			action.Allowed = action.Reason == ""
		}
		if !action.Allowed && t.Quiet {
			continue
		}
		list = append(list, action)
	}
	return list
}

// May tells whether the actor may do this now.
func (c *Case) May(act Act, a account.Actor) bool {
	_, err := c.Permit(act, a)
	return err == nil
}

// Enter moves the case along a row that Permit gave, and returns the event of it, to which the caller adds what was
// done.
func (c *Case) Enter(t Transition, m calendar.Moment) audit.Event { return c.enter(t, m) }

// enter moves the case along the row and notes whom it told.
func (c *Case) enter(t Transition, m calendar.Moment) audit.Event {
	told := c.PracticeToldAt
	e := c.event(t)
	if t.To != "" {
		e.Changed("state", string(c.State), string(t.To))
		c.State = t.To
	}
	if e.Audience == audit.ForPractice {
		c.PracticeToldAt = m.Now
		e.Changed("practice_told_at", audit.Instant(told), audit.Instant(m.Now))
	}
	return e
}
