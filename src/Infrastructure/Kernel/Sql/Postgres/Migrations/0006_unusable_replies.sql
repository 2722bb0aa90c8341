-- The run that could not use a reply: it finds the reply again after a crash, every other run asks anew.

ALTER TABLE call_replies ADD COLUMN unusable_in TEXT COLLATE "C";
