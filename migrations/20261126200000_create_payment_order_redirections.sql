-- An order that is not to a contractor, and whose account is wrong: one person asks for another account, and the order
-- goes there when a second one has asked for the same. Records that only grow.
CREATE TABLE payment_order_redirection_asks (
    payment_order_id  uuid NOT NULL REFERENCES payment_orders,
    position          integer NOT NULL CONSTRAINT payment_order_redirection_asks_position_check CHECK (position >= 1),
    end_to_end_id     text NOT NULL,           -- under which it waited: sent and come back since, both ask anew
    before            text NOT NULL,           -- the account it was for
    iban              text NOT NULL,           -- the account that is asked for
    reason            text NOT NULL CONSTRAINT payment_order_redirection_asks_reason_check CHECK (reason <> ''),
    asked_at          timestamptz NOT NULL,
    asked_by          uuid NOT NULL REFERENCES users,
    PRIMARY KEY (payment_order_id, position),
    CONSTRAINT payment_order_redirection_asks_iban_check CHECK (iban <> before)
);
CREATE TRIGGER payment_order_redirection_asks_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_order_redirection_asks
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE payment_order_redirections (
    payment_order_id  uuid NOT NULL,
    position          integer NOT NULL,        -- the ask that a second person repeated
    reason            text NOT NULL CONSTRAINT payment_order_redirections_reason_check CHECK (reason <> ''),
    redirected_at     timestamptz NOT NULL,
    redirected_by     uuid NOT NULL REFERENCES users,
    PRIMARY KEY (payment_order_id, position),
    CONSTRAINT payment_order_redirections_ask_fkey FOREIGN KEY (payment_order_id, position)
        REFERENCES payment_order_redirection_asks (payment_order_id, position)
);
CREATE TRIGGER payment_order_redirections_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_order_redirections
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The second person is not the first, and the order still waits as it did when the first one asked.
CREATE FUNCTION refuse_wrong_payment_order_redirection() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM payment_orders WHERE payment_order_id = NEW.payment_order_id FOR UPDATE;
    IF EXISTS (SELECT 1 FROM payment_order_redirection_asks a
               WHERE a.payment_order_id = NEW.payment_order_id AND a.position = NEW.position
                 AND a.asked_by = NEW.redirected_by) THEN
        RAISE EXCEPTION 'order % is redirected by somebody else than who asked first', NEW.payment_order_id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'payment_order_redirections_second';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM payment_orders o JOIN payment_order_redirection_asks a USING (payment_order_id)
                   WHERE o.payment_order_id = NEW.payment_order_id AND a.position = NEW.position
                     AND o.kind <> 'contractor' AND o.state = 'ordered' AND o.payment_run_id IS NULL
                     AND o.end_to_end_id = a.end_to_end_id AND o.creditor_iban = a.before) THEN
        RAISE EXCEPTION 'order % does not wait as it did when another account was asked for', NEW.payment_order_id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'payment_order_redirections_waits';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payment_order_redirections_second BEFORE INSERT ON payment_order_redirections
    FOR EACH ROW EXECUTE FUNCTION refuse_wrong_payment_order_redirection();

-- The order goes to the new account from then on.
CREATE FUNCTION use_payment_order_redirection() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE payment_orders o SET creditor_iban = a.iban
    FROM payment_order_redirection_asks a
    WHERE o.payment_order_id = NEW.payment_order_id AND a.payment_order_id = NEW.payment_order_id
      AND a.position = NEW.position;
    RETURN NULL;
END $$;
CREATE TRIGGER payment_order_redirections_use AFTER INSERT ON payment_order_redirections
    FOR EACH ROW EXECUTE FUNCTION use_payment_order_redirection();
