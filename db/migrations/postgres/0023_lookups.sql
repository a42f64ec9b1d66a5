-- Lookups that went through whole tables: the newest recommendation on an assessment, and the lines of a provider, whose claims
-- may not have the same reference.

-- +goose Up
CREATE INDEX recommendation_assessment ON recommendation (assessment_id, id);
CREATE INDEX support_line_provider ON support_line (provider_id);

-- +goose Down
DROP INDEX support_line_provider;
DROP INDEX recommendation_assessment;
