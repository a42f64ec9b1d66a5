-- Rule sets that people draft, edit and publish: who did, from what it was copied, domains, the rating scale and settings,
-- and that a published set never changes, whoever tries.

-- +goose Up
ALTER TABLE rule_set ADD COLUMN copied_from bigint REFERENCES rule_set (id); -- NULL: the first
ALTER TABLE rule_set ADD COLUMN reason text COLLATE "C" NOT NULL DEFAULT ''; -- why there is this set, in the words of who drafted it
ALTER TABLE rule_set ADD COLUMN drafted_at timestamptz(3); -- NULL: built in
UPDATE rule_set SET copied_from = 1 WHERE id = 2;
CREATE UNIQUE INDEX rule_set_draft ON rule_set (year) WHERE state = 'draft'; -- one at a time

-- Who had a hand in a draft. None of them publishes it.
CREATE TABLE rule_set_editor (
    rule_set_id bigint NOT NULL REFERENCES rule_set (id),
    person_id   bigint NOT NULL REFERENCES person (id),
    PRIMARY KEY (rule_set_id, person_id)
);

-- A migration that adds to published sets names itself here first and takes its name out again at its end. Nothing else
-- ever writes here.
CREATE TABLE rule_upgrade (
    migration text COLLATE "C" PRIMARY KEY
);

-- The groups of the criteria. The grouping was never published.
CREATE TABLE rule_domain (
    rule_set_id bigint NOT NULL REFERENCES rule_set (id),
    code        text COLLATE "C" NOT NULL,
    name        text COLLATE "C" NOT NULL,
    position    bigint NOT NULL,
    local       smallint NOT NULL CHECK (local IN (0, 1)),
    source      text COLLATE "C" NOT NULL DEFAULT '', -- where the programme published it; '': set locally, or built in
    PRIMARY KEY (rule_set_id, code)
);
INSERT INTO rule_domain (rule_set_id, code, name, position, local)
SELECT rule_set_id, replace(lower(domain), ' ', '_'), domain, MIN(position), 1 FROM rule_criterion GROUP BY rule_set_id, domain;
UPDATE rule_criterion SET domain = replace(lower(domain), ' ', '_'); -- the code from now on

-- How a criterion is rated. No scale was published.
CREATE TABLE rule_rating (
    rule_set_id bigint NOT NULL REFERENCES rule_set (id),
    code        text COLLATE "C" NOT NULL, -- none, some, serious, unknown
    name        text COLLATE "C" NOT NULL,
    hint        text COLLATE "C" NOT NULL DEFAULT '',
    position    bigint NOT NULL,
    local       smallint NOT NULL CHECK (local IN (0, 1)),
    source      text COLLATE "C" NOT NULL DEFAULT '',
    PRIMARY KEY (rule_set_id, code)
);
INSERT INTO rule_rating (rule_set_id, code, name, hint, position, local)
SELECT s.id, r.code, r.name, r.hint, r.position, 1
FROM rule_set s, (
    SELECT 'none' AS code, 'No concern' AS name, 'Nothing here that the practice needs help with' AS hint, 1 AS position
    UNION ALL SELECT 'some', 'Some concern', 'Something to watch, or to help with early', 2
    UNION ALL SELECT 'serious', 'Serious concern', 'A reason of its own to support the practice', 3
    UNION ALL SELECT 'unknown', 'Not known', 'Looked for, and not to be had', 4
) r;

-- Numbers that the programme left open.
CREATE TABLE rule_setting (
    rule_set_id bigint NOT NULL REFERENCES rule_set (id),
    code        text COLLATE "C" NOT NULL,
    name        text COLLATE "C" NOT NULL,
    unit        text COLLATE "C" NOT NULL, -- of the value: working days, days, months, patients
    value       bigint NOT NULL CHECK (value >= 0),
    position    bigint NOT NULL,
    local       smallint NOT NULL CHECK (local IN (0, 1)),
    source      text COLLATE "C" NOT NULL DEFAULT '',
    PRIMARY KEY (rule_set_id, code)
);
INSERT INTO rule_setting (rule_set_id, code, name, unit, value, position, local)
SELECT s.id, x.code, x.name, x.unit, x.value, x.position, 1
FROM rule_set s, (
    SELECT 'absurd_patients_per_fte' AS code, 'More patients for each full-time-equivalent GP or nurse than this are shown as "check the return", and never ranked' AS name, 'patients' AS unit, 15000 AS value, 1 AS position
    UNION ALL SELECT 'offer_minimum_notice_days', 'Least time that a practice has to answer an offer', 'working days', 10, 2
    UNION ALL SELECT 'offer_reminder_days', 'Remind the practice of an offer so long before its last day', 'working days', 3, 3
    UNION ALL SELECT 'reserve_review_months', 'Look again at a case on the reserve list after', 'months', 6, 4
    UNION ALL SELECT 'follow_up_months', 'Measure again after a case is closed, after', 'months', 6, 5
    UNION ALL SELECT 'silent_days', 'A case is silent when the practice has had no word for', 'days', 30, 6
    UNION ALL SELECT 'receipt_confirm_days', 'Ask the practice to confirm that money has arrived within', 'working days', 10, 7
    UNION ALL SELECT 'mou_after_rapid_days', 'A memorandum follows rapid intervention within', 'working days', 20, 8
) x;

ALTER TABLE rule_need_area ADD COLUMN source text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE rule_menu_item ADD COLUMN source text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE rule_criterion ADD COLUMN source text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE rule_matrix_cell ADD COLUMN source text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE rule_target ADD COLUMN source text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE rule_claim_target ADD COLUMN source text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE rule_limit ADD COLUMN source text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE rule_template ADD COLUMN source text COLLATE "C" NOT NULL DEFAULT '';

-- +goose StatementBegin
CREATE FUNCTION rule_set_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'published' AND NOT EXISTS (SELECT 1 FROM rule_upgrade) THEN
        RAISE EXCEPTION 'a published rule set never changes: see docs/recipes.md, to add to the rules' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF NEW.state = 'published' AND OLD.state <> 'published' AND (NEW.published_by IS NULL OR NEW.published_by = NEW.drafted_by
        OR EXISTS (SELECT 1 FROM rule_set_editor WHERE rule_set_id = NEW.id AND person_id = NEW.published_by)) THEN
        RAISE EXCEPTION 'whoever drafted or edited a rule set does not publish it' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER rule_set_unchanged BEFORE UPDATE OR DELETE ON rule_set FOR EACH ROW EXECUTE FUNCTION rule_set_refuse();
-- +goose StatementBegin
CREATE FUNCTION rule_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM rule_upgrade) THEN
        NULL;
    ELSIF TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM rule_set WHERE id = OLD.rule_set_id AND state = 'published') THEN
        RAISE EXCEPTION 'a published rule set never changes: see docs/recipes.md, to add to the rules' USING ERRCODE = 'integrity_constraint_violation';
    ELSIF TG_OP <> 'DELETE' AND EXISTS (SELECT 1 FROM rule_set WHERE id = NEW.rule_set_id AND state = 'published') THEN
        RAISE EXCEPTION 'a published rule set never changes: see docs/recipes.md, to add to the rules' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION rule_truncate_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published rule set never changes: see docs/recipes.md, to add to the rules' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
-- +goose StatementEnd
CREATE TRIGGER rule_set_editor_unchanged BEFORE INSERT OR UPDATE OR DELETE ON rule_set_editor FOR EACH ROW EXECUTE FUNCTION rule_refuse();
CREATE TRIGGER rule_need_area_unchanged BEFORE INSERT OR UPDATE OR DELETE ON rule_need_area FOR EACH ROW EXECUTE FUNCTION rule_refuse();
CREATE TRIGGER rule_menu_item_unchanged BEFORE INSERT OR UPDATE OR DELETE ON rule_menu_item FOR EACH ROW EXECUTE FUNCTION rule_refuse();
CREATE TRIGGER rule_domain_unchanged BEFORE INSERT OR UPDATE OR DELETE ON rule_domain FOR EACH ROW EXECUTE FUNCTION rule_refuse();
CREATE TRIGGER rule_criterion_unchanged BEFORE INSERT OR UPDATE OR DELETE ON rule_criterion FOR EACH ROW EXECUTE FUNCTION rule_refuse();
CREATE TRIGGER rule_rating_unchanged BEFORE INSERT OR UPDATE OR DELETE ON rule_rating FOR EACH ROW EXECUTE FUNCTION rule_refuse();
CREATE TRIGGER rule_matrix_cell_unchanged BEFORE INSERT OR UPDATE OR DELETE ON rule_matrix_cell FOR EACH ROW EXECUTE FUNCTION rule_refuse();
CREATE TRIGGER rule_target_unchanged BEFORE INSERT OR UPDATE OR DELETE ON rule_target FOR EACH ROW EXECUTE FUNCTION rule_refuse();
CREATE TRIGGER rule_claim_target_unchanged BEFORE INSERT OR UPDATE OR DELETE ON rule_claim_target FOR EACH ROW EXECUTE FUNCTION rule_refuse();
CREATE TRIGGER rule_limit_unchanged BEFORE INSERT OR UPDATE OR DELETE ON rule_limit FOR EACH ROW EXECUTE FUNCTION rule_refuse();
CREATE TRIGGER rule_template_unchanged BEFORE INSERT OR UPDATE OR DELETE ON rule_template FOR EACH ROW EXECUTE FUNCTION rule_refuse();
CREATE TRIGGER rule_setting_unchanged BEFORE INSERT OR UPDATE OR DELETE ON rule_setting FOR EACH ROW EXECUTE FUNCTION rule_refuse();
CREATE TRIGGER rule_set_no_truncate BEFORE TRUNCATE ON rule_set EXECUTE FUNCTION rule_truncate_refuse();
CREATE TRIGGER rule_set_editor_no_truncate BEFORE TRUNCATE ON rule_set_editor EXECUTE FUNCTION rule_truncate_refuse();
CREATE TRIGGER rule_need_area_no_truncate BEFORE TRUNCATE ON rule_need_area EXECUTE FUNCTION rule_truncate_refuse();
CREATE TRIGGER rule_menu_item_no_truncate BEFORE TRUNCATE ON rule_menu_item EXECUTE FUNCTION rule_truncate_refuse();
CREATE TRIGGER rule_domain_no_truncate BEFORE TRUNCATE ON rule_domain EXECUTE FUNCTION rule_truncate_refuse();
CREATE TRIGGER rule_criterion_no_truncate BEFORE TRUNCATE ON rule_criterion EXECUTE FUNCTION rule_truncate_refuse();
CREATE TRIGGER rule_rating_no_truncate BEFORE TRUNCATE ON rule_rating EXECUTE FUNCTION rule_truncate_refuse();
CREATE TRIGGER rule_matrix_cell_no_truncate BEFORE TRUNCATE ON rule_matrix_cell EXECUTE FUNCTION rule_truncate_refuse();
CREATE TRIGGER rule_target_no_truncate BEFORE TRUNCATE ON rule_target EXECUTE FUNCTION rule_truncate_refuse();
CREATE TRIGGER rule_claim_target_no_truncate BEFORE TRUNCATE ON rule_claim_target EXECUTE FUNCTION rule_truncate_refuse();
CREATE TRIGGER rule_limit_no_truncate BEFORE TRUNCATE ON rule_limit EXECUTE FUNCTION rule_truncate_refuse();
CREATE TRIGGER rule_template_no_truncate BEFORE TRUNCATE ON rule_template EXECUTE FUNCTION rule_truncate_refuse();
CREATE TRIGGER rule_setting_no_truncate BEFORE TRUNCATE ON rule_setting EXECUTE FUNCTION rule_truncate_refuse();

-- +goose Down
DROP TRIGGER rule_set_no_truncate ON rule_set;
DROP TRIGGER rule_set_unchanged ON rule_set;
DROP TRIGGER rule_set_editor_no_truncate ON rule_set_editor;
DROP TRIGGER rule_set_editor_unchanged ON rule_set_editor;
DROP TRIGGER rule_need_area_no_truncate ON rule_need_area;
DROP TRIGGER rule_need_area_unchanged ON rule_need_area;
DROP TRIGGER rule_menu_item_no_truncate ON rule_menu_item;
DROP TRIGGER rule_menu_item_unchanged ON rule_menu_item;
DROP TRIGGER rule_domain_no_truncate ON rule_domain;
DROP TRIGGER rule_domain_unchanged ON rule_domain;
DROP TRIGGER rule_criterion_no_truncate ON rule_criterion;
DROP TRIGGER rule_criterion_unchanged ON rule_criterion;
DROP TRIGGER rule_rating_no_truncate ON rule_rating;
DROP TRIGGER rule_rating_unchanged ON rule_rating;
DROP TRIGGER rule_matrix_cell_no_truncate ON rule_matrix_cell;
DROP TRIGGER rule_matrix_cell_unchanged ON rule_matrix_cell;
DROP TRIGGER rule_target_no_truncate ON rule_target;
DROP TRIGGER rule_target_unchanged ON rule_target;
DROP TRIGGER rule_claim_target_no_truncate ON rule_claim_target;
DROP TRIGGER rule_claim_target_unchanged ON rule_claim_target;
DROP TRIGGER rule_limit_no_truncate ON rule_limit;
DROP TRIGGER rule_limit_unchanged ON rule_limit;
DROP TRIGGER rule_template_no_truncate ON rule_template;
DROP TRIGGER rule_template_unchanged ON rule_template;
DROP TRIGGER rule_setting_no_truncate ON rule_setting;
DROP TRIGGER rule_setting_unchanged ON rule_setting;
DROP FUNCTION rule_truncate_refuse;
DROP FUNCTION rule_refuse;
DROP FUNCTION rule_set_refuse;
ALTER TABLE rule_need_area DROP COLUMN source;
ALTER TABLE rule_menu_item DROP COLUMN source;
ALTER TABLE rule_criterion DROP COLUMN source;
ALTER TABLE rule_matrix_cell DROP COLUMN source;
ALTER TABLE rule_target DROP COLUMN source;
ALTER TABLE rule_claim_target DROP COLUMN source;
ALTER TABLE rule_limit DROP COLUMN source;
ALTER TABLE rule_template DROP COLUMN source;
DROP TABLE rule_setting;
DROP TABLE rule_rating;
UPDATE rule_criterion SET domain = (SELECT d.name FROM rule_domain d WHERE d.rule_set_id = rule_criterion.rule_set_id AND d.code = rule_criterion.domain);
DROP TABLE rule_domain;
DROP TABLE rule_upgrade;
DROP TABLE rule_set_editor;
DROP INDEX rule_set_draft;
ALTER TABLE rule_set DROP COLUMN drafted_at;
ALTER TABLE rule_set DROP COLUMN reason;
ALTER TABLE rule_set DROP COLUMN copied_from;
