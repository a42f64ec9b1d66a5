-- Why a claim that looks like another one is not for the same thing: as its claimant and its checker say it.

-- +goose Up
ALTER TABLE claim ADD COLUMN alike_why TEXT NOT NULL DEFAULT '';
ALTER TABLE claim ADD COLUMN alike_checked TEXT NOT NULL DEFAULT '';
CREATE INDEX claim_amount ON claim (gross, period_from, period_to);
CREATE INDEX claim_document ON claim (document_id);

-- +goose Down
DROP INDEX claim_document;
DROP INDEX claim_amount;
ALTER TABLE claim DROP COLUMN alike_checked;
ALTER TABLE claim DROP COLUMN alike_why;
