package store

import (
	"errors"
	"fmt"
	"strings"
)

// Tamper runs statements behind the program's back, with every trigger and foreign key out of the way: as somebody does
// who has the database in their hands.
func (s *Store) Tamper(statements ...string) error {
	if s.engine.name == onPostgres.name {
		return s.run("BEGIN; SET LOCAL session_replication_role = replica; " + strings.Join(statements, "; ") + "; COMMIT")
	}
	rows, err := s.write.Query(`SELECT name FROM sqlite_master WHERE type = 'trigger'`)
	if err != nil {
		return err
	}
	before := []string{`PRAGMA foreign_keys = OFF`}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return errors.Join(err, rows.Close())
		}
		before = append(before, `DROP TRIGGER `+name)
	}
	if err := rows.Close(); err != nil {
		return err
	}
	for _, statement := range append(before, statements...) {
		if err := s.run(statement); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) run(statement string) error {
	if _, err := s.write.Exec(statement); err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}

// Ask is the one number that a query finds.
func (s *Store) Ask(query string) (n int64, err error) {
	err = s.write.QueryRow(query).Scan(&n)
	return n, err
}
