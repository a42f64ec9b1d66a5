-- The number of a list that is narrowed by one thing is found without going through every tally.

-- +goose Up
CREATE INDEX facet_tally_facet ON facet_tally (facet, team, value, year, region, cases);

-- Cases that nobody has, that wait, or whose work has stopped: few of many.
CREATE INDEX support_case_nobody ON support_case (team, referred_on, id) WHERE assignee_id IS NULL AND reference IS NOT NULL AND state <> 'withdrawn';
CREATE INDEX support_case_held ON support_case (team, referred_on, id) WHERE hold_reason IS NOT NULL;
CREATE INDEX support_case_asked ON support_case (team, referred_on, id) WHERE information_id IS NOT NULL;

-- +goose Down
DROP INDEX support_case_asked;
DROP INDEX support_case_held;
DROP INDEX support_case_nobody;
DROP INDEX facet_tally_facet;
