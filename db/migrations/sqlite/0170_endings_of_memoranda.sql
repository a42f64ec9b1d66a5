-- Either side ends the memorandum: with a reason, and on a day. Until that day the notice can be withdrawn. On the day what is
-- committed and not claimed goes back to the budget; a line says how much of it did.

-- +goose Up
CREATE TABLE ending_reason (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO ending_reason (code) VALUES ('not_needed'), ('no_help'), ('not_possible'), ('practice_changes'), ('not_kept'), ('other');
CREATE TABLE ending_state (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO ending_state (code) VALUES ('noticed'), ('withdrawn'), ('ended'), ('overtaken');

CREATE TABLE agreement_ending (
    id           INTEGER PRIMARY KEY,
    case_id      INTEGER NOT NULL REFERENCES support_case (id),
    agreement_id INTEGER NOT NULL REFERENCES agreement (id), -- in force when the notice was given
    practice     TEXT REFERENCES organisation (code), -- of a group, whose part it ends; none: the memorandum as a whole
    by_practice  INTEGER NOT NULL CHECK (by_practice IN (0, 1)),
    reason       TEXT NOT NULL REFERENCES ending_reason (code),
    detail       TEXT NOT NULL CHECK (detail <> ''),
    ends_on      TEXT NOT NULL CHECK (length(ends_on) = 10),
    given_by     INTEGER NOT NULL REFERENCES person (id),
    given_at     TEXT NOT NULL CHECK (length(given_at) = 24),
    state        TEXT NOT NULL REFERENCES ending_state (code),
    settled_at   TEXT CHECK (length(settled_at) = 24), -- withdrawn, ended or overtaken
    whole        INTEGER NOT NULL DEFAULT 0 CHECK (whole IN (0, 1)), -- by it nothing of the memorandum is in force any more
    freed        INTEGER NOT NULL DEFAULT 0 CHECK (freed >= 0), -- pence that went back to budgets
    CHECK ((state = 'noticed') = (settled_at IS NULL)),
    CHECK (practice IS NULL OR by_practice = 1)
) STRICT;
CREATE INDEX agreement_ending_case ON agreement_ending (case_id, id);
CREATE UNIQUE INDEX agreement_ending_whole ON agreement_ending (case_id, by_practice) WHERE state = 'noticed' AND practice IS NULL;
CREATE UNIQUE INDEX agreement_ending_part ON agreement_ending (case_id, practice) WHERE state = 'noticed' AND practice IS NOT NULL;
CREATE INDEX agreement_ending_due ON agreement_ending (ends_on, id) WHERE state = 'noticed';

ALTER TABLE support_line ADD COLUMN freed INTEGER NOT NULL DEFAULT 0 CHECK (freed >= 0); -- pence that went back when the memorandum ended

-- +goose Down
ALTER TABLE support_line DROP COLUMN freed;
DROP TABLE agreement_ending;
DROP TABLE ending_state;
DROP TABLE ending_reason;
