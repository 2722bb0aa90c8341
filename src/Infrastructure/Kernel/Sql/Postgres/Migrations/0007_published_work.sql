-- When a message about the item was last taken over by the broker that distributes work; null when it is still to be sent, and always without a broker.

ALTER TABLE work_items ADD COLUMN published_at TEXT COLLATE "C";

CREATE INDEX work_items_unpublished ON work_items (order_at, id) WHERE published_at IS NULL;
CREATE INDEX work_items_by_lease ON work_items (lease_until) WHERE lease_until IS NOT NULL;
