-- Why less of a line was given than was promised, said when its case is closed. Cases that were closed before have no such rows.

-- +goose Up
CREATE TABLE undelivered_reason (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO undelivered_reason (code) VALUES ('not_needed'), ('not_taken_up'), ('provider_could_not'), ('nobody_found'), ('given_otherwise'),
    ('practice_ended'), ('not_reported'), ('other');

CREATE TABLE undelivered_line (
    case_id  INTEGER NOT NULL REFERENCES support_case (id),
    line_id  INTEGER NOT NULL REFERENCES support_line (id),
    unit     TEXT NOT NULL REFERENCES line_unit (code),
    promised INTEGER NOT NULL CHECK (promised > 0), -- halves of the unit
    given    INTEGER CHECK (given >= 0 AND given < promised), -- halves of the unit, by the newest report; NULL: no report counts the line
    reason   TEXT NOT NULL REFERENCES undelivered_reason (code),
    detail   TEXT NOT NULL CHECK (detail <> ''),
    PRIMARY KEY (case_id, line_id)
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE undelivered_line;
DROP TABLE undelivered_reason;
