-- Money to give, who gives help, offers and agreements, claims and payments. Each of them moves money in the ledger.

-- +goose Up
CREATE TABLE allocation (
    id           INTEGER PRIMARY KEY,
    budget_id    INTEGER NOT NULL REFERENCES budget (id),
    amount       INTEGER NOT NULL CHECK (amount > 0), -- pence
    reason       TEXT    NOT NULL CHECK (reason <> ''),
    state        TEXT    NOT NULL, -- requested, approved, refused
    requested_by INTEGER NOT NULL REFERENCES person (id),
    requested_at TEXT    NOT NULL CHECK (length(requested_at) = 24),
    settled_by   INTEGER REFERENCES person (id) CHECK (settled_by IS NULL OR settled_by <> requested_by),
    settled_at   TEXT    CHECK (settled_at IS NULL OR length(settled_at) = 24),
    settled_why  TEXT    NOT NULL DEFAULT '',
    version      INTEGER NOT NULL DEFAULT 1,
    CHECK ((settled_by IS NULL) = (settled_at IS NULL) AND (settled_by IS NULL) = (state = 'requested'))
) STRICT;
CREATE INDEX allocation_budget ON allocation (budget_id, state);

CREATE TABLE provider (
    id         INTEGER PRIMARY KEY,
    name       TEXT    NOT NULL UNIQUE CHECK (name <> ''),
    kind       TEXT    NOT NULL, -- resilience team, practice, federation, LMC, college, CSU, consultancy, other
    contact    TEXT    NOT NULL DEFAULT '',
    email      TEXT    NOT NULL DEFAULT '',
    telephone  TEXT    NOT NULL DEFAULT '',
    active     INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    created_at TEXT    NOT NULL CHECK (length(created_at) = 24),
    version    INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE offer (
    id            INTEGER PRIMARY KEY,
    case_id       INTEGER NOT NULL REFERENCES support_case (id),
    number        INTEGER NOT NULL CHECK (number > 0), -- within the case
    state         TEXT    NOT NULL, -- draft, approved, sent, accepted, declined, lapsed, cancelled
    conditions    TEXT    NOT NULL DEFAULT '',
    practice_time TEXT    NOT NULL DEFAULT '', -- time that the practice will give; optional, and nothing depends on it
    drafted_by    INTEGER NOT NULL REFERENCES person (id),
    drafted_at    TEXT    NOT NULL CHECK (length(drafted_at) = 24),
    approved_by   INTEGER REFERENCES person (id) CHECK (approved_by IS NULL OR approved_by <> drafted_by),
    approved_at   TEXT    CHECK (approved_at IS NULL OR length(approved_at) = 24),
    sent_at       TEXT    CHECK (sent_at IS NULL OR length(sent_at) = 24),
    expires_on    TEXT    CHECK (expires_on IS NULL OR length(expires_on) = 10), -- last day on which it can be accepted
    answered_by   INTEGER REFERENCES person (id),
    answered_at   TEXT    CHECK (answered_at IS NULL OR length(answered_at) = 24),
    answer_reason TEXT    NOT NULL DEFAULT '',
    version       INTEGER NOT NULL DEFAULT 1,
    UNIQUE (case_id, number)
) STRICT;
CREATE INDEX offer_open ON offer (expires_on) WHERE state = 'sent';
CREATE UNIQUE INDEX offer_live ON offer (case_id) WHERE state IN ('draft', 'approved', 'sent', 'accepted');

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

-- The memorandum of understanding: an exact text that both sides accept in that version.
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
CREATE UNIQUE INDEX agreement_live ON agreement (case_id) WHERE state IN ('proposed', 'in_force');

CREATE TABLE claim (
    id           INTEGER PRIMARY KEY,
    case_id      INTEGER NOT NULL REFERENCES support_case (id),
    line_id      INTEGER NOT NULL REFERENCES support_line (id),
    number       INTEGER NOT NULL CHECK (number > 0), -- within the case
    reference    TEXT    NOT NULL DEFAULT '', -- the practice's own number of its invoice
    net          INTEGER NOT NULL CHECK (net >= 0), -- pence
    vat          INTEGER NOT NULL CHECK (vat >= 0), -- pence
    gross        INTEGER NOT NULL CHECK (gross = net + vat AND gross > 0), -- pence
    period_from  TEXT    NOT NULL CHECK (length(period_from) = 10),
    period_to    TEXT    NOT NULL CHECK (length(period_to) = 10 AND period_to >= period_from),
    detail       TEXT    NOT NULL DEFAULT '',
    document_id  INTEGER NOT NULL REFERENCES document (id),
    state        TEXT    NOT NULL, -- submitted, returned, checked, approved, batched, paid, received
    claimed_by   INTEGER NOT NULL REFERENCES person (id),
    claimed_at   TEXT    NOT NULL CHECK (length(claimed_at) = 24),
    checked_by   INTEGER REFERENCES person (id) CHECK (checked_by IS NULL OR checked_by <> claimed_by),
    checked_at   TEXT    CHECK (checked_at IS NULL OR length(checked_at) = 24),
    approved_by  INTEGER REFERENCES person (id) CHECK (approved_by IS NULL OR (approved_by <> claimed_by AND approved_by <> checked_by)),
    approved_at  TEXT    CHECK (approved_at IS NULL OR length(approved_at) = 24),
    returned_why TEXT    NOT NULL DEFAULT '',
    received_by  INTEGER REFERENCES person (id),
    received_at  TEXT    CHECK (received_at IS NULL OR length(received_at) = 24),
    version      INTEGER NOT NULL DEFAULT 1,
    UNIQUE (case_id, number)
) STRICT;
CREATE INDEX claim_line ON claim (line_id, state);
CREATE INDEX claim_state ON claim (state, id);

CREATE TABLE payment_batch (
    id          INTEGER PRIMARY KEY,
    team        TEXT    NOT NULL REFERENCES organisation (code),
    number      INTEGER NOT NULL CHECK (number > 0), -- within the team
    items       INTEGER NOT NULL CHECK (items > 0),
    total       INTEGER NOT NULL CHECK (total > 0), -- pence
    sha256      TEXT    NOT NULL CHECK (length(sha256) = 64), -- of the exported file
    released_by INTEGER NOT NULL REFERENCES person (id),
    released_at TEXT    NOT NULL CHECK (length(released_at) = 24),
    UNIQUE (team, number)
) STRICT;

CREATE TABLE payment_item (
    id          INTEGER PRIMARY KEY,
    batch_id    INTEGER NOT NULL REFERENCES payment_batch (id),
    position    INTEGER NOT NULL,
    claim_id    INTEGER NOT NULL UNIQUE REFERENCES claim (id),
    amount      INTEGER NOT NULL CHECK (amount > 0), -- pence
    payee       TEXT    NOT NULL, -- name of the practice or provider; bank details are never here
    payee_code  TEXT    NOT NULL,
    paid_on     TEXT    CHECK (paid_on IS NULL OR length(paid_on) = 10),
    recorded_by INTEGER REFERENCES person (id),
    recorded_at TEXT    CHECK (recorded_at IS NULL OR length(recorded_at) = 24),
    UNIQUE (batch_id, position),
    CHECK ((paid_on IS NULL) = (recorded_by IS NULL) AND (paid_on IS NULL) = (recorded_at IS NULL))
) STRICT;

-- +goose Down
DROP TABLE payment_item;
DROP TABLE payment_batch;
DROP TABLE claim;
DROP TABLE agreement;
DROP TABLE support_line;
DROP TABLE offer;
DROP TABLE provider;
DROP TABLE allocation;
