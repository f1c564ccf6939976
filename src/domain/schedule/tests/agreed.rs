//! Plans that people agreed on.

use super::*;

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
    let day = |offset| crate::domain::calendar::add_days(on("2026-01-01"), offset);
    let long = (0..541).map(|offset| PlanLine { due_on: day(offset), amount: Money::from_cents(1) }).collect();
    assert_eq!(Plan::custom(Money::from_cents(541), long).unwrap_err().to_string(), "plan has 541 lines; at most 540");
}
