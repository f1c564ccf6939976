//! Income against its ceiling, of the right year.

use chrono::Datelike;

use super::group::{self, Group};
use super::{Case, Finding, Met, finding};
use crate::domain::application::IncomeKind;
use crate::domain::money::Money;
use crate::domain::rules::Figure;

/// The year whose income counts.
fn income_year(case: &Case, years_back: &Figure) -> i32 {
    case.application.applied_on.year() - i32::try_from(years_back.whole()).unwrap_or_default()
}

/// What all people together had of a kind in a year; none when nobody told.
fn told(case: &Case, kind: IncomeKind, year: i32) -> Option<Money> {
    let incomes = &case.application.incomes;
    let mut of_year = incomes.iter().filter(|income| income.kind == kind && i32::from(income.year) == year).peekable();
    of_year.peek()?;
    Some(of_year.map(|income| income.amount).sum())
}

fn times(amount: Money, count: u32) -> Money {
    Money::from_cents(amount.cents() * i64::from(count))
}

/// Emergency buyer and Mijn `VerbouwLening`: joint taxable income up to a ceiling for one, or for a household. Somebody
/// alone with somebody who depends on them is a household; every *further* dependant adds to its ceiling.
pub(super) fn ceiling(case: &Case) -> Option<Finding> {
    let single = case.figure("income_ceiling_single")?;
    let household = case.figure("income_ceiling_household")?;
    let addition = case.figure("income_ceiling_per_dependant")?;
    let years_back = case.figure("income_years_back")?;
    let year = income_year(case, years_back);
    let alone = case.application.people.len() < 2;
    let dependants = case.application.answers.dependants;
    let (main, most) = match (alone, dependants.unwrap_or_default()) {
        (true, 0) => (single, single.money()),
        (true, some) => (household, household.money() + times(addition.money(), some - 1)),
        (false, some) => (household, household.money() + times(addition.money(), some)),
    };
    let income = told(case, IncomeKind::JointTaxable, year);
    let result = match income {
        None => Met::Missing,
        Some(income) if income <= most => Met::Met,
        // A dependant that nobody has asked about yet might raise the ceiling.
        Some(_) if dependants.is_none() => Met::Missing,
        Some(_) => Met::NotMet,
    };
    Some(
        finding("income_ceiling", result, &[main, addition, years_back])
            .with("income", income.unwrap_or_default())
            .with("most", most)
            .with("year", year),
    )
}

/// Energy loan: a ground of the priority group, or an income up to its ceiling. In the years in which others could
/// borrow too, who does not show either is one of those others, at their rate.
pub(super) fn priority_group(case: &Case) -> Option<Finding> {
    let required = case.figure("priority_group_required")?;
    match group::of(case) {
        Group::Organisation => return None,
        Group::General => return group::general(case),
        Group::Main if !required.is_yes() && case.figure("interest_percent_general").is_none() => return None,
        Group::Main => {}
    }
    if let Some(ground) = case.application.answers.priority_grounds.first() {
        let mut by_ground = finding("priority_group", Met::Met, &[required]).with("ground", ground.code());
        by_ground.text.key = "eligibility-priority-group-by-ground".to_owned();
        return Some(by_ground);
    }
    let ways = ways(case)?;
    let fits = ways.iter().any(Way::fits);
    let unsure = case.application.answers.dependants.is_none() || ways.iter().any(|way| way.income.is_none());
    let result = match (fits, unsure) {
        (true, _) => Met::Met,
        (false, true) => Met::Missing,
        (false, false) => Met::NotMet,
    };
    let [gross, joint] = &ways;
    let mut figures = vec![required];
    figures.extend(gross.figures);
    figures.extend(joint.figures);
    Some(
        finding("priority_group", result, &figures)
            .with("gross", gross.income.unwrap_or_default())
            .with("gross_most", gross.most)
            .with("gross_year", gross.year)
            .with("joint", joint.income.unwrap_or_default())
            .with("joint_most", joint.most)
            .with("joint_year", joint.year),
    )
}

/// Whether the family has shown that it belongs to the priority group.
pub(super) fn in_priority_group(case: &Case) -> bool {
    let by_ground = !case.application.answers.priority_grounds.is_empty();
    by_ground || ways(case).is_some_and(|ways| ways.iter().any(Way::fits))
}

/// The ways into the priority group by income: gross, joint taxable.
fn ways<'a>(case: &'a Case) -> Option<[Way<'a>; 2]> {
    let gross = ["gross_income_ceiling", "gross_income_per_dependant", "gross_income_years_back"];
    let joint = ["joint_taxable_ceiling", "joint_taxable_per_dependant", "joint_taxable_years_back"];
    Some([Way::new(case, IncomeKind::Gross, gross)?, Way::new(case, IncomeKind::JointTaxable, joint)?])
}

/// One way into the priority group by income.
struct Way<'a> {
    income: Option<Money>,
    most: Money,
    year: i32,
    figures: [&'a Figure; 3],
}

impl<'a> Way<'a> {
    /// An income that was told and is not above the ceiling.
    fn fits(&self) -> bool {
        self.income.is_some_and(|income| income <= self.most)
    }

    /// The figures are: the ceiling, the addition per dependant, how many years back.
    fn new(case: &'a Case, kind: IncomeKind, keys: [&str; 3]) -> Option<Self> {
        let [ceiling, addition, back] = keys;
        let figures = [case.figure(ceiling)?, case.figure(addition)?, case.figure(back)?];
        let dependants = case.application.answers.dependants.unwrap_or_default();
        let year = income_year(case, figures[2]);
        Some(Self {
            income: told(case, kind, year),
            most: figures[0].money() + times(figures[1].money(), dependants),
            year,
            figures,
        })
    }
}
