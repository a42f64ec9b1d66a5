-- Work that is found after its financial year was closed is paid from a line of an open year, which names the line that it belongs to.

-- +goose Up
ALTER TABLE support_line ADD COLUMN late_of bigint REFERENCES support_line (id);
CREATE INDEX support_line_late_of ON support_line (late_of) WHERE late_of IS NOT NULL;

-- +goose Down
DROP INDEX support_line_late_of;
ALTER TABLE support_line DROP COLUMN late_of;
