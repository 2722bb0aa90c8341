-- When a message about an item of work is next due: once it is available, and again when its lease runs out. No row: the broker was told, if there is one.
-- A table of its own, so that who publishes never locks an item that somebody is about to take.

CREATE TABLE work_outbox (
    item_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES work_items (id) ON DELETE CASCADE,
    due_at  TEXT COLLATE "C" NOT NULL
);

CREATE INDEX work_outbox_by_time ON work_outbox (due_at);

INSERT INTO work_outbox (item_id, due_at) SELECT id, greatest(available_at, coalesce(lease_until, '')) FROM work_items;
