package audit

import (
	"fmt"
	"strconv"
	"time"

	"resilience/app/account"
)

// Wrong is the first row of the database that is not as it was recorded.
type Wrong struct {
	Row  string // the table, and the row's number in it: "claim 12"
	What string
}

func (w Wrong) String() string { return w.Row + ": " + w.What }

// In names a row of a table.
func In(table string, id int64, format string, args ...any) *Wrong {
	return &Wrong{table + " " + strconv.FormatInt(id, 10), fmt.Sprintf(format, args...)}
}

// Stored is an event with all that the database keeps of it.
type Stored struct {
	Event                  // without what only the payload has
	Payload                *string
	Digest, Previous, Hash string
	Rows                   []StoredChange
	Entries                []StoredEntry
}

// StoredChange is a row of the changes of an event.
type StoredChange struct {
	Position int
	Change
}

// StoredEntry is a row of the ledger.
type StoredEntry struct {
	ID int64
	Posting
	PostedAt time.Time
	PersonID account.PersonID
}

// Chain follows the events from the first to the last and finds the first row that is not as it was recorded.
type Chain struct {
	last   int64
	hash   string
	sought string // a hash that must be in the chain; "" asks for none
	found  int64  // the event that has it
}

// NewChain begins at the first event. head is a hash that must be in the chain, as it was logged or printed earlier; ""
// asks for none.
func NewChain(head string) *Chain {
	return &Chain{hash: NoHash, sought: head}
}

// Last is the number and the hash of the last event seen.
func (c *Chain) Last() (int64, string) { return c.last, c.hash }

// Found is the event that has the hash that was sought; 0 while none was seen.
func (c *Chain) Found() int64 { return c.found }

// Next takes the next event in the order of their numbers, and is nil when all of it is as it was recorded.
func (c *Chain) Next(s Stored) *Wrong {
	if s.ID != c.last+1 {
		return In("event", c.last+1, "is missing; the next is %d", s.ID)
	}
	if s.Previous != c.hash {
		return In("event", s.ID, "does not follow the event before it: its previous hash is another one")
	}
	if s.Payload != nil && Digest(*s.Payload) != s.Digest {
		return In("event", s.ID, "its payload is not the one that was recorded")
	}
	if s.Link(s.Previous, s.Digest) != s.Hash {
		return In("event", s.ID, "is not as it was recorded: its hash is another one")
	}
	c.last, c.hash = s.ID, s.Hash
	if s.Hash == c.sought {
		c.found = s.ID
	}
	if s.Payload == nil {
		return nil // disposed of under retention
	}
	p, err := ReadPayload(*s.Payload)
	if err != nil {
		return In("event", s.ID, "its payload cannot be read: %v", err)
	}
	if wrong := s.changes(p.Changes); wrong != nil {
		return wrong
	}
	return s.entries(p.Postings)
}

func (s Stored) changes(recorded []Change) *Wrong {
	row := func(position int, format string, args ...any) *Wrong {
		return &Wrong{fmt.Sprintf("event_change %d/%d", s.ID, position), fmt.Sprintf(format, args...)}
	}
	for i, want := range recorded {
		if i >= len(s.Rows) || s.Rows[i].Position != i+1 {
			return row(i+1, "is missing: the event changed %s", want.Attribute)
		}
		if got := s.Rows[i].Change; got.Attribute != want.Attribute || !same(got.Before, want.Before) || !same(got.After, want.After) {
			return row(i+1, "is not what the event recorded of %s", want.Attribute)
		}
	}
	if len(s.Rows) > len(recorded) {
		return row(s.Rows[len(recorded)].Position, "was never recorded by the event")
	}
	return nil
}

func same(a, b *string) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

func (s Stored) entries(recorded []Posting) *Wrong {
	missing := func(p Posting) *Wrong {
		return &Wrong{"ledger_entry of event " + strconv.FormatInt(s.ID, 10), fmt.Sprintf("is missing: %d pence from %s to %s", p.Amount, p.From, p.To)}
	}
	for i, got := range s.Entries {
		switch {
		case i >= len(recorded):
			return In("ledger_entry", got.ID, "was never posted by event %d, which it names", s.ID)
		case got.Posting != recorded[i] && len(s.Entries) < len(recorded):
			return missing(recorded[i])
		case got.Posting != recorded[i]:
			return In("ledger_entry", got.ID, "is not what event %d posted: %s", s.ID, difference(got.Posting, recorded[i]))
		case !got.PostedAt.Equal(s.RecordedAt):
			return In("ledger_entry", got.ID, "was not posted when event %d was recorded", s.ID)
		case got.PersonID != s.PersonID:
			return In("ledger_entry", got.ID, "was not posted by who did event %d", s.ID)
		}
	}
	if len(s.Entries) < len(recorded) {
		return missing(recorded[len(s.Entries)])
	}
	return nil
}

// difference says what an entry has and what was recorded.
func difference(got, want Posting) string {
	for _, one := range []struct{ what, got, want string }{
		{"amount in pence", strconv.FormatInt(got.Amount, 10), strconv.FormatInt(want.Amount, 10)}, {"from", got.From, want.From}, {"to", got.To, want.To},
		{"kind", got.Kind, want.Kind}, {"day", got.Effective, want.Effective}, {"case", Integer(got.Case), Integer(want.Case)}, {"practice", got.Practice, want.Practice},
	} {
		if one.got != one.want {
			return fmt.Sprintf("its %s is %q and not %q", one.what, one.got, one.want)
		}
	}
	return "it refers to something else"
}

// End compares the last event with the head of the chain, which is kept apart, and with the hash that was sought: a tail
// that was cut off shows.
func (c *Chain) End(head int64, hash string) *Wrong {
	switch {
	case head > c.last:
		return In("event", c.last+1, "is missing: the head of the chain is event %d, and the last event that there is %d", head, c.last)
	case head != c.last || hash != c.hash:
		return &Wrong{"event_head 1", fmt.Sprintf("is not the last event: it names event %d, and the last event is %d", head, c.last)}
	case c.sought == NoHash || c.sought == "":
		return nil
	case c.found == 0:
		return &Wrong{"event_head 1", "the head that was given is not in the chain: events were cut off its end, or it is another database's"}
	}
	return nil
}
