-- The follow-up of a closed case: its indicators are read again some months later and kept beside what its decision relied on.
-- Cases that were closed before get the day that the rules of the year of their closing say.

-- +goose Up
CREATE TABLE follow_up_state (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO follow_up_state (code) VALUES ('planned'), ('due'), ('done'), ('not_possible');

CREATE TABLE follow_up_barrier (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO follow_up_barrier (code) VALUES ('practice_closed'), ('merged'), ('no_answer'), ('other');

CREATE TABLE follow_up (
    case_id     INTEGER PRIMARY KEY REFERENCES support_case (id),
    due_on      TEXT NOT NULL CHECK (length(due_on) = 10),
    state       TEXT NOT NULL REFERENCES follow_up_state (code),
    barrier     TEXT REFERENCES follow_up_barrier (code), -- why it is not possible
    why         TEXT NOT NULL DEFAULT '',
    result      TEXT NOT NULL DEFAULT '', -- JSON, as it was recorded
    recorded_by INTEGER REFERENCES person (id),
    recorded_at TEXT CHECK (recorded_at IS NULL OR length(recorded_at) = 24),
    CHECK ((state = 'done') = (result <> '')),
    CHECK ((state = 'not_possible') = (barrier IS NOT NULL) AND (barrier IS NULL) = (why = '')),
    CHECK ((state IN ('done', 'not_possible')) = (recorded_by IS NOT NULL) AND (recorded_by IS NULL) = (recorded_at IS NULL))
) STRICT;
CREATE INDEX follow_up_planned ON follow_up (due_on) WHERE state = 'planned';

-- What was recorded stays.
-- +goose StatementBegin
CREATE TRIGGER follow_up_stays BEFORE UPDATE ON follow_up WHEN OLD.state IN ('done', 'not_possible')
BEGIN
    SELECT RAISE(ABORT, 'a follow-up that was recorded does not change');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER follow_up_no_delete BEFORE DELETE ON follow_up
BEGIN
    SELECT RAISE(ABORT, 'a follow-up is not taken away');
END;
-- +goose StatementEnd

INSERT INTO event_attribute (code, kind) VALUES ('follow_up', 'text'), ('follow_up_on', 'day');

INSERT INTO follow_up (case_id, due_on, state)
SELECT x.id, MIN(date(x.since, '+' || x.months || ' months'), date(x.since, 'start of month', '+' || (x.months + 1) || ' months', '-1 day')), 'planned' FROM (
    SELECT c.id, s.since, COALESCE((SELECT v.value FROM rule_setting v WHERE v.code = 'follow_up_months' AND v.rule_set_id = (SELECT r.id FROM (
        SELECT id, year, version, CAST(strftime('%Y', s.since, '-3 months') AS INTEGER) AS wanted FROM rule_set WHERE state = 'published') r
        ORDER BY CASE WHEN r.year <= r.wanted THEN 0 ELSE 1 END, CASE WHEN r.year <= r.wanted THEN -r.year ELSE r.year END, r.version DESC LIMIT 1)), 6) AS months
    FROM support_case c JOIN case_stage s ON s.case_id = c.id AND s.stage = 'closed'
    WHERE c.state = 'closed' AND s.since IS NOT NULL AND c.outcome NOT IN ('handed_back', 'practice_closed')) x;
INSERT INTO case_facet (case_id, facet, value, year, region, team)
SELECT f.case_id, 'follow_up', f.state, k.year, k.region, k.team FROM follow_up f JOIN case_facet k ON k.case_id = f.case_id AND k.facet = 'state';

-- +goose Down
DELETE FROM case_facet WHERE facet = 'follow_up' OR facet = 'waits' AND value = 'follow_up';
DELETE FROM event_attribute WHERE code IN ('follow_up', 'follow_up_on');
DROP TABLE follow_up;
DROP TABLE follow_up_barrier;
DROP TABLE follow_up_state;
