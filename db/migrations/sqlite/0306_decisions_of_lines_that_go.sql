-- A line that was reserved and is not agreed can be taken out of its offer or variation though somebody decided at the end of the year what becomes of
-- it. That decision goes with the line; what was decided, by whom and why, stays in the history.

-- +goose Up
DROP TRIGGER year_end_decision_no_delete;
-- +goose StatementBegin
CREATE TRIGGER year_end_decision_no_delete BEFORE DELETE ON year_end_decision
WHEN NOT EXISTS (SELECT 1 FROM support_line l JOIN offer o ON o.id = l.offer_id WHERE l.id = OLD.line_id AND o.state IN ('draft', 'variation'))
BEGIN
    SELECT RAISE(ABORT, 'a decision of the end of a year is only added');
END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER year_end_decision_no_delete;
-- +goose StatementBegin
CREATE TRIGGER year_end_decision_no_delete BEFORE DELETE ON year_end_decision
BEGIN
    SELECT RAISE(ABORT, 'a decision of the end of a year is only added');
END;
-- +goose StatementEnd
