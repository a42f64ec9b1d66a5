-- A line of an offer for several practices can be for one of them. Then each practice answers and signs for itself.

-- +goose Up
ALTER TABLE support_line ADD COLUMN practice text COLLATE "C" REFERENCES organisation (code); -- NULL: the case as a whole
ALTER TABLE support_line ADD COLUMN shared bigint NOT NULL DEFAULT 0 CHECK (shared >= 0); -- position of the first part, where the cost of one line is shared; 0: it is not

CREATE TABLE offer_answer (
    offer_id    bigint NOT NULL REFERENCES offer (id),
    practice    text COLLATE "C" NOT NULL REFERENCES organisation (code),
    accepted    smallint NOT NULL CHECK (accepted IN (0, 1)),
    reason      text COLLATE "C" NOT NULL DEFAULT '',
    person_id   bigint REFERENCES person (id), -- NULL: nobody answered by the last day
    answered_at timestamptz(3) NOT NULL,
    PRIMARY KEY (offer_id, practice),
    CHECK (accepted = 0 OR person_id IS NOT NULL)
);

CREATE TABLE agreement_signature (
    agreement_id bigint NOT NULL REFERENCES agreement (id),
    practice     text COLLATE "C" NOT NULL REFERENCES organisation (code),
    person_id    bigint NOT NULL REFERENCES person (id),
    name         text COLLATE "C" NOT NULL CHECK (name <> ''), -- name and role as the signatory gave them
    role         text COLLATE "C" NOT NULL,
    signed_at    timestamptz(3) NOT NULL,
    PRIMARY KEY (agreement_id, practice)
);

-- +goose Down
DROP TABLE agreement_signature;
DROP TABLE offer_answer;
ALTER TABLE support_line DROP COLUMN shared;
ALTER TABLE support_line DROP COLUMN practice;
