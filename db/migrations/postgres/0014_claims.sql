-- Who returned a claim, and promises of time for claims. None were published: they are set locally and marked so.

-- +goose Up
ALTER TABLE claim ADD COLUMN returned_by bigint REFERENCES person (id);
ALTER TABLE claim ADD COLUMN returned_at timestamptz(3);

CREATE TABLE rule_claim_target (
    rule_set_id  bigint NOT NULL REFERENCES rule_set (id),
    step         text COLLATE "C" NOT NULL, -- checked, approved, paid
    working_days bigint NOT NULL CHECK (working_days > 0), -- after the day of the claim
    local        smallint NOT NULL CHECK (local IN (0, 1)),
    PRIMARY KEY (rule_set_id, step)
);
INSERT INTO rule_claim_target (rule_set_id, step, working_days, local)
SELECT s.id, t.step, t.working_days, 1
FROM rule_set s, (
    SELECT 'checked' AS step, 5 AS working_days
    UNION ALL SELECT 'approved', 10
    UNION ALL SELECT 'paid', 20
) t;

-- +goose Down
DROP TABLE rule_claim_target;
ALTER TABLE claim DROP COLUMN returned_at;
ALTER TABLE claim DROP COLUMN returned_by;
