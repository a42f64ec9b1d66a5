-- A claim that its practice withdrew ends as one that was returned, and says so.

-- +goose Up
ALTER TABLE claim ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1));

-- +goose Down
ALTER TABLE claim DROP COLUMN withdrawn;
