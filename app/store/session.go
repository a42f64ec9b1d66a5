package store

import (
	"context"
	"fmt"
	"time"

	"resilience/app/account"
	"resilience/app/calendar"
	"resilience/app/fault"
)

type sessionRow struct {
	TokenHash string
	PersonID  int64
	Device    string
	CreatedAt instant
	SeenAt    instant
	ExpiresAt instant
	CoverID   *int64
}

func (r sessionRow) session() account.Session {
	return account.Session{
		Hash: r.TokenHash, PersonID: account.PersonID(r.PersonID), Device: r.Device, CreatedAt: r.CreatedAt.Time, SeenAt: r.SeenAt.Time, ExpiresAt: r.ExpiresAt.Time,
	}
}

// SignedIn finds who holds the session's token, with the roles that they hold today. A session that is unknown or
// over, or whose person left, is fault.NotFound.
func (r reader) SignedIn(ctx context.Context, tokenHash string, now time.Time, today calendar.Date) (account.Actor, account.Session, error) {
	type row struct {
		SessionRow sessionRow `gorm:"embedded"`
		PersonRow  personRow  `gorm:"embedded"`
	}
	found, err := one[row](ctx, r, "session", `
		SELECT s.token_hash, s.person_id, s.device, s.created_at, s.seen_at, s.expires_at, s.cover_id, `+personColumns+`
		FROM session s JOIN person p ON p.id = s.person_id
		WHERE s.token_hash = ? AND p.active = 1`, tokenHash)
	if err != nil {
		return account.Actor{}, account.Session{}, err
	}
	session := found.SessionRow.session()
	if !session.Live(now) {
		return account.Actor{}, account.Session{}, fault.NotFound{What: "session"}
	}
	actor := account.Actor{Person: found.PersonRow.person()}
	if cover := deref(found.SessionRow.CoverID); cover != 0 {
		standing, err := r.standing(ctx, actor, cover, today)
		if err != nil || standing.For.ID != 0 {
			return standing, session, err
		}
	}
	actor.Assignments, err = r.Assignments(ctx, actor.ID, today)
	return actor, session, err
}

// ActBy notes the cover by which the session acts for somebody; 0: the person acts for themselves.
func (tx *Tx) ActBy(ctx context.Context, tokenHash string, cover int64) error {
	if _, err := tx.exec(ctx, `UPDATE session SET cover_id = ? WHERE token_hash = ?`, number(cover), tokenHash); err != nil {
		return fmt.Errorf("note for whom the session acts: %w", err)
	}
	return nil
}

// AddSession stores a new session.
func (tx *Tx) AddSession(ctx context.Context, s account.Session) error {
	_, err := tx.exec(ctx, `INSERT INTO session (token_hash, person_id, created_at, seen_at, expires_at, device) VALUES (?, ?, ?, ?, ?, ?)`,
		s.Hash, int64(s.PersonID), at(s.CreatedAt), at(s.SeenAt), at(s.ExpiresAt), s.Device)
	if err != nil {
		return fmt.Errorf("store the session: %w", err)
	}
	return nil
}

// Seen notes that the session is in use.
func (tx *Tx) Seen(ctx context.Context, tokenHash string, now time.Time) error {
	if _, err := tx.exec(ctx, `UPDATE session SET seen_at = ? WHERE token_hash = ?`, at(now), tokenHash); err != nil {
		return fmt.Errorf("note the session's use: %w", err)
	}
	return nil
}

// EndSession signs one place out.
func (tx *Tx) EndSession(ctx context.Context, tokenHash string) error {
	if _, err := tx.exec(ctx, `DELETE FROM session WHERE token_hash = ?`, tokenHash); err != nil {
		return fmt.Errorf("end the session: %w", err)
	}
	return nil
}

// EndSessions signs a person out everywhere, but for the session kept (its token's hash, or "").
func (tx *Tx) EndSessions(ctx context.Context, id account.PersonID, kept string) error {
	if _, err := tx.exec(ctx, `DELETE FROM session WHERE person_id = ? AND token_hash <> ?`, int64(id), kept); err != nil {
		return fmt.Errorf("end the sessions: %w", err)
	}
	return nil
}

// Sweep forgets sessions that are over, and forms and failures that are too old to matter.
func (tx *Tx) Sweep(ctx context.Context, now time.Time) error {
	for _, q := range []struct {
		query  string
		before time.Time
	}{
		{`DELETE FROM session WHERE expires_at < ?`, now},
		{`DELETE FROM session WHERE seen_at < ?`, now.Add(-account.SessionIdle)},
		{`DELETE FROM submission WHERE created_at < ?`, now.Add(-7 * 24 * time.Hour)},
		{`DELETE FROM kept_form WHERE kept_at < ?`, now.Add(-24 * time.Hour)},
		{`DELETE FROM sign_in_failure WHERE last_at < ?`, now.Add(-24 * time.Hour)},
	} {
		if _, err := tx.exec(ctx, q.query, at(q.before)); err != nil {
			return fmt.Errorf("sweep: %w", err)
		}
	}
	return nil
}

// Sessions lists where a person is signed in, the newest first.
func (r reader) Sessions(ctx context.Context, id account.PersonID, now time.Time) ([]account.Session, error) {
	rows, err := scan[sessionRow](ctx, r, `
		SELECT token_hash, person_id, device, created_at, seen_at, expires_at FROM session
		WHERE person_id = ? AND expires_at > ? AND seen_at > ? ORDER BY created_at DESC`,
		int64(id), at(now), at(now.Add(-account.SessionIdle)))
	if err != nil {
		return nil, fmt.Errorf("read sessions: %w", err)
	}
	list := make([]account.Session, len(rows))
	for i, row := range rows {
		list[i] = row.session()
	}
	return list, nil
}

type failureRow struct {
	Failures     int
	LastAt       instant
	BlockedUntil instant
}

// Failures counts the failed sign-ins under a key (the SHA-256 of an account or an address).
func (r reader) Failures(ctx context.Context, keyHash string) (account.Failures, error) {
	row, err := one[failureRow](ctx, r, "failures", `SELECT failures, last_at, blocked_until FROM sign_in_failure WHERE key_hash = ?`, keyHash)
	if fault.IsNotFound(err) {
		return account.Failures{}, nil
	}
	return account.Failures{Count: row.Failures, LastAt: row.LastAt.Time, BlockedUntil: row.BlockedUntil.Time}, err
}

// SetFailures stores the count under a key; a count of zero forgets it.
func (tx *Tx) SetFailures(ctx context.Context, keyHash string, f account.Failures) error {
	var err error
	if f.Count == 0 {
		_, err = tx.exec(ctx, `DELETE FROM sign_in_failure WHERE key_hash = ?`, keyHash)
	} else {
		_, err = tx.exec(ctx, `
			INSERT INTO sign_in_failure (key_hash, failures, last_at, blocked_until) VALUES (?, ?, ?, ?)
			ON CONFLICT (key_hash) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at, blocked_until = excluded.blocked_until`,
			keyHash, f.Count, at(f.LastAt), at(f.BlockedUntil))
	}
	if err != nil {
		return fmt.Errorf("store the count of failures: %w", err)
	}
	return nil
}
