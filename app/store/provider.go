package store

import (
	"context"
	"fmt"
	"strings"

	"resilience/app/calendar"
	"resilience/app/support"
)

type providerRow struct {
	ID        int64
	Name      string
	Kind      string
	Contact   string
	Email     string
	Telephone string
	Active    bool
	Version   int64
}

const providerColumns = `p.id, p.name, p.kind, p.contact, p.email, p.telephone, p.active, p.version`

func (r providerRow) provider() support.Provider {
	return support.Provider{ID: r.ID, Version: r.Version, ProviderDetails: support.ProviderDetails{
		Name: r.Name, Kind: support.ProviderKind(r.Kind), Contact: r.Contact, Email: r.Email, Telephone: r.Telephone, Active: r.Active,
	}}
}

// Provider reads one provider. Who may read the register of providers is asked by the caller.
func (r reader) Provider(ctx context.Context, id int64) (support.Provider, error) {
	row, err := one[providerRow](ctx, r, "provider", `SELECT `+providerColumns+` FROM provider p WHERE p.id = ?`, id)
	return row.provider(), err
}

// Providers lists those whose name or contact has all the words, those who take work first, one page of them.
func (r reader) Providers(ctx context.Context, text string, page int) (support.ProviderList, error) {
	list := support.ProviderList{Page: max(1, page)}
	where, args := `1 = 1`, []any{}
	for _, word := range strings.Fields(strings.ToUpper(text)) {
		like := "%" + escapeLike(word) + "%"
		where += ` AND (UPPER(p.name) LIKE ? ESCAPE '\' OR UPPER(p.contact) LIKE ? ESCAPE '\')`
		args = append(args, like, like)
	}
	total, err := one[struct{ N int }](ctx, r, "count", `SELECT COUNT(*) AS n FROM provider p WHERE `+where, args...)
	if err != nil {
		return list, err
	}
	list.Total = total.N
	rows, err := scan[providerRow](ctx, r, `SELECT `+providerColumns+` FROM provider p WHERE `+where+` ORDER BY p.active DESC, UPPER(p.name), p.id LIMIT ? OFFSET ?`,
		append(args, support.ProvidersPage, (list.Page-1)*support.ProvidersPage)...)
	if err != nil {
		return list, fmt.Errorf("list providers: %w", err)
	}
	for _, row := range rows {
		list.Rows = append(list.Rows, row.provider())
	}
	return list, nil
}

// ProviderNamed tells whether another provider than the one given has the name, in capitals or not.
func (tx *Tx) ProviderNamed(ctx context.Context, name string, but int64) (bool, error) {
	name = strings.Join(strings.Fields(name), " ")
	row, err := one[struct{ N int }](ctx, tx.reader, "count", `SELECT COUNT(*) AS n FROM provider WHERE (name = ? OR UPPER(name) = ?) AND id <> ?`, name, strings.ToUpper(name), but)
	return row.N > 0, err
}

// AddProvider stores a new provider and sets its number.
func (tx *Tx) AddProvider(ctx context.Context, p *support.Provider, m calendar.Moment) error {
	row, err := one[idRow](ctx, tx.reader, "provider", `
		INSERT INTO provider (name, kind, contact, email, telephone, active, created_at) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		p.Name, string(p.Kind), p.Contact, p.Email, p.Telephone, flag(p.Active), at(m.Now))
	if err != nil {
		return fmt.Errorf("store the provider: %w", err)
	}
	p.ID = row.ID
	return nil
}

// SaveProvider stores a provider as it is now, provided that nobody saved it since it was read; otherwise fault.Conflict.
func (tx *Tx) SaveProvider(ctx context.Context, p *support.Provider) error {
	rows, err := tx.exec(ctx, `UPDATE provider SET name = ?, kind = ?, contact = ?, email = ?, telephone = ?, active = ?, version = version + 1 WHERE id = ? AND version = ?`,
		p.Name, string(p.Kind), p.Contact, p.Email, p.Telephone, flag(p.Active), p.ID, p.Version)
	if err := saved(rows, err, "the provider"); err != nil {
		return err
	}
	p.Version++
	return nil
}

var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// escapeLike makes a text stand for itself in LIKE … ESCAPE '\'.
func escapeLike(s string) string { return likeEscaper.Replace(s) }
