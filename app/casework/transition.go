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
)

// Party is who a person is to a case. One person can be several.
type Party string

// The parties.
const (
	LeadPractice   Party = "lead practice" // practice manager of the practice that leads
	MemberPractice Party = "practice"      // practice manager of any practice of the case
	Holder         Party = "holder"        // the caseworker who has the case
	TeamCaseworker Party = "caseworker"    // any caseworker of the team
	TeamLead       Party = "team lead"     // the lead of the team
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
	// Guard says why the act cannot be done now, or "" when it can. nil: nothing more to check.
	Guard func(*Case) string
	// Quiet leaves the act out of the page while the guard refuses it, since nobody would look for it there.
	Quiet bool
	// Label is the words on the button.
	Label string
	// Records is the name of the event, in the past tense.
	Records string
	Tells   Audience
}

var live = []State{Referred, Triage}

// Transitions is the whole table. An act appears more than once when it tells somebody else in another stage.
var Transitions = []Transition{
	{Act: Ask, To: Draft, Who: []Party{LeadPractice}, Label: "Ask for support", Records: "request begun", Tells: Drafters},
	{Act: Edit, From: []State{Draft}, Who: []Party{LeadPractice}, Label: "Change the request", Records: "request changed", Tells: Drafters},
	{Act: Send, From: []State{Draft}, To: Referred, Who: []Party{LeadPractice}, Label: "Send the request", Records: "case referred", Tells: Practice},
	{Act: Open, To: Referred, Who: []Party{TeamCaseworker, TeamLead}, Label: "Open a case", Records: "case opened"},
	{Act: Assign, From: []State{Referred}, Who: []Party{TeamLead}, Label: "Assign", Records: "case assigned"},
	{Act: Assign, From: []State{Triage}, Who: []Party{TeamLead}, Label: "Reassign", Records: "contact changed", Tells: Practice},
	{Act: Acknowledge, From: []State{Referred}, To: Triage, Who: []Party{Holder, TeamLead}, Guard: all(held, notOnHold), Label: "Acknowledge", Records: "case acknowledged", Tells: Practice},
	{Act: AskFor, From: []State{Triage}, Who: []Party{Holder, TeamLead}, Guard: all(nothingAsked, notOnHold), Label: "Ask the practice for information", Records: "information requested", Tells: Practice},
	{Act: Answer, From: live, Who: []Party{LeadPractice}, Guard: asked, Quiet: true, Label: "Answer the question", Records: "information given", Tells: Practice},
	{Act: HoldOn, From: []State{Triage}, Who: []Party{Holder, TeamLead}, Guard: notOnHold, Quiet: true, Label: "Put on hold", Records: "case put on hold", Tells: Practice},
	{Act: Resume, From: []State{Triage}, Who: []Party{Holder, TeamLead}, Guard: onHold, Quiet: true, Label: "Take off hold", Records: "case resumed", Tells: Practice},
	{Act: Write, From: live, Who: []Party{Holder, TeamCaseworker, TeamLead, MemberPractice}, Label: "Add a note", Records: "note added"},
	{Act: Withdraw, From: []State{Draft}, To: Withdrawn, Who: []Party{LeadPractice}, Label: "Discard this draft", Records: "draft discarded", Tells: Drafters},
	{Act: Withdraw, From: live, To: Withdrawn, Who: []Party{LeadPractice, Holder, TeamLead}, Label: "Withdraw", Records: "case withdrawn", Tells: PracticeIfKnows},
}

// Guards.

func held(c *Case) string {
	if c.Assignee == 0 {
		return "Nobody has this case yet. Assign it first"
	}
	return ""
}

func notOnHold(c *Case) string {
	if c.Hold != nil {
		return "This case is on hold. Take it off hold first"
	}
	return ""
}

func onHold(c *Case) string {
	if c.Hold == nil {
		return "This case is not on hold"
	}
	return ""
}

func asked(c *Case) string {
	if c.Information == nil {
		return "There is no question waiting for an answer"
	}
	return ""
}

func nothingAsked(c *Case) string {
	if c.Information != nil {
		return "A question to the practice is still open"
	}
	return ""
}

func all(guards ...func(*Case) string) func(*Case) string {
	return func(c *Case) string {
		for _, g := range guards {
			if why := g(c); why != "" {
				return why
			}
		}
		return ""
	}
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
	if a.Known() && c.Assignee == a.ID && a.At(string(c.Team), account.Caseworker, account.TeamLead) {
		is = append(is, Holder)
	}
	if a.At(string(c.Team), account.TeamLead) {
		is = append(is, TeamLead)
	}
	return is
}

// Permit finds the row of the table by which the actor may do this now. Who is not in it gets fault.Forbidden; a case
// whose state does not allow it is fault.Conflict; both say why.
func (c *Case) Permit(act Act, a account.Actor) (Transition, error) {
	parties := c.Parties(a)
	var inState *Transition
	var who []Party
	for i, t := range Transitions {
		if t.Act != act {
			continue
		}
		who = append(who, t.Who...)
		if t.in(c.State) {
			inState = &Transitions[i]
		}
	}
	if !overlap(parties, who) {
		return Transition{}, fault.Forbidden{Reason: "Only " + people(who) + " can do this"}
	}
	if inState == nil {
		return Transition{}, fault.Conflict{Reason: "This cannot be done while the case is at the stage: " + c.State.Name()}
	}
	if !overlap(parties, inState.Who) {
		return Transition{}, fault.Forbidden{Reason: "Only " + people(inState.Who) + " can do this"}
	}
	if inState.Guard != nil {
		if why := inState.Guard(c); why != "" {
			return Transition{}, fault.Conflict{Reason: why}
		}
	}
	return *inState, nil
}

func (t Transition) in(s State) bool {
	if len(t.From) == 0 {
		return s == ""
	}
	return slices.Contains(t.From, s)
}

func overlap(a, b []Party) bool {
	return slices.ContainsFunc(a, func(p Party) bool { return slices.Contains(b, p) })
}

var partyWords = map[Party]string{
	LeadPractice: "the practice manager of the practice that leads", MemberPractice: "a practice manager of the practice",
	Holder: "the person who has this case", TeamCaseworker: "a caseworker of the local team", TeamLead: "the team lead",
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
		if len(t.From) == 0 || !t.in(c.State) || !overlap(parties, t.Who) {
			continue
		}
		action := Action{Act: t.Act, Label: t.Label, Allowed: true}
		if t.Guard != nil {
			action.Reason = t.Guard(c)
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
