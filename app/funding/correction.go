package funding

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
)

// CorrectionState is where a correction stands. The code is what the database holds.
type CorrectionState string

// The states of a correction.
const (
	CorrectionAsked     CorrectionState = "asked" // waits for another person
	CorrectionAgreed    CorrectionState = "agreed"
	CorrectionRefused   CorrectionState = "refused"
	CorrectionWithdrawn CorrectionState = "withdrawn" // by who asked
)

// Correction is what a finance officer says of a payment that was recorded as failed or come back: that it was made after all.
// Nothing follows from it until another person agrees.
type Correction struct {
	ID     int64
	Item   int64
	PaidOn calendar.Date // the day on which it was made
	// ShownBy is what shows it, such as the line of the bank statement.
	ShownBy string
	// Back is what the payment said before, and WasPaidOn the day on which it had been recorded as paid; zero: it had not.
	Back      Back
	WasPaidOn calendar.Date
	AskedBy   account.PersonID
	Asker     string // name
	AskedAt   time.Time
	State     CorrectionState
	SettledBy account.PersonID // 0: it waits
	Settler   string           // name
	SettledAt time.Time
	Why       string // of a refusal
	Version   int64
	// Batch, BatchReference and Position say which payment it is of.
	Batch          int64
	BatchReference string
	Position       int
}

// Waits tells whether nobody has answered it yet.
func (k Correction) Waits() bool { return k.State == CorrectionAsked }

// Payment names the payment that it is of.
func (k Correction) Payment() string {
	return fmt.Sprintf("payment %d of batch %s", k.Position, k.BatchReference)
}

// CorrectionInput is what somebody enters who says that a payment was made after all.
type CorrectionInput struct {
	PaidOn  calendar.Date
	ShownBy string
	Typed   fault.Invalid // a day that is none
}

// Answers to a correction.
const (
	CorrectionYes = "agree"
	CorrectionNo  = "refuse"
)

// CorrectionAnswer is what another person says to a correction.
type CorrectionAnswer struct {
	Answer string // CorrectionYes or CorrectionNo
	Why    string // of a refusal
	Read   int64  // the correction that the person read; 0: they did not say
}

// longestShown is in characters.
const longestShown = 300

// settling refuses an act for which the claim waits until it is known whether an earlier payment of it was made after all.
func (c *Claim) settling() error {
	if c.Correction == 0 {
		return nil
	}
	return fault.Conflict{Reason: fmt.Sprintf("A finance officer says that an earlier payment of claim %d was made after all. Somebody else has to agree or refuse first", c.Number)}
}

// correctable refuses the correction of a payment that stands, or of one whose claim has gone on since.
func (c *Claim) correctable(item BatchItem) error {
	why := ""
	switch {
	case item.Alive() && item.PaidOn.IsZero():
		why = fmt.Sprintf("Payment %d has neither failed nor come back. Record what became of it", item.Position)
	case item.Alive():
		why = fmt.Sprintf("Payment %d stands as paid on %s, recorded by %s", item.Position, item.PaidOn.Words(), item.Recorder)
	case item.Again != "":
		why = fmt.Sprintf("Claim %d was released again in batch %s. Record what became of that payment first. If both were made, ask the second back as wrongly paid", c.Number, item.Again)
	case c.State != ClaimApproved:
		why = fmt.Sprintf("Claim %d is not approved any more: it stands at “%s”", c.Number, c.State.Name())
	case c.Payable() != item.Amount:
		why = fmt.Sprintf("This payment is of %s, and %s of claim %d is approved now", item.Amount, c.Payable(), c.Number)
	}
	if why == "" {
		return nil
	}
	return fault.Conflict{Reason: why}
}

// Correctable refuses to say of a payment that it was made after all where that cannot be, or where it waits already.
func (c *Claim) Correctable(item BatchItem) error {
	if err := c.correctable(item); err != nil || c.Correction == 0 {
		return err
	}
	why := "Somebody says already that a payment of this claim was made after all"
	if k := item.Waiting(); k.ID != 0 {
		why = k.Asker + " says so already"
	}
	return fault.Conflict{Reason: why + ". It waits for somebody else to agree or refuse"}
}

// checkPaid says what is wrong with the day on which a payment was made after all: the claim has to be approved on it, and not paid, or
// a balance would be below zero in between.
func (c *Claim) checkPaid(wrong *fault.Invalid, item BatchItem, released time.Time, paid calendar.Date, today calendar.Date) {
	from, approved := calendar.DateOf(released), calendar.DateOf(c.ApprovedAt)
	switch {
	case paid.IsZero():
		wrong.Add("paid", "Enter the day on which it was made")
	case paid.After(today):
		wrong.Add("paid", "The day must not be after today, %s", today.Words())
	case paid.Before(from):
		wrong.Add("paid", "The day must not be before the payment was released, on %s", from.Words())
	case paid.Before(item.CameBack):
		wrong.Add("paid", "A payment of this claim was recorded as paid and came back on %s, so the day must not be before that", item.CameBack.Words())
	case paid.Before(approved):
		wrong.Add("paid", "The claim was approved anew on %s, so the day must not be before that", approved.Words())
	}
}

// Correct says that a payment which was recorded as failed or come back was made after all. No money moves by it.
func (c *Claim) Correct(item BatchItem, released time.Time, in CorrectionInput, by account.PersonID, m calendar.Moment) (Correction, error) {
	if err := c.Correctable(item); err != nil {
		return Correction{}, err
	}
	wrong := in.Typed
	wrong.Fields = slices.Clone(wrong.Fields)
	if !slices.ContainsFunc(wrong.Fields, func(f fault.Field) bool { return base(f.Name) == "paid" }) {
		c.checkPaid(&wrong, item, released, in.PaidOn, m.Today)
	}
	shown := strings.TrimSpace(in.ShownBy)
	switch {
	case shown == "":
		wrong.Add("shown", "Say what shows that it was made")
	case len([]rune(shown)) > longestShown:
		wrong.Add("shown", "What shows it must be %d characters or fewer", longestShown)
	case fault.BankDetails(shown):
		wrong.Add("shown", fault.NoBankDetails)
	}
	if err := wrong.Err(); err != nil {
		return Correction{}, err
	}
	return Correction{Item: item.ID, PaidOn: in.PaidOn, ShownBy: shown, Back: item.Back, WasPaidOn: item.PaidOn, AskedBy: by, AskedAt: m.Now, State: CorrectionAsked, Version: 1, Position: item.Position}, nil
}

// open refuses an answer to a correction that was answered.
func (k Correction) open() error {
	why := ""
	switch k.State {
	case CorrectionAsked:
		return nil
	case CorrectionAgreed:
		why = fmt.Sprintf("%s has agreed already that it was made on %s. Nothing is left to be done", k.Settler, k.PaidOn.Words())
	case CorrectionRefused:
		why = fmt.Sprintf("%s has refused it: %s", k.Settler, k.Why)
	case CorrectionWithdrawn:
		why = k.Settler + " has taken it back"
	default:
		why = "Nobody says that a payment of this claim was made after all"
	}
	return fault.Conflict{Reason: why}
}

// Answerable refuses an answer to a correction by who asked for it, or by who claimed, checked or approved the claim. first are those
// who gave the first of two approvals.
func (k Correction) Answerable(c Claim, first []Approval, by account.PersonID) error {
	if err := k.open(); err != nil {
		return err
	}
	why := ""
	switch {
	case by == k.AskedBy:
		why = "You said that it was made after all"
	case by == c.ClaimedBy:
		why = "You made this claim"
	case by == c.CheckedBy:
		why = "You checked this claim"
	case by == c.ApprovedBy || slices.ContainsFunc(first, func(a Approval) bool { return a.Person == by }):
		why = "You approved this claim"
	default:
		return nil
	}
	return fault.Forbidden{Reason: why + ", so somebody else must agree or refuse"}
}

// current refuses an answer to a correction that is another one than the person read.
func (k Correction) current(read int64) error {
	if read == 0 || read == k.ID {
		return nil
	}
	return fault.Conflict{Reason: "Since you read it, it was answered or taken back, and " + k.Asker + " says it anew. Read what is said now, and answer then", Stale: true}
}

// AnswerCorrection agrees that a payment was made after all, by which the claim is paid, or refuses that with a reason.
func (c *Claim) AnswerCorrection(k *Correction, item BatchItem, released time.Time, in CorrectionAnswer, by account.PersonID, m calendar.Moment) error {
	if err := k.current(in.Read); err != nil {
		return err
	}
	var wrong fault.Invalid
	switch in.Answer {
	case CorrectionYes:
		if err := c.correctable(item); err != nil {
			return err
		}
		c.checkPaid(&wrong, item, released, k.PaidOn, m.Today)
		if len(wrong.Fields) > 0 { // it was right when it was asked for, and nobody types it here
			return fault.Conflict{Reason: wrong.Fields[0].Message + ". Refuse it, so that it is said anew"}
		}
		k.State, c.State = CorrectionAgreed, ClaimPaid
	case CorrectionNo:
		reason(&wrong, "reason", in.Why, "Say why you do not agree")
		k.State, k.Why = CorrectionRefused, strings.TrimSpace(in.Why)
	default:
		wrong.Add("outcome", "Choose whether you agree")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	k.SettledBy, k.SettledAt = by, m.Now
	return nil
}

// Withdrawable refuses to take a correction back that is somebody else's, or that was answered. Who acts for who asked may.
func (k Correction) Withdrawable(a account.Actor) error {
	if err := k.open(); err != nil {
		return err
	}
	if k.AskedBy != a.ID && (a.For.ID == 0 || k.AskedBy != a.For.ID) {
		return fault.Forbidden{Reason: "Only " + k.Asker + ", who said so, can take it back"}
	}
	return nil
}

// Withdraw takes a correction back, by who asked for it.
func (k *Correction) Withdraw(read int64, a account.Actor, m calendar.Moment) error {
	if err := k.Withdrawable(a); err != nil {
		return err
	}
	if err := k.current(read); err != nil {
		return err
	}
	k.State, k.SettledBy, k.SettledAt = CorrectionWithdrawn, a.ID, m.Now
	return nil
}

// Waiting is the correction of the payment that nobody has answered; the zero value: there is none.
func (i BatchItem) Waiting() Correction {
	for _, k := range i.Corrections {
		if k.Waits() {
			return k
		}
	}
	return Correction{}
}

// SaidMade is the newest line of a remittance that differs since it says that a payment was made, and what names that remittance; the zero
// value: none does.
func (b Batch) SaidMade(item BatchItem) (RemittanceLine, string) {
	for _, r := range b.Remittances {
		for _, l := range r.Lines {
			if l.Item == item.ID && l.State == LineDiffers && l.Outcome == PaymentMade {
				return l, "Remittance " + r.Reference + " of " + r.MadeOn.Words()
			}
		}
	}
	return RemittanceLine{}, ""
}

// MadeAfterAll is the payment once a correction of it was agreed to.
func (i BatchItem) MadeAfterAll(k Correction) BatchItem {
	i.PaidOn, i.Recorder, i.Back, i.State = k.PaidOn, k.Asker, Back{}, ClaimPaid
	return i
}

// CorrectionProof is a correction as a proof of the books compares it with its payment.
type CorrectionProof struct {
	ID                 int64
	State              CorrectionState
	AskedBy, SettledBy account.PersonID
	PaidOn             calendar.Date
	// Took is set where who settled it had claimed, checked or approved the claim.
	Took bool
	// Newest is set where no later correction of the payment was agreed to.
	Newest bool
	// ItemPaidOn and ItemBack are what the payment says now, and ItemBackAt is when that it failed or came back was recorded.
	ItemPaidOn calendar.Date
	ItemBack   Outcome
	ItemBackAt time.Time
	SettledAt  time.Time
}

// Check compares a correction with its payment.
func (p CorrectionProof) Check() *audit.Wrong {
	says := func(what string) *audit.Wrong {
		return audit.In("payment_correction", p.ID, "is “%s”, and %s", p.State, what)
	}
	switch {
	case p.State == CorrectionAsked && p.ItemBack == "":
		return says("its payment neither failed nor came back")
	case p.State != CorrectionAgreed && p.State != CorrectionRefused:
		return nil
	case p.SettledBy == 0 || p.SettledBy == p.AskedBy:
		return says("no second person answered it")
	case p.State == CorrectionRefused:
		return nil
	case p.Took:
		return says("who agreed had claimed, checked or approved the claim")
	case p.Newest && p.ItemPaidOn != p.PaidOn:
		return says("its payment is not paid on " + p.PaidOn.Words())
	case p.Newest && p.ItemBack != "" && p.ItemBackAt.Before(p.SettledAt):
		return says("its payment still says that it failed or came back")
	}
	return nil
}
