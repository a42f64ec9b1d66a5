-- An entry that is made in a financial year after it was closed names the closing: what is late is told by its data.

-- +goose Up
ALTER TABLE ledger_entry ADD COLUMN closing_id INTEGER REFERENCES year_closing (id); -- of its year, after which it was made; NULL: the year was open
DROP TRIGGER ledger_entry_no_update;
UPDATE ledger_entry SET closing_id = (SELECT y.id FROM money_account a JOIN budget b ON b.id = a.budget_id JOIN year_closing y ON y.team = b.team AND y.year = b.year AND y.state = 'closed'
    WHERE a.id = ledger_entry.from_account AND ledger_entry.id > y.last_entry)
WHERE refers_kind <> 'year closing' AND EXISTS (SELECT 1 FROM year_closing WHERE state = 'closed');
-- +goose StatementBegin
CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry
BEGIN
    SELECT RAISE(ABORT, 'ledger entries are only ever added');
END;
-- +goose StatementEnd
CREATE INDEX ledger_entry_closing ON ledger_entry (closing_id, id) WHERE closing_id IS NOT NULL;
-- +goose StatementBegin
CREATE TRIGGER ledger_entry_late BEFORE INSERT ON ledger_entry
WHEN NEW.closing_id IS NOT (SELECT y.id FROM money_account a JOIN budget b ON b.id = a.budget_id JOIN year_closing y ON y.team = b.team AND y.year = b.year AND y.state = 'closed'
    WHERE a.id = NEW.from_account AND NOT (NEW.refers_kind = 'year closing' AND NEW.refers_id IS y.id))
BEGIN
    SELECT RAISE(ABORT, 'an entry names the closing of its financial year when it is made after it, and no other one');
END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER ledger_entry_late;
DROP INDEX ledger_entry_closing;
ALTER TABLE ledger_entry DROP COLUMN closing_id;
