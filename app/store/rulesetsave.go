package store

import (
	"context"
	"fmt"
	"strings"

	"resilience/app/account"
	"resilience/app/ruleset"
)

// columnsOfRules are those of each table of rules besides the set, for a copy.
var columnsOfRules = map[string]string{
	"rule_criterion": "code, domain, name, threshold, unit, subjective, weight, position, local, source", "rule_domain": "code, name, position, local, source",
	"rule_rating": "code, name, hint, position, local, source", "rule_matrix_cell": "scope, impact, priority, local, source",
	"rule_need_area": "code, name, hint, position, local, source", "rule_menu_item": "code, name, hint, position, local, source",
	"rule_target": "code, name, working_days, local, source", "rule_claim_target": "step, working_days, local, source",
	"rule_limit": "step, role, team, pence, local, source", "rule_template": "code, title, body, local, source", "rule_setting": "code, name, unit, value, position, local, source",
}

// AddRuleSet stores a draft as a copy of the set that it was copied from, and sets its number.
func (tx *Tx) AddRuleSet(ctx context.Context, h *ruleset.Head) error {
	row, err := one[idRow](ctx, tx.reader, "rules", `
		INSERT INTO rule_set (year, version, state, reason, copied_from, drafted_by, drafted_at) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		int(h.Year), h.Version, string(h.State), h.Reason, number(h.CopiedFrom), number(int64(h.DraftedBy)), at(h.DraftedAt))
	if err != nil {
		return fmt.Errorf("store the draft of the rules: %w", err)
	}
	h.ID = row.ID
	for _, t := range ruleTables {
		columns := columnsOfRules[t.table]
		if _, err := tx.exec(ctx, `INSERT INTO `+t.table+` (rule_set_id, `+columns+`) SELECT ?, `+columns+` FROM `+t.table+` WHERE rule_set_id = ?`, h.ID, h.CopiedFrom); err != nil {
			return fmt.Errorf("copy %s: %w", t.table, err)
		}
	}
	return tx.AddRuleEditor(ctx, h.ID, h.DraftedBy)
}

// AddRuleEditor notes that somebody had a hand in a draft.
func (tx *Tx) AddRuleEditor(ctx context.Context, set int64, who account.PersonID) error {
	_, err := tx.exec(ctx, `INSERT INTO rule_set_editor (rule_set_id, person_id) VALUES (?, ?) ON CONFLICT (rule_set_id, person_id) DO NOTHING`, set, int64(who))
	if err != nil {
		return fmt.Errorf("note who edited the rules: %w", err)
	}
	return nil
}

// SaveRulePart stores the entries of a part as they are now.
func (tx *Tx) SaveRulePart(ctx context.Context, set int64, p ruleset.Part, list []ruleset.Entry) error {
	table := tableOf(p)
	if _, err := tx.exec(ctx, `DELETE FROM `+table+` WHERE rule_set_id = ?`, set); err != nil {
		return fmt.Errorf("save %s: %w", table, err)
	}
	columns := columnsOfRules[table]
	places := strings.Repeat(", ?", strings.Count(columns, ",")+1)
	for _, e := range list {
		if _, err := tx.exec(ctx, `INSERT INTO `+table+` (rule_set_id, `+columns+`) VALUES (?`+places+`)`, append([]any{set}, ruleValues(p, e)...)...); err != nil {
			return fmt.Errorf("save %s: %w", table, err)
		}
	}
	return nil
}

func tableOf(p ruleset.Part) string {
	for _, t := range ruleTables {
		if t.part == p {
			return t.table
		}
	}
	panic("no table for " + string(p)) // each part has one, which a test holds
}

// ruleValues are the columns of an entry, in the order of columnsOfRules.
func ruleValues(p ruleset.Part, e ruleset.Entry) []any {
	local := flag(e.Local)
	switch p {
	case ruleset.Criteria:
		return []any{e.Code, e.Group, e.Name, e.Text, e.Unit, flag(e.Judged), e.Number, e.Position, local, e.Source}
	case ruleset.Domains:
		return []any{e.Code, e.Name, e.Position, local, e.Source}
	case ruleset.Matrix:
		scope, impact, _ := strings.Cut(e.Code, "-")
		return []any{scope, impact, e.Number, local, e.Source}
	case ruleset.Targets:
		return []any{e.Code, e.Name, e.Number, local, e.Source}
	case ruleset.ClaimTargets:
		return []any{e.Code, e.Number, local, e.Source}
	case ruleset.Limits:
		step, role, team := ruleset.LimitOf(e.Code)
		if team == ruleset.EveryTeam {
			team = ""
		}
		return []any{step, string(role), team, e.Number, local, e.Source}
	case ruleset.Templates:
		return []any{e.Code, e.Name, e.Text, local, e.Source}
	case ruleset.Settings:
		return []any{e.Code, e.Name, e.Group, e.Number, e.Position, local, e.Source}
	}
	return []any{e.Code, e.Name, e.Text, e.Position, local, e.Source} // the scale, areas of need and the menu
}

// PublishRuleSet stores that a draft is published now, provided that it was a draft.
func (tx *Tx) PublishRuleSet(ctx context.Context, h ruleset.Head) error {
	rows, err := tx.exec(ctx, `UPDATE rule_set SET state = ?, published_by = ?, published_at = ? WHERE id = ? AND state = 'draft'`,
		string(h.State), int64(h.PublishedBy), at(h.PublishedAt), h.ID)
	return saved(rows, err, "the rules")
}

// DiscardRuleSet removes a draft with all that it says.
func (tx *Tx) DiscardRuleSet(ctx context.Context, id int64) error {
	for _, t := range ruleTables {
		if _, err := tx.exec(ctx, `DELETE FROM `+t.table+` WHERE rule_set_id = ?`, id); err != nil {
			return fmt.Errorf("discard %s: %w", t.table, err)
		}
	}
	if _, err := tx.exec(ctx, `DELETE FROM rule_set_editor WHERE rule_set_id = ?`, id); err != nil {
		return fmt.Errorf("discard who edited the rules: %w", err)
	}
	rows, err := tx.exec(ctx, `DELETE FROM rule_set WHERE id = ? AND state = 'draft'`, id)
	return saved(rows, err, "the rules")
}

// TeamNames are the names of the local teams by code.
func (r reader) TeamNames(ctx context.Context) (map[string]string, error) {
	rows, err := scan[struct{ Code, Name string }](ctx, r, `SELECT code, name FROM organisation WHERE kind = 'area' ORDER BY code`)
	if err != nil {
		return nil, fmt.Errorf("read the local teams: %w", err)
	}
	names := map[string]string{}
	for _, row := range rows {
		names[row.Code] = row.Name
	}
	return names, nil
}
