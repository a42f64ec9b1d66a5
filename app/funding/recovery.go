package funding

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/fault"
)

// RecoveryReason is why money that was paid is to come back. The code is what the database holds.
type RecoveryReason string

// The reasons.
const (
	Unspent  RecoveryReason = "unspent"
	Overpaid RecoveryReason = "overpaid"
	NotDue   RecoveryReason = "not_due"
	Ended    RecoveryReason = "ended"
)

// RecoveryReasons lists them in the order in which people choose.
var RecoveryReasons = []RecoveryReason{Unspent, Overpaid, NotDue, Ended}

var recoveryReasonNames = map[RecoveryReason]string{
	Unspent: "It was not all spent", Overpaid: "Too much was paid", NotDue: "It should not have been paid at all", Ended: "The practice or the support ended early",
}

// Name is the reason as people say it.
func (r RecoveryReason) Name() string { return recoveryReasonNames[r] }

// RecoveryState is where a recovery stands. The code is what the database holds.
type RecoveryState string

// The states of a recovery.
const (
	RecoveryRaised RecoveryState = "raised" // waits for the decision of a second person
	RecoveryDue    RecoveryState = "due"    // to be paid back, in instalments
	RecoveryDone   RecoveryState = "recovered"
	RecoveryWaived RecoveryState = "waived" // all of it, or what was left when some had come back
)

var recoveryStateNames = map[RecoveryState]string{RecoveryRaised: "To be decided", RecoveryDue: "To be paid back", RecoveryDone: "Paid back", RecoveryWaived: "Waived"}

// Name is the state as people say it.
func (s RecoveryState) Name() string { return recoveryStateNames[s] }

// Verdicts on a recovery. The last two answer what another person proposed, where two decide.
const (
	Recovering = "recover"
	Waiving    = "waive"
	Agreeing   = "agree"
	Objecting  = "object"
)

// RecoveryProposal is what the first of two deciders would have become of a recovery. Nothing follows from it until the second
// agrees.
type RecoveryProposal struct {
	Verdict string        // Recovering or Waiving; empty: nothing is proposed
	Count   int           // of instalments; 0 for Waiving
	First   calendar.Date // of the first instalment; zero for Waiving
	Why     string
	By      account.PersonID
	Who     string
	At      time.Time
}

// Words say what is proposed for an amount.
func (p RecoveryProposal) Words(left Pence) string {
	switch {
	case p.Verdict == Waiving:
		return left.String() + " of it is waived, if a second person agrees"
	case p.Count == 1:
		return left.String() + " is to be paid back by " + p.First.Words() + ", if a second person agrees"
	}
	return fmt.Sprintf("%s is to be paid back in %d monthly instalments, the first by %s, if a second person agrees", left, p.Count, p.First.Words())
}

// MostInstalments is how many a recovery is paid back in at the most: two years of months.
const MostInstalments = 24

// Recovery is money of one claim that was paid and is to come back.
type Recovery struct {
	ID     int64
	Claim  int64
	Number int // within the claim, from 1
	Reason RecoveryReason
	Words  string
	Amount Pence
	State  RecoveryState
	By     account.PersonID
	Who    string
	At     time.Time
	// DecidedBy and Why are of the first decision; zero while there is none.
	DecidedBy account.PersonID
	Decider   string
	DecidedAt time.Time
	Why       string
	// Proposed is what the first of two deciders said, and waits for the second.
	Proposed RecoveryProposal
	// Given are the decisions that stand on what is still to be decided: the first of two, or none.
	Given []Approval
	// FirstBy is who proposed the decision of DecidedBy, where two decided; 0: one did.
	FirstBy      account.PersonID
	FirstDecider string
	// Received is what came back so far, and Waived what is not asked for any more.
	Received  Pence
	Waived    Pence
	WaivedBy  account.PersonID
	Waiver    string
	WaivedAt  time.Time
	WaivedWhy string
	// Instalments are in the order of their days; there are none unless it is to be paid back.
	Instalments []Instalment
	Receipts    []RecoveryReceipt // the oldest first
	// RemindedOn is the day of the last instalment of which the payer was reminded.
	RemindedOn calendar.Date
	Version    int64
}

// Instalment is a part of a recovery with the day by which it is due.
type Instalment struct {
	Position int // from 1
	Due      calendar.Date
	Amount   Pence
	// Paid is how much of it has come back: receipts pay the earliest instalment first.
	Paid Pence
}

// String is what is still to come of it.
func (i Instalment) String() string { return (i.Amount - i.Paid).String() }

// RecoveryReceipt is money that came back.
type RecoveryReceipt struct {
	Amount Pence
	On     calendar.Date
	// Freed: it is back in the budget of its line; otherwise the year of the budget was over, and the money left it.
	Freed bool
	By    account.PersonID
	Who   string
	At    time.Time
}

// RecoveryInput is what is asked back, as somebody says it.
type RecoveryInput struct {
	Amount Pence
	Reason RecoveryReason
	Words  string
	Typed  fault.Invalid // an amount that is none
}

// RecoveryDecision is what becomes of a recovery, as somebody says it.
type RecoveryDecision struct {
	Verdict string // Recovering, Waiving, Agreeing or Objecting
	Why     string
	// Count and First are the number of monthly instalments and the day of the first.
	Count int
	First calendar.Date
	Typed fault.Invalid
	// Read is the version of the claim that the person read; 0: they did not say.
	Read int64
}

// Repayment is money that came back, as somebody says it.
type Repayment struct {
	Amount Pence
	On     calendar.Date
	Typed  fault.Invalid // an amount or a day that is none
	Read   int64         // the version of the claim that the person read; 0: they did not say
}

// Open tells whether something is still to happen with it.
func (r Recovery) Open() bool { return r.State == RecoveryRaised || r.State == RecoveryDue }

// Left is what has neither come back nor been waived.
func (r Recovery) Left() Pence { return r.Amount - r.Received - r.Waived }

// Recoverable is what of a claim can still be asked back: what was paid and was not asked back already.
func (c Claim) Recoverable() Pence { return c.Payable() - c.AskedBack }

// Raisable refuses a recovery where nothing was paid, or where something comes first.
func (c *Claim) Raisable() error {
	if err := c.in(ClaimPaid, ClaimReceived); err != nil {
		return err
	}
	switch {
	case c.Recovery != nil && c.Recovery.Open():
		return fault.Conflict{Reason: fmt.Sprintf("%s of this claim is asked back already, and stands at “%s”", c.Recovery.Amount, c.Recovery.State.Name())}
	case c.Dispute != 0:
		return fault.Conflict{Reason: "The practice says that this payment is wrong. Answer that first"}
	case c.Recoverable() <= 0:
		return fault.Conflict{Reason: "All of this claim was asked back already"}
	}
	return nil
}

// RaiseRecovery asks money of a claim back: never more than was paid of it and was not asked back before.
func (c *Claim) RaiseRecovery(in RecoveryInput, number int, by account.PersonID, m calendar.Moment) (Recovery, error) {
	if err := c.Raisable(); err != nil {
		return Recovery{}, err
	}
	wrong := in.Typed
	switch {
	case len(wrong.Fields) > 0:
	case in.Amount <= 0:
		wrong.Add("amount", "Enter more than £0")
	case in.Amount > c.Recoverable():
		wrong.Add("amount", "%s of this claim was paid and has not been asked back: enter that or less", c.Recoverable())
	}
	if in.Reason.Name() == "" {
		wrong.Add("because", "Choose why the money is to come back")
	}
	words := strings.TrimSpace(in.Words)
	checkWords(&wrong, words, "Say what was found, so that the practice can follow it")
	if err := wrong.Err(); err != nil {
		return Recovery{}, err
	}
	c.AskedBack += in.Amount
	return Recovery{Claim: c.ID, Number: number, Reason: in.Reason, Words: words, Amount: in.Amount, State: RecoveryRaised, By: by, At: m.Now, Version: 1}, nil
}

// Decidable refuses a decision of somebody who cannot give it: who asked the money back, who gave the first of two decisions, or
// whose limit does not reach what is left of it where nobody else decides with them. The ladder is that of a claim, and held are
// the roles by which the person decides.
func (r Recovery) Decidable(l Ladder, held []account.Role, by account.PersonID) (Rung, error) {
	switch {
	case !r.Open():
		return Rung{}, fault.Conflict{Reason: fmt.Sprintf("This recovery stands at “%s”", r.State.Name())}
	case by == r.By:
		return Rung{}, fault.Forbidden{Reason: "You asked this money back, so somebody else must decide what becomes of it"}
	case r.Proposed.Verdict != "" && by == r.Proposed.By:
		return Rung{}, fault.Forbidden{Reason: "You proposed what becomes of this money, so somebody else must agree"}
	}
	return l.Climb(r.Left(), r.Given, held, by)
}

// Decide says that the money is to be paid back, in instalments, or that what is left of it is waived. The second can be said
// later too, when some has come back. Above the amount for one approver the first person proposes it, and a second one agrees
// or objects; what is objected to is decided anew.
func (r *Recovery) Decide(d RecoveryDecision, l Ladder, held []account.Role, by account.PersonID, m calendar.Moment) (Rung, error) {
	rung, err := r.Decidable(l, held, by)
	if err != nil {
		return rung, err
	}
	why := strings.TrimSpace(d.Why)
	wrong := r.checkVerdict(d, m.Today)
	if d.Verdict != Agreeing {
		checkWords(&wrong, why, "Say why")
	}
	if err := wrong.Err(); err != nil {
		return rung, err
	}
	switch proposed := r.Proposed; {
	case d.Verdict == Objecting:
		r.Proposed = RecoveryProposal{}
	case d.Verdict == Agreeing:
		r.Proposed = RecoveryProposal{}
		if r.State == RecoveryRaised {
			r.FirstBy = proposed.By
		}
		r.become(RecoveryDecision{Verdict: proposed.Verdict, Why: proposed.Why, Count: proposed.Count, First: proposed.First}, by, m)
	case rung.Last():
		d.Why = why
		r.become(d, by, m)
	default:
		r.Proposed = RecoveryProposal{Verdict: d.Verdict, Count: d.Count, First: d.First, Why: why, By: by, At: m.Now}
		if d.Verdict == Waiving {
			r.Proposed.Count, r.Proposed.First = 0, calendar.Date{}
		}
	}
	return rung, nil
}

// Approval is one person's yes to a decision. What is waived when some is to be paid back already is a decision of its own.
func (r Recovery) Approval(step string, by account.PersonID) Approval {
	a := Approval{Subject: "recovery", ID: r.ID, Version: r.Round(), Step: step, Person: by, Amount: r.Amount, Reaches: true}
	if a.Version > 1 {
		a.Amount = r.Left()
	}
	return a
}

// Round is which decision on it comes next: 1 on what becomes of it, and 2 on whether what is left is waived.
func (r Recovery) Round() int64 {
	if r.State == RecoveryRaised {
		return 1
	}
	return 2
}

// become makes what was decided hold.
func (r *Recovery) become(d RecoveryDecision, by account.PersonID, m calendar.Moment) {
	if r.State == RecoveryRaised {
		r.DecidedBy, r.DecidedAt, r.Why = by, m.Now, d.Why
	}
	if d.Verdict == Waiving {
		r.State, r.Waived, r.WaivedBy, r.WaivedAt, r.WaivedWhy = RecoveryWaived, r.Left(), by, m.Now, d.Why
		return
	}
	r.State, r.Instalments = RecoveryDue, instalments(r.Amount, d.Count, d.First)
}

// checkVerdict says what is wrong with the outcome of a decision and, where one is wanted, with its plan.
func (r Recovery) checkVerdict(d RecoveryDecision, today calendar.Date) fault.Invalid {
	wrong, proposed := d.Typed, r.Proposed
	outcome := func(words string) fault.Invalid { // the plan is asked for once it is wanted
		var only fault.Invalid
		only.Add("outcome", "%s", words)
		return only
	}
	switch {
	case proposed.Verdict != "" && d.Verdict != Agreeing && d.Verdict != Objecting:
		return outcome("Choose whether you agree")
	case d.Verdict == Agreeing && proposed.Verdict == Recovering && !proposed.First.After(today):
		return outcome("The first instalment of what is proposed would be due already. Do not agree, so that it is decided anew")
	case proposed.Verdict != "":
		return fault.Invalid{}
	case d.Verdict != Recovering && d.Verdict != Waiving:
		return outcome("Choose what becomes of it")
	case d.Verdict == Recovering && r.State == RecoveryDue:
		return outcome("It is to be paid back already. What is left of it can be waived")
	case d.Verdict == Recovering:
		r.checkPlan(&wrong, d, today)
		return wrong
	}
	return fault.Invalid{}
}

func (r Recovery) checkPlan(wrong *fault.Invalid, d RecoveryDecision, today calendar.Date) {
	typed := func(field string) bool {
		return slices.ContainsFunc(wrong.Fields, func(f fault.Field) bool { return base(f.Name) == field })
	}
	if !typed("count") && (d.Count < 1 || d.Count > MostInstalments || Pence(d.Count) > r.Amount) {
		wrong.Add("count", "Enter a number of instalments from 1 to %d", MostInstalments)
	}
	if typed("first") {
		return
	}
	switch {
	case d.First.IsZero():
		wrong.Add("first", "Enter the day by which the first instalment is due")
	case !d.First.After(today):
		wrong.Add("first", "The first instalment must be due after today, %s", today.Words())
	case d.First.After(today.AddMonths(12)):
		wrong.Add("first", "The first instalment must be due within a year")
	}
}

// instalments divides an amount into equal parts, a month apart, to the penny: the odd pennies are with the first.
func instalments(amount Pence, n int, first calendar.Date) []Instalment {
	list := make([]Instalment, n)
	for i := range list {
		list[i] = Instalment{Position: i + 1, Due: first.AddMonths(i), Amount: amount / Pence(n)}
		if Pence(i) < amount%Pence(n) {
			list[i].Amount++
		}
	}
	return list
}

// settle spreads what has come back over the instalments, the earliest first.
func (r *Recovery) settle() {
	left := r.Received
	for i := range r.Instalments {
		paid := min(left, r.Instalments[i].Amount)
		r.Instalments[i].Paid, left = paid, left-paid
	}
}

// Settled is the recovery with its instalments as far as they are paid.
func (r Recovery) Settled() Recovery {
	r.Instalments = slices.Clone(r.Instalments)
	r.settle()
	return r
}

// NextDue is the first instalment that is not paid in full; zero where nothing is due.
func (r Recovery) NextDue() Instalment {
	if r.State == RecoveryDue {
		for _, i := range r.Settled().Instalments {
			if i.Paid < i.Amount {
				return i
			}
		}
	}
	return Instalment{}
}

// Overdue is what should have come back before the day and has not.
func (r Recovery) Overdue(today calendar.Date) Pence {
	var sum Pence
	if r.State == RecoveryDue {
		for _, i := range r.Settled().Instalments {
			if i.Due.Before(today) {
				sum += i.Amount - i.Paid
			}
		}
	}
	return sum
}

// RecoveredTo is where money goes that came back on a day for a budget of a year: back to what may be promised while the year
// lasts, and after it out of the budget, whose year is over.
func RecoveredTo(year calendar.Year, on calendar.Date) MoneyState {
	if calendar.YearOf(on) <= year {
		return Available
	}
	return Outside
}

// Repay notes that money came back on a day. Whoever decided that it should does not record it.
func (r *Recovery) Repay(in Repayment, year calendar.Year, by account.PersonID, m calendar.Moment) (RecoveryReceipt, error) {
	if err := r.Repayable(by); err != nil {
		return RecoveryReceipt{}, err
	}
	wrong, amount, on := in.Typed, in.Amount, in.On
	has := func(field string) bool {
		return slices.ContainsFunc(wrong.Fields, func(f fault.Field) bool { return base(f.Name) == field })
	}
	switch {
	case has("amount"):
	case amount <= 0:
		wrong.Add("amount", "Enter more than £0")
	case amount > r.Left():
		wrong.Add("amount", "%s of it is still to come back: enter that or less", r.Left())
	}
	switch from := calendar.DateOf(r.DecidedAt); {
	case has("received"):
	case on.IsZero():
		wrong.Add("received", "Enter the day on which it arrived")
	case on.After(m.Today):
		wrong.Add("received", "The day must not be after today, %s", m.Today.Words())
	case on.Before(from):
		wrong.Add("received", "The day must not be before it was decided, on %s", from.Words())
	}
	if err := wrong.Err(); err != nil {
		return RecoveryReceipt{}, err
	}
	r.Received += amount
	if r.Left() == 0 {
		r.State = RecoveryDone
	}
	got := RecoveryReceipt{Amount: amount, On: on, Freed: RecoveredTo(year, on) == Available, By: by, At: m.Now}
	r.Receipts = append(r.Receipts, got)
	return got, nil
}

// Repayable refuses the record of money that came back for a recovery where none is due, or by who decided it.
func (r Recovery) Repayable(by account.PersonID) error {
	switch {
	case r.State != RecoveryDue:
		return fault.Conflict{Reason: fmt.Sprintf("This recovery stands at “%s”", r.State.Name())}
	case by == r.DecidedBy || by == r.FirstBy:
		return fault.Forbidden{Reason: "You decided that this money is to come back, so somebody else must record that it did"}
	}
	return nil
}

// Remind notes that the payer is reminded of an instalment that is overdue, once for each.
func (r *Recovery) Remind(m calendar.Moment) (Instalment, error) {
	due := r.NextDue()
	if due.Position == 0 || !due.Due.Before(m.Today) || !r.RemindedOn.Before(due.Due) {
		return due, fault.Conflict{Reason: "Nobody is to be reminded of this recovery"}
	}
	r.RemindedOn = due.Due
	return due, nil
}
