package casework

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"resilience/app/account"
	"resilience/app/calendar"
)

// ConcernKind is what a concern about the support is about. The code is what the database holds.
type ConcernKind string

// ConcernHandling is a concern about how the local team handles the case: never answered by the person who has it.
const ConcernHandling ConcernKind = "handling"

// ConcernKinds lists them with their names, in the order in which people choose.
var ConcernKinds = []struct {
	Kind ConcernKind
	Name string
}{
	{"absent", "The provider does not come, or comes late"}, {"no_help", "The support does not help"}, {"relationship", "The people involved do not work well together"},
	{"quality", "The work is of poor quality"}, {"worse", "The practice is getting worse"}, {"safety", "A worry about the safety of the support"},
	{ConcernHandling, "How the local team handles the case"},
}

// Name is the kind as people say it; empty for one that is not on the list.
func (k ConcernKind) Name() string {
	for _, one := range ConcernKinds {
		if one.Kind == k {
			return one.Name
		}
	}
	return ""
}

// Severity is how serious a concern is.
type Severity string

// SeverityUrgent goes to the team lead at once.
const SeverityUrgent Severity = "urgent"

// Severities lists them with their names and what they mean, in the order in which people choose.
var Severities = []struct {
	Severity Severity
	Name     string
	Means    string
}{
	{"minor", "It can be put right", "The support goes on, and something about it should change"},
	{"serious", "It holds the support up", "Without a change the support will not do what was agreed"},
	{SeverityUrgent, "It cannot wait", "Somebody may come to harm, or the practice may not go on. The team lead sees it at once"},
}

// Name is the severity as people say it; empty for one that is not on the list.
func (s Severity) Name() string {
	for _, one := range Severities {
		if one.Severity == s {
			return one.Name
		}
	}
	return ""
}

// ConcernOutcome is what follows from a concern.
type ConcernOutcome string

// ConcernGoesOn leaves a concern open: it is answered, and something is still being done about it.
const ConcernGoesOn ConcernOutcome = "going_on"

// ConcernOutcomes lists them with their names, in the order in which people choose.
var ConcernOutcomes = []struct {
	Outcome ConcernOutcome
	Name    string
}{
	{"put_right", "It is put right"}, {"provider_agreed", "The provider has agreed what it does differently"}, {"support_changes", "The agreed support is changed"},
	{"no_change", "It was looked into, and nothing needs to change"}, {"elsewhere", "It is taken up elsewhere, by another procedure"},
	{ConcernGoesOn, "Not settled yet: it stays open, and we go on with it"},
}

// Name is the outcome as people say it; empty for one that is not on the list.
func (o ConcernOutcome) Name() string {
	for _, one := range ConcernOutcomes {
		if one.Outcome == o {
			return one.Name
		}
	}
	return ""
}

// ConcernLevel is for whom a concern waits; of one that is settled, who answered it.
type ConcernLevel string

// The levels, each above the one before it.
const (
	ForHolder    ConcernLevel = "holder"
	ForLead      ConcernLevel = "lead"
	ForProgramme ConcernLevel = "national"
)

var concernLevels = []struct {
	level ConcernLevel
	name  string
}{{ForHolder, "the person who has this case"}, {ForLead, "the team lead"}, {ForProgramme, "the national programme manager"}}

// Name is who that is.
func (l ConcernLevel) Name() string {
	for _, one := range concernLevels {
		if one.level == l {
			return one.name
		}
	}
	return ""
}

// up is the level above; the highest stays.
func (l ConcernLevel) up() ConcernLevel {
	if l == ForHolder {
		return ForLead
	}
	return ForProgramme
}

// ConcernState is how a concern stands.
type ConcernState string

// The states of a concern.
const (
	ConcernOpen      ConcernState = "open"
	ConcernResolved  ConcernState = "resolved"
	ConcernWithdrawn ConcernState = "withdrawn" // by whoever raised it, or by the lead for a colleague
)

// ConcernDone is what somebody did about a concern.
type ConcernDone string

// What is done about a concern.
const (
	ConcernAnswered  ConcernDone = "answered" // it stays open
	ConcernSettled   ConcernDone = "resolved"
	ConcernEscalated ConcernDone = "escalated"
	ConcernOverdue   ConcernDone = "overdue" // nobody answered in time
	ConcernContested ConcernDone = "contested"
	ConcernTakenBack ConcernDone = "withdrawn"
)

// MostConcerns is how many a case has at the most.
const MostConcerns = 50

// Concern is something about the support of a case that does not go well, raised by either side.
type Concern struct {
	ID       int64 // 0 until stored
	Number   int   // within the case, from 1
	Kind     ConcernKind
	Severity Severity
	// Line is the line of support that it is about, with its provider; 0: none in particular.
	Line         int64
	LineName     string
	Provider     int64
	ProviderName string
	Words        string
	Wish         string // what they would like to happen

	RaisedBy   account.PersonID
	RaisedName string
	RaisedAt   time.Time // UTC
	ByPractice bool      // the practice raised it; otherwise the local team

	State ConcernState
	Level ConcernLevel
	// AnswerBy is the last day for an answer of the person who has the case, after which it goes to the team lead; zero: it is answered, or
	// waits for somebody above.
	AnswerBy calendar.Date
	Since    time.Time // since when it waits for its level, or is settled; UTC

	Steps []ConcernStep // the oldest first
}

// ConcernStep is one thing that was done about a concern.
type ConcernStep struct {
	Done    ConcernDone
	Level   ConcernLevel   // afterwards
	Outcome ConcernOutcome // of an answer
	Words   string
	By      account.PersonID // 0: the service
	ByName  string
	At      time.Time // UTC
}

// ProviderConcern is a concern as the page of its provider shows it, with its case.
type ProviderConcern struct {
	Concern
	Case         ID
	Reference    string
	PracticeName string
	RaisedOn     calendar.Date
}

// Name is the state as people say it.
func (s ConcernState) Name() string {
	return map[ConcernState]string{ConcernOpen: "Open", ConcernResolved: "Settled", ConcernWithdrawn: "Withdrawn"}[s]
}

// Title is the concern in a line.
func (n Concern) Title() string { return "Concern " + strconv.Itoa(n.Number) + ": " + n.Kind.Name() }

// Overdue tells whether the person who has the case has not answered in time.
func (n Concern) Overdue(today calendar.Date) bool {
	return n.State == ConcernOpen && n.Level == ForHolder && !n.AnswerBy.IsZero() && n.AnswerBy.Before(today)
}

// ConcernIn finds a concern by its number; nil where there is none.
func ConcernIn(list []Concern, number int) *Concern {
	if i := slices.IndexFunc(list, func(n Concern) bool { return n.Number == number }); i >= 0 {
		return &list[i]
	}
	return nil
}

// step notes what was done, and to whom the concern now belongs.
func (n *Concern) step(done ConcernDone, outcome ConcernOutcome, words string, a account.Actor, m calendar.Moment) {
	n.Since = m.Now
	n.Steps = append(n.Steps, ConcernStep{Done: done, Level: n.Level, Outcome: outcome, Words: strings.TrimSpace(words), By: a.ID, ByName: a.Name, At: m.Now})
}

// answerer is the level at which the actor answers a concern now; refused says why they do not. Nobody answers what they raised
// themselves, and a concern about how the case is handled is not answered by the person who has it.
func (c *Case) answerer(n *Concern, a account.Actor) (level ConcernLevel, refused string) {
	parties := c.Parties(a)
	leads := slices.Contains(parties, TeamLead)
	one := append(a.AsOne(c.Facts.Acted), a.ID)
	switch {
	case n.State != ConcernOpen:
		return "", "This concern is not open any more"
	case slices.Contains(one, n.RaisedBy):
		return "", "You raised this concern, so somebody else must answer it"
	case n.Kind == ConcernHandling && slices.Contains(one, c.Assignee):
		return "", "This concern is about how the case is handled, so somebody else than the person who has it must answer it"
	case n.Level == ForProgramme && !slices.Contains(parties, Programme):
		return "", "This concern waits for the national programme manager"
	case n.Level == ForLead && !leads:
		return "", "This concern waits for the team lead"
	case n.Level == ForHolder && leads && c.Assignee != a.ID:
		return ForLead, ""
	case n.Level == ForHolder && !slices.Contains(parties, Holder):
		return "", "This concern waits for the person who has this case"
	}
	return n.Level, ""
}

// MayAnswerConcern tells whether the actor may answer this concern now.
func (c *Case) MayAnswerConcern(n *Concern, a account.Actor) bool {
	_, refused := c.answerer(n, a)
	return refused == "" && c.May(AnswerConcern, a)
}

// MayEscalateConcern tells whether the actor may hand this concern up now: whoever has the case to the lead, the lead to the programme.
func (c *Case) MayEscalateConcern(n *Concern, a account.Actor) bool {
	return c.notEscalated(n, a) == "" && c.May(EscalateConcern, a)
}

func (c *Case) notEscalated(n *Concern, a account.Actor) string {
	switch {
	case n.State != ConcernOpen:
		return "This concern is not open any more"
	case n.Level == ForProgramme:
		return "This concern waits for the national programme manager already"
	case n.Level == ForLead && !slices.Contains(c.Parties(a), TeamLead):
		return "This concern waits for the team lead already"
	}
	return ""
}

// MayContestConcern tells whether the actor may say that the answer to this concern does not help. What the programme answered is the
// last answer here.
func (c *Case) MayContestConcern(n *Concern, a account.Actor) bool {
	return n.RaisedBy == a.ID && n.State == ConcernResolved && n.Level != ForProgramme && c.May(ContestConcern, a)
}

// MayWithdrawConcern tells whether the actor may take this concern back.
func (c *Case) MayWithdrawConcern(n *Concern, a account.Actor) bool {
	return c.notWithdrawn(n, a) == "" && c.May(WithdrawConcern, a)
}

// notWithdrawn says why the actor does not take this concern back now; empty: they do. It is for whoever raised it. For a colleague of
// the team, who may be away or have left, the lead takes it back, unless the lead has the case, counts as one person with who has it, or
// the concern is about how the team handles it. What a practice raised is answered and never taken back for it.
func (c *Case) notWithdrawn(n *Concern, a account.Actor) string {
	one := append(a.AsOne(c.Facts.Acted), a.ID)
	switch {
	case n.State != ConcernOpen:
		return "This concern is not open any more"
	case n.RaisedBy == a.ID:
		return ""
	case n.ByPractice:
		return "Only the person at the practice who raised it can withdraw it. If it is settled, answer it"
	case !slices.Contains(c.Parties(a), TeamLead):
		return "Only the person who raised it can withdraw it, or the team lead for a colleague"
	case n.Kind == ConcernHandling || slices.Contains(one, c.Assignee):
		return "This concern is about what you do yourself, so only the person who raised it can withdraw it"
	}
	return ""
}

// concernsOpen tells whether a concern of the case is open.
func concernsOpen(c *Case) bool { return c.Facts.ConcernsOpen > 0 }

// concernsAnswered tells whether a concern is settled by somebody above whom there is another.
func concernsAnswered(c *Case) bool { return c.Facts.ConcernsAnswered > 0 }

func concernsSettled(c *Case, _ account.Actor) string {
	if concernsOpen(c) {
		return "A concern about the support is open. It has to be settled first, or withdrawn by whoever raised it"
	}
	return ""
}
