-- An order can also pay a borrower back what was paid too much.

ALTER TABLE payment_orders ADD COLUMN refund_loan_id uuid REFERENCES loans;  -- the loan whose overpayment goes back
ALTER TABLE payment_orders DROP CONSTRAINT payment_orders_kind_check;
ALTER TABLE payment_orders ADD CONSTRAINT payment_orders_kind_check CHECK (kind IN ('contractor', 'funder', 'refund'));
ALTER TABLE payment_orders DROP CONSTRAINT payment_orders_subject_check;
ALTER TABLE payment_orders ADD CONSTRAINT payment_orders_subject_check CHECK (
    (kind = 'contractor') = (tranche_id IS NOT NULL) AND (kind = 'funder') = (source_id IS NOT NULL)
    AND (kind = 'refund') = (refund_loan_id IS NOT NULL));
CREATE INDEX payment_orders_refund_loan_idx ON payment_orders (refund_loan_id) WHERE refund_loan_id IS NOT NULL;
