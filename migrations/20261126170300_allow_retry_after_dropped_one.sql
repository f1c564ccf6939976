-- At most one automatic second try for each instalment reaches the bank. One that never left, because the return that
-- asked for it was taken back, is none.
DROP INDEX collections_retry_key;
CREATE UNIQUE INDEX collections_retry_key ON collections (loan_id, due_on) WHERE retry AND state <> 'dropped';
