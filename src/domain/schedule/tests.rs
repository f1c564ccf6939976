//! Oracles nobody here wrote, and what must hold for every schedule.

mod agreed;
mod days;
mod numpy;
mod properties;

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
    // Fewer cents than instalments: nothing is divided.
    let small = PlanTerms { method: Method::Bullet, ..terms("0.02", 3, "0") };
    assert_eq!(totals(small), ["0.00", "0.00", "0.02"]);
}

#[test]
fn a_bullet_that_is_spread_starts_on_its_own_day() {
    let spread = PlanTerms { method: Method::BulletThenSpread, ..terms("25000", 300, "0") };
    let lines = Plan::new(spread).unwrap().instalments();
    assert_eq!((lines[0].due_on, lines[0].total), (on("2026-01-31"), money("83.33")));
    assert_eq!((lines[299].due_on, lines[299].total), (on("2050-12-31"), money("84.33")));
}

fn with_grace(terms: PlanTerms, months: u32) -> Vec<String> {
    let lines = Plan::with_grace(terms, months).unwrap().instalments();
    lines.iter().map(|line| format!("{} {} {} {}", line.number, line.due_on, line.interest, line.principal)).collect()
}

#[test]
fn grace_without_interest_only_moves_the_instalments() {
    assert_eq!(
        with_grace(terms("1000", 3, "0"), 2),
        ["1 2026-03-31 0.00 333.33", "2 2026-04-30 0.00 333.33", "3 2026-05-31 0.00 333.34"]
    );
}

#[test]
fn grace_at_a_rate_bears_interest_each_month() {
    assert_eq!(
        with_grace(terms("10000", 3, "12"), 2),
        [
            "1 2026-01-31 100.00 0.00",
            "2 2026-02-28 100.00 0.00",
            "3 2026-03-31 100.00 3300.22",
            "4 2026-04-30 67.00 3333.22",
            "5 2026-05-31 33.67 3366.56"
        ]
    );
    // A quarter before 31 March starts on 31 December: its first month of grace ends in January.
    let mut quarterly = PlanTerms::interest_free(money("900"), 1, on("2026-03-31"));
    (quarterly.frequency, quarterly.annual_rate) = (Frequency::Quarterly, "4".parse().unwrap());
    assert_eq!(
        with_grace(quarterly, 2),
        ["1 2026-01-31 3.00 0.00", "2 2026-02-28 3.00 0.00", "3 2026-05-31 9.00 900.00"]
    );
}

#[test]
fn calendar_days_bear_more_interest_in_a_long_month() {
    let mut linear = PlanTerms { method: Method::Linear, ..terms("36500", 3, "1") };
    linear.day_count = DayCount::Actual365;
    let interest = |terms: &PlanTerms| {
        let lines = Plan::new(terms.clone()).unwrap().instalments();
        lines.iter().map(|line| line.interest.to_string()).collect::<Vec<_>>()
    };
    // 36,500.00 at 1 % is one euro a day: 31, then 28 on two thirds, then 31 on one third.
    assert_eq!(interest(&linear), ["31.00", "18.67", "10.33"]);
    let bullet = PlanTerms { method: Method::Bullet, ..linear };
    assert_eq!(interest(&bullet), ["31.00", "28.00", "31.00"]);
}

#[test]
fn an_annuity_over_calendar_days_has_one_total_too() {
    let mut annuity = terms("10000", 12, "2.25");
    annuity.day_count = DayCount::Actual365;
    let last = totals(annuity.clone());
    assert!(last[..11].iter().all(|total| *total == last[0]), "{last:?}");
    annuity.remainder = Remainder::First;
    let first = totals(annuity);
    assert!((money(&first[0]) - money(&last[11])).abs() <= Money::from_cents(12), "{first:?} {last:?}");
}

#[test]
fn every_word_of_a_contract_reads_back() {
    for method in Method::ALL {
        assert_eq!(method.code().parse(), Ok(method));
        assert_eq!(serde_json::to_value(method).unwrap(), method.code());
    }
    for rule in [DayCount::Thirty360, DayCount::Actual365] {
        assert_eq!(rule.code().parse(), Ok(rule));
        assert_eq!(serde_json::to_value(rule).unwrap(), rule.code());
    }
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
        says(PlanTerms { method: Method::BulletThenSpread, ..terms("5000", 6, "2.25") }),
        "rate 2.25 does not fit method bullet_then_spread; a sum that waits and is then spread is at 0"
    );
    let says_of_grace = |months| Plan::with_grace(terms("5000", 529, "0"), months).unwrap_err().to_string();
    assert_eq!(
        says_of_grace(12),
        "instalments 529 monthly after 12 months of grace run for more than 45 years; at most 528"
    );
    assert_eq!(says_of_grace(540), "grace of 540 months leaves no instalment within 45 years; it must be at most 539");
    assert_eq!(
        "1.2.3".parse::<Rate>().unwrap_err().to_string(),
        "rate “1.2.3” is not a percentage; write it with a point, like 2.25"
    );
    assert_eq!("-1".parse::<Rate>().unwrap_err().to_string(), "rate “-1” is outside 0 to 100 percent");
}
