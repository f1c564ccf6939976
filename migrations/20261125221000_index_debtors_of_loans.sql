-- Whether somebody took a loan over is asked whenever a person is entered again.
CREATE INDEX loan_facts_debtor_idx ON loan_facts ((event ->> 'debtor_id')) WHERE kind = 'debtor_changed';
