-- Federations and networks of practices, and which practice belonged to them from when until when.

-- +goose Up
CREATE TABLE federation_kind (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO federation_kind (code, name) VALUES ('federation', 'GP federation'), ('network', 'Primary care network');

CREATE TABLE federation (
    id         INTEGER PRIMARY KEY,
    name       TEXT    NOT NULL CHECK (name <> ''),
    kind       TEXT    NOT NULL REFERENCES federation_kind (code),
    created_at TEXT    NOT NULL CHECK (length(created_at) = 24),
    version    INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX federation_name ON federation (name);

CREATE TABLE federation_member (
    id            INTEGER PRIMARY KEY,
    federation_id INTEGER NOT NULL REFERENCES federation (id),
    practice      TEXT    NOT NULL REFERENCES organisation (code),
    valid_from    TEXT    NOT NULL CHECK (length(valid_from) = 10),
    last_day      TEXT    CHECK (last_day IS NULL OR length(last_day) = 10), -- NULL: still a member
    version       INTEGER NOT NULL DEFAULT 1,
    CHECK (last_day IS NULL OR last_day >= valid_from)
) STRICT;
CREATE INDEX federation_member_federation ON federation_member (federation_id, practice);
CREATE INDEX federation_member_practice ON federation_member (practice, federation_id);

-- +goose Down
DROP TABLE federation_member;
DROP TABLE federation;
DROP TABLE federation_kind;
