package store

import (
	"context"
	"fmt"
	"strings"

	"resilience/app/calendar"
	"resilience/app/practice"
)

// SaveRegister stores what a file changed. The as-at date is the file's.
func (tx *Tx) SaveRegister(ctx context.Context, changes practice.Changes, asAt calendar.Date) error {
	for _, step := range []func() error{
		func() error { return tx.saveOrganisations(ctx, changes.Organisations) },
		func() error { return tx.saveSeen(ctx, changes.Seen, asAt) },
		func() error { return tx.dropPeriods(ctx, changes.Gone) },
		func() error { return tx.savePeriods(ctx, changes.Put) },
		func() error { return tx.saveWords(ctx, changes.Named) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) saveOrganisations(ctx context.Context, list []*practice.Organisation) error {
	err := bulk(ctx, tx, `
		INSERT INTO organisation (code, kind, stub, first_as_at, last_seen, name, status, gp_practice, active_gp, region, area, commissioner,
			address, postcode, postcode_key, telephone, opened_on, closed_on) VALUES `, 18, `
		ON CONFLICT (code) DO UPDATE SET kind = excluded.kind, stub = excluded.stub, first_as_at = excluded.first_as_at, last_seen = excluded.last_seen,
			name = excluded.name, status = excluded.status, gp_practice = excluded.gp_practice, active_gp = excluded.active_gp,
			region = excluded.region, area = excluded.area, commissioner = excluded.commissioner, address = excluded.address,
			postcode = excluded.postcode, postcode_key = excluded.postcode_key, telephone = excluded.telephone,
			opened_on = excluded.opened_on, closed_on = excluded.closed_on`,
		list, func(args []any, o *practice.Organisation) []any {
			f := o.Current()
			return append(args, string(o.Code), string(o.Kind), flag(o.Stub), text(o.FirstAsAt.String()), text(o.LastSeen.String()),
				f.Name(), text(string(f.Status())), yesNo(f[practice.AttributeGPPractice]), flag(o.Kind == practice.KindPractice && f.ActiveGPPractice()),
				text(string(f.Region())), text(string(f.Area())), text(string(f.Commissioner())),
				text(f[practice.AttributeAddress]), text(f[practice.AttributePostcode]), text(practice.PostcodeKey(f[practice.AttributePostcode])),
				text(f[practice.AttributeTelephone]), text(f[practice.AttributeOpened]), text(f[practice.AttributeClosed]))
		})
	if err != nil {
		return fmt.Errorf("store organisations: %w", err)
	}
	return nil
}

// yesNo is a column that may be not known.
func yesNo(value string) any {
	if value == "" {
		return nil
	}
	return flag(value == practice.Yes)
}

func (tx *Tx) saveSeen(ctx context.Context, codes []practice.Code, asAt calendar.Date) error {
	for _, part := range parts(codes, bulkRows) {
		args := []any{on(asAt)}
		for _, code := range part {
			args = append(args, string(code))
		}
		if _, err := tx.exec(ctx, `UPDATE organisation SET last_seen = ? WHERE code IN (`+marks(len(part))+`)`, args...); err != nil {
			return fmt.Errorf("note organisations as seen: %w", err)
		}
	}
	return nil
}

// dropPeriods goes by attribute and day: an older file moves the beginning of the same few for every organisation.
func (tx *Tx) dropPeriods(ctx context.Context, list []practice.PeriodKey) error {
	type beginning struct {
		attribute practice.Attribute
		from      calendar.Date
	}
	alike := map[beginning][]practice.Code{}
	for _, p := range list {
		b := beginning{p.Attribute, p.From}
		alike[b] = append(alike[b], p.Code)
	}
	for b, codes := range alike {
		for _, part := range parts(codes, bulkRows) {
			args := []any{b.attribute.String(), on(b.from)}
			for _, code := range part {
				args = append(args, string(code))
			}
			if _, err := tx.exec(ctx, `DELETE FROM organisation_period WHERE attribute = ? AND valid_from = ? AND organisation IN (`+marks(len(part))+`)`, args...); err != nil {
				return fmt.Errorf("remove periods: %w", err)
			}
		}
	}
	return nil
}

func (tx *Tx) savePeriods(ctx context.Context, list []practice.PeriodOf) error {
	err := bulk(ctx, tx, `INSERT INTO organisation_period (organisation, attribute, valid_from, valid_until, last_seen, value, parent, import_id) VALUES `, 8, `
		ON CONFLICT (organisation, attribute, valid_from) DO UPDATE SET valid_until = excluded.valid_until, last_seen = excluded.last_seen,
			value = excluded.value, parent = excluded.parent, import_id = excluded.import_id`,
		list, func(args []any, of practice.PeriodOf) []any {
			p := of.Period()
			value, parent := text(p.Value), any(nil)
			if of.Attribute.Refers() != "" {
				value, parent = nil, text(p.Value)
			}
			return append(args, string(of.Organisation.Code), of.Attribute.String(), p.From.String(), text(p.Until.String()), p.LastSeen.String(), value, parent, p.Import)
		})
	if err != nil {
		return fmt.Errorf("store periods: %w", err)
	}
	return nil
}

// saveWords teaches search the names of practices.
func (tx *Tx) saveWords(ctx context.Context, list []*practice.Organisation) error {
	type pair struct{ first, second string }
	var named, variants []pair
	seen := map[string]bool{}
	for _, o := range list {
		facts := o.Current()
		for _, word := range practice.Words(facts.Name()) {
			named = append(named, pair{word, string(o.Code)})
			if seen[word] {
				continue
			}
			seen[word] = true
			for _, v := range practice.Variants(word) {
				variants = append(variants, pair{v, word})
			}
		}
	}
	for _, part := range parts(list, bulkRows) {
		var args []any
		for _, o := range part {
			args = append(args, string(o.Code))
		}
		if _, err := tx.exec(ctx, `DELETE FROM practice_word WHERE practice IN (`+marks(len(part))+`)`, args...); err != nil {
			return fmt.Errorf("forget old names: %w", err)
		}
	}
	values := func(args []any, p pair) []any { return append(args, p.first, p.second) }
	if err := bulk(ctx, tx, `INSERT INTO practice_word (word, practice) VALUES `, 2, ``, named, values); err != nil {
		return fmt.Errorf("store the words of names: %w", err)
	}
	if err := bulk(ctx, tx, `INSERT INTO word_variant (variant, word) VALUES `, 2, ` ON CONFLICT DO NOTHING`, variants, values); err != nil {
		return fmt.Errorf("store the variants of words: %w", err)
	}
	return nil
}

// bulkRows is how many rows go into one statement: enough to make the cost of a statement small, and below the limits
// on parameters of both databases at 18 columns.
const bulkRows = 500

// bulk inserts the list in statements of many rows. add appends the values of one row.
func bulk[T any](ctx context.Context, tx *Tx, head string, columns int, tail string, list []T, add func([]any, T) []any) error {
	full, length := "", min(len(list), bulkRows)
	if length == bulkRows {
		full = head + rowsOf(columns, bulkRows) + tail
	}
	args := make([]any, 0, columns*length)
	for _, part := range parts(list, bulkRows) {
		args = args[:0]
		for _, item := range part {
			args = add(args, item)
		}
		query := full
		if len(part) < bulkRows {
			query = head + rowsOf(columns, len(part)) + tail
		}
		if _, err := tx.exec(ctx, query, args...); err != nil {
			return err
		}
	}
	return nil
}

// parts cuts a list into parts of at most n.
func parts[T any](list []T, n int) [][]T {
	var all [][]T
	for ; len(list) > n; list = list[n:] {
		all = append(all, list[:n])
	}
	if len(list) > 0 {
		all = append(all, list)
	}
	return all
}

// rowsOf is n rows of question marks.
func rowsOf(columns, n int) string {
	return strings.TrimSuffix(strings.Repeat("("+marks(columns)+"),", n), ",")
}

// marks is n question marks.
func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?,", n), ",") }
