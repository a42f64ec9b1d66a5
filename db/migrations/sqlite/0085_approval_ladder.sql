-- Who approves how much: of a payment batch too, and from which amount on an offer or a claim needs a second approver. No
-- delegated limits were published, so all of it is set locally and marked so. An approval says whether the limit of who
-- gave it reached the amount: of two approvals one has to.

-- +goose Up
ALTER TABLE approval ADD COLUMN reaches INTEGER NOT NULL DEFAULT 1 CHECK (reaches IN (0, 1));

INSERT INTO rule_upgrade (migration) VALUES ('0085');
INSERT INTO rule_limit (rule_set_id, step, role, pence, local)
SELECT s.id, 'payment', 'finance_officer', 25000000, 1 FROM rule_set s;
INSERT INTO rule_setting (rule_set_id, code, name, unit, value, position, local)
SELECT s.id, x.code, x.name, 'pounds', 50000, x.position, 1
FROM rule_set s, (
    SELECT 'offer_second_approver_pounds' AS code, 'An offer needs a second approver when it comes to more than' AS name, 10 AS position
    UNION ALL SELECT 'claim_second_approver_pounds', 'A claim needs a second approver when it comes to more than', 11
) x;
DELETE FROM rule_upgrade;

-- +goose Down
INSERT INTO rule_upgrade (migration) VALUES ('0085');
DELETE FROM rule_setting WHERE code IN ('offer_second_approver_pounds', 'claim_second_approver_pounds');
DELETE FROM rule_limit WHERE step = 'payment';
DELETE FROM rule_upgrade;
ALTER TABLE approval DROP COLUMN reaches;
