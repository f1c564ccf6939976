//! What people agree on: holidays, other terms, plans, early repayment.

use super::*;

/// 6,000 at 0 %, 100 a month from 5 April 2026.
fn running() -> Vec<LoanFact> {
    vec![signed(), drawn("2026-01-10", 1, "6000"), closed("2026-01-10")]
}

fn with(mut facts: Vec<LoanFact>, more: &[LoanFact]) -> Vec<LoanFact> {
    facts.extend(more.iter().cloned());
    facts
}

fn early(day: &str, payment: u128, amount: &str, usage: Usage) -> LoanFact {
    let (payment_id, amount) = (id(payment), money(amount));
    fact(day, LoanEvent::PaymentReceived { payment_id, amount, payer: Payer::Grant, usage })
}

/// Day, total and open of lines.
fn lines(loan: &LoanState) -> Vec<(String, String, String)> {
    let text = |line: &InstalmentState| {
        (line.instalment.due_on.to_string(), line.instalment.total.to_string(), line.open.to_string())
    };
    loan.instalments.iter().map(text).collect()
}

fn line(due_on: &str, total: &str, open: &str) -> (String, String, String) {
    (due_on.to_owned(), total.to_owned(), open.to_owned())
}

#[test]
fn a_holiday_moves_what_is_not_due_yet_and_loses_nothing() {
    let facts = with(
        running(),
        &[paid("2026-04-07", 1, "100"), fact("2026-05-06", LoanEvent::HolidayGranted { instalments: 3 })],
    );
    let loan = at(&energy_loan(), &facts, "2026-05-06");
    let first = &lines(&loan)[..4];
    assert_eq!(
        first,
        [
            line("2026-04-05", "100.00", "0.00"),
            line("2026-05-05", "100.00", "100.00"),
            line("2026-09-05", "100.00", "100.00"),
            line("2026-10-05", "100.00", "100.00"),
        ]
    );
    assert_eq!((loan.instalments.len(), loan.outstanding), (60, money("5900")));
    assert_eq!(loan.instalments[59].instalment.due_on, on("2031-06-05"));
    let none = fact("2026-05-06", LoanEvent::HolidayGranted { instalments: 0 });
    assert_eq!(refusal(&loan, &none), "instalments 0 is not between 1 and 60");
}

#[test]
fn other_terms_take_in_the_arrears() {
    let new_terms =
        LoanEvent::Rescheduled { instalments: 59, frequency: Frequency::Quarterly, first_due_on: on("2026-07-31") };
    let facts = with(running(), &[paid("2026-04-07", 1, "100"), fact("2026-06-06", new_terms)]);
    let loan = at(&energy_loan(), &facts, "2026-06-06");
    assert_eq!(
        &lines(&loan)[..3],
        [
            line("2026-04-05", "100.00", "0.00"),
            line("2026-07-31", "100.00", "100.00"),
            line("2026-10-31", "100.00", "100.00")
        ]
    );
    assert_eq!((loan.instalments.len(), loan.overdue(on("2026-07-01"))), (60, Money::ZERO));
    // The 31st is remembered through shorter months.
    assert_eq!(loan.instalments[4].instalment.due_on, on("2027-04-30"));
    assert_eq!(loan.instalments[5].instalment.due_on, on("2027-07-31"));
    let late = LoanEvent::Rescheduled { instalments: 5, frequency: Frequency::Yearly, first_due_on: on("2026-06-06") };
    assert_eq!(
        refusal(&loan, &fact("2026-06-06", late)),
        "first_due_on 2026-06-06 is not after 2026-06-06, the day of the agreement"
    );
}

#[test]
fn a_plan_repays_what_is_owed_on_days_of_its_own() {
    let plan = |amounts: &[(&str, &str)]| {
        let lines = amounts.iter().map(|(day, sum)| PlanLine { due_on: on(day), amount: money(sum) }).collect();
        fact("2026-06-06", LoanEvent::PlanAgreed { lines })
    };
    let before = at(&energy_loan(), &running(), "2026-06-06");
    assert_eq!(refusal(&before, &plan(&[])), "the plan has no lines; it needs at least one day with its sum");
    assert_eq!(
        refusal(&before, &plan(&[("2026-07-01", "50"), ("2026-07-01", "5950")])),
        "plan line 2 is of 2026-07-01, which is not after the line before it"
    );
    assert_eq!(
        refusal(&before, &plan(&[("2026-07-01", "50"), ("2027-07-01", "5900")])),
        "the plan adds up to 5950.00; it must be 6000.00, which is owed"
    );
    let agreed = plan(&[("2026-07-01", "50"), ("2026-09-01", "950"), ("2027-07-01", "5000")]);
    let loan = at(&energy_loan(), &with(running(), std::slice::from_ref(&agreed)), "2026-06-06");
    assert_eq!(
        lines(&loan),
        [
            line("2026-07-01", "50.00", "50.00"),
            line("2026-09-01", "950.00", "950.00"),
            line("2027-07-01", "5000.00", "5000.00")
        ]
    );
    // A payment of before that comes to light shortens the plan from its end.
    let known = with(running(), &[agreed, known_on("2026-07-15", paid("2026-05-01", 1, "400"))]);
    assert_eq!(
        lines(&at(&energy_loan(), &known, "2026-07-15")).last(),
        Some(&line("2027-07-01", "4600.00", "4600.00"))
    );
}

#[test]
fn a_grant_shortens_the_term_or_lowers_the_instalments() {
    let shorter = with(running(), &[early("2026-05-20", 1, "1250", Usage::ShortenTerm)]);
    let loan = at(&energy_loan(), &shorter, "2026-05-20");
    // 200 was due; 1,050 is repaid early, so ten instalments and a half fall away at the end.
    assert_eq!(loan.outstanding, money("4750"));
    assert_eq!(
        &lines(&loan)[..4],
        [
            line("2026-04-05", "100.00", "0.00"),
            line("2026-05-05", "100.00", "0.00"),
            line("2026-05-20", "1050.00", "0.00"),
            line("2026-06-05", "100.00", "100.00"),
        ]
    );
    assert_eq!(lines(&loan).last(), Some(&line("2030-05-05", "50.00", "50.00")));

    let lower = with(running(), &[early("2026-05-20", 1, "1250", Usage::LowerInstalments)]);
    let loan = at(&energy_loan(), &lower, "2026-05-20");
    assert_eq!((loan.instalments.len(), loan.outstanding), (61, money("4750")));
    assert_eq!(lines(&loan)[3], line("2026-06-05", "81.90", "81.90"));
    assert_eq!(lines(&loan).last(), Some(&line("2031-03-05", "81.70", "81.70")));

    let all = with(running(), &[early("2026-05-20", 1, "6010", Usage::LowerInstalments)]);
    let loan = at(&energy_loan(), &all, "2026-05-20");
    assert_eq!((loan.status, loan.overpaid), (Status::Closed, money("10")));
}

#[test]
fn an_overpayment_goes_back_once() {
    let refund = |number: u128, amount: &str| {
        fact("2026-02-05", LoanEvent::OverpaymentRefunded { refund_id: id(number), amount: money(amount) })
    };
    let facts = vec![signed(), drawn("2026-01-10", 1, "500"), closed("2026-01-10"), paid("2026-02-01", 1, "520.50")];
    let loan = at(&energy_loan(), &facts, "2026-02-05");
    assert_eq!(refusal(&loan, &refund(9, "20.51")), "amount 20.51 is more than 20.50");
    let facts = with(facts, &[refund(9, "20.50")]);
    let loan = at(&energy_loan(), &facts, "2026-02-05");
    assert_eq!((loan.overpaid, loan.refunded, loan.status), (Money::ZERO, money("20.50"), Status::Closed));
    // The payment then bounces: everything is owed again, and what was refunded with it.
    let bounced = with(facts.clone(), &[paid("2026-02-04", 2, "100"), reversed("2026-02-07", 1)]);
    let loan = at(&energy_loan(), &bounced, "2026-02-07");
    assert_eq!((loan.outstanding, loan.repaid, loan.refunded), (money("420.50"), money("79.50"), money("20.50")));
    let uncovered = with(facts, &[reversed("2026-02-07", 1)]);
    assert_eq!(
        fold(&energy_loan(), &uncovered, on("2026-02-07")).unwrap_err().to_string(),
        "overpayment_refunded of 2026-02-05: 20.50 was refunded that was never paid"
    );
}
