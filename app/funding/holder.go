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

// Holder is who holds the money of a budget from a day on. It says nothing of whose the cases are that it pays for: the local
// team owns those all the same.
type Holder struct {
	Code       practice.Code // of a commissioner; empty: the local team itself
	Name       string
	From       calendar.Date
	Reason     string
	Recorder   string // name
	RecordedAt time.Time
}

// Words names who holds the money.
func (h Holder) Words() string {
	switch {
	case h.Code == "":
		return "The local team itself"
	case h.Name == "" || h.Name == string(h.Code):
		return string(h.Code)
	}
	return h.Name + " (" + string(h.Code) + ")"
}

// HolderInput is what somebody records.
type HolderInput struct {
	// Chosen is a code, or Team; anything else is none that there is.
	Chosen string
	From   calendar.Date
	Reason string
	// Seen is how many records there were when the person read the page.
	Seen int
	// Typed is what was wrong with the day as it was typed.
	Typed fault.Invalid
}

// HeldByTeam is chosen where the local team holds its money itself.
const HeldByTeam = "team"

// MayRecordHolder tells whether the actor may record who holds the money of the budget.
func (b Budget) MayRecordHolder(a account.Actor) bool {
	return b.Team.CoveredBy(a) || b.Team.FinancedBy(a)
}

// RecordHolder makes the record of who holds the money of the budget from a day on. records are those that there are, the
// newest first; commissioners are those of the team's practices.
func (b Budget) RecordHolder(in HolderInput, records, commissioners []Holder, a account.Actor, m calendar.Moment) (Holder, audit.Event, error) {
	if !b.MayRecordHolder(a) {
		return Holder{}, audit.Event{}, fault.Forbidden{Reason: "Only a programme manager of the team’s region or of the nation, or a finance officer of the team or its region, can record who holds its money"}
	}
	if in.Seen != len(records) {
		return Holder{}, audit.Event{}, fault.Conflict{Reason: "Somebody else recorded who holds this money while you were working on it", Stale: true}
	}
	var now Holder
	if len(records) > 0 {
		now = records[0]
	}
	h := Holder{From: in.From, Reason: strings.TrimSpace(in.Reason), Recorder: a.Name, RecordedAt: m.Now}
	var wrong fault.Invalid
	known := in.Chosen == HeldByTeam
	for _, c := range commissioners {
		if string(c.Code) == in.Chosen {
			h.Code, h.Name, known = c.Code, c.Name, true
		}
	}
	switch {
	case !known:
		wrong.Add("holder", "Choose who holds the money")
	case h.Code == now.Code:
		wrong.Add("holder", "That is who holds it already. Choose another")
	}
	switch {
	case len(in.Typed.Fields) > 0:
		wrong.Fields = append(wrong.Fields, in.Typed.Fields...)
	case in.From.After(m.Today):
		wrong.Add("from-day", "The day cannot be after today, %s", m.Today.Words())
	case in.From.Before(now.From):
		wrong.Add("from-day", "The day cannot be before %s, from which the newest record holds", now.From.Words())
	}
	reason(&wrong, "reason", in.Reason, "Say where it was agreed, such as the letter of delegation and its day")
	if err := wrong.Err(); err != nil {
		return h, audit.Event{}, err
	}
	e := audit.Event{Act: "budget holder recorded", Subject: audit.Subject{Kind: "budget", ID: audit.Integer(b.ID)}, Audience: audit.ForTeam, Words: map[string]string{"reason": h.Reason}}
	e.HoldsFrom = h.From.Start().UTC()
	e.Changed("budget_holder", string(now.Code), string(h.Code))
	return h, e, nil
}
