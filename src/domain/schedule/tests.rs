//! Oracles nobody here wrote, and what must hold for every schedule.

use proptest::prelude::*;

use super::*;

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn money(text: &str) -> Money {
    text.parse().unwrap()
}

fn terms(principal: &str, instalments: u32, rate: &str) -> PlanTerms {
    let mut terms = PlanTerms::interest_free(money(principal), instalments, on("2026-01-31"));
    terms.annual_rate = rate.parse().unwrap();
    if !terms.annual_rate.is_zero() {
        terms.method = Method::Annuity;
    }
    terms
}

fn totals(terms: PlanTerms) -> Vec<String> {
    Plan::new(terms).unwrap().instalments().iter().map(|line| line.total.to_string()).collect()
}

#[test]
fn ten_thousand_at_twelve_percent_in_three_months() {
    assert_eq!(totals(terms("10000", 3, "12")), ["3400.22", "3400.22", "3400.23"]);
    let first = PlanTerms { remainder: Remainder::First, ..terms("10000", 3, "12") };
    assert_eq!(totals(first), ["3400.23", "3400.22", "3400.22"]);
}

/// Principal, months, yearly rate; the total of each instalment and the first interest, not rounded. Made with
/// numpy-financial 1.0.0 on numpy 2.4.6: `-npf.pmt(rate / 1200, months, principal)` and
/// `-npf.ipmt(rate / 1200, 1, months, principal)`.
const NUMPY_FINANCIAL: [(&str, u32, &str, &str, &str); 10] = [
    ("1250", 12, "2.25", "105.44055781", "2.34375000"),
    ("5000", 60, "2.25", "88.18672379", "9.37500000"),
    ("15000", 120, "2.25", "139.70605773", "28.12500000"),
    ("25000", 180, "2.75", "169.65540936", "57.29166667"),
    ("40000", 300, "2.75", "184.52434210", "91.66666667"),
    ("60000", 300, "2.75", "276.78651315", "137.50000000"),
    ("60000", 300, "2.25", "261.67841707", "112.50000000"),
    ("7500", 48, "2", "162.71342730", "12.50000000"),
    ("10000", 96, "1", "108.43225659", "8.33333333"),
    ("12345.67", 37, "3.125", "350.43389651", "32.15018229"),
];

#[test]
fn annuities_agree_with_numpy_financial() {
    let rounded = |text: &str| Money::round_half_up(text.parse().unwrap());
    for (principal, months, rate, total, interest) in NUMPY_FINANCIAL {
        let lines = Plan::new(terms(principal, months, rate)).unwrap().instalments();
        let (last, others) = lines.split_last().unwrap();
        assert!(others.iter().all(|line| line.total == rounded(total)), "{principal} in {months} at {rate} %");
        assert_eq!(lines[0].interest, rounded(interest));
        // Half a cent a month, with its interest, is all that can gather on the last.
        assert!((last.total - rounded(total)).abs() <= Money::from_cents(i64::from(months)));
    }
}

#[test]
fn a_thousand_flat_in_three_by_every_method_that_divides() {
    assert_eq!(totals(terms("1000", 3, "0")), ["333.33", "333.33", "333.34"]);
    let annuity = PlanTerms { method: Method::Annuity, ..terms("1000", 3, "0") };
    assert_eq!(totals(annuity), ["333.33", "333.33", "333.34"]);
    let first = PlanTerms { remainder: Remainder::First, ..terms("1000", 3, "0") };
    assert_eq!(totals(first), ["333.34", "333.33", "333.33"]);
}

#[test]
fn an_energy_loan_of_ten_thousand_in_thirty_six() {
    let lines = Plan::new(terms("10000", 36, "0")).unwrap().instalments();
    assert_eq!(
        serde_json::to_string(&lines[0]).unwrap(),
        r#"{"number":1,"due_on":"2026-01-31","payable_on":"2026-02-02","principal":"277.78","interest":"0.00","total":"277.78","balance":"9722.22"}"#
    );
    assert_eq!(lines[1].due_on, on("2026-02-28"));
    assert_eq!(lines[2].due_on, on("2026-03-31"));
    assert_eq!(lines[35].total, money("277.70"));
    assert_eq!(lines[35].balance, Money::ZERO);
}

#[test]
fn a_bullet_pays_interest_each_year_and_principal_at_the_end() {
    let bullet = PlanTerms { method: Method::Bullet, frequency: Frequency::Yearly, ..terms("25000", 3, "2.25") };
    assert_eq!(totals(bullet), ["562.50", "562.50", "25562.50"]);
    let free = PlanTerms { method: Method::Bullet, ..terms("25000", 1, "0") };
    assert_eq!(totals(free), ["25000.00"]);
}

#[test]
fn a_linear_loan_with_interest_pays_it_on_what_is_still_owed() {
    let linear = PlanTerms { method: Method::Linear, ..terms("1200", 3, "12") };
    assert_eq!(totals(linear), ["412.00", "408.00", "404.00"]);
}

#[test]
fn a_few_cents_over_many_instalments_still_add_up() {
    let lines = Plan::new(terms("0.90", 60, "0")).unwrap().instalments();
    assert_eq!(lines[0].principal, money("0.01"));
    assert_eq!(lines[59].principal, money("0.31"));
}

#[test]
fn terms_that_make_no_plan_are_named_with_their_value() {
    let says = |terms: PlanTerms| Plan::new(terms).unwrap_err().to_string();
    assert_eq!(says(terms("-5", 3, "0")), "principal -5.00 is not more than 0.00");
    assert_eq!(says(terms("5", 0, "0")), "instalments 0 is not a schedule; it must be at least 1");
    assert_eq!(says(terms("5000", 541, "0")), "instalments 541 monthly run for more than 45 years; at most 540");
    assert_eq!(says(terms("0.05", 6, "0")), "principal 0.05 cannot be divided into 6 instalments of at least one cent");
    assert_eq!(
        says(PlanTerms { due_day: 5, ..terms("5000", 6, "0") }),
        "first due date 2026-01-31 does not fall on due day 5 of its month"
    );
    assert_eq!(
        "1.2.3".parse::<Rate>().unwrap_err().to_string(),
        "rate “1.2.3” is not a percentage; write it with a point, like 2.25"
    );
    assert_eq!("-1".parse::<Rate>().unwrap_err().to_string(), "rate “-1” is outside 0 to 100 percent");
}

fn any_terms() -> impl Strategy<Value = PlanTerms> {
    let method = prop_oneof![Just(Method::Linear), Just(Method::Annuity), Just(Method::Bullet)];
    let remainder = prop_oneof![Just(Remainder::Last), Just(Remainder::First)];
    let frequency = prop_oneof![Just(Frequency::Monthly), Just(Frequency::Quarterly), Just(Frequency::Yearly)];
    (1_i64..10_000_000, 1_u32..=540, method, remainder, frequency, 0_i64..=1200, 0_u32..20_000).prop_map(
        |(cents, count, method, remainder, frequency, rate, offset)| {
            let first = super::super::calendar::add_days(on("2001-01-01"), offset);
            let mut terms = PlanTerms::interest_free(Money::from_cents(cents), count, first);
            terms.instalments = count.min(540 / frequency.months()).min(u32::try_from(cents).unwrap());
            (terms.method, terms.remainder, terms.frequency) = (method, remainder, frequency);
            terms.annual_rate = Rate::percent(rust_decimal::Decimal::new(rate, 2)).unwrap();
            terms
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn every_schedule_repays_the_principal_exactly(terms in any_terms()) {
        let lines = Plan::new(terms.clone()).unwrap().instalments();
        prop_assert_eq!(lines.len(), usize::try_from(terms.instalments).unwrap());
        prop_assert_eq!(lines.iter().map(|line| line.principal).sum::<Money>(), terms.principal);
        prop_assert_eq!(lines.last().unwrap().balance, Money::ZERO);
        let mut owed = terms.principal;
        for line in &lines {
            prop_assert!(!line.principal.is_negative() && !line.interest.is_negative() && !line.balance.is_negative());
            prop_assert_eq!(line.total, line.principal + line.interest);
            owed -= line.principal;
            prop_assert_eq!(line.balance, owed);
            prop_assert!(line.payable_on >= line.due_on);
            if terms.annual_rate.is_zero() {
                prop_assert!(line.interest.is_zero());
            }
        }
        prop_assert!(lines.windows(2).all(|pair| pair[0].due_on < pair[1].due_on));
    }

    #[test]
    fn only_the_carrier_of_the_remainder_differs_from_its_neighbours(mut terms in any_terms()) {
        // Below a euro of principal for each instalment rounding is all there is.
        terms.principal += Money::from_euros(i64::from(terms.instalments) * 50);
        let lines = Plan::new(terms.clone()).unwrap().instalments();
        let equal: Vec<Money> = match terms.method {
            Method::Linear => lines.iter().map(|line| line.principal).collect(),
            Method::Annuity => lines.iter().map(|line| line.total).collect(),
            Method::Bullet => return Ok(()),
        };
        let others = match terms.remainder {
            Remainder::Last => &equal[..equal.len() - 1],
            Remainder::First => &equal[1..],
        };
        prop_assert!(others.windows(2).all(|pair| (pair[0] - pair[1]).abs() <= Money::from_cents(1)));
    }
}

#[test]
fn days_count_as_isda_published_them() {
    // “30/360 day count conventions”, the sheet of examples that ISDA published on 22 December 2008, column
    // 30/360 (Bond Basis), and the calendar days of the same dates.
    for (from, to, thirty, actual) in [
        ("2006-08-20", "2007-02-20", 180, 184),
        ("2007-02-20", "2007-08-20", 180, 181),
        ("2006-08-31", "2007-02-28", 178, 181),
        ("2007-02-28", "2007-08-31", 183, 184),
        ("2007-08-31", "2008-02-29", 179, 182),
        ("2008-02-29", "2008-08-31", 182, 184),
        ("2006-01-31", "2006-02-28", 28, 28),
        ("2006-01-30", "2006-02-28", 28, 29),
        ("2006-02-28", "2006-03-03", 5, 3),
        ("2006-02-14", "2006-02-28", 14, 14),
        ("2006-09-30", "2006-10-31", 30, 31),
        ("2006-10-31", "2006-11-28", 28, 28),
        ("2007-02-26", "2008-02-29", 363, 368),
        ("2008-02-29", "2009-02-28", 359, 365),
        ("2008-02-28", "2008-03-31", 33, 32),
    ] {
        assert_eq!(DayCount::Thirty360.days(on(from), on(to)), thirty, "{from} to {to}");
        assert_eq!(DayCount::Actual365.days(on(from), on(to)), actual, "{from} to {to}");
        assert_eq!(DayCount::Thirty360.days(on(to), on(from)), 0);
    }
    assert_eq!(DayCount::Thirty360.year_fraction(on("2026-01-15"), on("2027-01-15")), rust_decimal::Decimal::ONE);
}

#[test]
fn interest_is_rounded_once_and_a_half_cent_goes_up() {
    let accrued = |rule: DayCount, balance: &str, rate: &str, to: &str| {
        rule.accrued(money(balance), rate.parse().unwrap(), on("2026-01-01"), on(to)).to_string()
    };
    assert_eq!(accrued(DayCount::Thirty360, "10000", "12", "2026-02-01"), "100.00");
    assert_eq!(accrued(DayCount::Actual365, "10000", "12", "2026-02-01"), "101.92");
    // 6.00 × 1 % ÷ 12 and 7.30 × 1 % × 25 ÷ 365 are half a cent exactly.
    assert_eq!(accrued(DayCount::Thirty360, "6", "1", "2026-02-01"), "0.01");
    assert_eq!(accrued(DayCount::Actual365, "7.30", "1", "2026-01-26"), "0.01");
    assert_eq!(accrued(DayCount::Actual365, "7.29", "1", "2026-01-26"), "0.00");
    for (balance, rate, to) in [("10000", "0", "2026-02-01"), ("10000", "12", "2026-01-01"), ("-5", "12", "2027-01-01")]
    {
        assert_eq!(accrued(DayCount::Actual365, balance, rate, to), "0.00");
    }
    assert_eq!(
        "act/360".parse::<DayCount>().unwrap_err().to_string(),
        "day count “act/360” does not exist; it is 30/360 or act/365"
    );
}

fn agreed(principal: &str, lines: &[(&str, &str)]) -> Result<Plan, InvalidPlan> {
    let lines = lines.iter().map(|(due_on, amount)| PlanLine { due_on: on(due_on), amount: money(amount) }).collect();
    Plan::custom(money(principal), lines)
}

#[test]
fn a_custom_plan_is_followed_to_the_letter() {
    let lines = agreed("1000", &[("2026-01-31", "250"), ("2026-02-05", "0.01"), ("2027-07-01", "749.99")]).unwrap();
    let shown: Vec<String> = lines
        .instalments()
        .iter()
        .map(|line| format!("{} {} {} {} {}", line.number, line.due_on, line.payable_on, line.total, line.balance))
        .collect();
    assert_eq!(
        shown,
        [
            "1 2026-01-31 2026-02-02 250.00 750.00",
            "2 2026-02-05 2026-02-05 0.01 749.99",
            "3 2027-07-01 2027-07-01 749.99 0.00"
        ]
    );
}

#[test]
fn a_custom_plan_that_does_not_repay_the_loan_is_refused() {
    let says = |principal, lines: &[(&str, &str)]| agreed(principal, lines).unwrap_err().to_string();
    assert_eq!(says("0", &[("2026-01-31", "250")]), "principal 0.00 is not more than 0.00");
    assert_eq!(says("250", &[]), "instalments 0 is not a schedule; it must be at least 1");
    assert_eq!(
        says("250", &[("2026-01-31", "250"), ("2026-02-28", "0")]),
        "plan line 2 of 2026-02-28: amount 0.00 is not more than 0.00"
    );
    assert_eq!(
        says("250", &[("2026-01-31", "125"), ("2026-01-31", "125")]),
        "plan line 2: due date 2026-01-31 is not after 2026-01-31, the due date of the line before it"
    );
    assert_eq!(says("250", &[("2206-01-31", "250")]), "plan line 1: due date 2206-01-31 is not between 1990 and 2199");
    assert_eq!(
        says("250", &[("2026-01-31", "250.01")]),
        "plan lines add up to 250.01; they must add up to the principal, 250.00"
    );
    let day = |offset| super::super::calendar::add_days(on("2026-01-01"), offset);
    let long = (0..541).map(|offset| PlanLine { due_on: day(offset), amount: Money::from_cents(1) }).collect();
    assert_eq!(Plan::custom(Money::from_cents(541), long).unwrap_err().to_string(), "plan has 541 lines; at most 540");
}
