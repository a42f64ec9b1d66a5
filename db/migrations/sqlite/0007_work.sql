-- Approvals, interests, documents and jobs: one table each, asked by the same code everywhere.

-- +goose Up
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

CREATE TABLE interest (
    id          INTEGER PRIMARY KEY,
    person_id   INTEGER NOT NULL REFERENCES person (id),
    subject     TEXT    NOT NULL, -- case, practice or provider
    subject_id  TEXT    NOT NULL,
    nature      TEXT    NOT NULL,
    valid_from  TEXT    NOT NULL CHECK (length(valid_from) = 10),
    valid_until TEXT    CHECK (valid_until IS NULL OR length(valid_until) = 10),
    event_id    INTEGER NOT NULL REFERENCES event (id)
) STRICT;
CREATE INDEX interest_subject ON interest (subject, subject_id);
CREATE INDEX interest_person ON interest (person_id);

-- The content stands outside the database under its SHA-256.
CREATE TABLE document (
    id          INTEGER PRIMARY KEY,
    sha256      TEXT    NOT NULL CHECK (length(sha256) = 64),
    name        TEXT    NOT NULL,
    media_type  TEXT    NOT NULL,
    bytes       INTEGER NOT NULL CHECK (bytes > 0),
    scan_state  TEXT    NOT NULL, -- waiting, clean, infected, failed
    case_id     INTEGER NOT NULL REFERENCES support_case (id),
    audience    TEXT    NOT NULL,
    uploaded_by INTEGER NOT NULL REFERENCES person (id),
    uploaded_at TEXT    NOT NULL CHECK (length(uploaded_at) = 24)
) STRICT;
CREATE INDEX document_case ON document (case_id, id);
CREATE INDEX document_sha256 ON document (sha256);

-- Work to do after a commit, written in the same transaction as its cause. A claim of a job runs out, so that
-- a runner that died gives it up.
CREATE TABLE job (
    id            INTEGER PRIMARY KEY,
    kind          TEXT    NOT NULL,
    payload       TEXT    NOT NULL, -- JSON
    unique_key    TEXT    UNIQUE,   -- NULL: may stand more than once
    due_at        TEXT    NOT NULL CHECK (length(due_at) = 24),
    attempts      INTEGER NOT NULL DEFAULT 0,
    claimed_until TEXT    CHECK (claimed_until IS NULL OR length(claimed_until) = 24),
    claimed_by    TEXT,
    done_at       TEXT    CHECK (done_at IS NULL OR length(done_at) = 24),
    error         TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX job_due ON job (due_at) WHERE done_at IS NULL;

-- +goose Down
DROP TABLE job;
DROP TABLE document;
DROP TABLE interest;
DROP TABLE approval;
