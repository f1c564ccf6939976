-- The steps of a run in their order, whoever takes them at the same moment: each locks the run first.

CREATE FUNCTION refuse_wrong_payment_run_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM payment_runs WHERE payment_run_id = NEW.payment_run_id FOR UPDATE;
    IF EXISTS (SELECT 1 FROM payment_run_cancellations WHERE payment_run_id = NEW.payment_run_id) THEN
        RAISE EXCEPTION 'payment run % is cancelled', NEW.payment_run_id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'payment_runs_cancelled';
    END IF;
    IF EXISTS (SELECT 1 FROM payment_run_exports WHERE payment_run_id = NEW.payment_run_id) THEN
        RAISE EXCEPTION 'payment run % is exported', NEW.payment_run_id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'payment_runs_exported';
    END IF;
    IF TG_TABLE_NAME = 'payment_run_exports'
       AND (SELECT count(*) FROM payment_run_releases WHERE payment_run_id = NEW.payment_run_id) < 2 THEN
        RAISE EXCEPTION 'payment run % is not released by two people', NEW.payment_run_id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'payment_runs_released';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payment_run_releases_step BEFORE INSERT ON payment_run_releases
    FOR EACH ROW EXECUTE FUNCTION refuse_wrong_payment_run_step();
CREATE TRIGGER payment_run_exports_step BEFORE INSERT ON payment_run_exports
    FOR EACH ROW EXECUTE FUNCTION refuse_wrong_payment_run_step();
CREATE TRIGGER payment_run_cancellations_step BEFORE INSERT ON payment_run_cancellations
    FOR EACH ROW EXECUTE FUNCTION refuse_wrong_payment_run_step();

-- Of the two who release, at least one neither made the run nor approved an invoice in it.
CREATE FUNCTION refuse_dependent_release() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.position = 2 AND NOT EXISTS (
        SELECT 1 FROM payment_run_releases r JOIN payment_runs p USING (payment_run_id)
        WHERE r.payment_run_id = NEW.payment_run_id AND r.released_by <> p.made_by
          AND NOT EXISTS (SELECT 1 FROM payment_run_orders o
                          WHERE o.payment_run_id = r.payment_run_id AND o.approved_by = r.released_by)) THEN
        RAISE EXCEPTION 'payment run % needs a releaser who neither made it nor approved an invoice in it', NEW.payment_run_id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'payment_run_releases_independent';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER payment_run_releases_independent AFTER INSERT ON payment_run_releases
    FOR EACH ROW EXECUTE FUNCTION refuse_dependent_release();

-- Nobody confirms an account that they recorded themselves.
CREATE FUNCTION refuse_own_confirmation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM payment_run_orders o JOIN contractor_accounts a USING (contractor_id)
               WHERE o.payment_run_id = NEW.payment_run_id AND o.contractor_id = NEW.contractor_id
                 AND a.iban = o.creditor_iban AND a.recorded_by = NEW.confirmed_by) THEN
        RAISE EXCEPTION 'the account of contractor % is confirmed by somebody else than who recorded it', NEW.contractor_id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'payment_run_confirmations_recorder';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payment_run_confirmations_recorder BEFORE INSERT ON payment_run_confirmations
    FOR EACH ROW EXECUTE FUNCTION refuse_own_confirmation();
