-- Money that is asked back above the amount for one approver: one person proposes what becomes of it, and a second one agrees.

-- +goose Up
ALTER TABLE recovery ADD COLUMN proposed text COLLATE "C" NOT NULL DEFAULT '' CHECK (proposed IN ('', 'recover', 'waive'));
ALTER TABLE recovery ADD COLUMN proposed_count bigint NOT NULL DEFAULT 0; -- instalments
ALTER TABLE recovery ADD COLUMN proposed_first date; -- day of the first instalment
ALTER TABLE recovery ADD COLUMN proposed_why text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE recovery ADD COLUMN proposed_by bigint REFERENCES person (id) CHECK (proposed_by IS NULL OR proposed_by <> raised_by);
ALTER TABLE recovery ADD COLUMN proposed_at timestamptz(3);
ALTER TABLE recovery ADD COLUMN first_by bigint REFERENCES person (id) CHECK (first_by IS NULL OR first_by NOT IN (raised_by, decided_by)); -- who proposed what was decided

-- +goose Down
ALTER TABLE recovery DROP COLUMN first_by;
ALTER TABLE recovery DROP COLUMN proposed_at;
ALTER TABLE recovery DROP COLUMN proposed_by;
ALTER TABLE recovery DROP COLUMN proposed_why;
ALTER TABLE recovery DROP COLUMN proposed_first;
ALTER TABLE recovery DROP COLUMN proposed_count;
ALTER TABLE recovery DROP COLUMN proposed;
