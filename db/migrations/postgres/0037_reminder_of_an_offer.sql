-- The practice is reminded of an offer once, before its last day.

-- +goose Up
ALTER TABLE offer ADD COLUMN remind_on date; -- from this day on; none: there is no time for a reminder
ALTER TABLE offer ADD COLUMN reminded_at timestamptz(3);
UPDATE offer SET remind_on = expires_on - 5 WHERE state = 'sent';
CREATE INDEX offer_reminder ON offer (remind_on) WHERE state = 'sent' AND reminded_at IS NULL;

-- +goose Down
DROP INDEX offer_reminder;
ALTER TABLE offer DROP COLUMN reminded_at;
ALTER TABLE offer DROP COLUMN remind_on;
