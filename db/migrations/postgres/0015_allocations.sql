-- Who answers for a budget, and indexes by which the books are proved line by line and event by event.

-- +goose Up
ALTER TABLE budget ADD COLUMN region text COLLATE "C" REFERENCES organisation (code); -- of the team when the budget was made; NULL: not known
UPDATE budget SET region = COALESCE(
    (SELECT t.region FROM organisation t WHERE t.code = budget.team),
    (SELECT p.region FROM organisation p WHERE p.area = budget.team AND p.kind = 'practice' AND p.region IS NOT NULL GROUP BY p.region ORDER BY COUNT(*) DESC, p.region LIMIT 1));

CREATE INDEX money_account_line ON money_account (line_id, state);
CREATE INDEX ledger_entry_event ON ledger_entry (event_id, id);

INSERT INTO event_attribute (code, kind) VALUES ('active', 'flag');

-- +goose Down
DELETE FROM event_attribute WHERE code = 'active';
DROP INDEX ledger_entry_event;
DROP INDEX money_account_line;
ALTER TABLE budget DROP COLUMN region;
