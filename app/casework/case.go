package casework

import (
	"fmt"
	"strconv"
	"time"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/practice"
)

// ID names a case. A draft has one too.
type ID int64

// String is the number in decimal.
func (id ID) String() string { return strconv.FormatInt(int64(id), 10) }

// Case is a support case of one practice or several.
type Case struct {
	ID        ID
	Reference string // PRP-2016-000123; empty for a draft
	State     State
	Route     Route
	Practices []Member // the lead first
	// Team and Region are where the lead practice was on the day of referral; they stay when the practice moves.
	Team, Region practice.Code
	RuleSet      int64
	Assignee     account.PersonID // 0: nobody yet
	CreatedBy    account.PersonID
	CreatedAt    time.Time // UTC

	ReferredOn     calendar.Date
	AcknowledgedOn calendar.Date
	// PracticeToldAt is the last word to the practice; zero while the practice does not know of the case, and then
	// it does not see it.
	PracticeToldAt time.Time

	Request     Request
	Hold        *Hold
	Information *Information
	EndedReason string
	Version     int64
}

// Member is a practice of a case.
type Member struct {
	Code practice.Code
	Name string
	Lead bool
}

// Hold lies over a stage while the case waits for something.
type Hold struct {
	Reason   string // the practice reads it
	ReviewOn calendar.Date
}

// Information is a question to the practice that is not answered yet.
type Information struct {
	ID       int64 // 0 until stored
	Question string
	DueOn    calendar.Date
	Answer   string
}

// Lead is the practice that speaks for all of them.
func (c *Case) Lead() Member {
	for _, m := range c.Practices {
		if m.Lead {
			return m
		}
	}
	return Member{}
}

// Has tells whether the practice is one of the case's.
func (c *Case) Has(code practice.Code) bool {
	for _, m := range c.Practices {
		if m.Code == code {
			return true
		}
	}
	return false
}

// Reference is the public number of the n-th case referred in a financial year.
func Reference(year calendar.Year, n int) string {
	return fmt.Sprintf("PRP-%d-%06d", int(year), n)
}

func (c *Case) event(t Transition) audit.Event {
	e := audit.Event{
		Act: t.Records, Subject: audit.Subject{Kind: "case", ID: c.ID.String()}, CaseID: int64(c.ID), Audience: audit.ForTeam, Words: map[string]string{},
	}
	if t.Tells == Drafters {
		e.Audience = audit.ForDrafters
	}
	if t.Tells == Practice || t.Tells == PracticeIfKnows && !c.PracticeToldAt.IsZero() {
		e.Audience = audit.ForPractice
	}
	return e
}
