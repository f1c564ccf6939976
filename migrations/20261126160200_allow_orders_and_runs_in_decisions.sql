-- Two more places for money: a payment order whose transfer came back, and a whole payment run that one debit executed.
ALTER TABLE bank_decision_parts ADD COLUMN payment_run_id uuid REFERENCES payment_runs;
ALTER TABLE bank_decision_parts DROP CONSTRAINT bank_decision_parts_kind_check;
ALTER TABLE bank_decision_parts ADD CONSTRAINT bank_decision_parts_kind_check CHECK (kind IN
    ('loan', 'return', 'source', 'charge', 'order', 'returned_order', 'run', 'not_ours', 'refund'));
ALTER TABLE bank_decision_parts DROP CONSTRAINT bank_decision_parts_order_check;
ALTER TABLE bank_decision_parts ADD CONSTRAINT bank_decision_parts_order_check
    CHECK ((kind IN ('order', 'returned_order', 'refund')) = (payment_order_id IS NOT NULL));
ALTER TABLE bank_decision_parts ADD CONSTRAINT bank_decision_parts_run_check
    CHECK ((kind = 'run') = (payment_run_id IS NOT NULL));
