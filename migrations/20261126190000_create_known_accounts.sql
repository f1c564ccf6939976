-- What is known of each account that the house pays or paid a contractor on: what it was before and when it changed, the
-- last transfer that came back from it, and who else uses it. Runs and the pages of contractors show the same.
CREATE VIEW known_contractor_accounts AS
SELECT known.contractor_id, known.iban, change.before, change.changed_on, change.reason, back.returned_on,
       back.return_reason,
       ARRAY(SELECT DISTINCT other.name FROM contractor_accounts y JOIN contractors other USING (contractor_id)
             WHERE y.iban = known.iban AND y.contractor_id <> known.contractor_id ORDER BY other.name) AS others,
       coalesce((SELECT l.number FROM bank_lines b JOIN loans l USING (loan_id)
                 WHERE b.counterparty_iban = known.iban AND b.amount > 0 AND b.outcome = 'booked'
                   -- what comes back of an order is no payment
                   AND b.payment_order_id IS NULL LIMIT 1),
                (SELECT l.number FROM payment_orders o JOIN loans l ON l.loan_id = o.refund_loan_id
                 WHERE o.creditor_iban = known.iban LIMIT 1)) AS borrower_loan
FROM (SELECT DISTINCT contractor_id, iban FROM contractor_accounts) AS known
     LEFT JOIN LATERAL (
         SELECT b.iban AS before, (n.recorded_at AT TIME ZONE 'Europe/Brussels')::date AS changed_on, n.reason
         FROM contractor_accounts n
              JOIN contractor_accounts b ON b.contractor_id = n.contractor_id AND b.position = n.position - 1
         WHERE n.contractor_id = known.contractor_id AND n.iban = known.iban
         ORDER BY n.position DESC LIMIT 1) AS change ON true
     LEFT JOIN LATERAL (
         SELECT r.returned_on, l.return_reason
         FROM standing_payment_order_returns r JOIN bank_lines l USING (bank_line_id)
              JOIN payment_orders o ON o.payment_order_id = r.payment_order_id JOIN tranches t USING (tranche_id)
              JOIN invoices i USING (invoice_id)
         WHERE i.contractor_id = known.contractor_id AND r.creditor_iban = known.iban
         ORDER BY r.returned_on DESC, r.returned_at DESC LIMIT 1) AS back ON true;
