-- The reserve list of a team, in its order; reviews of a decision that a practice asked for; and what the rules of every
-- year say about both. The texts and the days are set locally and marked so.

-- +goose Up

-- A case's stay on the reserve list of its team. Those that have not ended are the list, without gaps in the positions.
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
CREATE INDEX reserve_entry_list ON reserve_entry (team, position) WHERE left_on IS NULL;
CREATE INDEX reserve_entry_review ON reserve_entry (review_on, id) WHERE left_on IS NULL;
CREATE INDEX reserve_entry_left ON reserve_entry (team, left_on, id);

-- Where people moved it, and why.
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

INSERT INTO reserve_entry (case_id, team, position, priority, entered_on, review_on)
SELECT w.id, w.team, ROW_NUMBER() OVER (PARTITION BY w.team ORDER BY w.priority, w.entered_on, w.id), w.priority, w.entered_on, date(w.entered_on, '+6 months')
FROM (
    SELECT c.id, c.team, COALESCE((SELECT m.priority FROM assessment a JOIN rule_matrix_cell m ON m.rule_set_id = a.rule_set_id AND m.scope = a.scope AND m.impact = a.impact
            WHERE a.case_id = c.id ORDER BY a.number DESC LIMIT 1), 99) AS priority,
        COALESCE((SELECT COALESCE(l.posted_on, substr(l.sent_at, 1, 10)) FROM letter l WHERE l.case_id = c.id AND l.kind = 'decision' AND l.sent_at IS NOT NULL ORDER BY l.number DESC LIMIT 1), c.referred_on) AS entered_on
    FROM support_case c WHERE c.state = 'reserve'
) w;

-- A review of a decision, which lies over the stage. There is one review of a decision at most.
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
CREATE UNIQUE INDEX decision_review_open ON decision_review (case_id) WHERE outcome = '';
CREATE INDEX decision_review_case ON decision_review (case_id, id);

INSERT INTO event_attribute (code, kind) VALUES ('reserve_position', 'integer'), ('decision_review', 'text'), ('decision_review_due_on', 'day');

INSERT INTO rule_upgrade (migration) VALUES ('0034_reserve_and_review');
INSERT INTO rule_setting (rule_set_id, code, name, unit, value, position, local)
SELECT s.id, 'decision_review_days', 'Answer a practice that asks for a review of a decision within', 'working days', 20, 9, 1 FROM rule_set s;
INSERT INTO rule_template (rule_set_id, code, title, body, local)
SELECT s.id, t.code, t.title, t.body, 1
FROM rule_set s, (
    SELECT 'promotion' AS code, 'Your place on our reserve list: we will help' AS title,
'Dear colleague

{practice} ({practice_code}), reference {reference}

Your practice has waited on our reserve list. We can help now, and we will support your practice.

Our reasons:
{reasons}

What happens next: {contact} works out an offer of support with you. Support is not conditional on matched funding, and you will not be asked for a contribution. You can reach {contact} at {contact_email}.

{decider}
{team}
{today}' AS body
    UNION ALL SELECT 'review_upheld', 'Review of our decision: it stands',
'Dear colleague

{practice} ({practice_code}), reference {reference}

You asked us to review our decision on your request of {referred_on}. I had no part in it, and I have looked at it again from the beginning. The decision stands.

My reasons:
{reasons}

You can ask for support again at any time, and nothing in your request or in this review counts against you. {contact} at {contact_email} can tell you what other help there is.

{decider}
{team}
{today}'
    UNION ALL SELECT 'review_changed', 'Review of our decision: we look at your request again',
'Dear colleague

{practice} ({practice_code}), reference {reference}

You asked us to review our decision on your request of {referred_on}. I had no part in it, and I have looked at it again from the beginning. The decision does not stand.

My reasons:
{reasons}

What happens next: the team takes your request up again, decides anew, and writes to you with reasons. You can reach {contact} at {contact_email}.

{decider}
{team}
{today}'
) t;
DELETE FROM rule_upgrade WHERE migration = '0034_reserve_and_review';

-- +goose Down
INSERT INTO rule_upgrade (migration) VALUES ('0034_reserve_and_review');
DELETE FROM rule_template WHERE code IN ('promotion', 'review_upheld', 'review_changed');
DELETE FROM rule_setting WHERE code = 'decision_review_days';
DELETE FROM rule_upgrade WHERE migration = '0034_reserve_and_review';
DELETE FROM event_attribute WHERE code IN ('reserve_position', 'decision_review', 'decision_review_due_on');
DROP TABLE decision_review;
DROP TABLE reserve_move;
DROP TABLE reserve_entry;
