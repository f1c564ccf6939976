-- A releaser says of the account of an order that is not to a contractor that it was verified, and how. What
-- payment_run_confirmations is for contractors.
CREATE TABLE payment_run_order_confirmations (
    payment_run_id    uuid NOT NULL,
    payment_order_id  uuid NOT NULL,
    confirmed_by      uuid NOT NULL,
    note              text NOT NULL CONSTRAINT payment_run_order_confirmations_note_check CHECK (note <> ''),
    flags             text[] NOT NULL,           -- what was shown when it was confirmed
    confirmed_at      timestamptz NOT NULL,
    PRIMARY KEY (payment_run_id, payment_order_id, confirmed_by),
    CONSTRAINT payment_run_order_confirmations_order_fkey FOREIGN KEY (payment_run_id, payment_order_id)
        REFERENCES payment_run_orders (payment_run_id, payment_order_id),
    CONSTRAINT payment_run_order_confirmations_releaser_fkey FOREIGN KEY (payment_run_id, confirmed_by)
        REFERENCES payment_run_releases (payment_run_id, released_by)
);
CREATE TRIGGER payment_run_order_confirmations_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_run_order_confirmations
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Nobody confirms an account to which they redirected the order, as the first or as the second.
CREATE FUNCTION refuse_own_order_confirmation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM payment_order_redirections r
                    JOIN payment_order_redirection_asks a USING (payment_order_id, position)
                    JOIN payment_run_orders o USING (payment_order_id)
               WHERE o.payment_run_id = NEW.payment_run_id AND o.payment_order_id = NEW.payment_order_id
                 AND a.iban = o.creditor_iban AND NEW.confirmed_by IN (a.asked_by, r.redirected_by)) THEN
        RAISE EXCEPTION 'the account of order % is confirmed by somebody else than who redirected it', NEW.payment_order_id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'payment_run_order_confirmations_recorder';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payment_run_order_confirmations_recorder BEFORE INSERT ON payment_run_order_confirmations
    FOR EACH ROW EXECUTE FUNCTION refuse_own_order_confirmation();
