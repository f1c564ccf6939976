-- What the Energiehuis may claim for each loan it granted, by the day of signature.
INSERT INTO rule_parameters (product, key, valid_from, value, unit, source, confirmed) VALUES
    ('any', 'fee_per_loan', '2019-01-01', 322.00, 'euro', 'fee per loan granted as known for 2022; earlier years not confirmed', false),
    ('any', 'fee_per_loan', '2023-01-01', 326.00, 'euro', 'fee per loan granted after indexation; day of indexation not confirmed', false);
