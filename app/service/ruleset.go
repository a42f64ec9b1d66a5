package service

import (
	"context"
	"strconv"

	"resilience/app/account"
	"resilience/app/audit"
	"resilience/app/calendar"
	"resilience/app/ruleset"
	"resilience/app/store"
)

// RuleFile is a rule set with the one that it was copied from.
type RuleFile struct {
	*ruleset.Set
	// From is what it was copied from; the zero value for the first set.
	From   ruleset.Head
	Before ruleset.Content
	// Others are all sets that the person may read, the newest first, this one among them.
	Others []ruleset.Head
}

// Differences lists what the set says otherwise than the one that it was copied from.
func (f RuleFile) Differences() []ruleset.PartChange {
	if f.CopiedFrom == 0 {
		return nil
	}
	return ruleset.Differences(f.Before, f.Content)
}

// RuleSets lists the rule sets that the person may read, the newest first.
func (s *Service) RuleSets(ctx context.Context, by By) ([]ruleset.Head, error) {
	return s.store.RuleSets(ctx, by.Actor)
}

// RuleSet reads one rule set. One that does not exist, or a draft that the person may not read, is fault.NotFound.
func (s *Service) RuleSet(ctx context.Context, by By, id int64) (RuleFile, error) {
	return ruleFile(ctx, s.store, by, id)
}

type ruleReader interface {
	RuleSet(context.Context, account.Actor, int64) (*ruleset.Set, error)
	RuleSets(context.Context, account.Actor) ([]ruleset.Head, error)
	RuleContent(context.Context, int64) (ruleset.Content, error)
}

func ruleFile(ctx context.Context, r ruleReader, by By, id int64) (RuleFile, error) {
	set, err := r.RuleSet(ctx, by.Actor, id)
	if err != nil {
		return RuleFile{}, err
	}
	file := RuleFile{Set: set}
	if file.Others, err = r.RuleSets(ctx, by.Actor); err != nil {
		return file, err
	}
	for _, h := range file.Others {
		if h.ID == set.CopiedFrom {
			file.From = h
		}
	}
	if set.CopiedFrom != 0 {
		file.Before, err = r.RuleContent(ctx, set.CopiedFrom)
	}
	return file, err
}

// TeamNames are the names of the local teams by code.
func (s *Service) TeamNames(ctx context.Context) (map[string]string, error) {
	return s.store.TeamNames(ctx)
}

// DraftRules makes a draft of a year's rules and returns its number.
func (s *Service) DraftRules(ctx context.Context, by By, year calendar.Year, reason string) (int64, error) {
	result, err := s.change(ctx, by, func(tx *store.Tx, m calendar.Moment) (audit.Event, error) {
		sets, err := tx.RuleSets(ctx, by.Actor)
		if err != nil {
			return audit.Event{}, err
		}
		h, err := ruleset.Draft(year, reason, sets, by.Actor, m)
		if err != nil {
			return audit.Event{}, err
		}
		if err := tx.AddRuleSet(ctx, &h); err != nil {
			return audit.Event{}, err
		}
		from, _ := ruleset.Source(sets, year)
		return h.Drafted(from), nil
	})
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(result, 10, 64)
}

// editRules runs an edit of one part of a draft and stores the part as it is then.
func (s *Service) editRules(ctx context.Context, by By, id int64, p ruleset.Part, edit func(*store.Tx, RuleFile) (audit.Event, error)) error {
	_, err := s.change(ctx, by, func(tx *store.Tx, _ calendar.Moment) (audit.Event, error) {
		file, err := ruleFile(ctx, tx, by, id)
		if err != nil {
			return audit.Event{}, err
		}
		event, err := edit(tx, file)
		if err != nil {
			return event, err
		}
		if err := tx.SaveRulePart(ctx, id, p, file.Content[p]); err != nil {
			return event, err
		}
		return event, tx.AddRuleEditor(ctx, id, by.Actor.ID)
	})
	return err
}

// AddRule adds an entry to a part of a draft.
func (s *Service) AddRule(ctx context.Context, by By, id int64, p ruleset.Part, in ruleset.Input) error {
	return s.editRules(ctx, by, id, p, func(tx *store.Tx, f RuleFile) (audit.Event, error) {
		teams, err := tx.TeamNames(ctx)
		if err != nil {
			return audit.Event{}, err
		}
		_, event, err := f.Add(p, in, f.Before, teams, by.Actor)
		return event, err
	})
}

// ChangeRule replaces an entry of a draft that was as seen says.
func (s *Service) ChangeRule(ctx context.Context, by By, id int64, p ruleset.Part, code string, in ruleset.Input, seen string) error {
	return s.editRules(ctx, by, id, p, func(_ *store.Tx, f RuleFile) (audit.Event, error) {
		_, event, err := f.Change(p, code, in, seen, f.Before, by.Actor)
		return event, err
	})
}

// SetMatrix gives the cells of the matrix of a draft their priorities.
func (s *Service) SetMatrix(ctx context.Context, by By, id int64, priorities map[string]string, in ruleset.Input, seen string) error {
	return s.editRules(ctx, by, id, ruleset.Matrix, func(_ *store.Tx, f RuleFile) (audit.Event, error) {
		return f.SetMatrix(priorities, in, seen, f.Before, by.Actor)
	})
}

// RetireRule takes an entry out of a draft.
func (s *Service) RetireRule(ctx context.Context, by By, id int64, p ruleset.Part, code, seen string) error {
	return s.editRules(ctx, by, id, p, func(_ *store.Tx, f RuleFile) (audit.Event, error) {
		return f.Retire(p, code, seen, by.Actor)
	})
}

// RestoreRule puts a retired entry back into a draft.
func (s *Service) RestoreRule(ctx context.Context, by By, id int64, p ruleset.Part, code string) error {
	return s.editRules(ctx, by, id, p, func(_ *store.Tx, f RuleFile) (audit.Event, error) {
		_, event, err := f.Restore(p, code, f.Before, by.Actor)
		return event, err
	})
}

// MoveRule moves an entry of a draft one place up or down. seen is the seal of the part.
func (s *Service) MoveRule(ctx context.Context, by By, id int64, p ruleset.Part, code string, up bool, seen string) error {
	return s.editRules(ctx, by, id, p, func(_ *store.Tx, f RuleFile) (audit.Event, error) {
		return f.Move(p, code, up, seen, by.Actor)
	})
}

// PublishRules makes a draft the rules of its year, provided that it says what the person read.
func (s *Service) PublishRules(ctx context.Context, by By, id int64, seen string) error {
	_, err := s.change(ctx, by, func(tx *store.Tx, m calendar.Moment) (audit.Event, error) {
		file, err := ruleFile(ctx, tx, by, id)
		if err != nil {
			return audit.Event{}, err
		}
		event, err := file.Publish(seen, file.Before, by.Actor, m)
		if err != nil {
			return event, err
		}
		return event, tx.PublishRuleSet(ctx, file.Head)
	})
	return err
}

// DiscardRules removes a draft.
func (s *Service) DiscardRules(ctx context.Context, by By, id int64) error {
	_, err := s.change(ctx, by, func(tx *store.Tx, _ calendar.Moment) (audit.Event, error) {
		file, err := ruleFile(ctx, tx, by, id)
		if err != nil {
			return audit.Event{}, err
		}
		event, err := file.Discard(by.Actor)
		if err != nil {
			return event, err
		}
		return event, tx.DiscardRuleSet(ctx, id)
	})
	return err
}
