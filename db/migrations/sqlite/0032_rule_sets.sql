-- Rule sets that people draft, edit and publish: who did, from what it was copied, domains, the rating scale and settings,
-- and that a published set never changes, whoever tries.

-- +goose Up
ALTER TABLE rule_set ADD COLUMN copied_from INTEGER REFERENCES rule_set (id); -- NULL: the first
ALTER TABLE rule_set ADD COLUMN reason TEXT NOT NULL DEFAULT ''; -- why there is this set, in the words of who drafted it
ALTER TABLE rule_set ADD COLUMN drafted_at TEXT CHECK (drafted_at IS NULL OR length(drafted_at) = 24); -- NULL: built in
UPDATE rule_set SET copied_from = 1 WHERE id = 2;
CREATE UNIQUE INDEX rule_set_draft ON rule_set (year) WHERE state = 'draft'; -- one at a time

-- Who had a hand in a draft. None of them publishes it.
CREATE TABLE rule_set_editor (
    rule_set_id INTEGER NOT NULL REFERENCES rule_set (id),
    person_id   INTEGER NOT NULL REFERENCES person (id),
    PRIMARY KEY (rule_set_id, person_id)
) STRICT, WITHOUT ROWID;

-- A migration that adds to published sets names itself here first and takes its name out again at its end. Nothing else
-- ever writes here.
CREATE TABLE rule_upgrade (
    migration TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- The groups of the criteria. The grouping was never published.
CREATE TABLE rule_domain (
    rule_set_id INTEGER NOT NULL REFERENCES rule_set (id),
    code        TEXT NOT NULL,
    name        TEXT NOT NULL,
    position    INTEGER NOT NULL,
    local       INTEGER NOT NULL CHECK (local IN (0, 1)),
    source      TEXT NOT NULL DEFAULT '', -- where the programme published it; '': set locally, or built in
    PRIMARY KEY (rule_set_id, code)
) STRICT, WITHOUT ROWID;
INSERT INTO rule_domain (rule_set_id, code, name, position, local)
SELECT rule_set_id, replace(lower(domain), ' ', '_'), domain, MIN(position), 1 FROM rule_criterion GROUP BY rule_set_id, domain;
UPDATE rule_criterion SET domain = replace(lower(domain), ' ', '_'); -- the code from now on

-- How a criterion is rated. No scale was published.
CREATE TABLE rule_rating (
    rule_set_id INTEGER NOT NULL REFERENCES rule_set (id),
    code        TEXT NOT NULL, -- none, some, serious, unknown
    name        TEXT NOT NULL,
    hint        TEXT NOT NULL DEFAULT '',
    position    INTEGER NOT NULL,
    local       INTEGER NOT NULL CHECK (local IN (0, 1)),
    source      TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (rule_set_id, code)
) STRICT, WITHOUT ROWID;
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
    rule_set_id INTEGER NOT NULL REFERENCES rule_set (id),
    code        TEXT NOT NULL,
    name        TEXT NOT NULL,
    unit        TEXT NOT NULL, -- of the value: working days, days, months, patients
    value       INTEGER NOT NULL CHECK (value >= 0),
    position    INTEGER NOT NULL,
    local       INTEGER NOT NULL CHECK (local IN (0, 1)),
    source      TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (rule_set_id, code)
) STRICT, WITHOUT ROWID;
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

ALTER TABLE rule_need_area ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE rule_menu_item ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE rule_criterion ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE rule_matrix_cell ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE rule_target ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE rule_claim_target ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE rule_limit ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE rule_template ADD COLUMN source TEXT NOT NULL DEFAULT '';

-- +goose StatementBegin
CREATE TRIGGER rule_set_no_update BEFORE UPDATE ON rule_set
WHEN OLD.state = 'published' AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_set_no_delete BEFORE DELETE ON rule_set
WHEN OLD.state = 'published' AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_set_no_replace BEFORE INSERT ON rule_set
WHEN EXISTS (SELECT 1 FROM rule_set WHERE state = 'published' AND (id = NEW.id OR year = NEW.year AND version = NEW.version))
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_set_four_eyes BEFORE UPDATE ON rule_set
WHEN NEW.state = 'published' AND OLD.state <> 'published' AND (NEW.published_by IS NULL OR NEW.published_by IS NEW.drafted_by
  OR EXISTS (SELECT 1 FROM rule_set_editor WHERE rule_set_id = NEW.id AND person_id = NEW.published_by))
BEGIN
    SELECT RAISE(ABORT, 'whoever drafted or edited a rule set does not publish it');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_set_editor_no_insert BEFORE INSERT ON rule_set_editor
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = NEW.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_set_editor_no_update BEFORE UPDATE ON rule_set_editor
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id IN (OLD.rule_set_id, NEW.rule_set_id) AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_set_editor_no_delete BEFORE DELETE ON rule_set_editor
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = OLD.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_need_area_no_insert BEFORE INSERT ON rule_need_area
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = NEW.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_need_area_no_update BEFORE UPDATE ON rule_need_area
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id IN (OLD.rule_set_id, NEW.rule_set_id) AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_need_area_no_delete BEFORE DELETE ON rule_need_area
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = OLD.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_menu_item_no_insert BEFORE INSERT ON rule_menu_item
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = NEW.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_menu_item_no_update BEFORE UPDATE ON rule_menu_item
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id IN (OLD.rule_set_id, NEW.rule_set_id) AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_menu_item_no_delete BEFORE DELETE ON rule_menu_item
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = OLD.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_domain_no_insert BEFORE INSERT ON rule_domain
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = NEW.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_domain_no_update BEFORE UPDATE ON rule_domain
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id IN (OLD.rule_set_id, NEW.rule_set_id) AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_domain_no_delete BEFORE DELETE ON rule_domain
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = OLD.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_criterion_no_insert BEFORE INSERT ON rule_criterion
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = NEW.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_criterion_no_update BEFORE UPDATE ON rule_criterion
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id IN (OLD.rule_set_id, NEW.rule_set_id) AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_criterion_no_delete BEFORE DELETE ON rule_criterion
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = OLD.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_rating_no_insert BEFORE INSERT ON rule_rating
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = NEW.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_rating_no_update BEFORE UPDATE ON rule_rating
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id IN (OLD.rule_set_id, NEW.rule_set_id) AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_rating_no_delete BEFORE DELETE ON rule_rating
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = OLD.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_matrix_cell_no_insert BEFORE INSERT ON rule_matrix_cell
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = NEW.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_matrix_cell_no_update BEFORE UPDATE ON rule_matrix_cell
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id IN (OLD.rule_set_id, NEW.rule_set_id) AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_matrix_cell_no_delete BEFORE DELETE ON rule_matrix_cell
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = OLD.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_target_no_insert BEFORE INSERT ON rule_target
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = NEW.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_target_no_update BEFORE UPDATE ON rule_target
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id IN (OLD.rule_set_id, NEW.rule_set_id) AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_target_no_delete BEFORE DELETE ON rule_target
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = OLD.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_claim_target_no_insert BEFORE INSERT ON rule_claim_target
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = NEW.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_claim_target_no_update BEFORE UPDATE ON rule_claim_target
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id IN (OLD.rule_set_id, NEW.rule_set_id) AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_claim_target_no_delete BEFORE DELETE ON rule_claim_target
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = OLD.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_limit_no_insert BEFORE INSERT ON rule_limit
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = NEW.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_limit_no_update BEFORE UPDATE ON rule_limit
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id IN (OLD.rule_set_id, NEW.rule_set_id) AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_limit_no_delete BEFORE DELETE ON rule_limit
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = OLD.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_template_no_insert BEFORE INSERT ON rule_template
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = NEW.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_template_no_update BEFORE UPDATE ON rule_template
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id IN (OLD.rule_set_id, NEW.rule_set_id) AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_template_no_delete BEFORE DELETE ON rule_template
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = OLD.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_setting_no_insert BEFORE INSERT ON rule_setting
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = NEW.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_setting_no_update BEFORE UPDATE ON rule_setting
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id IN (OLD.rule_set_id, NEW.rule_set_id) AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_setting_no_delete BEFORE DELETE ON rule_setting
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = OLD.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER rule_set_no_update;
DROP TRIGGER rule_set_no_delete;
DROP TRIGGER rule_set_no_replace;
DROP TRIGGER rule_set_four_eyes;
DROP TRIGGER rule_set_editor_no_insert;
DROP TRIGGER rule_set_editor_no_update;
DROP TRIGGER rule_set_editor_no_delete;
DROP TRIGGER rule_need_area_no_insert;
DROP TRIGGER rule_need_area_no_update;
DROP TRIGGER rule_need_area_no_delete;
DROP TRIGGER rule_menu_item_no_insert;
DROP TRIGGER rule_menu_item_no_update;
DROP TRIGGER rule_menu_item_no_delete;
DROP TRIGGER rule_domain_no_insert;
DROP TRIGGER rule_domain_no_update;
DROP TRIGGER rule_domain_no_delete;
DROP TRIGGER rule_criterion_no_insert;
DROP TRIGGER rule_criterion_no_update;
DROP TRIGGER rule_criterion_no_delete;
DROP TRIGGER rule_rating_no_insert;
DROP TRIGGER rule_rating_no_update;
DROP TRIGGER rule_rating_no_delete;
DROP TRIGGER rule_matrix_cell_no_insert;
DROP TRIGGER rule_matrix_cell_no_update;
DROP TRIGGER rule_matrix_cell_no_delete;
DROP TRIGGER rule_target_no_insert;
DROP TRIGGER rule_target_no_update;
DROP TRIGGER rule_target_no_delete;
DROP TRIGGER rule_claim_target_no_insert;
DROP TRIGGER rule_claim_target_no_update;
DROP TRIGGER rule_claim_target_no_delete;
DROP TRIGGER rule_limit_no_insert;
DROP TRIGGER rule_limit_no_update;
DROP TRIGGER rule_limit_no_delete;
DROP TRIGGER rule_template_no_insert;
DROP TRIGGER rule_template_no_update;
DROP TRIGGER rule_template_no_delete;
DROP TRIGGER rule_setting_no_insert;
DROP TRIGGER rule_setting_no_update;
DROP TRIGGER rule_setting_no_delete;
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
