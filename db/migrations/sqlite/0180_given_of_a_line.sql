-- What was given of a line by its newest report, for how a budget stood on any day.

-- +goose Up
CREATE INDEX progress_line_line ON progress_line (line_id, report_id);

-- +goose Down
DROP INDEX progress_line_line;
