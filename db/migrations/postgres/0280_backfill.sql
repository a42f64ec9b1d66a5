-- Backfill: money paid to the practice for cover, so that its own staff can take part. It is a payment to the practice with a mark.

-- +goose Up
ALTER TABLE support_line ADD COLUMN backfill smallint NOT NULL DEFAULT 0 CHECK (backfill IN (0, 1) AND (backfill = 0 OR route = 'practice'));

-- +goose Down
ALTER TABLE support_line DROP COLUMN backfill;
