-- Offers and memoranda: who wrote an offer, money that a day gives back, and versions that nobody accepted.
--
-- SQLite changes a column by copying its table. On PostgreSQL: ledger_entry.person_id loses NOT NULL, the last CHECK of
-- agreement is another one, and support_line stays as it is, since an identity column never gives a number twice.

-- +goose Up
PRAGMA defer_foreign_keys = ON;

-- Everybody who wrote the content of an offer; none of them approves it.
CREATE TABLE offer_writer (
    offer_id   INTEGER NOT NULL REFERENCES offer (id),
    person_id  INTEGER NOT NULL REFERENCES person (id),
    written_at TEXT    NOT NULL CHECK (length(written_at) = 24), -- the last time
    PRIMARY KEY (offer_id, person_id)
) STRICT, WITHOUT ROWID;
INSERT INTO offer_writer (offer_id, person_id, written_at) SELECT id, drafted_by, drafted_at FROM offer;

INSERT INTO event_attribute (code, kind) VALUES ('offer_expires_on', 'day');

-- An offer that lapses gives its money back, and nobody did it.
CREATE TABLE ledger_entry_copy AS SELECT id, kind, from_account, to_account, amount, effective_on, posted_at, case_id, practice, refers_kind, refers_id, person_id, event_id FROM ledger_entry;
DROP TABLE ledger_entry;
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
    person_id    INTEGER REFERENCES person (id), -- NULL: a day that had come
    event_id     INTEGER NOT NULL REFERENCES event (id)
) STRICT;
INSERT INTO ledger_entry (id, kind, from_account, to_account, amount, effective_on, posted_at, case_id, practice, refers_kind, refers_id, person_id, event_id) SELECT id, kind, from_account, to_account, amount, effective_on, posted_at, case_id, practice, refers_kind, refers_id, person_id, event_id FROM ledger_entry_copy;
DROP TABLE ledger_entry_copy;
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

CREATE TABLE support_line_copy AS SELECT id, offer_id, position, menu_item, need, description, route, provider_id, half_days, net, vat, gross, budget_id, starts_on, ends_on FROM support_line;
DROP TABLE support_line;
CREATE TABLE support_line (
    id          INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice: the ledger keeps the numbers of lines that were taken out
    offer_id    INTEGER NOT NULL REFERENCES offer (id),
    position    INTEGER NOT NULL,
    menu_item   TEXT    NOT NULL,
    need        TEXT    NOT NULL, -- need area that it answers
    description TEXT    NOT NULL CHECK (description <> ''),
    route       TEXT    NOT NULL, -- practice (section 96), provider (invoice), in_kind
    provider_id INTEGER REFERENCES provider (id),
    half_days   INTEGER CHECK (half_days IS NULL OR half_days > 0), -- in kind: promised help in half days
    net         INTEGER NOT NULL CHECK (net >= 0),   -- pence
    vat         INTEGER NOT NULL CHECK (vat >= 0),   -- pence
    gross       INTEGER NOT NULL CHECK (gross = net + vat), -- pence; the budget is charged gross
    budget_id   INTEGER REFERENCES budget (id),
    starts_on   TEXT    NOT NULL CHECK (length(starts_on) = 10),
    ends_on     TEXT    NOT NULL CHECK (length(ends_on) = 10 AND ends_on >= starts_on),
    UNIQUE (offer_id, position),
    CHECK ((route = 'in_kind') = (gross = 0) AND (route = 'in_kind') = (half_days IS NOT NULL) AND (route = 'in_kind') = (budget_id IS NULL)),
    CHECK (route = 'practice' OR provider_id IS NOT NULL)
) STRICT;
INSERT INTO support_line (id, offer_id, position, menu_item, need, description, route, provider_id, half_days, net, vat, gross, budget_id, starts_on, ends_on) SELECT id, offer_id, position, menu_item, need, description, route, provider_id, half_days, net, vat, gross, budget_id, starts_on, ends_on FROM support_line_copy;
DROP TABLE support_line_copy;

-- A version that was proposed can be replaced, or end with its case, before anybody accepted it.
CREATE TABLE agreement_copy AS SELECT id, case_id, offer_id, number, body, sha256, state, drafted_by, drafted_at, practice_person_id, practice_name, practice_role, practice_at, team_person_id, team_at, version FROM agreement;
DROP TABLE agreement;
CREATE TABLE agreement (
    id                 INTEGER PRIMARY KEY,
    case_id            INTEGER NOT NULL REFERENCES support_case (id),
    offer_id           INTEGER NOT NULL REFERENCES offer (id),
    number             INTEGER NOT NULL CHECK (number > 0), -- within the case
    body               TEXT    NOT NULL CHECK (body <> ''),
    sha256             TEXT    NOT NULL CHECK (length(sha256) = 64), -- of the body
    state              TEXT    NOT NULL, -- proposed, in_force, replaced, ended
    drafted_by         INTEGER NOT NULL REFERENCES person (id),
    drafted_at         TEXT    NOT NULL CHECK (length(drafted_at) = 24),
    practice_person_id INTEGER REFERENCES person (id),
    practice_name      TEXT    NOT NULL DEFAULT '', -- name and role as the signatory gave them
    practice_role      TEXT    NOT NULL DEFAULT '',
    practice_at        TEXT    CHECK (practice_at IS NULL OR length(practice_at) = 24),
    team_person_id     INTEGER REFERENCES person (id),
    team_at            TEXT    CHECK (team_at IS NULL OR length(team_at) = 24),
    version            INTEGER NOT NULL DEFAULT 1,
    UNIQUE (case_id, number),
    CHECK ((practice_person_id IS NULL) = (practice_at IS NULL) AND (team_person_id IS NULL) = (team_at IS NULL)),
    CHECK (state <> 'in_force' OR (practice_at IS NOT NULL AND team_at IS NOT NULL))
) STRICT;
INSERT INTO agreement (id, case_id, offer_id, number, body, sha256, state, drafted_by, drafted_at, practice_person_id, practice_name, practice_role, practice_at, team_person_id, team_at, version) SELECT id, case_id, offer_id, number, body, sha256, state, drafted_by, drafted_at, practice_person_id, practice_name, practice_role, practice_at, team_person_id, team_at, version FROM agreement_copy;
DROP TABLE agreement_copy;
CREATE UNIQUE INDEX agreement_live ON agreement (case_id) WHERE state IN ('proposed', 'in_force');

-- +goose Down
PRAGMA defer_foreign_keys = ON;
CREATE TABLE agreement_copy AS SELECT id, case_id, offer_id, number, body, sha256, state, drafted_by, drafted_at, practice_person_id, practice_name, practice_role, practice_at, team_person_id, team_at, version FROM agreement;
DROP TABLE agreement;
CREATE TABLE agreement (
    id                 INTEGER PRIMARY KEY,
    case_id            INTEGER NOT NULL REFERENCES support_case (id),
    offer_id           INTEGER NOT NULL REFERENCES offer (id),
    number             INTEGER NOT NULL CHECK (number > 0), -- within the case
    body               TEXT    NOT NULL CHECK (body <> ''),
    sha256             TEXT    NOT NULL CHECK (length(sha256) = 64), -- of the body
    state              TEXT    NOT NULL, -- proposed, in_force, replaced, ended
    drafted_by         INTEGER NOT NULL REFERENCES person (id),
    drafted_at         TEXT    NOT NULL CHECK (length(drafted_at) = 24),
    practice_person_id INTEGER REFERENCES person (id),
    practice_name      TEXT    NOT NULL DEFAULT '', -- name and role as the signatory gave them
    practice_role      TEXT    NOT NULL DEFAULT '',
    practice_at        TEXT    CHECK (practice_at IS NULL OR length(practice_at) = 24),
    team_person_id     INTEGER REFERENCES person (id),
    team_at            TEXT    CHECK (team_at IS NULL OR length(team_at) = 24),
    version            INTEGER NOT NULL DEFAULT 1,
    UNIQUE (case_id, number),
    CHECK ((practice_person_id IS NULL) = (practice_at IS NULL) AND (team_person_id IS NULL) = (team_at IS NULL)),
    CHECK (state = 'proposed' OR (practice_at IS NOT NULL AND team_at IS NOT NULL))
) STRICT;
INSERT INTO agreement (id, case_id, offer_id, number, body, sha256, state, drafted_by, drafted_at, practice_person_id, practice_name, practice_role, practice_at, team_person_id, team_at, version) SELECT id, case_id, offer_id, number, body, sha256, state, drafted_by, drafted_at, practice_person_id, practice_name, practice_role, practice_at, team_person_id, team_at, version FROM agreement_copy;
DROP TABLE agreement_copy;
CREATE UNIQUE INDEX agreement_live ON agreement (case_id) WHERE state IN ('proposed', 'in_force');
CREATE TABLE support_line_copy AS SELECT id, offer_id, position, menu_item, need, description, route, provider_id, half_days, net, vat, gross, budget_id, starts_on, ends_on FROM support_line;
DROP TABLE support_line;
CREATE TABLE support_line (
    id          INTEGER PRIMARY KEY,
    offer_id    INTEGER NOT NULL REFERENCES offer (id),
    position    INTEGER NOT NULL,
    menu_item   TEXT    NOT NULL,
    need        TEXT    NOT NULL, -- need area that it answers
    description TEXT    NOT NULL CHECK (description <> ''),
    route       TEXT    NOT NULL, -- practice (section 96), provider (invoice), in_kind
    provider_id INTEGER REFERENCES provider (id),
    half_days   INTEGER CHECK (half_days IS NULL OR half_days > 0), -- in kind: promised help in half days
    net         INTEGER NOT NULL CHECK (net >= 0),   -- pence
    vat         INTEGER NOT NULL CHECK (vat >= 0),   -- pence
    gross       INTEGER NOT NULL CHECK (gross = net + vat), -- pence; the budget is charged gross
    budget_id   INTEGER REFERENCES budget (id),
    starts_on   TEXT    NOT NULL CHECK (length(starts_on) = 10),
    ends_on     TEXT    NOT NULL CHECK (length(ends_on) = 10 AND ends_on >= starts_on),
    UNIQUE (offer_id, position),
    CHECK ((route = 'in_kind') = (gross = 0) AND (route = 'in_kind') = (half_days IS NOT NULL) AND (route = 'in_kind') = (budget_id IS NULL)),
    CHECK (route = 'practice' OR provider_id IS NOT NULL)
) STRICT;
INSERT INTO support_line (id, offer_id, position, menu_item, need, description, route, provider_id, half_days, net, vat, gross, budget_id, starts_on, ends_on) SELECT id, offer_id, position, menu_item, need, description, route, provider_id, half_days, net, vat, gross, budget_id, starts_on, ends_on FROM support_line_copy;
DROP TABLE support_line_copy;

CREATE TABLE ledger_entry_copy AS SELECT id, kind, from_account, to_account, amount, effective_on, posted_at, case_id, practice, refers_kind, refers_id, person_id, event_id FROM ledger_entry;
DROP TABLE ledger_entry;
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
INSERT INTO ledger_entry (id, kind, from_account, to_account, amount, effective_on, posted_at, case_id, practice, refers_kind, refers_id, person_id, event_id) SELECT id, kind, from_account, to_account, amount, effective_on, posted_at, case_id, practice, refers_kind, refers_id, person_id, event_id FROM ledger_entry_copy;
DROP TABLE ledger_entry_copy;
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
DELETE FROM event_attribute WHERE code = 'offer_expires_on';
DROP TABLE offer_writer;
