-- By which code and settings the chunks of a document were made, so that those of another version are found; empty where that was not written down.

ALTER TABLE document_knowledge ADD COLUMN method TEXT NOT NULL DEFAULT '';
