-- The rules that came with the program hold for all of 2016/17: no case of April goes by rules of July. Where a rule was published, and when, its source says.

-- +goose Up
INSERT INTO rule_upgrade (migration) VALUES ('0279_rules_from_the_first_day');
UPDATE rule_set SET published_at = '2016-04-01T00:00:00.000Z' WHERE year = 2016 AND version = 1 AND published_by IS NULL AND published_at = '2016-07-28T00:00:00.000Z';
DELETE FROM rule_upgrade WHERE migration = '0279_rules_from_the_first_day';

-- +goose Down
INSERT INTO rule_upgrade (migration) VALUES ('0279_rules_from_the_first_day');
UPDATE rule_set SET published_at = '2016-07-28T00:00:00.000Z' WHERE year = 2016 AND version = 1 AND published_by IS NULL AND published_at = '2016-04-01T00:00:00.000Z';
DELETE FROM rule_upgrade WHERE migration = '0279_rules_from_the_first_day';
