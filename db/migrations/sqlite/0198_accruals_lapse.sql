-- What was accrued in a closed year and is not claimed after all goes back to its budget, where nothing can be promised any more.

-- +goose Up
DROP TRIGGER ledger_entry_closed_year;
-- +goose StatementBegin
CREATE TRIGGER ledger_entry_closed_year BEFORE INSERT ON ledger_entry
WHEN NEW.kind <> 'recovered' AND NOT (NEW.kind = 'released' AND EXISTS (SELECT 1 FROM money_account f WHERE f.id = NEW.from_account AND f.state = 'committed'))
  AND EXISTS (SELECT 1 FROM money_account a JOIN budget b ON b.id = a.budget_id JOIN year_closing y ON y.team = b.team AND y.year = b.year AND y.state = 'closed'
    WHERE a.id IN (NEW.from_account, NEW.to_account) AND a.state IN ('outside', 'available', 'reserved'))
BEGIN
    SELECT RAISE(ABORT, 'the financial year is closed: nothing comes in or is promised in it any more');
END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER ledger_entry_closed_year;
-- +goose StatementBegin
CREATE TRIGGER ledger_entry_closed_year BEFORE INSERT ON ledger_entry
WHEN NEW.kind <> 'recovered' AND EXISTS (SELECT 1 FROM money_account a JOIN budget b ON b.id = a.budget_id JOIN year_closing y ON y.team = b.team AND y.year = b.year AND y.state = 'closed'
    WHERE a.id IN (NEW.from_account, NEW.to_account) AND a.state IN ('outside', 'available', 'reserved'))
BEGIN
    SELECT RAISE(ABORT, 'the financial year is closed: nothing is promised or freed in it any more');
END;
-- +goose StatementEnd
