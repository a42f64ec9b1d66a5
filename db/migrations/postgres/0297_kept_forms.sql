-- What was typed into a form that is shown again in another step, such as the letter before it is sent: so that the step has an address
-- of its own, and Back and reload show it. It is gone when the form is sent, or after a day.

-- +goose Up
CREATE TABLE kept_form (
    token_hash text COLLATE "C" PRIMARY KEY CHECK (length(token_hash) = 64), -- SHA-256 of what the address holds
    person_id  bigint NOT NULL REFERENCES person (id),
    path       text COLLATE "C" NOT NULL, -- of the page to which the form belongs
    fields     text COLLATE "C" NOT NULL, -- as a form sends them
    kept_at    timestamptz(3) NOT NULL
);
CREATE INDEX kept_form_at ON kept_form (kept_at);
CREATE INDEX kept_form_person ON kept_form (person_id);

-- +goose Down
DROP TABLE kept_form;
