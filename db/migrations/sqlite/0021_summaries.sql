-- What summaries count. It stands beside the cases and the ledger, is written with them, and can be computed from them
-- again, which verify does: a page then sums some thousand rows however many cases there are.

-- +goose Up

-- How long a case has been at each stage.
CREATE TABLE case_stage (
    case_id INTEGER NOT NULL REFERENCES support_case (id),
    stage   TEXT    NOT NULL REFERENCES case_state (code),
    days    INTEGER NOT NULL DEFAULT 0 CHECK (days >= 0),               -- working days of the stays that are over
    since   TEXT    CHECK (since IS NULL OR length(since) = 10),        -- first day of the stay that is not over; NULL: it is elsewhere
    PRIMARY KEY (case_id, stage)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX case_stage_now ON case_stage (case_id) WHERE since IS NOT NULL;

-- By what a case is counted. The stage, the route in, what was asked for, what was agreed, how it ended, the day of the last
-- word to its practice, and, in a facet of its own for each stage that it has left, the working days that it was there.
CREATE TABLE case_facet (
    case_id INTEGER NOT NULL REFERENCES support_case (id),
    facet   TEXT    NOT NULL,
    value   TEXT    NOT NULL,
    year    INTEGER NOT NULL, -- financial year of the referral
    region  TEXT    NOT NULL, -- '': not known
    team    TEXT    NOT NULL,
    PRIMARY KEY (case_id, facet, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_facet_value ON case_facet (facet, value, team, year);

CREATE TABLE facet_tally (
    year   INTEGER NOT NULL,
    region TEXT    NOT NULL,
    team   TEXT    NOT NULL,
    facet  TEXT    NOT NULL,
    value  TEXT    NOT NULL,
    cases  INTEGER NOT NULL,
    PRIMARY KEY (year, team, region, facet, value)
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER case_facet_counted AFTER INSERT ON case_facet
BEGIN
    INSERT INTO facet_tally (year, region, team, facet, value, cases) VALUES (NEW.year, NEW.region, NEW.team, NEW.facet, NEW.value, 1)
    ON CONFLICT (year, team, region, facet, value) DO UPDATE SET cases = cases + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_facet_discounted AFTER DELETE ON case_facet
BEGIN
    UPDATE facet_tally SET cases = cases - 1
    WHERE year = OLD.year AND team = OLD.team AND region = OLD.region AND facet = OLD.facet AND value = OLD.value;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_facet_no_update BEFORE UPDATE ON case_facet
BEGIN
    SELECT RAISE(ABORT, 'a facet of a case is taken away and another is added');
END;
-- +goose StatementEnd

-- What each budget has in each state, of all its lines together.
CREATE TABLE budget_money (
    budget_id INTEGER NOT NULL REFERENCES budget (id),
    state     TEXT    NOT NULL REFERENCES money_state (code),
    balance   INTEGER NOT NULL, -- pence
    PRIMARY KEY (budget_id, state)
) STRICT, WITHOUT ROWID;
INSERT INTO budget_money (budget_id, state, balance) SELECT budget_id, state, SUM(balance) FROM money_account GROUP BY budget_id, state;

-- How many entries moved money from one budget and state to another.
CREATE TABLE money_flow (
    from_budget INTEGER NOT NULL REFERENCES budget (id),
    from_state  TEXT    NOT NULL REFERENCES money_state (code),
    to_budget   INTEGER NOT NULL REFERENCES budget (id),
    to_state    TEXT    NOT NULL REFERENCES money_state (code),
    entries     INTEGER NOT NULL,
    PRIMARY KEY (from_budget, from_state, to_budget, to_state)
) STRICT, WITHOUT ROWID;
INSERT INTO money_flow (from_budget, from_state, to_budget, to_state, entries)
SELECT f.budget_id, f.state, t.budget_id, t.state, COUNT(*) FROM ledger_entry e JOIN money_account f ON f.id = e.from_account JOIN money_account t ON t.id = e.to_account
GROUP BY f.budget_id, f.state, t.budget_id, t.state;

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

-- Cases that are there already: of stages that they have left nothing is known in working days.
INSERT INTO case_stage (case_id, stage, since)
SELECT c.id, c.state, substr(COALESCE((SELECT MAX(e.holds_from) FROM event e JOIN event_change x ON x.event_id = e.id WHERE e.case_id = c.id AND x.attribute = 'state'), c.created_at), 1, 10)
FROM support_case c WHERE c.reference IS NOT NULL;
INSERT INTO case_facet (case_id, facet, value, year, region, team)
SELECT c.id, f.facet, f.value, CAST(substr(c.referred_on, 1, 4) AS INTEGER) - (substr(c.referred_on, 6, 2) < '04'), COALESCE(c.region, ''), c.team
FROM support_case c JOIN (
    SELECT id AS case_id, 'state' AS facet, state AS value FROM support_case
    UNION ALL SELECT id, 'route', route FROM support_case
    UNION ALL SELECT id, 'outcome', outcome FROM support_case WHERE outcome <> ''
    UNION ALL SELECT id, 'told', substr(COALESCE(practice_told_at, referred_on), 1, 10) FROM support_case WHERE state NOT IN ('draft', 'not_now', 'closed', 'withdrawn')
    UNION ALL SELECT case_id, kind, code FROM case_help
    UNION SELECT o.case_id, 'agreed', l.need FROM offer o JOIN support_line l ON l.offer_id = o.id WHERE o.state = 'accepted'
    UNION SELECT o.case_id, 'item', l.menu_item FROM offer o JOIN support_line l ON l.offer_id = o.id WHERE o.state = 'accepted'
) f ON f.case_id = c.id
WHERE c.reference IS NOT NULL;


-- The newest first, whatever the stage.
CREATE INDEX support_case_state ON support_case (state, referred_on, id);
CREATE INDEX support_case_team_day ON support_case (team, referred_on, id);
CREATE INDEX support_case_region_day ON support_case (region, referred_on, id);

-- +goose Down
DROP INDEX support_case_region_day;
DROP INDEX support_case_team_day;
DROP INDEX support_case_state;
DROP TRIGGER ledger_entry_post;
-- +goose StatementBegin
CREATE TRIGGER ledger_entry_post AFTER INSERT ON ledger_entry
BEGIN
    UPDATE money_account SET balance = balance - NEW.amount WHERE id = NEW.from_account;
    UPDATE money_account SET balance = balance + NEW.amount WHERE id = NEW.to_account;
END;
-- +goose StatementEnd
DROP TABLE money_flow;
DROP TABLE budget_money;
DROP TABLE facet_tally;
DROP TABLE case_facet;
DROP TABLE case_stage;
