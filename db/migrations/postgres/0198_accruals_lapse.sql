-- What was accrued in a closed year and is not claimed after all goes back to its budget, where nothing can be promised any more.

-- +goose Up
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION ledger_entry_closed_year() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.kind <> 'recovered' AND NOT (NEW.kind = 'released' AND EXISTS (SELECT 1 FROM money_account f WHERE f.id = NEW.from_account AND f.state = 'committed'))
      AND EXISTS (SELECT 1 FROM money_account a JOIN budget b ON b.id = a.budget_id JOIN year_closing y ON y.team = b.team AND y.year = b.year AND y.state = 'closed'
        WHERE a.id IN (NEW.from_account, NEW.to_account) AND a.state IN ('outside', 'available', 'reserved')) THEN
        RAISE EXCEPTION 'the financial year is closed: nothing comes in or is promised in it any more';
    END IF;
    RETURN NEW;
END
$$;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION ledger_entry_closed_year() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.kind <> 'recovered' AND EXISTS (SELECT 1 FROM money_account a JOIN budget b ON b.id = a.budget_id JOIN year_closing y ON y.team = b.team AND y.year = b.year AND y.state = 'closed'
        WHERE a.id IN (NEW.from_account, NEW.to_account) AND a.state IN ('outside', 'available', 'reserved')) THEN
        RAISE EXCEPTION 'the financial year is closed: nothing is promised or freed in it any more';
    END IF;
    RETURN NEW;
END
$$;
-- +goose StatementEnd
