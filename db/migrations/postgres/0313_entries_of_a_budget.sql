-- The entries of each budget in their order: a page of its statement is found by them, from the nearer end, and what stands before or after it is the
-- balance less those.

-- +goose Up
CREATE TABLE budget_entry (
    budget_id  bigint NOT NULL REFERENCES budget (id),
    entry_id   bigint NOT NULL, -- of the ledger
    from_state text COLLATE "C" NOT NULL, -- '': from another budget
    to_state   text COLLATE "C" NOT NULL, -- '': into another budget
    amount     bigint NOT NULL, -- pence
    PRIMARY KEY (budget_id, entry_id)
);
INSERT INTO budget_entry (budget_id, entry_id, from_state, to_state, amount)
SELECT f.budget_id, e.id, f.state, CASE WHEN t.budget_id = f.budget_id THEN t.state ELSE '' END, e.amount FROM ledger_entry e JOIN money_account f ON f.id = e.from_account JOIN money_account t ON t.id = e.to_account
UNION ALL SELECT t.budget_id, e.id, '', t.state, e.amount FROM ledger_entry e JOIN money_account f ON f.id = e.from_account JOIN money_account t ON t.id = e.to_account WHERE t.budget_id <> f.budget_id;

-- +goose StatementBegin
CREATE FUNCTION ledger_entry_of_budget() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO budget_entry (budget_id, entry_id, from_state, to_state, amount)
    SELECT f.budget_id, NEW.id, f.state, CASE WHEN t.budget_id = f.budget_id THEN t.state ELSE '' END, NEW.amount FROM money_account f JOIN money_account t ON t.id = NEW.to_account WHERE f.id = NEW.from_account
    UNION ALL SELECT t.budget_id, NEW.id, '', t.state, NEW.amount FROM money_account f JOIN money_account t ON t.id = NEW.to_account WHERE f.id = NEW.from_account AND t.budget_id <> f.budget_id;
    RETURN NULL;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER ledger_entry_of_budget AFTER INSERT ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_entry_of_budget();

-- +goose Down
DROP TRIGGER ledger_entry_of_budget ON ledger_entry;
DROP FUNCTION ledger_entry_of_budget;
DROP TABLE budget_entry;
