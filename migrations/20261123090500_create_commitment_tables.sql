-- Money that is approved and not yet drawn is spoken for: it is never lent twice.
CREATE TABLE commitment_movements (
    movement_id      uuid PRIMARY KEY,
    application_id   uuid NOT NULL REFERENCES applications,
    fund_id          uuid NOT NULL REFERENCES funds,
    source_id        uuid NOT NULL,
    kind             text NOT NULL CONSTRAINT commitment_movements_kind_check CHECK (kind IN ('committed', 'drawn', 'released')),
    amount           numeric(14,2) NOT NULL,   -- committed: positive; drawn and released: negative
    effective_on     date NOT NULL,
    booked_at        timestamptz NOT NULL,
    idempotency_key  text NOT NULL,
    CONSTRAINT commitment_movements_idempotency_key_key UNIQUE (idempotency_key, source_id),
    CONSTRAINT commitment_movements_source_fkey FOREIGN KEY (fund_id, source_id) REFERENCES funding_sources (fund_id, source_id),
    CONSTRAINT commitment_movements_amount_check CHECK (amount <> 0 AND (amount > 0) = (kind = 'committed'))
);
CREATE INDEX commitment_movements_fund_idx ON commitment_movements (fund_id, effective_on);
CREATE INDEX commitment_movements_source_idx ON commitment_movements (source_id);
CREATE INDEX commitment_movements_application_idx ON commitment_movements (application_id);
CREATE TRIGGER commitment_movements_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON commitment_movements
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What a fund can still lend, from all facts booked so far. The same sum as domain::fund; the nightly
-- check compares the two.
--   money on the bank, less what is owed to contractors, due to funders, of unknown owner or overpaid
-- + credit lines not yet drawn
-- - commitments not yet drawn
CREATE FUNCTION fund_free_to_lend(the_fund uuid, on_day date) RETURNS numeric LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT sum(amount) FROM postings
                     WHERE fund_id = the_fund AND account IN
                           ('cash_at_bank', 'contractors_payable', 'due_to_funder', 'unmatched_receipts', 'borrower_overpayments')), 0)
         + coalesce((SELECT sum(s.ceiling - coalesce(
                                (SELECT -sum(p.amount) FROM postings p JOIN journal_entries e USING (entry_id)
                                 WHERE p.source_id = s.source_id AND p.account = 'owed_to_funder' AND e.reason = 'funding_received'), 0))
                     FROM funding_sources s
                     WHERE s.fund_id = the_fund AND s.kind = 'credit_line'
                       AND s.available_from <= on_day AND (s.ends_on IS NULL OR s.ends_on >= on_day)), 0)
         - coalesce((SELECT sum(amount) FROM commitment_movements WHERE fund_id = the_fund), 0)
$$;

-- What can still be promised out of a credit line: its ceiling less all that was ever promised from it
-- and not given back, because repaid principal of a pass-on source is not lent again.
CREATE FUNCTION source_room(the_source uuid) RETURNS numeric LANGUAGE sql STABLE AS $$
    SELECT s.ceiling - coalesce((SELECT sum(m.amount) FROM commitment_movements m
                                 WHERE m.source_id = s.source_id AND m.kind IN ('committed', 'released')), 0)
    FROM funding_sources s WHERE s.source_id = the_source
$$;

-- The last defence: whoever forgets to ask is refused, also when two ask at once. The row lock on the
-- fund makes the second wait until it can see what the first has taken.
CREATE FUNCTION check_commitment_room() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free numeric;
    room numeric;
BEGIN
    PERFORM 1 FROM funds WHERE fund_id = NEW.fund_id FOR UPDATE;
    IF NEW.kind = 'committed' THEN
        free := fund_free_to_lend(NEW.fund_id, NEW.effective_on);
        IF NEW.amount > free THEN
            RAISE EXCEPTION 'fund % has % free to lend, which is less than %', NEW.fund_id, free, NEW.amount
                USING ERRCODE = 'check_violation', CONSTRAINT = 'commitment_movements_fund_room';
        END IF;
        SELECT source_room(source_id) INTO room FROM funding_sources WHERE source_id = NEW.source_id AND NOT revolves;
        IF FOUND AND NEW.amount > room THEN
            RAISE EXCEPTION 'source % has room for %, which is less than %', NEW.source_id, room, NEW.amount
                USING ERRCODE = 'check_violation', CONSTRAINT = 'commitment_movements_source_room';
        END IF;
    ELSIF (SELECT coalesce(sum(amount), 0) FROM commitment_movements
           WHERE application_id = NEW.application_id AND source_id = NEW.source_id) + NEW.amount < 0 THEN
        RAISE EXCEPTION 'application % has less than % committed from source %', NEW.application_id, -NEW.amount, NEW.source_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'commitment_movements_left';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER commitment_movements_room BEFORE INSERT ON commitment_movements
    FOR EACH ROW EXECUTE FUNCTION check_commitment_room();
