-- How far what was expected of the support came about, by area of need, as a follow-up found it: by this summaries count.

-- +goose Up
CREATE TABLE aim_reached (code text COLLATE "C" PRIMARY KEY);
INSERT INTO aim_reached (code) VALUES ('yes'), ('part'), ('no'), ('unknown');

CREATE TABLE follow_up_aim (
    case_id bigint NOT NULL REFERENCES follow_up (case_id),
    need    text COLLATE "C" NOT NULL CHECK (need <> ''),
    reached text COLLATE "C" NOT NULL REFERENCES aim_reached (code),
    PRIMARY KEY (case_id, need)
);

INSERT INTO follow_up_aim (case_id, need, reached)
SELECT f.case_id, a.value ->> 'need', a.value ->> 'reached' FROM (SELECT case_id, result FROM follow_up WHERE state = 'done') f,
    json_array_elements(CASE WHEN json_typeof(f.result::json -> 'aims') = 'array' THEN f.result::json -> 'aims' ELSE '[]' END) a;
INSERT INTO case_facet (case_id, facet, value, year, region, team)
SELECT DISTINCT a.case_id, 'reached', a.reached, k.year, k.region, k.team FROM follow_up_aim a JOIN case_facet k ON k.case_id = a.case_id AND k.facet = 'state';

-- +goose Down
DELETE FROM case_facet WHERE facet = 'reached';
DROP TABLE follow_up_aim;
DROP TABLE aim_reached;
