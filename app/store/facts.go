package store

import (
	"context"
	"fmt"

	"resilience/app/calendar"
	"resilience/app/fault"
	"resilience/app/practice"
)

// FactsOn is what was known of a practice on the day; before the first file, the earliest known. A code that is not a
// practice's is fault.NotFound.
func (r reader) FactsOn(ctx context.Context, code practice.Code, d calendar.Date) (practice.Facts, error) {
	type row struct {
		Attribute string
		ValidFrom string
		Value     *string
		Parent    *string
	}
	var facts practice.Facts
	rows, err := scan[row](ctx, r, `
		SELECT p.attribute, p.valid_from, p.value, p.parent
		FROM organisation o JOIN organisation_period p ON p.organisation = o.code
		WHERE o.code = ? AND o.kind = 'practice'
		ORDER BY p.attribute, p.valid_from`, string(code))
	if err != nil {
		return facts, fmt.Errorf("read what is known of %s: %w", code, err)
	}
	if len(rows) == 0 {
		return facts, fault.NotFound{What: "practice"}
	}
	seen := map[practice.Attribute]bool{}
	for _, p := range rows {
		a, known := practice.ParseAttribute(p.Attribute)
		if known && (!seen[a] || p.ValidFrom <= d.String()) {
			facts[a] = deref(p.Value) + deref(p.Parent)
			seen[a] = true
		}
	}
	return facts, nil
}

// OrganisationName is what an organisation is called now; a stub is called by its code.
func (r reader) OrganisationName(ctx context.Context, code practice.Code) (string, error) {
	row, err := one[struct{ Name string }](ctx, r, "organisation", `SELECT name FROM organisation WHERE code = ?`, string(code))
	return row.Name, err
}

// OrganisationKind is what an organisation is. An unknown code is fault.NotFound.
func (r reader) OrganisationKind(ctx context.Context, code practice.Code) (practice.Kind, error) {
	row, err := one[struct{ Kind string }](ctx, r, "organisation", `SELECT kind FROM organisation WHERE code = ?`, string(code))
	return practice.Kind(row.Kind), err
}
