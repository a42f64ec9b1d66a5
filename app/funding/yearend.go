package funding

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
)

// YearEndChoice is what somebody decided of a line at the end of a year. The code is what the database holds.
type YearEndChoice string

// The choices: the first two for work that was received and not paid, the others for work that was not delivered.
const (
	Accrue       YearEndChoice = "accrue"
	NotAccrue    YearEndChoice = "not_accrue"
	CarryForward YearEndChoice = "carry_forward"
	ReleaseLeft  YearEndChoice = "release"
)

var yearEndNames = map[YearEndChoice]string{
	Accrue: "Accrue it: the work was received, and is paid later from this year", NotAccrue: "Do not accrue it: its claim is to be returned, or the report is wrong",
	CarryForward: "Carry it forward: the work is to be paid from next year’s money", ReleaseLeft: "Release it: the work will not be done",
}

// Name is the choice as people say it.
func (c YearEndChoice) Name() string { return yearEndNames[c] }

// Short is the choice in one or two words.
func (c YearEndChoice) Short() string { name, _, _ := strings.Cut(yearEndNames[c], ":"); return name }

// YearEndChoices are those that there are of work that was received, or that was not delivered.
func YearEndChoices(received bool) []YearEndChoice {
	if received {
		return []YearEndChoice{Accrue, NotAccrue}
	}
	return []YearEndChoice{CarryForward, ReleaseLeft}
}

// YearEndDecision is what somebody decided of a line, of the amount that it was then.
type YearEndDecision struct {
	Received  bool // of work that was received and not paid; else of work that was not delivered
	Choice    YearEndChoice
	Amount    Pence
	Reason    string
	Who       string // name
	DecidedAt time.Time
}

// YearEndLine is a line with something to decide: what was received and not paid, or what was not delivered, which is reserved or
// committed.
type YearEndLine struct {
	LinePosition
	Decision []YearEndDecision // the newest of each of the two, where there is one
}

// Amount is what is to be decided of work that was received, or that was not delivered.
func (l YearEndLine) Amount(received bool) Pence {
	if received {
		return l.Portion(PortionAccrued)
	}
	return l.Portion(PortionUndelivered) + l.Portion(PortionReserved)
}

// Decided is the decision that holds. One of another amount than there is now holds no longer.
func (l YearEndLine) Decided(received bool) (YearEndDecision, bool) {
	for _, d := range l.Decision {
		if d.Received == received && d.Amount == l.Amount(received) {
			return d, true
		}
	}
	return YearEndDecision{}, false
}

// Blocks says why the year cannot be closed because of the line, or "".
func (l YearEndLine) Blocks() string {
	if why := l.BlockedBy(true); why != "" {
		return why
	}
	return l.BlockedBy(false)
}

// BlockedBy says why it cannot be closed because of what was received, or was not delivered, or "".
func (l YearEndLine) BlockedBy(received bool) string {
	d, decided := l.Decided(received)
	switch {
	case l.Amount(received) == 0 || d.Choice == Accrue:
		return ""
	case !decided && received:
		return "What was received is not decided"
	case !decided:
		return "What was not delivered is not decided"
	case d.Choice == NotAccrue:
		return "Return the claim, or correct the report"
	case d.Choice == CarryForward:
		return "Vary the memorandum, with a line of next year in the place of this one"
	case l.Portion(PortionReserved) > 0:
		return "Cancel the offer or the variation that reserves it, or have it accepted"
	}
	return "" // the closing releases it
}

// Released is what the closing releases of the line: committed, not delivered, and decided so.
func (l YearEndLine) Released() Pence {
	if d, decided := l.Decided(false); !decided || d.Choice != ReleaseLeft {
		return 0
	}
	return l.Portion(PortionUndelivered)
}

// Released is what the closing releases in all.
func (y YearEnd) Released() Pence {
	var sum Pence
	for _, l := range y.Lines {
		sum += l.Released()
	}
	return sum
}

// Release lists the entries by which a closing gives back what was decided to be released.
func (y YearEnd) Release(today calendar.Date) []Entry {
	var list []Entry
	for _, l := range y.Lines {
		if n := l.Released(); n > 0 {
			list = append(list, Entry{
				Kind: Release, From: Account{Budget: l.Budget, Line: l.Line, State: Committed}, To: Account{Budget: l.Budget, State: Available}, Amount: n, Effective: today,
				Case: l.Case, Practice: l.Code, Refers: closingEntry, RefersID: y.Closing.ID,
			})
		}
	}
	return list
}

// YearClosing is a team's year that somebody asked to close.
type YearClosing struct {
	ID        int64 // 0: nobody has asked
	State     string
	Reason    string
	AskedBy   account.PersonID
	Asker     string // name
	AskedAt   time.Time
	Settler   string // name; "": nobody yet
	SettledAt time.Time
	Why       string // of a refusal
	Version   int64
}

// States of the closing of a year.
const (
	ClosingAsked   = "asked"
	ClosingDone    = "closed"
	ClosingRefused = "refused"
)

// YearEnd is the end of a team's financial year.
type YearEnd struct {
	Year    calendar.Year
	Team    Team
	Lines   []YearEndLine
	Closing YearClosing // the newest
	// Moved is the newest day on which money of the year moved, where somebody acts; zero: it is not known.
	Moved calendar.Date
}

// refuseLater says why nothing is done of an act that waited into a day on which money has moved: it would go by lines as they were the day
// before. Or "".
func (y YearEnd) refuseLater(today calendar.Date) string {
	if y.Moved.IsZero() || !y.Moved.After(today) {
		return ""
	}
	return "While this waited for its turn another day began, and money of the year moved on " + y.Moved.Words() + ". Look at the lines as they are now, and do it then"
}

// Opens is the first day on which something can be decided: 1 March.
func (y YearEnd) Opens() calendar.Date { return calendar.On(int(y.Year)+1, time.March, 1) }

// Closed tells whether the year is closed.
func (y YearEnd) Closed() bool { return y.Closing.State == ClosingDone }

// InTheWay are the lines because of which the year cannot be closed.
func (y YearEnd) InTheWay() []YearEndLine {
	return slices.DeleteFunc(slices.Clone(y.Lines), func(l YearEndLine) bool { return l.Blocks() == "" })
}

// Total is what is to be decided of work that was received, or that was not delivered.
func (y YearEnd) Total(received bool) Pence {
	var sum Pence
	for _, l := range y.Lines {
		sum += l.Amount(received)
	}
	return sum
}

// RefuseDecision says why the actor can decide nothing now, or "".
func (y YearEnd) RefuseDecision(a account.Actor, today calendar.Date) string {
	switch {
	case !y.Team.SpokenForBy(a):
		return "Only the lead or a finance officer of the team, or of its region, can decide at the end of a year"
	case today.Before(y.Opens()):
		return "The end of the year is decided from " + y.Opens().Words() + " on"
	case y.Closed():
		return "The year is closed"
	}
	return ""
}

// YearEndInput is a decision as somebody enters it.
type YearEndInput struct {
	Line     int64
	Received bool
	Choice   string
	Amount   Pence // that the person read
	Reason   string
}

// Decide notes a decision of a line. An amount that is another by now is fault.Conflict: it has to be read again.
func (y YearEnd) Decide(in YearEndInput, a account.Actor, m calendar.Moment) (YearEndDecision, audit.Event, error) {
	if why := cmp.Or(y.RefuseDecision(a, m.Today), y.refuseLater(m.Today)); why != "" {
		return YearEndDecision{}, audit.Event{}, refused(why, y.Team.SpokenForBy(a))
	}
	i := slices.IndexFunc(y.Lines, func(l YearEndLine) bool { return l.Line == in.Line && l.Amount(in.Received) > 0 })
	if i < 0 {
		return YearEndDecision{}, audit.Event{}, fault.NotFound{What: "line of the year end"}
	}
	l := y.Lines[i]
	if amount := l.Amount(in.Received); amount != in.Amount {
		return YearEndDecision{}, audit.Event{}, fault.Conflict{Reason: "It is " + amount.String() + " by now, and you read " + in.Amount.String() + ". Look at the line again", Stale: true}
	}
	var wrong fault.Invalid
	if !slices.Contains(YearEndChoices(in.Received), YearEndChoice(in.Choice)) {
		wrong.Add("choice", "Choose what is done with it")
	}
	reason(&wrong, "reason", in.Reason, "Say why")
	if err := wrong.Err(); err != nil {
		return YearEndDecision{}, audit.Event{}, err
	}
	d := YearEndDecision{Received: in.Received, Choice: YearEndChoice(in.Choice), Amount: in.Amount, Reason: strings.TrimSpace(in.Reason), Who: a.Name, DecidedAt: m.Now}
	e := y.event("year end decided")
	e.Words = map[string]string{"line": l.Reference + ", " + l.Description, "choice": d.Choice.Short(), "amount": d.Amount.String(), "reason": d.Reason}
	return d, e, nil
}

// refused is Forbidden where the person has no such role, and else a conflict with how things stand.
func refused(why string, role bool) error {
	if !role {
		return fault.Forbidden{Reason: why}
	}
	return fault.Conflict{Reason: why}
}

func (y YearEnd) event(act string) audit.Event {
	return audit.Event{Act: act, Subject: audit.Subject{Kind: "year end", ID: string(y.Team.Code) + " " + audit.Integer(int64(y.Year))}, Audience: audit.ForTeam}
}

// refuseClosing says why the year cannot be closed now, or "".
func (y YearEnd) refuseClosing(today calendar.Date) string {
	switch n := len(y.InTheWay()); {
	case y.Closed():
		return "The year is closed already"
	case !today.After(y.Year.Last()):
		return "The year can be closed from " + y.Year.Last().AddDays(1).Words() + " on"
	case n == 1:
		return "One line is in the way of closing: decide it, and do what was decided"
	case n > 1:
		return audit.Integer(int64(n)) + " lines are in the way of closing: decide them, and do what was decided"
	}
	return ""
}

// RefuseAsking says why the actor cannot ask to close the year, or "".
func (y YearEnd) RefuseAsking(a account.Actor, today calendar.Date) string {
	switch {
	case !y.Team.SpokenForBy(a):
		return "Only the lead or a finance officer of the team, or of its region, can ask to close its year"
	case y.Closing.State == ClosingAsked:
		return y.Closing.Asker + " has asked already"
	}
	return y.refuseClosing(today)
}

// Ask asks to close the year. Somebody else has to agree.
func (y YearEnd) Ask(why string, a account.Actor, m calendar.Moment) (YearClosing, audit.Event, error) {
	if no := cmp.Or(y.RefuseAsking(a, m.Today), y.refuseLater(m.Today)); no != "" {
		return YearClosing{}, audit.Event{}, refused(no, y.Team.SpokenForBy(a))
	}
	var wrong fault.Invalid
	reason(&wrong, "reason", why, "Say that the figures are agreed, and with whom")
	if err := wrong.Err(); err != nil {
		return YearClosing{}, audit.Event{}, err
	}
	c := YearClosing{State: ClosingAsked, Reason: strings.TrimSpace(why), AskedBy: a.ID, Asker: a.Name, AskedAt: m.Now, Version: 1}
	e := y.event("closing of a year asked for")
	e.Words = map[string]string{"reason": c.Reason}
	return c, e, nil
}

// speaksAtTheEnd tells whether the actor has a role in which they can agree to a closing.
func (y YearEnd) speaksAtTheEnd(a account.Actor) bool {
	return y.Team.SpokenForBy(a) || y.Team.CoveredBy(a)
}

// RefuseSettling says why the actor cannot agree to the closing, or refuse it, or "".
func (y YearEnd) RefuseSettling(a account.Actor, today calendar.Date) string {
	switch {
	case !y.speaksAtTheEnd(a):
		return "Only the lead or a finance officer of the team or its region, or a programme manager, can agree to close its year"
	case y.Closed():
		return "The year is closed already: " + y.Closing.Settler + " agreed to it. Nothing is left to be done"
	case y.Closing.State == ClosingRefused:
		return y.Closing.Settler + " has refused to close the year. Read why, and have it asked for anew"
	case y.Closing.State != ClosingAsked:
		return "Nobody has asked to close this year"
	case y.Closing.AskedBy == a.ID:
		return "You asked for this, so somebody else must agree"
	}
	return ""
}

// ClosingAnswer is what a second person says to the closing of a year.
type ClosingAnswer struct {
	Agree bool
	Why   string // of a refusal
	Read  int64  // the closing that the person read; 0: they did not say
}

// Settle agrees to the closing that was asked for, or refuses it with a reason. What came into its way meanwhile stops an agreement, and
// one that was refused and asked for anew since it was read has to be read first.
func (y YearEnd) Settle(in ClosingAnswer, a account.Actor, m calendar.Moment) (YearClosing, audit.Event, error) {
	c := y.Closing
	no := y.RefuseSettling(a, m.Today)
	if no == "" && in.Read != 0 && in.Read != c.ID {
		no = "Since you read it the closing was refused and asked for anew. Read what " + c.Asker + " writes now, and answer then"
	}
	if no == "" && in.Agree {
		no = cmp.Or(y.refuseLater(m.Today), y.refuseClosing(m.Today))
	}
	if no != "" {
		return c, audit.Event{}, refused(no, y.speaksAtTheEnd(a))
	}
	e := y.event("year closed")
	c.State, c.Settler, c.SettledAt = ClosingDone, a.Name, m.Now
	if n := y.Released(); in.Agree && n > 0 {
		e.Words = map[string]string{"released": n.String()}
	}
	if !in.Agree {
		var wrong fault.Invalid
		reason(&wrong, "why", in.Why, "Say why the year is not closed yet")
		if err := wrong.Err(); err != nil {
			return c, audit.Event{}, err
		}
		c.State, c.Why = ClosingRefused, strings.TrimSpace(in.Why)
		e = y.event("closing of a year refused")
		e.Words = map[string]string{"reason": c.Why}
	}
	return c, e, nil
}
