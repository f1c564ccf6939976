-- A second feed (a CODA separate application, a CAMT.054) says what a total was made of that waits in suspense. Its
-- lines stand with the statement of the total, take their money out of suspense, and never are money of their own.

ALTER TABLE bank_lines
    ADD COLUMN explains_line_id uuid REFERENCES bank_lines,  -- on a detail that came later: the total that it is in
    ADD COLUMN details_file_id uuid REFERENCES bank_files,   -- and the file that brought it
    ADD CONSTRAINT bank_lines_details_check CHECK ((explains_line_id IS NULL) = (details_file_id IS NULL));
CREATE INDEX bank_lines_explains_idx ON bank_lines (explains_line_id) WHERE explains_line_id IS NOT NULL;
CREATE INDEX bank_lines_details_file_idx ON bank_lines (details_file_id) WHERE details_file_id IS NOT NULL;

-- The money of such a detail came in with its total: when it waits, it has no entry of its own.
ALTER TABLE bank_lines DROP CONSTRAINT bank_lines_entry_check;
ALTER TABLE bank_lines ADD CONSTRAINT bank_lines_entry_check CHECK (
    (outcome = 'detailed') = (entry_id IS NULL)
    OR (outcome = 'suspense' AND explains_line_id IS NOT NULL AND entry_id IS NULL));

-- Messages with details that were taken in, by what they say: the same one in another file explains nothing twice.
CREATE TABLE bank_detail_feeds (
    sha256        bytea PRIMARY KEY,
    fund_id       uuid NOT NULL REFERENCES funds,
    bank_file_id  uuid NOT NULL REFERENCES bank_files
);
CREATE TRIGGER bank_detail_feeds_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bank_detail_feeds
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
