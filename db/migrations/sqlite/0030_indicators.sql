-- What open data tell of practices over time, how practices stood beside each other, and what an assessment took from
-- it. Figures are in millionths, so that both engines say the same.

-- +goose Up
INSERT INTO register_file_kind (code, name) VALUES
    ('workforce', 'General practice workforce'), ('payments', 'NHS Payments to General Practice'), ('cqc', 'Ratings of the Care Quality Commission'),
    ('gpps', 'GP Patient Survey'), ('qof', 'Quality and Outcomes Framework');

-- Those that files tell. What follows from them is worked out where it is shown.
CREATE TABLE indicator (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    file TEXT NOT NULL REFERENCES register_file_kind (code)
) STRICT;
INSERT INTO indicator (code, name, file) VALUES
    ('gp_fte', 'Full-time-equivalent GPs, without trainees and locums', 'workforce'), ('nurse_fte', 'Full-time-equivalent nurses', 'workforce'),
    ('dpc_fte', 'Full-time-equivalent staff in direct patient care', 'workforce'), ('admin_fte', 'Full-time-equivalent administrative staff', 'workforce'),
    ('contract_type', 'Contract', 'payments'), ('dispensing', 'Dispensing practice', 'payments'), ('rurality', 'Urban or rural', 'payments'),
    ('paid_list', 'Registered patients in the payments', 'payments'), ('weighted_list', 'Weighted list', 'payments'),
    ('cqc_rating', 'CQC rating overall', 'cqc'),
    ('gpps_overall', 'Good experience overall', 'gpps'), ('gpps_phone', 'Easy to get through by telephone', 'gpps'), ('gpps_appointment', 'Good experience of making an appointment', 'gpps'),
    ('qof_points', 'Points', 'qof'), ('qof_maximum', 'Points that could be had', 'qof');

-- A value of one practice as at a day. What is not known has no row, and is never zero.
CREATE TABLE practice_indicator (
    practice  TEXT    NOT NULL REFERENCES organisation (code),
    indicator TEXT    NOT NULL REFERENCES indicator (code),
    as_at     TEXT    NOT NULL CHECK (length(as_at) = 10), -- of a rating of the Care Quality Commission: the day on which it was published
    words     TEXT    CHECK (words <> ''),
    number    INTEGER CHECK (number >= 0), -- millionths
    import_id INTEGER NOT NULL REFERENCES register_import (id),
    PRIMARY KEY (practice, indicator, as_at),
    CHECK ((words IS NULL) <> (number IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX practice_indicator_day ON practice_indicator (indicator, as_at, practice, number);

-- How the active GP practices of an organisation stood in an indicator, worked out when a file is imported. Derived
-- indicators are here too, so that the code is not one of table indicator.
CREATE TABLE indicator_benchmark (
    indicator    TEXT    NOT NULL,
    as_at        TEXT    NOT NULL CHECK (length(as_at) = 10),
    level        TEXT    NOT NULL CHECK (level <> ''), -- england, area, commissioner
    organisation TEXT    NOT NULL, -- '': England
    practices    INTEGER NOT NULL CHECK (practices >= 0), -- with a figure that can be ranked
    lower        INTEGER NOT NULL, -- millionths, as are the other two
    median       INTEGER NOT NULL CHECK (median >= lower),
    upper        INTEGER NOT NULL CHECK (upper >= median),
    PRIMARY KEY (indicator, as_at, level, organisation)
) STRICT, WITHOUT ROWID;
CREATE INDEX indicator_benchmark_level ON indicator_benchmark (level, as_at, indicator);

-- What an assessment took from open data, in words. It stays as it was taken; frozen with the assessment.
CREATE TABLE assessment_evidence (
    assessment_id INTEGER NOT NULL REFERENCES assessment (id),
    practice      TEXT    NOT NULL REFERENCES organisation (code),
    indicator     TEXT    NOT NULL,
    position      INTEGER NOT NULL,
    name          TEXT    NOT NULL,
    value         TEXT    NOT NULL, -- with its unit; '' where it cannot be worked out
    as_at         TEXT    NOT NULL CHECK (length(as_at) = 10),
    number        INTEGER NOT NULL, -- the figure in millionths; 0 for words
    source        TEXT    NOT NULL,
    basis         TEXT    NOT NULL DEFAULT '',
    doubt         TEXT    NOT NULL DEFAULT '', -- why the return has to be checked
    beside        TEXT    NOT NULL DEFAULT '', -- comparators, a line each
    taken_at      TEXT    NOT NULL CHECK (length(taken_at) = 24),
    PRIMARY KEY (assessment_id, practice, indicator)
) STRICT, WITHOUT ROWID;

-- A criterion is rated for the case, or for each practice of a group; and what somebody enters instead of open data
-- has a reason.
CREATE TABLE assessment_rating_kept AS SELECT * FROM assessment_rating;
DROP TABLE assessment_rating;
CREATE TABLE assessment_rating (
    assessment_id INTEGER NOT NULL REFERENCES assessment (id),
    criterion     TEXT    NOT NULL,
    practice      TEXT    NOT NULL DEFAULT '', -- '': the case as a whole
    value         TEXT    NOT NULL DEFAULT '', -- with its unit, as a person would write it
    as_at         TEXT    CHECK (as_at IS NULL OR length(as_at) = 10),
    source        TEXT    NOT NULL DEFAULT '',
    instead       TEXT    NOT NULL DEFAULT '', -- why the value stands in place of the one of open data
    rating        TEXT    NOT NULL, -- none, some, serious, unknown
    rationale     TEXT    NOT NULL DEFAULT '',
    entered_by    INTEGER NOT NULL REFERENCES person (id),
    entered_at    TEXT    NOT NULL CHECK (length(entered_at) = 24),
    PRIMARY KEY (assessment_id, criterion, practice)
) STRICT, WITHOUT ROWID;
INSERT INTO assessment_rating (assessment_id, criterion, value, as_at, source, rating, rationale, entered_by, entered_at)
SELECT assessment_id, criterion, value, as_at, source, rating, rationale, entered_by, entered_at FROM assessment_rating_kept;
DROP TABLE assessment_rating_kept;

-- +goose Down
CREATE TABLE assessment_rating_kept AS SELECT * FROM assessment_rating;
DROP TABLE assessment_rating;
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
INSERT INTO assessment_rating (assessment_id, criterion, value, as_at, source, rating, rationale, entered_by, entered_at)
SELECT assessment_id, criterion, value, as_at, source, rating, rationale, entered_by, entered_at FROM assessment_rating_kept WHERE practice = '';
DROP TABLE assessment_rating_kept;
DROP TABLE assessment_evidence;
DROP TABLE indicator_benchmark;
DROP TABLE practice_indicator;
DROP TABLE indicator;
DELETE FROM register_file_kind WHERE code IN ('workforce', 'payments', 'cqc', 'gpps', 'qof');
