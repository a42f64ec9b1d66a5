-- A value that a person enters in an assessment says how others stand, as open data do.

-- +goose Up
ALTER TABLE assessment_rating ADD COLUMN compared text COLLATE "C" NOT NULL DEFAULT ''; -- how others stand beside the value

-- +goose Down
ALTER TABLE assessment_rating DROP COLUMN compared;
