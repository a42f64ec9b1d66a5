-- What was agreed is varied while support is given: the variation is written and approved like an offer, with a copy of
-- each line that it varies, and the memorandum in force stays until both sides have accepted the next version.

-- +goose Up
ALTER TABLE offer ADD COLUMN varies_id bigint REFERENCES offer (id); -- the accepted offer that it varies; none: it is an offer
ALTER TABLE offer ADD COLUMN why text COLLATE "C" NOT NULL DEFAULT ''; -- of a variation
ALTER TABLE support_line ADD COLUMN varies_id bigint REFERENCES support_line (id); -- the agreed line of which it is the next wording
ALTER TABLE support_line ADD COLUMN ended_by bigint REFERENCES offer (id); -- the variation that took it out
ALTER TABLE agreement ADD COLUMN variation_id bigint REFERENCES offer (id); -- that it brings into force
CREATE UNIQUE INDEX offer_varying ON offer (case_id) WHERE state IN ('variation', 'variation_approved');
CREATE INDEX offer_varies ON offer (varies_id, number) WHERE varies_id IS NOT NULL;
DROP INDEX agreement_live;
CREATE UNIQUE INDEX agreement_proposed ON agreement (case_id) WHERE state = 'proposed';
CREATE UNIQUE INDEX agreement_in_force ON agreement (case_id) WHERE state = 'in_force';
INSERT INTO event_attribute (code, kind) VALUES ('variation', 'text');

-- +goose Down
DELETE FROM event_attribute WHERE code = 'variation';
DROP INDEX agreement_in_force;
DROP INDEX agreement_proposed;
CREATE UNIQUE INDEX agreement_live ON agreement (case_id) WHERE state IN ('proposed', 'in_force');
DROP INDEX offer_varies;
DROP INDEX offer_varying;
ALTER TABLE agreement DROP COLUMN variation_id;
ALTER TABLE support_line DROP COLUMN ended_by;
ALTER TABLE support_line DROP COLUMN varies_id;
ALTER TABLE offer DROP COLUMN why;
ALTER TABLE offer DROP COLUMN varies_id;
