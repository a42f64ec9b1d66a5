-- The follow-up of a closed case: its indicators are read again some months later and kept beside what its decision relied on.
-- Cases that were closed before get the day that the rules of the year of their closing say.

-- +goose Up
CREATE TABLE follow_up_state (code text COLLATE "C" PRIMARY KEY);
INSERT INTO follow_up_state (code) VALUES ('planned'), ('due'), ('done'), ('not_possible');

CREATE TABLE follow_up_barrier (code text COLLATE "C" PRIMARY KEY);
INSERT INTO follow_up_barrier (code) VALUES ('practice_closed'), ('merged'), ('no_answer'), ('other');

CREATE TABLE follow_up (
    case_id     bigint PRIMARY KEY REFERENCES support_case (id),
    due_on      date NOT NULL,
    state       text COLLATE "C" NOT NULL REFERENCES follow_up_state (code),
    barrier     text COLLATE "C" REFERENCES follow_up_barrier (code), -- why it is not possible
    why         text COLLATE "C" NOT NULL DEFAULT '',
    result      text COLLATE "C" NOT NULL DEFAULT '', -- JSON, as it was recorded
    recorded_by bigint REFERENCES person (id),
    recorded_at timestamptz(3),
    CHECK ((state = 'done') = (result <> '')),
    CHECK ((state = 'not_possible') = (barrier IS NOT NULL) AND (barrier IS NULL) = (why = '')),
    CHECK ((state IN ('done', 'not_possible')) = (recorded_by IS NOT NULL) AND (recorded_by IS NULL) = (recorded_at IS NULL))
);
CREATE INDEX follow_up_planned ON follow_up (due_on) WHERE state = 'planned';

-- What was recorded stays.
-- +goose StatementBegin
CREATE FUNCTION follow_up_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a follow-up that was recorded does not change' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
-- +goose StatementEnd
CREATE TRIGGER follow_up_stays BEFORE UPDATE ON follow_up FOR EACH ROW WHEN (OLD.state IN ('done', 'not_possible')) EXECUTE FUNCTION follow_up_keep();
CREATE TRIGGER follow_up_no_delete BEFORE DELETE ON follow_up FOR EACH ROW EXECUTE FUNCTION follow_up_keep();

INSERT INTO event_attribute (code, kind) VALUES ('follow_up', 'text'), ('follow_up_on', 'day');

INSERT INTO follow_up (case_id, due_on, state)
SELECT x.id, (x.since + make_interval(months => x.months::int))::date, 'planned' FROM (
    SELECT c.id, s.since, COALESCE((SELECT v.value FROM rule_setting v WHERE v.code = 'follow_up_months' AND v.rule_set_id = (SELECT r.id FROM (
        SELECT id, year, version, EXTRACT(YEAR FROM s.since - interval '3 months') AS wanted FROM rule_set WHERE state = 'published') r
        ORDER BY CASE WHEN r.year <= r.wanted THEN 0 ELSE 1 END, CASE WHEN r.year <= r.wanted THEN -r.year ELSE r.year END, r.version DESC LIMIT 1)), 6) AS months
    FROM support_case c JOIN case_stage s ON s.case_id = c.id AND s.stage = 'closed'
    WHERE c.state = 'closed' AND s.since IS NOT NULL AND c.outcome NOT IN ('handed_back', 'practice_closed')) x;
INSERT INTO case_facet (case_id, facet, value, year, region, team)
SELECT f.case_id, 'follow_up', f.state, k.year, k.region, k.team FROM follow_up f JOIN case_facet k ON k.case_id = f.case_id AND k.facet = 'state';

-- +goose Down
DELETE FROM case_facet WHERE facet = 'follow_up' OR facet = 'waits' AND value = 'follow_up';
DELETE FROM event_attribute WHERE code IN ('follow_up', 'follow_up_on');
DROP TABLE follow_up;
DROP FUNCTION follow_up_keep;
DROP TABLE follow_up_barrier;
DROP TABLE follow_up_state;
