// Package audit has the record of what happened: one act, one event, each chained to the one before by hash.
package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"resilience/app/account"
	"resilience/app/calendar"
)

// Audience says who may read an event on the timeline of a case.
type Audience string

// Audiences. What the practice may read, the team may read too, but for the drafting of a request, which is the
// practice's own.
const (
	ForPractice Audience = "practice"
	ForTeam     Audience = "team"
	ForDrafters Audience = "drafters"
)

// Subject is what the act was done to.
type Subject struct {
	Kind string // a noun: "case", "person", "register"
	ID   string
}

// Change is one attribute that reports count, before and after. A nil side means that there was no value.
type Change struct {
	Attribute string  `json:"attribute"`
	Before    *string `json:"before"`
	After     *string `json:"after"`
}

// Posting is an entry of the ledger as its event has it, so that the chain covers the money too.
type Posting struct {
	Kind      string `json:"kind"`
	From      string `json:"from"`   // budget/line/state
	To        string `json:"to"`     // budget/line/state
	Amount    int64  `json:"amount"` // pence
	Effective string `json:"effective"`
	Case      int64  `json:"case,omitempty"`
	Practice  string `json:"practice,omitempty"`
	Refers    string `json:"refers,omitempty"`
	RefersID  int64  `json:"refers_id,omitempty"`
}

// Event is one act. A domain method returns it; the change wrapper adds the actor and the time and stores it.
type Event struct {
	ID         int64
	Act        string // past tense: "case acknowledged"
	Subject    Subject
	CaseID     int64 // 0: not about a case
	Audience   Audience
	Changes    []Change
	Words      map[string]string // what was written, by name; disposed of under retention
	Postings   []Posting         // the money that it moved
	HoldsFrom  time.Time         // UTC; zero: from when it was recorded
	RecordedAt time.Time         // UTC
	PersonID   account.PersonID  // 0: the operator or the system
	Actor      string            // "person", "operator" or "system"
	For        account.PersonID  // for whom the person acted who was away; 0: for nobody
}

// Changed adds an attribute, unless it stayed the same. The empty string means that there is no value.
func (e *Event) Changed(attribute, before, after string) {
	if before == after {
		return
	}
	e.Changes = append(e.Changes, Change{attribute, optional(before), optional(after)})
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// Texts of typed values, as they stand in Before and After.

// Day is the text of a day.
func Day(d calendar.Date) string { return d.String() }

// Integer is the text of a number or an identifier; zero is no value.
func Integer(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// Flag is the text of a yes or no.
func Flag(b bool) string { return strconv.FormatBool(b) }

// Instant is the text of a time, in UTC to the millisecond.
func Instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05.000Z")
}

// Payload is the part of an event that retention can dispose of, as JSON. The salt keeps the digest that stays
// behind from telling what a short text was.
type Payload struct {
	Salt     string            `json:"salt"`
	Changes  []Change          `json:"changes,omitempty"`
	Words    map[string]string `json:"words,omitempty"`
	Postings []Posting         `json:"postings,omitempty"`
}

// Payload is the event's disposable part with the salt given.
func (e Event) Payload(salt string) string {
	b, err := json.Marshal(Payload{salt, e.Changes, e.Words, e.Postings})
	if err != nil {
		panic(err) // strings and maps of strings always marshal
	}
	return string(b)
}

// Digest is the hexadecimal SHA-256 of a text.
func Digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// NoHash stands before the first event of a chain.
var NoHash = strings.Repeat("0", 64)

// Link is the hash of an event given the hash of the one before it. It covers every column but the payload, which
// it covers by its digest.
func (e Event) Link(previous, payloadDigest string) string {
	return Digest(strings.Join([]string{
		previous, strconv.FormatInt(e.ID, 10), Instant(e.RecordedAt), Instant(e.HoldsFrom), Integer(int64(e.PersonID)), e.Actor, e.Act,
		e.Subject.Kind, e.Subject.ID, Integer(e.CaseID), string(e.Audience), payloadDigest,
	}, "\x1f"))
}

// ReadPayload reads back what Payload wrote.
func ReadPayload(text string) (Payload, error) {
	var p Payload
	err := json.Unmarshal([]byte(text), &p)
	return p, err
}
