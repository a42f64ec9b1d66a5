-- What happened: one act, one event, chained by hash, never changed.

-- +goose Up
CREATE TABLE event (
    id             bigint PRIMARY KEY, -- follows the head of the chain, without gaps
    recorded_at    timestamptz(3) NOT NULL, -- when it was written
    holds_from     timestamptz(3) NOT NULL, -- from when what it says holds
    person_id      bigint REFERENCES person (id), -- NULL: the system or an operator at the command line
    actor          text COLLATE "C" NOT NULL, -- 'person', 'operator' or 'system'
    act            text COLLATE "C" NOT NULL, -- past tense: 'case acknowledged'
    subject_kind   text COLLATE "C" NOT NULL,
    subject_id     text COLLATE "C" NOT NULL,
    case_id        bigint,
    audience       text COLLATE "C" NOT NULL, -- who may read it: 'practice' (and the team) or 'team'
    payload        text COLLATE "C", -- JSON with a random salt; disposed of under retention, the digest stays
    payload_digest text COLLATE "C" NOT NULL CHECK (length(payload_digest) = 64),
    previous_hash  text COLLATE "C" NOT NULL CHECK (length(previous_hash) = 64),
    hash           text COLLATE "C" NOT NULL UNIQUE CHECK (length(hash) = 64)
);
CREATE INDEX event_case ON event (case_id, id);
CREATE INDEX event_subject ON event (subject_kind, subject_id, id);

-- Attributes whose change over time reports count; kind says how the text of a value is read.
CREATE TABLE event_attribute (
    code text COLLATE "C" PRIMARY KEY,
    kind text COLLATE "C" NOT NULL -- text, integer, pence, day, instant, flag
);
INSERT INTO event_attribute (code, kind) VALUES
    ('state', 'text'), ('team', 'text'), ('region', 'text'), ('assignee', 'integer'), ('route', 'text'), ('reference', 'text'),
    ('practice', 'text'), ('referred_on', 'day'), ('acknowledged_on', 'day'), ('on_hold', 'flag'),
    ('hold_review_on', 'day'), ('information_due_on', 'day'), ('estimated_cost', 'pence'), ('help', 'text'),
    ('practice_told_at', 'instant'), ('role', 'text'), ('place', 'text'), ('valid_from', 'day'), ('valid_until', 'day');

CREATE TABLE event_change (
    event_id     bigint NOT NULL REFERENCES event (id),
    position     bigint NOT NULL,
    attribute    text COLLATE "C" NOT NULL REFERENCES event_attribute (code),
    before_value text COLLATE "C", -- NULL: there was none
    after_value  text COLLATE "C", -- NULL: there is none now
    PRIMARY KEY (event_id, position)
);
CREATE INDEX event_change_attribute ON event_change (attribute, after_value, event_id);

-- The last link of the chain, in one row, so that a writer takes it under a lock and a cut tail shows.
CREATE TABLE event_head (
    id       bigint PRIMARY KEY CHECK (id = 1),
    event_id bigint NOT NULL,
    hash     text COLLATE "C" NOT NULL CHECK (length(hash) = 64)
);
INSERT INTO event_head (id, event_id, hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- Only the payload may ever change, and only to be disposed of.
-- +goose StatementBegin
CREATE FUNCTION event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are only ever added' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
-- +goose StatementEnd
CREATE TRIGGER event_no_update BEFORE UPDATE ON event FOR EACH ROW
WHEN (NEW.payload IS NOT NULL
  OR (NEW.id, NEW.recorded_at, NEW.holds_from, NEW.actor, NEW.act, NEW.subject_kind, NEW.subject_id, NEW.audience, NEW.payload_digest, NEW.previous_hash, NEW.hash)
  IS DISTINCT FROM (OLD.id, OLD.recorded_at, OLD.holds_from, OLD.actor, OLD.act, OLD.subject_kind, OLD.subject_id, OLD.audience, OLD.payload_digest, OLD.previous_hash, OLD.hash)
  OR NEW.person_id IS DISTINCT FROM OLD.person_id OR NEW.case_id IS DISTINCT FROM OLD.case_id)
EXECUTE FUNCTION event_refuse();
CREATE TRIGGER event_no_delete BEFORE DELETE ON event FOR EACH ROW EXECUTE FUNCTION event_refuse();
CREATE TRIGGER event_change_no_update BEFORE UPDATE ON event_change FOR EACH ROW EXECUTE FUNCTION event_refuse();
CREATE TRIGGER event_change_no_delete BEFORE DELETE ON event_change FOR EACH ROW EXECUTE FUNCTION event_refuse();
-- TRUNCATE asks no trigger on rows. SQLite has nothing like it.
CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON event EXECUTE FUNCTION event_refuse();
CREATE TRIGGER event_change_no_truncate BEFORE TRUNCATE ON event_change EXECUTE FUNCTION event_refuse();

-- +goose Down
DROP TABLE event_head;
DROP TABLE event_change;
DROP TABLE event_attribute;
DROP TABLE event;
DROP FUNCTION event_refuse;
