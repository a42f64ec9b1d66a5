-- A payment that was recorded as failed or come back, and that was made after all: a finance officer says so, with what shows it, and
-- another person agrees or refuses. What the payment said before is kept here.

-- +goose Up
CREATE TABLE payment_correction_state (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO payment_correction_state (code) VALUES ('asked'), ('agreed'), ('refused'), ('withdrawn');

CREATE TABLE payment_correction (
    id          INTEGER PRIMARY KEY,
    item_id     INTEGER NOT NULL REFERENCES payment_item (id),
    paid_on     TEXT    NOT NULL CHECK (length(paid_on) = 10), -- the day on which it was made
    shown_by    TEXT    NOT NULL CHECK (shown_by <> ''),       -- such as the line of the bank statement
    was_paid_on TEXT    CHECK (was_paid_on IS NULL OR length(was_paid_on) = 10), -- what the payment said before: paid on; NULL: it was not recorded as paid
    back_kind   TEXT    NOT NULL REFERENCES payment_back (code),                 -- and how it failed or came back
    back_on     TEXT    NOT NULL CHECK (length(back_on) = 10),
    back_why    TEXT    NOT NULL,
    back_by     INTEGER NOT NULL REFERENCES person (id),
    back_at     TEXT    NOT NULL CHECK (length(back_at) = 24),
    asked_by    INTEGER NOT NULL REFERENCES person (id),
    asked_at    TEXT    NOT NULL CHECK (length(asked_at) = 24),
    state       TEXT    NOT NULL REFERENCES payment_correction_state (code),
    settled_by  INTEGER REFERENCES person (id),
    settled_at  TEXT    CHECK (settled_at IS NULL OR length(settled_at) = 24),
    reason      TEXT    NOT NULL DEFAULT '', -- of a refusal
    version     INTEGER NOT NULL DEFAULT 1,
    CHECK (state NOT IN ('agreed', 'refused') OR settled_by <> asked_by),
    CHECK ((state = 'asked') = (settled_by IS NULL) AND (settled_by IS NULL) = (settled_at IS NULL) AND (state = 'refused') = (reason <> ''))
) STRICT;
CREATE INDEX payment_correction_item ON payment_correction (item_id, id);
CREATE UNIQUE INDEX payment_correction_waits ON payment_correction (item_id) WHERE state = 'asked';
-- +goose StatementBegin
CREATE TRIGGER payment_correction_no_delete BEFORE DELETE ON payment_correction
BEGIN
    SELECT RAISE(ABORT, 'what was said of a payment is never taken away');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payment_correction_no_update BEFORE UPDATE ON payment_correction
WHEN OLD.state <> 'asked'
  OR (NEW.id, NEW.item_id, NEW.paid_on, NEW.shown_by, NEW.was_paid_on, NEW.back_kind, NEW.back_on, NEW.back_why, NEW.back_by, NEW.back_at, NEW.asked_by, NEW.asked_at)
  IS NOT (OLD.id, OLD.item_id, OLD.paid_on, OLD.shown_by, OLD.was_paid_on, OLD.back_kind, OLD.back_on, OLD.back_why, OLD.back_by, OLD.back_at, OLD.asked_by, OLD.asked_at)
BEGIN
    SELECT RAISE(ABORT, 'what was said of a payment is settled once');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payment_correction_four_eyes BEFORE UPDATE ON payment_correction
WHEN NEW.state IN ('agreed', 'refused') AND EXISTS (SELECT 1 FROM payment_item i JOIN claim m ON m.id = i.claim_id WHERE i.id = NEW.item_id AND (NEW.settled_by IN (m.claimed_by, m.checked_by, m.approved_by)
    OR EXISTS (SELECT 1 FROM approval a WHERE a.subject_kind = 'claim' AND a.subject_id = m.id AND a.person_id = NEW.settled_by AND a.step <> 'release' AND a.undone_event_id IS NULL)))
BEGIN
    SELECT RAISE(ABORT, 'nobody acts twice on the same money');
END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE payment_correction;
DROP TABLE payment_correction_state;
