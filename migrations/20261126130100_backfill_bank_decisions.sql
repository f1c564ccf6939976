-- What was settled so far becomes a decision with one part, under the identifier of its line: a credit was given to a
-- loan, a debit gave a payment back.
INSERT INTO bank_decisions (bank_decision_id, fund_id, reason, decided_at, decided_by)
SELECT z.bank_line_id, l.fund_id, coalesce(nullif(btrim(z.reason), ''), '-'), z.settled_at, z.settled_by
FROM bank_line_settlements z JOIN bank_lines l USING (bank_line_id);
INSERT INTO bank_decision_lines (bank_decision_id, bank_line_id) SELECT bank_line_id, bank_line_id FROM bank_line_settlements;
INSERT INTO bank_decision_parts (bank_decision_id, place, kind, amount, loan_id, payment_id, fact_id, entry_id)
SELECT z.bank_line_id, 1, CASE WHEN l.amount > 0 THEN 'loan' ELSE 'return' END, l.amount, z.loan_id,
       (f.event ->> 'payment_id')::uuid, f.fact_id, z.entry_id
FROM bank_line_settlements z JOIN bank_lines l USING (bank_line_id)
     JOIN loan_facts f ON f.idempotency_key = 'settle:' || z.bank_line_id;
