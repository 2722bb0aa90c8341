-- Always null here: work is published where several nodes share a database. Both databases have the same columns.

ALTER TABLE work_items ADD COLUMN published_at TEXT;
