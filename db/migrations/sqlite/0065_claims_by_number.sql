-- A provider's invoice with the same number is found without going through all claims.

-- +goose Up
CREATE INDEX claim_reference ON claim (LOWER(reference));

-- +goose Down
DROP INDEX claim_reference;
