-- Invoices of contractors, the tranches they draw, and the orders that pay them.

CREATE TABLE invoices (
    invoice_id      uuid PRIMARY KEY,
    loan_id         uuid NOT NULL REFERENCES loans,
    quote_id        uuid NOT NULL REFERENCES application_quotes,
    contractor_id   uuid NOT NULL REFERENCES contractors,
    invoice_number  text NOT NULL,
    invoiced_on     date NOT NULL,
    amount          numeric(14,2) NOT NULL CONSTRAINT invoices_amount_check CHECK (amount > 0),
    reference       text,                       -- structured or free reference the contractor wants to see
    state           text NOT NULL CONSTRAINT invoices_state_check CHECK (state IN ('received', 'approved', 'refused')),
    made_by         uuid NOT NULL REFERENCES users,
    received_at     timestamptz NOT NULL,
    decided_by      uuid REFERENCES users,
    decided_at      timestamptz,
    refusal_reason  text,
    CONSTRAINT invoices_decided_check CHECK ((decided_at IS NOT NULL) = (state <> 'received') AND (decided_by IS NOT NULL) = (state <> 'received')),
    CONSTRAINT invoices_refusal_check CHECK ((refusal_reason IS NOT NULL) = (state = 'refused')),
    CONSTRAINT invoices_maker_check CHECK (decided_by IS NULL OR decided_by <> made_by)
);
CREATE INDEX invoices_loan_idx ON invoices (loan_id);
-- The same invoice cannot come in twice, however its number is punctuated; one that was refused may come again.
CREATE UNIQUE INDEX invoices_number_key ON invoices
    (contractor_id, upper(regexp_replace(invoice_number, '[^[:alnum:]]', '', 'g'))) WHERE state <> 'refused';

CREATE TABLE tranches (
    tranche_id  uuid PRIMARY KEY,
    loan_id     uuid NOT NULL REFERENCES loans,
    invoice_id  uuid NOT NULL CONSTRAINT tranches_invoice_key UNIQUE REFERENCES invoices,
    amount      numeric(14,2) NOT NULL CONSTRAINT tranches_amount_check CHECK (amount > 0),
    drawn_on    date NOT NULL,
    created_at  timestamptz NOT NULL
);
CREATE INDEX tranches_loan_idx ON tranches (loan_id);
CREATE TRIGGER tranches_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON tranches
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE payment_orders (
    payment_order_id  uuid PRIMARY KEY,
    fund_id           uuid NOT NULL REFERENCES funds,
    kind              text NOT NULL CONSTRAINT payment_orders_kind_check CHECK (kind IN ('contractor', 'funder')),
    tranche_id        uuid CONSTRAINT payment_orders_tranche_key UNIQUE REFERENCES tranches,
    source_id         uuid REFERENCES funding_sources,
    creditor_name     text NOT NULL,
    creditor_iban     text NOT NULL,
    amount            numeric(14,2) NOT NULL CONSTRAINT payment_orders_amount_check CHECK (amount > 0),
    remittance        text NOT NULL,
    end_to_end_id     text NOT NULL CONSTRAINT payment_orders_end_to_end_id_key UNIQUE
                      CONSTRAINT payment_orders_end_to_end_id_check CHECK (length(end_to_end_id) <= 35),
    state             text NOT NULL CONSTRAINT payment_orders_state_check CHECK (state IN ('ordered', 'paid')),
    ordered_on        date NOT NULL,
    ordered_by        uuid NOT NULL REFERENCES users,
    created_at        timestamptz NOT NULL,
    paid_on           date,
    CONSTRAINT payment_orders_subject_check CHECK ((kind = 'contractor') = (tranche_id IS NOT NULL) AND (kind = 'funder') = (source_id IS NOT NULL)),
    CONSTRAINT payment_orders_paid_check CHECK ((state = 'paid') = (paid_on IS NOT NULL))
);
CREATE INDEX payment_orders_fund_idx ON payment_orders (fund_id, state);

ALTER TABLE postings ADD CONSTRAINT postings_payment_order_fkey FOREIGN KEY (payment_order_id) REFERENCES payment_orders;
