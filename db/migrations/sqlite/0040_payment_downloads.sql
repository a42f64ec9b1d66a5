-- Each time the file of a batch left the program: the first time without a reason, and every time after it with one, so
-- that nobody pays the same batch twice unseen.

-- +goose Up
CREATE TABLE payment_file_format (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;
INSERT INTO payment_file_format (code, name) VALUES ('csv', 'Comma-separated values'), ('pipe', 'Pipe-delimited with control totals');

CREATE TABLE payment_download (
    id            INTEGER PRIMARY KEY,
    batch_id      INTEGER NOT NULL REFERENCES payment_batch (id),
    format        TEXT    NOT NULL REFERENCES payment_file_format (code),
    reason        TEXT    NOT NULL, -- empty: the first time
    person_id     INTEGER NOT NULL REFERENCES person (id),
    downloaded_at TEXT    NOT NULL CHECK (length(downloaded_at) = 24),
    event_id      INTEGER NOT NULL REFERENCES event (id)
) STRICT;
CREATE INDEX payment_download_batch ON payment_download (batch_id, id);
CREATE UNIQUE INDEX payment_download_first ON payment_download (batch_id) WHERE reason = '';

INSERT INTO payment_download (batch_id, format, reason, person_id, downloaded_at, event_id)
SELECT b.id, 'csv', CASE WHEN e.id = (SELECT MIN(f.id) FROM event f WHERE f.act = e.act AND f.subject_kind = e.subject_kind AND f.subject_id = e.subject_id) THEN '' ELSE 'No reason was asked for then' END,
    e.person_id, e.recorded_at, e.id
FROM event e JOIN payment_batch b ON CAST(b.id AS TEXT) = e.subject_id
WHERE e.act = 'payment file downloaded' AND e.subject_kind = 'batch' AND e.person_id IS NOT NULL ORDER BY e.id;

-- +goose Down
DROP TABLE payment_download;
DROP TABLE payment_file_format;
