-- A line that was reserved and is not agreed can be taken out of its offer or variation though somebody decided at the end of the year what becomes of
-- it. That decision goes with the line; what was decided, by whom and why, stays in the history.

-- +goose Up
DROP TRIGGER year_end_decision_no_delete ON year_end_decision;
-- +goose StatementBegin
CREATE FUNCTION year_end_decision_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM support_line l JOIN offer o ON o.id = l.offer_id WHERE l.id = OLD.line_id AND o.state IN ('draft', 'variation')) THEN
        RAISE EXCEPTION 'a decision of the end of a year is only added' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER year_end_decision_no_delete BEFORE DELETE ON year_end_decision FOR EACH ROW EXECUTE FUNCTION year_end_decision_stays();

-- +goose Down
DROP TRIGGER year_end_decision_no_delete ON year_end_decision;
DROP FUNCTION year_end_decision_stays();
CREATE TRIGGER year_end_decision_no_delete BEFORE DELETE ON year_end_decision FOR EACH ROW EXECUTE FUNCTION year_end_decision_only_added();
