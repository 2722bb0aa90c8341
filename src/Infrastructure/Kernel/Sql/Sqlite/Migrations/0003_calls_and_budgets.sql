-- Calls of models that cost money, and what may be spent. Amounts are picodollars: a millionth of a millionth of a US dollar.

CREATE TABLE calls (
    id                  TEXT    NOT NULL PRIMARY KEY,
    key                 TEXT    NOT NULL, -- fingerprint of the request
    task                TEXT    NOT NULL,
    provider            TEXT    NOT NULL,
    model               TEXT    NOT NULL,
    endpoint            TEXT    NOT NULL,
    subject             TEXT    NOT NULL, -- the document or job that pays
    batch               TEXT,
    pages               TEXT    NOT NULL, -- JSON
    day                 TEXT    NOT NULL, -- of begun_at, UTC
    begun_at            TEXT    NOT NULL,
    sent_at             TEXT,             -- of the latest try that was sent
    ended_at            TEXT,
    state               TEXT    NOT NULL, -- open, answered, failed, abandoned
    owner               TEXT    NOT NULL, -- machine:pid:start of the process that makes it
    tries               INTEGER NOT NULL,
    try_state           TEXT    NOT NULL, -- none, reserved, sent: of the try under way
    held                INTEGER NOT NULL, -- reserved for the try under way
    possibly_paid       INTEGER NOT NULL, -- of tries that were sent and never answered
    unanswered          INTEGER NOT NULL, -- how many those are
    cost                INTEGER NOT NULL, -- of the try that was answered
    input_tokens        INTEGER NOT NULL,
    output_tokens       INTEGER NOT NULL,
    cached_input_tokens INTEGER NOT NULL,
    estimated           INTEGER NOT NULL,
    error               TEXT
) STRICT;

CREATE INDEX calls_by_key ON calls (key, id);
CREATE INDEX calls_by_subject ON calls (subject);
CREATE INDEX calls_by_batch ON calls (batch) WHERE batch IS NOT NULL;
CREATE INDEX calls_open ON calls (owner) WHERE state = 'open';

CREATE TABLE call_scopes (
    call_id TEXT NOT NULL,
    scope   TEXT NOT NULL,
    PRIMARY KEY (call_id, scope)
) STRICT, WITHOUT ROWID;

-- Apart from their calls: they are large, and are erased with the document while the costs stay.
CREATE TABLE call_replies (
    call_id TEXT NOT NULL PRIMARY KEY,
    content TEXT NOT NULL,
    stop    TEXT NOT NULL,
    pages   TEXT NOT NULL -- JSON
) STRICT;

CREATE TABLE call_sections (
    section_key TEXT    NOT NULL,
    call_id     TEXT    NOT NULL,
    position    INTEGER NOT NULL, -- which of the reply's sections it is, from 0
    PRIMARY KEY (section_key, call_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX call_sections_by_call ON call_sections (call_id);

CREATE TABLE pages_read (
    subject     TEXT    NOT NULL,
    run         TEXT    NOT NULL,
    model       TEXT    NOT NULL,
    batch       TEXT,
    day         TEXT    NOT NULL,
    pages       INTEGER NOT NULL,
    PRIMARY KEY (subject, run)
) STRICT, WITHOUT ROWID;

CREATE INDEX pages_read_by_batch ON pages_read (batch) WHERE batch IS NOT NULL;

-- Kept in the transactions that change calls, so that a reservation need not add up all calls.
CREATE TABLE budget_totals (
    scope TEXT    NOT NULL PRIMARY KEY,
    spent INTEGER NOT NULL,
    held  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE budget_caps (
    scope TEXT NOT NULL PRIMARY KEY,
    cap   INTEGER -- null: no limit, whatever the default says
) STRICT, WITHOUT ROWID;

CREATE TABLE model_limits (
    provider      TEXT NOT NULL,
    endpoint      TEXT NOT NULL,
    model         TEXT NOT NULL,
    input_tokens  INTEGER,
    output_tokens INTEGER,
    PRIMARY KEY (provider, endpoint, model)
) STRICT, WITHOUT ROWID;
