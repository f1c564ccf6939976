-- Subsidieretentie: with the principal a part of a gain in value comes back. The contract names the part, what the
-- dwelling was worth before the works, and the most that can be asked on top of the principal.
INSERT INTO rule_parameters (product, key, valid_from, value, unit, source, source_nl, confirmed) VALUES
    ('rolling_fund', 'gain_share_percent', '2019-01-01', 25, 'percent',
     'Ghent, Dampoort KnapT OP: part of a gain in value comes back with the principal; the percentage is inferred',
     'Gent, Dampoort KnapT OP: een deel van de meerwaarde komt terug met de hoofdsom; het percentage is afgeleid', false),
    ('rolling_fund', 'gain_share_ceiling_percent', '2019-01-01', 100, 'percent',
     'inferred from the model of Ghent: the part of the gain is never more than what was lent',
     'afgeleid van het model van Gent: het deel van de meerwaarde is nooit meer dan wat geleend is', false);
