-- Money that was paid and is to come back: raised with a reason, and then recovered or waived by a second person. What is asked
-- back stands in the ledger as recoverable, what is given up as waived. And a practice that took over from another has its cases.

-- +goose Up
INSERT INTO money_state (code, name, position, floor) VALUES ('recoverable', 'Recoverable', 8, 0), ('waived', 'Waived', 9, 0);
INSERT INTO entry_kind (code, name) VALUES ('recovery_raised', 'Asked back'), ('waived', 'Waived');
INSERT INTO event_attribute (code, kind) VALUES ('recoverable', 'pence'), ('recovered', 'pence'), ('waived', 'pence');

CREATE TABLE recovery_reason (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;
INSERT INTO recovery_reason (code, name) VALUES
    ('unspent', 'It was not all spent'), ('overpaid', 'Too much was paid'), ('not_due', 'It should not have been paid at all'), ('ended', 'The practice or the support ended early');

CREATE TABLE recovery_state (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;
INSERT INTO recovery_state (code, name) VALUES ('raised', 'To be decided'), ('due', 'To be paid back'), ('recovered', 'Paid back'), ('waived', 'Waived');

ALTER TABLE claim ADD COLUMN asked_back INTEGER NOT NULL DEFAULT 0 CHECK (asked_back >= 0 AND asked_back <= gross - cut); -- pence, of what was paid

CREATE TABLE recovery (
    id         INTEGER PRIMARY KEY,
    claim_id   INTEGER NOT NULL REFERENCES claim (id),
    number     INTEGER NOT NULL, -- within the claim, from 1
    reason     TEXT NOT NULL REFERENCES recovery_reason (code),
    words      TEXT NOT NULL CHECK (words <> ''),
    amount     INTEGER NOT NULL CHECK (amount > 0), -- pence
    state      TEXT NOT NULL REFERENCES recovery_state (code),
    received   INTEGER NOT NULL DEFAULT 0 CHECK (received >= 0),
    waived     INTEGER NOT NULL DEFAULT 0 CHECK (waived >= 0),
    raised_by  INTEGER NOT NULL REFERENCES person (id),
    raised_at TEXT NOT NULL CHECK (length(raised_at) = 24),
    decided_by INTEGER REFERENCES person (id) CHECK (decided_by IS NULL OR decided_by <> raised_by),
    decided_at TEXT CHECK (decided_at IS NULL OR length(decided_at) = 24),
    why        TEXT NOT NULL DEFAULT '',
    waived_by  INTEGER REFERENCES person (id) CHECK (waived_by IS NULL OR waived_by <> raised_by),
    waived_at TEXT CHECK (waived_at IS NULL OR length(waived_at) = 24),
    waived_why TEXT NOT NULL DEFAULT '',
    due_on TEXT CHECK (due_on IS NULL OR length(due_on) = 10), -- of the first instalment that is not paid in full; NULL: nothing is due
    reminded_on TEXT CHECK (reminded_on IS NULL OR length(reminded_on) = 10), -- the last such day of which the practice was reminded
    version    INTEGER NOT NULL DEFAULT 1,
    UNIQUE (claim_id, number),
    CHECK (received + waived <= amount),
    CHECK ((decided_by IS NULL) = (decided_at IS NULL) AND (state = 'raised') = (decided_by IS NULL)),
    CHECK ((waived = 0) = (waived_by IS NULL) AND (waived = 0) = (waived_at IS NULL)),
    CHECK ((state IN ('recovered', 'waived')) = (received + waived = amount))
) STRICT;
CREATE UNIQUE INDEX recovery_open ON recovery (claim_id) WHERE state IN ('raised', 'due');

CREATE TABLE recovery_instalment (
    recovery_id INTEGER NOT NULL REFERENCES recovery (id),
    position    INTEGER NOT NULL,
    due_on TEXT NOT NULL CHECK (length(due_on) = 10),
    amount      INTEGER NOT NULL CHECK (amount > 0), -- pence
    PRIMARY KEY (recovery_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE recovery_receipt (
    id          INTEGER PRIMARY KEY,
    recovery_id INTEGER NOT NULL REFERENCES recovery (id),
    amount      INTEGER NOT NULL CHECK (amount > 0), -- pence
    received_on TEXT NOT NULL CHECK (length(received_on) = 10),
    freed       INTEGER NOT NULL CHECK (freed IN (0, 1)), -- back in the budget of the line; 0: its year was over, and the money left it
    recorded_by INTEGER NOT NULL REFERENCES person (id),
    recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24)
) STRICT;
CREATE INDEX recovery_receipt_of ON recovery_receipt (recovery_id, id);
CREATE INDEX recovery_receipt_left ON recovery_receipt (recovery_id) WHERE freed = 0;

CREATE INDEX recovery_due ON recovery (due_on) WHERE state = 'due';

-- What came back is only ever added.
-- +goose StatementBegin
CREATE TRIGGER recovery_receipt_no_update BEFORE UPDATE ON recovery_receipt
BEGIN
    SELECT RAISE(ABORT, 'what came back is only added');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER recovery_receipt_no_delete BEFORE DELETE ON recovery_receipt
BEGIN
    SELECT RAISE(ABORT, 'what came back is only added');
END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE recovery_receipt;
DROP TABLE recovery_instalment;
DROP TABLE recovery;
ALTER TABLE claim DROP COLUMN asked_back;
DROP TABLE recovery_state;
DROP TABLE recovery_reason;
DELETE FROM case_facet WHERE facet = 'waits' AND value IN ('recovery', 'overdue');
DELETE FROM event_attribute WHERE code IN ('recoverable', 'recovered', 'waived');
DELETE FROM entry_kind WHERE code IN ('recovery_raised', 'waived');
DELETE FROM money_state WHERE code IN ('recoverable', 'waived');
