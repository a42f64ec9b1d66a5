-- Why less of a line was given than was promised, said when its case is closed. Cases that were closed before have no such rows.

-- +goose Up
CREATE TABLE undelivered_reason (code text COLLATE "C" PRIMARY KEY);
INSERT INTO undelivered_reason (code) VALUES ('not_needed'), ('not_taken_up'), ('provider_could_not'), ('nobody_found'), ('given_otherwise'),
    ('practice_ended'), ('not_reported'), ('other');

CREATE TABLE undelivered_line (
    case_id  bigint NOT NULL REFERENCES support_case (id),
    line_id  bigint NOT NULL REFERENCES support_line (id),
    unit     text COLLATE "C" NOT NULL REFERENCES line_unit (code),
    promised bigint NOT NULL CHECK (promised > 0), -- halves of the unit
    given    bigint CHECK (given >= 0 AND given < promised), -- halves of the unit, by the newest report; NULL: no report counts the line
    reason   text COLLATE "C" NOT NULL REFERENCES undelivered_reason (code),
    detail   text COLLATE "C" NOT NULL CHECK (detail <> ''),
    PRIMARY KEY (case_id, line_id)
);

-- +goose Down
DROP TABLE undelivered_line;
DROP TABLE undelivered_reason;
