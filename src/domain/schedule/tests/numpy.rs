//! Annuities against numpy-financial; the file says how its figures were made.

use rust_decimal::Decimal;

use super::*;

const FIXTURE: &str = include_str!("../../../../tests/suite/fixtures/numpy_financial_annuities.csv");

/// One row of the file: what it asks, and what numpy-financial answered.
struct Row<'a> {
    asked: [&'a str; 4],
    number: usize,
    total: Decimal,
    interest: Decimal,
    principal: Decimal,
}

fn rows() -> Vec<Row<'static>> {
    let bare = FIXTURE.lines().filter(|line| !line.starts_with('#'));
    bare.skip(1)
        .map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            let figure = |position: usize| fields[position].parse().unwrap();
            Row {
                asked: [fields[0], fields[1], fields[2], fields[3]],
                number: fields[4].parse().unwrap(),
                total: figure(5),
                interest: figure(6),
                principal: figure(7),
            }
        })
        .collect()
}

fn annuity([principal, instalments, rate, frequency]: [&str; 4]) -> PlanTerms {
    let mut annuity = PlanTerms::interest_free(money(principal), instalments.parse().unwrap(), on("2026-01-31"));
    annuity.method = Method::Annuity;
    annuity.annual_rate = rate.parse().unwrap();
    annuity.frequency = frequency.parse().unwrap();
    annuity
}

/// What a cent too much or too little in each of the instalments before one has grown to, in cents: half a cent
/// is what rounding the total can do, and half a cent what rounding the interest can do.
fn drift(terms: &PlanTerms, instalments_before: usize) -> Decimal {
    let i = terms.annual_rate.decimal() * Decimal::from(terms.frequency.months()) / Decimal::from(1200);
    (0..instalments_before).fold(Decimal::ZERO, |gathered, _| gathered * (Decimal::ONE + i) + Decimal::ONE)
}

#[test]
fn annuities_agree_with_numpy_financial() {
    let half_a_cent = Decimal::new(5, 1);
    let cents = |ours: Money, theirs: Decimal| (ours.decimal() - theirs).abs() * Decimal::ONE_HUNDRED;
    let mut agreed = std::collections::BTreeSet::new();
    for row in rows() {
        let terms = annuity(row.asked);
        let lines = Plan::new(terms.clone()).unwrap().instalments();
        let (last, others) = lines.split_last().unwrap();
        assert!(others.iter().all(|line| line.total == Money::round_half_up(row.total)), "{:?}", row.asked);
        assert!(cents(last.total, row.total) <= drift(&terms, lines.len()), "{:?}", row.asked);
        let (line, balance_is_off) = (&lines[row.number - 1], drift(&terms, row.number - 1));
        let i = terms.annual_rate.decimal() * Decimal::from(terms.frequency.months()) / Decimal::from(1200);
        let interest_is_off = i * balance_is_off + half_a_cent;
        assert!(cents(line.interest, row.interest) <= interest_is_off, "{:?} {}", row.asked, row.number);
        let principal_is_off = interest_is_off.max(balance_is_off) + half_a_cent;
        assert!(cents(line.principal, row.principal) <= principal_is_off, "{:?} {}", row.asked, row.number);
        if row.number == 1 {
            assert_eq!(line.interest, Money::round_half_up(row.interest), "{:?}", row.asked);
        }
        agreed.insert(row.asked);
    }
    assert_eq!(agreed.len(), 11);
}
