-- The ledger: money moves between states of one budget, entries are only ever added, no balance goes below zero.

-- +goose Up
CREATE TABLE funding_source (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;
INSERT INTO funding_source (code, name) VALUES
    ('gprp', 'General Practice Resilience Programme'),
    ('carry_over', 'Carried over from the Vulnerable Practice Programme'),
    ('ccg', 'CCG top-up'),
    ('other', 'Other'),
    ('over_commitment', 'Authorised over-commitment');

CREATE TABLE budget (
    id     INTEGER PRIMARY KEY,
    year   INTEGER NOT NULL, -- first calendar year of the financial year
    team   TEXT    NOT NULL REFERENCES organisation (code),
    source TEXT    NOT NULL REFERENCES funding_source (code),
    UNIQUE (year, team, source)
) STRICT;

-- floor = 0: a balance in this state is never below zero.
CREATE TABLE money_state (
    code     TEXT PRIMARY KEY,
    name     TEXT    NOT NULL,
    position INTEGER NOT NULL,
    floor    INTEGER CHECK (floor IS NULL OR floor = 0)
) STRICT;
INSERT INTO money_state (code, name, position, floor) VALUES
    ('outside', 'Outside the programme', 0, NULL), ('available', 'Available', 1, 0), ('reserved', 'Reserved', 2, 0), ('committed', 'Committed', 3, 0),
    ('claimed', 'Claimed', 4, 0), ('approved', 'Approved', 5, 0), ('paid', 'Paid', 6, 0), ('received', 'Received', 7, 0);

-- A balance is kept beside the entries by the trigger below; it is never written by hand.
CREATE TABLE money_account (
    id        INTEGER PRIMARY KEY,
    budget_id INTEGER NOT NULL REFERENCES budget (id),
    line_id   INTEGER NOT NULL DEFAULT 0, -- support line; 0: the budget as a whole
    state     TEXT    NOT NULL REFERENCES money_state (code),
    floor     INTEGER CHECK (floor IS NULL OR floor = 0),
    balance   INTEGER NOT NULL DEFAULT 0, -- pence
    UNIQUE (budget_id, line_id, state),
    CHECK (floor IS NULL OR balance >= floor),
    CHECK ((state = 'outside') = (floor IS NULL))
) STRICT;

CREATE TABLE entry_kind (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;
INSERT INTO entry_kind (code, name) VALUES
    ('allocated', 'Allocated'), ('allocation_withdrawn', 'Allocation withdrawn'), ('vired', 'Virement'), ('over_committed', 'Over-commitment authorised'),
    ('reserved', 'Reserved'), ('released', 'Released'), ('committed', 'Committed'), ('claimed', 'Claimed'), ('claim_returned', 'Claim returned'),
    ('approved', 'Approved'), ('approval_voided', 'Approval voided'), ('paid', 'Paid'), ('payment_returned', 'Payment returned'),
    ('received', 'Received'), ('recovered', 'Recovered');

CREATE TABLE ledger_entry (
    id           INTEGER PRIMARY KEY,
    kind         TEXT    NOT NULL REFERENCES entry_kind (code),
    from_account INTEGER NOT NULL REFERENCES money_account (id),
    to_account   INTEGER NOT NULL REFERENCES money_account (id) CHECK (to_account <> from_account),
    amount       INTEGER NOT NULL CHECK (amount > 0), -- pence
    effective_on TEXT    NOT NULL CHECK (length(effective_on) = 10),
    posted_at    TEXT    NOT NULL CHECK (length(posted_at) = 24),
    case_id      INTEGER REFERENCES support_case (id),
    practice     TEXT    REFERENCES organisation (code),
    refers_kind  TEXT    NOT NULL DEFAULT '', -- claim, batch item, decision, …
    refers_id    INTEGER,
    person_id    INTEGER NOT NULL REFERENCES person (id),
    event_id     INTEGER NOT NULL REFERENCES event (id)
) STRICT;
CREATE INDEX ledger_entry_from ON ledger_entry (from_account, id);
CREATE INDEX ledger_entry_to ON ledger_entry (to_account, id);
CREATE INDEX ledger_entry_case ON ledger_entry (case_id, id);

-- Money leaves one account and reaches another in the same statement as the entry. Between two budgets only
-- 'available' moves (a virement).
-- +goose StatementBegin
CREATE TRIGGER ledger_entry_same_budget BEFORE INSERT ON ledger_entry
WHEN EXISTS (
    SELECT 1 FROM money_account f, money_account t
    WHERE f.id = NEW.from_account AND t.id = NEW.to_account AND f.budget_id <> t.budget_id
      AND NOT (f.state = 'available' AND t.state = 'available'))
BEGIN
    SELECT RAISE(ABORT, 'money moves between budgets only as a virement');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_entry_post AFTER INSERT ON ledger_entry
BEGIN
    UPDATE money_account SET balance = balance - NEW.amount WHERE id = NEW.from_account;
    UPDATE money_account SET balance = balance + NEW.amount WHERE id = NEW.to_account;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry
BEGIN
    SELECT RAISE(ABORT, 'ledger entries are only ever added');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry
BEGIN
    SELECT RAISE(ABORT, 'ledger entries are only ever added');
END;
-- +goose StatementEnd
-- See event_no_replace.
-- +goose StatementBegin
CREATE TRIGGER ledger_entry_no_replace BEFORE INSERT ON ledger_entry
WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'ledger entries are only ever added');
END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE ledger_entry;
DROP TABLE entry_kind;
DROP TABLE money_account;
DROP TABLE money_state;
DROP TABLE budget;
DROP TABLE funding_source;
