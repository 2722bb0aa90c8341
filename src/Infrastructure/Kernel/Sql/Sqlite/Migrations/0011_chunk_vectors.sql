-- Vectors of chunks, for search by what they mean. They go with their chunks.

-- AUTOINCREMENT: a version is never given twice, so that whoever holds vectors in memory sees what is new and what is gone.
CREATE TABLE document_vectors (
    version     INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id TEXT    NOT NULL UNIQUE REFERENCES documents (id) ON DELETE CASCADE,
    space       TEXT    NOT NULL -- who made them: only vectors of one space can be compared
) STRICT;

CREATE INDEX document_vectors_by_space ON document_vectors (space, version);

CREATE TABLE chunk_vectors (
    number  INTEGER PRIMARY KEY REFERENCES chunks (number) ON DELETE CASCADE,
    version INTEGER NOT NULL REFERENCES document_vectors (version) ON DELETE CASCADE,
    vector  BLOB    NOT NULL -- 32-bit numbers, the lowest byte first; of length 1
) STRICT;

CREATE INDEX chunk_vectors_by_version ON chunk_vectors (version);

CREATE TABLE vector_changes (
    changes INTEGER NOT NULL
) STRICT;

INSERT INTO vector_changes (changes) VALUES (0);

CREATE TRIGGER document_vectors_added AFTER INSERT ON document_vectors BEGIN
    UPDATE vector_changes SET changes = changes + 1;
END;

CREATE TRIGGER document_vectors_removed AFTER DELETE ON document_vectors BEGIN
    UPDATE vector_changes SET changes = changes + 1;
END;

-- Chunks that are replaced have other vectors.
CREATE TRIGGER chunk_vectors_removed AFTER DELETE ON chunk_vectors BEGIN
    DELETE FROM document_vectors WHERE version = old.version;
END;
