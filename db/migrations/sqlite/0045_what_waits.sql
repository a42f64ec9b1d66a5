-- What a whole team has to see to is counted like the rest, so that neither the number nor the list goes through all cases at
-- a stage; and so that the newest cases by a stage and a route, and the tallies of a year, are read in the order of an index.

-- +goose Up
INSERT INTO case_facet (case_id, facet, value, year, region, team)
SELECT k.case_id, 'waits', f.value, k.year, k.region, k.team
FROM case_facet k JOIN (
    SELECT c.id AS case_id, 'letter' AS value FROM support_case c
    WHERE c.state = 'decision' AND EXISTS (SELECT 1 FROM letter l WHERE l.case_id = c.id AND l.sent_at IS NULL)
    UNION ALL SELECT c.id, 'review' FROM support_case c
    WHERE c.state = 'assessment' AND EXISTS (SELECT 1 FROM assessment s WHERE s.case_id = c.id AND s.completed_at IS NOT NULL
        AND s.number = (SELECT MAX(x.number) FROM assessment x WHERE x.case_id = c.id)
        AND NOT EXISTS (SELECT 1 FROM assessment_review v WHERE v.assessment_id = s.id))
    UNION ALL SELECT c.id, 'decision_review' FROM support_case c
    WHERE EXISTS (SELECT 1 FROM decision_review v WHERE v.case_id = c.id AND v.outcome = '')
    UNION ALL SELECT c.id, 'money' FROM support_case c
    WHERE c.state = 'delivery' AND EXISTS (SELECT 1 FROM claim m JOIN payment_item i ON i.claim_id = m.id AND i.back_kind IS NOT NULL WHERE m.case_id = c.id AND m.state = 'approved')
) f ON f.case_id = k.case_id
WHERE k.facet = 'state';

CREATE INDEX support_case_state_route ON support_case (state, route, referred_on, id) WHERE reference IS NOT NULL;
CREATE INDEX facet_tally_year ON facet_tally (year, facet, value, team, region, cases);

-- +goose Down
DROP INDEX facet_tally_year;
DROP INDEX support_case_state_route;
DELETE FROM case_facet WHERE facet = 'waits';
