-- From which account a loan was paid before, and whom a name on a statement may be.
CREATE INDEX bank_lines_counterparty_iban_idx ON bank_lines (counterparty_iban) WHERE loan_id IS NOT NULL AND counterparty_iban IS NOT NULL;
CREATE INDEX persons_folded_family_name_idx ON persons
    ((translate(lower(family_name), 'àáâäãçèéêëìíîïñòóôöõùúûü', 'aaaaaceeeeiiiinooooouuuu')));
