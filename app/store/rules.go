package store

import (
	"context"
	"fmt"
	"reflect"

	"resilience/app/assessment"
	"resilience/app/calendar"
	"resilience/app/casework"
)

// Rules reads the published rule set of the year, or the latest before it, or else the first there is.
func (r reader) Rules(ctx context.Context, year calendar.Year) (casework.Rules, error) {
	type key struct{ year calendar.Year }
	return remembered(r, key{year}, func() (casework.Rules, error) { return r.rulesNow(ctx, year) })
}

func (r reader) rulesNow(ctx context.Context, year calendar.Year) (casework.Rules, error) {
	return r.rules(ctx, `WHERE state = 'published' ORDER BY CASE WHEN year <= ? THEN 0 ELSE 1 END, CASE WHEN year <= ? THEN -year ELSE year END, version DESC LIMIT 1`,
		int(year), int(year))
}

// RulesByID reads the rule set of that number.
func (r reader) RulesByID(ctx context.Context, id int64) (casework.Rules, error) {
	type key struct{ id int64 }
	return remembered(r, key{id}, func() (casework.Rules, error) { return r.rulesByIDNow(ctx, id) })
}

func (r reader) rulesByIDNow(ctx context.Context, id int64) (casework.Rules, error) {
	return r.rules(ctx, `WHERE id = ?`, id)
}

func (r reader) rules(ctx context.Context, where string, args ...any) (casework.Rules, error) {
	found, err := one[ruleSetRow](ctx, r, "rule set", `SELECT id, year, state FROM rule_set `+where, args...)
	if err != nil {
		return casework.Rules{}, err
	}
	return kept(r, found, func() (casework.Rules, error) { return r.rulesOf(ctx, found) })
}

type ruleSetRow struct {
	ID    int64
	Year  int
	State string
}

// kept takes what a rule set says from memory where the set is published, since then it never changes. What it hands out
// is only to be read.
func kept[T any](r reader, set ruleSetRow, read func() (T, error)) (T, error) {
	type key struct {
		id   int64
		what reflect.Type
	}
	k := key{set.ID, reflect.TypeFor[T]()}
	if r.published != nil && set.State == "published" {
		if found, ok := r.published.Load(k); ok {
			return found.(T), nil
		}
	}
	value, err := read()
	if err == nil && r.published != nil && set.State == "published" {
		r.published.Store(k, value)
	}
	return value, err
}

func (r reader) rulesOf(ctx context.Context, found ruleSetRow) (casework.Rules, error) {
	rules := casework.Rules{ID: found.ID, Year: calendar.Year(found.Year)}
	var err error
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
	rules.Limits, err = scan[casework.Limit](ctx, r, `SELECT step, role, team, pence, local FROM rule_limit WHERE rule_set_id = ? ORDER BY step, role, team`, found.ID)
	if err != nil {
		return rules, fmt.Errorf("read the limits: %w", err)
	}
	rules.Templates, err = scan[casework.Template](ctx, r, `SELECT code, title, body, local FROM rule_template WHERE rule_set_id = ? ORDER BY code`, found.ID)
	if err != nil {
		return rules, fmt.Errorf("read the templates: %w", err)
	}
	rules.Settings, err = scan[casework.Setting](ctx, r, `SELECT code, name, unit, value, local FROM rule_setting WHERE rule_set_id = ? ORDER BY position, code`, found.ID)
	if err != nil {
		return rules, fmt.Errorf("read the settings: %w", err)
	}
	return rules, nil
}

// AssessmentRules reads what the rule set of that number says about assessments.
func (r reader) AssessmentRules(ctx context.Context, id int64) (assessment.Rules, error) {
	type key struct{ id int64 }
	return remembered(r, key{id}, func() (assessment.Rules, error) { return r.assessmentRulesNow(ctx, id) })
}

func (r reader) assessmentRulesNow(ctx context.Context, id int64) (assessment.Rules, error) {
	set, err := one[ruleSetRow](ctx, r, "rule set", `SELECT id, year, state FROM rule_set WHERE id = ?`, id)
	if err != nil {
		return assessment.Rules{}, err
	}
	return kept(r, set, func() (assessment.Rules, error) { return r.assessmentRulesOf(ctx, set) })
}

func (r reader) assessmentRulesOf(ctx context.Context, set ruleSetRow) (assessment.Rules, error) {
	id := set.ID
	rules := assessment.Rules{Set: id, Year: calendar.Year(set.Year)}
	var err error
	rules.Criteria, err = scan[assessment.Criterion](ctx, r, `
		SELECT c.code, COALESCE(d.name, c.domain) AS domain, COALESCE(d.local, 1) AS domain_local, c.name, c.threshold, c.unit, c.subjective, c.weight, c.local
		FROM rule_criterion c LEFT JOIN rule_domain d ON d.rule_set_id = c.rule_set_id AND d.code = c.domain
		WHERE c.rule_set_id = ? ORDER BY d.position, c.position, c.code`, id)
	if err != nil {
		return rules, fmt.Errorf("read the criteria: %w", err)
	}
	rules.Matrix, err = scan[assessment.Cell](ctx, r, `SELECT scope, impact, priority, local FROM rule_matrix_cell WHERE rule_set_id = ? ORDER BY priority`, id)
	if err != nil {
		return rules, fmt.Errorf("read the matrix: %w", err)
	}
	rules.Areas, err = scan[assessment.Area](ctx, r, `SELECT code, name, local FROM rule_need_area WHERE rule_set_id = ? ORDER BY position`, id)
	if err != nil {
		return rules, fmt.Errorf("read the areas of need: %w", err)
	}
	rules.Scale, err = scan[assessment.Step](ctx, r, `SELECT code, name, hint, local FROM rule_rating WHERE rule_set_id = ? ORDER BY position, code`, id)
	if err != nil {
		return rules, fmt.Errorf("read the rating scale: %w", err)
	}
	absurd, err := scan[struct{ Value int }](ctx, r, `SELECT value FROM rule_setting WHERE rule_set_id = ? AND code = ?`, id, casework.AbsurdPatients)
	if err != nil {
		return rules, fmt.Errorf("read the absurd number of patients: %w", err)
	}
	for _, row := range absurd {
		rules.AbsurdPatients = row.Value
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
