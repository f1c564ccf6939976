-- No entry lands in a closed period, whoever forgets to ask. Once per statement, however many entries it books.
CREATE FUNCTION refuse_entry_in_closed_period() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    refused record;
BEGIN
    -- A closing takes the stronger lock: it waits for this transaction, or this one waits and then sees it.
    PERFORM 1 FROM funds WHERE fund_id IN (SELECT fund_id FROM new_entries) ORDER BY fund_id FOR KEY SHARE;
    SELECT f.code, e.effective_on, c.closed_through INTO refused
    FROM (SELECT fund_id, min(effective_on) AS effective_on FROM new_entries GROUP BY fund_id) e
         JOIN funds f USING (fund_id)
         CROSS JOIN LATERAL (SELECT fund_closed_through(f.fund_id) AS closed_through) c
    WHERE e.effective_on <= c.closed_through ORDER BY f.code LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'fund % is closed through %: no entry of % can be booked', refused.code, refused.closed_through,
                        refused.effective_on
            USING ERRCODE = 'check_violation', CONSTRAINT = 'journal_entries_period_open',
                  -- Read by storage::periods: code of the fund, day of the entry, last closed day.
                  DETAIL = concat_ws(' ', refused.code, to_char(refused.effective_on, 'YYYY-MM-DD'),
                                     to_char(refused.closed_through, 'YYYY-MM-DD'));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER journal_entries_period_open AFTER INSERT ON journal_entries
    REFERENCING NEW TABLE AS new_entries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_entry_in_closed_period();
