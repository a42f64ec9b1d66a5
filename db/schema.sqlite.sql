-- What the migrations make, for reading. Made by: go test ./db -update

CREATE TABLE acted_for (
    event_id  INTEGER NOT NULL REFERENCES event (id),
    case_id   INTEGER NOT NULL REFERENCES support_case (id),
    person_id INTEGER NOT NULL REFERENCES person (id), -- who acted
    for_id    INTEGER NOT NULL REFERENCES person (id) CHECK (for_id <> person_id),
    PRIMARY KEY (case_id, event_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER acted_for_no_delete BEFORE DELETE ON acted_for BEGIN SELECT RAISE(ABORT, 'acts for somebody are only added'); END;
CREATE TRIGGER acted_for_no_update BEFORE UPDATE ON acted_for BEGIN SELECT RAISE(ABORT, 'acts for somebody are only added'); END;

CREATE TABLE agreement (
    id                 INTEGER PRIMARY KEY,
    case_id            INTEGER NOT NULL REFERENCES support_case (id),
    offer_id           INTEGER NOT NULL REFERENCES offer (id),
    number             INTEGER NOT NULL CHECK (number > 0), -- within the case
    body               TEXT    NOT NULL CHECK (body <> ''),
    sha256             TEXT    NOT NULL CHECK (length(sha256) = 64), -- of the body
    state              TEXT    NOT NULL, -- proposed, in_force, replaced, ended
    drafted_by         INTEGER NOT NULL REFERENCES person (id),
    drafted_at         TEXT    NOT NULL CHECK (length(drafted_at) = 24),
    practice_person_id INTEGER REFERENCES person (id),
    practice_name      TEXT    NOT NULL DEFAULT '', -- name and role as the signatory gave them
    practice_role      TEXT    NOT NULL DEFAULT '',
    practice_at        TEXT    CHECK (practice_at IS NULL OR length(practice_at) = 24),
    team_person_id     INTEGER REFERENCES person (id),
    team_at            TEXT    CHECK (team_at IS NULL OR length(team_at) = 24),
    version            INTEGER NOT NULL DEFAULT 1, variation_id INTEGER REFERENCES offer (id), stopped_at TEXT CHECK (stopped_at IS NULL OR length(stopped_at) = 24), stopped_why TEXT NOT NULL DEFAULT '',
    UNIQUE (case_id, number),
    CHECK ((practice_person_id IS NULL) = (practice_at IS NULL) AND (team_person_id IS NULL) = (team_at IS NULL)),
    CHECK (state <> 'in_force' OR (practice_at IS NOT NULL AND team_at IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX agreement_in_force ON agreement (case_id) WHERE state = 'in_force';
CREATE UNIQUE INDEX agreement_proposed ON agreement (case_id) WHERE state = 'proposed';
CREATE INDEX agreement_stopped ON agreement (case_id) WHERE state = 'proposed' AND stopped_at IS NOT NULL;

CREATE TABLE agreement_ending (
    id           INTEGER PRIMARY KEY,
    case_id      INTEGER NOT NULL REFERENCES support_case (id),
    agreement_id INTEGER NOT NULL REFERENCES agreement (id), -- in force when the notice was given
    practice     TEXT REFERENCES organisation (code), -- of a group, whose part it ends; none: the memorandum as a whole
    by_practice  INTEGER NOT NULL CHECK (by_practice IN (0, 1)),
    reason       TEXT NOT NULL REFERENCES ending_reason (code),
    detail       TEXT NOT NULL CHECK (detail <> ''),
    ends_on      TEXT NOT NULL CHECK (length(ends_on) = 10),
    given_by     INTEGER NOT NULL REFERENCES person (id),
    given_at     TEXT NOT NULL CHECK (length(given_at) = 24),
    state        TEXT NOT NULL REFERENCES ending_state (code),
    settled_at   TEXT CHECK (length(settled_at) = 24), -- withdrawn, ended or overtaken
    whole        INTEGER NOT NULL DEFAULT 0 CHECK (whole IN (0, 1)), -- by it nothing of the memorandum is in force any more
    freed        INTEGER NOT NULL DEFAULT 0 CHECK (freed >= 0), -- pence that went back to budgets
    CHECK ((state = 'noticed') = (settled_at IS NULL)),
    CHECK (practice IS NULL OR by_practice = 1)
) STRICT;
CREATE INDEX agreement_ending_case ON agreement_ending (case_id, id);
CREATE INDEX agreement_ending_due ON agreement_ending (ends_on, id) WHERE state = 'noticed';
CREATE UNIQUE INDEX agreement_ending_part ON agreement_ending (case_id, practice) WHERE state = 'noticed' AND practice IS NOT NULL;
CREATE UNIQUE INDEX agreement_ending_whole ON agreement_ending (case_id, by_practice) WHERE state = 'noticed' AND practice IS NULL;

CREATE TABLE agreement_signature (
    agreement_id INTEGER NOT NULL REFERENCES agreement (id),
    practice     TEXT    NOT NULL REFERENCES organisation (code),
    person_id    INTEGER NOT NULL REFERENCES person (id),
    name         TEXT    NOT NULL CHECK (name <> ''), -- name and role as the signatory gave them
    role         TEXT    NOT NULL,
    signed_at    TEXT    NOT NULL CHECK (length(signed_at) = 24),
    PRIMARY KEY (agreement_id, practice)
) STRICT, WITHOUT ROWID;

CREATE TABLE aim_reached (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE allocation (
    id           INTEGER PRIMARY KEY,
    budget_id    INTEGER NOT NULL REFERENCES budget (id),
    amount       INTEGER NOT NULL CHECK (amount > 0), -- pence
    reason       TEXT    NOT NULL CHECK (reason <> ''),
    state        TEXT    NOT NULL, -- requested, approved, refused
    requested_by INTEGER NOT NULL REFERENCES person (id),
    requested_at TEXT    NOT NULL CHECK (length(requested_at) = 24),
    settled_by   INTEGER REFERENCES person (id) CHECK (settled_by IS NULL OR settled_by <> requested_by),
    settled_at   TEXT    CHECK (settled_at IS NULL OR length(settled_at) = 24),
    settled_why  TEXT    NOT NULL DEFAULT '',
    version      INTEGER NOT NULL DEFAULT 1, division_id INTEGER REFERENCES division (id), patients INTEGER NOT NULL DEFAULT 0 CHECK (patients >= 0),
    CHECK ((settled_by IS NULL) = (settled_at IS NULL) AND (settled_by IS NULL) = (state = 'requested'))
) STRICT;
CREATE INDEX allocation_budget ON allocation (budget_id, state);
CREATE INDEX allocation_division ON allocation (division_id, id) WHERE division_id IS NOT NULL;

CREATE TABLE approval (
    id              INTEGER PRIMARY KEY,
    subject_kind    TEXT    NOT NULL, -- offer, claim, allocation, rule set, …
    subject_id      INTEGER NOT NULL,
    subject_version INTEGER NOT NULL, -- an edit raises the version and so voids the approval
    step            TEXT    NOT NULL,
    person_id       INTEGER NOT NULL REFERENCES person (id),
    amount          INTEGER CHECK (amount IS NULL OR amount >= 0), -- pence
    approved_at     TEXT    NOT NULL CHECK (length(approved_at) = 24),
    event_id        INTEGER NOT NULL REFERENCES event (id),
    reaches         INTEGER NOT NULL DEFAULT 1 CHECK (reaches IN (0, 1)), -- the limit of the person was as high as the amount
    undone_event_id INTEGER REFERENCES event (id) -- NULL: it stands
) STRICT;
CREATE UNIQUE INDEX approval_person ON approval (subject_kind, subject_id, subject_version, person_id) WHERE undone_event_id IS NULL;
CREATE UNIQUE INDEX approval_step ON approval (subject_kind, subject_id, subject_version, step) WHERE undone_event_id IS NULL;
CREATE INDEX approval_subject ON approval (subject_kind, subject_id, id);
CREATE TRIGGER approval_four_eyes BEFORE INSERT ON approval
WHEN NEW.subject_kind = 'claim' AND (EXISTS (SELECT 1 FROM claim m WHERE m.id = NEW.subject_id AND m.claimed_by = NEW.person_id)
    OR EXISTS (SELECT 1 FROM approval a WHERE a.subject_kind = 'claim' AND a.subject_id = NEW.subject_id AND a.person_id = NEW.person_id AND a.step <> NEW.step AND a.undone_event_id IS NULL))
  OR NEW.subject_kind = 'offer' AND EXISTS (SELECT 1 FROM offer_writer w WHERE w.offer_id = NEW.subject_id AND w.person_id = NEW.person_id)
BEGIN
    SELECT RAISE(ABORT, 'nobody acts twice on the same money');
END;
CREATE TRIGGER approval_no_delete BEFORE DELETE ON approval
BEGIN
    SELECT RAISE(ABORT, 'approvals are only added and undone');
END;
CREATE TRIGGER approval_no_update BEFORE UPDATE ON approval
WHEN OLD.undone_event_id IS NOT NULL OR NEW.undone_event_id IS NULL
  OR (NEW.id, NEW.subject_kind, NEW.subject_id, NEW.subject_version, NEW.step, NEW.person_id, NEW.amount, NEW.approved_at, NEW.event_id, NEW.reaches)
  IS NOT (OLD.id, OLD.subject_kind, OLD.subject_id, OLD.subject_version, OLD.step, OLD.person_id, OLD.amount, OLD.approved_at, OLD.event_id, OLD.reaches)
BEGIN
    SELECT RAISE(ABORT, 'approvals are only added and undone');
END;
CREATE TRIGGER approval_stand_in BEFORE INSERT ON approval
WHEN NEW.subject_kind = 'claim' AND EXISTS (SELECT 1 FROM claim m JOIN acted_for f ON f.case_id = m.case_id WHERE m.id = NEW.subject_id AND (
    f.person_id = NEW.person_id AND (m.claimed_by = f.for_id OR EXISTS (SELECT 1 FROM approval a WHERE a.subject_kind = 'claim' AND a.subject_id = m.id AND a.person_id = f.for_id AND a.step <> NEW.step AND a.undone_event_id IS NULL))
    OR f.for_id = NEW.person_id AND (m.claimed_by = f.person_id OR EXISTS (SELECT 1 FROM approval a WHERE a.subject_kind = 'claim' AND a.subject_id = m.id AND a.person_id = f.person_id AND a.step <> NEW.step AND a.undone_event_id IS NULL))))
BEGIN
    SELECT RAISE(ABORT, 'who acted for another counts as one person with them');
END;

CREATE TABLE assessment (
    id               INTEGER PRIMARY KEY,
    case_id          INTEGER NOT NULL REFERENCES support_case (id),
    number           INTEGER NOT NULL CHECK (number > 0), -- within the case
    rule_set_id      INTEGER NOT NULL REFERENCES rule_set (id),
    scope            TEXT    NOT NULL DEFAULT '', -- low, medium, high; '' not judged yet
    scope_rationale  TEXT    NOT NULL DEFAULT '',
    impact           TEXT    NOT NULL DEFAULT '', -- low, medium, high; '' not judged yet
    impact_rationale TEXT    NOT NULL DEFAULT '',
    judged_by        INTEGER REFERENCES person (id), -- who placed it on the matrix
    started_by       INTEGER NOT NULL REFERENCES person (id),
    started_at       TEXT    NOT NULL CHECK (length(started_at) = 24),
    completed_by     INTEGER REFERENCES person (id),
    completed_at     TEXT    CHECK (completed_at IS NULL OR length(completed_at) = 24), -- NULL: still open; afterwards it never changes
    version          INTEGER NOT NULL DEFAULT 1,
    UNIQUE (case_id, number),
    CHECK ((completed_by IS NULL) = (completed_at IS NULL))
) STRICT;

CREATE TABLE assessment_evidence (
    assessment_id INTEGER NOT NULL REFERENCES assessment (id),
    practice      TEXT    NOT NULL REFERENCES organisation (code),
    indicator     TEXT    NOT NULL,
    position      INTEGER NOT NULL,
    name          TEXT    NOT NULL,
    value         TEXT    NOT NULL, -- with its unit; '' where it cannot be worked out
    as_at         TEXT    NOT NULL CHECK (length(as_at) = 10),
    number        INTEGER NOT NULL, -- the figure in millionths; 0 for words
    source        TEXT    NOT NULL,
    basis         TEXT    NOT NULL DEFAULT '',
    doubt         TEXT    NOT NULL DEFAULT '', -- why the return has to be checked
    beside        TEXT    NOT NULL DEFAULT '', -- comparators, a line each
    taken_at      TEXT    NOT NULL CHECK (length(taken_at) = 24),
    PRIMARY KEY (assessment_id, practice, indicator)
) STRICT, WITHOUT ROWID;

CREATE TABLE assessment_need (
    assessment_id INTEGER NOT NULL REFERENCES assessment (id),
    area          TEXT    NOT NULL,
    severity      TEXT    NOT NULL, -- low, medium, high
    detail        TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (assessment_id, area)
) STRICT, WITHOUT ROWID;

CREATE TABLE assessment_rating (
    assessment_id INTEGER NOT NULL REFERENCES assessment (id),
    criterion     TEXT    NOT NULL,
    practice      TEXT    NOT NULL DEFAULT '', -- '': the case as a whole
    value         TEXT    NOT NULL DEFAULT '', -- with its unit, as a person would write it
    as_at         TEXT    CHECK (as_at IS NULL OR length(as_at) = 10),
    source        TEXT    NOT NULL DEFAULT '',
    instead       TEXT    NOT NULL DEFAULT '', -- why the value stands in place of the one of open data
    rating        TEXT    NOT NULL, -- none, some, serious, unknown
    rationale     TEXT    NOT NULL DEFAULT '',
    entered_by    INTEGER NOT NULL REFERENCES person (id),
    entered_at    TEXT    NOT NULL CHECK (length(entered_at) = 24), unit TEXT NOT NULL DEFAULT '', compared TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (assessment_id, criterion, practice)
) STRICT, WITHOUT ROWID;

CREATE TABLE assessment_review (
    assessment_id INTEGER PRIMARY KEY REFERENCES assessment (id),
    outcome       TEXT    NOT NULL, -- agreed, returned
    points        TEXT    NOT NULL DEFAULT '', -- what has to be looked at again, or was noted
    person_id     INTEGER NOT NULL REFERENCES person (id),
    reviewed_at   TEXT    NOT NULL CHECK (length(reviewed_at) = 24),
    CHECK (outcome <> 'returned' OR points <> '')
) STRICT;

CREATE TABLE assessment_writer (
    assessment_id INTEGER NOT NULL REFERENCES assessment (id),
    person_id     INTEGER NOT NULL REFERENCES person (id),
    PRIMARY KEY (assessment_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE budget (
    id     INTEGER PRIMARY KEY,
    year   INTEGER NOT NULL, -- first calendar year of the financial year
    team   TEXT    NOT NULL REFERENCES organisation (code),
    source TEXT    NOT NULL REFERENCES funding_source (code), region TEXT REFERENCES organisation (code),
    UNIQUE (year, team, source)
) STRICT;

CREATE TABLE budget_change (
    id           INTEGER PRIMARY KEY,
    kind         TEXT NOT NULL REFERENCES budget_change_kind (code),
    from_budget  INTEGER REFERENCES budget (id), -- of a virement
    to_budget    INTEGER NOT NULL REFERENCES budget (id),
    amount       INTEGER NOT NULL CHECK (amount > 0), -- pence
    reason       TEXT NOT NULL CHECK (reason <> ''),
    until        TEXT CHECK (until IS NULL OR length(until) = 10), -- of an over-commitment: the last day on which it can be promised
    state        TEXT NOT NULL, -- requested, approved, refused
    requested_by INTEGER NOT NULL REFERENCES person (id),
    requested_at TEXT NOT NULL CHECK (length(requested_at) = 24),
    given_by     INTEGER REFERENCES person (id) CHECK (given_by IS NULL OR given_by <> requested_by),
    given_at     TEXT CHECK (given_at IS NULL OR length(given_at) = 24),
    taken_by     INTEGER REFERENCES person (id) CHECK (taken_by IS NULL OR (taken_by <> requested_by AND (given_by IS NULL OR taken_by <> given_by))),
    taken_at     TEXT CHECK (taken_at IS NULL OR length(taken_at) = 24),
    refused_by   INTEGER REFERENCES person (id),
    refused_at   TEXT CHECK (refused_at IS NULL OR length(refused_at) = 24),
    refused_why  TEXT NOT NULL DEFAULT '',
    returned     INTEGER NOT NULL DEFAULT 0 CHECK (returned >= 0 AND returned <= amount), -- pence, taken back after the last day
    ended_on     TEXT CHECK (ended_on IS NULL OR length(ended_on) = 10),
    version      INTEGER NOT NULL DEFAULT 1,
    CHECK (from_budget IS NULL OR from_budget <> to_budget),
    CHECK ((kind = 'virement') = (from_budget IS NOT NULL) AND (kind = 'over_commitment') = (until IS NOT NULL)),
    CHECK ((given_by IS NULL) = (given_at IS NULL) AND (taken_by IS NULL) = (taken_at IS NULL) AND (refused_by IS NULL) = (refused_at IS NULL)),
    CHECK ((state = 'approved') = (given_by IS NOT NULL AND taken_by IS NOT NULL) AND (state = 'refused') = (refused_by IS NOT NULL))
) STRICT;
CREATE INDEX budget_change_from ON budget_change (from_budget, id) WHERE from_budget IS NOT NULL;
CREATE INDEX budget_change_to ON budget_change (to_budget, id);
CREATE INDEX budget_change_until ON budget_change (until) WHERE kind = 'over_commitment' AND state = 'approved' AND returned < amount;

CREATE TABLE budget_change_kind (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE budget_day (
    budget_id INTEGER NOT NULL REFERENCES budget (id),
    state     TEXT    NOT NULL REFERENCES money_state (code),
    day       TEXT    NOT NULL CHECK (length(day) = 10), -- from which the entries take effect
    amount    INTEGER NOT NULL, -- pence: what came into the state less what went
    PRIMARY KEY (budget_id, state, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE budget_entry (
    budget_id  INTEGER NOT NULL REFERENCES budget (id),
    entry_id   INTEGER NOT NULL, -- of the ledger
    from_state TEXT    NOT NULL, -- '': from another budget
    to_state   TEXT    NOT NULL, -- '': into another budget
    amount     INTEGER NOT NULL, -- pence
    PRIMARY KEY (budget_id, entry_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE budget_holder (
    id          INTEGER PRIMARY KEY,
    budget_id   INTEGER NOT NULL REFERENCES budget (id),
    holder      TEXT    REFERENCES organisation (code), -- NULL: the local team itself again
    valid_from  TEXT    NOT NULL CHECK (length(valid_from) = 10),
    reason      TEXT    NOT NULL CHECK (reason <> ''),
    person_id   INTEGER NOT NULL REFERENCES person (id),
    recorded_at TEXT    NOT NULL CHECK (length(recorded_at) = 24)
) STRICT;
CREATE INDEX budget_holder_budget ON budget_holder (budget_id, id);

CREATE TABLE budget_money (
    budget_id INTEGER NOT NULL REFERENCES budget (id),
    state     TEXT    NOT NULL REFERENCES money_state (code),
    balance   INTEGER NOT NULL, -- pence
    PRIMARY KEY (budget_id, state)
) STRICT, WITHOUT ROWID;

CREATE TABLE case_facet (
    case_id INTEGER NOT NULL REFERENCES support_case (id),
    facet   TEXT    NOT NULL,
    value   TEXT    NOT NULL,
    year    INTEGER NOT NULL, -- financial year of the referral
    region  TEXT    NOT NULL, -- '': not known
    team    TEXT    NOT NULL, referred_on TEXT CHECK (length(referred_on) = 10),
    PRIMARY KEY (case_id, facet, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_facet_value ON case_facet (facet, value, team, year);
CREATE INDEX case_facet_waits ON case_facet (value, referred_on, case_id, team, region, year) WHERE facet = 'waits';
CREATE TRIGGER case_facet_counted AFTER INSERT ON case_facet
BEGIN
    INSERT INTO facet_tally (year, region, team, facet, value, cases) VALUES (NEW.year, NEW.region, NEW.team, NEW.facet, NEW.value, 1)
    ON CONFLICT (year, team, region, facet, value) DO UPDATE SET cases = cases + 1;
END;
CREATE TRIGGER case_facet_discounted AFTER DELETE ON case_facet
BEGIN
    UPDATE facet_tally SET cases = cases - 1
    WHERE year = OLD.year AND team = OLD.team AND region = OLD.region AND facet = OLD.facet AND value = OLD.value;
END;
CREATE TRIGGER case_facet_no_update BEFORE UPDATE ON case_facet
BEGIN
    SELECT RAISE(ABORT, 'a facet of a case is taken away and another is added');
END;

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

CREATE TABLE case_number (
    year INTEGER PRIMARY KEY,
    last INTEGER NOT NULL CHECK (last > 0)
) STRICT;

CREATE TABLE case_practice (
    case_id     INTEGER NOT NULL REFERENCES support_case (id),
    practice    TEXT    NOT NULL REFERENCES organisation (code),
    lead        INTEGER NOT NULL CHECK (lead IN (0, 1)),
    share       INTEGER CHECK (share IS NULL OR share BETWEEN 0 AND 10000), -- of the cost, in hundredths of a per cent; NULL: not agreed
    valid_from  TEXT    NOT NULL CHECK (length(valid_from) = 10),
    valid_until TEXT    CHECK (valid_until IS NULL OR length(valid_until) = 10), -- NULL: still
    PRIMARY KEY (case_id, practice, valid_from)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX case_practice_lead ON case_practice (case_id) WHERE lead = 1 AND valid_until IS NULL;
CREATE INDEX case_practice_practice ON case_practice (practice, case_id);

CREATE TABLE case_route (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE case_stage (
    case_id INTEGER NOT NULL REFERENCES support_case (id),
    stage   TEXT    NOT NULL REFERENCES case_state (code),
    days    INTEGER NOT NULL DEFAULT 0 CHECK (days >= 0),               -- working days of the stays that are over
    since   TEXT    CHECK (since IS NULL OR length(since) = 10),        -- first day of the stay that is not over; NULL: it is elsewhere
    PRIMARY KEY (case_id, stage)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX case_stage_now ON case_stage (case_id) WHERE since IS NOT NULL;

CREATE TABLE case_state (
    code     TEXT PRIMARY KEY,
    name     TEXT    NOT NULL,
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE claim (
    id           INTEGER PRIMARY KEY,
    case_id      INTEGER NOT NULL REFERENCES support_case (id),
    line_id      INTEGER NOT NULL REFERENCES support_line (id),
    number       INTEGER NOT NULL CHECK (number > 0), -- within the case
    reference    TEXT    NOT NULL DEFAULT '', -- the practice's own number of its invoice
    net          INTEGER NOT NULL CHECK (net >= 0), -- pence
    vat          INTEGER NOT NULL CHECK (vat >= 0), -- pence
    gross        INTEGER NOT NULL CHECK (gross = net + vat AND gross > 0), -- pence
    period_from  TEXT    NOT NULL CHECK (length(period_from) = 10),
    period_to    TEXT    NOT NULL CHECK (length(period_to) = 10 AND period_to >= period_from),
    detail       TEXT    NOT NULL DEFAULT '',
    document_id  INTEGER NOT NULL REFERENCES document (id),
    state        TEXT    NOT NULL, -- submitted, returned, checked, approved, batched, paid, received
    claimed_by   INTEGER NOT NULL REFERENCES person (id),
    claimed_at   TEXT    NOT NULL CHECK (length(claimed_at) = 24),
    checked_by   INTEGER REFERENCES person (id) CHECK (checked_by IS NULL OR checked_by <> claimed_by),
    checked_at   TEXT    CHECK (checked_at IS NULL OR length(checked_at) = 24),
    approved_by  INTEGER REFERENCES person (id) CHECK (approved_by IS NULL OR (approved_by <> claimed_by AND approved_by <> checked_by)),
    approved_at  TEXT    CHECK (approved_at IS NULL OR length(approved_at) = 24),
    returned_why TEXT    NOT NULL DEFAULT '',
    received_by  INTEGER REFERENCES person (id),
    received_at  TEXT    CHECK (received_at IS NULL OR length(received_at) = 24),
    version      INTEGER NOT NULL DEFAULT 1, returned_by INTEGER REFERENCES person (id), returned_at TEXT CHECK (returned_at IS NULL OR length(returned_at) = 24), alike_why TEXT NOT NULL DEFAULT '', alike_checked TEXT NOT NULL DEFAULT '', withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)), cut INTEGER NOT NULL DEFAULT 0 CHECK (cut >= 0 AND cut < gross), cut_why TEXT NOT NULL DEFAULT '' CHECK ((cut = 0) = (cut_why = '')), cut_freed INTEGER NOT NULL DEFAULT 0 CHECK (cut_freed IN (0, 1)), cut_by INTEGER REFERENCES person (id), confirm_by TEXT CHECK (confirm_by IS NULL OR length(confirm_by) = 10), asked_at TEXT CHECK (asked_at IS NULL OR length(asked_at) = 24), asked_back INTEGER NOT NULL DEFAULT 0 CHECK (asked_back >= 0 AND asked_back <= gross - cut), evidence TEXT REFERENCES claim_evidence (code),
    UNIQUE (case_id, number)
) STRICT;
CREATE INDEX claim_amount ON claim (gross, period_from, period_to);
CREATE INDEX claim_confirm ON claim (confirm_by) WHERE state = 'paid' AND asked_at IS NULL;
CREATE INDEX claim_document ON claim (document_id);
CREATE INDEX claim_line ON claim (line_id, state);
CREATE INDEX claim_reference ON claim (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(LOWER(reference), ' ', ''), '.', ''), '-', ''), '/', ''), '#', ''));
CREATE INDEX claim_state ON claim (state, id);

CREATE TABLE claim_evidence (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE concern (
    id          INTEGER PRIMARY KEY,
    case_id     INTEGER NOT NULL REFERENCES support_case (id),
    number      INTEGER NOT NULL,
    kind        TEXT NOT NULL REFERENCES concern_kind (code),
    severity    TEXT NOT NULL REFERENCES concern_severity (code),
    line_id     INTEGER REFERENCES support_line (id),
    provider_id INTEGER REFERENCES provider (id), -- that of the line when it was raised
    words       TEXT NOT NULL CHECK (words <> ''),
    wish        TEXT NOT NULL DEFAULT '',
    raised_by   INTEGER NOT NULL REFERENCES person (id),
    raised_at   TEXT NOT NULL CHECK (length(raised_at) = 24),
    by_practice INTEGER NOT NULL CHECK (by_practice IN (0, 1)),
    state       TEXT NOT NULL REFERENCES concern_state (code),
    level       TEXT NOT NULL REFERENCES concern_level (code),
    answer_by   TEXT CHECK (answer_by IS NULL OR length(answer_by) = 10), -- by the person who has the case
    since       TEXT NOT NULL CHECK (length(since) = 24), -- it waits for its level, or is settled
    UNIQUE (case_id, number),
    CHECK (answer_by IS NULL OR state = 'open' AND level = 'holder')
) STRICT;
CREATE INDEX concern_due ON concern (answer_by) WHERE answer_by IS NOT NULL;
CREATE INDEX concern_open ON concern (level, case_id) WHERE state = 'open';
CREATE INDEX concern_provider ON concern (provider_id, id) WHERE provider_id IS NOT NULL;
CREATE TRIGGER concern_no_delete BEFORE DELETE ON concern
BEGIN
    SELECT RAISE(ABORT, 'a concern is not taken away');
END;

CREATE TABLE concern_done (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE concern_kind (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE concern_level (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE concern_outcome (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE concern_severity (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE concern_state (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE concern_step (
    concern_id INTEGER NOT NULL REFERENCES concern (id),
    number     INTEGER NOT NULL,
    done       TEXT NOT NULL REFERENCES concern_done (code),
    level      TEXT NOT NULL REFERENCES concern_level (code), -- afterwards
    outcome    TEXT REFERENCES concern_outcome (code),
    words      TEXT NOT NULL DEFAULT '',
    person_id  INTEGER REFERENCES person (id), -- NULL: the service
    done_at    TEXT NOT NULL CHECK (length(done_at) = 24),
    PRIMARY KEY (concern_id, number),
    CHECK ((done IN ('answered', 'resolved')) = (outcome IS NOT NULL)),
    CHECK ((done = 'overdue') = (person_id IS NULL) AND (done = 'overdue') = (words = ''))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER concern_step_no_delete BEFORE DELETE ON concern_step
BEGIN
    SELECT RAISE(ABORT, 'what was done about a concern is not taken away');
END;
CREATE TRIGGER concern_step_no_update BEFORE UPDATE ON concern_step
BEGIN
    SELECT RAISE(ABORT, 'what was done about a concern does not change');
END;

CREATE TABLE decision (
    id                INTEGER PRIMARY KEY,
    case_id           INTEGER NOT NULL REFERENCES support_case (id),
    recommendation_id INTEGER NOT NULL UNIQUE REFERENCES recommendation (id),
    rule_set_id       INTEGER NOT NULL REFERENCES rule_set (id),
    outcome           TEXT    NOT NULL, -- support, reserve, not_now
    reasons           TEXT    NOT NULL CHECK (reasons <> ''), -- for the practice; they stand in the letter
    evidence          TEXT    NOT NULL, -- JSON: the assessment as it was, frozen
    person_id         INTEGER NOT NULL REFERENCES person (id),
    decided_at        TEXT    NOT NULL CHECK (length(decided_at) = 24)
) STRICT;
CREATE INDEX decision_case ON decision (case_id, id);

CREATE TABLE decision_reason (
    decision_id INTEGER NOT NULL REFERENCES decision (id),
    code        TEXT    NOT NULL,
    PRIMARY KEY (decision_id, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_reason_code ON decision_reason (code, decision_id);

CREATE TABLE decision_review (
    id          INTEGER PRIMARY KEY,
    case_id     INTEGER NOT NULL REFERENCES support_case (id),
    decision_id INTEGER NOT NULL UNIQUE REFERENCES decision (id),
    words       TEXT    NOT NULL CHECK (words <> ''), -- why, in the words of the practice
    asked_by    INTEGER NOT NULL REFERENCES person (id),
    asked_at    TEXT    NOT NULL CHECK (length(asked_at) = 24),
    due_on      TEXT    NOT NULL CHECK (length(due_on) = 10),
    outcome     TEXT    NOT NULL DEFAULT '', -- upheld, changed, ended (with the case); '' waits
    reasons     TEXT    NOT NULL DEFAULT '', -- to the practice; they stand in the letter
    settled_by  INTEGER REFERENCES person (id),
    settled_at  TEXT    CHECK (settled_at IS NULL OR length(settled_at) = 24),
    CHECK ((outcome = '') = (settled_at IS NULL) AND (outcome = '') = (settled_by IS NULL)),
    CHECK (outcome NOT IN ('upheld', 'changed') OR reasons <> '')
) STRICT;
CREATE INDEX decision_review_case ON decision_review (case_id, id);
CREATE UNIQUE INDEX decision_review_open ON decision_review (case_id) WHERE outcome = '';

CREATE TABLE dispute_outcome (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE dispute_reason (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE division (
    id           INTEGER PRIMARY KEY,
    year         INTEGER NOT NULL,
    source       TEXT NOT NULL REFERENCES funding_source (code),
    total        INTEGER NOT NULL CHECK (total > 0), -- pence
    reason       TEXT NOT NULL CHECK (reason <> ''),
    listed_on    TEXT NOT NULL CHECK (length(listed_on) = 10), -- whose registered lists were used
    requested_by INTEGER NOT NULL REFERENCES person (id),
    requested_at TEXT NOT NULL CHECK (length(requested_at) = 24)
) STRICT;

CREATE TABLE document (
    id          INTEGER PRIMARY KEY,
    sha256      TEXT    NOT NULL CHECK (length(sha256) = 64),
    name        TEXT    NOT NULL,
    media_type  TEXT    NOT NULL,
    bytes       INTEGER NOT NULL CHECK (bytes > 0),
    scan_state  TEXT    NOT NULL, -- waiting, clean, infected, failed
    case_id     INTEGER NOT NULL REFERENCES support_case (id),
    audience    TEXT    NOT NULL,
    uploaded_by INTEGER NOT NULL REFERENCES person (id),
    uploaded_at TEXT    NOT NULL CHECK (length(uploaded_at) = 24)
) STRICT;
CREATE INDEX document_case ON document (case_id, id);
CREATE INDEX document_sha256 ON document (sha256);

CREATE TABLE early_commitment (
    id         INTEGER PRIMARY KEY,
    case_id    INTEGER NOT NULL REFERENCES support_case (id),
    offer_id   INTEGER NOT NULL REFERENCES offer (id),
    why        TEXT NOT NULL CHECK (why <> ''),
    asked_by   INTEGER NOT NULL REFERENCES person (id),
    asked_at   TEXT NOT NULL CHECK (length(asked_at) = 24),
    state      TEXT NOT NULL REFERENCES early_commitment_state (code),
    answer     TEXT NOT NULL DEFAULT '',
    decided_by INTEGER REFERENCES person (id),
    decided_at TEXT CHECK (length(decided_at) = 24), -- or when it was over
    due_on     TEXT CHECK (length(due_on) = 10),     -- the memorandum
    CHECK (decided_by IS NULL OR decided_by <> asked_by),
    CHECK ((state IN ('asked', 'over')) = (decided_by IS NULL) AND (state = 'asked') = (decided_at IS NULL)),
    CHECK ((state = 'approved') = (due_on IS NOT NULL))
) STRICT;
CREATE INDEX early_commitment_case ON early_commitment (case_id, id);
CREATE INDEX early_commitment_offer ON early_commitment (offer_id);
CREATE UNIQUE INDEX early_commitment_stands ON early_commitment (offer_id) WHERE state IN ('asked', 'approved');

CREATE TABLE early_commitment_state (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE ending_reason (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE ending_state (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE entry_kind (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE event (
    id             INTEGER PRIMARY KEY,
    recorded_at    TEXT    NOT NULL CHECK (length(recorded_at) = 24), -- when it was written
    holds_from     TEXT    NOT NULL CHECK (length(holds_from) = 24),  -- from when what it says holds
    person_id      INTEGER REFERENCES person (id),                    -- NULL: the system or an operator at the command line
    actor          TEXT    NOT NULL,                                  -- 'person', 'operator' or 'system'
    act            TEXT    NOT NULL,                                  -- past tense: 'case acknowledged'
    subject_kind   TEXT    NOT NULL,
    subject_id     TEXT    NOT NULL,
    case_id        INTEGER,
    audience       TEXT    NOT NULL,                                  -- who may read it: 'practice' (and the team) or 'team'
    payload        TEXT,                                              -- JSON with a random salt; disposed of under retention, the digest stays
    payload_digest TEXT    NOT NULL CHECK (length(payload_digest) = 64),
    previous_hash  TEXT    NOT NULL CHECK (length(previous_hash) = 64),
    hash           TEXT    NOT NULL UNIQUE CHECK (length(hash) = 64)
) STRICT;
CREATE INDEX event_case ON event (case_id, id);
CREATE INDEX event_subject ON event (subject_kind, subject_id, id);
CREATE TRIGGER event_no_delete BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;
CREATE TRIGGER event_no_replace BEFORE INSERT ON event
WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id OR hash = NEW.hash)
BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;
CREATE TRIGGER event_no_update BEFORE UPDATE ON event
WHEN NEW.payload IS NOT NULL
  OR (NEW.id, NEW.recorded_at, NEW.holds_from, NEW.actor, NEW.act, NEW.subject_kind, NEW.subject_id, NEW.audience, NEW.payload_digest, NEW.previous_hash, NEW.hash)
  IS NOT (OLD.id, OLD.recorded_at, OLD.holds_from, OLD.actor, OLD.act, OLD.subject_kind, OLD.subject_id, OLD.audience, OLD.payload_digest, OLD.previous_hash, OLD.hash)
  OR NEW.person_id IS NOT OLD.person_id OR NEW.case_id IS NOT OLD.case_id
BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;

CREATE TABLE event_attribute (
    code TEXT PRIMARY KEY,
    kind TEXT NOT NULL -- text, integer, pence, day, instant, flag
) STRICT;

CREATE TABLE event_change (
    event_id     INTEGER NOT NULL REFERENCES event (id),
    position     INTEGER NOT NULL,
    attribute    TEXT    NOT NULL REFERENCES event_attribute (code),
    before_value TEXT, -- NULL: there was none
    after_value  TEXT, -- NULL: there is none now
    PRIMARY KEY (event_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_change_attribute ON event_change (attribute, after_value, event_id);
CREATE TRIGGER event_change_no_delete BEFORE DELETE ON event_change
BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;
CREATE TRIGGER event_change_no_replace BEFORE INSERT ON event_change
WHEN EXISTS (SELECT 1 FROM event_change WHERE event_id = NEW.event_id AND position = NEW.position)
BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;
CREATE TRIGGER event_change_no_update BEFORE UPDATE ON event_change
BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;

CREATE TABLE event_head (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    event_id INTEGER NOT NULL,
    hash     TEXT    NOT NULL CHECK (length(hash) = 64)
) STRICT;

CREATE TABLE facet_tally (
    year   INTEGER NOT NULL,
    region TEXT    NOT NULL,
    team   TEXT    NOT NULL,
    facet  TEXT    NOT NULL,
    value  TEXT    NOT NULL,
    cases  INTEGER NOT NULL,
    PRIMARY KEY (year, team, region, facet, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX facet_tally_facet ON facet_tally (facet, team, value, year, region, cases);
CREATE INDEX facet_tally_year ON facet_tally (year, facet, value, team, region, cases);

CREATE TABLE federation (
    id         INTEGER PRIMARY KEY,
    name       TEXT    NOT NULL CHECK (name <> ''),
    kind       TEXT    NOT NULL REFERENCES federation_kind (code),
    created_at TEXT    NOT NULL CHECK (length(created_at) = 24),
    version    INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX federation_name ON federation (name);

CREATE TABLE federation_kind (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE federation_member (
    id            INTEGER PRIMARY KEY,
    federation_id INTEGER NOT NULL REFERENCES federation (id),
    practice      TEXT    NOT NULL REFERENCES organisation (code),
    valid_from    TEXT    NOT NULL CHECK (length(valid_from) = 10),
    last_day      TEXT    CHECK (last_day IS NULL OR length(last_day) = 10), -- NULL: still a member
    version       INTEGER NOT NULL DEFAULT 1,
    CHECK (last_day IS NULL OR last_day >= valid_from)
) STRICT;
CREATE INDEX federation_member_federation ON federation_member (federation_id, practice);
CREATE INDEX federation_member_practice ON federation_member (practice, federation_id);

CREATE TABLE follow_up (
    case_id     INTEGER PRIMARY KEY REFERENCES support_case (id),
    due_on      TEXT NOT NULL CHECK (length(due_on) = 10),
    state       TEXT NOT NULL REFERENCES follow_up_state (code),
    barrier     TEXT REFERENCES follow_up_barrier (code), -- why it is not possible
    why         TEXT NOT NULL DEFAULT '',
    result      TEXT NOT NULL DEFAULT '', -- JSON, as it was recorded
    recorded_by INTEGER REFERENCES person (id),
    recorded_at TEXT CHECK (recorded_at IS NULL OR length(recorded_at) = 24),
    CHECK ((state = 'done') = (result <> '')),
    CHECK ((state = 'not_possible') = (barrier IS NOT NULL) AND (barrier IS NULL) = (why = '')),
    CHECK ((state IN ('done', 'not_possible')) = (recorded_by IS NOT NULL) AND (recorded_by IS NULL) = (recorded_at IS NULL))
) STRICT;
CREATE INDEX follow_up_planned ON follow_up (due_on) WHERE state = 'planned';
CREATE TRIGGER follow_up_no_delete BEFORE DELETE ON follow_up
BEGIN
    SELECT RAISE(ABORT, 'a follow-up is not taken away');
END;
CREATE TRIGGER follow_up_stays BEFORE UPDATE ON follow_up WHEN OLD.state IN ('done', 'not_possible')
BEGIN
    SELECT RAISE(ABORT, 'a follow-up that was recorded does not change');
END;

CREATE TABLE follow_up_aim (
    case_id INTEGER NOT NULL REFERENCES follow_up (case_id),
    need    TEXT NOT NULL CHECK (need <> ''),
    reached TEXT NOT NULL REFERENCES aim_reached (code),
    PRIMARY KEY (case_id, need)
) STRICT, WITHOUT ROWID;

CREATE TABLE follow_up_barrier (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE follow_up_state (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE forward_commitment (
    id            INTEGER PRIMARY KEY,
    case_id       INTEGER NOT NULL REFERENCES support_case (id),
    offer_id      INTEGER NOT NULL REFERENCES offer (id),
    offer_version INTEGER NOT NULL, -- an edit raises the version and so voids it
    budget_id     INTEGER NOT NULL REFERENCES budget (id),
    amount        INTEGER NOT NULL CHECK (amount > 0), -- pence: what the lines of that budget came to, and the most that is authorised
    why           TEXT    NOT NULL CHECK (why <> ''),
    asked_by      INTEGER NOT NULL REFERENCES person (id),
    asked_at      TEXT    NOT NULL CHECK (length(asked_at) = 24),
    state         TEXT    NOT NULL REFERENCES forward_state (code),
    answer        TEXT    NOT NULL DEFAULT '',
    decided_by    INTEGER REFERENCES person (id) CHECK (decided_by IS NULL OR decided_by <> asked_by),
    decided_at    TEXT    CHECK (decided_at IS NULL OR length(decided_at) = 24),
    short_at      TEXT    CHECK (short_at IS NULL OR length(short_at) = 24), -- its budget came, and was too small
    met_at        TEXT    CHECK (met_at IS NULL OR length(met_at) = 24), replaces INTEGER NOT NULL DEFAULT 0 CHECK (replaces >= 0),
    CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
    CHECK (state NOT IN ('authorised', 'refused', 'met') OR decided_by IS NOT NULL),
    CHECK (state <> 'asked' OR decided_by IS NULL),
    CHECK ((state = 'refused') <= (answer <> '') AND (state = 'met') = (met_at IS NOT NULL))
) STRICT;
CREATE INDEX forward_commitment_budget ON forward_commitment (budget_id, id);
CREATE INDEX forward_commitment_case ON forward_commitment (case_id, id);
CREATE INDEX forward_commitment_offer ON forward_commitment (offer_id);
CREATE UNIQUE INDEX forward_commitment_stands ON forward_commitment (offer_id, budget_id) WHERE state IN ('asked', 'authorised', 'met');
CREATE INDEX forward_commitment_waits ON forward_commitment (state, case_id) WHERE state IN ('asked', 'authorised');
CREATE TRIGGER forward_commitment_four_eyes BEFORE UPDATE ON forward_commitment
WHEN OLD.decided_by IS NULL AND NEW.decided_by IS NOT NULL
  AND (EXISTS (SELECT 1 FROM offer_writer w WHERE w.offer_id = NEW.offer_id AND w.person_id = NEW.decided_by)
    OR EXISTS (SELECT 1 FROM approval a WHERE a.subject_kind = 'offer' AND a.subject_id = NEW.offer_id AND a.subject_version = NEW.offer_version AND a.person_id = NEW.decided_by AND a.undone_event_id IS NULL))
BEGIN
    SELECT RAISE(ABORT, 'nobody acts twice on the same money');
END;
CREATE TRIGGER forward_commitment_no_delete BEFORE DELETE ON forward_commitment
BEGIN
    SELECT RAISE(ABORT, 'a forward commitment is never taken away');
END;

CREATE TABLE forward_state (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE funding_source (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE high_impact_action (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE indicator (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    file TEXT NOT NULL REFERENCES register_file_kind (code)
) STRICT;

CREATE TABLE indicator_benchmark (
    indicator    TEXT    NOT NULL,
    as_at        TEXT    NOT NULL CHECK (length(as_at) = 10),
    level        TEXT    NOT NULL CHECK (level <> ''), -- england, area, commissioner
    organisation TEXT    NOT NULL, -- '': England
    practices    INTEGER NOT NULL CHECK (practices >= 0), -- with a figure that can be ranked
    lower        INTEGER NOT NULL, -- millionths, as are the other two
    median       INTEGER NOT NULL CHECK (median >= lower),
    upper        INTEGER NOT NULL CHECK (upper >= median),
    PRIMARY KEY (indicator, as_at, level, organisation)
) STRICT, WITHOUT ROWID;
CREATE INDEX indicator_benchmark_level ON indicator_benchmark (level, as_at, indicator);

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

CREATE TABLE interest (
    id          INTEGER PRIMARY KEY,
    person_id   INTEGER NOT NULL REFERENCES person (id),
    subject     TEXT    NOT NULL, -- case, practice or provider
    subject_id  TEXT    NOT NULL,
    nature      TEXT    NOT NULL,
    valid_from  TEXT    NOT NULL CHECK (length(valid_from) = 10),
    valid_until TEXT    CHECK (valid_until IS NULL OR length(valid_until) = 10),
    event_id    INTEGER NOT NULL REFERENCES event (id)
) STRICT;
CREATE INDEX interest_person ON interest (person_id);
CREATE INDEX interest_subject ON interest (subject, subject_id);

CREATE TABLE job (
    id            INTEGER PRIMARY KEY,
    kind          TEXT    NOT NULL,
    payload       TEXT    NOT NULL, -- JSON
    unique_key    TEXT    UNIQUE,   -- NULL: may stand more than once
    due_at        TEXT    NOT NULL CHECK (length(due_at) = 24),
    attempts      INTEGER NOT NULL DEFAULT 0,
    claimed_until TEXT    CHECK (claimed_until IS NULL OR length(claimed_until) = 24),
    claimed_by    TEXT,
    done_at       TEXT    CHECK (done_at IS NULL OR length(done_at) = 24),
    error         TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX job_due ON job (due_at) WHERE done_at IS NULL;

CREATE TABLE kept_form (
    token_hash TEXT    PRIMARY KEY CHECK (length(token_hash) = 64), -- SHA-256 of what the address holds
    person_id  INTEGER NOT NULL REFERENCES person (id),
    path       TEXT    NOT NULL, -- of the page to which the form belongs
    fields     TEXT    NOT NULL, -- as a form sends them
    kept_at    TEXT    NOT NULL CHECK (length(kept_at) = 24)
) STRICT;
CREATE INDEX kept_form_at ON kept_form (kept_at);
CREATE INDEX kept_form_person ON kept_form (person_id);

CREATE TABLE leave_cover (
    id           INTEGER PRIMARY KEY,
    place        TEXT    NOT NULL REFERENCES organisation (code),
    person_id    INTEGER NOT NULL REFERENCES person (id), -- who is away
    stand_in_id  INTEGER NOT NULL REFERENCES person (id) CHECK (stand_in_id <> person_id),
    first_day    TEXT    NOT NULL CHECK (length(first_day) = 10),
    last_day     TEXT    NOT NULL CHECK (last_day >= first_day), -- the last on which it counts
    reason       TEXT    NOT NULL CHECK (reason <> ''),
    arranged_by  INTEGER REFERENCES person (id), -- NULL: at the command line
    arranged_at  TEXT    NOT NULL CHECK (length(arranged_at) = 24),
    withdrawn_at TEXT    CHECK (withdrawn_at IS NULL OR length(withdrawn_at) = 24),
    CHECK (arranged_by IS NULL OR arranged_by <> stand_in_id OR arranged_by = person_id)
) STRICT;
CREATE INDEX leave_cover_person ON leave_cover (person_id);
CREATE INDEX leave_cover_stand_in ON leave_cover (stand_in_id);

CREATE TABLE ledger_entry (
    id           INTEGER PRIMARY KEY,
    kind         TEXT    NOT NULL REFERENCES entry_kind (code),
    from_account INTEGER NOT NULL REFERENCES money_account (id),
    to_account   INTEGER NOT NULL REFERENCES money_account (id) CHECK (to_account <> from_account),
    amount       INTEGER NOT NULL CHECK (amount > 0), -- pence
    effective_on TEXT    NOT NULL CHECK (length(effective_on) = 10),
    posted_at    TEXT    NOT NULL CHECK (length(posted_at) = 24),
    case_id      INTEGER REFERENCES support_case (id),
    practice     TEXT    REFERENCES organisation (code),
    refers_kind  TEXT    NOT NULL DEFAULT '', -- claim, batch item, decision, …
    refers_id    INTEGER,
    person_id    INTEGER REFERENCES person (id), -- NULL: a day that had come
    event_id     INTEGER NOT NULL REFERENCES event (id)
, closing_id INTEGER REFERENCES year_closing (id)) STRICT;
CREATE INDEX ledger_entry_case ON ledger_entry (case_id, id);
CREATE INDEX ledger_entry_closing ON ledger_entry (closing_id, id) WHERE closing_id IS NOT NULL;
CREATE INDEX ledger_entry_event ON ledger_entry (event_id, id);
CREATE INDEX ledger_entry_from ON ledger_entry (from_account, id);
CREATE INDEX ledger_entry_to ON ledger_entry (to_account, id);
CREATE TRIGGER ledger_entry_closed_year BEFORE INSERT ON ledger_entry
WHEN NEW.kind NOT IN ('recovered', 'over_commitment_ended') AND NOT (NEW.kind = 'released' AND EXISTS (SELECT 1 FROM money_account f WHERE f.id = NEW.from_account AND f.state = 'committed'))
  AND EXISTS (SELECT 1 FROM money_account a JOIN budget b ON b.id = a.budget_id JOIN year_closing y ON y.team = b.team AND y.year = b.year AND y.state = 'closed'
    WHERE a.id IN (NEW.from_account, NEW.to_account) AND a.state IN ('outside', 'available', 'reserved'))
BEGIN
    SELECT RAISE(ABORT, 'the financial year is closed: nothing comes in or is promised in it any more');
END;
CREATE TRIGGER ledger_entry_late BEFORE INSERT ON ledger_entry
WHEN NEW.closing_id IS NOT (SELECT y.id FROM money_account a JOIN budget b ON b.id = a.budget_id JOIN year_closing y ON y.team = b.team AND y.year = b.year AND y.state = 'closed'
    WHERE a.id = NEW.from_account AND NOT (NEW.refers_kind = 'year closing' AND NEW.refers_id IS y.id))
BEGIN
    SELECT RAISE(ABORT, 'an entry names the closing of its financial year when it is made after it, and no other one');
END;
CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry
BEGIN
    SELECT RAISE(ABORT, 'ledger entries are only ever added');
END;
CREATE TRIGGER ledger_entry_no_replace BEFORE INSERT ON ledger_entry
WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'ledger entries are only ever added');
END;
CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry
BEGIN
    SELECT RAISE(ABORT, 'ledger entries are only ever added');
END;
CREATE TRIGGER ledger_entry_of_budget AFTER INSERT ON ledger_entry
BEGIN
    INSERT INTO budget_entry (budget_id, entry_id, from_state, to_state, amount)
    SELECT f.budget_id, NEW.id, f.state, CASE WHEN t.budget_id = f.budget_id THEN t.state ELSE '' END, NEW.amount FROM money_account f JOIN money_account t ON t.id = NEW.to_account WHERE f.id = NEW.from_account
    UNION ALL SELECT t.budget_id, NEW.id, '', t.state, NEW.amount FROM money_account f JOIN money_account t ON t.id = NEW.to_account WHERE f.id = NEW.from_account AND t.budget_id <> f.budget_id;
END;
CREATE TRIGGER ledger_entry_post AFTER INSERT ON ledger_entry
BEGIN
    INSERT INTO money_flow (from_budget, from_state, to_budget, to_state, entries)
    SELECT f.budget_id, f.state, t.budget_id, t.state, 1 FROM money_account f JOIN money_account t ON t.id = NEW.to_account WHERE f.id = NEW.from_account
    ON CONFLICT (from_budget, from_state, to_budget, to_state) DO UPDATE SET entries = entries + 1;
    UPDATE money_account SET balance = balance - NEW.amount WHERE id = NEW.from_account;
    UPDATE money_account SET balance = balance + NEW.amount WHERE id = NEW.to_account;
    INSERT INTO budget_money (budget_id, state, balance) SELECT budget_id, state, -NEW.amount FROM money_account WHERE id = NEW.from_account
    ON CONFLICT (budget_id, state) DO UPDATE SET balance = balance + excluded.balance;
    INSERT INTO budget_money (budget_id, state, balance) SELECT budget_id, state, NEW.amount FROM money_account WHERE id = NEW.to_account
    ON CONFLICT (budget_id, state) DO UPDATE SET balance = balance + excluded.balance;
    INSERT INTO budget_day (budget_id, state, day, amount) SELECT budget_id, state, NEW.effective_on, -NEW.amount FROM money_account WHERE id = NEW.from_account
    ON CONFLICT (budget_id, state, day) DO UPDATE SET amount = amount + excluded.amount;
    INSERT INTO budget_day (budget_id, state, day, amount) SELECT budget_id, state, NEW.effective_on, NEW.amount FROM money_account WHERE id = NEW.to_account
    ON CONFLICT (budget_id, state, day) DO UPDATE SET amount = amount + excluded.amount;
END;
CREATE TRIGGER ledger_entry_same_budget BEFORE INSERT ON ledger_entry
WHEN EXISTS (
    SELECT 1 FROM money_account f, money_account t
    WHERE f.id = NEW.from_account AND t.id = NEW.to_account AND f.budget_id <> t.budget_id
      AND NOT (f.state = 'available' AND t.state = 'available'))
BEGIN
    SELECT RAISE(ABORT, 'money moves between budgets only as a virement');
END;

CREATE TABLE letter (
    id         INTEGER PRIMARY KEY,
    case_id    INTEGER NOT NULL REFERENCES support_case (id),
    number     INTEGER NOT NULL CHECK (number > 0), -- within the case
    kind       TEXT    NOT NULL, -- decision, offer, …
    about_id   INTEGER NOT NULL, -- the decision, offer, …
    title      TEXT    NOT NULL,
    body       TEXT    NOT NULL CHECK (body <> ''),
    drafted_by INTEGER NOT NULL REFERENCES person (id),
    drafted_at TEXT    NOT NULL CHECK (length(drafted_at) = 24),
    channel    TEXT,   -- tracker or post; NULL: not sent yet
    sent_by    INTEGER REFERENCES person (id),
    sent_at    TEXT    CHECK (sent_at IS NULL OR length(sent_at) = 24),
    posted_on  TEXT    CHECK (posted_on IS NULL OR length(posted_on) = 10),
    UNIQUE (case_id, number),
    CHECK ((channel IS NULL) = (sent_at IS NULL) AND (channel IS NULL) = (sent_by IS NULL)),
    CHECK ((posted_on IS NOT NULL) = (channel IS NOT NULL AND channel = 'post'))
) STRICT;
CREATE INDEX letter_unsent ON letter (case_id) WHERE sent_at IS NULL;

CREATE TABLE line_unit (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE list_size (
    practice  TEXT    NOT NULL REFERENCES organisation (code),
    as_at     TEXT    NOT NULL CHECK (length(as_at) = 10),
    patients  INTEGER NOT NULL CHECK (patients >= 0),
    import_id INTEGER NOT NULL REFERENCES register_import (id),
    PRIMARY KEY (practice, as_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX list_size_day ON list_size (as_at, practice);

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

CREATE TABLE milestone_owner (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE milestone_state (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE money_account (
    id        INTEGER PRIMARY KEY,
    budget_id INTEGER NOT NULL REFERENCES budget (id),
    line_id   INTEGER NOT NULL DEFAULT 0, -- support line; 0: the budget as a whole
    state     TEXT    NOT NULL REFERENCES money_state (code),
    floor     INTEGER CHECK (floor IS NULL OR floor = 0),
    balance   INTEGER NOT NULL DEFAULT 0, -- pence
    UNIQUE (budget_id, line_id, state),
    CHECK (floor IS NULL OR balance >= floor),
    CHECK ((state = 'outside') = (floor IS NULL))
) STRICT;
CREATE INDEX money_account_line ON money_account (line_id, state);

CREATE TABLE money_flow (
    from_budget INTEGER NOT NULL REFERENCES budget (id),
    from_state  TEXT    NOT NULL REFERENCES money_state (code),
    to_budget   INTEGER NOT NULL REFERENCES budget (id),
    to_state    TEXT    NOT NULL REFERENCES money_state (code),
    entries     INTEGER NOT NULL,
    PRIMARY KEY (from_budget, from_state, to_budget, to_state)
) STRICT, WITHOUT ROWID;

CREATE TABLE money_state (
    code     TEXT PRIMARY KEY,
    name     TEXT    NOT NULL,
    position INTEGER NOT NULL,
    floor    INTEGER CHECK (floor IS NULL OR floor = 0)
) STRICT;

CREATE TABLE offer (
    id            INTEGER PRIMARY KEY,
    case_id       INTEGER NOT NULL REFERENCES support_case (id),
    number        INTEGER NOT NULL CHECK (number > 0), -- within the case
    state         TEXT    NOT NULL, -- draft, approved, sent, accepted, declined, lapsed, cancelled
    conditions    TEXT    NOT NULL DEFAULT '',
    practice_time TEXT    NOT NULL DEFAULT '', -- time that the practice will give; optional, and nothing depends on it
    drafted_by    INTEGER NOT NULL REFERENCES person (id),
    drafted_at    TEXT    NOT NULL CHECK (length(drafted_at) = 24),
    approved_by   INTEGER REFERENCES person (id) CHECK (approved_by IS NULL OR approved_by <> drafted_by),
    approved_at   TEXT    CHECK (approved_at IS NULL OR length(approved_at) = 24),
    sent_at       TEXT    CHECK (sent_at IS NULL OR length(sent_at) = 24),
    expires_on    TEXT    CHECK (expires_on IS NULL OR length(expires_on) = 10), -- last day on which it can be accepted
    answered_by   INTEGER REFERENCES person (id),
    answered_at   TEXT    CHECK (answered_at IS NULL OR length(answered_at) = 24),
    answer_reason TEXT    NOT NULL DEFAULT '',
    version       INTEGER NOT NULL DEFAULT 1, remind_on TEXT CHECK (remind_on IS NULL OR length(remind_on) = 10), reminded_at TEXT CHECK (reminded_at IS NULL OR length(reminded_at) = 24), varies_id INTEGER REFERENCES offer (id), why TEXT NOT NULL DEFAULT '',
    UNIQUE (case_id, number)
) STRICT;
CREATE UNIQUE INDEX offer_live ON offer (case_id) WHERE state IN ('draft', 'approved', 'sent', 'accepted');
CREATE INDEX offer_open ON offer (expires_on) WHERE state = 'sent';
CREATE INDEX offer_reminder ON offer (remind_on) WHERE state = 'sent' AND reminded_at IS NULL;
CREATE INDEX offer_state ON offer (state, drafted_at);
CREATE INDEX offer_varies ON offer (varies_id, number) WHERE varies_id IS NOT NULL;
CREATE UNIQUE INDEX offer_varying ON offer (case_id) WHERE state IN ('variation', 'variation_approved');

CREATE TABLE offer_answer (
    offer_id    INTEGER NOT NULL REFERENCES offer (id),
    practice    TEXT    NOT NULL REFERENCES organisation (code),
    accepted    INTEGER NOT NULL CHECK (accepted IN (0, 1)),
    reason      TEXT    NOT NULL DEFAULT '',
    person_id   INTEGER REFERENCES person (id), -- NULL: nobody answered by the last day
    answered_at TEXT    NOT NULL CHECK (length(answered_at) = 24),
    PRIMARY KEY (offer_id, practice),
    CHECK (accepted = 0 OR person_id IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE TABLE offer_question (
    id          INTEGER PRIMARY KEY,
    offer_id    INTEGER NOT NULL REFERENCES offer (id),
    question    TEXT NOT NULL CHECK (question <> ''),
    asked_by    INTEGER NOT NULL REFERENCES person (id),
    asked_at    TEXT NOT NULL CHECK (length(asked_at) = 24),
    answer      TEXT NOT NULL DEFAULT '',
    answered_by INTEGER REFERENCES person (id),
    answered_at TEXT CHECK (answered_at IS NULL OR length(answered_at) = 24),
    CHECK ((answered_by IS NULL) = (answered_at IS NULL) AND (answered_by IS NULL) = (answer = ''))
) STRICT;
CREATE INDEX offer_question_offer ON offer_question (offer_id, id);
CREATE UNIQUE INDEX offer_question_open ON offer_question (offer_id) WHERE answered_at IS NULL;

CREATE TABLE offer_writer (
    offer_id   INTEGER NOT NULL REFERENCES offer (id),
    person_id  INTEGER NOT NULL REFERENCES person (id),
    written_at TEXT    NOT NULL CHECK (length(written_at) = 24), -- the last time
    PRIMARY KEY (offer_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE organisation (
    code         TEXT PRIMARY KEY CHECK (code <> ''),
    kind         TEXT    NOT NULL REFERENCES organisation_kind (code),
    stub         INTEGER NOT NULL CHECK (stub IN (0, 1)), -- 1: known only because another one names its code
    first_as_at  TEXT    CHECK (length(first_as_at) = 10), -- oldest file that tells of it
    last_seen    TEXT    CHECK (length(last_seen) = 10),   -- newest file that told all of it; stands for last_seen of open periods
    name         TEXT    NOT NULL CHECK (name <> ''),      -- of a stub: its code
    status       TEXT    CHECK (status <> ''),             -- of a practice: active, dormant, closed, proposed
    gp_practice  INTEGER CHECK (gp_practice IN (0, 1)),    -- setting 4, or role RO76
    active_gp    INTEGER NOT NULL CHECK (active_gp IN (0, 1)), -- an active GP practice in England, by the rule of the domain
    region       TEXT    REFERENCES organisation (code) DEFERRABLE INITIALLY DEFERRED,
    area         TEXT    REFERENCES organisation (code) DEFERRABLE INITIALLY DEFERRED,
    commissioner TEXT    REFERENCES organisation (code) DEFERRABLE INITIALLY DEFERRED,
    address      TEXT    CHECK (address <> ''),  -- lines parted by a line feed
    postcode     TEXT    CHECK (postcode <> ''),
    postcode_key TEXT    CHECK (postcode_key <> ''), -- capitals without the space, for search
    telephone    TEXT    CHECK (telephone <> ''),
    opened_on    TEXT    CHECK (length(opened_on) = 10), -- 1974-04-01: always
    closed_on    TEXT    CHECK (length(closed_on) = 10), -- last day
    CHECK (stub = 1 OR first_as_at IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX organisation_area ON organisation (area, kind, active_gp, name);
CREATE INDEX organisation_commissioner ON organisation (commissioner, kind, active_gp, name);
CREATE INDEX organisation_kind_name ON organisation (kind, name, code);
CREATE INDEX organisation_postcode ON organisation (kind, postcode_key);
CREATE INDEX organisation_region ON organisation (region, kind, active_gp, name);

CREATE TABLE organisation_attribute (
    code   TEXT PRIMARY KEY,
    name   TEXT    NOT NULL,
    refers INTEGER NOT NULL CHECK (refers IN (0, 1))
) STRICT;

CREATE TABLE organisation_kind (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE organisation_period (
    organisation TEXT    NOT NULL REFERENCES organisation (code),
    attribute    TEXT    NOT NULL REFERENCES organisation_attribute (code),
    valid_from   TEXT    NOT NULL CHECK (length(valid_from) = 10),  -- as-at of the first file that said so
    valid_until  TEXT    CHECK (valid_until > valid_from),          -- first day on which it no longer held; NULL: it holds
    last_seen    TEXT    NOT NULL CHECK (last_seen >= valid_from),  -- newest file that said so; of an open period see organisation.last_seen
    value        TEXT    CHECK (value <> ''),
    parent       TEXT    REFERENCES organisation (code),
    import_id    INTEGER NOT NULL REFERENCES register_import (id),  -- the file that made it begin on valid_from
    PRIMARY KEY (organisation, attribute, valid_from),
    CHECK (value IS NULL OR parent IS NULL),
    CHECK (valid_until IS NULL OR last_seen < valid_until)
) STRICT, WITHOUT ROWID;
CREATE INDEX organisation_period_parent ON organisation_period (parent, attribute, valid_from) WHERE parent IS NOT NULL;

CREATE TABLE organisation_successor (
    predecessor TEXT NOT NULL REFERENCES organisation (code),
    successor   TEXT NOT NULL REFERENCES organisation (code),
    kind        TEXT NOT NULL REFERENCES successor_kind (code),
    valid_from  TEXT NOT NULL CHECK (length(valid_from) = 10),
    PRIMARY KEY (predecessor, successor, valid_from),
    CHECK (predecessor <> successor)
) STRICT, WITHOUT ROWID;
CREATE INDEX organisation_successor_successor ON organisation_successor (successor);

CREATE TABLE payment_back (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE payment_batch (
    id          INTEGER PRIMARY KEY,
    team        TEXT    NOT NULL REFERENCES organisation (code),
    number      INTEGER NOT NULL CHECK (number > 0), -- within the team
    items       INTEGER NOT NULL CHECK (items > 0),
    total       INTEGER NOT NULL CHECK (total > 0), -- pence
    sha256      TEXT    NOT NULL CHECK (length(sha256) = 64), -- of the exported file
    released_by INTEGER NOT NULL REFERENCES person (id),
    released_at TEXT    NOT NULL CHECK (length(released_at) = 24),
    UNIQUE (team, number)
) STRICT;

CREATE TABLE payment_correction (
    id          INTEGER PRIMARY KEY,
    item_id     INTEGER NOT NULL REFERENCES payment_item (id),
    paid_on     TEXT    NOT NULL CHECK (length(paid_on) = 10), -- the day on which it was made
    shown_by    TEXT    NOT NULL CHECK (shown_by <> ''),       -- such as the line of the bank statement
    was_paid_on TEXT    CHECK (was_paid_on IS NULL OR length(was_paid_on) = 10), -- what the payment said before: paid on; NULL: it was not recorded as paid
    back_kind   TEXT    NOT NULL REFERENCES payment_back (code),                 -- and how it failed or came back
    back_on     TEXT    NOT NULL CHECK (length(back_on) = 10),
    back_why    TEXT    NOT NULL,
    back_by     INTEGER NOT NULL REFERENCES person (id),
    back_at     TEXT    NOT NULL CHECK (length(back_at) = 24),
    asked_by    INTEGER NOT NULL REFERENCES person (id),
    asked_at    TEXT    NOT NULL CHECK (length(asked_at) = 24),
    state       TEXT    NOT NULL REFERENCES payment_correction_state (code),
    settled_by  INTEGER REFERENCES person (id),
    settled_at  TEXT    CHECK (settled_at IS NULL OR length(settled_at) = 24),
    reason      TEXT    NOT NULL DEFAULT '', -- of a refusal
    version     INTEGER NOT NULL DEFAULT 1,
    CHECK (state NOT IN ('agreed', 'refused') OR settled_by <> asked_by),
    CHECK ((state = 'asked') = (settled_by IS NULL) AND (settled_by IS NULL) = (settled_at IS NULL) AND (state = 'refused') = (reason <> ''))
) STRICT;
CREATE INDEX payment_correction_item ON payment_correction (item_id, id);
CREATE UNIQUE INDEX payment_correction_waits ON payment_correction (item_id) WHERE state = 'asked';
CREATE TRIGGER payment_correction_four_eyes BEFORE UPDATE ON payment_correction
WHEN NEW.state IN ('agreed', 'refused') AND EXISTS (SELECT 1 FROM payment_item i JOIN claim m ON m.id = i.claim_id WHERE i.id = NEW.item_id AND (NEW.settled_by IN (m.claimed_by, m.checked_by, m.approved_by)
    OR EXISTS (SELECT 1 FROM approval a WHERE a.subject_kind = 'claim' AND a.subject_id = m.id AND a.person_id = NEW.settled_by AND a.step <> 'release' AND a.undone_event_id IS NULL)))
BEGIN
    SELECT RAISE(ABORT, 'nobody acts twice on the same money');
END;
CREATE TRIGGER payment_correction_no_delete BEFORE DELETE ON payment_correction
BEGIN
    SELECT RAISE(ABORT, 'what was said of a payment is never taken away');
END;
CREATE TRIGGER payment_correction_no_update BEFORE UPDATE ON payment_correction
WHEN OLD.state <> 'asked'
  OR (NEW.id, NEW.item_id, NEW.paid_on, NEW.shown_by, NEW.was_paid_on, NEW.back_kind, NEW.back_on, NEW.back_why, NEW.back_by, NEW.back_at, NEW.asked_by, NEW.asked_at)
  IS NOT (OLD.id, OLD.item_id, OLD.paid_on, OLD.shown_by, OLD.was_paid_on, OLD.back_kind, OLD.back_on, OLD.back_why, OLD.back_by, OLD.back_at, OLD.asked_by, OLD.asked_at)
BEGIN
    SELECT RAISE(ABORT, 'what was said of a payment is settled once');
END;

CREATE TABLE payment_correction_state (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE payment_download (
    id            INTEGER PRIMARY KEY,
    batch_id      INTEGER NOT NULL REFERENCES payment_batch (id),
    format        TEXT    NOT NULL REFERENCES payment_file_format (code),
    reason        TEXT    NOT NULL, -- empty: the first time
    person_id     INTEGER NOT NULL REFERENCES person (id),
    downloaded_at TEXT    NOT NULL CHECK (length(downloaded_at) = 24),
    event_id      INTEGER NOT NULL REFERENCES event (id)
) STRICT;
CREATE INDEX payment_download_batch ON payment_download (batch_id, id);
CREATE UNIQUE INDEX payment_download_first ON payment_download (batch_id) WHERE reason = '';

CREATE TABLE payment_file_format (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE payment_item (
    id          INTEGER PRIMARY KEY,
    batch_id    INTEGER NOT NULL REFERENCES payment_batch (id),
    position    INTEGER NOT NULL,
    claim_id    INTEGER NOT NULL REFERENCES claim (id),
    amount      INTEGER NOT NULL CHECK (amount > 0), -- pence
    payee       TEXT    NOT NULL, -- name of the practice or provider; bank details are never here
    payee_code  TEXT    NOT NULL,
    paid_on     TEXT    CHECK (paid_on IS NULL OR length(paid_on) = 10),
    recorded_by INTEGER REFERENCES person (id),
    recorded_at TEXT    CHECK (recorded_at IS NULL OR length(recorded_at) = 24),
    back_kind   TEXT    REFERENCES payment_back (code), -- NULL: alive
    back_on     TEXT    CHECK (back_on IS NULL OR length(back_on) = 10),
    back_why    TEXT,
    back_by     INTEGER REFERENCES person (id),
    back_at     TEXT    CHECK (back_at IS NULL OR length(back_at) = 24),
    UNIQUE (batch_id, position),
    CHECK ((paid_on IS NULL) = (recorded_by IS NULL) AND (paid_on IS NULL) = (recorded_at IS NULL)),
    CHECK ((back_kind IS NULL) = (back_on IS NULL) AND (back_kind IS NULL) = (back_why IS NULL) AND (back_kind IS NULL) = (back_by IS NULL) AND (back_kind IS NULL) = (back_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX payment_item_alive ON payment_item (claim_id) WHERE back_kind IS NULL;
CREATE INDEX payment_item_claim ON payment_item (claim_id, id);
CREATE TRIGGER payment_item_four_eyes BEFORE INSERT ON payment_item
WHEN EXISTS (SELECT 1 FROM payment_batch b JOIN claim m ON m.id = NEW.claim_id WHERE b.id = NEW.batch_id AND (b.released_by IN (m.claimed_by, m.checked_by, m.approved_by)
    OR EXISTS (SELECT 1 FROM approval a WHERE a.subject_kind = 'claim' AND a.subject_id = m.id AND a.person_id = b.released_by AND a.step <> 'release' AND a.undone_event_id IS NULL)))
BEGIN
    SELECT RAISE(ABORT, 'nobody acts twice on the same money');
END;

CREATE TABLE person (
    id            INTEGER PRIMARY KEY,
    name          TEXT    NOT NULL CHECK (name <> ''),
    email         TEXT    NOT NULL UNIQUE CHECK (email = lower(email) AND email <> ''),
    telephone     TEXT    NOT NULL DEFAULT '',
    password_hash TEXT    NOT NULL, -- argon2id in PHC form
    password_set  INTEGER NOT NULL DEFAULT 0 CHECK (password_set IN (0, 1)), -- 0: given by somebody else, must be changed at sign-in
    active        INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    created_at    TEXT    NOT NULL CHECK (length(created_at) = 24),
    version       INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE practice_indicator (
    practice  TEXT    NOT NULL REFERENCES organisation (code),
    indicator TEXT    NOT NULL REFERENCES indicator (code),
    as_at     TEXT    NOT NULL CHECK (length(as_at) = 10), -- of a rating of the Care Quality Commission: the day on which it was published
    words     TEXT    CHECK (words <> ''),
    number    INTEGER CHECK (number >= 0), -- millionths
    import_id INTEGER NOT NULL REFERENCES register_import (id),
    PRIMARY KEY (practice, indicator, as_at),
    CHECK ((words IS NULL) <> (number IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX practice_indicator_day ON practice_indicator (indicator, as_at, practice, number);

CREATE TABLE practice_word (
    word     TEXT NOT NULL,
    practice TEXT NOT NULL REFERENCES organisation (code),
    PRIMARY KEY (word, practice)
) STRICT, WITHOUT ROWID;
CREATE INDEX practice_word_practice ON practice_word (practice);

CREATE TABLE progress_line (
    report_id INTEGER NOT NULL REFERENCES progress_report (id),
    line_id   INTEGER NOT NULL REFERENCES support_line (id),
    halves    INTEGER NOT NULL CHECK (halves >= 0), -- of the line's unit, from its first day until the report
    slipped   TEXT NOT NULL DEFAULT '', -- why less than promised was given by the last day
    PRIMARY KEY (report_id, line_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX progress_line_line ON progress_line (line_id, report_id);

CREATE TABLE progress_rating (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE progress_report (
    id          INTEGER PRIMARY KEY,
    case_id     INTEGER NOT NULL REFERENCES support_case (id),
    number      INTEGER NOT NULL CHECK (number > 0),
    rating      TEXT NOT NULL REFERENCES progress_rating (code),
    detail      TEXT NOT NULL DEFAULT '',
    provider_id INTEGER REFERENCES provider (id), -- for whom the team wrote it; none: the practice reports
    written_by  INTEGER NOT NULL REFERENCES person (id),
    written_at  TEXT NOT NULL CHECK (length(written_at) = 24),
    read_by     INTEGER REFERENCES person (id),
    read_at     TEXT CHECK (read_at IS NULL OR length(read_at) = 24),
    CHECK (rating = 'green' OR detail <> ''),
    CHECK ((read_by IS NULL) = (read_at IS NULL)),
    UNIQUE (case_id, number)
) STRICT;
CREATE INDEX progress_report_unread ON progress_report (case_id) WHERE read_at IS NULL;

CREATE TABLE provider (
    id         INTEGER PRIMARY KEY,
    name       TEXT    NOT NULL UNIQUE CHECK (name <> ''),
    kind       TEXT    NOT NULL, -- resilience team, practice, federation, LMC, college, CSU, consultancy, other
    contact    TEXT    NOT NULL DEFAULT '',
    email      TEXT    NOT NULL DEFAULT '',
    telephone  TEXT    NOT NULL DEFAULT '',
    active     INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    created_at TEXT    NOT NULL CHECK (length(created_at) = 24),
    version    INTEGER NOT NULL DEFAULT 1
, interests TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE provider_area (
    provider_id INTEGER NOT NULL REFERENCES provider (id),
    area        TEXT NOT NULL REFERENCES organisation (code), -- a region or a local team
    PRIMARY KEY (provider_id, area)
) STRICT, WITHOUT ROWID;

CREATE TABLE provider_capacity (
    provider_id INTEGER NOT NULL REFERENCES provider (id),
    month       TEXT NOT NULL CHECK (length(month) = 10), -- its first day
    half_days   INTEGER NOT NULL CHECK (half_days >= 0), -- offered
    PRIMARY KEY (provider_id, month)
) STRICT, WITHOUT ROWID;

CREATE TABLE provider_skill (
    provider_id INTEGER NOT NULL REFERENCES provider (id),
    kind        TEXT NOT NULL CHECK (kind IN ('menu', 'need')),
    code        TEXT NOT NULL, -- of the menu, or of an area of need
    day_rate    INTEGER NOT NULL DEFAULT 0 CHECK (day_rate >= 0), -- pence, without VAT; 0: none is agreed
    PRIMARY KEY (provider_id, kind, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX provider_skill_code ON provider_skill (kind, code, provider_id);

CREATE TABLE receipt_dispute (
    id          INTEGER PRIMARY KEY,
    claim_id    INTEGER NOT NULL REFERENCES claim (id),
    reason      TEXT    NOT NULL REFERENCES dispute_reason (code),
    words       TEXT    NOT NULL CHECK (words <> ''),
    raised_by   INTEGER NOT NULL REFERENCES person (id),
    raised_at   TEXT    NOT NULL CHECK (length(raised_at) = 24),
    outcome     TEXT    REFERENCES dispute_outcome (code), -- NULL: not answered
    answer      TEXT    NOT NULL DEFAULT '',
    answered_by INTEGER REFERENCES person (id),
    answered_at TEXT    CHECK (answered_at IS NULL OR length(answered_at) = 24),
    CHECK ((outcome IS NULL) = (answered_by IS NULL) AND (outcome IS NULL) = (answered_at IS NULL) AND (outcome IS NULL) = (answer = ''))
) STRICT;
CREATE INDEX receipt_dispute_claim ON receipt_dispute (claim_id, id);
CREATE UNIQUE INDEX receipt_dispute_open ON receipt_dispute (claim_id) WHERE outcome IS NULL;

CREATE TABLE recommendation (
    id             INTEGER PRIMARY KEY,
    case_id        INTEGER NOT NULL REFERENCES support_case (id),
    assessment_id  INTEGER NOT NULL REFERENCES assessment (id),
    outcome        TEXT    NOT NULL, -- support, reserve, not_now
    reasons        TEXT    NOT NULL CHECK (reasons <> ''),
    person_id      INTEGER NOT NULL REFERENCES person (id),
    recommended_at TEXT    NOT NULL CHECK (length(recommended_at) = 24)
) STRICT;
CREATE INDEX recommendation_assessment ON recommendation (assessment_id, id);
CREATE INDEX recommendation_case ON recommendation (case_id, id);

CREATE TABLE recovery (
    id         INTEGER PRIMARY KEY,
    claim_id   INTEGER NOT NULL REFERENCES claim (id),
    number     INTEGER NOT NULL, -- within the claim, from 1
    reason     TEXT NOT NULL REFERENCES recovery_reason (code),
    words      TEXT NOT NULL CHECK (words <> ''),
    amount     INTEGER NOT NULL CHECK (amount > 0), -- pence
    state      TEXT NOT NULL REFERENCES recovery_state (code),
    received   INTEGER NOT NULL DEFAULT 0 CHECK (received >= 0),
    waived     INTEGER NOT NULL DEFAULT 0 CHECK (waived >= 0),
    raised_by  INTEGER NOT NULL REFERENCES person (id),
    raised_at TEXT NOT NULL CHECK (length(raised_at) = 24),
    decided_by INTEGER REFERENCES person (id) CHECK (decided_by IS NULL OR decided_by <> raised_by),
    decided_at TEXT CHECK (decided_at IS NULL OR length(decided_at) = 24),
    why        TEXT NOT NULL DEFAULT '',
    waived_by  INTEGER REFERENCES person (id) CHECK (waived_by IS NULL OR waived_by <> raised_by),
    waived_at TEXT CHECK (waived_at IS NULL OR length(waived_at) = 24),
    waived_why TEXT NOT NULL DEFAULT '',
    due_on TEXT CHECK (due_on IS NULL OR length(due_on) = 10), -- of the first instalment that is not paid in full; NULL: nothing is due
    reminded_on TEXT CHECK (reminded_on IS NULL OR length(reminded_on) = 10), -- the last such day of which the practice was reminded
    version    INTEGER NOT NULL DEFAULT 1, proposed TEXT NOT NULL DEFAULT '' CHECK (proposed IN ('', 'recover', 'waive')), proposed_count INTEGER NOT NULL DEFAULT 0, proposed_first TEXT CHECK (proposed_first IS NULL OR length(proposed_first) = 10), proposed_why TEXT NOT NULL DEFAULT '', proposed_by INTEGER REFERENCES person (id) CHECK (proposed_by IS NULL OR proposed_by <> raised_by), proposed_at TEXT CHECK (proposed_at IS NULL OR length(proposed_at) = 24), first_by INTEGER REFERENCES person (id) CHECK (first_by IS NULL OR first_by NOT IN (raised_by, decided_by)),
    UNIQUE (claim_id, number),
    CHECK (received + waived <= amount),
    CHECK ((decided_by IS NULL) = (decided_at IS NULL) AND (state = 'raised') = (decided_by IS NULL)),
    CHECK ((waived = 0) = (waived_by IS NULL) AND (waived = 0) = (waived_at IS NULL)),
    CHECK ((state IN ('recovered', 'waived')) = (received + waived = amount))
) STRICT;
CREATE INDEX recovery_due ON recovery (due_on) WHERE state = 'due';
CREATE UNIQUE INDEX recovery_open ON recovery (claim_id) WHERE state IN ('raised', 'due');

CREATE TABLE recovery_instalment (
    recovery_id INTEGER NOT NULL REFERENCES recovery (id),
    position    INTEGER NOT NULL,
    due_on TEXT NOT NULL CHECK (length(due_on) = 10),
    amount      INTEGER NOT NULL CHECK (amount > 0), -- pence
    PRIMARY KEY (recovery_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE recovery_reason (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE recovery_receipt (
    id          INTEGER PRIMARY KEY,
    recovery_id INTEGER NOT NULL REFERENCES recovery (id),
    amount      INTEGER NOT NULL CHECK (amount > 0), -- pence
    received_on TEXT NOT NULL CHECK (length(received_on) = 10),
    freed       INTEGER NOT NULL CHECK (freed IN (0, 1)), -- back in the budget of the line; 0: its year was over, and the money left it
    recorded_by INTEGER NOT NULL REFERENCES person (id),
    recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24)
) STRICT;
CREATE INDEX recovery_receipt_left ON recovery_receipt (recovery_id) WHERE freed = 0;
CREATE INDEX recovery_receipt_of ON recovery_receipt (recovery_id, id);
CREATE TRIGGER recovery_receipt_no_delete BEFORE DELETE ON recovery_receipt
BEGIN
    SELECT RAISE(ABORT, 'what came back is only added');
END;
CREATE TRIGGER recovery_receipt_no_update BEFORE UPDATE ON recovery_receipt
BEGIN
    SELECT RAISE(ABORT, 'what came back is only added');
END;

CREATE TABLE recovery_state (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE register_file_kind (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE register_import (
    id          INTEGER PRIMARY KEY,
    kind        TEXT    NOT NULL REFERENCES register_file_kind (code),
    layout      TEXT    NOT NULL,
    file_name   TEXT    NOT NULL,
    sha256      TEXT    NOT NULL CHECK (length(sha256) = 64), -- of the unpacked content
    as_at       TEXT    NOT NULL CHECK (length(as_at) = 10),  -- the day of which the file tells
    imported_at TEXT    NOT NULL CHECK (length(imported_at) = 24),
    person_id   INTEGER REFERENCES person (id), -- NULL: the operator. The table is made in 0002: on PostgreSQL the constraint is added there
    rows_read   INTEGER NOT NULL CHECK (rows_read >= 0),
    rows_refused INTEGER NOT NULL CHECK (rows_refused >= 0),
    report      TEXT    NOT NULL DEFAULT '{}' -- JSON
) STRICT;
CREATE INDEX register_import_kind ON register_import (kind, as_at, id);

CREATE TABLE remittance (
    id          INTEGER PRIMARY KEY,
    batch_id    INTEGER NOT NULL REFERENCES payment_batch (id),
    name        TEXT    NOT NULL, -- of the file
    sha256      TEXT    NOT NULL UNIQUE CHECK (length(sha256) = 64), -- of the file: none is read twice
    reference   TEXT    NOT NULL, -- the paying system's own number
    made_on     TEXT    NOT NULL CHECK (length(made_on) = 10),
    items       INTEGER NOT NULL CHECK (items > 0),
    total       INTEGER NOT NULL CHECK (total > 0), -- pence
    imported_by INTEGER NOT NULL REFERENCES person (id),
    imported_at TEXT    NOT NULL CHECK (length(imported_at) = 24)
) STRICT;
CREATE INDEX remittance_batch ON remittance (batch_id, id);

CREATE TABLE remittance_line (
    remittance_id INTEGER NOT NULL REFERENCES remittance (id),
    item_id       INTEGER NOT NULL REFERENCES payment_item (id),
    position      INTEGER NOT NULL, -- of the payment in its batch
    outcome       TEXT    NOT NULL, -- paid, failed, returned
    happened_on   TEXT    NOT NULL CHECK (length(happened_on) = 10),
    reason        TEXT    NOT NULL,
    state         TEXT    NOT NULL CHECK (state IN ('waiting', 'recorded', 'agrees', 'differs')),
    note          TEXT    NOT NULL, -- why it waits, or what it differs from
    PRIMARY KEY (remittance_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX remittance_line_item ON remittance_line (item_id);

CREATE TABLE reserve_entry (
    id         INTEGER PRIMARY KEY,
    case_id    INTEGER NOT NULL REFERENCES support_case (id),
    team       TEXT    NOT NULL REFERENCES organisation (code),
    position   INTEGER NOT NULL CHECK (position > 0), -- from 1; once it has left, the last that it had
    priority   INTEGER NOT NULL CHECK (priority > 0), -- of its place on the matrix when it came; 99: it had none
    entered_on TEXT    NOT NULL CHECK (length(entered_on) = 10),
    review_on  TEXT    NOT NULL CHECK (length(review_on) = 10), -- when it goes back into the queue by itself
    left_on    TEXT    CHECK (left_on IS NULL OR length(left_on) = 10), -- NULL: still on the list
    left_how   TEXT    NOT NULL DEFAULT '', -- the act by which it left
    CHECK ((left_on IS NULL) = (left_how = ''))
) STRICT;
CREATE UNIQUE INDEX reserve_entry_case ON reserve_entry (case_id) WHERE left_on IS NULL;
CREATE INDEX reserve_entry_left ON reserve_entry (team, left_on, id);
CREATE INDEX reserve_entry_list ON reserve_entry (team, position) WHERE left_on IS NULL;
CREATE INDEX reserve_entry_review ON reserve_entry (review_on, id) WHERE left_on IS NULL;

CREATE TABLE reserve_move (
    id            INTEGER PRIMARY KEY,
    entry_id      INTEGER NOT NULL REFERENCES reserve_entry (id),
    team          TEXT    NOT NULL REFERENCES organisation (code),
    from_position INTEGER NOT NULL CHECK (from_position > 0),
    to_position   INTEGER NOT NULL CHECK (to_position > 0 AND to_position <> from_position),
    reason        TEXT    NOT NULL CHECK (reason <> ''),
    person_id     INTEGER NOT NULL REFERENCES person (id),
    moved_at      TEXT    NOT NULL CHECK (length(moved_at) = 24)
) STRICT;
CREATE INDEX reserve_move_team ON reserve_move (team, id);

CREATE TABLE role (
    code  TEXT PRIMARY KEY,
    name  TEXT NOT NULL,
    place TEXT NOT NULL -- what kind of place the role is held at: practice, area, region (or the nation), everywhere
) STRICT;

CREATE TABLE role_assignment (
    id           INTEGER PRIMARY KEY,
    person_id    INTEGER NOT NULL REFERENCES person (id),
    role         TEXT    NOT NULL REFERENCES role (code),
    organisation TEXT    REFERENCES organisation (code), -- NULL: the whole of England
    valid_from   TEXT    NOT NULL CHECK (length(valid_from) = 10),
    valid_until  TEXT    CHECK (valid_until IS NULL OR valid_until >= valid_from) -- last day on which it is held; NULL: no end
) STRICT;
CREATE INDEX role_assignment_person ON role_assignment (person_id);
CREATE INDEX role_assignment_place ON role_assignment (organisation, role);

CREATE TABLE rule_claim_target (
    rule_set_id  INTEGER NOT NULL REFERENCES rule_set (id),
    step         TEXT    NOT NULL, -- checked, approved, paid
    working_days INTEGER NOT NULL CHECK (working_days > 0), -- after the day of the claim
    local        INTEGER NOT NULL CHECK (local IN (0, 1)), source TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (rule_set_id, step)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER rule_claim_target_no_delete BEFORE DELETE ON rule_claim_target
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = OLD.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
CREATE TRIGGER rule_claim_target_no_insert BEFORE INSERT ON rule_claim_target
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = NEW.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
CREATE TRIGGER rule_claim_target_no_update BEFORE UPDATE ON rule_claim_target
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id IN (OLD.rule_set_id, NEW.rule_set_id) AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;

CREATE TABLE rule_criterion (
    rule_set_id INTEGER NOT NULL REFERENCES rule_set (id),
    code        TEXT    NOT NULL,
    domain      TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    threshold   TEXT    NOT NULL DEFAULT '',
    subjective  INTEGER NOT NULL CHECK (subjective IN (0, 1)),
    weight      INTEGER NOT NULL DEFAULT 0, -- hundredths; 0: not weighted
    position    INTEGER NOT NULL,
    local       INTEGER NOT NULL CHECK (local IN (0, 1)), source TEXT NOT NULL DEFAULT '', unit TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (rule_set_id, code)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER rule_criterion_no_delete BEFORE DELETE ON rule_criterion
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = OLD.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
CREATE TRIGGER rule_criterion_no_insert BEFORE INSERT ON rule_criterion
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = NEW.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
CREATE TRIGGER rule_criterion_no_update BEFORE UPDATE ON rule_criterion
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id IN (OLD.rule_set_id, NEW.rule_set_id) AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;

CREATE TABLE rule_domain (
    rule_set_id INTEGER NOT NULL REFERENCES rule_set (id),
    code        TEXT NOT NULL,
    name        TEXT NOT NULL,
    position    INTEGER NOT NULL,
    local       INTEGER NOT NULL CHECK (local IN (0, 1)),
    source      TEXT NOT NULL DEFAULT '', -- where the programme published it; '': set locally, or built in
    PRIMARY KEY (rule_set_id, code)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER rule_domain_no_delete BEFORE DELETE ON rule_domain
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = OLD.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
CREATE TRIGGER rule_domain_no_insert BEFORE INSERT ON rule_domain
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = NEW.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
CREATE TRIGGER rule_domain_no_update BEFORE UPDATE ON rule_domain
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id IN (OLD.rule_set_id, NEW.rule_set_id) AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;

CREATE TABLE rule_limit (
    rule_set_id INTEGER NOT NULL REFERENCES rule_set (id),
    step        TEXT    NOT NULL, -- what is approved: offer, claim, …
    role        TEXT    NOT NULL REFERENCES role (code),
    team        TEXT    NOT NULL DEFAULT '', -- '': every team
    pence       INTEGER NOT NULL CHECK (pence >= 0),
    local       INTEGER NOT NULL CHECK (local IN (0, 1)), source TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (rule_set_id, step, role, team)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER rule_limit_no_delete BEFORE DELETE ON rule_limit
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = OLD.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
CREATE TRIGGER rule_limit_no_insert BEFORE INSERT ON rule_limit
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = NEW.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
CREATE TRIGGER rule_limit_no_update BEFORE UPDATE ON rule_limit
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id IN (OLD.rule_set_id, NEW.rule_set_id) AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;

CREATE TABLE rule_matrix_cell (
    rule_set_id INTEGER NOT NULL REFERENCES rule_set (id),
    scope       TEXT    NOT NULL, -- low, medium, high
    impact      TEXT    NOT NULL, -- low, medium, high
    priority    INTEGER NOT NULL, -- 1 comes first
    local       INTEGER NOT NULL CHECK (local IN (0, 1)), source TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (rule_set_id, scope, impact)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER rule_matrix_cell_no_delete BEFORE DELETE ON rule_matrix_cell
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = OLD.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
CREATE TRIGGER rule_matrix_cell_no_insert BEFORE INSERT ON rule_matrix_cell
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = NEW.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
CREATE TRIGGER rule_matrix_cell_no_update BEFORE UPDATE ON rule_matrix_cell
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id IN (OLD.rule_set_id, NEW.rule_set_id) AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;

CREATE TABLE rule_menu_item (
    rule_set_id INTEGER NOT NULL REFERENCES rule_set (id),
    code        TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    hint        TEXT    NOT NULL DEFAULT '',
    position    INTEGER NOT NULL,
    local       INTEGER NOT NULL CHECK (local IN (0, 1)), source TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (rule_set_id, code)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER rule_menu_item_no_delete BEFORE DELETE ON rule_menu_item
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = OLD.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
CREATE TRIGGER rule_menu_item_no_insert BEFORE INSERT ON rule_menu_item
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = NEW.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
CREATE TRIGGER rule_menu_item_no_update BEFORE UPDATE ON rule_menu_item
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id IN (OLD.rule_set_id, NEW.rule_set_id) AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;

CREATE TABLE rule_need_area (
    rule_set_id INTEGER NOT NULL REFERENCES rule_set (id),
    code        TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    hint        TEXT    NOT NULL DEFAULT '',
    position    INTEGER NOT NULL,
    local       INTEGER NOT NULL CHECK (local IN (0, 1)), source TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (rule_set_id, code)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER rule_need_area_no_delete BEFORE DELETE ON rule_need_area
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = OLD.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
CREATE TRIGGER rule_need_area_no_insert BEFORE INSERT ON rule_need_area
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = NEW.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
CREATE TRIGGER rule_need_area_no_update BEFORE UPDATE ON rule_need_area
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id IN (OLD.rule_set_id, NEW.rule_set_id) AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;

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
CREATE TRIGGER rule_rating_no_delete BEFORE DELETE ON rule_rating
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = OLD.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
CREATE TRIGGER rule_rating_no_insert BEFORE INSERT ON rule_rating
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = NEW.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
CREATE TRIGGER rule_rating_no_update BEFORE UPDATE ON rule_rating
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id IN (OLD.rule_set_id, NEW.rule_set_id) AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;

CREATE TABLE rule_set (
    id           INTEGER PRIMARY KEY,
    year         INTEGER NOT NULL, -- first calendar year of the financial year
    version      INTEGER NOT NULL,
    state        TEXT    NOT NULL, -- draft or published
    drafted_by   INTEGER REFERENCES person (id), -- NULL: built in
    published_by INTEGER REFERENCES person (id), -- NULL: built in
    published_at TEXT    CHECK (published_at IS NULL OR length(published_at) = 24), copied_from INTEGER REFERENCES rule_set (id), reason TEXT NOT NULL DEFAULT '', drafted_at TEXT CHECK (drafted_at IS NULL OR length(drafted_at) = 24),
    UNIQUE (year, version)
) STRICT;
CREATE UNIQUE INDEX rule_set_draft ON rule_set (year) WHERE state = 'draft';
CREATE TRIGGER rule_set_four_eyes BEFORE UPDATE ON rule_set
WHEN NEW.state = 'published' AND OLD.state <> 'published' AND (NEW.published_by IS NULL OR NEW.published_by IS NEW.drafted_by
  OR EXISTS (SELECT 1 FROM rule_set_editor WHERE rule_set_id = NEW.id AND person_id = NEW.published_by))
BEGIN
    SELECT RAISE(ABORT, 'whoever drafted or edited a rule set does not publish it');
END;
CREATE TRIGGER rule_set_no_delete BEFORE DELETE ON rule_set
WHEN OLD.state = 'published' AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
CREATE TRIGGER rule_set_no_replace BEFORE INSERT ON rule_set
WHEN EXISTS (SELECT 1 FROM rule_set WHERE state = 'published' AND (id = NEW.id OR year = NEW.year AND version = NEW.version))
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
CREATE TRIGGER rule_set_no_update BEFORE UPDATE ON rule_set
WHEN OLD.state = 'published' AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;

CREATE TABLE rule_set_editor (
    rule_set_id INTEGER NOT NULL REFERENCES rule_set (id),
    person_id   INTEGER NOT NULL REFERENCES person (id),
    PRIMARY KEY (rule_set_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER rule_set_editor_no_delete BEFORE DELETE ON rule_set_editor
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = OLD.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
CREATE TRIGGER rule_set_editor_no_insert BEFORE INSERT ON rule_set_editor
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = NEW.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
CREATE TRIGGER rule_set_editor_no_update BEFORE UPDATE ON rule_set_editor
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id IN (OLD.rule_set_id, NEW.rule_set_id) AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;

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
CREATE TRIGGER rule_setting_no_delete BEFORE DELETE ON rule_setting
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = OLD.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
CREATE TRIGGER rule_setting_no_insert BEFORE INSERT ON rule_setting
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = NEW.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
CREATE TRIGGER rule_setting_no_update BEFORE UPDATE ON rule_setting
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id IN (OLD.rule_set_id, NEW.rule_set_id) AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;

CREATE TABLE rule_target (
    rule_set_id  INTEGER NOT NULL REFERENCES rule_set (id),
    code         TEXT    NOT NULL, -- what is due: acknowledgement, decision, …
    name         TEXT    NOT NULL,
    working_days INTEGER NOT NULL CHECK (working_days > 0), -- after the day on which the request was received
    local        INTEGER NOT NULL CHECK (local IN (0, 1)), source TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (rule_set_id, code)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER rule_target_no_delete BEFORE DELETE ON rule_target
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = OLD.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
CREATE TRIGGER rule_target_no_insert BEFORE INSERT ON rule_target
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = NEW.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
CREATE TRIGGER rule_target_no_update BEFORE UPDATE ON rule_target
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id IN (OLD.rule_set_id, NEW.rule_set_id) AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;

CREATE TABLE rule_template (
    rule_set_id INTEGER NOT NULL REFERENCES rule_set (id),
    code        TEXT    NOT NULL,
    title       TEXT    NOT NULL,
    body        TEXT    NOT NULL,
    local       INTEGER NOT NULL CHECK (local IN (0, 1)), source TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (rule_set_id, code)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER rule_template_no_delete BEFORE DELETE ON rule_template
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = OLD.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
CREATE TRIGGER rule_template_no_insert BEFORE INSERT ON rule_template
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id = NEW.rule_set_id AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;
CREATE TRIGGER rule_template_no_update BEFORE UPDATE ON rule_template
WHEN EXISTS (SELECT 1 FROM rule_set WHERE id IN (OLD.rule_set_id, NEW.rule_set_id) AND state = 'published') AND NOT EXISTS (SELECT 1 FROM rule_upgrade)
BEGIN
    SELECT RAISE(ABORT, 'a published rule set never changes: see docs/recipes.md, to add to the rules');
END;

CREATE TABLE rule_upgrade (
    migration TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    token_hash  TEXT    PRIMARY KEY CHECK (length(token_hash) = 64),
    person_id   INTEGER NOT NULL REFERENCES person (id),
    created_at  TEXT    NOT NULL CHECK (length(created_at) = 24),
    seen_at     TEXT    NOT NULL CHECK (length(seen_at) = 24),
    expires_at  TEXT    NOT NULL CHECK (length(expires_at) = 24),
    device      TEXT    NOT NULL DEFAULT '' -- browser and system in words, for the person's own list
, cover_id INTEGER REFERENCES leave_cover (id)) STRICT;
CREATE INDEX session_expires ON session (expires_at);
CREATE INDEX session_person ON session (person_id);

CREATE TABLE sign_in_failure (
    key_hash      TEXT    PRIMARY KEY CHECK (length(key_hash) = 64),
    failures      INTEGER NOT NULL CHECK (failures > 0),
    last_at       TEXT    NOT NULL CHECK (length(last_at) = 24),
    blocked_until TEXT    NOT NULL CHECK (length(blocked_until) = 24)
) STRICT;

CREATE TABLE submission (
    token_hash TEXT    PRIMARY KEY CHECK (length(token_hash) = 64),
    person_id  INTEGER NOT NULL REFERENCES person (id),
    result     TEXT    NOT NULL, -- the path to which the first one led
    created_at TEXT    NOT NULL CHECK (length(created_at) = 24)
) STRICT;
CREATE INDEX submission_created ON submission (created_at);

CREATE TABLE successor_kind (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

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
    version          INTEGER NOT NULL DEFAULT 1, outcome TEXT NOT NULL DEFAULT '', scope TEXT NOT NULL DEFAULT '', impact TEXT NOT NULL DEFAULT '',
    CHECK ((state = 'draft') = (reference IS NULL) OR state = 'withdrawn'),
    CHECK (reference IS NULL OR (team IS NOT NULL AND rule_set_id IS NOT NULL AND referred_on IS NOT NULL)),
    CHECK ((hold_reason IS NULL) = (hold_review_on IS NULL))
) STRICT;
CREATE INDEX support_case_asked ON support_case (team, referred_on, id) WHERE information_id IS NOT NULL;
CREATE INDEX support_case_assignee ON support_case (assignee_id, state, referred_on);
CREATE INDEX support_case_cell ON support_case (team, scope, impact, state);
CREATE INDEX support_case_held ON support_case (team, referred_on, id) WHERE hold_reason IS NOT NULL;
CREATE INDEX support_case_nobody ON support_case (team, referred_on, id) WHERE assignee_id IS NULL AND reference IS NOT NULL AND state <> 'withdrawn';
CREATE INDEX support_case_referred ON support_case (referred_on, id);
CREATE INDEX support_case_region ON support_case (region, state, referred_on);
CREATE INDEX support_case_region_day ON support_case (region, referred_on, id);
CREATE INDEX support_case_state ON support_case (state, referred_on, id);
CREATE INDEX support_case_state_route ON support_case (state, route, referred_on, id) WHERE reference IS NOT NULL;
CREATE INDEX support_case_team ON support_case (team, state, referred_on);
CREATE INDEX support_case_team_day ON support_case (team, referred_on, id);

CREATE TABLE support_line (
    id          INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice: the ledger keeps the numbers of lines that were taken out
    offer_id    INTEGER NOT NULL REFERENCES offer (id),
    position    INTEGER NOT NULL,
    menu_item   TEXT    NOT NULL,
    need        TEXT    NOT NULL, -- need area that it answers
    description TEXT    NOT NULL CHECK (description <> ''),
    route       TEXT    NOT NULL, -- practice (section 96), provider (invoice), in_kind
    provider_id INTEGER REFERENCES provider (id),
    half_days   INTEGER CHECK (half_days IS NULL OR half_days > 0), -- in kind: promised help in half days
    net         INTEGER NOT NULL CHECK (net >= 0),   -- pence
    vat         INTEGER NOT NULL CHECK (vat >= 0),   -- pence
    gross       INTEGER NOT NULL CHECK (gross = net + vat), -- pence; the budget is charged gross
    budget_id   INTEGER REFERENCES budget (id),
    starts_on   TEXT    NOT NULL CHECK (length(starts_on) = 10),
    ends_on     TEXT    NOT NULL CHECK (length(ends_on) = 10 AND ends_on >= starts_on), outcome TEXT NOT NULL DEFAULT '', measure TEXT NOT NULL DEFAULT '', unit TEXT NOT NULL DEFAULT 'fixed' REFERENCES line_unit (code), halves INTEGER NOT NULL DEFAULT 0 CHECK (halves >= 0), unit_price INTEGER NOT NULL DEFAULT 0 CHECK (unit_price >= 0), whole INTEGER NOT NULL DEFAULT 0 CHECK (whole >= 0), declined INTEGER NOT NULL DEFAULT 0 CHECK (declined IN (0, 1)), decline_reason TEXT NOT NULL DEFAULT '', practice TEXT REFERENCES organisation (code), shared INTEGER NOT NULL DEFAULT 0 CHECK (shared >= 0), varies_id INTEGER REFERENCES support_line (id), ended_by INTEGER REFERENCES offer (id), freed INTEGER NOT NULL DEFAULT 0 CHECK (freed >= 0), forward INTEGER NOT NULL DEFAULT 0 CHECK (forward IN (0, 1)), backfill INTEGER NOT NULL DEFAULT 0 CHECK (backfill IN (0, 1) AND (backfill = 0 OR route = 'practice')), forward_id INTEGER REFERENCES forward_commitment (id), late_of INTEGER REFERENCES support_line (id),
    UNIQUE (offer_id, position),
    CHECK ((route = 'in_kind') = (gross = 0) AND (route = 'in_kind') = (half_days IS NOT NULL) AND (route = 'in_kind') = (budget_id IS NULL)),
    CHECK (route = 'practice' OR provider_id IS NOT NULL)
) STRICT;
CREATE INDEX support_line_budget ON support_line (budget_id, id) WHERE budget_id IS NOT NULL;
CREATE INDEX support_line_forward ON support_line (budget_id, offer_id) WHERE forward = 1;
CREATE INDEX support_line_forward_id ON support_line (forward_id) WHERE forward_id IS NOT NULL;
CREATE INDEX support_line_late_of ON support_line (late_of) WHERE late_of IS NOT NULL;
CREATE INDEX support_line_provider ON support_line (provider_id);

CREATE TABLE undelivered_line (
    case_id  INTEGER NOT NULL REFERENCES support_case (id),
    line_id  INTEGER NOT NULL REFERENCES support_line (id),
    unit     TEXT NOT NULL REFERENCES line_unit (code),
    promised INTEGER NOT NULL CHECK (promised > 0), -- halves of the unit
    given    INTEGER CHECK (given >= 0 AND given < promised), -- halves of the unit, by the newest report; NULL: no report counts the line
    reason   TEXT NOT NULL REFERENCES undelivered_reason (code),
    detail   TEXT NOT NULL CHECK (detail <> ''),
    PRIMARY KEY (case_id, line_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE undelivered_reason (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE word_variant (
    variant TEXT NOT NULL,
    word    TEXT NOT NULL,
    PRIMARY KEY (variant, word)
) STRICT, WITHOUT ROWID;

CREATE TABLE year_closing (
    id         INTEGER PRIMARY KEY,
    team       TEXT    NOT NULL REFERENCES organisation (code),
    year       INTEGER NOT NULL, -- first calendar year of the financial year
    state      TEXT    NOT NULL REFERENCES year_closing_state (code),
    reason     TEXT    NOT NULL CHECK (reason <> ''),
    asked_by   INTEGER NOT NULL REFERENCES person (id),
    asked_at   TEXT    NOT NULL CHECK (length(asked_at) = 24),
    settled_by INTEGER REFERENCES person (id) CHECK (settled_by IS NULL OR settled_by <> asked_by),
    settled_at TEXT    CHECK (settled_at IS NULL OR length(settled_at) = 24),
    settled_why TEXT   NOT NULL DEFAULT '',
    last_entry INTEGER NOT NULL DEFAULT 0, -- of the ledger, when it was closed
    version    INTEGER NOT NULL DEFAULT 1,
    CHECK ((state = 'asked') = (settled_by IS NULL) AND (settled_by IS NULL) = (settled_at IS NULL) AND (state = 'refused') = (settled_why <> ''))
) STRICT;
CREATE UNIQUE INDEX year_closing_open ON year_closing (team, year) WHERE state <> 'refused';
CREATE TRIGGER year_closing_no_delete BEFORE DELETE ON year_closing
BEGIN
    SELECT RAISE(ABORT, 'a closing of a year is never taken away');
END;
CREATE TRIGGER year_closing_no_update BEFORE UPDATE ON year_closing
WHEN OLD.state <> 'asked'
BEGIN
    SELECT RAISE(ABORT, 'a closing of a year is settled once');
END;

CREATE TABLE year_closing_state (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE year_end_choice (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE year_end_decision (
    id         INTEGER PRIMARY KEY,
    line_id    INTEGER NOT NULL REFERENCES support_line (id),
    received   INTEGER NOT NULL CHECK (received IN (0, 1)), -- of work that was received and not paid; 0: of work that was not delivered
    choice     TEXT    NOT NULL REFERENCES year_end_choice (code),
    amount     INTEGER NOT NULL CHECK (amount > 0), -- pence: what it was when it was decided
    reason     TEXT    NOT NULL CHECK (reason <> ''),
    person_id  INTEGER NOT NULL REFERENCES person (id),
    decided_at TEXT    NOT NULL CHECK (length(decided_at) = 24),
    CHECK ((received = 1) = (choice IN ('accrue', 'not_accrue')))
) STRICT;
CREATE INDEX year_end_decision_line ON year_end_decision (line_id, received, id);
CREATE TRIGGER year_end_decision_no_delete BEFORE DELETE ON year_end_decision
WHEN NOT EXISTS (SELECT 1 FROM support_line l JOIN offer o ON o.id = l.offer_id WHERE l.id = OLD.line_id AND o.state IN ('draft', 'variation'))
BEGIN
    SELECT RAISE(ABORT, 'a decision of the end of a year is only added');
END;
CREATE TRIGGER year_end_decision_no_update BEFORE UPDATE ON year_end_decision
BEGIN
    SELECT RAISE(ABORT, 'a decision of the end of a year is only added');
END;

CREATE TABLE year_end_release (
    line_id    INTEGER PRIMARY KEY REFERENCES support_line (id),
    closing_id INTEGER NOT NULL REFERENCES year_closing (id),
    amount     INTEGER NOT NULL CHECK (amount > 0) -- pence
) STRICT;
CREATE TRIGGER year_end_release_no_delete BEFORE DELETE ON year_end_release
BEGIN
    SELECT RAISE(ABORT, 'a release at the end of a year is only added');
END;
CREATE TRIGGER year_end_release_no_update BEFORE UPDATE ON year_end_release
BEGIN
    SELECT RAISE(ABORT, 'a release at the end of a year is only added');
END;
