-- What happened: one act, one event, chained by hash, never changed.

-- +goose Up
CREATE TABLE event (
    id             INTEGER PRIMARY KEY,
    recorded_at    TEXT    NOT NULL CHECK (length(recorded_at) = 24), -- when it was written
    holds_from     TEXT    NOT NULL CHECK (length(holds_from) = 24),  -- from when what it says holds
    person_id      INTEGER REFERENCES person (id),                    -- NULL: the system or an operator at the command line
    actor          TEXT    NOT NULL,                                  -- 'person', 'operator' or 'system'
    act            TEXT    NOT NULL,                                  -- past tense: 'case acknowledged'
    subject_kind   TEXT    NOT NULL,
    subject_id     TEXT    NOT NULL,
    case_id        INTEGER,
    audience       TEXT    NOT NULL,                                  -- who may read it: 'practice' (and the team) or 'team'
    payload        TEXT,                                              -- JSON with a random salt; disposed of under retention, the digest stays
    payload_digest TEXT    NOT NULL CHECK (length(payload_digest) = 64),
    previous_hash  TEXT    NOT NULL CHECK (length(previous_hash) = 64),
    hash           TEXT    NOT NULL UNIQUE CHECK (length(hash) = 64)
) STRICT;
CREATE INDEX event_case ON event (case_id, id);
CREATE INDEX event_subject ON event (subject_kind, subject_id, id);

-- Attributes whose change over time reports count; kind says how the text of a value is read.
CREATE TABLE event_attribute (
    code TEXT PRIMARY KEY,
    kind TEXT NOT NULL -- text, integer, pence, day, instant, flag
) STRICT;
INSERT INTO event_attribute (code, kind) VALUES
    ('state', 'text'), ('team', 'text'), ('region', 'text'), ('assignee', 'integer'), ('route', 'text'), ('reference', 'text'),
    ('practice', 'text'), ('referred_on', 'day'), ('acknowledged_on', 'day'), ('on_hold', 'flag'),
    ('hold_review_on', 'day'), ('information_due_on', 'day'), ('estimated_cost', 'pence'), ('help', 'text'),
    ('practice_told_at', 'instant'), ('role', 'text'), ('place', 'text'), ('valid_from', 'day'), ('valid_until', 'day');

CREATE TABLE event_change (
    event_id     INTEGER NOT NULL REFERENCES event (id),
    position     INTEGER NOT NULL,
    attribute    TEXT    NOT NULL REFERENCES event_attribute (code),
    before_value TEXT, -- NULL: there was none
    after_value  TEXT, -- NULL: there is none now
    PRIMARY KEY (event_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_change_attribute ON event_change (attribute, after_value, event_id);

-- The last link of the chain, in one row, so that a writer takes it under a lock and a cut tail shows.
CREATE TABLE event_head (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    event_id INTEGER NOT NULL,
    hash     TEXT    NOT NULL CHECK (length(hash) = 64)
) STRICT;
INSERT INTO event_head (id, event_id, hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- Only the payload may ever change, and only to be disposed of.
-- +goose StatementBegin
CREATE TRIGGER event_no_update BEFORE UPDATE ON event
WHEN NEW.payload IS NOT NULL
  OR (NEW.id, NEW.recorded_at, NEW.holds_from, NEW.actor, NEW.act, NEW.subject_kind, NEW.subject_id, NEW.audience, NEW.payload_digest, NEW.previous_hash, NEW.hash)
  IS NOT (OLD.id, OLD.recorded_at, OLD.holds_from, OLD.actor, OLD.act, OLD.subject_kind, OLD.subject_id, OLD.audience, OLD.payload_digest, OLD.previous_hash, OLD.hash)
  OR NEW.person_id IS NOT OLD.person_id OR NEW.case_id IS NOT OLD.case_id
BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER event_no_delete BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER event_change_no_update BEFORE UPDATE ON event_change
BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER event_change_no_delete BEFORE DELETE ON event_change
BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;
-- +goose StatementEnd
-- INSERT OR REPLACE would delete the old row without asking the trigger on DELETE. On PostgreSQL there is nothing like it.
-- +goose StatementBegin
CREATE TRIGGER event_no_replace BEFORE INSERT ON event
WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id OR hash = NEW.hash)
BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER event_change_no_replace BEFORE INSERT ON event_change
WHEN EXISTS (SELECT 1 FROM event_change WHERE event_id = NEW.event_id AND position = NEW.position)
BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE event_head;
DROP TABLE event_change;
DROP TABLE event_attribute;
DROP TABLE event;
