-- The rules of a financial year. Published sets never change; everything that is decided names its set.
-- local = 1: set here, never published by the programme, and marked so on every screen.

-- +goose Up
CREATE TABLE rule_set (
    id           INTEGER PRIMARY KEY,
    year         INTEGER NOT NULL, -- first calendar year of the financial year
    version      INTEGER NOT NULL,
    state        TEXT    NOT NULL, -- draft or published
    drafted_by   INTEGER REFERENCES person (id), -- NULL: built in
    published_by INTEGER REFERENCES person (id), -- NULL: built in
    published_at TEXT    CHECK (published_at IS NULL OR length(published_at) = 24),
    UNIQUE (year, version)
) STRICT;

-- Where help is needed: the areas that the request and the assessment use.
CREATE TABLE rule_need_area (
    rule_set_id INTEGER NOT NULL REFERENCES rule_set (id),
    code        TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    hint        TEXT    NOT NULL DEFAULT '',
    position    INTEGER NOT NULL,
    local       INTEGER NOT NULL CHECK (local IN (0, 1)),
    PRIMARY KEY (rule_set_id, code)
) STRICT, WITHOUT ROWID;

-- The menu of support.
CREATE TABLE rule_menu_item (
    rule_set_id INTEGER NOT NULL REFERENCES rule_set (id),
    code        TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    hint        TEXT    NOT NULL DEFAULT '',
    position    INTEGER NOT NULL,
    local       INTEGER NOT NULL CHECK (local IN (0, 1)),
    PRIMARY KEY (rule_set_id, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE rule_criterion (
    rule_set_id INTEGER NOT NULL REFERENCES rule_set (id),
    code        TEXT    NOT NULL,
    domain      TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    threshold   TEXT    NOT NULL DEFAULT '',
    subjective  INTEGER NOT NULL CHECK (subjective IN (0, 1)),
    weight      INTEGER NOT NULL DEFAULT 0, -- hundredths; 0: not weighted
    position    INTEGER NOT NULL,
    local       INTEGER NOT NULL CHECK (local IN (0, 1)),
    PRIMARY KEY (rule_set_id, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE rule_matrix_cell (
    rule_set_id INTEGER NOT NULL REFERENCES rule_set (id),
    scope       TEXT    NOT NULL, -- low, medium, high
    impact      TEXT    NOT NULL, -- low, medium, high
    priority    INTEGER NOT NULL, -- 1 comes first
    local       INTEGER NOT NULL CHECK (local IN (0, 1)),
    PRIMARY KEY (rule_set_id, scope, impact)
) STRICT, WITHOUT ROWID;

-- Stage targets in working days, shown to the practice as a promise.
CREATE TABLE rule_target (
    rule_set_id  INTEGER NOT NULL REFERENCES rule_set (id),
    code         TEXT    NOT NULL, -- what is due: acknowledgement, decision, …
    name         TEXT    NOT NULL,
    working_days INTEGER NOT NULL CHECK (working_days > 0), -- after the day on which the request was received
    local        INTEGER NOT NULL CHECK (local IN (0, 1)),
    PRIMARY KEY (rule_set_id, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE rule_limit (
    rule_set_id INTEGER NOT NULL REFERENCES rule_set (id),
    step        TEXT    NOT NULL, -- what is approved: offer, claim, …
    role        TEXT    NOT NULL REFERENCES role (code),
    team        TEXT    NOT NULL DEFAULT '', -- '': every team
    pence       INTEGER NOT NULL CHECK (pence >= 0),
    local       INTEGER NOT NULL CHECK (local IN (0, 1)),
    PRIMARY KEY (rule_set_id, step, role, team)
) STRICT, WITHOUT ROWID;

-- Letters and memoranda: fixed merge fields in braces, no template language.
CREATE TABLE rule_template (
    rule_set_id INTEGER NOT NULL REFERENCES rule_set (id),
    code        TEXT    NOT NULL,
    title       TEXT    NOT NULL,
    body        TEXT    NOT NULL,
    local       INTEGER NOT NULL CHECK (local IN (0, 1)),
    PRIMARY KEY (rule_set_id, code)
) STRICT, WITHOUT ROWID;

INSERT INTO rule_set (id, year, version, state, published_at) VALUES
    (1, 2016, 1, 'published', '2016-07-28T00:00:00.000Z'),
    (2, 2017, 1, 'published', '2017-04-01T00:00:00.000Z');

INSERT INTO rule_need_area (rule_set_id, code, name, hint, position, local)
SELECT s.id, a.code, a.name, a.hint, a.position, a.local
FROM rule_set s, (
    SELECT 'hr' AS code, 'HR' AS name, 'For example contracts, absence or employment advice' AS hint, 1 AS position, 0 AS local
    UNION ALL SELECT 'it', 'IT', 'For example systems that are slow, out of date or not joined up', 2, 0
    UNION ALL SELECT 'staffing', 'Staffing', 'For example vacancies, or sessions that you cannot fill', 3, 0
    UNION ALL SELECT 'practice_management', 'Practice management', 'For example no manager, or a manager who needs support', 4, 0
    UNION ALL SELECT 'finance', 'Finance', 'For example cash flow or forecasting', 5, 1
    UNION ALL SELECT 'premises', 'Premises', 'For example a lease that ends or rooms that cannot be used', 6, 1
    UNION ALL SELECT 'leadership', 'Leadership and partnership', 'For example partners leaving or a partnership in dispute', 7, 1
    UNION ALL SELECT 'demand', 'Demand and access', 'For example more appointments wanted than you can offer', 8, 1
) a;

INSERT INTO rule_menu_item (rule_set_id, code, name, hint, position, local)
SELECT s.id, a.code, a.name, a.hint, a.position, 0
FROM rule_set s, (
    SELECT 'diagnostic' AS code, 'Diagnostic services' AS name, 'Find out quickly what would improve things' AS hint, 1 AS position
    UNION ALL SELECT 'advice', 'Specialist advice and guidance', 'HR, IT, finance, legal, premises or practice management', 2
    UNION ALL SELECT 'coaching', 'Coaching, supervision or mentorship', 'From a peer GP or practice manager', 3
    UNION ALL SELECT 'management_capacity', 'Practice management capacity', 'An interim or shared practice manager', 4
    UNION ALL SELECT 'rapid_intervention', 'Rapid intervention', 'For a practice at risk of closing', 5
    UNION ALL SELECT 'workforce', 'Help with workforce issues', 'Experienced clinical capacity, skill mix and staffing', 6
    UNION ALL SELECT 'change', 'Change management and improvement', 'For one practice or a group, including new ways of working', 7
) a;

-- No decision clock was published for the programme: these are placeholders, set locally and marked so.
INSERT INTO rule_target (rule_set_id, code, name, working_days, local)
SELECT s.id, t.code, t.name, t.working_days, 1
FROM rule_set s, (
    SELECT 'acknowledgement' AS code, 'We name your contact' AS name, 2 AS working_days
    UNION ALL SELECT 'decision', 'We tell you our decision, with reasons', 30
) t;

-- +goose Down
DROP TABLE rule_template;
DROP TABLE rule_limit;
DROP TABLE rule_target;
DROP TABLE rule_matrix_cell;
DROP TABLE rule_criterion;
DROP TABLE rule_menu_item;
DROP TABLE rule_need_area;
DROP TABLE rule_set;
