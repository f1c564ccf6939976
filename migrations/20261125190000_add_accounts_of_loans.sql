-- What a loan can have in the books beside its principal: interest and a share of a gain that were received, and a
-- refund that is ordered and not yet paid. Each of these, and what is given up on it, is kept per loan.

INSERT INTO accounts (account, number, kind) VALUES
    ('refunds_payable', 2220, 'liability'),          -- ordered back to borrowers, not yet paid by the bank
    ('interest_income', 4010, 'income'),             -- taken when it is received
    ('gain_share_income', 4020, 'income');           -- of the rolling fund: taken when it is received

ALTER TABLE postings DROP CONSTRAINT postings_loan_check;
ALTER TABLE postings ADD CONSTRAINT postings_loan_check CHECK (loan_id IS NOT NULL OR account NOT IN
    ('loans_receivable', 'borrower_overpayments', 'refunds_payable', 'interest_income', 'gain_share_income', 'write_off_loss'));
