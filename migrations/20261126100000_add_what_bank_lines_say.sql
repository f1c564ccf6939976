-- What a line of the bank says beside its amount, for whoever matches, collects and undoes payments.

ALTER TABLE bank_files
    ADD COLUMN format text NOT NULL DEFAULT 'coda';  -- 'coda' or the CAMT message: 'camt.053.001.08'

ALTER TABLE bank_lines
    ADD COLUMN return_kind text CONSTRAINT bank_lines_return_kind_check
        CHECK (return_kind IN ('reject', 'return', 'refund', 'reversal', 'cancellation')),
    ADD COLUMN return_reason text,         -- ISO code (AM04, MD06), when the bank says why something came back
    ADD COLUMN mandate_reference text,     -- of a direct debit
    ADD COLUMN creditor_identifier text,   -- of a direct debit: who collected
    ADD COLUMN debit_outcome text CONSTRAINT bank_lines_debit_outcome_check
        CHECK (debit_outcome IN ('paid', 'technical', 'not_specified', 'debtor_disagrees', 'debtor_account')),  -- CODA 127
    ADD COLUMN purpose text,               -- ISO code, four letters
    ADD COLUMN category_purpose text,      -- ISO code, four letters
    ADD COLUMN batch_reference text,       -- our own name (PmtInfId) of the payment file that this is the total of
    ADD COLUMN counterparty_ultimate text; -- for whom the other side paid or collected
