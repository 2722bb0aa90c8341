-- Moments are UTC text of fixed width, ids the printed form; both sort by time as text.

CREATE TABLE documents (
    id               TEXT    NOT NULL PRIMARY KEY,
    run_id           TEXT    NOT NULL,
    file_name        TEXT    NOT NULL,
    file_name_folded TEXT    NOT NULL, -- upper case, so that a search finds any letter case of any script
    content_hash     TEXT    NOT NULL,
    byte_count       INTEGER NOT NULL,
    file_type        TEXT    NOT NULL,
    requested_kind   TEXT    NOT NULL,
    kind             TEXT    NOT NULL,
    schema_name      TEXT,
    tags             TEXT    NOT NULL, -- JSON
    priority         INTEGER NOT NULL,
    budget_usd       TEXT,             -- decimal, as text so that no digit is lost
    status           TEXT    NOT NULL,
    stages           TEXT    NOT NULL, -- JSON
    pages_processed  INTEGER NOT NULL,
    total_pages      INTEGER,
    problems         TEXT    NOT NULL, -- JSON
    duplicate_of     TEXT,
    force_fresh      INTEGER NOT NULL,
    created_at       TEXT    NOT NULL,
    updated_at       TEXT    NOT NULL,
    version          INTEGER NOT NULL
) STRICT;

CREATE INDEX documents_by_status ON documents (status, id);
CREATE INDEX documents_by_kind ON documents (kind, id);
CREATE INDEX documents_by_content ON documents (content_hash, requested_kind, id);

CREATE TABLE work_items (
    id           TEXT    NOT NULL PRIMARY KEY,
    subject      TEXT    NOT NULL,
    step         TEXT    NOT NULL,
    priority     INTEGER NOT NULL,
    enqueued_at  TEXT    NOT NULL,
    available_at TEXT    NOT NULL,
    order_at     TEXT    NOT NULL, -- the earliest goes first: enqueued_at plus what the priority costs
    attempts     INTEGER NOT NULL,
    lease_owner  TEXT,             -- machine:pid:start of the process that works on it
    lease_until  TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX work_items_by_order ON work_items (order_at, id);
CREATE INDEX work_items_by_subject ON work_items (subject);

-- AUTOINCREMENT: a sequence is never given twice, so that a reader's bookmark stays true.
CREATE TABLE events (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    subject  TEXT NOT NULL,
    name     TEXT NOT NULL,
    data     TEXT NOT NULL, -- one JSON object
    at       TEXT NOT NULL
) STRICT;

CREATE INDEX events_by_subject ON events (subject, sequence);

CREATE TABLE page_maps (
    document_id TEXT    NOT NULL PRIMARY KEY,
    map         TEXT    NOT NULL, -- JSON
    edited      INTEGER NOT NULL,
    version     INTEGER NOT NULL
) STRICT;

CREATE TABLE extraction_results (
    document_id TEXT NOT NULL,
    run_id      TEXT NOT NULL,
    result      TEXT NOT NULL, -- JSON
    created_at  TEXT NOT NULL,
    PRIMARY KEY (document_id, run_id)
) STRICT;
