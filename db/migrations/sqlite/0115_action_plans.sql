-- The action plan of agreed help: milestones with whose they are, a day, and the high impact action that they belong to. A day
-- that moves keeps the one before it, and why.

-- +goose Up
CREATE TABLE milestone_owner (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO milestone_owner (code) VALUES ('practice'), ('team'), ('provider');

CREATE TABLE milestone_state (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO milestone_state (code) VALUES ('open'), ('done'), ('dropped');

CREATE TABLE high_impact_action (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO high_impact_action (code) VALUES ('active_signposting'), ('consultation_types'), ('reduce_dnas'), ('develop_team'), ('productive_workflows'),
    ('personal_productivity'), ('partnership_working'), ('social_prescribing'), ('self_care'), ('quality_improvement');

CREATE TABLE milestone (
    id         INTEGER PRIMARY KEY,
    case_id    INTEGER NOT NULL REFERENCES support_case (id),
    number     INTEGER NOT NULL CHECK (number > 0),
    what       TEXT NOT NULL CHECK (what <> ''),
    owner      TEXT NOT NULL REFERENCES milestone_owner (code),
    action     TEXT REFERENCES high_impact_action (code),
    due_on     TEXT NOT NULL CHECK (length(due_on) = 10), -- as it stands now; milestone_move has the days before
    state      TEXT NOT NULL DEFAULT 'open' REFERENCES milestone_state (code),
    added_by   INTEGER NOT NULL REFERENCES person (id),
    added_at   TEXT NOT NULL CHECK (length(added_at) = 24),
    done_on    TEXT CHECK (done_on IS NULL OR length(done_on) = 10),
    dropped    TEXT NOT NULL DEFAULT '', -- why it will not be done
    settled_by INTEGER REFERENCES person (id),
    settled_at TEXT CHECK (settled_at IS NULL OR length(settled_at) = 24),
    CHECK ((state = 'done') = (done_on IS NOT NULL)),
    CHECK ((state = 'dropped') = (dropped <> '')),
    CHECK ((state = 'open') = (settled_by IS NULL)),
    CHECK ((settled_by IS NULL) = (settled_at IS NULL)),
    UNIQUE (case_id, number)
) STRICT;
CREATE INDEX milestone_open ON milestone (case_id, due_on) WHERE state = 'open';

CREATE TABLE milestone_move (
    milestone_id INTEGER NOT NULL REFERENCES milestone (id),
    number       INTEGER NOT NULL CHECK (number > 0),
    from_day     TEXT NOT NULL CHECK (length(from_day) = 10),
    to_day       TEXT NOT NULL CHECK (length(to_day) = 10),
    reason       TEXT NOT NULL CHECK (reason <> ''),
    moved_by     INTEGER NOT NULL REFERENCES person (id),
    moved_at     TEXT NOT NULL CHECK (length(moved_at) = 24),
    CHECK (from_day <> to_day),
    PRIMARY KEY (milestone_id, number)
) STRICT, WITHOUT ROWID;

-- +goose Down
DELETE FROM case_facet WHERE facet = 'milestone';
DROP TABLE milestone_move;
DROP TABLE milestone;
DROP TABLE high_impact_action;
DROP TABLE milestone_state;
DROP TABLE milestone_owner;
