-- A return can turn out to be none, and a collection can come back after that: one return stands at a time, of a
-- collection and of a line of the bank. A return stays on record when it is taken back, and so does what was done about it.
ALTER TABLE collection_returns DROP CONSTRAINT collection_returns_collection_key;
ALTER TABLE collection_returns DROP CONSTRAINT collection_returns_line_key;
ALTER TABLE collection_returns ADD COLUMN bank_decision_id uuid REFERENCES bank_decisions;  -- a person placed the line; none where the import did
CREATE INDEX collection_returns_collection_idx ON collection_returns (collection_id);
CREATE INDEX collection_returns_line_idx ON collection_returns (bank_line_id);
CREATE INDEX collection_returns_decision_idx ON collection_returns (bank_decision_id) WHERE bank_decision_id IS NOT NULL;

CREATE TABLE collection_return_undoings (
    return_id  uuid PRIMARY KEY REFERENCES collection_returns,
    reason     text NOT NULL CONSTRAINT collection_return_undoings_reason_check CHECK (reason <> ''),
    undone_at  timestamptz NOT NULL,
    undone_by  uuid NOT NULL REFERENCES users
);
CREATE TRIGGER collection_return_undoings_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON collection_return_undoings
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The returns that stand.
CREATE VIEW standing_collection_returns AS
SELECT r.* FROM collection_returns r
WHERE NOT EXISTS (SELECT 1 FROM collection_return_undoings u WHERE u.return_id = r.return_id);

-- Whoever books at the same moment: the lock on the collection makes the second wait and see.
CREATE FUNCTION refuse_second_collection_return() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM collections WHERE collection_id = NEW.collection_id FOR UPDATE;
    IF EXISTS (SELECT 1 FROM standing_collection_returns WHERE collection_id = NEW.collection_id) THEN
        RAISE EXCEPTION 'collection % has a return that stands', NEW.collection_id
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'collection_returns_standing_key';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER collection_returns_standing BEFORE INSERT ON collection_returns
    FOR EACH ROW EXECUTE FUNCTION refuse_second_collection_return();
