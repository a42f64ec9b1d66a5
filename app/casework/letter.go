package casework

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/fault"
)

// Letter is a letter to the practice, kept as it was sent.
type Letter struct {
	ID        int64
	Case      ID
	Number    int    // within the case, from 1
	Kind      string // "decision", "offer", …
	About     int64  // the decision, the offer, …
	Title     string
	Body      string
	DraftedBy account.PersonID
	DraftedAt time.Time // UTC
	Channel   Channel   // empty: not sent yet
	SentBy    account.PersonID
	SentName  string
	SentAt    time.Time     // UTC; for a letter by post the time when that was recorded
	PostedOn  calendar.Date // set for a letter by post alone
	// Local: its template was set locally, not by the programme. It is known while the letter is drafted, and not kept.
	Local bool
}

// DecisionLetter is the kind of a letter that says what was decided.
const DecisionLetter = "decision"

// Channel is the way by which a letter went.
type Channel string

// The channels.
const (
	ByTracker Channel = "tracker" // it stands in the practice's tracker
	ByPost    Channel = "post"    // printed and posted, where nobody there has an account
)

// Reference names the letter across all cases, by that of its case: PRP-2016-000123/L2.
func (l Letter) Reference(caseReference string) string {
	return caseReference + "/L" + strconv.Itoa(l.Number)
}

// Sent tells whether the letter has gone.
func (l Letter) Sent() bool { return l.Channel != "" }

// On is the day on which the letter went to the practice; zero while it has not.
func (l Letter) On() calendar.Date {
	if l.Channel == ByPost {
		return l.PostedOn
	}
	return calendar.DateOf(l.SentAt)
}

// decisionLetter drafts the letter of a decision from the year's template.
func (c *Case) decisionLetter(in Verdicting, on Basis, a account.Actor, m calendar.Moment) (Letter, error) {
	return c.letter(DecisionLetter, DecisionTemplate+string(in.Outcome), in.Reasons, Letterhead{on.Rules, on.TeamName, on.Contact}, a, m)
}

// together names the practices of a group, each of which the letter is about: " for the practices A, B and C". It is empty for one practice.
func (c *Case) together() string {
	if len(c.Practices) < 2 {
		return ""
	}
	names := make([]string, len(c.Practices))
	for i, m := range c.Practices {
		names[i] = m.Name
	}
	last := len(names) - 1
	return " for the practices " + strings.Join(names[:last], ", ") + " and " + names[last]
}

// Letterhead is what a letter says beside the reasons: texts of the year, the team, and whom the practice can ask.
type Letterhead struct {
	Rules    Rules
	TeamName string
	Contact  account.Person
}

// letter drafts a letter of a kind from a template, signed by the actor.
func (c *Case) letter(kind, code, reasons string, head Letterhead, a account.Actor, m calendar.Moment) (Letter, error) {
	template, ok := head.Rules.Template(code)
	if !ok {
		return Letter{}, fmt.Errorf("the rules of %s have no template %q", head.Rules.Year, code)
	}
	lead, asked := c.Lead(), c.ReferredOn.Words()
	opening, matter := "Thank you for telling us how things stand. We have looked at your request of "+asked+c.together()+" with care", "your request of "+asked+c.together()
	if c.Route != ByPractice {
		opening, matter = "We opened a support case for your practice on "+asked+" and have looked with care at how it is doing", "the support case of "+asked+c.together()
		if c.together() != "" {
			opening = "We opened a support case on " + asked + c.together() + " and have looked with care at how they are doing"
		}
	}
	body, err := template.Fill(map[string]string{
		"opening": opening, "matter": matter,
		"practice": lead.Name, "practice_code": string(lead.Code), "reference": c.Reference, "referred_on": asked, "reasons": reasons,
		"contact": head.Contact.Name, "contact_email": head.Contact.Email, "decider": a.Name, "team": head.TeamName, "today": m.Today.Words(),
	})
	if err != nil {
		return Letter{}, fmt.Errorf("the letter %q: %w", template.Code, err)
	}
	var wrong fault.Invalid
	NoContribution(&wrong, "reasons", body)
	return Letter{Case: c.ID, Kind: kind, Title: template.Title, Local: template.Local, Body: body, DraftedBy: a.ID, DraftedAt: m.Now}, wrong.Err()
}

// Dated is the letter with another day where its text has that of its draft in a line of its own: it is dated on the day on which it goes into the
// tracker. One that goes by post keeps the day that was printed.
func (l Letter) Dated(day calendar.Date) Letter {
	lines := strings.Split(l.Body, "\n")
	for i, line := range lines {
		if strings.TrimSpace(line) == calendar.DateOf(l.DraftedAt).Words() {
			lines[i] = day.Words()
		}
	}
	l.Body = strings.Join(lines, "\n")
	return l
}

// Posting is what somebody says who printed a letter and posted it.
type Posting struct {
	On        calendar.Date
	Confirmed bool
}

// SendLetterOf sends the letter of the decision, which is then done. hasAccount says whether somebody at each practice
// of the case can read it in the tracker; otherwise it goes by post too, and posted says when.
func (c *Case) SendLetterOf(l Letter, hasAccount bool, posted Posting, a account.Actor, m calendar.Moment) (Letter, audit.Event, error) {
	t, err := c.Permit(SendLetter, a)
	if err != nil {
		return l, audit.Event{}, err
	}
	if l.Case != c.ID || l.Sent() {
		return l, audit.Event{}, fault.Conflict{Reason: "This letter was sent already"}
	}
	if l, err = l.send(hasAccount, posted, a, m); err != nil {
		return l, audit.Event{}, err
	}
	e := c.enter(t, m)
	e.Changed("letter_due", audit.Flag(true), audit.Flag(false))
	say(&e, "letter", l.Title)
	if l.Channel == ByPost {
		say(&e, "posted", l.PostedOn.Words())
	}
	if c.Facts.DecisionLetterOn.IsZero() {
		c.Facts.DecisionLetterOn = l.On()
	}
	return l, e, nil
}

// send notes by which way the letter goes now.
func (l Letter) send(hasAccount bool, posted Posting, a account.Actor, m calendar.Moment) (Letter, error) {
	l.Channel, l.SentBy, l.SentName, l.SentAt = ByTracker, a.ID, a.Name, m.Now
	if hasAccount {
		return l.Dated(m.Today), nil
	}
	if err := posted.check(calendar.DateOf(l.DraftedAt), m.Today); err != nil {
		return l, err
	}
	l.Channel, l.PostedOn = ByPost, posted.On
	return l, nil
}

func (p Posting) check(drafted, today calendar.Date) error {
	var wrong fault.Invalid
	switch {
	case p.On.IsZero():
		wrong.Add("due", "Enter the day on which you posted the letter")
	case p.On.After(today):
		wrong.Add("due", "The day of posting cannot be after today, %s", today.Words())
	case p.On.Before(drafted):
		wrong.Add("due", "The day of posting cannot be before the decision, %s", drafted.Words())
	}
	if !p.Confirmed {
		wrong.Add("posted", "Confirm that you printed and posted the letter")
	}
	return wrong.Err()
}
