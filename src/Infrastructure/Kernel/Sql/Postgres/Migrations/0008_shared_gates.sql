-- The gates of paid providers, which all nodes share: what was learned, what is left in the buckets, and who has how many calls in flight.
-- The row is rewritten with each message of a node and stays in its page.

CREATE TABLE provider_gates (
    endpoint TEXT COLLATE "C" NOT NULL,
    key_hash TEXT COLLATE "C" NOT NULL,
    model TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C",
    PRIMARY KEY (endpoint, key_hash, model)
) WITH (fillfactor = 10);
