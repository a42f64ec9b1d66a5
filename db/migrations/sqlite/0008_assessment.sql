-- What is needed, what is recommended and decided, and the letter that says so.

-- +goose Up
ALTER TABLE support_case ADD COLUMN outcome TEXT NOT NULL DEFAULT ''; -- how a closed case ended

-- A new assessment of a case stands beside the old one.
CREATE TABLE assessment (
    id               INTEGER PRIMARY KEY,
    case_id          INTEGER NOT NULL REFERENCES support_case (id),
    number           INTEGER NOT NULL CHECK (number > 0), -- within the case
    rule_set_id      INTEGER NOT NULL REFERENCES rule_set (id),
    scope            TEXT    NOT NULL DEFAULT '', -- low, medium, high; '' not judged yet
    scope_rationale  TEXT    NOT NULL DEFAULT '',
    impact           TEXT    NOT NULL DEFAULT '', -- low, medium, high; '' not judged yet
    impact_rationale TEXT    NOT NULL DEFAULT '',
    judged_by        INTEGER REFERENCES person (id), -- who placed it on the matrix
    started_by       INTEGER NOT NULL REFERENCES person (id),
    started_at       TEXT    NOT NULL CHECK (length(started_at) = 24),
    completed_by     INTEGER REFERENCES person (id),
    completed_at     TEXT    CHECK (completed_at IS NULL OR length(completed_at) = 24), -- NULL: still open; afterwards it never changes
    version          INTEGER NOT NULL DEFAULT 1,
    UNIQUE (case_id, number),
    CHECK ((completed_by IS NULL) = (completed_at IS NULL))
) STRICT;

-- One criterion of the rule set, as found for the case.
CREATE TABLE assessment_rating (
    assessment_id INTEGER NOT NULL REFERENCES assessment (id),
    criterion     TEXT    NOT NULL,
    value         TEXT    NOT NULL DEFAULT '', -- with its unit, as a person would write it
    as_at         TEXT    CHECK (as_at IS NULL OR length(as_at) = 10),
    source        TEXT    NOT NULL DEFAULT '',
    rating        TEXT    NOT NULL, -- none, some, serious, unknown
    rationale     TEXT    NOT NULL DEFAULT '',
    entered_by    INTEGER NOT NULL REFERENCES person (id),
    entered_at    TEXT    NOT NULL CHECK (length(entered_at) = 24),
    PRIMARY KEY (assessment_id, criterion)
) STRICT, WITHOUT ROWID;

CREATE TABLE assessment_need (
    assessment_id INTEGER NOT NULL REFERENCES assessment (id),
    area          TEXT    NOT NULL,
    severity      TEXT    NOT NULL, -- low, medium, high
    detail        TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (assessment_id, area)
) STRICT, WITHOUT ROWID;

CREATE TABLE recommendation (
    id             INTEGER PRIMARY KEY,
    case_id        INTEGER NOT NULL REFERENCES support_case (id),
    assessment_id  INTEGER NOT NULL REFERENCES assessment (id),
    outcome        TEXT    NOT NULL, -- support, reserve, not_now
    reasons        TEXT    NOT NULL CHECK (reasons <> ''),
    person_id      INTEGER NOT NULL REFERENCES person (id),
    recommended_at TEXT    NOT NULL CHECK (length(recommended_at) = 24)
) STRICT;
CREATE INDEX recommendation_case ON recommendation (case_id, id);

CREATE TABLE decision (
    id                INTEGER PRIMARY KEY,
    case_id           INTEGER NOT NULL REFERENCES support_case (id),
    recommendation_id INTEGER NOT NULL UNIQUE REFERENCES recommendation (id),
    rule_set_id       INTEGER NOT NULL REFERENCES rule_set (id),
    outcome           TEXT    NOT NULL, -- support, reserve, not_now
    reasons           TEXT    NOT NULL CHECK (reasons <> ''), -- for the practice; they stand in the letter
    evidence          TEXT    NOT NULL, -- JSON: the assessment as it was, frozen
    person_id         INTEGER NOT NULL REFERENCES person (id),
    decided_at        TEXT    NOT NULL CHECK (length(decided_at) = 24)
) STRICT;
CREATE INDEX decision_case ON decision (case_id, id);

-- A letter is kept as it was sent. Where nobody at the practice has an account it is printed and posted.
CREATE TABLE letter (
    id         INTEGER PRIMARY KEY,
    case_id    INTEGER NOT NULL REFERENCES support_case (id),
    number     INTEGER NOT NULL CHECK (number > 0), -- within the case
    kind       TEXT    NOT NULL, -- decision, offer, …
    about_id   INTEGER NOT NULL, -- the decision, offer, …
    title      TEXT    NOT NULL,
    body       TEXT    NOT NULL CHECK (body <> ''),
    drafted_by INTEGER NOT NULL REFERENCES person (id),
    drafted_at TEXT    NOT NULL CHECK (length(drafted_at) = 24),
    channel    TEXT,   -- tracker or post; NULL: not sent yet
    sent_by    INTEGER REFERENCES person (id),
    sent_at    TEXT    CHECK (sent_at IS NULL OR length(sent_at) = 24),
    posted_on  TEXT    CHECK (posted_on IS NULL OR length(posted_on) = 10),
    UNIQUE (case_id, number),
    CHECK ((channel IS NULL) = (sent_at IS NULL) AND (channel IS NULL) = (sent_by IS NULL)),
    CHECK ((posted_on IS NOT NULL) = (channel IS NOT NULL AND channel = 'post'))
) STRICT;
CREATE INDEX letter_unsent ON letter (case_id) WHERE sent_at IS NULL;

INSERT INTO event_attribute (code, kind) VALUES
    ('scope', 'text'), ('impact', 'text'), ('recommendation', 'text'), ('decision', 'text'), ('letter_due', 'flag'), ('outcome', 'text'),
    ('interest', 'text'), ('allocation', 'pence'), ('year', 'integer'), ('source', 'text'), ('provider', 'integer'), ('offer', 'text'),
    ('gross', 'pence'), ('agreement', 'text'), ('claim', 'text'), ('claimed', 'pence'), ('approved', 'pence'), ('batch', 'text'), ('paid', 'pence'), ('received', 'pence'),
    ('menu_item', 'text');

-- +goose Down
DELETE FROM event_attribute WHERE code IN ('scope', 'impact', 'recommendation', 'decision', 'letter_due', 'outcome', 'interest', 'allocation', 'year', 'source', 'provider', 'offer',
    'gross', 'agreement', 'claim', 'claimed', 'approved', 'batch', 'paid', 'received', 'menu_item');
DROP TABLE letter;
DROP TABLE decision;
DROP TABLE recommendation;
DROP TABLE assessment_need;
DROP TABLE assessment_rating;
DROP TABLE assessment;
ALTER TABLE support_case DROP COLUMN outcome;
