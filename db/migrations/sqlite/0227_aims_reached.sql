-- How far what was expected of the support came about, by area of need, as a follow-up found it: by this summaries count.

-- +goose Up
CREATE TABLE aim_reached (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO aim_reached (code) VALUES ('yes'), ('part'), ('no'), ('unknown');

CREATE TABLE follow_up_aim (
    case_id INTEGER NOT NULL REFERENCES follow_up (case_id),
    need    TEXT NOT NULL CHECK (need <> ''),
    reached TEXT NOT NULL REFERENCES aim_reached (code),
    PRIMARY KEY (case_id, need)
) STRICT, WITHOUT ROWID;

INSERT INTO follow_up_aim (case_id, need, reached)
SELECT f.case_id, json_extract(a.value, '$.need'), json_extract(a.value, '$.reached') FROM follow_up f, json_each(f.result, '$.aims') a WHERE f.state = 'done' AND json_type(f.result, '$.aims') = 'array';
INSERT INTO case_facet (case_id, facet, value, year, region, team)
SELECT DISTINCT a.case_id, 'reached', a.reached, k.year, k.region, k.team FROM follow_up_aim a JOIN case_facet k ON k.case_id = a.case_id AND k.facet = 'state';

-- +goose Down
DELETE FROM case_facet WHERE facet = 'reached';
DROP TABLE follow_up_aim;
DROP TABLE aim_reached;
