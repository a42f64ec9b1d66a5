package audit_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"resilience/app/audit"
)

// recorded is a chain of n events, each with a change and an entry of the ledger.
func recorded(n int) []audit.Stored {
	var list []audit.Stored
	previous := audit.NoHash
	for i := range n {
		e := audit.Event{
			ID: int64(i + 1), Act: "claim made", Subject: audit.Subject{Kind: "case", ID: "7"}, CaseID: 7, Audience: audit.ForTeam, PersonID: 3, Actor: "person",
			RecordedAt: time.Date(2017, 1, 18, 9, i, 0, 0, time.UTC), HoldsFrom: time.Date(2017, 1, 18, 9, i, 0, 0, time.UTC), Words: map[string]string{"reason": "So."},
			Postings: []audit.Posting{{Kind: "claimed", From: "1/5/committed", To: "1/5/claimed", Amount: 100, Effective: "2017-01-18"}, {Kind: "released", From: "1/5/committed", To: "1/0/available", Amount: 20, Effective: "2017-01-18"}},
		}
		e.Changed("state", "delivery", "closed")
		e.Changed("team", "", "Q72")
		payload := e.Payload("salt")
		s := audit.Stored{Event: e, Payload: &payload, Digest: audit.Digest(payload), Previous: previous}
		s.Hash = e.Link(previous, s.Digest)
		for j, c := range e.Changes {
			s.Rows = append(s.Rows, audit.StoredChange{Position: j + 1, Change: c})
		}
		for j, p := range e.Postings {
			s.Entries = append(s.Entries, audit.StoredEntry{ID: int64(10*i + j + 1), Posting: p, PostedAt: e.RecordedAt, PersonID: e.PersonID})
		}
		previous = s.Hash
		list = append(list, s)
	}
	return list
}

// follow is the first row that is wrong, with the head as it should be.
func follow(list []audit.Stored, sought string) *audit.Wrong {
	chain := audit.NewChain(sought)
	for _, s := range list {
		if wrong := chain.Next(s); wrong != nil {
			return wrong
		}
	}
	return chain.End(chain.Last())
}

func TestAChainHolds(t *testing.T) {
	for n := range 5 {
		list := recorded(n)
		if wrong := follow(list, ""); wrong != nil {
			t.Errorf("%d events: %s", n, wrong)
		}
		for _, s := range list {
			if wrong := follow(list, s.Hash); wrong != nil {
				t.Errorf("with the head of event %d: %s", s.ID, wrong)
			}
		}
		if wrong := follow(list, audit.NoHash); wrong != nil {
			t.Errorf("with the head of an empty chain: %s", wrong)
		}
	}
}

func TestTheHeadShowsACutTail(t *testing.T) {
	list := recorded(4)
	head := list[3]
	chain := audit.NewChain("")
	for _, s := range list[:2] {
		if wrong := chain.Next(s); wrong != nil {
			t.Fatal(wrong)
		}
	}
	if wrong := chain.End(head.ID, head.Hash); wrong == nil || wrong.Row != "event 3" {
		t.Errorf("the head of event 4 after event 2: %v", wrong)
	}
	if wrong := chain.End(1, list[0].Hash); wrong == nil || wrong.Row != "event_head 1" {
		t.Errorf("an older head: %v", wrong)
	}
	if wrong := follow(list[:2], head.Hash); wrong == nil || !strings.Contains(wrong.What, "cut off") {
		t.Errorf("a head that was kept elsewhere: %v", wrong)
	}
}

// TestNothingIsAlteredUnseen alters one thing of one event at random.
func TestNothingIsAlteredUnseen(t *testing.T) {
	text := "another"
	alter := map[string]func(*audit.Stored){
		"number": func(s *audit.Stored) { s.ID++ }, "act": func(s *audit.Stored) { s.Act += "!" }, "subject": func(s *audit.Stored) { s.Subject.ID = "8" },
		"kind of subject": func(s *audit.Stored) { s.Subject.Kind = "person" }, "case": func(s *audit.Stored) { s.CaseID = 0 }, "audience": func(s *audit.Stored) { s.Audience = audit.ForPractice },
		"person": func(s *audit.Stored) { s.PersonID = 4 }, "actor": func(s *audit.Stored) { s.Actor = "system" }, "recorded": func(s *audit.Stored) { s.RecordedAt = s.RecordedAt.Add(time.Millisecond) },
		"holds from": func(s *audit.Stored) { s.HoldsFrom = s.HoldsFrom.Add(-time.Hour) }, "payload": func(s *audit.Stored) { s.Payload = &text },
		"payload and digest": func(s *audit.Stored) { s.Payload, s.Digest = &text, audit.Digest(text) }, "digest": func(s *audit.Stored) { s.Digest = audit.NoHash },
		"previous": func(s *audit.Stored) { s.Previous = strings.Repeat("b", 64) }, "hash": func(s *audit.Stored) { s.Hash = strings.Repeat("b", 64) },
		"change": func(s *audit.Stored) { s.Rows[0].After = &text }, "change before": func(s *audit.Stored) { s.Rows[1].Before = &text }, "attribute": func(s *audit.Stored) { s.Rows[0].Attribute = "region" },
		"change gone": func(s *audit.Stored) { s.Rows = s.Rows[1:] }, "last change gone": func(s *audit.Stored) { s.Rows = s.Rows[:1] },
		"change more": func(s *audit.Stored) { s.Rows = append(s.Rows, audit.StoredChange{Position: 3}) },
		"entry":       func(s *audit.Stored) { s.Entries[0].Amount++ }, "entry's account": func(s *audit.Stored) { s.Entries[1].To = "2/0/available" },
		"entry's reference": func(s *audit.Stored) { s.Entries[0].RefersID = 9 }, "entry gone": func(s *audit.Stored) { s.Entries = s.Entries[1:] }, "last entry gone": func(s *audit.Stored) { s.Entries = s.Entries[:1] },
		"entry more": func(s *audit.Stored) { s.Entries = append(s.Entries, s.Entries[0]) }, "entry's time": func(s *audit.Stored) { s.Entries[0].PostedAt = time.Time{} },
		"entry's person": func(s *audit.Stored) { s.Entries[0].PersonID = 9 },
	}
	for name, change := range alter {
		rapid.Check(t, func(t *rapid.T) {
			list := recorded(rapid.IntRange(1, 5).Draw(t, "events"))
			i := rapid.IntRange(0, len(list)-1).Draw(t, "altered")
			change(&list[i])
			if wrong := follow(list, ""); wrong == nil {
				t.Fatalf("%s of event %d was altered unseen", name, i+1)
			}
		})
	}
}

func TestADisposedPayload(t *testing.T) {
	list := recorded(3)
	list[1].Payload = nil
	if wrong := follow(list, ""); wrong != nil {
		t.Error(wrong)
	}
	list[1].Act = "claim returned"
	if wrong := follow(list, ""); wrong == nil || wrong.Row != "event 2" {
		t.Errorf("altered after its payload was disposed of: %v", wrong)
	}
}
