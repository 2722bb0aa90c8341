-- What makes documents searchable. What belongs to a document goes with it, in the transaction that removes it.

CREATE TABLE document_knowledge (
    document_id TEXT    NOT NULL PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    status      TEXT    NOT NULL,
    steps       TEXT    NOT NULL, -- JSON
    fingerprint TEXT    NOT NULL, -- of all that the chunks were made of
    summary     TEXT,             -- JSON
    chunks      INTEGER NOT NULL,
    problem     TEXT,             -- JSON
    updated_at  TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE chunks (
    number      INTEGER PRIMARY KEY,
    id          TEXT    NOT NULL UNIQUE,
    document_id TEXT    NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal     INTEGER NOT NULL,
    file_name   TEXT    NOT NULL,
    headings    TEXT    NOT NULL, -- JSON
    text        TEXT    NOT NULL,
    places      TEXT    NOT NULL, -- start length page x y width height, one place a line
    tokens      INTEGER NOT NULL,
    words       TEXT    NOT NULL, -- what it is found by: terms, with single spaces between
    parts       TEXT    NOT NULL,
    title_words TEXT    NOT NULL,
    length      INTEGER NOT NULL  -- in terms
) STRICT;

CREATE INDEX chunks_by_document ON chunks (document_id, ordinal);

-- Our own analysis decides what a term is; the tokenizer only divides at the spaces.
CREATE VIRTUAL TABLE chunk_terms USING fts5 (
    terms, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0 tokenchars ''.,''''''');

CREATE VIRTUAL TABLE chunk_vocabulary USING fts5vocab (chunk_terms, row);

CREATE TABLE chunk_totals (
    passages INTEGER NOT NULL,
    terms    INTEGER NOT NULL
) STRICT;

INSERT INTO chunk_totals (passages, terms) VALUES (0, 0);

CREATE TRIGGER chunks_added AFTER INSERT ON chunks BEGIN
    INSERT INTO chunk_terms (rowid, terms) VALUES (new.number, new.words || ' ' || new.parts || ' ' || new.title_words);
    UPDATE chunk_totals SET passages = passages + 1, terms = terms + new.length;
END;

CREATE TRIGGER chunks_removed AFTER DELETE ON chunks BEGIN
    DELETE FROM chunk_terms WHERE rowid = old.number;
    UPDATE chunk_totals SET passages = passages - 1, terms = terms - old.length;
END;
