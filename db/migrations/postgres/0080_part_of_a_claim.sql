-- What of a claim is not paid, why, and where it goes when the claim is approved: it is left to be claimed, or goes back to the
-- budget.

-- +goose Up
ALTER TABLE claim ADD COLUMN cut bigint NOT NULL DEFAULT 0 CHECK (cut >= 0 AND cut < gross); -- pence
ALTER TABLE claim ADD COLUMN cut_why text COLLATE "C" NOT NULL DEFAULT '' CHECK ((cut = 0) = (cut_why = ''));
ALTER TABLE claim ADD COLUMN cut_freed smallint NOT NULL DEFAULT 0 CHECK (cut_freed IN (0, 1));
ALTER TABLE claim ADD COLUMN cut_by bigint REFERENCES person (id);
INSERT INTO event_attribute (code, kind) VALUES ('not_paid', 'pence');

-- +goose Down
DELETE FROM event_attribute WHERE code = 'not_paid';
ALTER TABLE claim DROP COLUMN cut_by;
ALTER TABLE claim DROP COLUMN cut_freed;
ALTER TABLE claim DROP COLUMN cut_why;
ALTER TABLE claim DROP COLUMN cut;
