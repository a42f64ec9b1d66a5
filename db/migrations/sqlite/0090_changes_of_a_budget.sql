-- A national total divided by registered patients, and what changes a budget after its allocation: virements, top-ups and
-- authorised over-commitments, each asked for by one person and agreed by two others.

-- +goose Up
CREATE TABLE division (
    id           INTEGER PRIMARY KEY,
    year         INTEGER NOT NULL,
    source       TEXT NOT NULL REFERENCES funding_source (code),
    total        INTEGER NOT NULL CHECK (total > 0), -- pence
    reason       TEXT NOT NULL CHECK (reason <> ''),
    listed_on    TEXT NOT NULL CHECK (length(listed_on) = 10), -- whose registered lists were used
    requested_by INTEGER NOT NULL REFERENCES person (id),
    requested_at TEXT NOT NULL CHECK (length(requested_at) = 24)
) STRICT;
ALTER TABLE allocation ADD COLUMN division_id INTEGER REFERENCES division (id); -- NULL: entered by itself
ALTER TABLE allocation ADD COLUMN patients INTEGER NOT NULL DEFAULT 0 CHECK (patients >= 0);
CREATE INDEX allocation_division ON allocation (division_id, id) WHERE division_id IS NOT NULL;

CREATE TABLE budget_change_kind (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO budget_change_kind (code, name) VALUES ('virement', 'Virement'), ('top_up', 'Top-up'), ('over_commitment', 'Over-commitment');
INSERT INTO entry_kind (code, name) VALUES ('topped_up', 'Topped up'), ('over_commitment_ended', 'Over-commitment ended');

CREATE TABLE budget_change (
    id           INTEGER PRIMARY KEY,
    kind         TEXT NOT NULL REFERENCES budget_change_kind (code),
    from_budget  INTEGER REFERENCES budget (id), -- of a virement
    to_budget    INTEGER NOT NULL REFERENCES budget (id),
    amount       INTEGER NOT NULL CHECK (amount > 0), -- pence
    reason       TEXT NOT NULL CHECK (reason <> ''),
    until        TEXT CHECK (until IS NULL OR length(until) = 10), -- of an over-commitment: the last day on which it can be promised
    state        TEXT NOT NULL, -- requested, approved, refused
    requested_by INTEGER NOT NULL REFERENCES person (id),
    requested_at TEXT NOT NULL CHECK (length(requested_at) = 24),
    given_by     INTEGER REFERENCES person (id) CHECK (given_by IS NULL OR given_by <> requested_by),
    given_at     TEXT CHECK (given_at IS NULL OR length(given_at) = 24),
    taken_by     INTEGER REFERENCES person (id) CHECK (taken_by IS NULL OR (taken_by <> requested_by AND (given_by IS NULL OR taken_by <> given_by))),
    taken_at     TEXT CHECK (taken_at IS NULL OR length(taken_at) = 24),
    refused_by   INTEGER REFERENCES person (id),
    refused_at   TEXT CHECK (refused_at IS NULL OR length(refused_at) = 24),
    refused_why  TEXT NOT NULL DEFAULT '',
    returned     INTEGER NOT NULL DEFAULT 0 CHECK (returned >= 0 AND returned <= amount), -- pence, taken back after the last day
    ended_on     TEXT CHECK (ended_on IS NULL OR length(ended_on) = 10),
    version      INTEGER NOT NULL DEFAULT 1,
    CHECK (from_budget IS NULL OR from_budget <> to_budget),
    CHECK ((kind = 'virement') = (from_budget IS NOT NULL) AND (kind = 'over_commitment') = (until IS NOT NULL)),
    CHECK ((given_by IS NULL) = (given_at IS NULL) AND (taken_by IS NULL) = (taken_at IS NULL) AND (refused_by IS NULL) = (refused_at IS NULL)),
    CHECK ((state = 'approved') = (given_by IS NOT NULL AND taken_by IS NOT NULL) AND (state = 'refused') = (refused_by IS NOT NULL))
) STRICT;
CREATE INDEX budget_change_to ON budget_change (to_budget, id);
CREATE INDEX budget_change_from ON budget_change (from_budget, id) WHERE from_budget IS NOT NULL;
CREATE INDEX budget_change_until ON budget_change (until) WHERE kind = 'over_commitment' AND state = 'approved' AND returned < amount;

-- +goose Down
DROP TABLE budget_change;
DELETE FROM entry_kind WHERE code IN ('topped_up', 'over_commitment_ended');
DROP TABLE budget_change_kind;
DROP INDEX allocation_division;
ALTER TABLE allocation DROP COLUMN patients;
ALTER TABLE allocation DROP COLUMN division_id;
DROP TABLE division;
