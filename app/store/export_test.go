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

// Kept tells whether a Load remembers the practices of a case, and who is kept from acts in it, once something is written that both may follow from:
// papers by which the case counts, or the case itself.
func Kept(write string) (members, barred bool) {
	m := newMemo()
	m.kept[membersOf(7)], m.kept[barredOf(7)], m.kept[barredOf(8)] = nil, nil, nil
	tx := &Tx{reader: reader{memo: m}}
	switch write {
	case "papers":
		tx.recount(7)
	case "case":
		tx.forget(7)
	}
	_, members = m.kept[membersOf(7)]
	_, barred = m.kept[barredOf(7)]
	if _, other := m.kept[barredOf(8)]; !other {
		panic("another case was forgotten too")
	}
	return members, barred
}
