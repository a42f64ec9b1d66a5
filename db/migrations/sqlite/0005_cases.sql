-- Support cases. A draft is the practice's own and has no team, reference or rule set yet.

-- +goose Up
CREATE TABLE case_state (
    code     TEXT PRIMARY KEY,
    name     TEXT    NOT NULL,
    position INTEGER NOT NULL
) STRICT;
INSERT INTO case_state (code, name, position) VALUES
    ('draft', 'Draft', 1), ('referred', 'Referred', 2), ('triage', 'Triage', 3), ('assessment', 'Assessment', 4),
    ('decision', 'Decision', 5), ('supported', 'Supported', 6), ('reserve', 'On the reserve list', 7), ('not_now', 'Not now', 8),
    ('offer', 'Offer', 9), ('agreement', 'Agreement', 10), ('delivery', 'Delivery', 11), ('closing', 'Closing', 12),
    ('closed', 'Closed', 13), ('withdrawn', 'Withdrawn', 14);

CREATE TABLE case_route (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;
INSERT INTO case_route (code, name) VALUES
    ('practice', 'Practice asked'), ('identified', 'Identified by the local team'), ('lmc', 'Suggested by the LMC'), ('commissioner', 'Suggested by the CCG');

CREATE TABLE support_case (
    id               INTEGER PRIMARY KEY,
    reference        TEXT    UNIQUE CHECK (reference IS NULL OR length(reference) = 15), -- PRP-2016-000123
    state            TEXT    NOT NULL REFERENCES case_state (code),
    route            TEXT    NOT NULL REFERENCES case_route (code),
    team             TEXT    REFERENCES organisation (code), -- the area of the lead practice's own row on the day of referral
    region           TEXT    REFERENCES organisation (code), -- the region of that row on that day
    rule_set_id      INTEGER REFERENCES rule_set (id),
    assignee_id      INTEGER REFERENCES person (id),
    created_by       INTEGER NOT NULL REFERENCES person (id),
    created_at       TEXT    NOT NULL CHECK (length(created_at) = 24),
    referred_on      TEXT    CHECK (referred_on IS NULL OR length(referred_on) = 10),
    acknowledged_on  TEXT    CHECK (acknowledged_on IS NULL OR length(acknowledged_on) = 10),
    practice_told_at TEXT    CHECK (practice_told_at IS NULL OR length(practice_told_at) = 24), -- last word to the practice; NULL: it does not know of the case
    problem          TEXT    NOT NULL DEFAULT '',
    success          TEXT    NOT NULL DEFAULT '', -- how the practice will know that the help worked
    estimated_cost   INTEGER CHECK (estimated_cost IS NULL OR estimated_cost >= 0), -- pence; NULL: not known
    cost_detail      TEXT    NOT NULL DEFAULT '',
    hold_reason      TEXT,   -- NULL: not on hold
    hold_review_on   TEXT    CHECK (hold_review_on IS NULL OR length(hold_review_on) = 10),
    information_id   INTEGER, -- the open request for information, if there is one
    ended_reason     TEXT    NOT NULL DEFAULT '',
    version          INTEGER NOT NULL DEFAULT 1,
    CHECK ((state = 'draft') = (reference IS NULL) OR state = 'withdrawn'),
    CHECK (reference IS NULL OR (team IS NOT NULL AND rule_set_id IS NOT NULL AND referred_on IS NOT NULL)),
    CHECK ((hold_reason IS NULL) = (hold_review_on IS NULL))
) STRICT;
CREATE INDEX support_case_team ON support_case (team, state, referred_on);
CREATE INDEX support_case_region ON support_case (region, state, referred_on);
CREATE INDEX support_case_assignee ON support_case (assignee_id, state, referred_on);
CREATE INDEX support_case_referred ON support_case (referred_on, id);

-- References are numbered within a financial year, without gaps.
CREATE TABLE case_number (
    year INTEGER PRIMARY KEY,
    last INTEGER NOT NULL CHECK (last > 0)
) STRICT;

-- The practices of a case, even when it is one.
CREATE TABLE case_practice (
    case_id     INTEGER NOT NULL REFERENCES support_case (id),
    practice    TEXT    NOT NULL REFERENCES organisation (code),
    lead        INTEGER NOT NULL CHECK (lead IN (0, 1)),
    share       INTEGER CHECK (share IS NULL OR share BETWEEN 0 AND 10000), -- of the cost, in hundredths of a per cent; NULL: not agreed
    valid_from  TEXT    NOT NULL CHECK (length(valid_from) = 10),
    valid_until TEXT    CHECK (valid_until IS NULL OR length(valid_until) = 10), -- NULL: still
    PRIMARY KEY (case_id, practice, valid_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_practice_practice ON case_practice (practice, case_id);
CREATE UNIQUE INDEX case_practice_lead ON case_practice (case_id) WHERE lead = 1 AND valid_until IS NULL;

-- What the request asks for: codes of need areas and menu items of the year's rule set.
CREATE TABLE case_help (
    case_id INTEGER NOT NULL REFERENCES support_case (id),
    kind    TEXT    NOT NULL, -- need or menu
    code    TEXT    NOT NULL,
    PRIMARY KEY (case_id, kind, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE case_note (
    id         INTEGER PRIMARY KEY,
    case_id    INTEGER NOT NULL REFERENCES support_case (id),
    audience   TEXT    NOT NULL, -- 'practice' (and the team) or 'team'
    body       TEXT    NOT NULL CHECK (body <> ''),
    person_id  INTEGER NOT NULL REFERENCES person (id),
    created_at TEXT    NOT NULL CHECK (length(created_at) = 24)
) STRICT;
CREATE INDEX case_note_case ON case_note (case_id, id);

CREATE TABLE information_request (
    id          INTEGER PRIMARY KEY,
    case_id     INTEGER NOT NULL REFERENCES support_case (id),
    question    TEXT    NOT NULL CHECK (question <> ''),
    due_on      TEXT    NOT NULL CHECK (length(due_on) = 10),
    asked_by    INTEGER NOT NULL REFERENCES person (id),
    asked_at    TEXT    NOT NULL CHECK (length(asked_at) = 24),
    answer      TEXT,   -- NULL: not answered
    answered_by INTEGER REFERENCES person (id),
    answered_at TEXT    CHECK (answered_at IS NULL OR length(answered_at) = 24),
    CHECK ((answer IS NULL) = (answered_by IS NULL) AND (answer IS NULL) = (answered_at IS NULL))
) STRICT;
CREATE INDEX information_request_case ON information_request (case_id, id);

-- +goose Down
DROP TABLE information_request;
DROP TABLE case_note;
DROP TABLE case_help;
DROP TABLE case_practice;
DROP TABLE case_number;
DROP TABLE support_case;
DROP TABLE case_route;
DROP TABLE case_state;
