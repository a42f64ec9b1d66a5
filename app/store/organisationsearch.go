package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"resilience/app/practice"
)

// SearchPractices finds practices by code, by postcode or its beginning, or by words of the name in any order, each
// with at most one wrong letter or cut short. Exact words come first, then active GP practices, then by name. It
// returns the results from offset on, at most limit of them, and counts up to practice.SearchCap.
func (r reader) SearchPractices(ctx context.Context, q practice.Query, offset, limit int) (practice.Results, error) {
	codes, err := r.findPractices(ctx, q)
	if err != nil {
		return practice.Results{}, fmt.Errorf("search practices: %w", err)
	}
	results := practice.Results{Total: min(len(codes), practice.SearchCap), More: len(codes) > practice.SearchCap}
	codes = codes[:results.Total]
	page := codes[min(max(offset, 0), len(codes)):]
	if results.Practices, err = r.summaries(ctx, page[:min(max(limit, 0), len(page))]); err != nil {
		return practice.Results{}, fmt.Errorf("search practices: %w", err)
	}
	return results, nil
}

// findPractices tries the readings of the query from the most to the least certain, and goes by the first that finds
// anything.
func (r reader) findPractices(ctx context.Context, q practice.Query) ([]string, error) {
	for _, try := range []func(context.Context, practice.Query) ([]string, error){r.findByCode, r.findByPostcode, r.findByWords} {
		codes, err := try(ctx, q)
		if err != nil || len(codes) > 0 {
			return codes, err
		}
	}
	return nil, nil
}

func (r reader) findByCode(ctx context.Context, q practice.Query) ([]string, error) {
	if q.Code == "" {
		return nil, nil
	}
	return scan[string](ctx, r, `SELECT code FROM organisation WHERE code = ? AND kind = 'practice'`, string(q.Code))
}

func (r reader) findByPostcode(ctx context.Context, q practice.Query) ([]string, error) {
	if q.Postcode == "" {
		return nil, nil
	}
	return scan[string](ctx, r, `
		SELECT code FROM organisation
		WHERE kind = 'practice' AND postcode_key >= ? AND postcode_key < ?
		ORDER BY active_gp DESC, name, code LIMIT ?`, q.Postcode, after(q.Postcode), practice.SearchCap+1)
}

// after is the least text that is greater than every text that begins with prefix. Columns searched like this compare
// by bytes; on PostgreSQL they are COLLATE "C".
func after(prefix string) string {
	letters := []rune(prefix)
	letters[len(letters)-1]++
	return string(letters)
}

func (r reader) findByWords(ctx context.Context, q practice.Query) ([]string, error) {
	if len(q.Words) == 0 {
		return nil, nil
	}
	var near, exact intersection
	for _, typed := range q.Words {
		words, err := r.likeWords(ctx, typed)
		if err != nil || len(words) == 0 {
			return nil, err
		}
		near.add(words...)
		exact.add(typed)
	}
	args := append(near.args, exact.args...)
	return scan[string](ctx, r, `
		SELECT code FROM organisation
		WHERE code IN (`+near.query()+`)
		ORDER BY code IN (`+exact.query()+`) DESC, active_gp DESC, name, code LIMIT ?`, append(args, practice.SearchCap+1)...)
}

// intersection is a query for the practices that have a word of each of several lists in their names.
type intersection struct {
	parts []string
	args  []any
}

func (i *intersection) add(words ...string) {
	i.parts = append(i.parts, `SELECT practice FROM practice_word WHERE word IN (`+marks(len(words))+`)`)
	for _, w := range words {
		i.args = append(i.args, w)
	}
}

func (i *intersection) query() string { return strings.Join(i.parts, ` INTERSECT `) }

// shortestStart is how many letters of a word are enough to mean the whole of it.
const shortestStart = 3

// likeWords finds the words of names that what was typed may mean.
func (r reader) likeWords(ctx context.Context, typed string) ([]string, error) {
	var args []any
	variants := practice.Variants(typed)
	for _, v := range variants {
		args = append(args, v)
	}
	candidates, err := scan[string](ctx, r, `SELECT DISTINCT word FROM word_variant WHERE variant IN (`+marks(len(variants))+`)`, args...)
	if err != nil {
		return nil, err
	}
	words := slices.DeleteFunc(candidates, func(w string) bool { return !practice.Near(typed, w) })
	if len([]rune(typed)) < shortestStart {
		return words, nil
	}
	longer, err := scan[string](ctx, r, `SELECT word FROM word_variant WHERE variant > ? AND variant < ? AND word = variant`, typed, after(typed))
	if err != nil {
		return nil, err
	}
	words = append(words, longer...)
	slices.Sort(words)
	return slices.Compact(words), nil
}

type summaryRow struct {
	Code             string
	Name             string
	Status           *string
	ActiveGP         bool
	Postcode         *string
	Area             *string
	AreaName         *string
	Commissioner     *string
	CommissionerName *string
	Patients         *int
	ListAsAt         day
}

// summaries reads the rows of a page, in the order of the codes.
func (r reader) summaries(ctx context.Context, codes []string) ([]practice.Summary, error) {
	if len(codes) == 0 {
		return nil, nil
	}
	var args []any
	for _, c := range codes {
		args = append(args, c)
	}
	rows, err := scan[summaryRow](ctx, r, `
		SELECT o.code, o.name, o.status, o.active_gp, o.postcode, o.area, a.name AS area_name, o.commissioner, c.name AS commissioner_name,
		       l.patients, l.as_at AS list_as_at
		FROM organisation o
		LEFT JOIN organisation a ON a.code = o.area
		LEFT JOIN organisation c ON c.code = o.commissioner
		LEFT JOIN list_size l ON l.practice = o.code AND l.as_at = (SELECT MAX(n.as_at) FROM list_size n WHERE n.practice = o.code)
		WHERE o.code IN (`+marks(len(codes))+`)`, args...)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(rows, func(a, b summaryRow) int { return slices.Index(codes, a.Code) - slices.Index(codes, b.Code) })
	list := make([]practice.Summary, len(rows))
	for i, row := range rows {
		list[i] = practice.Summary{
			Code: practice.Code(row.Code), Name: row.Name, Status: practice.Status(deref(row.Status)), GPPractice: row.ActiveGP,
			Postcode: deref(row.Postcode), Area: practice.Code(deref(row.Area)), AreaName: deref(row.AreaName),
			Commissioner: practice.Code(deref(row.Commissioner)), CommissionerName: deref(row.CommissionerName),
			ListSize: practice.ListSize{Patients: deref(row.Patients), AsAt: row.ListAsAt.Date},
		}
	}
	return list, nil
}
