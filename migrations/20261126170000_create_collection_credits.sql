-- Each time that a collection became a payment, and each time that this was taken back. Where a collection stands now is
-- said by its own row; how it came there, and by which line of the bank, is said here.
CREATE TABLE collection_credits (
    credit_id         uuid PRIMARY KEY,
    collection_id     uuid NOT NULL REFERENCES collections,
    bank_line_id      uuid NOT NULL REFERENCES bank_lines DEFERRABLE INITIALLY DEFERRED,  -- lines are written after what they did
    bank_decision_id  uuid REFERENCES bank_decisions,   -- a person placed the line; none where the import did
    payment_id        uuid NOT NULL,                    -- the payment on the loan
    amount            numeric(14,2) NOT NULL CONSTRAINT collection_credits_amount_check CHECK (amount > 0),  -- what came, which a person may have placed
    credited_on       date NOT NULL,
    created_at        timestamptz NOT NULL
);
CREATE INDEX collection_credits_collection_idx ON collection_credits (collection_id);
CREATE INDEX collection_credits_line_idx ON collection_credits (bank_line_id);
CREATE INDEX collection_credits_decision_idx ON collection_credits (bank_decision_id) WHERE bank_decision_id IS NOT NULL;
CREATE TRIGGER collection_credits_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON collection_credits
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A person took back that it was credited: the collection is with the bank again.
CREATE TABLE collection_credit_undoings (
    credit_id  uuid PRIMARY KEY REFERENCES collection_credits,
    reason     text NOT NULL CONSTRAINT collection_credit_undoings_reason_check CHECK (reason <> ''),
    undone_at  timestamptz NOT NULL,
    undone_by  uuid NOT NULL REFERENCES users
);
CREATE TRIGGER collection_credit_undoings_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON collection_credit_undoings
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The credits that stand.
CREATE VIEW standing_collection_credits AS
SELECT k.* FROM collection_credits k
WHERE NOT EXISTS (SELECT 1 FROM collection_credit_undoings u WHERE u.credit_id = k.credit_id);
