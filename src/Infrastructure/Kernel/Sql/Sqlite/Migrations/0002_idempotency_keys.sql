-- Keys that callers sent to have a request done once; without an answer while the request is at work.

CREATE TABLE idempotency_keys (
    key        TEXT NOT NULL PRIMARY KEY,
    owner      TEXT NOT NULL, -- machine:pid:start of the process that works on the request
    claimed_at TEXT NOT NULL,
    payload    TEXT,          -- fingerprint of what was sent
    answer     TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotency_keys_by_age ON idempotency_keys (claimed_at);
