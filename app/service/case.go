package service

import (
	"context"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/practice"
	"resilience/app/store"
)

// On names the case to act on, in the version that the person read.
type On struct {
	Case casework.ID
	// Version that the person read; 0 where the act adds something and overwrites nothing.
	Version int64
}

// CaseFile is a case with all that its page shows.
type CaseFile struct {
	*casework.Case
	Rules    casework.Rules
	TeamName string
	Assignee account.Person // zero: nobody
	// Timeline is what happened last, the newest first.
	Timeline []casework.Happening
	Today    calendar.Date
}

// LastEvent is the number of the newest event that the person can read.
func (f CaseFile) LastEvent() int64 {
	if len(f.Timeline) == 0 {
		return 0
	}
	return f.Timeline[0].ID
}

// Case reads a case with its timeline. What the person may not see is fault.NotFound.
func (s *Service) Case(ctx context.Context, by By, id casework.ID) (CaseFile, error) {
	file := CaseFile{Today: s.Now().Today}
	var err error
	if file.Case, err = s.store.Case(ctx, by.Actor, id); err != nil {
		return file, err
	}
	if file.Rules, err = rulesOf(ctx, s.store, file.Case, file.Today); err != nil {
		return file, err
	}
	if file.Team != "" {
		if file.TeamName, err = s.store.OrganisationName(ctx, file.Team); err != nil {
			return file, err
		}
	}
	if file.Case.Assignee != 0 {
		if file.Assignee, err = s.store.Person(ctx, file.Case.Assignee); err != nil {
			return file, err
		}
	}
	file.Timeline, err = s.store.Timeline(ctx, by.Actor, id, 2*casework.Newest)
	return file, err
}

// rulesReader is what reads rule sets: the store, or a change under way.
type rulesReader interface {
	Rules(context.Context, calendar.Year) (casework.Rules, error)
	RulesByID(context.Context, int64) (casework.Rules, error)
}

// rulesOf is the set under which the case was referred, or for a draft the set of today.
func rulesOf(ctx context.Context, r rulesReader, c *casework.Case, today calendar.Date) (casework.Rules, error) {
	if c.RuleSet != 0 {
		return r.RulesByID(ctx, c.RuleSet)
	}
	return r.Rules(ctx, calendar.YearOf(today))
}

// Cases lists the cases that the person may see, with the rules of today for their targets.
func (s *Service) Cases(ctx context.Context, by By, f casework.Filter, page int) (casework.Page, casework.Rules, error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return casework.Page{}, rules, err
	}
	f.SilentSince, f.Today = s.silentSince(), s.Now().Today
	list, err := s.store.Cases(ctx, by.Actor, f, page)
	return list, rules, err
}

// Waiting counts what waits in the cases that the person sees as staff. For somebody of a practice it is nothing.
func (s *Service) Waiting(ctx context.Context, by By) (casework.WaitingCount, error) {
	return s.store.WaitingCount(ctx, by.Actor, s.Now().Today)
}

// Rules is the rule set of today.
func (s *Service) Rules(ctx context.Context) (casework.Rules, error) {
	return s.store.Rules(ctx, calendar.YearOf(s.Now().Today))
}

// Candidates lists who may be given a case of the team.
func (s *Service) Candidates(ctx context.Context, team practice.Code) ([]account.Person, error) {
	return s.store.Caseworkers(ctx, string(team), s.Now().Today)
}

// act runs one act on a case that exists: it reads the case as the person may see it, refuses what they may never do,
// then what they did to an older version, then what the state does not allow, and saves what fn made of it.
func (s *Service) act(ctx context.Context, by By, on On, act casework.Act, fn func(*store.Tx, *casework.Case, calendar.Moment) (audit.Event, error)) error {
	_, err := s.change(ctx, by, func(tx *store.Tx, m calendar.Moment) (audit.Event, error) {
		c, err := tx.Case(ctx, by.Actor, on.Case)
		if err != nil {
			return audit.Event{}, err
		}
		_, refused := c.Permit(act, by.Actor)
		if fault.IsForbidden(refused) {
			return audit.Event{}, refused
		}
		if on.Version != 0 && on.Version != c.Version {
			return audit.Event{}, fault.Conflict{Reason: "Somebody else changed this case while you were working on it", Stale: true}
		}
		if refused != nil {
			return audit.Event{}, refused
		}
		before := c.State
		event, err := fn(tx, c, m)
		if err != nil {
			return audit.Event{}, err
		}
		if err := keepReserve(ctx, tx, before, c, event, by.Actor, m); err != nil {
			return audit.Event{}, err
		}
		if c.EndEarly(&event) {
			if err := tx.EndEarly(ctx, c.ID, m.Now); err != nil {
				return audit.Event{}, err
			}
		}
		return event, tx.SaveCase(ctx, c, m.Today)
	})
	return err
}

// Assign gives the case to somebody of its team.
func (s *Service) Assign(ctx context.Context, by By, on On, to account.PersonID) error {
	return s.act(ctx, by, on, casework.Assign, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		candidates, err := tx.Caseworkers(ctx, string(c.Team), m.Today)
		if err != nil {
			return audit.Event{}, err
		}
		return c.AssignTo(to, candidates, by.Actor, m)
	})
}

// Acknowledge tells the practice who its contact is.
func (s *Service) Acknowledge(ctx context.Context, by By, on On, message string) error {
	return s.act(ctx, by, on, casework.Acknowledge, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		contact, err := tx.Person(ctx, c.Assignee)
		if err != nil {
			return audit.Event{}, err
		}
		return c.AcknowledgeWith(message, contact, by.Actor, m)
	})
}

// AskForInformation asks the practice a question, to be answered by a day.
func (s *Service) AskForInformation(ctx context.Context, by By, on On, question string, due calendar.Date) error {
	return s.act(ctx, by, on, casework.AskFor, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		event, err := c.AskForInformation(question, due, by.Actor, m)
		if err != nil {
			return event, err
		}
		return event, tx.AddQuestion(ctx, c, by.Actor.ID, m)
	})
}

// Answer gives the practice's answer to the open question.
func (s *Service) Answer(ctx context.Context, by By, on On, answer string) error {
	return s.act(ctx, by, on, casework.Answer, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		event, err := c.AnswerWith(answer, by.Actor, m)
		if err != nil {
			return event, err
		}
		return event, tx.AnswerQuestion(ctx, c, by.Actor.ID, m)
	})
}

// Hold stops the work on a case until a day.
func (s *Service) Hold(ctx context.Context, by By, on On, reason string, review calendar.Date) error {
	return s.act(ctx, by, on, casework.HoldOn, func(_ *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		return c.PutOnHold(reason, review, by.Actor, m)
	})
}

// Resume takes a case off hold.
func (s *Service) Resume(ctx context.Context, by By, on On, message string) error {
	return s.act(ctx, by, on, casework.Resume, func(_ *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		return c.TakeOffHold(message, by.Actor, m)
	})
}

// Withdraw ends a case, or discards a draft. What was reserved for it is free again.
func (s *Service) Withdraw(ctx context.Context, by By, on On, reason string) error {
	return s.act(ctx, by, on, casework.Withdraw, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		event, err := c.WithdrawFor(reason, by.Actor, m)
		if err != nil {
			return event, err
		}
		if err := endSupport(ctx, tx, c, &event, by.Actor, m); err != nil {
			return event, err
		}
		_, err = releaseReserved(ctx, tx, c, m)
		return event, err
	})
}

// AddNote writes a note on a case. It overwrites nothing, so it minds no version.
func (s *Service) AddNote(ctx context.Context, by By, id casework.ID, n casework.Note) error {
	return s.act(ctx, by, On{Case: id}, casework.Write, func(tx *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		note, event, err := c.AddNote(n, by.Actor, m)
		if err != nil {
			return event, err
		}
		return event, tx.AddNote(ctx, id, note, by.Actor.ID, m)
	})
}

// Discard throws a draft away. A case that was sent is withdrawn instead, with a reason.
func (s *Service) Discard(ctx context.Context, by By, on On) error {
	return s.act(ctx, by, on, casework.Edit, func(_ *store.Tx, c *casework.Case, m calendar.Moment) (audit.Event, error) {
		return c.WithdrawFor("", by.Actor, m)
	})
}

// EachNote hands on the text of every note on a case, however many there are, to somebody who reads it by a role in the
// programme.
func (s *Service) EachNote(ctx context.Context, by By, id casework.ID, fn func(body string)) error {
	return s.store.EachNote(ctx, by.Actor, id, fn)
}

// HistoryFile is a case with a page of its history.
type HistoryFile struct {
	CaseFile
	casework.HistoryFilter
	History casework.History
}

// History reads a case with one page of what happened to it.
func (s *Service) History(ctx context.Context, by By, id casework.ID, f casework.HistoryFilter) (HistoryFile, error) {
	file := HistoryFile{HistoryFilter: f}
	var err error
	if file.CaseFile, err = s.Case(ctx, by, id); err != nil {
		return file, err
	}
	file.History, err = s.store.CaseHistory(ctx, by.Actor, id, f)
	return file, err
}
