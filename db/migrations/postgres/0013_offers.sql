-- Offers and memoranda: who wrote an offer, money that a day gives back, and versions that nobody accepted.

-- +goose Up
-- Everybody who wrote the content of an offer; none of them approves it.
CREATE TABLE offer_writer (
    offer_id   bigint NOT NULL REFERENCES offer (id),
    person_id  bigint NOT NULL REFERENCES person (id),
    written_at timestamptz(3) NOT NULL, -- the last time
    PRIMARY KEY (offer_id, person_id)
);
INSERT INTO offer_writer (offer_id, person_id, written_at) SELECT id, drafted_by, drafted_at FROM offer;

INSERT INTO event_attribute (code, kind) VALUES ('offer_expires_on', 'day');

-- An offer that lapses gives its money back, and nobody did it.
ALTER TABLE ledger_entry ALTER COLUMN person_id DROP NOT NULL; -- NULL: a day that had come

-- A version that was proposed can be replaced, or end with its case, before anybody accepted it.
ALTER TABLE agreement DROP CONSTRAINT agreement_check1;
ALTER TABLE agreement ADD CONSTRAINT agreement_check1 CHECK (state <> 'in_force' OR (practice_at IS NOT NULL AND team_at IS NOT NULL));

-- +goose Down
ALTER TABLE agreement DROP CONSTRAINT agreement_check1;
ALTER TABLE agreement ADD CONSTRAINT agreement_check1 CHECK (state = 'proposed' OR (practice_at IS NOT NULL AND team_at IS NOT NULL));
ALTER TABLE ledger_entry ALTER COLUMN person_id SET NOT NULL;
DELETE FROM event_attribute WHERE code = 'offer_expires_on';
DROP TABLE offer_writer;
