package store

import (
	"context"
	"fmt"
	"slices"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/casework"
	"resilience/app/fault"
	"resilience/app/practice"
)

type letterRow struct {
	ID        int64
	CaseID    int64
	Number    int
	Kind      string
	AboutID   int64
	Title     string
	Body      string
	DraftedBy int64
	DraftedAt instant
	Channel   *string
	SentBy    *int64
	SentName  *string
	SentAt    instant
	PostedOn  day
}

func (r letterRow) letter() casework.Letter {
	return casework.Letter{
		ID: r.ID, Case: casework.ID(r.CaseID), Number: r.Number, Kind: r.Kind, About: r.AboutID, Title: r.Title, Body: r.Body,
		DraftedBy: account.PersonID(r.DraftedBy), DraftedAt: r.DraftedAt.Time, Channel: casework.Channel(deref(r.Channel)),
		SentBy: account.PersonID(deref(r.SentBy)), SentName: deref(r.SentName), SentAt: r.SentAt.Time, PostedOn: r.PostedOn.Date,
	}
}

const letterColumns = `l.id, l.case_id, l.number, l.kind, l.about_id, l.title, l.body, l.drafted_by, l.drafted_at, l.channel, l.sent_by, p.name AS sent_name, l.sent_at, l.posted_on`

// Letters lists the letters of a case, the newest first. Somebody of the practice sees those that were sent; the team
// sees those that are due too. A case that the actor may not see is fault.NotFound.
func (r reader) Letters(ctx context.Context, a account.Actor, id casework.ID) ([]casework.Letter, error) {
	where, args := visibleAlone(a)
	if err := r.visibleCase(ctx, id, where, args); err != nil {
		return nil, err
	}
	staff, staffArgs := visibleToStaff(a)
	rows, err := scan[letterRow](ctx, r, `
		SELECT `+letterColumns+` FROM letter l JOIN support_case c ON c.id = l.case_id LEFT JOIN person p ON p.id = l.sent_by
		WHERE l.case_id = ? AND (l.sent_at IS NOT NULL OR `+staff+`) ORDER BY l.number DESC`, append([]any{int64(id)}, staffArgs...)...)
	if err != nil {
		return nil, fmt.Errorf("list the letters: %w", err)
	}
	list := make([]casework.Letter, len(rows))
	for i, row := range rows {
		list[i] = row.letter()
	}
	return list, nil
}

// Letter reads one letter of a case by its number within the case, as Letters lists it. Any other is fault.NotFound.
func (r reader) Letter(ctx context.Context, a account.Actor, id casework.ID, number int) (casework.Letter, error) {
	list, err := r.Letters(ctx, a, id)
	if err != nil {
		return casework.Letter{}, err
	}
	for _, l := range list {
		if l.Number == number {
			return l, nil
		}
	}
	return casework.Letter{}, fault.NotFound{What: "letter"}
}

// DueLetter is the letter of a kind that a case waits to send. Where there is none it is fault.NotFound.
func (r reader) DueLetter(ctx context.Context, id casework.ID, kind string) (casework.Letter, error) {
	row, err := one[letterRow](ctx, r, "letter", `
		SELECT `+letterColumns+` FROM letter l LEFT JOIN person p ON p.id = l.sent_by
		WHERE l.case_id = ? AND l.kind = ? AND l.sent_at IS NULL ORDER BY l.number DESC LIMIT 1`, int64(id), kind)
	return row.letter(), err
}

// AddLetter stores a letter that is drafted, gives it the next number of its case, and returns it with its number.
func (tx *Tx) AddLetter(ctx context.Context, l casework.Letter) (casework.Letter, error) {
	type row struct {
		ID     int64
		Number int
	}
	stored, err := one[row](ctx, tx.reader, "letter", `
		INSERT INTO letter (case_id, number, kind, about_id, title, body, drafted_by, drafted_at)
		VALUES (?, (SELECT COALESCE(MAX(x.number), 0) + 1 FROM letter x WHERE x.case_id = ?), ?, ?, ?, ?, ?, ?) RETURNING id, number`,
		int64(l.Case), int64(l.Case), l.Kind, l.About, l.Title, l.Body, int64(l.DraftedBy), at(l.DraftedAt))
	if err != nil {
		return l, fmt.Errorf("store the letter: %w", err)
	}
	l.ID, l.Number = stored.ID, stored.Number
	return l, nil
}

// SendLetter stores by which way, when and by whom a letter went, provided that it had not gone before.
func (tx *Tx) SendLetter(ctx context.Context, l casework.Letter) error {
	tx.recount(int64(l.Case))
	rows, err := tx.exec(ctx, `UPDATE letter SET body = ?, channel = ?, sent_by = ?, sent_at = ?, posted_on = ? WHERE id = ? AND sent_at IS NULL`,
		l.Body, string(l.Channel), int64(l.SentBy), at(l.SentAt), on(l.PostedOn), l.ID)
	return saved(rows, err, "the letter")
}

// Unreached lists those of some practices of which nobody who works there on the day has an account, in the order in which they are named: a
// letter in the tracker does not reach them.
func (r reader) Unreached(ctx context.Context, codes []practice.Code, today calendar.Date) ([]practice.Code, error) {
	type key struct {
		codes string
		today calendar.Date
	}
	return rememberedOfPeople(r, key{fmt.Sprint(codes), today}, func() ([]practice.Code, error) { return r.unreachedNow(ctx, codes, today) })
}

func (r reader) unreachedNow(ctx context.Context, codes []practice.Code, today calendar.Date) ([]practice.Code, error) {
	type row struct{ Organisation string }
	reached, err := scan[row](ctx, r, `
		SELECT DISTINCT s.organisation FROM role_assignment s JOIN person p ON p.id = s.person_id
		WHERE s.organisation IN ? AND s.role IN (?, ?) AND p.active = 1 AND s.valid_from <= ? AND (s.valid_until IS NULL OR s.valid_until >= ?)`,
		codes, string(account.PracticeManager), string(account.Signatory), on(today), on(today))
	if err != nil {
		return nil, fmt.Errorf("look for accounts at practices: %w", err)
	}
	var list []practice.Code
	for _, code := range codes {
		if !slices.ContainsFunc(reached, func(r row) bool { return r.Organisation == string(code) }) {
			list = append(list, code)
		}
	}
	return list, nil
}
