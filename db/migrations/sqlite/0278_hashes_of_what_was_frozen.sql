-- Events have the hash of what was frozen by them: what a decision relied on, and what a follow-up found.

-- +goose Up
INSERT INTO event_attribute (code, kind) VALUES ('evidence_hash', 'text'), ('follow_up_hash', 'text');

-- +goose Down
DELETE FROM event_attribute WHERE code IN ('evidence_hash', 'follow_up_hash');
