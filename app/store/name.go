package store

import (
	"context"

	"resilience/app/practice"
)

// OrganisationName is what an organisation is called now; a stub is called by its code.
func (r reader) OrganisationName(ctx context.Context, code practice.Code) (string, error) {
	type key struct{ code practice.Code }
	return remembered(r, key{code}, func() (string, error) { return r.organisationNameNow(ctx, code) })
}

func (r reader) organisationNameNow(ctx context.Context, code practice.Code) (string, error) {
	row, err := one[struct{ Name string }](ctx, r, "organisation", `SELECT name FROM organisation WHERE code = ?`, string(code))
	return row.Name, err
}

// OrganisationKind is what an organisation is. An unknown code is fault.NotFound.
func (r reader) OrganisationKind(ctx context.Context, code practice.Code) (practice.Kind, error) {
	row, err := one[struct{ Kind string }](ctx, r, "organisation", `SELECT kind FROM organisation WHERE code = ?`, string(code))
	return practice.Kind(row.Kind), err
}
