-- A criterion has the unit of its value, where that is a number, and a value that was entered has the unit in which it was. Values that were
-- entered before have theirs in their words, and keep it.

-- +goose Up
ALTER TABLE rule_criterion ADD COLUMN unit text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE assessment_rating ADD COLUMN unit text COLLATE "C" NOT NULL DEFAULT '';
INSERT INTO rule_upgrade (migration) VALUES ('0298_units');
UPDATE rule_criterion SET unit = CASE code WHEN 'patients_per_gp' THEN 'patients per FTE GP' WHEN 'patients_per_nurse' THEN 'patients per FTE nurse' ELSE '%' END
WHERE code IN ('patients_per_gp', 'patients_per_nurse', 'qof');
DELETE FROM rule_upgrade WHERE migration = '0298_units';

-- +goose Down
ALTER TABLE assessment_rating DROP COLUMN unit;
ALTER TABLE rule_criterion DROP COLUMN unit;
