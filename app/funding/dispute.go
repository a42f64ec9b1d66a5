package funding

import (
	"fmt"
	"strings"
	"time"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/fault"
)

// DisputeReason is what a practice says of money that it is told was paid. The code is what the database holds.
type DisputeReason string

// The reasons.
const (
	NotArrived  DisputeReason = "not_arrived"
	OtherAmount DisputeReason = "other_amount"
	NotOurs     DisputeReason = "not_ours"
	OtherReason DisputeReason = "other"
)

// DisputeReasons lists them in the order in which people choose.
var DisputeReasons = []DisputeReason{NotArrived, OtherAmount, NotOurs, OtherReason}

var disputeReasonNames = map[DisputeReason]string{
	NotArrived: "It has not arrived", OtherAmount: "Another amount has arrived", NotOurs: "It is not for this practice", OtherReason: "Something else",
}

// Name is the reason as people say it.
func (r DisputeReason) Name() string { return disputeReasonNames[r] }

// DisputeOutcome is how a dispute was settled. The code is what the database holds.
type DisputeOutcome string

// The outcomes.
const (
	DisputeAgreed    DisputeOutcome = "agreed"    // the money was there; the practice confirms it
	DisputeCorrected DisputeOutcome = "corrected" // the paying system put it right; the practice confirms it
	PaidAgain        DisputeOutcome = "again"     // the payment came back, and the claim is released anew
)

// DisputeOutcomes lists them in the order in which people choose.
var DisputeOutcomes = []DisputeOutcome{DisputeAgreed, DisputeCorrected, PaidAgain}

var disputeOutcomeNames = map[DisputeOutcome]string{
	DisputeAgreed: "The practice agrees that it arrived", DisputeCorrected: "It was put right", PaidAgain: "The money came back, and is paid again",
}

// Name is the outcome as people say it.
func (o DisputeOutcome) Name() string { return disputeOutcomeNames[o] }

// Dispute is a practice's word that money did not arrive as it was paid, with what the team answered.
type Dispute struct {
	ID     int64
	Claim  int64
	Reason DisputeReason
	Words  string
	By     account.PersonID
	Who    string
	At     time.Time
	// Outcome is empty while nobody has answered.
	Outcome    DisputeOutcome
	Answer     string
	AnsweredBy account.PersonID
	Answerer   string
	AnsweredAt time.Time
}

// Raise disputes the payment of a claim: by the practice, whose money it is, until it says that the money arrived.
func (c *Claim) Raise(line ClaimLine, reason DisputeReason, words string, by account.PersonID, m calendar.Moment) (Dispute, error) {
	if err := c.Disputable(line); err != nil {
		return Dispute{}, err
	}
	var wrong fault.Invalid
	if reason.Name() == "" {
		wrong.Add("because", "Choose what is wrong with the payment")
	}
	words = strings.TrimSpace(words)
	checkWords(&wrong, words, "Say what you see on the bank statement, and what you expected")
	if err := wrong.Err(); err != nil {
		return Dispute{}, err
	}
	return Dispute{Claim: c.ID, Reason: reason, Words: words, By: by, At: m.Now}, nil
}

// Disputable refuses a dispute where there is nothing to dispute, or nothing new.
func (c *Claim) Disputable(line ClaimLine) error {
	if err := c.in(ClaimPaid); err != nil {
		return err
	}
	switch {
	case line.Route != PaidToPractice:
		return fault.Conflict{Reason: "This money was paid to the provider"}
	case c.Dispute != 0:
		return fault.Conflict{Reason: "The local team has not answered yet what you said of this payment"}
	}
	return nil
}

func checkWords(wrong *fault.Invalid, words, ask string) {
	switch {
	case words == "":
		wrong.Add("reason", "%s", ask)
	case len([]rune(words)) > longestDetail:
		wrong.Add("reason", "What you write must be %d characters or fewer", longestDetail)
	case fault.BankDetails(words):
		wrong.Add("reason", fault.NoBankDetails)
	}
}

// Settle answers a dispute for the team. Only who records payments says that one came back: pays is set for them.
func (d Dispute) Settle(outcome DisputeOutcome, answer string, pays bool, by account.PersonID, m calendar.Moment) (Dispute, error) {
	if d.Outcome != "" {
		return d, fault.Conflict{Reason: "This was answered already"}
	}
	var wrong fault.Invalid
	switch {
	case outcome.Name() == "":
		wrong.Add("outcome", "Choose how it was settled")
	case outcome == PaidAgain && !pays:
		wrong.Add("outcome", "Only a finance officer of the local team can say that the money came back")
	}
	answer = strings.TrimSpace(answer)
	checkWords(&wrong, answer, "Say what you found out")
	if err := wrong.Err(); err != nil {
		return d, err
	}
	d.Outcome, d.Answer, d.AnsweredBy, d.AnsweredAt = outcome, answer, by, m.Now
	return d, nil
}

// Ended settles a dispute by something that happened to the payment meanwhile: the practice confirmed it, or it came back.
func (d Dispute) Ended(outcome DisputeOutcome, what string, by account.PersonID, m calendar.Moment) Dispute {
	d.Outcome, d.Answer, d.AnsweredBy, d.AnsweredAt = outcome, what, by, m.Now
	return d
}

// Back is how the payment came back by what the practice disputed.
func (d Dispute) Back(m calendar.Moment) Back {
	return Back{Kind: PaymentReturned, On: m.Today, Why: "The practice disputed it: " + strings.ToLower(d.Reason.Name()[:1]) + d.Reason.Name()[1:]}
}

// AskAgain notes that the practice is asked once more whether the money arrived: once for a payment, after the days that it
// has, and not while the team owes it an answer.
func (c *Claim) AskAgain(m calendar.Moment) error {
	if err := c.in(ClaimPaid); err != nil {
		return err
	}
	if c.Dispute != 0 || c.ConfirmBy.IsZero() || !c.AskedAt.IsZero() || !c.ConfirmBy.Before(m.Today) {
		return fault.Conflict{Reason: fmt.Sprintf("Nobody is to be asked again about claim %d", c.Number)}
	}
	c.AskedAt = m.Now
	return nil
}
