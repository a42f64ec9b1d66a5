-- What the paying system says of each payment: paid, failed, or paid and come back. A claim whose payment failed or came
-- back is released anew in another batch, so that a claim can have several payments, of which one is alive.

-- +goose Up
CREATE TABLE payment_back (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;
INSERT INTO payment_back (code, name) VALUES ('failed', 'Failed'), ('returned', 'Came back');

CREATE TABLE payment_item_copy AS SELECT id, batch_id, position, claim_id, amount, payee, payee_code, paid_on, recorded_by, recorded_at FROM payment_item;
DROP TABLE payment_item;
CREATE TABLE payment_item (
    id          INTEGER PRIMARY KEY,
    batch_id    INTEGER NOT NULL REFERENCES payment_batch (id),
    position    INTEGER NOT NULL,
    claim_id    INTEGER NOT NULL REFERENCES claim (id),
    amount      INTEGER NOT NULL CHECK (amount > 0), -- pence
    payee       TEXT    NOT NULL, -- name of the practice or provider; bank details are never here
    payee_code  TEXT    NOT NULL,
    paid_on     TEXT    CHECK (paid_on IS NULL OR length(paid_on) = 10),
    recorded_by INTEGER REFERENCES person (id),
    recorded_at TEXT    CHECK (recorded_at IS NULL OR length(recorded_at) = 24),
    back_kind   TEXT    REFERENCES payment_back (code), -- NULL: alive
    back_on     TEXT    CHECK (back_on IS NULL OR length(back_on) = 10),
    back_why    TEXT,
    back_by     INTEGER REFERENCES person (id),
    back_at     TEXT    CHECK (back_at IS NULL OR length(back_at) = 24),
    UNIQUE (batch_id, position),
    CHECK ((paid_on IS NULL) = (recorded_by IS NULL) AND (paid_on IS NULL) = (recorded_at IS NULL)),
    CHECK ((back_kind IS NULL) = (back_on IS NULL) AND (back_kind IS NULL) = (back_why IS NULL) AND (back_kind IS NULL) = (back_by IS NULL) AND (back_kind IS NULL) = (back_at IS NULL))
) STRICT;
INSERT INTO payment_item (id, batch_id, position, claim_id, amount, payee, payee_code, paid_on, recorded_by, recorded_at)
SELECT id, batch_id, position, claim_id, amount, payee, payee_code, paid_on, recorded_by, recorded_at FROM payment_item_copy;
DROP TABLE payment_item_copy;
CREATE UNIQUE INDEX payment_item_alive ON payment_item (claim_id) WHERE back_kind IS NULL;
CREATE INDEX payment_item_claim ON payment_item (claim_id, id);

CREATE TABLE remittance (
    id          INTEGER PRIMARY KEY,
    batch_id    INTEGER NOT NULL REFERENCES payment_batch (id),
    name        TEXT    NOT NULL, -- of the file
    sha256      TEXT    NOT NULL UNIQUE CHECK (length(sha256) = 64), -- of the file: none is read twice
    reference   TEXT    NOT NULL, -- the paying system's own number
    made_on     TEXT    NOT NULL CHECK (length(made_on) = 10),
    items       INTEGER NOT NULL CHECK (items > 0),
    total       INTEGER NOT NULL CHECK (total > 0), -- pence
    imported_by INTEGER NOT NULL REFERENCES person (id),
    imported_at TEXT    NOT NULL CHECK (length(imported_at) = 24)
) STRICT;
CREATE INDEX remittance_batch ON remittance (batch_id, id);

CREATE TABLE remittance_line (
    remittance_id INTEGER NOT NULL REFERENCES remittance (id),
    item_id       INTEGER NOT NULL REFERENCES payment_item (id),
    position      INTEGER NOT NULL, -- of the payment in its batch
    outcome       TEXT    NOT NULL, -- paid, failed, returned
    happened_on   TEXT    NOT NULL CHECK (length(happened_on) = 10),
    reason        TEXT    NOT NULL,
    state         TEXT    NOT NULL CHECK (state IN ('waiting', 'recorded', 'agrees', 'differs')),
    note          TEXT    NOT NULL, -- why it waits, or what it differs from
    PRIMARY KEY (remittance_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX remittance_line_item ON remittance_line (item_id);

-- +goose Down
DROP TABLE remittance_line;
DROP TABLE remittance;
CREATE TABLE payment_item_copy AS SELECT id, batch_id, position, claim_id, amount, payee, payee_code, paid_on, recorded_by, recorded_at FROM payment_item;
DROP TABLE payment_item;
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
INSERT INTO payment_item (id, batch_id, position, claim_id, amount, payee, payee_code, paid_on, recorded_by, recorded_at)
SELECT id, batch_id, position, claim_id, amount, payee, payee_code, paid_on, recorded_by, recorded_at FROM payment_item_copy;
DROP TABLE payment_item_copy;
DROP TABLE payment_back;
