-- What a line of support is to bring about, by how much it is priced, and the parts of one that several financial years pay.

-- +goose Up
CREATE TABLE line_unit (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO line_unit (code, name) VALUES ('fixed', 'One fixed price'), ('day', 'A price for each day'), ('session', 'A price for each session');

ALTER TABLE support_line ADD COLUMN outcome TEXT NOT NULL DEFAULT ''; -- what is expected to come of it; there before approval
ALTER TABLE support_line ADD COLUMN measure TEXT NOT NULL DEFAULT ''; -- how that will be seen
ALTER TABLE support_line ADD COLUMN unit TEXT NOT NULL DEFAULT 'fixed' REFERENCES line_unit (code);
ALTER TABLE support_line ADD COLUMN halves INTEGER NOT NULL DEFAULT 0 CHECK (halves >= 0); -- of a unit that is paid
ALTER TABLE support_line ADD COLUMN unit_price INTEGER NOT NULL DEFAULT 0 CHECK (unit_price >= 0); -- pence, without VAT; 0 where the price is fixed
ALTER TABLE support_line ADD COLUMN whole INTEGER NOT NULL DEFAULT 0 CHECK (whole >= 0); -- position of the first part of a line that is split by financial year

-- +goose Down
ALTER TABLE support_line DROP COLUMN whole;
ALTER TABLE support_line DROP COLUMN unit_price;
ALTER TABLE support_line DROP COLUMN halves;
ALTER TABLE support_line DROP COLUMN unit;
ALTER TABLE support_line DROP COLUMN measure;
ALTER TABLE support_line DROP COLUMN outcome;
DROP TABLE line_unit;
