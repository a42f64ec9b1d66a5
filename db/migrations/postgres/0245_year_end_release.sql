-- What the closing of a year releases of lines that were committed and not delivered. What an over-commitment has left may leave a
-- closed year too.

-- +goose Up
CREATE TABLE year_end_release (
    line_id    bigint PRIMARY KEY REFERENCES support_line (id),
    closing_id bigint NOT NULL REFERENCES year_closing (id),
    amount     bigint NOT NULL CHECK (amount > 0) -- pence
);
-- +goose StatementBegin
CREATE FUNCTION year_end_release_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a release at the end of a year is only added';
END
$$;
-- +goose StatementEnd
CREATE TRIGGER year_end_release_no_delete BEFORE DELETE ON year_end_release FOR EACH ROW EXECUTE FUNCTION year_end_release_only_added();
CREATE TRIGGER year_end_release_no_update BEFORE UPDATE ON year_end_release FOR EACH ROW EXECUTE FUNCTION year_end_release_only_added();
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION ledger_entry_closed_year() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.kind NOT IN ('recovered', 'over_commitment_ended') AND NOT (NEW.kind = 'released' AND EXISTS (SELECT 1 FROM money_account f WHERE f.id = NEW.from_account AND f.state = 'committed'))
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
    IF NEW.kind <> 'recovered' AND NOT (NEW.kind = 'released' AND EXISTS (SELECT 1 FROM money_account f WHERE f.id = NEW.from_account AND f.state = 'committed'))
      AND EXISTS (SELECT 1 FROM money_account a JOIN budget b ON b.id = a.budget_id JOIN year_closing y ON y.team = b.team AND y.year = b.year AND y.state = 'closed'
        WHERE a.id IN (NEW.from_account, NEW.to_account) AND a.state IN ('outside', 'available', 'reserved')) THEN
        RAISE EXCEPTION 'the financial year is closed: nothing comes in or is promised in it any more';
    END IF;
    RETURN NEW;
END
$$;
-- +goose StatementEnd
DROP TABLE year_end_release;
DROP FUNCTION year_end_release_only_added;
