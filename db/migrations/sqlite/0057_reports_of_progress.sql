-- How help goes, as the practice or a provider reports it: in a colour and in words, with what was given of each line so far.

-- +goose Up
CREATE TABLE progress_rating (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO progress_rating (code) VALUES ('green'), ('amber'), ('red');

CREATE TABLE progress_report (
    id          INTEGER PRIMARY KEY,
    case_id     INTEGER NOT NULL REFERENCES support_case (id),
    number      INTEGER NOT NULL CHECK (number > 0),
    rating      TEXT NOT NULL REFERENCES progress_rating (code),
    detail      TEXT NOT NULL DEFAULT '',
    provider_id INTEGER REFERENCES provider (id), -- for whom the team wrote it; none: the practice reports
    written_by  INTEGER NOT NULL REFERENCES person (id),
    written_at  TEXT NOT NULL CHECK (length(written_at) = 24),
    read_by     INTEGER REFERENCES person (id),
    read_at     TEXT CHECK (read_at IS NULL OR length(read_at) = 24),
    CHECK (rating = 'green' OR detail <> ''),
    CHECK ((read_by IS NULL) = (read_at IS NULL)),
    UNIQUE (case_id, number)
) STRICT;
CREATE INDEX progress_report_unread ON progress_report (case_id) WHERE read_at IS NULL;

CREATE TABLE progress_line (
    report_id INTEGER NOT NULL REFERENCES progress_report (id),
    line_id   INTEGER NOT NULL REFERENCES support_line (id),
    halves    INTEGER NOT NULL CHECK (halves >= 0), -- of the line's unit, from its first day until the report
    slipped   TEXT NOT NULL DEFAULT '', -- why less than promised was given by the last day
    PRIMARY KEY (report_id, line_id)
) STRICT, WITHOUT ROWID;

-- +goose Down
DELETE FROM case_facet WHERE facet = 'waits' AND value = 'report';
DROP TABLE progress_line;
DROP TABLE progress_report;
DROP TABLE progress_rating;
