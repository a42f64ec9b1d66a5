-- A request to commit rapid intervention before the memorandum ends by itself where the memorandum, or the end of the case, came
-- first: state 'over', at a time and decided by nobody.

-- +goose Up
INSERT INTO event_attribute (code, kind) VALUES ('early_commitment', 'text');
CREATE TABLE early_commitment_state (code text COLLATE "C" PRIMARY KEY);
INSERT INTO early_commitment_state (code) VALUES ('asked'), ('approved'), ('refused'), ('over');
ALTER TABLE early_commitment DROP CONSTRAINT early_commitment_state_check;
ALTER TABLE early_commitment DROP CONSTRAINT early_commitment_check1;
ALTER TABLE early_commitment ADD FOREIGN KEY (state) REFERENCES early_commitment_state (code);
UPDATE early_commitment SET state = 'over', decided_at = COALESCE((
    SELECT MIN(e.recorded_at) FROM event e JOIN event_change x ON x.event_id = e.id AND x.attribute = 'state' AND x.before_value = 'agreement'
    WHERE e.case_id = early_commitment.case_id AND e.recorded_at >= early_commitment.asked_at), asked_at)
WHERE state = 'asked' AND NOT EXISTS (SELECT 1 FROM support_case c WHERE c.id = early_commitment.case_id AND c.state = 'agreement');
ALTER TABLE early_commitment ADD CONSTRAINT early_commitment_check1
    CHECK ((state IN ('asked', 'over')) = (decided_by IS NULL) AND (state = 'asked') = (decided_at IS NULL));

-- +goose Down
ALTER TABLE early_commitment DROP CONSTRAINT early_commitment_check1;
ALTER TABLE early_commitment DROP CONSTRAINT early_commitment_state_fkey;
DROP TABLE early_commitment_state;
UPDATE early_commitment SET state = 'asked', decided_at = NULL WHERE state = 'over';
ALTER TABLE early_commitment ADD CONSTRAINT early_commitment_state_check CHECK (state IN ('asked', 'approved', 'refused'));
ALTER TABLE early_commitment ADD CONSTRAINT early_commitment_check1
    CHECK ((state = 'asked') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL));
DELETE FROM event_attribute WHERE code = 'early_commitment';
