-- What the document of a claim is: each kind of line asks for some of them. Of claims from before it is not known.

-- +goose Up
CREATE TABLE claim_evidence (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;
INSERT INTO claim_evidence (code, name) VALUES
    ('invoice', 'Invoice of the provider'), ('receipt', 'Receipt of service'), ('timesheet', 'Timesheet'), ('milestones', 'Report on milestones');
ALTER TABLE claim ADD COLUMN evidence TEXT REFERENCES claim_evidence (code); -- NULL: not known

-- +goose Down
ALTER TABLE claim DROP COLUMN evidence;
DROP TABLE claim_evidence;
