-- The states of the closing of a year are a table, as all other states are.

-- +goose Up
CREATE TABLE year_closing_state (code text COLLATE "C" PRIMARY KEY);
INSERT INTO year_closing_state (code) VALUES ('asked'), ('closed'), ('refused');
ALTER TABLE year_closing ADD FOREIGN KEY (state) REFERENCES year_closing_state (code);

-- +goose Down
ALTER TABLE year_closing DROP CONSTRAINT year_closing_state_fkey;
DROP TABLE year_closing_state;
