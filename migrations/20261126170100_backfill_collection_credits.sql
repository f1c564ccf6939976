-- What was credited so far: one line for one collection gave its payment the identifier of the line, and a line for a
-- whole batch gave each payment the identifier of its collection. Batches of one sum on one day are told apart by their
-- order: their collections stand in the same state, so either is right.
INSERT INTO collection_credits (credit_id, collection_id, bank_line_id, payment_id, amount, credited_on, created_at)
SELECT c.collection_id, c.collection_id, l.bank_line_id, c.payment_id, c.amount, c.credited_on, s.booked_at
FROM collections c JOIN bank_lines l ON l.bank_line_id = c.payment_id JOIN bank_statements s USING (bank_statement_id)
WHERE c.payment_id IS NOT NULL;

INSERT INTO collection_credits (credit_id, collection_id, bank_line_id, payment_id, amount, credited_on, created_at)
SELECT c.collection_id, c.collection_id, t.bank_line_id, c.payment_id, c.amount, c.credited_on, t.booked_at
FROM (SELECT fund_id, run_id, batch, credited_on, sum(amount) AS amount,
             row_number() OVER (PARTITION BY fund_id, credited_on, sum(amount) ORDER BY run_id, batch) AS place
      FROM collections WHERE payment_id = collection_id GROUP BY fund_id, run_id, batch, credited_on) b
     JOIN (SELECT l.fund_id, l.booked_on, l.amount, l.bank_line_id, s.booked_at,
                  row_number() OVER (PARTITION BY l.fund_id, l.booked_on, l.amount ORDER BY l.bank_line_id) AS place
           FROM bank_lines l JOIN bank_statements s USING (bank_statement_id) WHERE l.reason = 'collection_total') t
       ON (t.fund_id, t.booked_on, t.amount, t.place) = (b.fund_id, b.credited_on, b.amount, b.place)
     JOIN collections c ON (c.run_id, c.batch, c.credited_on) = (b.run_id, b.batch, b.credited_on) AND c.payment_id = c.collection_id;
