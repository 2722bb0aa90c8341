-- Moments are UTC text of fixed width, ids the printed form; both sort by time as text, byte by byte.

CREATE TABLE documents (
    id               TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    run_id           TEXT COLLATE "C" NOT NULL,
    file_name        TEXT COLLATE "C" NOT NULL,
    file_name_folded TEXT COLLATE "C" NOT NULL, -- upper case, so that a search finds any letter case of any script
    content_hash     TEXT COLLATE "C" NOT NULL,
    byte_count       BIGINT NOT NULL,
    file_type        TEXT COLLATE "C" NOT NULL,
    requested_kind   TEXT COLLATE "C" NOT NULL,
    kind             TEXT COLLATE "C" NOT NULL,
    schema_name      TEXT COLLATE "C",
    tags             TEXT COLLATE "C" NOT NULL, -- JSON
    priority         BIGINT NOT NULL,
    budget_usd       TEXT COLLATE "C", -- decimal, as text so that no digit is lost
    status           TEXT COLLATE "C" NOT NULL,
    stages           TEXT COLLATE "C" NOT NULL, -- JSON
    pages_processed  BIGINT NOT NULL,
    total_pages      BIGINT,
    problems         TEXT COLLATE "C" NOT NULL, -- JSON
    duplicate_of     TEXT COLLATE "C",
    force_fresh      BIGINT NOT NULL,
    created_at       TEXT COLLATE "C" NOT NULL,
    updated_at       TEXT COLLATE "C" NOT NULL,
    version          BIGINT NOT NULL
);

CREATE INDEX documents_by_status ON documents (status, id);
CREATE INDEX documents_by_kind ON documents (kind, id);
CREATE INDEX documents_by_content ON documents (content_hash, requested_kind, id);

CREATE TABLE work_items (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    subject      TEXT COLLATE "C" NOT NULL,
    step         TEXT COLLATE "C" NOT NULL,
    priority     BIGINT NOT NULL,
    enqueued_at  TEXT COLLATE "C" NOT NULL,
    available_at TEXT COLLATE "C" NOT NULL,
    order_at     TEXT COLLATE "C" NOT NULL, -- the earliest goes first: enqueued_at plus what the priority costs
    attempts     BIGINT NOT NULL,
    lease_owner  TEXT COLLATE "C", -- machine:pid:start of the process that works on it
    lease_until  TEXT COLLATE "C"
);

CREATE INDEX work_items_by_order ON work_items (order_at, id);
CREATE INDEX work_items_by_subject ON work_items (subject);

-- Sequences are handed out and committed in the same order: whoever appends holds a lock until its commit (see EventAppending).
CREATE TABLE events (
    sequence BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subject  TEXT COLLATE "C" NOT NULL,
    name     TEXT COLLATE "C" NOT NULL,
    data     TEXT COLLATE "C" NOT NULL, -- one JSON object
    at       TEXT COLLATE "C" NOT NULL
);

CREATE INDEX events_by_subject ON events (subject, sequence);

CREATE TABLE page_maps (
    document_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    map         TEXT COLLATE "C" NOT NULL, -- JSON
    edited      BIGINT NOT NULL,
    version     BIGINT NOT NULL
);

CREATE TABLE extraction_results (
    document_id TEXT COLLATE "C" NOT NULL,
    run_id      TEXT COLLATE "C" NOT NULL,
    result      TEXT COLLATE "C" NOT NULL, -- JSON
    created_at  TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (document_id, run_id)
);
