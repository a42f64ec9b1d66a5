-- What the entries of each day changed in each state of a budget: how a budget stood on any day, and the sum of its entries,
-- without reading the entries.

-- +goose Up
CREATE TABLE budget_day (
    budget_id INTEGER NOT NULL REFERENCES budget (id),
    state     TEXT    NOT NULL REFERENCES money_state (code),
    day       TEXT    NOT NULL CHECK (length(day) = 10), -- from which the entries take effect
    amount    INTEGER NOT NULL, -- pence: what came into the state less what went
    PRIMARY KEY (budget_id, state, day)
) STRICT, WITHOUT ROWID;
INSERT INTO budget_day (budget_id, state, day, amount)
SELECT budget_id, state, day, SUM(amount) FROM (
    SELECT a.budget_id, a.state, e.effective_on AS day, e.amount FROM ledger_entry e JOIN money_account a ON a.id = e.to_account
    UNION ALL SELECT a.budget_id, a.state, e.effective_on, -e.amount FROM ledger_entry e JOIN money_account a ON a.id = e.from_account) x
GROUP BY budget_id, state, day;

DROP TRIGGER ledger_entry_post;
-- +goose StatementBegin
CREATE TRIGGER ledger_entry_post AFTER INSERT ON ledger_entry
BEGIN
    INSERT INTO money_flow (from_budget, from_state, to_budget, to_state, entries)
    SELECT f.budget_id, f.state, t.budget_id, t.state, 1 FROM money_account f JOIN money_account t ON t.id = NEW.to_account WHERE f.id = NEW.from_account
    ON CONFLICT (from_budget, from_state, to_budget, to_state) DO UPDATE SET entries = entries + 1;
    UPDATE money_account SET balance = balance - NEW.amount WHERE id = NEW.from_account;
    UPDATE money_account SET balance = balance + NEW.amount WHERE id = NEW.to_account;
    INSERT INTO budget_money (budget_id, state, balance) SELECT budget_id, state, -NEW.amount FROM money_account WHERE id = NEW.from_account
    ON CONFLICT (budget_id, state) DO UPDATE SET balance = balance + excluded.balance;
    INSERT INTO budget_money (budget_id, state, balance) SELECT budget_id, state, NEW.amount FROM money_account WHERE id = NEW.to_account
    ON CONFLICT (budget_id, state) DO UPDATE SET balance = balance + excluded.balance;
    INSERT INTO budget_day (budget_id, state, day, amount) SELECT budget_id, state, NEW.effective_on, -NEW.amount FROM money_account WHERE id = NEW.from_account
    ON CONFLICT (budget_id, state, day) DO UPDATE SET amount = amount + excluded.amount;
    INSERT INTO budget_day (budget_id, state, day, amount) SELECT budget_id, state, NEW.effective_on, NEW.amount FROM money_account WHERE id = NEW.to_account
    ON CONFLICT (budget_id, state, day) DO UPDATE SET amount = amount + excluded.amount;
END;
-- +goose StatementEnd

-- The lines of a budget.
CREATE INDEX support_line_budget ON support_line (budget_id, id) WHERE budget_id IS NOT NULL;

-- +goose Down
DROP INDEX support_line_budget;
DROP TRIGGER ledger_entry_post;
-- +goose StatementBegin
CREATE TRIGGER ledger_entry_post AFTER INSERT ON ledger_entry
BEGIN
    INSERT INTO money_flow (from_budget, from_state, to_budget, to_state, entries)
    SELECT f.budget_id, f.state, t.budget_id, t.state, 1 FROM money_account f JOIN money_account t ON t.id = NEW.to_account WHERE f.id = NEW.from_account
    ON CONFLICT (from_budget, from_state, to_budget, to_state) DO UPDATE SET entries = entries + 1;
    UPDATE money_account SET balance = balance - NEW.amount WHERE id = NEW.from_account;
    UPDATE money_account SET balance = balance + NEW.amount WHERE id = NEW.to_account;
    INSERT INTO budget_money (budget_id, state, balance) SELECT budget_id, state, -NEW.amount FROM money_account WHERE id = NEW.from_account
    ON CONFLICT (budget_id, state) DO UPDATE SET balance = balance + excluded.balance;
    INSERT INTO budget_money (budget_id, state, balance) SELECT budget_id, state, NEW.amount FROM money_account WHERE id = NEW.to_account
    ON CONFLICT (budget_id, state) DO UPDATE SET balance = balance + excluded.balance;
END;
-- +goose StatementEnd
DROP TABLE budget_day;
