-- Work has a pool of workers. Research jobs and the companies in them.

ALTER TABLE work_items ADD COLUMN pool TEXT NOT NULL DEFAULT 'documents';
CREATE INDEX work_items_by_pool ON work_items (pool, order_at, id);

-- AUTOINCREMENT: the number is an id to callers of the replaced system, and never given twice.
CREATE TABLE research_jobs (
    number              INTEGER PRIMARY KEY AUTOINCREMENT,
    id                  TEXT    NOT NULL UNIQUE,
    file_name           TEXT,
    submitted_by        TEXT,
    rubric              TEXT    NOT NULL, -- JSON, as it was when the job was received
    budget_usd          TEXT,             -- decimal, as text so that no digit is lost
    reports             TEXT    NOT NULL, -- JSON
    status              TEXT    NOT NULL,
    stopped_by          TEXT,             -- JSON: the problem that ended it early
    is_cancel_requested INTEGER NOT NULL,
    created_at          TEXT    NOT NULL,
    updated_at          TEXT    NOT NULL,
    ended_at            TEXT
) STRICT;

-- Counts of a job are counted here, so that they are always those of its companies.
CREATE TABLE research_companies (
    id             TEXT    NOT NULL PRIMARY KEY,
    job_id         TEXT    NOT NULL,
    file_row       INTEGER NOT NULL, -- in the file, from 1; the header is not counted
    name           TEXT    NOT NULL,
    country        TEXT,
    status         TEXT    NOT NULL,
    tier           TEXT,
    score          INTEGER NOT NULL, -- -1 while there is none, so that it sorts last
    classification TEXT,
    findings       TEXT,             -- JSON: reasons, sources, remarks
    problem        TEXT,             -- JSON
    attempts       INTEGER NOT NULL,
    search_credits INTEGER NOT NULL,
    updated_at     TEXT    NOT NULL,
    version        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX research_companies_by_status ON research_companies (job_id, status, tier, search_credits);
CREATE INDEX research_companies_by_score ON research_companies (job_id, score DESC, file_row, id);
