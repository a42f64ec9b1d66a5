-- Who holds the money of a budget: the local team itself, or a commissioner to whom it is delegated. It is recorded apart
-- from whose case it is; the newest row of a budget is what holds.

-- +goose Up
CREATE TABLE budget_holder (
    id          INTEGER PRIMARY KEY,
    budget_id   INTEGER NOT NULL REFERENCES budget (id),
    holder      TEXT    REFERENCES organisation (code), -- NULL: the local team itself again
    valid_from  TEXT    NOT NULL CHECK (length(valid_from) = 10),
    reason      TEXT    NOT NULL CHECK (reason <> ''),
    person_id   INTEGER NOT NULL REFERENCES person (id),
    recorded_at TEXT    NOT NULL CHECK (length(recorded_at) = 24)
) STRICT;
CREATE INDEX budget_holder_budget ON budget_holder (budget_id, id);
INSERT INTO event_attribute (code, kind) VALUES ('budget_holder', 'text');

-- +goose Down
DELETE FROM event_attribute WHERE code = 'budget_holder';
DROP TABLE budget_holder;
