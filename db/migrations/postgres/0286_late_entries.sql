-- An entry that is made in a financial year after it was closed names the closing: what is late is told by its data.

-- +goose Up
ALTER TABLE ledger_entry ADD COLUMN closing_id bigint REFERENCES year_closing (id); -- of its year, after which it was made; NULL: the year was open
DROP TRIGGER ledger_entry_no_update ON ledger_entry;
UPDATE ledger_entry SET closing_id = y.id FROM money_account a JOIN budget b ON b.id = a.budget_id JOIN year_closing y ON y.team = b.team AND y.year = b.year AND y.state = 'closed'
WHERE a.id = ledger_entry.from_account AND ledger_entry.id > y.last_entry AND ledger_entry.refers_kind <> 'year closing';
CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_entry_refuse();
CREATE INDEX ledger_entry_closing ON ledger_entry (closing_id, id) WHERE closing_id IS NOT NULL;
-- +goose StatementBegin
CREATE FUNCTION ledger_entry_late() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.closing_id IS DISTINCT FROM (SELECT y.id FROM money_account a JOIN budget b ON b.id = a.budget_id JOIN year_closing y ON y.team = b.team AND y.year = b.year AND y.state = 'closed'
      WHERE a.id = NEW.from_account AND NOT (NEW.refers_kind = 'year closing' AND NEW.refers_id IS NOT DISTINCT FROM y.id)) THEN
        RAISE EXCEPTION 'an entry names the closing of its financial year when it is made after it, and no other one';
    END IF;
    RETURN NEW;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER ledger_entry_late BEFORE INSERT ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_entry_late();

-- +goose Down
DROP TRIGGER ledger_entry_late ON ledger_entry;
DROP FUNCTION ledger_entry_late();
DROP INDEX ledger_entry_closing;
ALTER TABLE ledger_entry DROP COLUMN closing_id;
