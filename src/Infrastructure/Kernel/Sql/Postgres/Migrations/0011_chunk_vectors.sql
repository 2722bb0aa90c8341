-- Vectors of chunks, for search by what they mean. They go with their chunks.

CREATE TABLE document_vectors (
    version     BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- never given twice, so that whoever holds vectors in memory sees what is new and what is gone
    document_id TEXT COLLATE "C" NOT NULL UNIQUE REFERENCES documents (id) ON DELETE CASCADE,
    space       TEXT COLLATE "C" NOT NULL -- who made them: only vectors of one space can be compared
);

CREATE INDEX document_vectors_by_space ON document_vectors (space, version);

CREATE TABLE chunk_vectors (
    number  BIGINT PRIMARY KEY REFERENCES chunks (number) ON DELETE CASCADE,
    version BIGINT NOT NULL REFERENCES document_vectors (version) ON DELETE CASCADE,
    vector  REAL[] NOT NULL -- of length 1
);

CREATE INDEX chunk_vectors_by_version ON chunk_vectors (version);

CREATE TABLE vector_changes (
    changes BIGINT NOT NULL
);

INSERT INTO vector_changes (changes) VALUES (0);

CREATE FUNCTION count_vector_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM changed) THEN
        UPDATE vector_changes SET changes = changes + 1;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER document_vectors_added AFTER INSERT ON document_vectors REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_vector_changes();
CREATE TRIGGER document_vectors_removed AFTER DELETE ON document_vectors REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_vector_changes();

-- Chunks that are replaced have other vectors.
CREATE FUNCTION forget_vectors() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM document_vectors WHERE version IN (SELECT DISTINCT version FROM changed);
    RETURN NULL;
END
$$;

CREATE TRIGGER chunk_vectors_removed AFTER DELETE ON chunk_vectors REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION forget_vectors();
