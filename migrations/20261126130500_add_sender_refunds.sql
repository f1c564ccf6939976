-- Money that came in and is not ours is owed to whoever sent it, apart from money whose owner is still looked for. It
-- can be ordered back to the account it came from: an order that is about no loan. An order that is undone before
-- the bank has paid it is cancelled.
INSERT INTO accounts (account, number, kind) VALUES
    ('held_for_senders', 2230, 'liability');         -- came in and is not ours: stays owed to its sender

ALTER TABLE payment_orders DROP CONSTRAINT payment_orders_kind_check;
ALTER TABLE payment_orders ADD CONSTRAINT payment_orders_kind_check CHECK (kind IN ('contractor', 'funder', 'refund', 'sender'));
ALTER TABLE payment_orders DROP CONSTRAINT payment_orders_state_check;
ALTER TABLE payment_orders ADD CONSTRAINT payment_orders_state_check CHECK (state IN ('ordered', 'paid', 'cancelled'));
ALTER TABLE payment_orders ADD COLUMN sender_line_id uuid REFERENCES bank_lines;  -- the line whose money goes back
ALTER TABLE payment_orders DROP CONSTRAINT payment_orders_subject_check;
ALTER TABLE payment_orders ADD CONSTRAINT payment_orders_subject_check CHECK (
    (kind = 'contractor') = (tranche_id IS NOT NULL) AND (kind = 'funder') = (source_id IS NOT NULL)
    AND (kind = 'refund') = (refund_loan_id IS NOT NULL) AND (kind = 'sender') = (sender_line_id IS NOT NULL));

ALTER TABLE postings DROP CONSTRAINT postings_loan_check;
ALTER TABLE postings ADD CONSTRAINT postings_loan_check CHECK (loan_id IS NOT NULL
    OR account NOT IN ('loans_receivable', 'borrower_overpayments', 'refunds_payable', 'interest_income', 'gain_share_income', 'write_off_loss')
    OR (account = 'refunds_payable' AND payment_order_id IS NOT NULL));
