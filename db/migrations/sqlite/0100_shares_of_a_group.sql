-- A line of an offer for several practices can be for one of them. Then each practice answers and signs for itself.

-- +goose Up
ALTER TABLE support_line ADD COLUMN practice TEXT REFERENCES organisation (code); -- NULL: the case as a whole
ALTER TABLE support_line ADD COLUMN shared INTEGER NOT NULL DEFAULT 0 CHECK (shared >= 0); -- position of the first part, where the cost of one line is shared; 0: it is not

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

CREATE TABLE agreement_signature (
    agreement_id INTEGER NOT NULL REFERENCES agreement (id),
    practice     TEXT    NOT NULL REFERENCES organisation (code),
    person_id    INTEGER NOT NULL REFERENCES person (id),
    name         TEXT    NOT NULL CHECK (name <> ''), -- name and role as the signatory gave them
    role         TEXT    NOT NULL,
    signed_at    TEXT    NOT NULL CHECK (length(signed_at) = 24),
    PRIMARY KEY (agreement_id, practice)
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE agreement_signature;
DROP TABLE offer_answer;
ALTER TABLE support_line DROP COLUMN shared;
ALTER TABLE support_line DROP COLUMN practice;
