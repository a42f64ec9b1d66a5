-- Promises of time for claims. None were published: they are set locally and marked so.

-- +goose Up
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
