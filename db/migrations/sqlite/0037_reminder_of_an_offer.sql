-- The practice is reminded of an offer once, before its last day.

-- +goose Up
ALTER TABLE offer ADD COLUMN remind_on TEXT CHECK (remind_on IS NULL OR length(remind_on) = 10); -- from this day on; none: there is no time for a reminder
ALTER TABLE offer ADD COLUMN reminded_at TEXT CHECK (reminded_at IS NULL OR length(reminded_at) = 24);
UPDATE offer SET remind_on = date(expires_on, '-5 days') WHERE state = 'sent';
CREATE INDEX offer_reminder ON offer (remind_on) WHERE state = 'sent' AND reminded_at IS NULL;

-- +goose Down
DROP INDEX offer_reminder;
ALTER TABLE offer DROP COLUMN reminded_at;
ALTER TABLE offer DROP COLUMN remind_on;
