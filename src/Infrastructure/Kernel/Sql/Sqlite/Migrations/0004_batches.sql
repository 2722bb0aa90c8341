-- Many files of one upload, and how their work takes turns with other work.

CREATE TABLE batches (
    id                  TEXT    NOT NULL PRIMARY KEY,
    error_strategy      TEXT    NOT NULL,
    priority            INTEGER NOT NULL,
    budget_usd          TEXT,             -- decimal, as text so that no digit is lost
    status              TEXT    NOT NULL,
    counts              TEXT    NOT NULL, -- JSON
    progress            INTEGER NOT NULL,
    is_cancel_requested INTEGER NOT NULL,
    created_at          TEXT    NOT NULL,
    updated_at          TEXT    NOT NULL,
    ended_at            TEXT,
    version             INTEGER NOT NULL
) STRICT;

CREATE INDEX batches_by_status ON batches (status, id);

-- Apart from their batch: there may be hundreds, and they never change.
CREATE TABLE batch_files (
    batch_id     TEXT    NOT NULL,
    position     INTEGER NOT NULL, -- in the order of the upload, from 0
    file_name    TEXT    NOT NULL,
    status       TEXT    NOT NULL,
    document_id  TEXT,
    duplicate_of TEXT,
    problem      TEXT,             -- JSON
    PRIMARY KEY (batch_id, position)
) STRICT, WITHOUT ROWID;

ALTER TABLE documents ADD COLUMN batch_id TEXT;
CREATE INDEX documents_by_batch ON documents (batch_id, id) WHERE batch_id IS NOT NULL;

ALTER TABLE events ADD COLUMN batch TEXT;
CREATE INDEX events_by_batch ON events (batch, sequence) WHERE batch IS NOT NULL;

ALTER TABLE work_items ADD COLUMN lane TEXT;

-- When each lane was served last, as a place in the same order as the items.
CREATE TABLE work_lanes (
    lane     TEXT NOT NULL PRIMARY KEY,
    order_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
