-- A bank file of a hundred thousand lines books a hundred thousand entries with four postings each. PostgreSQL asks for
-- every row and every foreign key on its own, which took two thirds of the time of an import. The rows of these four
-- tables refer to rows that can never go or change their key: so it is enough to ask, at the end of each statement and
-- for all its rows at once, whether what they refer to is there. Where that may go, the foreign key stays.

-- Rows that others refer to stay.
CREATE TRIGGER accounts_stay BEFORE UPDATE OF account OR DELETE ON accounts
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER accounts_stay_whole BEFORE TRUNCATE ON accounts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER users_stay BEFORE UPDATE OF user_id OR DELETE ON users
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER users_stay_whole BEFORE TRUNCATE ON users FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER funds_stay BEFORE UPDATE OF fund_id OR DELETE ON funds
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER funds_stay_whole BEFORE TRUNCATE ON funds FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER funding_sources_stay BEFORE UPDATE OF source_id, fund_id OR DELETE ON funding_sources
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER funding_sources_stay_whole BEFORE TRUNCATE ON funding_sources
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Arguments: three for each reference, as of a foreign key: its name, its columns (of the same names on both sides, where
-- the third says nothing else), and the table referred to, or `table(column)`. The statement is made anew each time, so
-- that it is planned for one row and for a hundred thousand alike. The path is fixed: no temporary table of the same name is
-- asked in its stead, and a dump that sets no path can be restored.
CREATE FUNCTION refuse_unknown_reference() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    missing text;
BEGIN
    FOR place IN 0 .. TG_NARGS - 1 BY 3 LOOP
        DECLARE
            own_columns text[] := string_to_array(TG_ARGV[place + 1], ', ');
            parent text := split_part(TG_ARGV[place + 2], '(', 1);
            parent_column text := nullif(rtrim(split_part(TG_ARGV[place + 2], '(', 2), ')'), '');
        BEGIN
            EXECUTE (
                SELECT format('SELECT concat_ws('', '', %s) FROM new_rows AS new WHERE %s AND NOT EXISTS (SELECT FROM %I AS parent WHERE %s) LIMIT 1',
                              string_agg(format('new.%I', own), ', '),
                              string_agg(format('new.%I IS NOT NULL', own), ' AND '),
                              parent,
                              string_agg(format('parent.%I = new.%I', coalesce(parent_column, own), own), ' AND '))
                FROM unnest(own_columns) AS own
            ) INTO missing;
            IF missing IS NOT NULL THEN
                RAISE EXCEPTION 'a row of % names a row of % that is not there: (%) = (%)', TG_TABLE_NAME, parent, TG_ARGV[place + 1], missing
                    USING ERRCODE = 'foreign_key_violation', CONSTRAINT = TG_ARGV[place];
            END IF;
        END;
    END LOOP;
    RETURN NULL;
END $$;

-- A posting may only join its entry in the transaction that made the entry: asked once for all postings of a statement.
DROP TRIGGER postings_entry_closed ON postings;
DROP FUNCTION refuse_late_posting();
CREATE FUNCTION refuse_late_postings() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    late uuid;
BEGIN
    EXECUTE 'SELECT entry_id FROM journal_entries
             WHERE entry_id IN (SELECT entry_id FROM new_rows) AND booked_in <> pg_current_xact_id() LIMIT 1' INTO late;
    IF late IS NOT NULL THEN
        RAISE EXCEPTION 'journal entry % is closed: a posting joins its entry in one transaction', late
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'postings_entry_closed';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER postings_entry_closed AFTER INSERT ON postings REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_late_postings();

ALTER TABLE postings
    DROP CONSTRAINT postings_entry_id_fkey, -- the fund and the entry are one reference
    DROP CONSTRAINT postings_fund_fkey,
    DROP CONSTRAINT postings_account_fkey,
    DROP CONSTRAINT postings_loan_fkey,
    DROP CONSTRAINT postings_source_fkey;
CREATE TRIGGER postings_references AFTER INSERT ON postings REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_unknown_reference(
        'postings_fund_fkey', 'fund_id, entry_id', 'journal_entries',
        'postings_account_fkey', 'account', 'accounts',
        'postings_loan_fkey', 'fund_id, loan_id', 'loans',
        'postings_source_fkey', 'fund_id, source_id', 'funding_sources');

ALTER TABLE journal_entries
    DROP CONSTRAINT journal_entries_fund_key, -- it served the reference of the postings only
    DROP CONSTRAINT journal_entries_fund_id_fkey,
    DROP CONSTRAINT journal_entries_booked_by_fkey,
    DROP CONSTRAINT journal_entries_reverses_entry_id_fkey;
CREATE TRIGGER journal_entries_references AFTER INSERT ON journal_entries REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_unknown_reference(
        'journal_entries_fund_id_fkey', 'fund_id', 'funds',
        'journal_entries_booked_by_fkey', 'booked_by', 'users(user_id)',
        'journal_entries_reverses_entry_id_fkey', 'reverses_entry_id', 'journal_entries(entry_id)');

ALTER TABLE loan_facts
    DROP CONSTRAINT loan_facts_loan_id_fkey,
    DROP CONSTRAINT loan_facts_booked_by_fkey,
    DROP CONSTRAINT loan_facts_entry_id_fkey;
CREATE TRIGGER loan_facts_references AFTER INSERT ON loan_facts REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_unknown_reference(
        'loan_facts_loan_id_fkey', 'loan_id', 'loans',
        'loan_facts_booked_by_fkey', 'booked_by', 'users(user_id)',
        'loan_facts_entry_id_fkey', 'entry_id', 'journal_entries');

-- Payment orders are no records that stay as they are: that reference stays a foreign key, here and on the postings.
ALTER TABLE bank_lines
    DROP CONSTRAINT bank_lines_bank_statement_id_fkey,
    DROP CONSTRAINT bank_lines_fund_id_fkey,
    DROP CONSTRAINT bank_lines_loan_id_fkey,
    DROP CONSTRAINT bank_lines_source_id_fkey,
    DROP CONSTRAINT bank_lines_entry_id_fkey,
    DROP CONSTRAINT bank_lines_explains_line_id_fkey,
    DROP CONSTRAINT bank_lines_details_file_id_fkey;
CREATE TRIGGER bank_lines_references AFTER INSERT ON bank_lines REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_unknown_reference(
        'bank_lines_bank_statement_id_fkey', 'bank_statement_id', 'bank_statements',
        'bank_lines_fund_id_fkey', 'fund_id', 'funds',
        'bank_lines_loan_id_fkey', 'loan_id', 'loans',
        'bank_lines_source_id_fkey', 'source_id', 'funding_sources',
        'bank_lines_entry_id_fkey', 'entry_id', 'journal_entries',
        'bank_lines_explains_line_id_fkey', 'explains_line_id', 'bank_lines(bank_line_id)',
        'bank_lines_details_file_id_fkey', 'details_file_id', 'bank_files(bank_file_id)');
