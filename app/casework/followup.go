package casework

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"resilience/app/account"
	"resilience/app/assessment"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/support"
)

// FollowUpState is where the follow-up of a closed case stands. The code is what the database holds; empty: there is none.
type FollowUpState string

// The states of a follow-up.
const (
	FollowUpPlanned     FollowUpState = "planned" // its day has not come
	FollowUpDue         FollowUpState = "due"
	FollowUpDone        FollowUpState = "done"
	FollowUpNotPossible FollowUpState = "not_possible"
)

// FollowUpStates lists them with their names, in their order.
var FollowUpStates = []struct {
	State FollowUpState
	Name  string
}{{FollowUpPlanned, "Its day has not come"}, {FollowUpDue, "Due and not recorded"}, {FollowUpDone, "Recorded"}, {FollowUpNotPossible, "Not possible"}}

// Name is the state as people say it.
func (s FollowUpState) Name() string {
	for _, one := range FollowUpStates {
		if one.State == s {
			return one.Name
		}
	}
	return ""
}

// Settled tells whether nothing more is done about it.
func (s FollowUpState) Settled() bool { return s == FollowUpDone || s == FollowUpNotPossible }

// Barrier is why a follow-up is not possible.
type Barrier string

// Barriers lists them with their names, in the order in which people choose.
var Barriers = []struct {
	Barrier Barrier
	Name    string
}{
	{"practice_closed", "The practice has closed"}, {"merged", "The practice has merged, and its figures are those of another"},
	{"no_answer", "Nothing newer is known, and the practice cannot be reached"}, {"other", "Another reason"},
}

// Name is the barrier as people say it; empty for one that is not on the list.
func (b Barrier) Name() string {
	for _, one := range Barriers {
		if one.Barrier == b {
			return one.Name
		}
	}
	return ""
}

// Reached is how far what was expected of the support came about.
type Reached string

// ReachedList lists the answers with their names, in the order in which people choose.
var ReachedList = []struct {
	Reached Reached
	Name    string
}{{"yes", "Reached"}, {"part", "Reached in part"}, {"no", "Not reached"}, {"unknown", "Cannot be told"}}

// Name is the answer as people say it; empty for one that is not on the list.
func (r Reached) Name() string {
	for _, one := range ReachedList {
		if one.Reached == r {
			return one.Name
		}
	}
	return ""
}

// FollowUp is the second look at a closed case.
type FollowUp struct {
	Case    ID
	DueOn   calendar.Date
	State   FollowUpState
	Barrier Barrier // why it is not possible, with Why in words
	Why     string
	Result  FollowUpResult // of one that is recorded
	By      account.PersonID
	ByName  string
	At      time.Time // UTC; zero: it is not recorded
}

// FollowUpResult is what was found, in words, so that it can be read when rules, names and figures have changed. It is kept as JSON and
// never rewritten: a field may be added here, none renamed.
type FollowUpResult struct {
	DecidedOn    string                `json:"decided_on"` // day of the decision whose evidence stands beside it
	Measured     []assessment.Measured `json:"measured"`
	Aims         []Aim                 `json:"aims"`
	Words        string                `json:"words"`
	PracticeSays string                `json:"practice_says,omitempty"`
	MoreHelp     bool                  `json:"more_help"`
}

// Aim is what the support for an area of need was expected to bring about, and how far it did.
type Aim struct {
	Need     string   `json:"need"` // code of the area
	Name     string   `json:"name"`
	Expected []string `json:"expected,omitempty"`
	Reached  Reached  `json:"reached"`
}

// Seal is the same for as long as nothing newer is known than was shown.
func (r FollowUpResult) Seal() string {
	sum := sha256.Sum256([]byte(r.JSON()))
	return hex.EncodeToString(sum[:8])
}

// JSON is the result as it is kept.
func (r FollowUpResult) JSON() string {
	b, err := json.Marshal(r)
	if err != nil {
		panic(err) // strings, numbers and lists of them always marshal
	}
	return string(b)
}

// ReadFollowUpResult reads back what JSON wrote.
func ReadFollowUpResult(text string) (FollowUpResult, error) {
	var r FollowUpResult
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		return r, fmt.Errorf("read the result of a follow-up: %w", err)
	}
	return r, nil
}

// AimsOf are the areas of need that the support was for, by what of the offer stands, in the order of its lines.
func AimsOf(o support.Offer) []Aim {
	var list []Aim
	for _, l := range o.Standing() {
		i := slices.IndexFunc(list, func(a Aim) bool { return a.Need == l.Need })
		if i < 0 {
			i = len(list)
			list = append(list, Aim{Need: l.Need, Name: l.NeedName})
		}
		if text := expected(l); text != "" && !slices.Contains(list[i].Expected, text) {
			list[i].Expected = append(list[i].Expected, text)
		}
	}
	return list
}

func expected(l support.Line) string {
	if l.Outcome == "" || l.Measure == "" {
		return l.Outcome
	}
	return strings.TrimSuffix(l.Outcome, ".") + ". Seen by: " + l.Measure
}

// withoutFollowUp are the outcomes after which there is no practice any more whose figures could be read again.
var withoutFollowUp = []Outcome{"handed_back", "practice_closed"}

// PlanFollowUp plans the follow-up of a case that was just closed, by the rules of the day, and notes it in the event. It is false where
// the practice is no more.
func (c *Case) PlanFollowUp(e *audit.Event, rules Rules, m calendar.Moment) (FollowUp, bool) {
	if slices.Contains(withoutFollowUp, c.Outcome) {
		return FollowUp{}, false
	}
	f := FollowUp{Case: c.ID, DueOn: rules.FollowUpOn(m.Today), State: FollowUpPlanned}
	e.Changed("follow_up", "", string(f.State))
	e.Changed("follow_up_on", "", audit.Day(f.DueOn))
	e.Words["follow_up_on"] = f.DueOn.Words()
	return f, true
}

// BeginFollowUp is what the day of a follow-up brings: it waits for whoever has the case.
func (c *Case) BeginFollowUp(f *FollowUp, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(BeginFollowUp, a)
	if err != nil {
		return audit.Event{}, err
	}
	if f.DueOn.After(m.Today) {
		return audit.Event{}, fault.Conflict{Reason: "The follow-up is on " + f.DueOn.Words()}
	}
	e := c.enter(t, m)
	e.Changed("follow_up", string(f.State), string(FollowUpDue))
	e.Words["follow_up"] = "The local team now looks at how the practice is doing, some time after the support. Nothing is asked of the practice. Whoever wants to say how it goes can ring or write to the contact."
	f.State = FollowUpDue
	return e, nil
}

// FollowingUp is what a person records at a follow-up: how far each aim was reached, by the code of its area, and values in the place of
// what open data tell, by their keys.
type FollowingUp struct {
	Reached      map[string]Reached
	Instead      map[string]assessment.Instead
	Words        string
	PracticeSays string
	MoreHelp     string // yes or no
	// Seal is that of what the person was shown; empty: it is not asked for.
	Seal  string
	Typed fault.Invalid
}

// ReachedField is the name of the field of an aim.
func ReachedField(need string) string { return "reached-" + need }

// RecordFollowUp records what was found, on what is known now and what was expected. The practice reads it.
func (c *Case) RecordFollowUp(f *FollowUp, in FollowingUp, known FollowUpResult, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(RecordFollowUp, a)
	if err != nil {
		return audit.Event{}, err
	}
	if in.Seal != "" && in.Seal != known.Seal() {
		return audit.Event{}, fault.Conflict{Reason: "Newer figures were published while you were working on it", Stale: true}
	}
	wrong := in.Typed
	list, err := assessment.Enter(known.Measured, in.Instead, m.Today)
	if invalid, ok := fault.AsInvalid(err); ok {
		wrong.Fields = merged(wrong.Fields, invalid.Fields)
	}
	known.Measured, known.Aims = list, slices.Clone(known.Aims)
	var reached []string
	for i, aim := range known.Aims {
		answer := in.Reached[aim.Need]
		if answer.Name() == "" {
			wrong.Add(ReachedField(aim.Need), "%s: say whether what was expected was reached", aim.Name)
		}
		known.Aims[i].Reached = answer
		reached = append(reached, aim.Name+": "+strings.ToLower(answer.Name()))
	}
	known.Words, known.PracticeSays, known.MoreHelp = strings.TrimSpace(in.Words), strings.TrimSpace(in.PracticeSays), in.MoreHelp == "yes"
	required(&wrong, "words", known.Words, "Say how the practice is doing now", LongText)
	NoContribution(&wrong, "words", known.Words)
	tooLong(&wrong, "practice_says", known.PracticeSays, LongText)
	if in.MoreHelp != "yes" && in.MoreHelp != "no" {
		wrong.Add("more_help", "Say whether more help is needed")
	}
	if err := wrong.Err(); err != nil {
		return audit.Event{}, err
	}
	e := c.enter(t, m)
	e.Changed("follow_up", string(f.State), string(FollowUpDone))
	say(&e, "found", known.Words)
	say(&e, "reached", strings.Join(reached, "\n"))
	say(&e, "practice_says", known.PracticeSays)
	if known.MoreHelp {
		e.Words["more_help"] = "Yes. The practice can ask for support again at any time."
	}
	f.State, f.Result, f.By, f.ByName, f.At = FollowUpDone, known, a.ID, a.Name, m.Now
	e.Changed(FollowUpHash, "", support.Hash(known.JSON()))
	return e, nil
}

// merged has the faults of what was typed first, and of the others those of fields that have none yet.
func merged(typed, others []fault.Field) []fault.Field {
	day := func(name string) string {
		for _, end := range []string{"-day", "-month", "-year"} {
			name = strings.TrimSuffix(name, end)
		}
		return name
	}
	for _, f := range others {
		if !slices.ContainsFunc(typed, func(t fault.Field) bool { return day(t.Name) == day(f.Name) }) {
			typed = append(typed, f)
		}
	}
	return typed
}

// SkipFollowUp says that a follow-up is not possible, so that it does not wait for ever.
func (c *Case) SkipFollowUp(f *FollowUp, because Barrier, why string, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(SkipFollowUp, a)
	if err != nil {
		return audit.Event{}, err
	}
	var wrong fault.Invalid
	if because.Name() == "" {
		wrong.Add("because", "Choose why it is not possible")
	}
	required(&wrong, "reason", why, "Say in a few words why it is not possible", support.ReasonText)
	NoContribution(&wrong, "reason", why)
	if err := wrong.Err(); err != nil {
		return audit.Event{}, err
	}
	e := c.enter(t, m)
	e.Changed("follow_up", string(f.State), string(FollowUpNotPossible))
	say(&e, "because", because.Name())
	say(&e, "reason", why)
	f.State, f.Barrier, f.Why, f.By, f.ByName, f.At = FollowUpNotPossible, because, strings.TrimSpace(why), a.ID, a.Name, m.Now
	return e, nil
}

// followUpIs holds for a closed case whose follow-up is in one of these states.
func followUpIs(states ...FollowUpState) func(*Case) bool {
	return func(c *Case) bool { return slices.Contains(states, c.Facts.FollowUp) }
}

// followUpOpen holds for a closed case whose follow-up is still to come, or to be recorded.
var followUpOpen = followUpIs(FollowUpPlanned, FollowUpDue)
