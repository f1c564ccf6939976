-- The entry that paid an order is found by the order when its money comes back.
CREATE INDEX postings_payment_order_idx ON postings (payment_order_id) WHERE payment_order_id IS NOT NULL;
