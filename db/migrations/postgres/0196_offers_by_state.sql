-- +goose Up
-- Offers that wait for approval are few among all offers.
CREATE INDEX offer_state ON offer (state, drafted_at);

-- +goose Down
DROP INDEX offer_state;
