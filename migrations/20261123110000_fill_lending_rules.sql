-- The figures that judge an application and freeze a contract. `confirmed` is false where a figure was
-- inferred: the house works with it and `energiehuis rules check` keeps naming it until somebody confirms.
-- A yes_no row is a condition in force (1) or not (0); its source is the source of the condition.

INSERT INTO rule_parameters (product, key, valid_from, value, unit, source, confirmed) VALUES
    -- Emergency buyer: decisions per call of the Noodkoopfonds.
    ('emergency_buyer', 'open', '2020-01-01', 1, 'yes_no', 'Noodkoopfonds, first call, 2020; the day in that year is inferred', false),
    ('emergency_buyer', 'amount_ceiling', '2020-01-01', 25000, 'euro', 'Noodkoopfonds, call of 2020: at most 25,000 per dwelling; the day is inferred', false),
    ('emergency_buyer', 'amount_ceiling', '2021-01-01', 30000, 'euro', 'Noodkoopfonds, call of 2021: at most 30,000 per dwelling; the day is inferred', false),
    ('emergency_buyer', 'amount_ceiling', '2022-09-01', 50000, 'euro', 'Noodkoopfonds, from September 2022: at most 50,000 per dwelling', true),
    ('emergency_buyer', 'term_years', '2020-01-01', 20, 'years', 'Noodkoopfonds: due 20 years after the contract was signed', true),
    ('emergency_buyer', 'spread_years_max', '2020-01-01', 0, 'years', 'Noodkoopfonds, calls of 2020 and 2021: no spreading after the term', true),
    ('emergency_buyer', 'spread_years_max', '2022-01-01', 25, 'years', 'Noodkoopfonds, from 2022: repayment after year 20 may be spread over up to 25 years; the OCMW decides', true),
    ('emergency_buyer', 'income_ceiling_single', '2020-01-01', 44620, 'euro', 'ceiling used by one town for incomes of 2019; taken for all towns and years', false),
    ('emergency_buyer', 'income_ceiling_household', '2020-01-01', 63740, 'euro', 'ceiling used by one town for incomes of 2019; taken for all towns and years', false),
    ('emergency_buyer', 'income_ceiling_per_dependant', '2020-01-01', 3570, 'euro', 'addition used by one town for incomes of 2019; taken for all towns and years', false),
    ('emergency_buyer', 'income_years_back', '2020-01-01', 3, 'years', 'inferred: joint taxable income three years before the application, as for the energy loan', false),
    ('emergency_buyer', 'sole_owner_required', '2020-01-01', 1, 'yes_no', 'Noodkoopfonds: full owner, alone or with the other buyers', true),
    ('emergency_buyer', 'main_residence_required', '2020-01-01', 1, 'yes_no', 'Noodkoopfonds: the dwelling is the main residence', true),
    ('emergency_buyer', 'no_other_real_estate_required', '2020-01-01', 1, 'yes_no', 'Noodkoopfonds: no other real estate', true),
    ('emergency_buyer', 'structural_defects_required', '2020-01-01', 1, 'yes_no', 'Noodkoopfonds: structural defects of safety, health or quality', true),
    ('emergency_buyer', 'energy_works_required', '2020-01-01', 1, 'yes_no', 'Noodkoopfonds: works that improve energy performance', true),
    ('emergency_buyer', 'structural_works_required', '2020-01-01', 1, 'yes_no', 'Noodkoopfonds: energy works together with structural repair', true),
    ('emergency_buyer', 'solvency_inquiry_required', '2020-01-01', 1, 'yes_no', 'Noodkoopfonds: the solvency inquiry of the OCMW says that a market loan would lead to payment trouble', true),
    ('emergency_buyer', 'valid_quotes_required', '2020-01-01', 1, 'yes_no', 'inferred: a quote must still be valid on the day of the application', false),

    -- Rolling fund: the local pilot of 2019 to 2021, after the model of Ghent (Dampoort KnapT OP).
    ('rolling_fund', 'open', '2019-01-01', 1, 'yes_no', 'local pilot of province, Harelbeke, Kortrijk and Menen, 2019 to 2021; what comes back serves the next family', true),
    ('rolling_fund', 'amount_ceiling', '2019-01-01', 30000, 'euro', 'Ghent, Dampoort KnapT OP: 30,000 per house; taken as the ceiling of the local fund', false),
    ('rolling_fund', 'sole_owner_required', '2019-01-01', 1, 'yes_no', 'inferred from the model of Ghent: the family owns the whole house', false),
    ('rolling_fund', 'main_residence_required', '2019-01-01', 1, 'yes_no', 'inferred from the model of Ghent: the family lives in the house', false),
    ('rolling_fund', 'no_other_real_estate_required', '2019-01-01', 1, 'yes_no', 'inferred from the model of Ghent: emergency buyers without other real estate', false),
    ('rolling_fund', 'energy_works_required', '2019-01-01', 1, 'yes_no', 'inferred from the model of Ghent: works that improve energy performance', false),
    ('rolling_fund', 'valid_quotes_required', '2019-01-01', 1, 'yes_no', 'inferred: a quote must still be valid on the day of the application', false),

    -- Flemish energy loan, 0 % for the priority group, from 2019 to 31 August 2022.
    ('energy_loan', 'open', '2019-01-01', 1, 'yes_no', 'Energielening: 0 % for the priority group since 2019', true),
    ('energy_loan', 'amount_minimum', '2019-01-01', 1250, 'euro', 'Energielening: 1,250 to 15,000', true),
    ('energy_loan', 'amount_ceiling', '2019-01-01', 15000, 'euro', 'Energielening: 1,250 to 15,000', true),
    ('energy_loan', 'instalments_max', '2019-01-01', 120, 'count', 'Energielening: at most 10 years, monthly', true),
    ('energy_loan', 'interest_percent', '2019-01-01', 0, 'percent', 'Energielening: 0 % for the priority group', true),
    ('energy_loan', 'first_due_after_months', '2019-01-01', 3, 'months', 'inferred: the first instalment falls due on the first of the third month after signing', false),
    ('energy_loan', 'gross_income_ceiling', '2019-01-01', 20764, 'euro', 'Energielening, figure of 2022; taken for the years before', false),
    ('energy_loan', 'gross_income_ceiling', '2022-01-01', 20764, 'euro', 'Energielening, priority group 2022: gross income up to 20,764', true),
    ('energy_loan', 'gross_income_per_dependant', '2019-01-01', 3844, 'euro', 'Energielening, figure of 2022; taken for the years before', false),
    ('energy_loan', 'gross_income_per_dependant', '2022-01-01', 3844, 'euro', 'Energielening, priority group 2022: +3,844 per dependant', true),
    ('energy_loan', 'gross_income_years_back', '2019-01-01', 1, 'years', 'inferred: gross income of the year before the application', false),
    ('energy_loan', 'joint_taxable_ceiling', '2019-01-01', 32980, 'euro', 'Energielening, figure of 2022; taken for the years before', false),
    ('energy_loan', 'joint_taxable_ceiling', '2022-01-01', 32980, 'euro', 'Energielening, priority group 2022: joint taxable income up to 32,980', true),
    ('energy_loan', 'joint_taxable_per_dependant', '2019-01-01', 1720, 'euro', 'Energielening, figure of 2022; taken for the years before', false),
    ('energy_loan', 'joint_taxable_per_dependant', '2022-01-01', 1720, 'euro', 'Energielening, priority group 2022: +1,720 per dependant', true),
    ('energy_loan', 'joint_taxable_years_back', '2019-01-01', 3, 'years', 'Energielening: joint taxable income of three years earlier', true),
    ('energy_loan', 'priority_group_required', '2019-01-01', 1, 'yes_no', 'Energielening: raised allowance, protected customer, debt mediation, OCMW guidance or income', true),
    ('energy_loan', 'energy_works_required', '2019-01-01', 1, 'yes_no', 'Energielening: works that improve energy performance', true),
    ('energy_loan', 'valid_quotes_required', '2019-01-01', 1, 'yes_no', 'inferred: a quote must still be valid on the day of the application', false);

-- The energy loan ended on 31 August 2022; Mijn VerbouwLening took its place. Its contracts keep their terms.
INSERT INTO rule_parameters (product, key, valid_from, value, unit, source, confirmed)
SELECT DISTINCT ON (key) product, key, DATE '2022-09-01', NULL::numeric, unit,
       'Energielening: granted to 31 August 2022', true
FROM rule_parameters WHERE product = 'energy_loan' ORDER BY key, valid_from DESC;
