-- A memorandum that the practice could not accept, since money that was reserved is not there any more, waits for the team to find it.

-- +goose Up
ALTER TABLE agreement ADD COLUMN stopped_at TEXT CHECK (stopped_at IS NULL OR length(stopped_at) = 24);
ALTER TABLE agreement ADD COLUMN stopped_why TEXT NOT NULL DEFAULT '';
UPDATE agreement SET
    stopped_at = (SELECT MAX(e.recorded_at) FROM event e WHERE e.case_id = agreement.case_id AND e.act = 'commitment stopped' AND e.recorded_at >= agreement.drafted_at),
    stopped_why = 'Money that was reserved is not there any more: the history of the case says how much'
WHERE state = 'proposed' AND EXISTS (SELECT 1 FROM event e WHERE e.case_id = agreement.case_id AND e.act = 'commitment stopped' AND e.recorded_at >= agreement.drafted_at);
INSERT INTO case_facet (case_id, facet, value, year, region, team)
SELECT k.case_id, 'waits', 'stopped', k.year, k.region, k.team FROM case_facet k JOIN support_case c ON c.id = k.case_id
WHERE k.facet = 'state' AND c.state IN ('agreement', 'delivery') AND EXISTS (SELECT 1 FROM agreement a WHERE a.case_id = c.id AND a.state = 'proposed' AND a.stopped_at IS NOT NULL);
CREATE INDEX agreement_stopped ON agreement (case_id) WHERE state = 'proposed' AND stopped_at IS NOT NULL;

-- +goose Down
DROP INDEX agreement_stopped;
DELETE FROM case_facet WHERE facet = 'waits' AND value = 'stopped';
ALTER TABLE agreement DROP COLUMN stopped_why;
ALTER TABLE agreement DROP COLUMN stopped_at;
