-- What was claimed of a borrower and when: one row for each instalment on the day it fell due. The amount
-- that is still open is a fold over the facts; this is the record of having asked.
CREATE TABLE claims (
    loan_id     uuid NOT NULL REFERENCES loans,
    number      integer NOT NULL,              -- of the instalment, from 1
    due_on      date NOT NULL,                 -- contractual
    payable_on  date NOT NULL,                 -- first banking day on which money can move
    amount      numeric(14,2) NOT NULL CONSTRAINT claims_amount_check CHECK (amount >= 0),  -- open on that day
    raised_on   date NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (loan_id, due_on)
);
CREATE INDEX claims_due_on_idx ON claims (due_on);
CREATE TRIGGER claims_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON claims
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Whom a family can call when paying is hard: the social service (OCMW) of its municipality, which is also
-- the legal lender of an emergency-buyer loan.
CREATE TABLE social_services (
    nis_code           char(5) PRIMARY KEY REFERENCES municipalities,
    name               text NOT NULL,          -- OCMW Kortrijk
    enterprise_number  char(10) NOT NULL,
    street             text NOT NULL,          -- with the house number
    postcode           char(4) NOT NULL,
    locality           text NOT NULL,
    phone              text NOT NULL,
    email              text NOT NULL
);
