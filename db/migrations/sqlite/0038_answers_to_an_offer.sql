-- A practice answers an offer line by line, and asks about it before it answers.

-- +goose Up
ALTER TABLE support_line ADD COLUMN declined INTEGER NOT NULL DEFAULT 0 CHECK (declined IN (0, 1)); -- by the practice that accepted others of the offer
ALTER TABLE support_line ADD COLUMN decline_reason TEXT NOT NULL DEFAULT '';

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

-- +goose Down
DROP TABLE offer_question;
ALTER TABLE support_line DROP COLUMN decline_reason;
ALTER TABLE support_line DROP COLUMN declined;
