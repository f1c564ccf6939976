# What each rule found: eligibility-<rule>-<result>.

eligibility-open-met = On { $on } this product was open.
eligibility-open-not-met = On { $on } this product was not open.
eligibility-figure-missing = The figure “{ $key }” of { $on } is missing. Add it to the rules with its source.

eligibility-amount-minimum-met = The amount is { $amount }; the least is { $least }.
eligibility-amount-minimum-not-met = The amount is { $amount }. That is less than the least, { $least }.
eligibility-amount-ceiling-met = The amount is { $amount }, after { $already } lent before for this dwelling; the most is { $most }.
eligibility-amount-ceiling-not-met = The amount is { $amount }, after { $already } lent before for this dwelling. Together that is more than the most, { $most }.
eligibility-quoted-met = The quotes come to { $quoted }; { $amount } is asked.
eligibility-quoted-not-met = The quotes come to { $quoted }. That is less than the { $amount } that is asked.
eligibility-quoted-missing = There is no quote yet, and { $amount } is asked. Add the quotes.
eligibility-instalments-min-met = { $wanted } instalments are asked; the least is { $least }.
eligibility-instalments-min-not-met = { $wanted } instalments are asked. The least is { $least }.
eligibility-instalments-min-missing = The number of instalments is not known yet; the least is { $least }.
eligibility-instalments-max-met = { $wanted } instalments are asked; the most is { $most }.
eligibility-instalments-max-not-met = { $wanted } instalments are asked. The most is { $most }.
eligibility-instalments-max-missing = The number of instalments is not known yet; the most is { $most }.

eligibility-sole-owner-met = The buyers own the whole dwelling.
eligibility-sole-owner-not-met = Somebody else owns part of the dwelling. The buyers must own all of it.
eligibility-sole-owner-missing = It is not known yet who owns the dwelling.
eligibility-main-residence-met = The dwelling is their main residence.
eligibility-main-residence-not-met = The dwelling is not their main residence. It must be.
eligibility-main-residence-missing = It is not known yet whether the dwelling is their main residence.
eligibility-no-other-real-estate-met = They have no other real estate.
eligibility-no-other-real-estate-not-met = They have rights in other real estate. They may have none.
eligibility-no-other-real-estate-missing = It is not known yet whether they have other real estate.
eligibility-structural-defects-met = The dwelling has structural defects of safety, health or quality.
eligibility-structural-defects-not-met = The dwelling has no structural defects. This loan is for dwellings that have them.
eligibility-structural-defects-missing = It is not known yet whether the dwelling has structural defects.
eligibility-energy-works-met = At least one of the works improves the energy performance.
eligibility-energy-works-not-met = None of the works improves the energy performance. At least one must.
eligibility-only-energy-works-met = All works improve the energy performance.
eligibility-only-energy-works-not-met = Some of the works do not improve the energy performance. All of them must.
eligibility-structural-works-met = At least one of the works repairs a structural defect.
eligibility-structural-works-not-met = None of the works repairs a structural defect. At least one must.
eligibility-solvency-inquiry-met = The solvency inquiry of the OCMW says that a loan of the market would lead to payment trouble.
eligibility-solvency-inquiry-not-met = The solvency inquiry of the OCMW says that a loan of the market is possible.
eligibility-solvency-inquiry-missing = The solvency inquiry of the OCMW is not there yet.
eligibility-valid-quotes-met = All quotes were valid on { $on }; the first one ends on { $until }.
eligibility-valid-quotes-not-met = A quote ended on { $until }, before the application of { $on }. Ask the contractor for a new one.
eligibility-valid-quotes-missing = There is no quote yet.

eligibility-income-ceiling-met = The joint taxable income of { $year } is { $income }; the most is { $most }.
eligibility-income-ceiling-not-met = The joint taxable income of { $year } is { $income }. That is more than the most, { $most }.
eligibility-income-ceiling-missing = The joint taxable income of { $year }, or the number of dependants, is not known yet; the most is { $most }.
eligibility-general-group-met = Nothing shows that the family belongs to the priority group: the rate is { $rate }, with at most { $most } instalments.
eligibility-organisation-met = It is asked for an organisation: the rate is { $rate }, with at most { $most } instalments.
eligibility-organisation-not-met = It is asked for an organisation. This loan is for families only.
eligibility-priority-group-by-ground = The family belongs to the priority group: { $ground ->
    [raised_allowance] raised allowance of the health insurance
    [protected_customer] protected customer for energy
    [debt_mediation] debt mediation
   *[ocmw_guidance] guidance by the OCMW
}.
eligibility-priority-group-met = The family belongs to the priority group by its income. The most is { $gross_most } gross in { $gross_year } or { $joint_most } joint taxable in { $joint_year }.
eligibility-priority-group-not-met = The family does not belong to the priority group: { $gross } gross in { $gross_year } (the most is { $gross_most }) and { $joint } joint taxable in { $joint_year } (the most is { $joint_most }).
eligibility-priority-group-missing = It is not known yet whether the family belongs to the priority group. Give a ground, or the gross income of { $gross_year } (the most is { $gross_most }) and the joint taxable income of { $joint_year } (the most is { $joint_most }), and the number of dependants.
