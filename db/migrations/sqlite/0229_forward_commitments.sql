-- A part of an offer in a following year that has no budget yet is a forward commitment: it is in no account of the ledger, and has an
-- authorisation of its own by somebody who neither wrote nor approved the offer. When its budget comes it is reserved and committed.

-- +goose Up
CREATE TABLE forward_state (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO forward_state (code) VALUES ('asked'), ('authorised'), ('refused'), ('void'), ('met');

CREATE TABLE forward_commitment (
    id            INTEGER PRIMARY KEY,
    case_id       INTEGER NOT NULL REFERENCES support_case (id),
    offer_id      INTEGER NOT NULL REFERENCES offer (id),
    offer_version INTEGER NOT NULL, -- an edit raises the version and so voids it
    budget_id     INTEGER NOT NULL REFERENCES budget (id),
    amount        INTEGER NOT NULL CHECK (amount > 0), -- pence: what the lines of that budget came to, and the most that is authorised
    why           TEXT    NOT NULL CHECK (why <> ''),
    asked_by      INTEGER NOT NULL REFERENCES person (id),
    asked_at      TEXT    NOT NULL CHECK (length(asked_at) = 24),
    state         TEXT    NOT NULL REFERENCES forward_state (code),
    answer        TEXT    NOT NULL DEFAULT '',
    decided_by    INTEGER REFERENCES person (id) CHECK (decided_by IS NULL OR decided_by <> asked_by),
    decided_at    TEXT    CHECK (decided_at IS NULL OR length(decided_at) = 24),
    short_at      TEXT    CHECK (short_at IS NULL OR length(short_at) = 24), -- its budget came, and was too small
    met_at        TEXT    CHECK (met_at IS NULL OR length(met_at) = 24),
    CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
    CHECK (state NOT IN ('authorised', 'refused', 'met') OR decided_by IS NOT NULL),
    CHECK (state <> 'asked' OR decided_by IS NULL),
    CHECK ((state = 'refused') <= (answer <> '') AND (state = 'met') = (met_at IS NOT NULL))
) STRICT;
CREATE INDEX forward_commitment_case ON forward_commitment (case_id, id);
CREATE INDEX forward_commitment_budget ON forward_commitment (budget_id, id);
CREATE UNIQUE INDEX forward_commitment_stands ON forward_commitment (offer_id, budget_id) WHERE state IN ('asked', 'authorised', 'met');
CREATE INDEX forward_commitment_waits ON forward_commitment (state, case_id) WHERE state IN ('asked', 'authorised');
-- +goose StatementBegin
CREATE TRIGGER forward_commitment_four_eyes BEFORE UPDATE ON forward_commitment
WHEN OLD.decided_by IS NULL AND NEW.decided_by IS NOT NULL
  AND (EXISTS (SELECT 1 FROM offer_writer w WHERE w.offer_id = NEW.offer_id AND w.person_id = NEW.decided_by)
    OR EXISTS (SELECT 1 FROM approval a WHERE a.subject_kind = 'offer' AND a.subject_id = NEW.offer_id AND a.subject_version = NEW.offer_version AND a.person_id = NEW.decided_by AND a.undone_event_id IS NULL))
BEGIN
    SELECT RAISE(ABORT, 'nobody acts twice on the same money');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER forward_commitment_no_delete BEFORE DELETE ON forward_commitment
BEGIN
    SELECT RAISE(ABORT, 'a forward commitment is never taken away');
END;
-- +goose StatementEnd

ALTER TABLE support_line ADD COLUMN forward INTEGER NOT NULL DEFAULT 0 CHECK (forward IN (0, 1)); -- it waits for its budget, and holds nothing in it
CREATE INDEX support_line_forward ON support_line (budget_id, offer_id) WHERE forward = 1;

-- +goose Down
DELETE FROM case_facet WHERE facet = 'waits' AND value = 'forward';
DROP INDEX support_line_forward;
ALTER TABLE support_line DROP COLUMN forward;
DROP TABLE forward_commitment;
DROP TABLE forward_state;
