-- Every figure in a rule is dated data with its source. A value holds from its day until the day of the
-- next row of the same product and key, so there can be no gap and no overlap between two rows.
CREATE TABLE rule_parameters (
    product     text NOT NULL CONSTRAINT rule_parameters_product_check CHECK (product IN
                ('emergency_buyer', 'rolling_fund', 'energy_loan', 'renovation_loan', 'any')),
    key         text NOT NULL,
    valid_from  date NOT NULL,
    value       numeric(14,4),                 -- none: from this day on there is no such figure (a product has ended)
    unit        text NOT NULL CONSTRAINT rule_parameters_unit_check CHECK (unit IN
                ('euro', 'percent', 'months', 'years', 'days', 'count', 'yes_no')),
    source      text NOT NULL CONSTRAINT rule_parameters_source_check CHECK (source <> ''),
    confirmed   boolean NOT NULL,              -- false: inferred, nobody has confirmed it yet
    PRIMARY KEY (product, key, valid_from)
);
