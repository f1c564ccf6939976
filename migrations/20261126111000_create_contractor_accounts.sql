-- On which account each contractor is paid, since when, and who said so. The house pays the latest; contractors.iban is
-- a copy of it.
CREATE TABLE contractor_accounts (
    contractor_id  uuid NOT NULL REFERENCES contractors,
    position       integer NOT NULL CONSTRAINT contractor_accounts_position_check CHECK (position >= 1),
    iban           text NOT NULL,
    recorded_at    timestamptz NOT NULL,
    recorded_by    uuid REFERENCES users,      -- none for the first, which came with a quote
    reason         text CONSTRAINT contractor_accounts_reason_check CHECK (reason <> ''),  -- how a change was verified
    PRIMARY KEY (contractor_id, position),
    CONSTRAINT contractor_accounts_recorded_check CHECK ((position = 1) = (recorded_by IS NULL)
                                                         AND (recorded_by IS NULL) = (reason IS NULL))
);
CREATE INDEX contractor_accounts_iban_idx ON contractor_accounts (iban);
CREATE TRIGGER contractor_accounts_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON contractor_accounts
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The first account comes with the contractor, whoever adds it.
CREATE FUNCTION record_first_contractor_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO contractor_accounts (contractor_id, position, iban, recorded_at)
    VALUES (NEW.contractor_id, 1, NEW.iban, NEW.created_at);
    RETURN NULL;
END $$;
CREATE TRIGGER contractors_first_account AFTER INSERT ON contractors
    FOR EACH ROW EXECUTE FUNCTION record_first_contractor_account();

-- A later one is what the house pays from then on.
CREATE FUNCTION use_contractor_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.position > 1 THEN
        UPDATE contractors SET iban = NEW.iban WHERE contractor_id = NEW.contractor_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER contractor_accounts_use AFTER INSERT ON contractor_accounts
    FOR EACH ROW EXECUTE FUNCTION use_contractor_account();

-- No other way to another account: a change without its record is refused.
CREATE FUNCTION refuse_unrecorded_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.iban IS DISTINCT FROM (SELECT iban FROM contractor_accounts WHERE contractor_id = NEW.contractor_id
                                  ORDER BY position DESC LIMIT 1) THEN
        RAISE EXCEPTION 'the account of contractor % changes by a row of contractor_accounts only', NEW.contractor_id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'contractors_iban_recorded';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER contractors_iban_recorded BEFORE UPDATE OF iban ON contractors
    FOR EACH ROW EXECUTE FUNCTION refuse_unrecorded_account();
