-- The arrears ladder: every step is a dated figure.
INSERT INTO rule_parameters (product, key, valid_from, value, unit, source, confirmed) VALUES
    ('any', 'arrears_internal_signal', '2019-01-01', 7, 'days',
     'House rule: a colleague looks before a letter goes', false),
    ('any', 'arrears_first_reminder', '2019-01-01', 10, 'days',
     'House rule; the reminder itself is free under WER art. XIX.2 (from 1 September 2023)', false),
    ('any', 'arrears_next_letter_cost', '2019-01-01', 0, 'euro',
     'House rule: letters are free; WER Book VII would allow 7.50 and postage', false);
