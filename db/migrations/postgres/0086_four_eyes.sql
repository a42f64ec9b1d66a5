-- An approval can be undone before what it is of goes on; it stays in the table and no longer counts. And the database
-- itself refuses that one person acts twice on a claim, at each release anew.

-- +goose Up
ALTER TABLE approval ADD COLUMN undone_event_id bigint REFERENCES event (id); -- NULL: it stands
ALTER TABLE approval DROP CONSTRAINT approval_subject_kind_subject_id_subject_version_step_key;
ALTER TABLE approval DROP CONSTRAINT approval_subject_kind_subject_id_subject_version_person_id_key;
CREATE UNIQUE INDEX approval_step ON approval (subject_kind, subject_id, subject_version, step) WHERE undone_event_id IS NULL;
CREATE UNIQUE INDEX approval_person ON approval (subject_kind, subject_id, subject_version, person_id) WHERE undone_event_id IS NULL; -- nobody acts twice
CREATE INDEX approval_subject ON approval (subject_kind, subject_id, id);

-- Whoever claimed, checked or approved a claim does nothing else with it, whichever release it is; the same person may
-- release it once more after a payment that failed. Whoever wrote in an offer does not approve it.
-- +goose StatementBegin
CREATE FUNCTION approval_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.subject_kind = 'claim' AND (EXISTS (SELECT 1 FROM claim m WHERE m.id = NEW.subject_id AND m.claimed_by = NEW.person_id)
        OR EXISTS (SELECT 1 FROM approval a WHERE a.subject_kind = 'claim' AND a.subject_id = NEW.subject_id AND a.person_id = NEW.person_id AND a.step <> NEW.step AND a.undone_event_id IS NULL))
      OR NEW.subject_kind = 'offer' AND EXISTS (SELECT 1 FROM offer_writer w WHERE w.offer_id = NEW.subject_id AND w.person_id = NEW.person_id) THEN
        RAISE EXCEPTION 'nobody acts twice on the same money' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER approval_four_eyes BEFORE INSERT ON approval FOR EACH ROW EXECUTE FUNCTION approval_refuse();
-- +goose StatementBegin
CREATE FUNCTION payment_item_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM payment_batch b JOIN claim m ON m.id = NEW.claim_id WHERE b.id = NEW.batch_id AND (b.released_by IN (m.claimed_by, m.checked_by, m.approved_by)
        OR EXISTS (SELECT 1 FROM approval a WHERE a.subject_kind = 'claim' AND a.subject_id = m.id AND a.person_id = b.released_by AND a.step <> 'release' AND a.undone_event_id IS NULL))) THEN
        RAISE EXCEPTION 'nobody acts twice on the same money' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER payment_item_four_eyes BEFORE INSERT ON payment_item FOR EACH ROW EXECUTE FUNCTION payment_item_refuse();
-- An approval is added, and undone once, and nothing else.
-- +goose StatementBegin
CREATE FUNCTION approval_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR OLD.undone_event_id IS NOT NULL OR NEW.undone_event_id IS NULL
      OR (NEW.id, NEW.subject_kind, NEW.subject_id, NEW.subject_version, NEW.step, NEW.person_id, NEW.amount, NEW.approved_at, NEW.event_id, NEW.reaches)
      IS DISTINCT FROM (OLD.id, OLD.subject_kind, OLD.subject_id, OLD.subject_version, OLD.step, OLD.person_id, OLD.amount, OLD.approved_at, OLD.event_id, OLD.reaches) THEN
        RAISE EXCEPTION 'approvals are only added and undone' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER approval_no_update BEFORE UPDATE OR DELETE ON approval FOR EACH ROW EXECUTE FUNCTION approval_keep();

-- +goose Down
DROP TRIGGER approval_no_update ON approval;
DROP TRIGGER payment_item_four_eyes ON payment_item;
DROP TRIGGER approval_four_eyes ON approval;
DROP FUNCTION approval_keep;
DROP FUNCTION payment_item_refuse;
DROP FUNCTION approval_refuse;
DROP INDEX approval_subject;
DROP INDEX approval_person;
DROP INDEX approval_step;
DELETE FROM approval WHERE undone_event_id IS NOT NULL;
ALTER TABLE approval DROP COLUMN undone_event_id;
ALTER TABLE approval ADD CONSTRAINT approval_subject_kind_subject_id_subject_version_step_key UNIQUE (subject_kind, subject_id, subject_version, step);
ALTER TABLE approval ADD CONSTRAINT approval_subject_kind_subject_id_subject_version_person_id_key UNIQUE (subject_kind, subject_id, subject_version, person_id);
