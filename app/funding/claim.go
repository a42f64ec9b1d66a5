package funding

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/document"
	"resilience/app/fault"
	"resilience/app/practice"
)

// ClaimState is where a claim stands. The code is what the database holds.
type ClaimState string

// The states of a claim.
const (
	ClaimSubmitted ClaimState = "submitted" // with the team
	ClaimReturned  ClaimState = "returned"  // ended: its money is free to be claimed anew
	ClaimChecked   ClaimState = "checked"
	ClaimApproved  ClaimState = "approved"
	ClaimBatched   ClaimState = "batched" // released for payment
	ClaimPaid      ClaimState = "paid"
	ClaimReceived  ClaimState = "received" // the payee says that the money arrived
)

var claimStateNames = map[ClaimState]string{
	ClaimSubmitted: "To be checked", ClaimReturned: "Returned", ClaimChecked: "To be approved", ClaimApproved: "Approved",
	ClaimBatched: "Released for payment", ClaimPaid: "Paid", ClaimReceived: "Received",
}

// Name is the state as people say it.
func (s ClaimState) Name() string { return claimStateNames[s] }

// Over tells whether nothing more happens to a claim in that state.
func (s ClaimState) Over() bool { return s == ClaimReturned || s == ClaimReceived }

// Routes by which a line of support is paid.
const (
	PaidToPractice = "practice" // financial assistance under section 96 of the NHS Act 2006
	PaidToProvider = "provider" // against the provider's invoice
	InKind         = "in_kind"  // not paid at all
)

// ClaimLine is a line of support as a claim sees it.
type ClaimLine struct {
	ID          int64
	Position    int // within the offer, from 1
	Description string
	Item        string // of the menu, its code
	Route       string
	Backfill    bool  // paid to the practice for cover, so that its staff can take part
	ProviderID  int64 // 0: none
	Provider    string
	HalfDays    int // promised, in kind
	// Practice of a group that the line is for; empty: the case as a whole. The name is read with it.
	Practice     practice.Code
	PracticeName string
	Gross        Pence
	ByTime       bool   // its price is that of a day or session
	Budget       int64  // 0 in kind
	Holder       Holder // of that money now
	Year         calendar.Year
	Source       string // name of the funding source
	Starts       calendar.Date
	Ends         calendar.Date
	// Forward: its money is in no budget yet.
	Forward bool
	// EndedOn is the day on which the memorandum ends, by a notice or for good; zero: nobody ends it.
	EndedOn calendar.Date
	// AtYearEnd is what went back to the budget when its financial year was closed.
	AtYearEnd Pence
	// Balances are the amounts in each state.
	Balances Balances
}

// Left is what can still be claimed.
func (l ClaimLine) Left() Pence { return l.Balances[Committed] }

// Claim asks for money of one line of support.
type Claim struct {
	ID        int64
	Case      int64
	Line      int64
	Number    int    // within the case, from 1
	Reference string // the claimant's own number of the invoice
	Net       Pence
	VAT       Pence
	Gross     Pence
	From, To  calendar.Date // the period that it is for
	Detail    string
	ShownBy   Evidence // what the document is; empty: it was not asked
	Document  int64
	State     ClaimState
	// AlikeWhy and AlikeChecked say why the claim is not for the same thing as another one that it is like: as the claimant
	// says it, and the checker.
	AlikeWhy, AlikeChecked string
	// Cut is what of it is not paid.
	Cut Cut
	// ConfirmBy is the day by which its practice is to say whether the money arrived; zero for what is paid to a provider.
	ConfirmBy calendar.Date
	// AskedAt is when the practice was asked again; zero: it was not.
	AskedAt time.Time
	// Dispute is the practice's word, not answered yet, that the money did not arrive as it was paid; 0: there is none.
	Dispute int64
	// Correction is what somebody says of an earlier payment of it, not answered yet: that it was made after all; 0: nobody does.
	Correction int64
	// Said is the last that was said so, whatever became of it, where it was read with the claim; nil otherwise.
	Said *Correction
	// AskedBack is what of the claim was asked back after it was paid, whatever became of that.
	AskedBack Pence
	// Recovery is the last that was asked back of it, where it was read with the claim; nil otherwise.
	Recovery *Recovery

	ClaimedBy   account.PersonID
	ClaimedAt   time.Time
	CheckedBy   account.PersonID
	CheckedAt   time.Time
	ApprovedBy  account.PersonID
	ApprovedAt  time.Time
	ReturnedBy  account.PersonID
	ReturnedAt  time.Time
	ReturnedWhy string
	Withdrawn   bool // the practice itself ended it
	ReceivedBy  account.PersonID
	ReceivedAt  time.Time
	Version     int64
}

// ClaimFile is a claim with the names of who had to do with it, for showing.
type ClaimFile struct {
	Claim
	Claimant, Checker, Returner, Approver string
	Batch                                 int64 // 0: not released yet
	BatchReference                        string
	Releaser                              string
	ReleasedAt                            time.Time
	PaidOn                                calendar.Date
	Recorder                              string
	RecordedAt                            time.Time
	Receiver                              string
	Back                                  Back  // the last payment of it that failed or came back
	Doubt                                 bool  // a remittance says of such a payment that it was made after all
	BackBatch                             int64 // of the one in doubt, or else of the last one
	BackBatchReference                    string
	BackPosition                          int
	Corrected                             bool // somebody said so, whatever became of that
	Evidence                              document.Document
}

// ClaimInput is what a claimant says.
type ClaimInput struct {
	Line            int64
	Reference       string
	Net, VAT, Gross Pence
	From, To        calendar.Date
	Detail          string
	Evidence        Evidence // what the document is; for ByTeam it is the invoice
	ByTeam          bool     // the team enters a provider's invoice
	Alike           []Alike  // other claims that the claimant sees and that this one is like
	AlikeWhy        string   // why it is not for the same thing all the same
	// Stopped says why nothing can be claimed any more: the practice has closed or merged.
	Stopped          string
	DocumentRejected bool // Typed says why
	// Typed is what was wrong before the claim could look at it: an amount that is none, a day that is none.
	Typed fault.Invalid
}

// longestReference and longestDetail are in characters.
const (
	longestReference = 40
	longestDetail    = 2000
)

var claimFields = []string{"line", "reference", "net", "vat", "gross", "from", "to", "detail", "evidence", "document", "alike"}

// NewClaim makes a claim against a line. Never more than is left of what was committed on it.
func NewClaim(line ClaimLine, in ClaimInput, number int, by account.PersonID, m calendar.Moment) (Claim, error) {
	wrong := in.check(line, m.Today)
	why, unexplained := explain(in.Alike, in.AlikeWhy)
	wrong.Fields = append(wrong.Fields, unexplained.Fields...)
	if err := wrong.Err(); err != nil {
		return Claim{}, err
	}
	if in.ByTeam {
		in.Evidence = Invoice
	}
	return Claim{
		Line: line.ID, ShownBy: in.Evidence, Number: number, Reference: strings.TrimSpace(in.Reference), Net: in.Net, VAT: in.VAT, Gross: in.Gross, From: in.From, To: in.To,
		Detail: strings.TrimSpace(in.Detail), AlikeWhy: why, State: ClaimSubmitted, ClaimedBy: by, ClaimedAt: m.Now, Version: 1,
	}, nil
}

// check lists what is wrong, each field once, in the order of the form.
func (in ClaimInput) check(line ClaimLine, today calendar.Date) fault.Invalid {
	wrong := in.Typed
	add := func(field, format string, args ...any) {
		if !slices.ContainsFunc(wrong.Fields, func(f fault.Field) bool { return base(f.Name) == field }) {
			wrong.Add(field, format, args...)
		}
	}
	switch {
	case line.ID == 0:
		add("line", "Choose what the claim is for")
	case line.Forward:
		add("line", "The money for this part is of %s, and cannot be claimed yet. The page of the case says when it can", line.Year)
	case line.Route == InKind:
		add("line", "This support is given in kind, so there is no money to claim")
	case in.ByTeam && line.Route != PaidToProvider:
		add("line", "The practice claims this money itself")
	case !in.ByTeam && line.Route != PaidToPractice:
		add("line", "The local team pays the provider of this support, so there is nothing for the practice to claim")
	}
	switch reference := strings.TrimSpace(in.Reference); {
	case in.ByTeam && reference == "":
		add("reference", "Enter the number of the provider’s invoice")
	case len([]rune(reference)) > longestReference:
		add("reference", "The reference must be %d characters or fewer", longestReference)
	case fault.BankDetails(reference):
		add("reference", fault.NoBankDetails)
	}
	in.checkAmounts(line, add)
	in.checkPeriod(line, today, add)
	if len([]rune(in.Detail)) > longestDetail {
		add("detail", "What the money was spent on must be %d characters or fewer", longestDetail)
	} else if strings.TrimSpace(in.Detail) == "" {
		add("detail", "Say what the money was spent on")
	} else if fault.BankDetails(in.Detail) {
		add("detail", fault.NoBankDetails)
	}
	in.checkEvidence(line, add)
	slices.SortStableFunc(wrong.Fields, func(a, b fault.Field) int {
		return slices.Index(claimFields, base(a.Name)) - slices.Index(claimFields, base(b.Name))
	})
	return wrong
}

// base is the field of which a name is a part: "from" of "from-day".
func base(name string) string {
	name, _, _ = strings.Cut(name, "-")
	return name
}

func (in ClaimInput) checkAmounts(line ClaimLine, add func(string, string, ...any)) {
	typed := func(field string) bool {
		return !slices.ContainsFunc(in.Typed.Fields, func(f fault.Field) bool { return f.Name == field })
	}
	if !typed("net") || !typed("vat") || !typed("gross") {
		return
	}
	switch {
	case in.Gross <= 0:
		add("gross", "The total must be more than £0")
	case in.Net+in.VAT != in.Gross:
		add("gross", "The total must be net and VAT together: %s and %s make %s", in.Net, in.VAT, in.Net+in.VAT)
	case line.ID != 0 && !line.Forward && in.Gross > line.Left():
		add("gross", "This is more than is left to claim: %s is left of %s", line.Left(), line.Gross)
	}
}

// checkPeriod wants days on which the support was given: what is claimed counts as received, so none of them is still to come.
func (in ClaimInput) checkPeriod(line ClaimLine, today calendar.Date, add func(string, string, ...any)) {
	if in.From.IsZero() {
		add("from", "Enter the first day")
	} else if line.ID != 0 && (in.From.Before(line.Starts) || in.From.After(line.Ends)) {
		add("from", "The first day must be within the dates of this support, %s to %s", line.Starts.Words(), line.Ends.Words())
	}
	switch {
	case in.To.IsZero():
		add("to", "Enter the last day")
	case !in.From.IsZero() && in.To.Before(in.From):
		add("to", "The last day must not be before the first")
	case line.ID != 0 && in.To.After(line.Ends):
		add("to", "The last day must be within the dates of this support, %s to %s", line.Starts.Words(), line.Ends.Words())
	case line.ID != 0 && !line.EndedOn.IsZero() && in.To.After(line.EndedOn):
		add("to", "The memorandum ends on %s, so claim for days up to then", line.EndedOn.Words())
	case in.To.After(today):
		add("to", "The last day must not be after today, %s: claim for work when it has been done", today.Words())
	}
}

// in refuses an act for which the claim is not, or no longer, in the right state.
func (c *Claim) in(states ...ClaimState) error {
	if slices.Contains(states, c.State) {
		return nil
	}
	return fault.Conflict{Reason: fmt.Sprintf("Claim %d stands at “%s”", c.Number, c.State.Name())}
}

// Check says that the claim is for what was agreed. Whoever made the claim cannot.
func (c *Claim) Check(by account.PersonID, m calendar.Moment) error {
	if err := c.in(ClaimSubmitted); err != nil {
		return err
	}
	if by == c.ClaimedBy {
		return fault.Forbidden{Reason: "You made this claim, so somebody else must check it"}
	}
	c.State, c.CheckedBy, c.CheckedAt = ClaimChecked, by, m.Now
	return nil
}

// CheckAlike says how much of the claim is for what was agreed, and why it is not for the same thing as the claims that it
// is like.
func (c *Claim) CheckAlike(alike []Alike, why string, share Share, by account.PersonID, m calendar.Moment) error {
	tried := *c
	if err := tried.Check(by, m); err != nil {
		return err
	}
	var wrong fault.Invalid
	if invalid, ok := fault.AsInvalid(tried.share(share, by)); ok {
		wrong = invalid
	}
	why, unexplained := explain(alike, why)
	wrong.Fields = append(wrong.Fields, unexplained.Fields...)
	if err := wrong.Err(); err != nil {
		return err
	}
	*c = tried
	c.AlikeChecked = why
	return nil
}

// Return ends the claim with a reason, until its payment is released; its money can be claimed anew.
func (c *Claim) Return(why string, by account.PersonID, m calendar.Moment) error {
	if err := c.in(ClaimSubmitted, ClaimChecked, ClaimApproved); err != nil {
		return err
	}
	if err := c.settling(); err != nil {
		return err
	}
	if by == c.ClaimedBy && c.CheckedBy != 0 {
		return fault.Forbidden{Reason: "You made this claim, and it is checked, so somebody else must return it"}
	}
	return c.end("Say what must be put right", why, by, m)
}

// Withdraw ends the claim by the practice that made it, until its payment is released; its money can be claimed anew.
func (c *Claim) Withdraw(line ClaimLine, why string, by account.PersonID, m calendar.Moment) error {
	if err := c.in(ClaimSubmitted, ClaimChecked, ClaimApproved); err != nil {
		return err
	}
	if err := c.settling(); err != nil {
		return err
	}
	if line.Route != PaidToPractice {
		return fault.Forbidden{Reason: "The local team entered this invoice, so the practice cannot withdraw it"}
	}
	if err := c.end("Say why you withdraw this claim", why, by, m); err != nil {
		return err
	}
	c.Withdrawn = true
	return nil
}

// end takes a claim back with a reason.
func (c *Claim) end(ask, why string, by account.PersonID, m calendar.Moment) error {
	var wrong fault.Invalid
	switch why = strings.TrimSpace(why); {
	case why == "":
		wrong.Add("reason", "%s", ask)
	case len([]rune(why)) > longestDetail:
		wrong.Add("reason", "The reason must be %d characters or fewer", longestDetail)
	case fault.BankDetails(why):
		wrong.Add("reason", fault.NoBankDetails)
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	c.State, c.ReturnedWhy, c.ReturnedBy, c.ReturnedAt = ClaimReturned, why, by, m.Now
	return nil
}

// Standing is how the claim stands, as people say it.
func (c Claim) Standing() string {
	if c.Withdrawn {
		return "Withdrawn"
	}
	return c.State.Name()
}

// Approve says that a share of the claim is to be paid, once the last of those has approved it whom the ladder asks for.
// Whoever made or checked it cannot, nor can anybody for whom the share is over their limit. held are the roles by which the
// person approves, given the approvals that stand.
func (c *Claim) Approve(share Share, l Ladder, given []Approval, held []account.Role, by account.PersonID, m calendar.Moment) (Rung, error) {
	if err := c.in(ClaimChecked); err != nil {
		return Rung{}, err
	}
	switch {
	case by == c.ClaimedBy:
		return Rung{}, fault.Forbidden{Reason: "You made this claim, so somebody else must approve it"}
	case by == c.CheckedBy:
		return Rung{}, fault.Forbidden{Reason: "You checked this claim, so somebody else must approve it"}
	}
	tried := *c
	if err := tried.share(share, by); err != nil {
		return Rung{}, err
	}
	rung, err := l.Climb(tried.Payable(), given, held, by)
	if err != nil {
		return rung, err
	}
	*c = tried
	if rung.Last() {
		c.State, c.ApprovedBy, c.ApprovedAt = ClaimApproved, by, m.Now
	}
	return rung, nil
}

// Receive says that the money arrived.
func (c *Claim) Receive(by account.PersonID, m calendar.Moment) error {
	if err := c.in(ClaimPaid); err != nil {
		return err
	}
	c.State, c.ReceivedBy, c.ReceivedAt = ClaimReceived, by, m.Now
	return nil
}

// Reached is what has come to a state or gone through it: that state and all after it.
func (b Balances) Reached(state MoneyState) Pence {
	var sum Pence
	for _, s := range MoneyStates[slices.Index(MoneyStates, state):] {
		sum += b[s]
	}
	return sum
}

// ClaimTargets are the promises of time for a claim: working days after the day of the claim, by the state that it
// reaches.
type ClaimTargets struct {
	Days  map[ClaimState]int
	Local bool // set locally, not by the programme
}

// ClaimNext says what happens next with a claim, who does it, and by when.
type ClaimNext struct {
	What string
	Who  string        // "team", "payee" or, when nothing more happens, ""
	By   calendar.Date // zero where no day is set
}

// Next is what the claim waits for.
func (c Claim) Next(t ClaimTargets) ClaimNext {
	by := func(reached ClaimState) calendar.Date {
		if days := t.Days[reached]; days > 0 {
			return calendar.DateOf(c.ClaimedAt).AddWorkingDays(days)
		}
		return calendar.Date{}
	}
	if c.Recovery != nil && c.Recovery.State == RecoveryRaised {
		return ClaimNext{What: "Somebody else in the local team decides on the money that is asked back", Who: "team"}
	}
	if c.Recovery != nil && c.Recovery.State == RecoveryDue {
		return ClaimNext{c.Recovery.NextDue().String() + " is to be paid back", "payee", c.Recovery.NextDue().Due}
	}
	switch c.State {
	case ClaimSubmitted:
		return ClaimNext{"The local team checks the claim", "team", by(ClaimChecked)}
	case ClaimChecked:
		return ClaimNext{"Somebody else approves the claim", "team", by(ClaimApproved)}
	case ClaimApproved:
		if c.Correction != 0 {
			return ClaimNext{What: "The local team finds out whether an earlier payment was made after all", Who: "team"}
		}
		return ClaimNext{"A finance officer releases the payment", "team", by(ClaimPaid)}
	case ClaimBatched:
		return ClaimNext{"The payment is made, and recorded here", "team", by(ClaimPaid)}
	case ClaimPaid:
		switch {
		case c.Dispute != 0:
			return ClaimNext{What: "The local team finds out what became of the payment, and answers", Who: "team"}
		case !c.AskedAt.IsZero():
			return ClaimNext{"Whoever was paid was asked again whether the money has arrived", "payee", c.ConfirmBy}
		}
		return ClaimNext{"Whoever was paid confirms that the money has arrived", "payee", c.ConfirmBy}
	case ClaimReturned:
		return ClaimNext{What: "This claim has ended. A new claim can be made for the same money"}
	default:
		return ClaimNext{What: "Nothing more happens with this claim"}
	}
}

// Approval is one person's yes to a step of the claim. A claim is never edited, so that all are of its first version.
func (c Claim) Approval(step string, by account.PersonID) Approval {
	return Approval{Subject: "claim", ID: c.ID, Version: 1, Step: step, Person: by, Amount: c.Payable(), Reaches: true}
}

// Move is the entry that takes an amount of the claim's money from one state of its line to another, or back to its budget.
func (c Claim) Move(kind Kind, budget int64, from, to MoneyState, amount Pence, day calendar.Date) Entry {
	e := Entry{
		Kind: kind, From: Account{budget, c.Line, from}, To: Account{budget, c.Line, to}, Amount: amount, Effective: day,
		Case: c.Case, Refers: "claim", RefersID: c.ID,
	}
	if to == Available || to == Outside {
		e.To.Line = 0
	}
	return e
}
