-- Keys that callers sent to have a request done once; without an answer while the request is at work.

CREATE TABLE idempotency_keys (
    key        TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner      TEXT COLLATE "C" NOT NULL, -- machine:pid:start of the process that works on the request
    claimed_at TEXT COLLATE "C" NOT NULL,
    payload    TEXT COLLATE "C", -- fingerprint of what was sent
    answer     TEXT COLLATE "C"
);

CREATE INDEX idempotency_keys_by_age ON idempotency_keys (claimed_at);
