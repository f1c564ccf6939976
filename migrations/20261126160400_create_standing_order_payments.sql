-- The payment of each order that stands: the entry by which its money left, that nobody reversed and that did not come
-- back. A paid order has one; one that waits has none.
CREATE VIEW standing_order_payments AS
SELECT p.payment_order_id, p.entry_id FROM postings p
WHERE p.payment_order_id IS NOT NULL AND p.amount < 0 AND p.account IN ('cash_at_bank', 'unexplained_payments')
  AND NOT EXISTS (SELECT 1 FROM journal_entries u WHERE u.reverses_entry_id = p.entry_id)
  AND NOT EXISTS (SELECT 1 FROM standing_payment_order_returns r WHERE r.paid_entry_id = p.entry_id);
