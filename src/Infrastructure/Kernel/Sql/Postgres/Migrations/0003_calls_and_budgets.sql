-- Calls of models that cost money, and what may be spent. Amounts are picodollars: a millionth of a millionth of a US dollar.

CREATE TABLE calls (
    id                  TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    key                 TEXT COLLATE "C" NOT NULL, -- fingerprint of the request
    task                TEXT COLLATE "C" NOT NULL,
    provider            TEXT COLLATE "C" NOT NULL,
    model               TEXT COLLATE "C" NOT NULL,
    endpoint            TEXT COLLATE "C" NOT NULL,
    subject             TEXT COLLATE "C" NOT NULL, -- the document or job that pays
    batch               TEXT COLLATE "C",
    pages               TEXT COLLATE "C" NOT NULL, -- JSON
    day                 TEXT COLLATE "C" NOT NULL, -- of begun_at, UTC
    begun_at            TEXT COLLATE "C" NOT NULL,
    sent_at             TEXT COLLATE "C", -- of the latest try that was sent
    ended_at            TEXT COLLATE "C",
    state               TEXT COLLATE "C" NOT NULL, -- open, answered, failed, abandoned
    owner               TEXT COLLATE "C" NOT NULL, -- machine:pid:start of the process that makes it
    tries               BIGINT NOT NULL,
    try_state           TEXT COLLATE "C" NOT NULL, -- none, reserved, sent: of the try under way
    held                BIGINT NOT NULL, -- reserved for the try under way
    possibly_paid       BIGINT NOT NULL, -- of tries that were sent and never answered
    unanswered          BIGINT NOT NULL, -- how many those are
    cost                BIGINT NOT NULL, -- of the try that was answered
    input_tokens        BIGINT NOT NULL,
    output_tokens       BIGINT NOT NULL,
    cached_input_tokens BIGINT NOT NULL,
    estimated           BIGINT NOT NULL,
    error               TEXT COLLATE "C"
);

CREATE INDEX calls_by_key ON calls (key, id);
CREATE INDEX calls_by_subject ON calls (subject);
CREATE INDEX calls_by_batch ON calls (batch) WHERE batch IS NOT NULL;
CREATE INDEX calls_open ON calls (owner) WHERE state = 'open';

CREATE TABLE call_scopes (
    call_id TEXT COLLATE "C" NOT NULL,
    scope   TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (call_id, scope)
);

-- Apart from their calls: they are large, and are erased with the document while the costs stay.
CREATE TABLE call_replies (
    call_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    content TEXT COLLATE "C" NOT NULL,
    stop    TEXT COLLATE "C" NOT NULL,
    pages   TEXT COLLATE "C" NOT NULL -- JSON
);

CREATE TABLE call_sections (
    section_key TEXT COLLATE "C" NOT NULL,
    call_id     TEXT COLLATE "C" NOT NULL,
    position    BIGINT NOT NULL, -- which of the reply's sections it is, from 0
    PRIMARY KEY (section_key, call_id)
);

CREATE INDEX call_sections_by_call ON call_sections (call_id);

CREATE TABLE pages_read (
    subject     TEXT COLLATE "C" NOT NULL,
    run         TEXT COLLATE "C" NOT NULL,
    model       TEXT COLLATE "C" NOT NULL,
    batch       TEXT COLLATE "C",
    day         TEXT COLLATE "C" NOT NULL,
    pages       BIGINT NOT NULL,
    PRIMARY KEY (subject, run)
);

CREATE INDEX pages_read_by_batch ON pages_read (batch) WHERE batch IS NOT NULL;

-- Kept in the transactions that change calls, so that a reservation need not add up all calls.
CREATE TABLE budget_totals (
    scope TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    spent BIGINT NOT NULL,
    held  BIGINT NOT NULL
);

CREATE TABLE budget_caps (
    scope TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    cap   BIGINT -- null: no limit, whatever the default says
);

CREATE TABLE model_limits (
    provider      TEXT COLLATE "C" NOT NULL,
    endpoint      TEXT COLLATE "C" NOT NULL,
    model         TEXT COLLATE "C" NOT NULL,
    input_tokens  BIGINT,
    output_tokens BIGINT,
    PRIMARY KEY (provider, endpoint, model)
);

-- Processes that use this database. One that has not told for a while that it lives is taken for dead by processes of other machines.
CREATE TABLE nodes (
    owner       TEXT COLLATE "C" NOT NULL PRIMARY KEY, -- machine:pid:start
    alive_until TEXT COLLATE "C" NOT NULL
);
