-- What the closing of a year releases of lines that were committed and not delivered. What an over-commitment has left may leave a
-- closed year too.

-- +goose Up
CREATE TABLE year_end_release (
    line_id    INTEGER PRIMARY KEY REFERENCES support_line (id),
    closing_id INTEGER NOT NULL REFERENCES year_closing (id),
    amount     INTEGER NOT NULL CHECK (amount > 0) -- pence
) STRICT;
-- +goose StatementBegin
CREATE TRIGGER year_end_release_no_delete BEFORE DELETE ON year_end_release
BEGIN
    SELECT RAISE(ABORT, 'a release at the end of a year is only added');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER year_end_release_no_update BEFORE UPDATE ON year_end_release
BEGIN
    SELECT RAISE(ABORT, 'a release at the end of a year is only added');
END;
-- +goose StatementEnd
DROP TRIGGER ledger_entry_closed_year;
-- +goose StatementBegin
CREATE TRIGGER ledger_entry_closed_year BEFORE INSERT ON ledger_entry
WHEN NEW.kind NOT IN ('recovered', 'over_commitment_ended') AND NOT (NEW.kind = 'released' AND EXISTS (SELECT 1 FROM money_account f WHERE f.id = NEW.from_account AND f.state = 'committed'))
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
WHEN NEW.kind <> 'recovered' AND NOT (NEW.kind = 'released' AND EXISTS (SELECT 1 FROM money_account f WHERE f.id = NEW.from_account AND f.state = 'committed'))
  AND EXISTS (SELECT 1 FROM money_account a JOIN budget b ON b.id = a.budget_id JOIN year_closing y ON y.team = b.team AND y.year = b.year AND y.state = 'closed'
    WHERE a.id IN (NEW.from_account, NEW.to_account) AND a.state IN ('outside', 'available', 'reserved'))
BEGIN
    SELECT RAISE(ABORT, 'the financial year is closed: nothing comes in or is promised in it any more');
END;
-- +goose StatementEnd
DROP TABLE year_end_release;
