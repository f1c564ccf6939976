-- Periods of a fund that are closed: what was told about them stays as it was told.

CREATE TABLE fund_closings (
    fund_id         uuid NOT NULL REFERENCES funds,
    closed_through  date NOT NULL,             -- the last day that is closed; it only moves forward
    closed_by       uuid NOT NULL REFERENCES users,
    closed_at       timestamptz NOT NULL,
    PRIMARY KEY (fund_id, closed_through)
);
CREATE TRIGGER fund_closings_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON fund_closings
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The last closed day of a fund; none where nothing was closed yet.
CREATE FUNCTION fund_closed_through(the_fund uuid) RETURNS date LANGUAGE sql STABLE AS $$
    SELECT max(closed_through) FROM fund_closings WHERE fund_id = the_fund
$$;

-- The lock on the fund waits for every entry that is being booked, and lets no other pass.
CREATE FUNCTION check_closing_grows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    closed date;
BEGIN
    PERFORM 1 FROM funds WHERE fund_id = NEW.fund_id FOR UPDATE;
    closed := fund_closed_through(NEW.fund_id);
    IF NEW.closed_through <= closed THEN
        RAISE EXCEPTION 'fund % is closed through % already, which is not before %', NEW.fund_id, closed, NEW.closed_through
            USING ERRCODE = 'check_violation', CONSTRAINT = 'fund_closings_growing';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fund_closings_growing BEFORE INSERT ON fund_closings
    FOR EACH ROW EXECUTE FUNCTION check_closing_grows();
