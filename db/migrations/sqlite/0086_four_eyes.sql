-- An approval can be undone before what it is of goes on; it stays in the table and no longer counts. And the database
-- itself refuses that one person acts twice on a claim, at each release anew.

-- +goose Up
CREATE TABLE approval_copy AS SELECT * FROM approval;
DROP TABLE approval;
CREATE TABLE approval (
    id              INTEGER PRIMARY KEY,
    subject_kind    TEXT    NOT NULL, -- offer, claim, allocation, rule set, …
    subject_id      INTEGER NOT NULL,
    subject_version INTEGER NOT NULL, -- an edit raises the version and so voids the approval
    step            TEXT    NOT NULL,
    person_id       INTEGER NOT NULL REFERENCES person (id),
    amount          INTEGER CHECK (amount IS NULL OR amount >= 0), -- pence
    approved_at     TEXT    NOT NULL CHECK (length(approved_at) = 24),
    event_id        INTEGER NOT NULL REFERENCES event (id),
    reaches         INTEGER NOT NULL DEFAULT 1 CHECK (reaches IN (0, 1)), -- the limit of the person was as high as the amount
    undone_event_id INTEGER REFERENCES event (id) -- NULL: it stands
) STRICT;
INSERT INTO approval (id, subject_kind, subject_id, subject_version, step, person_id, amount, approved_at, event_id, reaches)
SELECT id, subject_kind, subject_id, subject_version, step, person_id, amount, approved_at, event_id, reaches FROM approval_copy;
DROP TABLE approval_copy;
CREATE UNIQUE INDEX approval_step ON approval (subject_kind, subject_id, subject_version, step) WHERE undone_event_id IS NULL;
CREATE UNIQUE INDEX approval_person ON approval (subject_kind, subject_id, subject_version, person_id) WHERE undone_event_id IS NULL; -- nobody acts twice
CREATE INDEX approval_subject ON approval (subject_kind, subject_id, id);

-- Whoever claimed, checked or approved a claim does nothing else with it, whichever release it is; the same person may
-- release it once more after a payment that failed. Whoever wrote in an offer does not approve it.
-- +goose StatementBegin
CREATE TRIGGER approval_four_eyes BEFORE INSERT ON approval
WHEN NEW.subject_kind = 'claim' AND (EXISTS (SELECT 1 FROM claim m WHERE m.id = NEW.subject_id AND m.claimed_by = NEW.person_id)
    OR EXISTS (SELECT 1 FROM approval a WHERE a.subject_kind = 'claim' AND a.subject_id = NEW.subject_id AND a.person_id = NEW.person_id AND a.step <> NEW.step AND a.undone_event_id IS NULL))
  OR NEW.subject_kind = 'offer' AND EXISTS (SELECT 1 FROM offer_writer w WHERE w.offer_id = NEW.subject_id AND w.person_id = NEW.person_id)
BEGIN
    SELECT RAISE(ABORT, 'nobody acts twice on the same money');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payment_item_four_eyes BEFORE INSERT ON payment_item
WHEN EXISTS (SELECT 1 FROM payment_batch b JOIN claim m ON m.id = NEW.claim_id WHERE b.id = NEW.batch_id AND (b.released_by IN (m.claimed_by, m.checked_by, m.approved_by)
    OR EXISTS (SELECT 1 FROM approval a WHERE a.subject_kind = 'claim' AND a.subject_id = m.id AND a.person_id = b.released_by AND a.step <> 'release' AND a.undone_event_id IS NULL)))
BEGIN
    SELECT RAISE(ABORT, 'nobody acts twice on the same money');
END;
-- +goose StatementEnd
-- An approval is added, and undone once, and nothing else.
-- +goose StatementBegin
CREATE TRIGGER approval_no_update BEFORE UPDATE ON approval
WHEN OLD.undone_event_id IS NOT NULL OR NEW.undone_event_id IS NULL
  OR (NEW.id, NEW.subject_kind, NEW.subject_id, NEW.subject_version, NEW.step, NEW.person_id, NEW.amount, NEW.approved_at, NEW.event_id, NEW.reaches)
  IS NOT (OLD.id, OLD.subject_kind, OLD.subject_id, OLD.subject_version, OLD.step, OLD.person_id, OLD.amount, OLD.approved_at, OLD.event_id, OLD.reaches)
BEGIN
    SELECT RAISE(ABORT, 'approvals are only added and undone');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER approval_no_delete BEFORE DELETE ON approval
BEGIN
    SELECT RAISE(ABORT, 'approvals are only added and undone');
END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER approval_no_delete;
DROP TRIGGER approval_no_update;
DROP TRIGGER payment_item_four_eyes;
DROP TRIGGER approval_four_eyes;
CREATE TABLE approval_copy AS SELECT * FROM approval WHERE undone_event_id IS NULL;
DROP TABLE approval;
CREATE TABLE approval (
    id              INTEGER PRIMARY KEY,
    subject_kind    TEXT    NOT NULL, -- offer, claim, allocation, rule set, …
    subject_id      INTEGER NOT NULL,
    subject_version INTEGER NOT NULL, -- an edit raises the version and so voids the approval
    step            TEXT    NOT NULL,
    person_id       INTEGER NOT NULL REFERENCES person (id),
    amount          INTEGER CHECK (amount IS NULL OR amount >= 0), -- pence
    approved_at     TEXT    NOT NULL CHECK (length(approved_at) = 24),
    event_id        INTEGER NOT NULL REFERENCES event (id),
    UNIQUE (subject_kind, subject_id, subject_version, step),
    UNIQUE (subject_kind, subject_id, subject_version, person_id) -- nobody acts twice
) STRICT;
ALTER TABLE approval ADD COLUMN reaches INTEGER NOT NULL DEFAULT 1 CHECK (reaches IN (0, 1));
INSERT INTO approval (id, subject_kind, subject_id, subject_version, step, person_id, amount, approved_at, event_id, reaches)
SELECT id, subject_kind, subject_id, subject_version, step, person_id, amount, approved_at, event_id, reaches FROM approval_copy;
DROP TABLE approval_copy;
