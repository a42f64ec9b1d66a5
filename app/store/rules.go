package store

import (
	"context"
	"fmt"

	"resilience/app/calendar"
	"resilience/app/casework"
)

// Rules reads the published rule set of the year, or the latest before it, or else the first there is.
func (r reader) Rules(ctx context.Context, year calendar.Year) (casework.Rules, error) {
	return r.rules(ctx, `WHERE state = 'published' ORDER BY CASE WHEN year <= ? THEN 0 ELSE 1 END, CASE WHEN year <= ? THEN -year ELSE year END, version DESC LIMIT 1`,
		int(year), int(year))
}

// RulesByID reads the rule set of that number.
func (r reader) RulesByID(ctx context.Context, id int64) (casework.Rules, error) {
	return r.rules(ctx, `WHERE id = ?`, id)
}

func (r reader) rules(ctx context.Context, where string, args ...any) (casework.Rules, error) {
	type set struct {
		ID   int64
		Year int
	}
	found, err := one[set](ctx, r, "rule set", `SELECT id, year FROM rule_set `+where, args...)
	if err != nil {
		return casework.Rules{}, err
	}
	rules := casework.Rules{ID: found.ID, Year: calendar.Year(found.Year)}
	if rules.Needs, err = r.options(ctx, "rule_need_area", found.ID); err != nil {
		return rules, err
	}
	if rules.Menu, err = r.options(ctx, "rule_menu_item", found.ID); err != nil {
		return rules, err
	}
	rules.Targets, err = scan[casework.Target](ctx, r, `SELECT code, name, working_days, local FROM rule_target WHERE rule_set_id = ? ORDER BY working_days, code`, found.ID)
	if err != nil {
		return rules, fmt.Errorf("read the targets: %w", err)
	}
	return rules, nil
}

func (r reader) options(ctx context.Context, table string, set int64) ([]casework.Option, error) {
	list, err := scan[casework.Option](ctx, r, `SELECT code, name, hint, local FROM `+table+` WHERE rule_set_id = ? ORDER BY position`, set)
	if err != nil {
		return nil, fmt.Errorf("read the options: %w", err)
	}
	return list, nil
}
