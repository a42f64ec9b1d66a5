-- The states of the closing of a year are a table, as all other states are. SQLite adds no reference to a column that there is, so that the
-- table is made anew, with what is released by it.

-- +goose Up
CREATE TABLE year_closing_state (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO year_closing_state (code) VALUES ('asked'), ('closed'), ('refused');
CREATE TABLE kept_closing AS SELECT * FROM year_closing;
CREATE TABLE kept_release AS SELECT * FROM year_end_release;
DROP TABLE year_end_release;
DROP TABLE year_closing;
CREATE TABLE year_closing (
    id         INTEGER PRIMARY KEY,
    team       TEXT    NOT NULL REFERENCES organisation (code),
    year       INTEGER NOT NULL, -- first calendar year of the financial year
    state      TEXT    NOT NULL REFERENCES year_closing_state (code),
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
INSERT INTO year_closing (id, team, year, state, reason, asked_by, asked_at, settled_by, settled_at, settled_why, last_entry, version)
SELECT id, team, year, state, reason, asked_by, asked_at, settled_by, settled_at, settled_why, last_entry, version FROM kept_closing;
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
CREATE TABLE year_end_release (
    line_id    INTEGER PRIMARY KEY REFERENCES support_line (id),
    closing_id INTEGER NOT NULL REFERENCES year_closing (id),
    amount     INTEGER NOT NULL CHECK (amount > 0) -- pence
) STRICT;
INSERT INTO year_end_release (line_id, closing_id, amount) SELECT line_id, closing_id, amount FROM kept_release;
-- +goose StatementBegin
CREATE TRIGGER year_end_release_no_delete BEFORE DELETE ON year_end_release
BEGIN
    SELECT RAISE(ABORT, 'a release at the end of a year is only added');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER year_end_release_no_update BEFORE UPDATE ON year_end_release
BEGIN
    SELECT RAISE(ABORT, 'a release at the end of a year is only added');
END;
-- +goose StatementEnd
DROP TABLE kept_closing;
DROP TABLE kept_release;

-- +goose Down
CREATE TABLE kept_closing AS SELECT * FROM year_closing;
CREATE TABLE kept_release AS SELECT * FROM year_end_release;
DROP TABLE year_end_release;
DROP TABLE year_closing;
DROP TABLE year_closing_state;
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
INSERT INTO year_closing (id, team, year, state, reason, asked_by, asked_at, settled_by, settled_at, settled_why, last_entry, version)
SELECT id, team, year, state, reason, asked_by, asked_at, settled_by, settled_at, settled_why, last_entry, version FROM kept_closing;
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
CREATE TABLE year_end_release (
    line_id    INTEGER PRIMARY KEY REFERENCES support_line (id),
    closing_id INTEGER NOT NULL REFERENCES year_closing (id),
    amount     INTEGER NOT NULL CHECK (amount > 0) -- pence
) STRICT;
INSERT INTO year_end_release (line_id, closing_id, amount) SELECT line_id, closing_id, amount FROM kept_release;
-- +goose StatementBegin
CREATE TRIGGER year_end_release_no_delete BEFORE DELETE ON year_end_release
BEGIN
    SELECT RAISE(ABORT, 'a release at the end of a year is only added');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER year_end_release_no_update BEFORE UPDATE ON year_end_release
BEGIN
    SELECT RAISE(ABORT, 'a release at the end of a year is only added');
END;
-- +goose StatementEnd
DROP TABLE kept_closing;
DROP TABLE kept_release;
