-- The end of a financial year: what somebody decided of work that was received and not paid, and of work that was not delivered; and
-- the closing of a team's year, by two persons, after which nothing is promised or freed in it any more.

-- +goose Up
CREATE TABLE year_end_choice (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO year_end_choice (code) VALUES ('accrue'), ('not_accrue'), ('carry_forward'), ('release');

CREATE TABLE year_end_decision (
    id         INTEGER PRIMARY KEY,
    line_id    INTEGER NOT NULL REFERENCES support_line (id),
    received   INTEGER NOT NULL CHECK (received IN (0, 1)), -- of work that was received and not paid; 0: of work that was not delivered
    choice     TEXT    NOT NULL REFERENCES year_end_choice (code),
    amount     INTEGER NOT NULL CHECK (amount > 0), -- pence: what it was when it was decided
    reason     TEXT    NOT NULL CHECK (reason <> ''),
    person_id  INTEGER NOT NULL REFERENCES person (id),
    decided_at TEXT    NOT NULL CHECK (length(decided_at) = 24),
    CHECK ((received = 1) = (choice IN ('accrue', 'not_accrue')))
) STRICT;
CREATE INDEX year_end_decision_line ON year_end_decision (line_id, received, id);
-- +goose StatementBegin
CREATE TRIGGER year_end_decision_no_delete BEFORE DELETE ON year_end_decision
BEGIN
    SELECT RAISE(ABORT, 'a decision of the end of a year is only added');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER year_end_decision_no_update BEFORE UPDATE ON year_end_decision
BEGIN
    SELECT RAISE(ABORT, 'a decision of the end of a year is only added');
END;
-- +goose StatementEnd

CREATE TABLE year_closing (
    id         INTEGER PRIMARY KEY,
    team       TEXT    NOT NULL REFERENCES organisation (code),
    year       INTEGER NOT NULL, -- first calendar year of the financial year
    state      TEXT    NOT NULL, -- asked, closed, refused
    reason     TEXT    NOT NULL CHECK (reason <> ''),
    asked_by   INTEGER NOT NULL REFERENCES person (id),
    asked_at   TEXT    NOT NULL CHECK (length(asked_at) = 24),
    settled_by INTEGER REFERENCES person (id) CHECK (settled_by IS NULL OR settled_by <> asked_by),
    settled_at TEXT    CHECK (settled_at IS NULL OR length(settled_at) = 24),
    settled_why TEXT   NOT NULL DEFAULT '',
    last_entry INTEGER NOT NULL DEFAULT 0, -- of the ledger, when it was closed
    version    INTEGER NOT NULL DEFAULT 1,
    CHECK ((state = 'asked') = (settled_by IS NULL) AND (settled_by IS NULL) = (settled_at IS NULL) AND (state = 'refused') = (settled_why <> ''))
) STRICT;
CREATE UNIQUE INDEX year_closing_open ON year_closing (team, year) WHERE state <> 'refused';
-- +goose StatementBegin
CREATE TRIGGER year_closing_no_delete BEFORE DELETE ON year_closing
BEGIN
    SELECT RAISE(ABORT, 'a closing of a year is never taken away');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER year_closing_no_update BEFORE UPDATE ON year_closing
WHEN OLD.state <> 'asked'
BEGIN
    SELECT RAISE(ABORT, 'a closing of a year is settled once');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_entry_closed_year BEFORE INSERT ON ledger_entry
WHEN NEW.kind <> 'recovered' AND EXISTS (SELECT 1 FROM money_account a JOIN budget b ON b.id = a.budget_id JOIN year_closing y ON y.team = b.team AND y.year = b.year AND y.state = 'closed'
    WHERE a.id IN (NEW.from_account, NEW.to_account) AND a.state IN ('outside', 'available', 'reserved'))
BEGIN
    SELECT RAISE(ABORT, 'the financial year is closed: nothing is promised or freed in it any more');
END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER ledger_entry_closed_year;
DROP TABLE year_closing;
DROP TABLE year_end_decision;
DROP TABLE year_end_choice;
