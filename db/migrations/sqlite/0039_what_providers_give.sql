-- What providers can give, where, at which price for a day, and how much of it in each month.

-- +goose Up
ALTER TABLE provider ADD COLUMN interests TEXT NOT NULL DEFAULT ''; -- that the provider has declared

CREATE TABLE provider_skill (
    provider_id INTEGER NOT NULL REFERENCES provider (id),
    kind        TEXT NOT NULL CHECK (kind IN ('menu', 'need')),
    code        TEXT NOT NULL, -- of the menu, or of an area of need
    day_rate    INTEGER NOT NULL DEFAULT 0 CHECK (day_rate >= 0), -- pence, without VAT; 0: none is agreed
    PRIMARY KEY (provider_id, kind, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX provider_skill_code ON provider_skill (kind, code, provider_id);

-- A provider without a row serves all of England.
CREATE TABLE provider_area (
    provider_id INTEGER NOT NULL REFERENCES provider (id),
    area        TEXT NOT NULL REFERENCES organisation (code), -- a region or a local team
    PRIMARY KEY (provider_id, area)
) STRICT, WITHOUT ROWID;

CREATE TABLE provider_capacity (
    provider_id INTEGER NOT NULL REFERENCES provider (id),
    month       TEXT NOT NULL CHECK (length(month) = 10), -- its first day
    half_days   INTEGER NOT NULL CHECK (half_days >= 0), -- offered
    PRIMARY KEY (provider_id, month)
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE provider_capacity;
DROP TABLE provider_area;
DROP TABLE provider_skill;
ALTER TABLE provider DROP COLUMN interests;
