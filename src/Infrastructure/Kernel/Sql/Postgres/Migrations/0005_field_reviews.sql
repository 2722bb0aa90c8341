-- What people said of fields: entries are added and never changed, and belong to the document, not to a run.

CREATE TABLE field_reviews (
    sequence        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id              TEXT COLLATE "C" NOT NULL,
    document_id     TEXT COLLATE "C" NOT NULL,
    field_id        TEXT COLLATE "C" NOT NULL,
    action          TEXT COLLATE "C" NOT NULL,
    account_index   BIGINT NOT NULL,
    account_number  TEXT COLLATE "C",
    reading         TEXT COLLATE "C" NOT NULL, -- JSON; by it the field is found again in later runs
    is_from_machine BIGINT NOT NULL,
    is_multiple     BIGINT NOT NULL,
    value           TEXT COLLATE "C" NOT NULL,
    value_key       TEXT COLLATE "C",
    previous_value  TEXT COLLATE "C",
    previous_key    TEXT COLLATE "C",
    note            TEXT COLLATE "C",
    actor           TEXT COLLATE "C" NOT NULL,
    at              TEXT COLLATE "C" NOT NULL
);

CREATE INDEX field_reviews_by_document ON field_reviews (document_id, sequence);

-- Kind, schema, provider and model of the run, as JSON.
ALTER TABLE extraction_results ADD COLUMN origin TEXT COLLATE "C";
