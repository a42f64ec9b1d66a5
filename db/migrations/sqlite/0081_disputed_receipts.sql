-- The practice says that money has not arrived as it was paid, and the local team answers. A practice that says neither is asked
-- again, once, after the days that the year's rules give it.

-- +goose Up
CREATE TABLE dispute_reason (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;
INSERT INTO dispute_reason (code, name) VALUES
    ('not_arrived', 'It has not arrived'), ('other_amount', 'Another amount has arrived'), ('not_ours', 'It is not for this practice'), ('other', 'Something else');

CREATE TABLE dispute_outcome (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;
INSERT INTO dispute_outcome (code, name) VALUES
    ('agreed', 'The practice agrees that it arrived'), ('corrected', 'It was put right'), ('again', 'It is paid again');

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
CREATE UNIQUE INDEX receipt_dispute_open ON receipt_dispute (claim_id) WHERE outcome IS NULL;
CREATE INDEX receipt_dispute_claim ON receipt_dispute (claim_id, id);

ALTER TABLE claim ADD COLUMN confirm_by TEXT CHECK (confirm_by IS NULL OR length(confirm_by) = 10); -- asked again from the day after
ALTER TABLE claim ADD COLUMN asked_at TEXT CHECK (asked_at IS NULL OR length(asked_at) = 24);
UPDATE claim SET confirm_by = (SELECT date(i.paid_on, '+14 days') FROM payment_item i WHERE i.claim_id = claim.id AND i.back_kind IS NULL)
WHERE state = 'paid' AND line_id IN (SELECT id FROM support_line WHERE route = 'practice');
CREATE INDEX claim_confirm ON claim (confirm_by) WHERE state = 'paid' AND asked_at IS NULL;
INSERT INTO event_attribute (code, kind) VALUES ('dispute', 'text');

-- +goose Down
DELETE FROM event_attribute WHERE code = 'dispute';
DELETE FROM case_facet WHERE facet = 'waits' AND value IN ('dispute', 'receipt');
DROP INDEX claim_confirm;
ALTER TABLE claim DROP COLUMN asked_at;
ALTER TABLE claim DROP COLUMN confirm_by;
DROP TABLE receipt_dispute;
DROP TABLE dispute_outcome;
DROP TABLE dispute_reason;
