-- Numbers of claims and invoices are compared by their letters and digits: "HR-101", "hr 101" and "HR101." are one number.

-- +goose Up
DROP INDEX claim_reference;
CREATE INDEX claim_reference ON claim (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(LOWER(reference), ' ', ''), '.', ''), '-', ''), '/', ''), '#', ''));

-- +goose Down
DROP INDEX claim_reference;
CREATE INDEX claim_reference ON claim (LOWER(reference));
