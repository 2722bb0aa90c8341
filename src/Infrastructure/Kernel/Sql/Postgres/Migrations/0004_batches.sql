-- Many files of one upload, and how their work takes turns with other work.

CREATE TABLE batches (
    id                  TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    error_strategy      TEXT COLLATE "C" NOT NULL,
    priority            BIGINT NOT NULL,
    budget_usd          TEXT COLLATE "C", -- decimal, as text so that no digit is lost
    status              TEXT COLLATE "C" NOT NULL,
    counts              TEXT COLLATE "C" NOT NULL, -- JSON
    progress            BIGINT NOT NULL,
    is_cancel_requested BIGINT NOT NULL,
    created_at          TEXT COLLATE "C" NOT NULL,
    updated_at          TEXT COLLATE "C" NOT NULL,
    ended_at            TEXT COLLATE "C",
    version             BIGINT NOT NULL
);

CREATE INDEX batches_by_status ON batches (status, id);

-- Apart from their batch: there may be hundreds, and they never change.
CREATE TABLE batch_files (
    batch_id     TEXT COLLATE "C" NOT NULL,
    position     BIGINT NOT NULL, -- in the order of the upload, from 0
    file_name    TEXT COLLATE "C" NOT NULL,
    status       TEXT COLLATE "C" NOT NULL,
    document_id  TEXT COLLATE "C",
    duplicate_of TEXT COLLATE "C",
    problem      TEXT COLLATE "C", -- JSON
    PRIMARY KEY (batch_id, position)
);

ALTER TABLE documents ADD COLUMN batch_id TEXT COLLATE "C";
CREATE INDEX documents_by_batch ON documents (batch_id, id) WHERE batch_id IS NOT NULL;

ALTER TABLE events ADD COLUMN batch TEXT COLLATE "C";
CREATE INDEX events_by_batch ON events (batch, sequence) WHERE batch IS NOT NULL;

ALTER TABLE work_items ADD COLUMN lane TEXT COLLATE "C";

-- When each lane was served last, as a place in the same order as the items.
CREATE TABLE work_lanes (
    lane     TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    order_at TEXT COLLATE "C" NOT NULL
);
