-- What was asked for and agreed beside an offer is found by the offer, also where there are many.

-- +goose Up
CREATE INDEX early_commitment_offer ON early_commitment (offer_id);
CREATE INDEX forward_commitment_offer ON forward_commitment (offer_id);

-- +goose Down
DROP INDEX forward_commitment_offer;
DROP INDEX early_commitment_offer;
