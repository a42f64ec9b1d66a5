-- Somebody acts for a person who is away, from day to day, by that person's roles at a place and in their own name. From an act done
-- so on, the two count as one person in that case.

-- +goose Up
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

CREATE TABLE acted_for (
    event_id  INTEGER NOT NULL REFERENCES event (id),
    case_id   INTEGER NOT NULL REFERENCES support_case (id),
    person_id INTEGER NOT NULL REFERENCES person (id), -- who acted
    for_id    INTEGER NOT NULL REFERENCES person (id) CHECK (for_id <> person_id),
    PRIMARY KEY (case_id, event_id)
) STRICT, WITHOUT ROWID;

ALTER TABLE session ADD COLUMN cover_id INTEGER REFERENCES leave_cover (id); -- NULL: the person acts for themselves
INSERT INTO event_attribute (code, kind) VALUES ('acted_for', 'integer');

-- +goose StatementBegin
CREATE TRIGGER acted_for_no_update BEFORE UPDATE ON acted_for BEGIN SELECT RAISE(ABORT, 'acts for somebody are only added'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER acted_for_no_delete BEFORE DELETE ON acted_for BEGIN SELECT RAISE(ABORT, 'acts for somebody are only added'); END;
-- +goose StatementEnd
-- What was done on a claim for somebody is theirs too: neither of the two gives an approval of it when the other claimed it or gave
-- another one that stands.
-- +goose StatementBegin
CREATE TRIGGER approval_stand_in BEFORE INSERT ON approval
WHEN NEW.subject_kind = 'claim' AND EXISTS (SELECT 1 FROM claim m JOIN acted_for f ON f.case_id = m.case_id WHERE m.id = NEW.subject_id AND (
    f.person_id = NEW.person_id AND (m.claimed_by = f.for_id OR EXISTS (SELECT 1 FROM approval a WHERE a.subject_kind = 'claim' AND a.subject_id = m.id AND a.person_id = f.for_id AND a.step <> NEW.step AND a.undone_event_id IS NULL))
    OR f.for_id = NEW.person_id AND (m.claimed_by = f.person_id OR EXISTS (SELECT 1 FROM approval a WHERE a.subject_kind = 'claim' AND a.subject_id = m.id AND a.person_id = f.person_id AND a.step <> NEW.step AND a.undone_event_id IS NULL))))
BEGIN
    SELECT RAISE(ABORT, 'who acted for another counts as one person with them');
END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER approval_stand_in;
DELETE FROM event_attribute WHERE code = 'acted_for';
ALTER TABLE session DROP COLUMN cover_id;
DROP TABLE acted_for;
DROP TABLE leave_cover;
