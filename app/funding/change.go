package funding

import (
	"strings"
	"time"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/practice"
)

// OverCommitmentSource is the source of money that only an authorised over-commitment brings into a budget.
const OverCommitmentSource = "over_commitment"

// ChangeKind is what a change of a budget does.
type ChangeKind string

// The kinds of change.
const (
	Virement       ChangeKind = "virement"        // from one local team to another, of the same year and source
	TopUp          ChangeKind = "top_up"          // more money from a source
	OverCommitment ChangeKind = "over_commitment" // leave to promise more than there is, until a day
)

// ChangeKinds lists them as pages offer them.
var ChangeKinds = []ChangeKind{Virement, TopUp, OverCommitment}

var changeNames = map[ChangeKind]string{Virement: "Virement", TopUp: "Top-up", OverCommitment: "Over-commitment"}

// Name is the kind as people say it.
func (k ChangeKind) Name() string { return changeNames[k] }

// Side is one of the two sides that must agree to a change.
type Side string

// The sides: whoever gives the money, or authorises it, and the team that takes it.
const (
	Giver Side = "giver"
	Taker Side = "taker"
)

// Sides lists them, the giver first.
var Sides = []Side{Giver, Taker}

// BudgetRef names a budget.
type BudgetRef struct {
	ID     int64 // 0: none
	Year   calendar.Year
	Team   Team
	Source Source
}

// Yes is one side's agreement. The zero value is none yet.
type Yes struct {
	Person account.PersonID
	Name   string
	At     time.Time
}

// BudgetChange is a virement, a top-up or an authorised over-commitment. One person asks for it; two others agree, one for
// each side; the second agreement moves the money. One refusal ends it.
type BudgetChange struct {
	ID     int64
	Kind   ChangeKind
	From   BudgetRef // of a virement
	To     BudgetRef
	Amount Pence
	Reason string
	Until  calendar.Date // of an over-commitment: the last day on which it can be promised
	State  AllocationState

	RequestedBy  account.PersonID
	Requester    string // name
	RequestedAt  time.Time
	Given, Taken Yes
	Refused      Yes    // who refused it
	RefusedWhy   string // set when it was refused

	// Returned is what was taken back of an over-commitment after its last day; EndedOn is that day's sequel, zero before.
	Returned Pence
	EndedOn  calendar.Date
	Version  int64
}

// ChangeInput is what somebody enters.
type ChangeInput struct {
	Kind   ChangeKind
	Year   calendar.Year // 0: none was chosen
	From   BudgetRef     // with its number where there is such a budget
	Left   Pence         // what From has left to promise
	Team   Team          // without a code: none was chosen
	Source Source
	Amount Pence
	Until  calendar.Date
	Reason string
	Closed Team // one of the teams, whose year is closed; without a code: none is
	// Typed is what was wrong before: an amount or a day that is none.
	Typed fault.Invalid
}

// SpokenForBy tells whether the actor can agree for the team: its lead, or a finance officer of the team or its region.
func (t Team) SpokenForBy(a account.Actor) bool {
	return a.At(string(t.Code), account.TeamLead) || t.FinancedBy(a)
}

// SeenBy tells whether the actor sees the money of the team, so that a link to its budget leads somewhere. The database asks the
// same of whoever follows it.
func (t Team) SeenBy(a account.Actor) bool {
	return t.SpokenForBy(a) || t.CoveredBy(a) || a.Everywhere(account.Auditor)
}

// NewBudgetChange makes a change that waits for both sides. Whoever covers or speaks for one of its teams enters it.
func NewBudgetChange(in ChangeInput, a account.Actor, m calendar.Moment) (BudgetChange, error) {
	ours := func(t Team) bool { return t.Code != "" && (t.CoveredBy(a) || t.SpokenForBy(a)) }
	chosen := in.Team.Code != "" && (in.Kind != Virement || in.From.Team.Code != "")
	if !a.Has(account.ProgrammeManager, account.TeamLead, account.FinanceOfficer) {
		return BudgetChange{}, fault.Forbidden{Reason: "Only the lead or a finance officer of one of the teams, or a programme manager of its region or of the nation, can ask for this"}
	}
	wrong := in.check(m)
	if chosen && !ours(in.Team) && !ours(in.From.Team) {
		wrong = fault.Invalid{} // nothing about the money of other teams
		if in.Kind == Virement {
			wrong.Add("from", "You can ask for neither of these teams. Choose your own as one of them")
		} else {
			wrong.Add("team", "You cannot ask for this team. Choose one of your own")
		}
	}
	if err := wrong.Err(); err != nil {
		return BudgetChange{}, err
	}
	c := BudgetChange{
		Kind: in.Kind, From: in.From, To: BudgetRef{Year: in.Year, Team: in.Team, Source: in.Source}, Amount: in.Amount, Reason: strings.TrimSpace(in.Reason), Until: in.Until,
		State: Requested, RequestedBy: a.ID, Requester: a.Name, RequestedAt: m.Now, Version: 1,
	}
	if c.Kind == Virement {
		c.From.Year, c.From.Source = in.Year, in.Source
	}
	if c.Kind != OverCommitment {
		c.Until = calendar.Date{} // nothing else has a last day, whatever was sent
	}
	return c, nil
}

// check says what is wrong in the order of the form.
func (in ChangeInput) check(m calendar.Moment) fault.Invalid {
	var wrong fault.Invalid
	typed := map[string]bool{}
	for _, f := range in.Typed.Fields {
		typed[strings.SplitN(f.Name, "-", 2)[0]] = true
	}
	this := calendar.YearOf(m.Today)
	if in.Year < FirstYear || in.Year > this+2 {
		wrong.Add("year", "Choose a financial year from %s to %s", FirstYear, this+2)
	} else if in.Closed.Code != "" {
		wrong.Add("year", "%s is closed for %s, and no money moves into or out of it any more: choose a year that is open", in.Year, in.Closed.Name)
	}
	switch {
	case in.Kind != Virement:
	case in.From.Team.Code == "":
		wrong.Add("from", "Choose the local team that gives the money")
	case in.From.ID == 0:
		wrong.Add("from", "%s has no money of that year and source", in.From.Team.Name)
	}
	switch {
	case in.Team.Code == "":
		wrong.Add("team", "Choose the local team that gets the money")
	case in.Kind == Virement && in.Team.Code == in.From.Team.Code:
		wrong.Add("team", "Choose another team than the one that gives the money")
	}
	switch {
	case in.Source.Code == "":
		wrong.Add("source", "Choose where the money comes from")
	case (in.Source.Code == OverCommitmentSource) != (in.Kind == OverCommitment):
		wrong.Add("source", "Choose a source that has money: an over-commitment is authorised for one team")
	}
	switch {
	case typed["amount"]:
		wrong.Fields = append(wrong.Fields, only(in.Typed, "amount")...)
	case in.Amount <= 0:
		wrong.Add("amount", "The amount must be more than £0")
	case in.Kind == Virement && in.From.ID != 0 && in.Amount > in.Left:
		wrong.Add("amount", "%s has only %s left to promise", in.From.Team.Name, in.Left)
	}
	switch {
	case in.Kind != OverCommitment:
	case typed["until"]:
		wrong.Fields = append(wrong.Fields, only(in.Typed, "until")...)
	case in.Until.Before(m.Today) || in.Until.After(in.Year.Last()):
		wrong.Add("until-day", "The last day must be from today to %s", in.Year.Last().Words())
	}
	reason(&wrong, "reason", in.Reason, "Say why this is needed, or where it was decided")
	return wrong
}

// only are the faults of one field of a form, or of its parts.
func only(typed fault.Invalid, name string) []fault.Field {
	var list []fault.Field
	for _, f := range typed.Fields {
		if f.Name == name || strings.HasPrefix(f.Name, name+"-") {
			list = append(list, f)
		}
	}
	return list
}

// Yes is the agreement of a side.
func (c *BudgetChange) Yes(s Side) *Yes {
	if s == Giver {
		return &c.Given
	}
	return &c.Taken
}

// SideName says who a side is.
func (c BudgetChange) SideName(s Side) string {
	switch {
	case s == Taker:
		return c.To.Team.Name
	case c.Kind == Virement:
		return c.From.Team.Name
	}
	return "The programme"
}

// speaks tells whether the actor can agree for a side.
func (c BudgetChange) speaks(a account.Actor, s Side) bool {
	switch {
	case s == Taker:
		return c.To.Team.SpokenForBy(a)
	case c.Kind == Virement:
		return c.From.Team.SpokenForBy(a)
	}
	return c.To.Team.CoveredBy(a)
}

// Refusal says why the actor cannot agree for a side, or "" when they can.
func (c BudgetChange) Refusal(a account.Actor, s Side) string {
	other := Giver
	if s == Giver {
		other = Taker
	}
	switch {
	case !c.speaks(a, s) && s == Giver && c.Kind != Virement:
		return "Only a programme manager of the team’s region or of the nation can agree for the programme"
	case !c.speaks(a, s):
		return "Only the lead or a finance officer of " + c.SideName(s) + ", or of its region, can agree for it"
	case a.ID == c.RequestedBy:
		return "You asked for this, so somebody else must agree"
	case a.ID == c.Yes(other).Person:
		return "You agreed for " + c.SideName(other) + ", so somebody else must agree for " + c.SideName(s)
	case c.Yes(s).Person != 0:
		return c.Yes(s).Name + " has agreed for " + c.SideName(s) + " already"
	}
	return ""
}

// Settled says how the change ended, or "" while it waits.
func (c BudgetChange) Settled() string {
	switch c.State {
	case AllocationApproved:
		return "Both sides have agreed already"
	case AllocationRefused:
		return c.Refused.Name + " has refused it already"
	}
	return ""
}

// Agree notes the agreement of a side. The second one moves the money: entries are what it posts. left is what the giving
// budget of a virement has left to promise.
func (c *BudgetChange) Agree(s Side, left Pence, a account.Actor, m calendar.Moment) (audit.Event, []Entry, error) {
	if why := c.Settled(); why != "" {
		return audit.Event{}, nil, fault.Conflict{Reason: why}
	}
	if why := c.Refusal(a, s); why != "" {
		if c.speaks(a, s) && c.Yes(s).Person != 0 && a.ID != c.RequestedBy {
			return audit.Event{}, nil, fault.Conflict{Reason: why}
		}
		return audit.Event{}, nil, fault.Forbidden{Reason: why}
	}
	if c.Kind == OverCommitment && c.Until.Before(m.Today) {
		return audit.Event{}, nil, fault.Conflict{Reason: "Its last day has passed. Refuse it, and ask for another"}
	}
	*c.Yes(s) = Yes{a.ID, a.Name, m.Now}
	e := c.event(c.words() + " agreed by " + string(s))
	if c.Given.Person == 0 || c.Taken.Person == 0 {
		return e, nil, nil
	}
	if c.Kind == Virement && left < c.Amount {
		return audit.Event{}, nil, Short(c.Amount, left)
	}
	c.State = AllocationApproved
	e.Changed("state", string(Requested), string(c.State))
	e.Changed("allocation", "", audit.Integer(int64(c.Amount)))
	return e, []Entry{c.entry(m)}, nil
}

var changeEntries = map[ChangeKind]Kind{Virement: Vire, TopUp: AddMore, OverCommitment: OverCommit}

// entry is the movement of the money.
func (c BudgetChange) entry(m calendar.Moment) Entry {
	from := Account{Budget: c.To.ID, State: Outside}
	if c.Kind == Virement {
		from = Account{Budget: c.From.ID, State: Available}
	}
	return Entry{
		Kind: changeEntries[c.Kind], From: from, To: Account{Budget: c.To.ID, State: Available}, Amount: c.Amount, Effective: m.Today, Refers: "budget change", RefersID: c.ID,
	}
}

// Accounts are those that the movement touches, to be locked.
func (c BudgetChange) Accounts() []Account {
	e := c.entry(calendar.Moment{})
	return []Account{e.From, e.To}
}

// Approval is the yes of a side.
func (c BudgetChange) Approval(s Side) Approval {
	return Approval{Subject: "budget change", ID: c.ID, Version: 1, Step: string(s), Person: c.Yes(s).Person, Amount: c.Amount}
}

// Refuse ends the change with a reason. Whoever could agree for a side refuses, and who asked for it takes it back.
func (c *BudgetChange) Refuse(why string, a account.Actor, m calendar.Moment) (audit.Event, error) {
	if done := c.Settled(); done != "" {
		return audit.Event{}, fault.Conflict{Reason: done}
	}
	if !c.MayRefuse(a) {
		return audit.Event{}, fault.Forbidden{Reason: "Only somebody who can agree for one of the sides, or who asked for it, can refuse this"}
	}
	var wrong fault.Invalid
	reason(&wrong, "reason", why, "Say why it is refused")
	if err := wrong.Err(); err != nil {
		return audit.Event{}, err
	}
	c.State, c.Refused, c.RefusedWhy = AllocationRefused, Yes{a.ID, a.Name, m.Now}, strings.TrimSpace(why)
	e := c.event(c.words() + " refused")
	e.Changed("state", string(Requested), string(c.State))
	e.Words["reason"] = c.RefusedWhy
	return e, nil
}

// MayRefuse tells whether the actor may end it while it waits.
func (c BudgetChange) MayRefuse(a account.Actor) bool {
	return a.ID == c.RequestedBy || c.speaks(a, Giver) || c.speaks(a, Taker)
}

// End takes back what is left of an over-commitment whose last day has passed: free is what its budget has left that no
// other over-commitment covers. What was promised stays. It may run again, when more of it is released.
func (c *BudgetChange) End(free Pence, m calendar.Moment) (audit.Event, []Entry, error) {
	if c.Kind != OverCommitment || c.State != AllocationApproved || !c.Until.Before(m.Today) {
		return audit.Event{}, nil, fault.Conflict{Reason: "It has not come to its end"}
	}
	back := max(0, min(free, c.Amount-c.Returned))
	if back == 0 && !c.EndedOn.IsZero() {
		return audit.Event{}, nil, fault.Conflict{Reason: "Nothing is left to take back"}
	}
	e := c.event("over-commitment ended")
	e.Changed("allocation", audit.Integer(int64(c.Amount-c.Returned)), audit.Integer(int64(c.Amount-c.Returned-back)))
	c.Returned += back
	if c.EndedOn.IsZero() {
		c.EndedOn = m.Today
	}
	if back == 0 {
		return e, nil, nil
	}
	return e, []Entry{{
		Kind: OverCommitEnd, From: Account{Budget: c.To.ID, State: Available}, To: Account{Budget: c.To.ID, State: Outside}, Amount: back, Effective: m.Today,
		Refers: "budget change", RefersID: c.ID,
	}}, nil
}

func (c BudgetChange) words() string { return strings.ToLower(c.Kind.Name()) }

// Entered is the event of a change that has its number.
func (c BudgetChange) Entered() audit.Event {
	e := c.event(c.words() + " asked for")
	e.Changed("state", "", string(c.State))
	e.Changed("year", "", audit.Integer(int64(c.To.Year)))
	e.Changed("team", string(c.From.Team.Code), string(c.To.Team.Code))
	e.Changed("source", "", c.To.Source.Code)
	e.Changed("allocation", "", audit.Integer(int64(c.Amount)))
	e.Words["reason"] = c.Reason
	return e
}

func (c BudgetChange) event(act string) audit.Event {
	return audit.Event{Act: act, Subject: audit.Subject{Kind: "budget change", ID: audit.Integer(c.ID)}, Audience: audit.ForTeam, Words: map[string]string{}}
}

// ChangeProof is a change of a budget with what the ledger and the approvals have of it.
type ChangeProof struct {
	ID               int64
	Kind             ChangeKind
	State            AllocationState
	From, To         int64 // budgets
	Amount, Returned Pence
	// Moved is what entries of its kind brought to its budget for it, from where it says; Back what they took back.
	Moved, Back Pence
	// Agreed is how many sides have an approval by that person, of its amount.
	Agreed int
}

// Check compares a change with what moved for it.
func (p ChangeProof) Check() *audit.Wrong {
	var due Pence
	if p.State == AllocationApproved {
		due = p.Amount
	}
	switch {
	case p.Moved != due:
		return audit.In("budget_change", p.ID, "moves %s by its state and amount, and the ledger has %s of it", due, p.Moved)
	case p.Back != p.Returned:
		return audit.In("budget_change", p.ID, "gave back %s by its own row, and %s by the ledger", p.Returned, p.Back)
	case p.State == AllocationApproved && p.Agreed != 2:
		return audit.In("budget_change", p.ID, "is not agreed as it says: %d of two approvals are there by that person and of that amount", p.Agreed)
	}
	return nil
}

// EntryKind is the kind of the entry that a change of this kind makes.
func (k ChangeKind) EntryKind() Kind { return changeEntries[k] }

// ChangeFilter narrows a list of changes. The zero value lists all that the person may see.
type ChangeFilter struct {
	Year    calendar.Year
	Team    practice.Code
	Waiting bool // for the agreement of somebody
}
