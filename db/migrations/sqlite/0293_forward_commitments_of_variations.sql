-- A variation too can promise what falls in a year without a budget: a line knows by which forward commitment it waits, and a forward
-- commitment what of it was promised before.

-- +goose Up
ALTER TABLE forward_commitment ADD COLUMN replaces INTEGER NOT NULL DEFAULT 0 CHECK (replaces >= 0); -- pence of its amount
ALTER TABLE support_line ADD COLUMN forward_id INTEGER REFERENCES forward_commitment (id);
UPDATE support_line SET forward_id = (SELECT MAX(f.id) FROM forward_commitment f
    WHERE f.offer_id = support_line.offer_id AND f.budget_id = support_line.budget_id AND f.state IN ('asked', 'authorised', 'refused', 'met')) WHERE forward = 1;
CREATE INDEX support_line_forward_id ON support_line (forward_id) WHERE forward_id IS NOT NULL;

-- +goose Down
DROP INDEX support_line_forward_id;
ALTER TABLE support_line DROP COLUMN forward_id;
ALTER TABLE forward_commitment DROP COLUMN replaces;
