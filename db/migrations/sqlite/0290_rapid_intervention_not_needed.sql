-- A request to commit rapid intervention before the memorandum ends by itself where the memorandum, or the end of the case, came
-- first: state 'over', at a time and decided by nobody. SQLite changes no check of a table that there is, so that it is made anew.

-- +goose Up
INSERT INTO event_attribute (code, kind) VALUES ('early_commitment', 'text');
CREATE TABLE early_commitment_state (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO early_commitment_state (code) VALUES ('asked'), ('approved'), ('refused'), ('over');
CREATE TABLE kept_early AS SELECT * FROM early_commitment;
DROP TABLE early_commitment;
CREATE TABLE early_commitment (
    id         INTEGER PRIMARY KEY,
    case_id    INTEGER NOT NULL REFERENCES support_case (id),
    offer_id   INTEGER NOT NULL REFERENCES offer (id),
    why        TEXT NOT NULL CHECK (why <> ''),
    asked_by   INTEGER NOT NULL REFERENCES person (id),
    asked_at   TEXT NOT NULL CHECK (length(asked_at) = 24),
    state      TEXT NOT NULL REFERENCES early_commitment_state (code),
    answer     TEXT NOT NULL DEFAULT '',
    decided_by INTEGER REFERENCES person (id),
    decided_at TEXT CHECK (length(decided_at) = 24), -- or when it was over
    due_on     TEXT CHECK (length(due_on) = 10),     -- the memorandum
    CHECK (decided_by IS NULL OR decided_by <> asked_by),
    CHECK ((state IN ('asked', 'over')) = (decided_by IS NULL) AND (state = 'asked') = (decided_at IS NULL)),
    CHECK ((state = 'approved') = (due_on IS NOT NULL))
) STRICT;
INSERT INTO early_commitment (id, case_id, offer_id, why, asked_by, asked_at, state, answer, decided_by, decided_at, due_on)
SELECT id, case_id, offer_id, why, asked_by, asked_at, state, answer, decided_by, decided_at, due_on FROM kept_early;
DROP TABLE kept_early;
CREATE INDEX early_commitment_case ON early_commitment (case_id, id);
CREATE INDEX early_commitment_offer ON early_commitment (offer_id);
CREATE UNIQUE INDEX early_commitment_stands ON early_commitment (offer_id) WHERE state IN ('asked', 'approved');
UPDATE early_commitment SET state = 'over', decided_at = COALESCE((
    SELECT MIN(e.recorded_at) FROM event e JOIN event_change x ON x.event_id = e.id AND x.attribute = 'state' AND x.before_value = 'agreement'
    WHERE e.case_id = early_commitment.case_id AND e.recorded_at >= early_commitment.asked_at), asked_at)
WHERE state = 'asked' AND NOT EXISTS (SELECT 1 FROM support_case c WHERE c.id = early_commitment.case_id AND c.state = 'agreement');

-- +goose Down
CREATE TABLE kept_early AS SELECT * FROM early_commitment;
DROP TABLE early_commitment;
DROP TABLE early_commitment_state;
CREATE TABLE early_commitment (
    id         INTEGER PRIMARY KEY,
    case_id    INTEGER NOT NULL REFERENCES support_case (id),
    offer_id   INTEGER NOT NULL REFERENCES offer (id),
    why        TEXT NOT NULL CHECK (why <> ''),
    asked_by   INTEGER NOT NULL REFERENCES person (id),
    asked_at   TEXT NOT NULL CHECK (length(asked_at) = 24),
    state      TEXT NOT NULL CHECK (state IN ('asked', 'approved', 'refused')),
    answer     TEXT NOT NULL DEFAULT '',
    decided_by INTEGER REFERENCES person (id),
    decided_at TEXT CHECK (length(decided_at) = 24),
    due_on     TEXT CHECK (length(due_on) = 10), -- the memorandum
    CHECK (decided_by IS NULL OR decided_by <> asked_by),
    CHECK ((state = 'asked') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
    CHECK ((state = 'approved') = (due_on IS NOT NULL))
) STRICT;
INSERT INTO early_commitment (id, case_id, offer_id, why, asked_by, asked_at, state, answer, decided_by, decided_at, due_on)
SELECT id, case_id, offer_id, why, asked_by, asked_at, CASE state WHEN 'over' THEN 'asked' ELSE state END, answer, decided_by, CASE state WHEN 'over' THEN NULL ELSE decided_at END, due_on FROM kept_early;
DROP TABLE kept_early;
CREATE INDEX early_commitment_case ON early_commitment (case_id, id);
CREATE INDEX early_commitment_offer ON early_commitment (offer_id);
CREATE UNIQUE INDEX early_commitment_stands ON early_commitment (offer_id) WHERE state IN ('asked', 'approved');
DELETE FROM event_attribute WHERE code = 'early_commitment';
