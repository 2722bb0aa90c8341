-- What people said of fields: entries are added and never changed, and belong to the document, not to a run.

CREATE TABLE field_reviews (
    sequence        INTEGER PRIMARY KEY AUTOINCREMENT,
    id              TEXT    NOT NULL,
    document_id     TEXT    NOT NULL,
    field_id        TEXT    NOT NULL,
    action          TEXT    NOT NULL,
    account_index   INTEGER NOT NULL,
    account_number  TEXT,
    reading         TEXT    NOT NULL, -- JSON; by it the field is found again in later runs
    is_from_machine INTEGER NOT NULL,
    is_multiple     INTEGER NOT NULL,
    value           TEXT    NOT NULL,
    value_key       TEXT,
    previous_value  TEXT,
    previous_key    TEXT,
    note            TEXT,
    actor           TEXT    NOT NULL,
    at              TEXT    NOT NULL
) STRICT;

CREATE INDEX field_reviews_by_document ON field_reviews (document_id, sequence);

-- Kind, schema, provider and model of the run, as JSON.
ALTER TABLE extraction_results ADD COLUMN origin TEXT;
