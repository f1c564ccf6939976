-- No other way to another account: an order that is not to a contractor goes where two people redirected it last, or,
-- when a return is taken back, where it had been sent.
CREATE FUNCTION refuse_unrecorded_order_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.creditor_iban IS DISTINCT FROM (SELECT a.iban FROM payment_order_redirections r
                                                JOIN payment_order_redirection_asks a USING (payment_order_id, position)
                                           WHERE r.payment_order_id = NEW.payment_order_id
                                           ORDER BY r.position DESC LIMIT 1)
       AND NOT EXISTS (SELECT 1 FROM payment_order_returns b
                       WHERE b.payment_order_id = NEW.payment_order_id AND b.creditor_iban = NEW.creditor_iban) THEN
        RAISE EXCEPTION 'the account of order % changes by a row of payment_order_redirections only', NEW.payment_order_id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'payment_orders_account_recorded';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payment_orders_account_recorded BEFORE UPDATE OF creditor_iban ON payment_orders
    FOR EACH ROW WHEN (OLD.kind <> 'contractor' AND NEW.creditor_iban IS DISTINCT FROM OLD.creditor_iban)
    EXECUTE FUNCTION refuse_unrecorded_order_account();
