package store

import (
	"context"
	"fmt"
	"slices"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/ruleset"
)

type ruleHeadRow struct {
	ID          int64
	Year        int
	Version     int
	State       string
	Reason      string
	CopiedFrom  *int64
	DraftedBy   *int64
	Drafter     *string
	DraftedAt   instant
	PublishedBy *int64
	Publisher   *string
	PublishedAt instant
}

func (r ruleHeadRow) head() ruleset.Head {
	return ruleset.Head{
		ID: r.ID, Year: calendar.Year(r.Year), Version: r.Version, State: ruleset.State(r.State), Reason: r.Reason, CopiedFrom: deref(r.CopiedFrom),
		DraftedBy: account.PersonID(deref(r.DraftedBy)), Drafter: deref(r.Drafter), DraftedAt: r.DraftedAt.Time,
		PublishedBy: account.PersonID(deref(r.PublishedBy)), Publisher: deref(r.Publisher), PublishedAt: r.PublishedAt.Time,
	}
}

// mostRuleSets is how many rule sets a list has at most: more than a century of years and versions.
const mostRuleSets = 500

const ruleHeads = `
	SELECT s.id, s.year, s.version, s.state, s.reason, s.copied_from, s.drafted_by, d.name AS drafter, s.drafted_at, s.published_by, p.name AS publisher, s.published_at
	FROM rule_set s LEFT JOIN person d ON d.id = s.drafted_by LEFT JOIN person p ON p.id = s.published_by `

// RuleSets lists the published rule sets, and the drafts for who may read them, the newest year and version first.
func (r reader) RuleSets(ctx context.Context, a account.Actor) ([]ruleset.Head, error) {
	rows, err := scan[ruleHeadRow](ctx, r, ruleHeads+`WHERE `+readableRules(a)+` ORDER BY s.year DESC, s.version DESC LIMIT ?`, mostRuleSets)
	if err != nil {
		return nil, fmt.Errorf("list the rule sets: %w", err)
	}
	var list []ruleset.Head
	for _, row := range rows {
		list = append(list, row.head())
	}
	return list, nil
}

func readableRules(a account.Actor) string {
	if ruleset.ReadsDrafts(a) {
		return `1 = 1`
	}
	return `s.state = 'published'`
}

// RuleSet reads a rule set with all that it says. One that does not exist, or a draft that the person may not read, is
// fault.NotFound.
func (r reader) RuleSet(ctx context.Context, a account.Actor, id int64) (*ruleset.Set, error) {
	row, err := one[ruleHeadRow](ctx, r, "rules", ruleHeads+`WHERE s.id = ? AND `+readableRules(a), id)
	if err != nil {
		return nil, err
	}
	set := &ruleset.Set{Head: row.head()}
	editors, err := scan[struct {
		ID   int64
		Name string
	}](ctx, r, `SELECT p.id, p.name FROM rule_set_editor e JOIN person p ON p.id = e.person_id WHERE e.rule_set_id = ? ORDER BY p.name, p.id`, id)
	if err != nil {
		return nil, fmt.Errorf("read who edited the rules: %w", err)
	}
	for _, e := range editors {
		set.Editors = append(set.Editors, ruleset.Editor{ID: account.PersonID(e.ID), Name: e.Name})
	}
	set.Content, err = r.RuleContent(ctx, id)
	return set, err
}

// ruleTable is how the entries of a part stand in the database: its table, and the column or expression of each field of
// an entry; an empty one is not kept.
type ruleTable struct {
	part                     ruleset.Part
	table                    string
	code, name, group, text  string
	number, judged, position string
	unit                     string
}

const everyTeam = `CASE WHEN t.team = '' THEN 'all' ELSE t.team END`

var ruleTables = []ruleTable{
	{part: ruleset.Criteria, table: "rule_criterion", code: "t.code", name: "t.name", group: "t.domain", text: "t.threshold", number: "t.weight", judged: "t.subjective", position: "t.position", unit: "t.unit"},
	{part: ruleset.Domains, table: "rule_domain", code: "t.code", name: "t.name", position: "t.position"},
	{part: ruleset.Scale, table: "rule_rating", code: "t.code", name: "t.name", text: "t.hint", position: "t.position"},
	{part: ruleset.Matrix, table: "rule_matrix_cell", code: "t.scope || '-' || t.impact", number: "t.priority"},
	{part: ruleset.Needs, table: "rule_need_area", code: "t.code", name: "t.name", text: "t.hint", position: "t.position"},
	{part: ruleset.Menu, table: "rule_menu_item", code: "t.code", name: "t.name", text: "t.hint", position: "t.position"},
	{part: ruleset.Targets, table: "rule_target", code: "t.code", name: "t.name", number: "t.working_days"},
	{part: ruleset.ClaimTargets, table: "rule_claim_target", code: "t.step", number: "t.working_days"},
	{
		part: ruleset.Limits, table: "rule_limit", code: "t.step || '.' || t.role || '.' || " + everyTeam, number: "t.pence",
		group: "COALESCE((SELECT o.name FROM organisation o WHERE o.code = t.team), '" + ruleset.AnyTeam + "')",
	},
	{part: ruleset.Templates, table: "rule_template", code: "t.code", name: "t.title", text: "t.body"},
	{part: ruleset.Settings, table: "rule_setting", code: "t.code", name: "t.name", group: "t.unit", number: "t.value", position: "t.position"},
}

// contentOfRules reads every part by one statement, which takes the set once for each.
var contentOfRules, contentParts = func() (string, int) {
	or := func(column, otherwise string) string {
		if column == "" {
			return otherwise
		}
		return column
	}
	all := ""
	for i, t := range ruleTables {
		if i > 0 {
			all += ` UNION ALL `
		}
		all += `SELECT '` + string(t.part) + `' AS part, ` + t.code + ` AS code, ` + or(t.name, `''`) + ` AS name, ` + or(t.group, `''`) + ` AS grouped, ` +
			or(t.text, `''`) + ` AS text, ` + or(t.unit, `''`) + ` AS unit, ` + or(t.number, `0`) + ` AS number, ` + or(t.judged, `0`) + ` AS judged, ` + or(t.position, `0`) + ` AS position, t.local AS local, t.source AS source
			FROM ` + t.table + ` t WHERE t.rule_set_id = ?`
	}
	return all, len(ruleTables)
}()

type ruleRow struct {
	Part     string
	Code     string
	Name     string
	Grouped  string
	Text     string
	Unit     string
	Number   int64
	Judged   bool
	Position int
	Local    bool
	Source   string
}

// RuleContent reads all that a rule set says.
func (r reader) RuleContent(ctx context.Context, id int64) (ruleset.Content, error) {
	args := slices.Repeat([]any{id}, contentParts)
	rows, err := scan[ruleRow](ctx, r, contentOfRules, args...)
	if err != nil {
		return nil, fmt.Errorf("read the rules: %w", err)
	}
	content := ruleset.Content{}
	for _, row := range rows {
		p := ruleset.Part(row.Part)
		content[p] = append(content[p], ruleset.Entry{
			Code: row.Code, Name: row.Name, Group: row.Grouped, Text: row.Text, Unit: row.Unit, Number: row.Number, Judged: row.Judged, Position: row.Position, Local: row.Local, Source: row.Source,
		})
	}
	content.Sort()
	return content, nil
}
