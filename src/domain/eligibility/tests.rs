//! Every rule with its three answers, and every figure at its boundary.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::*;
use crate::domain::application::{
    Answers, Contractor, Dwelling, Income, IncomeKind, Person, PriorityGround, Quote, Role, SolvencyInquiry, Work,
    WorkKind,
};
use crate::domain::identity::{BirthCentury, EnterpriseNumber, Iban, Insz};
use crate::domain::rules::{ParameterRow, Parameters, RuleBook, Unit};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_default()
}

/// The figures of a product, all from 2019.
fn book(product: Product) -> RuleBook {
    let figures: &[(&str, i64)] = match product {
        Product::EmergencyBuyer => &[
            ("amount_ceiling", 50_000),
            ("term_years", 20),
            ("spread_years_max", 25),
            ("income_ceiling_single", 44_620),
            ("income_ceiling_household", 63_740),
            ("income_ceiling_per_dependant", 3_570),
            ("income_years_back", 3),
        ],
        Product::EnergyLoan => &[
            ("amount_minimum", 1_250),
            ("amount_ceiling", 15_000),
            ("instalments_min", 12),
            ("instalments_max", 120),
            ("interest_percent", 0),
            ("first_due_after_months", 3),
            ("first_due_after_months_max", 12),
            ("gross_income_ceiling", 20_764),
            ("gross_income_per_dependant", 3_844),
            ("gross_income_years_back", 1),
            ("joint_taxable_ceiling", 32_980),
            ("joint_taxable_per_dependant", 1_720),
            ("joint_taxable_years_back", 3),
        ],
        Product::RollingFund => &[("amount_ceiling", 30_000), ("gain_share_percent", 25)],
        Product::RenovationLoan => &[
            ("amount_minimum", 1_250),
            ("amount_ceiling", 60_000),
            ("instalments_max", 300),
            ("interest_percent", 2),
            ("first_due_after_months", 1),
            ("draws_max", 6),
            ("draw_months_max", 36),
            ("income_ceiling_single", 46_170),
            ("income_ceiling_household", 65_960),
            ("income_ceiling_per_dependant", 3_700),
            ("income_years_back", 2),
        ],
    };
    let row = |key: &str, value: i64, unit: Unit| ParameterRow {
        product: Some(product),
        key: key.to_owned(),
        valid_from: day("2019-01-01"),
        value: Some(Decimal::from(value)),
        unit,
        source: "a decree".to_owned(),
        source_nl: "een decreet".to_owned(),
        confirmed: true,
    };
    let unit_of = |name: &str| KEYS.iter().find(|key| key.name == name).map_or(Unit::Euro, |key| key.unit);
    let conditions = KEYS.iter().filter(|key| key.product == Some(product) && key.unit == Unit::YesNo);
    let conditions = conditions.map(|key| row(key.name, 1, Unit::YesNo));
    let figures = figures.iter().map(|(key, value)| row(key, *value, unit_of(key)));
    RuleBook::new(conditions.chain(figures).collect())
}

fn person() -> Option<Person> {
    Some(Person {
        given_name: "An".to_owned(),
        family_name: "Voorbeeld".to_owned(),
        insz: Insz::from_first_nine(930_518_223, BirthCentury::Before2000).ok()?,
        born_on: day("1993-05-18"),
        email: None,
        phone: None,
        language: "nl".to_owned(),
    })
}

fn quote(euros: i64) -> Option<Quote> {
    Some(Quote {
        contractor: Contractor {
            name: "Dakwerken Voorbeeld".to_owned(),
            enterprise_number: EnterpriseNumber::parse("0566.988.259").ok()?,
            iban: Iban::parse("BE68 5390 0754 7034").ok()?,
            email: None,
        },
        amount: Money::from_euros(euros),
        quoted_on: day("2022-05-01"),
        valid_until: day("2022-06-15"),
    })
}

fn income(kind: IncomeKind, year: i16, euros: i64) -> Income {
    Income { earner: Role::Applicant, kind, year, amount: Money::from_euros(euros) }
}

/// A family that meets every rule of its product on 15 June 2022.
fn family(product: Product) -> NewApplication {
    let in_instalments = matches!(product, Product::EnergyLoan | Product::RenovationLoan);
    NewApplication {
        product,
        applied_on: day("2022-06-15"),
        amount: Money::from_euros(10_000),
        instalments: in_instalments.then_some(60),
        people: person().into_iter().collect(),
        dwelling: Dwelling {
            street: "Voorbeeldstraat".to_owned(),
            number: "1".to_owned(),
            box_number: None,
            postcode: "8500".to_owned(),
            locality: "Kortrijk".to_owned(),
            nis_code: "34022".to_owned(),
            built_in: None,
            bought_on: None,
            epc_label: None,
            epc_number: None,
            epc_score: None,
        },
        works: vec![Work {
            kind: WorkKind::Roof,
            description: String::new(),
            improves_energy: true,
            structural: true,
            quotes: quote(60_000).into_iter().collect(),
        }],
        incomes: vec![
            income(IncomeKind::JointTaxable, 2019, 30_000),
            income(IncomeKind::JointTaxable, 2020, 30_000),
            income(IncomeKind::Gross, 2021, 30_000),
        ],
        answers: Answers {
            sole_owner: Some(true),
            main_residence: Some(true),
            other_real_estate: Some(false),
            structural_defects: Some(true),
            dependants: Some(0),
            solvency_inquiry: Some(SolvencyInquiry::MarketLoanWouldFail),
            organisation: None,
            priority_grounds: Vec::new(),
        },
    }
}

fn verdict(application: &NewApplication) -> Verdict {
    let rules = book(application.product).at(application.product, application.applied_on);
    judge(application, &rules, Money::ZERO)
}

/// The answer of one rule after a change of the family.
fn answer(product: Product, rule: &str, change: impl FnOnce(&mut NewApplication)) -> Option<Met> {
    let mut application = family(product);
    change(&mut application);
    verdict(&application).findings.into_iter().find(|finding| finding.rule == rule).map(|finding| finding.result)
}

#[test]
fn a_family_that_meets_every_rule_is_eligible_and_every_finding_has_a_source_and_a_day() {
    for product in Product::ALL {
        let verdict = verdict(&family(product));
        assert_eq!(verdict.outcome, Outcome::Eligible, "{verdict:#?}");
        for finding in &verdict.findings {
            assert_eq!(
                (finding.source.as_str(), finding.source_nl.as_str()),
                ("a decree", "een decreet"),
                "{finding:?}"
            );
            assert_eq!(finding.valid_from, Some(day("2019-01-01")));
            assert!(!finding.figures.is_empty());
        }
    }
}

#[test]
fn every_yes_or_no_condition_can_be_met_not_met_and_unknown() {
    type Change = fn(&mut Answers, Option<bool>);
    let conditions: [(&str, Change, bool); 4] = [
        ("sole_owner", |answers, say| answers.sole_owner = say, true),
        ("main_residence", |answers, say| answers.main_residence = say, true),
        ("no_other_real_estate", |answers, say| answers.other_real_estate = say, false),
        ("structural_defects", |answers, say| answers.structural_defects = say, true),
    ];
    for (rule, change, right) in conditions {
        for (say, result) in [(Some(right), Met::Met), (Some(!right), Met::NotMet), (None, Met::Missing)] {
            let found = answer(Product::EmergencyBuyer, rule, |family| change(&mut family.answers, say));
            assert_eq!(found, Some(result), "{rule} {say:?}");
        }
    }
}

#[test]
fn the_solvency_inquiry_must_say_that_a_market_loan_would_fail() {
    let table = [
        (Some(SolvencyInquiry::MarketLoanWouldFail), Met::Met),
        (Some(SolvencyInquiry::MarketLoanIsPossible), Met::NotMet),
        (None, Met::Missing),
    ];
    for (found, result) in table {
        let change = |family: &mut NewApplication| family.answers.solvency_inquiry = found;
        assert_eq!(answer(Product::EmergencyBuyer, "solvency_inquiry", change), Some(result));
    }
}

#[test]
fn works_must_improve_energy_and_repair_structure() {
    let no_energy = |family: &mut NewApplication| family.works[0].improves_energy = false;
    let not_structural = |family: &mut NewApplication| family.works[0].structural = false;
    assert_eq!(answer(Product::EmergencyBuyer, "energy_works", no_energy), Some(Met::NotMet));
    assert_eq!(answer(Product::EmergencyBuyer, "structural_works", not_structural), Some(Met::NotMet));
    assert_eq!(answer(Product::RollingFund, "structural_works", not_structural), None);
    let one_of_two = |family: &mut NewApplication| {
        let mut other = family.works[0].clone();
        other.improves_energy = false;
        family.works.push(other);
    };
    assert_eq!(answer(Product::EmergencyBuyer, "energy_works", one_of_two), Some(Met::Met));
    assert_eq!(answer(Product::EnergyLoan, "only_energy_works", one_of_two), Some(Met::NotMet));
}

#[test]
fn the_amount_is_within_its_bounds_to_the_cent() {
    use Product::{EmergencyBuyer, EnergyLoan, RollingFund};
    let table = [
        (EmergencyBuyer, "amount_ceiling", 5_000_000, Met::Met),
        (EmergencyBuyer, "amount_ceiling", 5_000_001, Met::NotMet),
        (RollingFund, "amount_ceiling", 3_000_000, Met::Met),
        (RollingFund, "amount_ceiling", 3_000_001, Met::NotMet),
        (EnergyLoan, "amount_ceiling", 1_500_000, Met::Met),
        (EnergyLoan, "amount_ceiling", 1_500_001, Met::NotMet),
        (EnergyLoan, "amount_minimum", 125_000, Met::Met),
        (EnergyLoan, "amount_minimum", 124_999, Met::NotMet),
        (EmergencyBuyer, "quoted", 6_000_000, Met::Met),
        (EmergencyBuyer, "quoted", 6_000_001, Met::NotMet),
    ];
    for (product, rule, cents, result) in table {
        let change = |family: &mut NewApplication| family.amount = Money::from_cents(cents);
        assert_eq!(answer(product, rule, change), Some(result), "{product} {rule} {cents}");
    }
}

#[test]
fn what_was_lent_before_for_the_same_dwelling_counts_for_the_ceiling() {
    let mut application = family(Product::EmergencyBuyer);
    application.amount = Money::from_euros(30_000);
    let rules = book(application.product).at(application.product, application.applied_on);
    let at = |already: i64| judge(&application, &rules, Money::from_euros(already)).outcome;
    assert_eq!(at(20_000), Outcome::Eligible);
    assert_eq!(at(20_001), Outcome::NotEligible);
}

#[test]
fn quotes_must_be_there_and_hold_on_the_day() {
    let on = |date: &str| {
        let date = day(date);
        move |family: &mut NewApplication| family.applied_on = date
    };
    assert_eq!(answer(Product::EmergencyBuyer, "valid_quotes", on("2022-06-15")), Some(Met::Met));
    assert_eq!(answer(Product::EmergencyBuyer, "valid_quotes", on("2022-06-16")), Some(Met::NotMet));
    let none = |family: &mut NewApplication| family.works[0].quotes.clear();
    assert_eq!(answer(Product::EmergencyBuyer, "valid_quotes", none), Some(Met::Missing));
    assert_eq!(answer(Product::EmergencyBuyer, "quoted", none), Some(Met::Missing));
}

#[test]
fn an_energy_loan_has_12_to_120_instalments() {
    let table = [
        ("instalments_min", Some(12), Met::Met),
        ("instalments_min", Some(11), Met::NotMet),
        ("instalments_min", None, Met::Missing),
        ("instalments_max", Some(120), Met::Met),
        ("instalments_max", Some(121), Met::NotMet),
        ("instalments_max", None, Met::Missing),
    ];
    for (rule, wanted, result) in table {
        let change = |family: &mut NewApplication| family.instalments = wanted;
        assert_eq!(answer(Product::EnergyLoan, rule, change), Some(result), "{rule} {wanted:?}");
    }
}

/// The energy loan in a year in which others could borrow too: at 2 % in 96 instalments, organisations at 1 % in 120.
fn for_everybody() -> Parameters {
    let mut rows = book(Product::EnergyLoan).rows().to_vec();
    rows.retain(|row| row.key != "priority_group_required");
    let like = rows[0].clone();
    for (key, value) in [
        ("priority_group_required", 0),
        ("interest_percent_general", 2),
        ("instalments_max_general", 96),
        ("interest_percent_organisation", 1),
        ("instalments_max_organisation", 120),
    ] {
        let unit = KEYS.iter().find(|one| one.name == key).map_or(Unit::YesNo, |one| one.unit);
        rows.push(ParameterRow { key: key.to_owned(), value: Some(Decimal::from(value)), unit, ..like.clone() });
    }
    RuleBook::new(rows).at(Product::EnergyLoan, day("2022-06-15"))
}

#[test]
fn who_is_not_in_the_priority_group_and_who_is_no_family_have_a_rate_and_a_term_of_their_own() {
    type Change = fn(&mut NewApplication);
    let poor: Change = |_| {};
    let ground: Change = |family| {
        family.incomes.clear();
        family.answers.priority_grounds = vec![PriorityGround::ProtectedCustomer];
    };
    let rich: Change = |family| family.incomes = vec![income(IncomeKind::JointTaxable, 2019, 90_000)];
    let silent: Change = |family| family.incomes.clear();
    let organisation: Change = |family| family.answers.organisation = Some(true);
    // who, its rule, the rate, the most instalments
    let table = [
        (poor, "priority_group", 0, 120),
        (ground, "priority_group", 0, 120),
        (rich, "general_group", 2, 96),
        (silent, "general_group", 2, 96),
        (organisation, "organisation", 1, 120),
    ];
    for (change, rule, rate, most) in table {
        for (wanted, outcome) in [(most, Outcome::Eligible), (most + 1, Outcome::NotEligible)] {
            let mut application = family(Product::EnergyLoan);
            change(&mut application);
            application.instalments = Some(wanted);
            let verdict = judge(&application, &for_everybody(), Money::ZERO);
            assert_eq!(verdict.outcome, outcome, "{rule} {wanted} {verdict:#?}");
            assert_eq!(verdict.rate().map(|rate| rate.value), Some(Decimal::from(rate)), "{rule}");
            assert!(verdict.findings.iter().any(|finding| finding.rule == rule), "{rule} {verdict:#?}");
        }
    }
}

#[test]
fn an_organisation_has_no_loan_that_is_for_families() {
    for product in Product::ALL {
        let change = |family: &mut NewApplication| family.answers.organisation = Some(true);
        assert_eq!(answer(product, "organisation", change), Some(Met::NotMet), "{product}");
        assert_eq!(answer(product, "organisation", |_| {}), None, "{product}");
    }
}

#[test]
fn the_income_of_an_emergency_buyer_is_of_three_years_earlier_and_its_ceiling_follows_the_family() {
    // people, dependants, the ceiling in euro
    for (people, dependants, ceiling) in
        [(1, 0, 44_620), (1, 1, 63_740), (1, 2, 67_310), (2, 0, 63_740), (2, 2, 70_880)]
    {
        for (euros, result) in [(ceiling, Met::Met), (ceiling + 1, Met::NotMet)] {
            let change = |family: &mut NewApplication| {
                family.people.extend(person().filter(|_| people == 2));
                family.answers.dependants = Some(dependants);
                family.incomes = vec![income(IncomeKind::JointTaxable, 2019, euros)];
            };
            let found = answer(Product::EmergencyBuyer, "income_ceiling", change);
            assert_eq!(found, Some(result), "{people} people, {dependants} dependants, {euros}");
        }
    }
    let other_year =
        |family: &mut NewApplication| family.incomes = vec![income(IncomeKind::JointTaxable, 2020, 10_000)];
    assert_eq!(answer(Product::EmergencyBuyer, "income_ceiling", other_year), Some(Met::Missing));
    let unknown_dependants = |family: &mut NewApplication| {
        family.answers.dependants = None;
        family.incomes = vec![income(IncomeKind::JointTaxable, 2019, 50_000)];
    };
    assert_eq!(answer(Product::EmergencyBuyer, "income_ceiling", unknown_dependants), Some(Met::Missing));
}

#[test]
fn a_ground_makes_the_priority_group_whatever_the_income() {
    for ground in PriorityGround::ALL {
        let change = |family: &mut NewApplication| {
            family.incomes.clear();
            family.answers.priority_grounds = vec![ground];
        };
        assert_eq!(answer(Product::EnergyLoan, "priority_group", change), Some(Met::Met));
    }
}

#[test]
fn either_income_makes_the_priority_group_at_its_own_ceiling_and_year() {
    // gross of 2021, joint taxable of 2019, dependants
    let table = [
        (Some(20_764), Some(99_000), 0, Met::Met),
        (Some(20_765), Some(99_000), 0, Met::NotMet),
        (Some(24_608), Some(99_000), 1, Met::Met),
        (Some(24_609), Some(99_000), 1, Met::NotMet),
        (Some(99_000), Some(32_980), 0, Met::Met),
        (Some(99_000), Some(32_981), 0, Met::NotMet),
        (Some(99_000), Some(36_420), 2, Met::Met),
        (Some(99_000), Some(36_421), 2, Met::NotMet),
        (Some(99_000), None, 0, Met::Missing),
        (None, Some(99_000), 0, Met::Missing),
        (None, None, 0, Met::Missing),
    ];
    for (gross, joint, dependants, result) in table {
        let change = |family: &mut NewApplication| {
            let gross = gross.map(|euros| income(IncomeKind::Gross, 2021, euros));
            let joint = joint.map(|euros| income(IncomeKind::JointTaxable, 2019, euros));
            family.incomes = gross.into_iter().chain(joint).collect();
            family.answers.dependants = Some(dependants);
        };
        let found = answer(Product::EnergyLoan, "priority_group", change);
        assert_eq!(found, Some(result), "{gross:?} {joint:?} {dependants}");
    }
}

#[test]
fn a_product_that_is_not_open_has_that_one_finding() {
    let application = family(Product::EnergyLoan);
    let rules = book(Product::EnergyLoan).at(Product::EnergyLoan, day("2018-12-31"));
    let verdict = judge(&application, &rules, Money::ZERO);
    assert_eq!(verdict.outcome, Outcome::NotEligible);
    assert_eq!(verdict.findings.len(), 1);
    assert_eq!(verdict.findings[0].text.key, "eligibility-open-not-met");
}

#[test]
fn a_rule_that_lost_its_figure_makes_the_verdict_incomplete() {
    let application = family(Product::EmergencyBuyer);
    let rows = book(Product::EmergencyBuyer).rows().iter().filter(|row| row.key != "amount_ceiling").cloned().collect();
    let rules = RuleBook::new(rows).at(Product::EmergencyBuyer, application.applied_on);
    let verdict = judge(&application, &rules, Money::ZERO);
    assert_eq!(verdict.outcome, Outcome::Incomplete);
    assert!(verdict.findings.iter().any(|finding| finding.text.key == "eligibility-figure-missing"));
}

#[test]
fn a_verdict_reads_back_as_it_was_stored() {
    for product in Product::ALL {
        let verdict = verdict(&family(product));
        let stored = serde_json::to_value(&verdict).unwrap_or_default();
        assert_eq!(serde_json::from_value::<Verdict>(stored).ok(), Some(verdict));
    }
}
