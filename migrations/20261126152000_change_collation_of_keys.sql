-- Keys are compared byte by byte: that is what they are, it is the quickest, and it lets the index find the entries under
-- `key#2`, `key#3` … of a fact that changed more than one day (`starts_with`) instead of reading the whole journal.
ALTER TABLE journal_entries ALTER COLUMN idempotency_key TYPE text COLLATE "C";
ALTER TABLE loan_facts ALTER COLUMN idempotency_key TYPE text COLLATE "C";
