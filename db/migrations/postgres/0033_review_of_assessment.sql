-- A second person reviews an assessment before a recommendation rests on it; a decision has structured reasons; and a
-- case has its place on the matrix beside it, so that the cases of a place are counted by an index.

-- +goose Up

-- Everybody who wrote in a version of an assessment; none of them reviews it.
CREATE TABLE assessment_writer (
    assessment_id bigint NOT NULL REFERENCES assessment (id),
    person_id     bigint NOT NULL REFERENCES person (id),
    PRIMARY KEY (assessment_id, person_id)
);
INSERT INTO assessment_writer (assessment_id, person_id)
SELECT id, completed_by FROM assessment WHERE completed_by IS NOT NULL
UNION SELECT id, judged_by FROM assessment WHERE judged_by IS NOT NULL
UNION SELECT a.id, r.entered_by FROM assessment a JOIN assessment_rating r ON r.assessment_id = a.id WHERE r.entered_at >= a.started_at;

-- A version is reviewed once: one that was returned is followed by a new version.
CREATE TABLE assessment_review (
    assessment_id bigint PRIMARY KEY REFERENCES assessment (id),
    outcome       text COLLATE "C" NOT NULL, -- agreed, returned
    points        text COLLATE "C" NOT NULL DEFAULT '', -- what has to be looked at again, or was noted
    person_id     bigint NOT NULL REFERENCES person (id),
    reviewed_at   timestamptz(3) NOT NULL,
    CHECK (outcome <> 'returned' OR points <> '')
);

CREATE TABLE decision_reason (
    decision_id bigint NOT NULL REFERENCES decision (id),
    code        text COLLATE "C" NOT NULL,
    PRIMARY KEY (decision_id, code)
);
CREATE INDEX decision_reason_code ON decision_reason (code, decision_id);

-- The place of the newest assessment; '' while it is not judged.
ALTER TABLE support_case ADD COLUMN scope text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE support_case ADD COLUMN impact text COLLATE "C" NOT NULL DEFAULT '';
UPDATE support_case SET
    scope = (SELECT a.scope FROM assessment a WHERE a.case_id = support_case.id ORDER BY a.number DESC LIMIT 1),
    impact = (SELECT a.impact FROM assessment a WHERE a.case_id = support_case.id ORDER BY a.number DESC LIMIT 1)
WHERE EXISTS (SELECT 1 FROM assessment a WHERE a.case_id = support_case.id);
CREATE INDEX support_case_cell ON support_case (team, scope, impact, state);

INSERT INTO event_attribute (code, kind) VALUES ('assessment_review', 'text'), ('decision_reason', 'text');

-- +goose Down
DELETE FROM event_attribute WHERE code IN ('assessment_review', 'decision_reason');
DROP INDEX support_case_cell;
ALTER TABLE support_case DROP COLUMN impact;
ALTER TABLE support_case DROP COLUMN scope;
DROP TABLE decision_reason;
DROP TABLE assessment_review;
DROP TABLE assessment_writer;
