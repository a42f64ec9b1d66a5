-- A list of what waits is read in its order: what a case waits for has the day of its referral. What is on hold, and what waits for an answer, is
-- counted like all else that waits.

-- +goose Up
ALTER TABLE case_facet ADD COLUMN referred_on TEXT CHECK (length(referred_on) = 10); -- of what waits; NULL for all else
DROP TRIGGER case_facet_no_update;
UPDATE case_facet SET referred_on = (SELECT c.referred_on FROM support_case c WHERE c.id = case_facet.case_id) WHERE facet = 'waits';
-- +goose StatementBegin
CREATE TRIGGER case_facet_no_update BEFORE UPDATE ON case_facet
BEGIN
    SELECT RAISE(ABORT, 'a facet of a case is taken away and another is added');
END;
-- +goose StatementEnd
INSERT INTO case_facet (case_id, facet, value, year, region, team, referred_on)
SELECT c.id, 'waits', w.value, s.year, s.region, s.team, c.referred_on FROM support_case c JOIN case_facet s ON s.case_id = c.id AND s.facet = 'state'
JOIN (SELECT 'hold' AS value UNION ALL SELECT 'information') w ON CASE w.value WHEN 'hold' THEN c.hold_reason IS NOT NULL ELSE c.information_id IS NOT NULL END WHERE c.reference IS NOT NULL;
CREATE INDEX case_facet_waits ON case_facet (value, referred_on, case_id, team, region, year) WHERE facet = 'waits';

-- +goose Down
DROP INDEX case_facet_waits;
DELETE FROM case_facet WHERE facet = 'waits' AND value IN ('hold', 'information');
ALTER TABLE case_facet DROP COLUMN referred_on;
