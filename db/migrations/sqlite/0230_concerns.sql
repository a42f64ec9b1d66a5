-- Concerns about the support of a case: raised by either side, answered by the person who has the case, the team lead or the programme.
-- How many working days the first of them have was never published, so it is set locally.

-- +goose Up
CREATE TABLE concern_kind (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO concern_kind (code) VALUES ('absent'), ('no_help'), ('relationship'), ('quality'), ('worse'), ('safety'), ('handling');

CREATE TABLE concern_severity (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO concern_severity (code) VALUES ('minor'), ('serious'), ('urgent');

CREATE TABLE concern_level (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO concern_level (code) VALUES ('holder'), ('lead'), ('national');

CREATE TABLE concern_state (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO concern_state (code) VALUES ('open'), ('resolved'), ('withdrawn');

CREATE TABLE concern_outcome (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO concern_outcome (code) VALUES ('put_right'), ('provider_agreed'), ('support_changes'), ('no_change'), ('elsewhere'), ('going_on');

CREATE TABLE concern_done (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO concern_done (code) VALUES ('answered'), ('resolved'), ('escalated'), ('overdue'), ('contested'), ('withdrawn');

CREATE TABLE concern (
    id          INTEGER PRIMARY KEY,
    case_id     INTEGER NOT NULL REFERENCES support_case (id),
    number      INTEGER NOT NULL,
    kind        TEXT NOT NULL REFERENCES concern_kind (code),
    severity    TEXT NOT NULL REFERENCES concern_severity (code),
    line_id     INTEGER REFERENCES support_line (id),
    provider_id INTEGER REFERENCES provider (id), -- that of the line when it was raised
    words       TEXT NOT NULL CHECK (words <> ''),
    wish        TEXT NOT NULL DEFAULT '',
    raised_by   INTEGER NOT NULL REFERENCES person (id),
    raised_at   TEXT NOT NULL CHECK (length(raised_at) = 24),
    by_practice INTEGER NOT NULL CHECK (by_practice IN (0, 1)),
    state       TEXT NOT NULL REFERENCES concern_state (code),
    level       TEXT NOT NULL REFERENCES concern_level (code),
    answer_by   TEXT CHECK (answer_by IS NULL OR length(answer_by) = 10), -- by the person who has the case
    since       TEXT NOT NULL CHECK (length(since) = 24), -- it waits for its level, or is settled
    UNIQUE (case_id, number),
    CHECK (answer_by IS NULL OR state = 'open' AND level = 'holder')
) STRICT;
CREATE INDEX concern_due ON concern (answer_by) WHERE answer_by IS NOT NULL;
CREATE INDEX concern_open ON concern (level, case_id) WHERE state = 'open';
CREATE INDEX concern_provider ON concern (provider_id, id) WHERE provider_id IS NOT NULL;

CREATE TABLE concern_step (
    concern_id INTEGER NOT NULL REFERENCES concern (id),
    number     INTEGER NOT NULL,
    done       TEXT NOT NULL REFERENCES concern_done (code),
    level      TEXT NOT NULL REFERENCES concern_level (code), -- afterwards
    outcome    TEXT REFERENCES concern_outcome (code),
    words      TEXT NOT NULL DEFAULT '',
    person_id  INTEGER REFERENCES person (id), -- NULL: the service
    done_at    TEXT NOT NULL CHECK (length(done_at) = 24),
    PRIMARY KEY (concern_id, number),
    CHECK ((done IN ('answered', 'resolved')) = (outcome IS NOT NULL)),
    CHECK ((done = 'overdue') = (person_id IS NULL) AND (done = 'overdue') = (words = ''))
) STRICT, WITHOUT ROWID;

-- What was said about a concern stays.
-- +goose StatementBegin
CREATE TRIGGER concern_step_no_update BEFORE UPDATE ON concern_step
BEGIN
    SELECT RAISE(ABORT, 'what was done about a concern does not change');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER concern_step_no_delete BEFORE DELETE ON concern_step
BEGIN
    SELECT RAISE(ABORT, 'what was done about a concern is not taken away');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER concern_no_delete BEFORE DELETE ON concern
BEGIN
    SELECT RAISE(ABORT, 'a concern is not taken away');
END;
-- +goose StatementEnd

INSERT INTO event_attribute (code, kind) VALUES ('concern', 'text');

INSERT INTO rule_upgrade (migration) VALUES ('0230');
INSERT INTO rule_setting (rule_set_id, code, name, unit, value, position, local)
SELECT id, 'concern_answer_days', 'Answer to a concern about the support, before it goes to the team lead', 'working days', 5, 12, 1 FROM rule_set;
DELETE FROM rule_upgrade;

-- +goose Down
INSERT INTO rule_upgrade (migration) VALUES ('0230');
DELETE FROM rule_setting WHERE code = 'concern_answer_days';
DELETE FROM rule_upgrade;
DELETE FROM case_facet WHERE facet = 'waits' AND value IN ('concern', 'above');
DELETE FROM event_attribute WHERE code = 'concern';
DROP TABLE concern_step;
DROP TABLE concern;
DROP TABLE concern_done;
DROP TABLE concern_outcome;
DROP TABLE concern_state;
DROP TABLE concern_level;
DROP TABLE concern_severity;
DROP TABLE concern_kind;
