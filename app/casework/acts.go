package casework

import (
	"strings"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/practice"
)

// Begin makes a draft for a lead practice; the caller stores it and then records the event with Began.
func Begin(lead Member, a account.Actor, m calendar.Moment) (*Case, Transition, error) {
	lead.Lead = true
	c := &Case{Route: ByPractice, Practices: []Member{lead}, CreatedBy: a.ID, CreatedAt: m.Now, PracticeToldAt: m.Now}
	t, err := c.Permit(Ask, a)
	if err != nil {
		return nil, t, fault.Forbidden{Reason: "You can ask for support only for a practice where you are the practice manager"}
	}
	c.State = t.To
	return c, t, nil
}

// Place is where a practice stands on a day.
type Place struct {
	Team, Region practice.Code
}

// Opening is what a team says when it opens a case for a practice that has not asked.
type Opening struct {
	Route  Route
	Reason string
	Needs  []string
	Others []practice.Code // the other practices of a group
}

// Joining is another practice of a group, with where it belongs.
type Joining struct {
	Member
	Place
}

// OpenFor makes a case of the team's own, for one practice or for a group of its practices. A caseworker who opens it has
// it; the lead assigns it.
func OpenFor(lead Member, place Place, others []Joining, in Opening, a account.Actor, m calendar.Moment) (*Case, Transition, error) {
	lead.Lead = true
	c := &Case{
		Route: in.Route, Practices: []Member{lead}, Team: place.Team, Region: place.Region, CreatedBy: a.ID, CreatedAt: m.Now,
		Request: Request{Problem: strings.TrimSpace(in.Reason), Needs: in.Needs}, ReferredOn: m.Today,
	}
	t, err := c.Permit(Open, a)
	if err != nil {
		return nil, t, fault.Forbidden{Reason: "You can open a case only for a practice of your own local team"}
	}
	var wrong fault.Invalid
	if in.Route != ByTeam && in.Route != ByLMC && in.Route != ByCommissioner {
		wrong.Add("route", "Choose how this practice came to your attention")
	}
	required(&wrong, "problem", in.Reason, "Say why this case is opened", LongText)
	NoContribution(&wrong, "problem", in.Reason)
	c.group(others, &wrong)
	if a.At(string(place.Team), account.Caseworker) {
		c.Assignee = a.ID
	}
	c.State = t.To
	return c, t, wrong.Err()
}

// group adds the other practices. All of them are of the team that opens the case: each team speaks to its own first.
func (c *Case) group(others []Joining, wrong *fault.Invalid) {
	for _, o := range others {
		switch {
		case c.Has(o.Code):
			continue
		case o.Team != c.Team:
			wrong.Add("others", "%s is of another local team", o.Name)
		default:
			o.Lead = false
			c.Practices = append(c.Practices, o.Member)
		}
	}
}

// Stored is the event of a case that has just been stored for the first time, when it has its number.
func (c *Case) Stored(t Transition, m calendar.Moment) audit.Event {
	to := c.State
	c.State = ""
	t.To = to
	e := c.enter(t, m)
	e.Changed("route", "", string(c.Route))
	e.Changed("reference", "", c.Reference)
	e.Changed("team", "", string(c.Team))
	e.Changed("region", "", string(c.Region))
	e.Changed("referred_on", "", audit.Day(c.ReferredOn))
	e.Changed("assignee", "", audit.Integer(int64(c.Assignee)))
	for _, p := range c.Practices {
		e.Changed("practice", "", string(p.Code))
	}
	requestChange{&e}.note(Request{}, c.Request)
	return e
}

// EditRequest replaces the draft's answers.
func (c *Case) EditRequest(r Request, rules Rules, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(Edit, a)
	if err != nil {
		return audit.Event{}, err
	}
	if err := r.Draft(); err != nil {
		return audit.Event{}, err
	}
	if err := r.Known(rules); err != nil {
		return audit.Event{}, err
	}
	e := c.enter(t, m)
	requestChange{&e}.note(c.Request, r)
	c.Request = r
	return e, nil
}

// AddPractice adds another practice to the draft.
func (c *Case) AddPractice(p Member, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(Edit, a)
	if err != nil {
		return audit.Event{}, err
	}
	var wrong fault.Invalid
	if c.Has(p.Code) {
		wrong.Add("practice", "%s is part of this request already", p.Name)
		return audit.Event{}, wrong.Err()
	}
	p.Lead = false
	c.Practices = append(c.Practices, p)
	e := c.enter(t, m)
	e.Changed("practice", "", string(p.Code))
	return e, nil
}

// RemovePractice takes a practice out of the draft. The lead stays.
func (c *Case) RemovePractice(code practice.Code, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(Edit, a)
	if err != nil {
		return audit.Event{}, err
	}
	for i, p := range c.Practices {
		if p.Code == code && !p.Lead {
			c.Practices = append(c.Practices[:i:i], c.Practices[i+1:]...)
			e := c.enter(t, m)
			e.Changed("practice", string(code), "")
			return e, nil
		}
	}
	return audit.Event{}, fault.NotFound{What: "practice"}
}

// Refer sends the draft to the local team that the lead practice has today.
func (c *Case) Refer(reference string, place Place, rules Rules, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(Send, a)
	if err != nil {
		return audit.Event{}, err
	}
	if err := c.Request.Complete(); err != nil {
		return audit.Event{}, err
	}
	e := c.enter(t, m)
	c.Reference, c.Team, c.Region, c.RuleSet, c.ReferredOn = reference, place.Team, place.Region, rules.ID, m.Today
	e.Changed("reference", "", reference)
	e.Changed("team", "", string(c.Team))
	e.Changed("region", "", string(c.Region))
	e.Changed("referred_on", "", audit.Day(c.ReferredOn))
	return e, nil
}

// AssignTo gives the case to somebody of the team; candidates are the people who may have it.
func (c *Case) AssignTo(to account.PersonID, candidates []account.Person, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(Assign, a)
	if err != nil {
		return audit.Event{}, err
	}
	var wrong fault.Invalid
	var chosen account.Person
	for _, p := range candidates {
		if p.ID == to {
			chosen = p
		}
	}
	switch {
	case chosen.ID == 0:
		wrong.Add("assignee", "Choose who takes this case")
	case chosen.ID == c.Assignee:
		wrong.Add("assignee", "%s has this case already", chosen.Name)
	}
	if err := wrong.Err(); err != nil {
		return audit.Event{}, err
	}
	e := c.enter(t, m)
	e.Changed("assignee", audit.Integer(int64(c.Assignee)), audit.Integer(int64(to)))
	e.Words["assignee"] = chosen.Name
	c.Assignee = to
	return e, nil
}

// AcknowledgeWith tells the practice that the request has arrived and who its contact is; message may be empty.
func (c *Case) AcknowledgeWith(message string, contact account.Person, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(Acknowledge, a)
	if err != nil {
		return audit.Event{}, err
	}
	var wrong fault.Invalid
	tooLong(&wrong, "message", message, LongText)
	NoContribution(&wrong, "message", message)
	if err := wrong.Err(); err != nil {
		return audit.Event{}, err
	}
	e := c.enter(t, m)
	e.Changed("acknowledged_on", "", audit.Day(m.Today))
	e.Words["contact"] = contact.Name
	say(&e, "message", message)
	c.AcknowledgedOn = m.Today
	return e, nil
}

func say(e *audit.Event, name, words string) {
	if words = strings.TrimSpace(words); words != "" {
		e.Words[name] = words
	}
}

// AskForInformation asks the practice a question that it answers by a day.
func (c *Case) AskForInformation(question string, due calendar.Date, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(AskFor, a)
	if err != nil {
		return audit.Event{}, err
	}
	var wrong fault.Invalid
	required(&wrong, "question", question, "Enter what you need to know", LongText)
	NoContribution(&wrong, "question", question)
	future(&wrong, "due", due, m.Today)
	if err := wrong.Err(); err != nil {
		return audit.Event{}, err
	}
	e := c.enter(t, m)
	e.Changed("information_due_on", "", audit.Day(due))
	say(&e, "question", question)
	c.Information = &Information{Question: strings.TrimSpace(question), DueOn: due}
	return e, nil
}

// future checks a day that must still come. A day that was not given has its message from the form already.
func future(wrong *fault.Invalid, field string, d, today calendar.Date) {
	switch {
	case d.IsZero():
		wrong.Add(field, "Enter a day")
	case !d.After(today):
		wrong.Add(field, "The day must be after today, %s", today.Words())
	case d.After(today.AddMonths(12)):
		wrong.Add(field, "The day must be within a year")
	}
}

// AnswerWith gives the practice's answer to the open question.
func (c *Case) AnswerWith(answer string, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(Answer, a)
	if err != nil {
		return audit.Event{}, err
	}
	var wrong fault.Invalid
	required(&wrong, "answer", answer, "Enter your answer", LongText)
	if err := wrong.Err(); err != nil {
		return audit.Event{}, err
	}
	e := c.enter(t, m)
	e.Changed("information_due_on", audit.Day(c.Information.DueOn), "")
	say(&e, "question", c.Information.Question)
	say(&e, "answer", answer)
	c.Information.Answer = strings.TrimSpace(answer)
	return e, nil
}

// PutOnHold stops the work until a day, for a reason that the practice reads.
func (c *Case) PutOnHold(reason string, review calendar.Date, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(HoldOn, a)
	if err != nil {
		return audit.Event{}, err
	}
	var wrong fault.Invalid
	required(&wrong, "reason", reason, "Say why the case waits", LongText)
	NoContribution(&wrong, "reason", reason)
	future(&wrong, "review", review, m.Today)
	if err := wrong.Err(); err != nil {
		return audit.Event{}, err
	}
	e := c.enter(t, m)
	e.Changed("on_hold", audit.Flag(false), audit.Flag(true))
	e.Changed("hold_review_on", "", audit.Day(review))
	say(&e, "reason", reason)
	c.Hold = &Hold{Reason: strings.TrimSpace(reason), ReviewOn: review}
	return e, nil
}

// TakeOffHold lets the work go on.
func (c *Case) TakeOffHold(message string, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(Resume, a)
	if err != nil {
		return audit.Event{}, err
	}
	var wrong fault.Invalid
	tooLong(&wrong, "message", message, LongText)
	NoContribution(&wrong, "message", message)
	if err := wrong.Err(); err != nil {
		return audit.Event{}, err
	}
	e := c.enter(t, m)
	e.Changed("on_hold", audit.Flag(true), audit.Flag(false))
	e.Changed("hold_review_on", audit.Day(c.Hold.ReviewOn), "")
	say(&e, "message", message)
	c.Hold = nil
	return e, nil
}

// WithdrawFor ends the case for a reason. A draft is discarded without one.
func (c *Case) WithdrawFor(reason string, a account.Actor, m calendar.Moment) (audit.Event, error) {
	t, err := c.Permit(Withdraw, a)
	if err != nil {
		return audit.Event{}, err
	}
	if c.State != Draft {
		var wrong fault.Invalid
		required(&wrong, "reason", reason, "Say why the request is withdrawn", LongText)
		c.asTeam(&wrong, "reason", reason, a)
		if err := wrong.Err(); err != nil {
			return audit.Event{}, err
		}
	}
	e := c.enter(t, m)
	if c.Hold != nil {
		e.Changed("on_hold", audit.Flag(true), audit.Flag(false))
	}
	say(&e, "reason", reason)
	c.EndedReason, c.Hold, c.Information = strings.TrimSpace(reason), nil, nil
	return e, nil
}

// Note is what somebody wrote on a case.
type Note struct {
	Audience audit.Audience
	Body     string
}

// AddNote writes a note. What somebody of a practice writes is always shared with it.
func (c *Case) AddNote(n Note, a account.Actor, m calendar.Moment) (Note, audit.Event, error) {
	t, err := c.Permit(Write, a)
	if err != nil {
		return n, audit.Event{}, err
	}
	if !c.teamActs(a) {
		n.Audience = audit.ForPractice
	}
	var wrong fault.Invalid
	required(&wrong, "body", n.Body, "Enter a note", LongText)
	if n.Audience == audit.ForPractice {
		c.asTeam(&wrong, "body", n.Body, a)
	}
	switch {
	case n.Audience != audit.ForPractice && n.Audience != audit.ForTeam:
		wrong.Add("audience", "Choose who can read this note")
	case n.Audience == audit.ForPractice && c.PracticeToldAt.IsZero():
		wrong.Add("audience", "The practice does not know of this case yet. Acknowledge it first")
	}
	if err := wrong.Err(); err != nil {
		return n, audit.Event{}, err
	}
	n.Body = strings.TrimSpace(n.Body)
	if n.Audience == audit.ForPractice && c.teamActs(a) {
		t.Tells = Practice
	}
	e := c.enter(t, m)
	e.Audience = n.Audience
	say(&e, "note", n.Body)
	return n, e, nil
}

// teamActs tells whether the actor writes for the local team.
func (c *Case) teamActs(a account.Actor) bool {
	return a.At(string(c.Team), account.Caseworker, account.TeamLead)
}
