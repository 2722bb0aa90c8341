-- Work has a pool of workers. Research jobs and the companies in them.

ALTER TABLE work_items ADD COLUMN pool TEXT COLLATE "C" NOT NULL DEFAULT 'documents';
CREATE INDEX work_items_by_pool ON work_items (pool, order_at, id);

-- The number is an id to callers of the replaced system, and never given twice.
CREATE TABLE research_jobs (
    number              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id                  TEXT COLLATE "C" NOT NULL UNIQUE,
    file_name           TEXT COLLATE "C",
    submitted_by        TEXT COLLATE "C",
    rubric              TEXT COLLATE "C" NOT NULL, -- JSON, as it was when the job was received
    budget_usd          TEXT COLLATE "C", -- decimal, as text so that no digit is lost
    reports             TEXT COLLATE "C" NOT NULL, -- JSON
    status              TEXT COLLATE "C" NOT NULL,
    stopped_by          TEXT COLLATE "C", -- JSON: the problem that ended it early
    is_cancel_requested BIGINT NOT NULL,
    created_at          TEXT COLLATE "C" NOT NULL,
    updated_at          TEXT COLLATE "C" NOT NULL,
    ended_at            TEXT COLLATE "C"
);

-- Counts of a job are counted here, so that they are always those of its companies.
CREATE TABLE research_companies (
    id             TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    job_id         TEXT COLLATE "C" NOT NULL,
    file_row       BIGINT NOT NULL, -- in the file, from 1; the header is not counted
    name           TEXT COLLATE "C" NOT NULL,
    country        TEXT COLLATE "C",
    status         TEXT COLLATE "C" NOT NULL,
    tier           TEXT COLLATE "C",
    score          BIGINT NOT NULL, -- -1 while there is none, so that it sorts last
    classification TEXT COLLATE "C",
    findings       TEXT COLLATE "C", -- JSON: reasons, sources, remarks
    problem        TEXT COLLATE "C", -- JSON
    attempts       BIGINT NOT NULL,
    search_credits BIGINT NOT NULL,
    updated_at     TEXT COLLATE "C" NOT NULL,
    version        BIGINT NOT NULL
);

CREATE INDEX research_companies_by_status ON research_companies (job_id, status, tier, search_credits);
CREATE INDEX research_companies_by_score ON research_companies (job_id, score DESC, file_row, id);
