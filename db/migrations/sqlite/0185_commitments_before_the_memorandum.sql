-- Rapid intervention: the lines for a practice at risk of closing can be committed before the memorandum, when one person asks for it
-- and another, who is named, decides; the memorandum is due by a day.

-- +goose Up
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
CREATE INDEX early_commitment_case ON early_commitment (case_id, id);
CREATE UNIQUE INDEX early_commitment_stands ON early_commitment (offer_id) WHERE state IN ('asked', 'approved');

-- +goose Down
DROP TABLE early_commitment;
DELETE FROM case_facet WHERE facet = 'memorandum';
