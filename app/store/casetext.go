package store

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/practice"
)

// condition is a part of a WHERE with its arguments; empty where there is none.
type condition struct {
	where string
	args  []any
}

var (
	wholeReference = regexp.MustCompile(`^PRP-?([0-9]{4})-?([0-9]{1,6})$`)
	someReference  = regexp.MustCompile(`^PRP-[0-9]{0,4}(-[0-9]{0,6})?$`)
	caseNumber     = regexp.MustCompile(`^[0-9]{1,6}$`)
)

// understand reads what somebody typed to find cases, as a condition on a case c: a reference, its beginning or its number, a
// practice by its code or postcode, or words of its name in any order, each with at most one wrong letter or cut short.
// Every reading is answered by an index, however many cases there are.
func (r reader) understand(ctx context.Context, text string) (condition, error) {
	if strings.TrimSpace(text) == "" {
		return condition{}, nil
	}
	squeezed := strings.ToUpper(strings.Join(strings.Fields(text), ""))
	if m := wholeReference.FindStringSubmatch(squeezed); m != nil {
		year, _ := strconv.Atoi(m[1])
		n, _ := strconv.Atoi(m[2])
		return condition{`c.reference = ?`, []any{casework.Reference(calendar.Year(year), n)}}, nil
	}
	if someReference.MatchString(squeezed) {
		return condition{`c.reference >= ? AND c.reference < ?`, []any{squeezed, after(squeezed)}}, nil
	}
	references, err := r.referencesOf(ctx, squeezed)
	if err != nil {
		return condition{}, err
	}
	q := practice.ParseQuery(text)
	codes, err := r.findPractices(ctx, q)
	if err != nil {
		return condition{}, fmt.Errorf("find the practices of cases: %w", err)
	}
	of := `c.id IN (SELECT f.case_id FROM case_practice f WHERE f.practice IN ? AND f.valid_until IS NULL)`
	switch {
	case len(codes) > practice.SearchCap && q.Code == "":
		return r.inName(ctx, q) // so many that the newest cases are gone through until a page is full
	case len(references) > 0 && len(codes) > 0:
		return condition{`(c.reference IN ? OR ` + of + `)`, []any{references, codes}}, nil
	case len(references) > 0:
		return condition{`c.reference IN ?`, []any{references}}, nil
	case len(codes) > 0:
		return condition{of, []any{codes}}, nil
	}
	return condition{`1 = 0`, nil}, nil
}

// referencesOf are the references that a number may mean, one for each year.
func (r reader) referencesOf(ctx context.Context, text string) ([]string, error) {
	if !caseNumber.MatchString(text) {
		return nil, nil
	}
	n, _ := strconv.Atoi(text)
	years, err := scan[struct{ Year int }](ctx, r, `SELECT year FROM case_number WHERE last >= ? ORDER BY year`, n)
	if err != nil {
		return nil, fmt.Errorf("list the years of references: %w", err)
	}
	var list []string
	for _, y := range years {
		list = append(list, casework.Reference(calendar.Year(y.Year), n))
	}
	return list, nil
}

// inName is the condition of words that are in the names of many practices.
func (r reader) inName(ctx context.Context, q practice.Query) (condition, error) {
	var near intersection
	for _, typed := range q.Words {
		words, err := r.likeWords(ctx, typed)
		if err != nil || len(words) == 0 {
			return condition{`1 = 0`, nil}, err
		}
		near.add(words...)
	}
	// Not a bare column: the few practices of a case are held against the many with that name, rather than each of the many
	// against the case.
	return condition{`EXISTS (SELECT 1 FROM case_practice f WHERE f.case_id = c.id AND f.valid_until IS NULL AND f.practice || '' IN (` + near.query() + `))`, near.args}, nil
}
