-- Organisations over time: regions, areas (local teams), commissioners and practices, as national files tell of them.
-- Days are TEXT 'YYYY-MM-DD'; instants are TEXT, UTC, 'YYYY-MM-DDTHH:MM:SS.mmmZ'. On PostgreSQL: date and timestamptz,
-- and INTEGER PRIMARY KEY is an identity column. WITHOUT ROWID keeps rows in the order of the key; PostgreSQL has no
-- need of it.

-- +goose Up
CREATE TABLE organisation_kind (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;
INSERT INTO organisation_kind (code, name) VALUES
    ('region', 'Region'), ('area', 'Local team'), ('commissioner', 'Commissioner'), ('practice', 'Practice');

-- What a file can tell about an organisation. refers = 1: the value is the code of another organisation.
CREATE TABLE organisation_attribute (
    code   TEXT PRIMARY KEY,
    name   TEXT    NOT NULL,
    refers INTEGER NOT NULL CHECK (refers IN (0, 1))
) STRICT;
INSERT INTO organisation_attribute (code, name, refers) VALUES
    ('name', 'Name', 0), ('status', 'Status', 0), ('gp_practice', 'GP practice', 0), ('region', 'Region', 1),
    ('area', 'Local team', 1), ('commissioner', 'Commissioner', 1), ('address', 'Address', 0), ('postcode', 'Postcode', 0),
    ('telephone', 'Telephone', 0), ('opened', 'Opened', 0), ('closed', 'Closed', 0);

-- The head of an organisation, with what is known now; how it came to be is in organisation_period. NULL: not known.
CREATE TABLE organisation (
    code         TEXT PRIMARY KEY CHECK (code <> ''),
    kind         TEXT    NOT NULL REFERENCES organisation_kind (code),
    stub         INTEGER NOT NULL CHECK (stub IN (0, 1)), -- 1: known only because another one names its code
    first_as_at  TEXT    CHECK (length(first_as_at) = 10), -- oldest file that tells of it
    last_seen    TEXT    CHECK (length(last_seen) = 10),   -- newest file that told all of it; stands for last_seen of open periods
    name         TEXT    NOT NULL CHECK (name <> ''),      -- of a stub: its code
    status       TEXT    CHECK (status <> ''),             -- of a practice: active, dormant, closed, proposed
    gp_practice  INTEGER CHECK (gp_practice IN (0, 1)),    -- setting 4, or role RO76
    active_gp    INTEGER NOT NULL CHECK (active_gp IN (0, 1)), -- an active GP practice in England, by the rule of the domain
    region       TEXT    REFERENCES organisation (code) DEFERRABLE INITIALLY DEFERRED,
    area         TEXT    REFERENCES organisation (code) DEFERRABLE INITIALLY DEFERRED,
    commissioner TEXT    REFERENCES organisation (code) DEFERRABLE INITIALLY DEFERRED,
    address      TEXT    CHECK (address <> ''),  -- lines parted by a line feed
    postcode     TEXT    CHECK (postcode <> ''),
    postcode_key TEXT    CHECK (postcode_key <> ''), -- capitals without the space, for search
    telephone    TEXT    CHECK (telephone <> ''),
    opened_on    TEXT    CHECK (length(opened_on) = 10), -- 1974-04-01: always
    closed_on    TEXT    CHECK (length(closed_on) = 10), -- last day
    CHECK (stub = 1 OR first_as_at IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX organisation_kind_name ON organisation (kind, name, code);
CREATE INDEX organisation_area ON organisation (area, kind, active_gp, name);
CREATE INDEX organisation_commissioner ON organisation (commissioner, kind, active_gp, name);
CREATE INDEX organisation_region ON organisation (region, kind, active_gp, name);
CREATE INDEX organisation_postcode ON organisation (kind, postcode_key);

-- Who took over from whom: several after a split, several before a merger.
CREATE TABLE successor_kind (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;
INSERT INTO successor_kind (code, name) VALUES
    ('merged', 'Merged into'), ('split', 'Split into'), ('replaced', 'Replaced by'), ('renumbered', 'Given another code');

CREATE TABLE organisation_successor (
    predecessor TEXT NOT NULL REFERENCES organisation (code),
    successor   TEXT NOT NULL REFERENCES organisation (code),
    kind        TEXT NOT NULL REFERENCES successor_kind (code),
    valid_from  TEXT NOT NULL CHECK (length(valid_from) = 10),
    PRIMARY KEY (predecessor, successor, valid_from),
    CHECK (predecessor <> successor)
) STRICT, WITHOUT ROWID;
CREATE INDEX organisation_successor_successor ON organisation_successor (successor);

CREATE TABLE register_file_kind (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;
INSERT INTO register_file_kind (code, name) VALUES
    ('practices', 'Practices'), ('areas', 'Regions and local teams'), ('commissioners', 'Commissioners'), ('list-sizes', 'List sizes');

-- One row for each file that changed the register or confirmed it.
CREATE TABLE register_import (
    id          INTEGER PRIMARY KEY,
    kind        TEXT    NOT NULL REFERENCES register_file_kind (code),
    layout      TEXT    NOT NULL,
    file_name   TEXT    NOT NULL,
    sha256      TEXT    NOT NULL CHECK (length(sha256) = 64), -- of the unpacked content
    as_at       TEXT    NOT NULL CHECK (length(as_at) = 10),  -- the day of which the file tells
    imported_at TEXT    NOT NULL CHECK (length(imported_at) = 24),
    person_id   INTEGER REFERENCES person (id), -- NULL: the operator. The table is made in 0002: on PostgreSQL the constraint is added there
    rows_read   INTEGER NOT NULL CHECK (rows_read >= 0),
    rows_refused INTEGER NOT NULL CHECK (rows_refused >= 0),
    report      TEXT    NOT NULL DEFAULT '{}' -- JSON
) STRICT;
CREATE INDEX register_import_kind ON register_import (kind, as_at, id);

-- A time during which one attribute of one organisation held one value, or none that is known (both NULL).
-- Periods of an attribute follow each other without a gap; the last one is open.
CREATE TABLE organisation_period (
    organisation TEXT    NOT NULL REFERENCES organisation (code),
    attribute    TEXT    NOT NULL REFERENCES organisation_attribute (code),
    valid_from   TEXT    NOT NULL CHECK (length(valid_from) = 10),  -- as-at of the first file that said so
    valid_until  TEXT    CHECK (valid_until > valid_from),          -- first day on which it no longer held; NULL: it holds
    last_seen    TEXT    NOT NULL CHECK (last_seen >= valid_from),  -- newest file that said so; of an open period see organisation.last_seen
    value        TEXT    CHECK (value <> ''),
    parent       TEXT    REFERENCES organisation (code),
    import_id    INTEGER NOT NULL REFERENCES register_import (id),  -- the file that made it begin on valid_from
    PRIMARY KEY (organisation, attribute, valid_from),
    CHECK (value IS NULL OR parent IS NULL),
    CHECK (valid_until IS NULL OR last_seen < valid_until)
) STRICT, WITHOUT ROWID;
CREATE INDEX organisation_period_parent ON organisation_period (parent, attribute, valid_from) WHERE parent IS NOT NULL;

-- Patients registered with a practice on a day.
CREATE TABLE list_size (
    practice  TEXT    NOT NULL REFERENCES organisation (code),
    as_at     TEXT    NOT NULL CHECK (length(as_at) = 10),
    patients  INTEGER NOT NULL CHECK (patients >= 0),
    import_id INTEGER NOT NULL REFERENCES register_import (id),
    PRIMARY KEY (practice, as_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX list_size_day ON list_size (as_at, practice);

-- Search: the words of each practice's name, and for each word itself and the word without each one of its letters.
-- Two words with one wrong letter between them share a variant, so a plain index finds them on either database.
CREATE TABLE practice_word (
    word     TEXT NOT NULL,
    practice TEXT NOT NULL REFERENCES organisation (code),
    PRIMARY KEY (word, practice)
) STRICT, WITHOUT ROWID;
CREATE INDEX practice_word_practice ON practice_word (practice);

CREATE TABLE word_variant (
    variant TEXT NOT NULL,
    word    TEXT NOT NULL,
    PRIMARY KEY (variant, word)
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE word_variant;
DROP TABLE practice_word;
DROP TABLE list_size;
DROP TABLE organisation_period;
DROP TABLE register_import;
DROP TABLE register_file_kind;
DROP TABLE organisation_successor;
DROP TABLE successor_kind;
DROP TABLE organisation;
DROP TABLE organisation_attribute;
DROP TABLE organisation_kind;
