-- The memorandum has the action plan, with its milestones and who does each. Only the text that came with the program changes: in
-- one that people wrote, they put {plan} where they want it.

-- +goose Up
INSERT INTO rule_upgrade (migration) VALUES ('0250_plan_in_memorandum');
UPDATE rule_template SET body = replace(replace(replace(replace(replace(replace(body, '
9. Ending
', '
10. Ending
'), '
8. Confidentiality
', '
9. Confidentiality
'), '
7. Review
', '
8. Review
'), '
6. Conditions
', '
7. Conditions
'), '
5. No matched funding
', '
6. No matched funding
'), '
6. No matched funding
', '
5. Action plan
{plan}

6. No matched funding
')
WHERE code = 'agreement' AND rule_set_id IN (SELECT id FROM rule_set WHERE drafted_by IS NULL AND published_by IS NULL) AND body LIKE '%
4. What the local team does
%' AND body NOT LIKE '%{plan}%';
DELETE FROM rule_upgrade WHERE migration = '0250_plan_in_memorandum';

-- +goose Down
INSERT INTO rule_upgrade (migration) VALUES ('0250_plan_in_memorandum');
UPDATE rule_template SET body = replace(replace(replace(replace(replace(replace(body, '
5. Action plan
{plan}
', ''), '
6. No matched funding
', '
5. No matched funding
'), '
7. Conditions
', '
6. Conditions
'), '
8. Review
', '
7. Review
'), '
9. Confidentiality
', '
8. Confidentiality
'), '
10. Ending
', '
9. Ending
')
WHERE code = 'agreement' AND rule_set_id IN (SELECT id FROM rule_set WHERE drafted_by IS NULL AND published_by IS NULL);
DELETE FROM rule_upgrade WHERE migration = '0250_plan_in_memorandum';
