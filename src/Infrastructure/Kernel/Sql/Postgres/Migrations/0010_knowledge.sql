-- What makes documents searchable. What belongs to a document goes with it, in the transaction that removes it.

CREATE TABLE document_knowledge (
    document_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    status      TEXT COLLATE "C" NOT NULL,
    steps       TEXT COLLATE "C" NOT NULL, -- JSON
    fingerprint TEXT COLLATE "C" NOT NULL, -- of all that the chunks were made of
    summary     TEXT COLLATE "C", -- JSON
    chunks      BIGINT NOT NULL,
    problem     TEXT COLLATE "C", -- JSON
    updated_at  TEXT COLLATE "C" NOT NULL
);

CREATE TABLE chunks (
    number      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id          TEXT COLLATE "C" NOT NULL UNIQUE,
    document_id TEXT COLLATE "C" NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal     BIGINT NOT NULL,
    file_name   TEXT COLLATE "C" NOT NULL,
    headings    TEXT COLLATE "C" NOT NULL, -- JSON
    text        TEXT COLLATE "C" NOT NULL,
    places      TEXT COLLATE "C" NOT NULL, -- start length page x y width height, one place a line
    tokens      BIGINT NOT NULL,
    words       TEXT COLLATE "C" NOT NULL, -- what it is found by: terms, with single spaces between
    parts       TEXT COLLATE "C" NOT NULL,
    title_words TEXT COLLATE "C" NOT NULL,
    length      BIGINT NOT NULL, -- in terms
    terms       TSVECTOR NOT NULL
);

CREATE INDEX chunks_by_document ON chunks (document_id, ordinal);
CREATE INDEX chunks_by_term ON chunks USING gin (terms);

CREATE TABLE chunk_totals (
    passages BIGINT NOT NULL,
    terms    BIGINT NOT NULL
);

INSERT INTO chunk_totals (passages, terms) VALUES (0, 0);

CREATE FUNCTION count_chunks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE chunk_totals SET
        passages = chunk_totals.passages + counted.sign * counted.passages,
        terms = chunk_totals.terms + counted.sign * counted.terms
    FROM (SELECT count(*) AS passages, coalesce(sum(length), 0) AS terms, CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END AS sign FROM changed) AS counted;
    RETURN NULL;
END
$$;

CREATE TRIGGER chunks_added AFTER INSERT ON chunks REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_chunks();
CREATE TRIGGER chunks_removed AFTER DELETE ON chunks REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_chunks();
