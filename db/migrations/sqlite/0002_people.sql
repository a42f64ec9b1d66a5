-- People, their dated places, and how they sign in.
-- Instants are TEXT, UTC, 'YYYY-MM-DDTHH:MM:SS.mmmZ'; days are TEXT 'YYYY-MM-DD'. On PostgreSQL: timestamptz and date.

-- +goose Up
CREATE TABLE person (
    id            INTEGER PRIMARY KEY,
    name          TEXT    NOT NULL CHECK (name <> ''),
    email         TEXT    NOT NULL UNIQUE CHECK (email = lower(email) AND email <> ''),
    telephone     TEXT    NOT NULL DEFAULT '',
    password_hash TEXT    NOT NULL, -- argon2id in PHC form
    password_set  INTEGER NOT NULL DEFAULT 0 CHECK (password_set IN (0, 1)), -- 0: given by somebody else, must be changed at sign-in
    active        INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    created_at    TEXT    NOT NULL CHECK (length(created_at) = 24),
    version       INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE role (
    code  TEXT PRIMARY KEY,
    name  TEXT NOT NULL,
    place TEXT NOT NULL -- what kind of place the role is held at: practice, area, region (or the nation), everywhere
) STRICT;

INSERT INTO role (code, name, place) VALUES
    ('practice_manager',  'Practice manager',    'practice'),
    ('signatory',         'Practice signatory',  'practice'),
    ('caseworker',        'Caseworker',          'area'),
    ('team_lead',         'Team lead',           'area'),
    ('finance_officer',   'Finance officer',     'area'),
    ('programme_manager', 'Programme manager',   'region'),
    ('auditor',           'Auditor',             'everywhere'),
    ('administrator',     'Administrator',       'everywhere');

CREATE TABLE role_assignment (
    id           INTEGER PRIMARY KEY,
    person_id    INTEGER NOT NULL REFERENCES person (id),
    role         TEXT    NOT NULL REFERENCES role (code),
    organisation TEXT    REFERENCES organisation (code), -- NULL: the whole of England
    valid_from   TEXT    NOT NULL CHECK (length(valid_from) = 10),
    valid_until  TEXT    CHECK (valid_until IS NULL OR valid_until >= valid_from) -- last day on which it is held; NULL: no end
) STRICT;
CREATE INDEX role_assignment_person ON role_assignment (person_id);
CREATE INDEX role_assignment_place ON role_assignment (organisation, role);

-- The cookie holds a random token; the row with its SHA-256 decides.
CREATE TABLE session (
    token_hash  TEXT    PRIMARY KEY CHECK (length(token_hash) = 64),
    person_id   INTEGER NOT NULL REFERENCES person (id),
    created_at  TEXT    NOT NULL CHECK (length(created_at) = 24),
    seen_at     TEXT    NOT NULL CHECK (length(seen_at) = 24),
    expires_at  TEXT    NOT NULL CHECK (length(expires_at) = 24),
    device      TEXT    NOT NULL DEFAULT '' -- browser and system in words, for the person's own list
) STRICT;
CREATE INDEX session_person ON session (person_id);
CREATE INDEX session_expires ON session (expires_at);

-- Failed sign-ins by account and by network address, both only as SHA-256.
CREATE TABLE sign_in_failure (
    key_hash      TEXT    PRIMARY KEY CHECK (length(key_hash) = 64),
    failures      INTEGER NOT NULL CHECK (failures > 0),
    last_at       TEXT    NOT NULL CHECK (length(last_at) = 24),
    blocked_until TEXT    NOT NULL CHECK (length(blocked_until) = 24)
) STRICT;

-- One row for each form that was sent: the second copy of a double click finds the first one's result.
CREATE TABLE submission (
    token_hash TEXT    PRIMARY KEY CHECK (length(token_hash) = 64),
    person_id  INTEGER NOT NULL REFERENCES person (id),
    result     TEXT    NOT NULL, -- the path to which the first one led
    created_at TEXT    NOT NULL CHECK (length(created_at) = 24)
) STRICT;
CREATE INDEX submission_created ON submission (created_at);

-- +goose Down
DROP TABLE submission;
DROP TABLE sign_in_failure;
DROP TABLE session;
DROP TABLE role_assignment;
DROP TABLE role;
DROP TABLE person;
