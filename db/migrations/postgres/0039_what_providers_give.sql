-- What providers can give, where, at which price for a day, and how much of it in each month.

-- +goose Up
ALTER TABLE provider ADD COLUMN interests text COLLATE "C" NOT NULL DEFAULT ''; -- that the provider has declared

CREATE TABLE provider_skill (
    provider_id bigint NOT NULL REFERENCES provider (id),
    kind        text COLLATE "C" NOT NULL CHECK (kind IN ('menu', 'need')),
    code        text COLLATE "C" NOT NULL, -- of the menu, or of an area of need
    day_rate    bigint NOT NULL DEFAULT 0 CHECK (day_rate >= 0), -- pence, without VAT; 0: none is agreed
    PRIMARY KEY (provider_id, kind, code)
);
CREATE INDEX provider_skill_code ON provider_skill (kind, code, provider_id);

-- A provider without a row serves all of England.
CREATE TABLE provider_area (
    provider_id bigint NOT NULL REFERENCES provider (id),
    area        text COLLATE "C" NOT NULL REFERENCES organisation (code), -- a region or a local team
    PRIMARY KEY (provider_id, area)
);

CREATE TABLE provider_capacity (
    provider_id bigint NOT NULL REFERENCES provider (id),
    month       date NOT NULL, -- its first day
    half_days   bigint NOT NULL CHECK (half_days >= 0), -- offered
    PRIMARY KEY (provider_id, month)
);

-- +goose Down
DROP TABLE provider_capacity;
DROP TABLE provider_area;
DROP TABLE provider_skill;
ALTER TABLE provider DROP COLUMN interests;
