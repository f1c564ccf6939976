//! Loans that bear interest: Mijn `VerbouwLening`, and the energy loans of before 2019.

use super::*;

/// 6,000 at 2.25 % in 60 months, planned from 5 April 2026.
fn renovation_loan() -> LoanTerms {
    let mut terms = LoanTerms { product: Product::RenovationLoan, ..energy_loan() };
    let Repayment::Instalments { method, annual_rate, .. } = &mut terms.repayment else { panic!("instalments") };
    (*method, *annual_rate) = (Method::Annuity, "2.25".parse().unwrap());
    terms
}

fn interest_lines(loan: &LoanState) -> Vec<(String, String)> {
    let lines = loan.instalments.iter().filter(|line| line.kind == LineKind::Interest);
    lines.map(|line| (line.instalment.due_on.to_string(), line.instalment.total.to_string())).collect()
}

fn pair(day: &str, total: &str) -> (String, String) {
    (day.to_owned(), total.to_owned())
}

#[test]
fn while_money_is_drawn_interest_is_due_on_what_was_drawn() {
    // 2,000 from 5 February, 4,000 more from 20 February: 2.25 % of 2,000 for half a month and of 6,000 for the other.
    let facts = [signed(), drawn("2026-02-05", 1, "2000"), drawn("2026-02-20", 2, "4000")];
    let loan = at(&renovation_loan(), &facts, "2026-05-04");
    assert_eq!(interest_lines(&loan), [pair("2026-03-05", "7.50"), pair("2026-04-05", "11.25")]);
    assert_eq!((loan.status, loan.planned, loan.overdue(on("2026-05-04"))), (Status::Drawing, true, money("18.75")));
    // What is not interest that is due repays what was drawn, but only when that was meant.
    let loan = at(&renovation_loan(), &facts, "2026-03-06");
    assert_eq!(
        refusal(&loan, &paid("2026-03-06", 1, "7.51")),
        "a payment of 7.51 is more than the 7.50 of this and the next instalment; a loan with interest takes early \
         repayment only with a new schedule"
    );
}

#[test]
fn instalments_start_after_the_last_draw_and_bear_the_interest_since() {
    let facts = [signed(), drawn("2026-02-05", 1, "2000"), drawn("2026-04-20", 2, "4000"), closed("2026-04-20")];
    let loan = at(&renovation_loan(), &facts, "2026-04-20");
    // 5 March and 5 April on 2,000; 5 May on 2,000 for half a month and 6,000 for the other; then the annuity.
    assert_eq!(
        interest_lines(&loan),
        [pair("2026-03-05", "3.75"), pair("2026-04-05", "3.75"), pair("2026-05-05", "7.50")]
    );
    let first = loan.instalments.iter().find(|line| line.kind == LineKind::Instalment).unwrap();
    assert_eq!(
        (first.instalment.due_on, first.instalment.total, first.instalment.interest),
        (on("2026-06-05"), money("105.82"), money("11.25"))
    );
    assert_eq!(loan.instalments.iter().map(|line| line.instalment.principal).sum::<Money>(), money("6000"));
}

#[test]
fn early_repayment_pays_the_interest_that_has_run_and_no_more() {
    let facts = [signed(), drawn("2026-02-05", 1, "6000"), closed("2026-02-05")];
    let grant = LoanEvent::PaymentReceived {
        payment_id: id(1),
        amount: money("1118.32"),
        payer: Payer::Grant,
        usage: Usage::LowerInstalments,
    };
    let all = [&facts[..], &[fact("2026-04-20", grant)]].concat();
    let loan = at(&renovation_loan(), &all, "2026-04-20");
    // Due by then: 11.25 of 5 March and 105.82 of 5 April. The rest is 1,001.25 of 5,905.43 that were not due.
    assert_eq!(
        (loan.interest_paid, loan.repaid, loan.outstanding),
        (money("22.50"), money("1095.82"), money("4904.18"))
    );
    let next = loan.instalments.iter().find(|line| line.open.is_positive()).unwrap();
    // A month on 4,904.18 is 9.20, and fifteen days on the 1,001.25 that was owed until the 20th are 0.94.
    assert_eq!((next.instalment.due_on, next.instalment.interest), (on("2026-05-05"), money("10.14")));
    assert_eq!(loan.instalments.iter().map(|line| line.instalment.principal).sum::<Money>(), money("6000"));
}

#[test]
fn a_first_period_of_six_months_keeps_its_interest_when_ten_euros_are_repaid_early() {
    let facts = [signed(), drawn("2026-03-05", 1, "6000"), closed("2026-03-05"), paid("2026-04-05", 1, "105.82")];
    let six_months =
        LoanEvent::Rescheduled { instalments: 60, frequency: Frequency::Monthly, first_due_on: on("2026-10-05") };
    let early = LoanEvent::PaymentReceived {
        payment_id: id(2),
        amount: money("10"),
        payer: Payer::Borrower,
        usage: Usage::LowerInstalments,
    };
    let all = [&facts[..], &[fact("2026-04-10", six_months), fact("2026-04-15", early)]].concat();
    let before = at(&renovation_loan(), &all[..5], "2026-04-15");
    let first = |loan: &LoanState| loan.instalments.iter().find(|line| line.open.is_positive()).unwrap().clone();
    // Six months on 5,905.43 at 2.25 %.
    assert_eq!(first(&before).instalment.interest, money("66.44"));
    let after = at(&renovation_loan(), &all, "2026-04-15");
    // On ten euros less, and ten days on those ten euros.
    assert_eq!(first(&after).instalment.interest, money("66.34"));
}

#[test]
fn interest_that_was_paid_ahead_is_not_asked_again() {
    let facts = [signed(), drawn("2026-03-05", 1, "6000"), closed("2026-03-05"), paid("2026-03-25", 1, "105.82")];
    let new_terms =
        LoanEvent::Rescheduled { instalments: 60, frequency: Frequency::Monthly, first_due_on: on("2026-05-05") };
    let loan = at(&renovation_loan(), &[&facts[..], &[fact("2026-03-27", new_terms)]].concat(), "2026-03-27");
    let first = loan.instalments.iter().find(|line| line.open.is_positive()).unwrap();
    // One month, from 5 April, on 5,905.43.
    assert_eq!((first.instalment.due_on, first.instalment.interest), (on("2026-05-05"), money("11.07")));
}

#[test]
fn a_holiday_leaves_the_interest_to_be_paid() {
    let mut facts = vec![signed(), drawn("2026-03-05", 1, "6000"), closed("2026-03-05")];
    facts.push(fact("2026-03-20", LoanEvent::HolidayGranted { instalments: 2 }));
    let loan = at(&renovation_loan(), &facts, "2026-03-20");
    assert_eq!(interest_lines(&loan), [pair("2026-04-05", "11.25"), pair("2026-05-05", "11.25")]);
    let first = loan.instalments.iter().find(|line| line.kind == LineKind::Instalment).unwrap();
    assert_eq!((first.instalment.due_on, first.instalment.interest), (on("2026-06-05"), money("11.25")));
}

#[test]
fn a_call_asks_the_interest_until_its_date() {
    let mut facts =
        vec![signed(), drawn("2026-03-05", 1, "6000"), closed("2026-03-05"), paid("2026-04-05", 1, "105.82")];
    facts.push(called("2026-04-10", "2026-04-25"));
    let loan = at(&renovation_loan(), &facts, "2026-04-10");
    let last = loan.instalments.last().unwrap();
    // Twenty days on 5,905.43 at 2.25 %.
    assert_eq!((last.instalment.principal, last.instalment.interest), (money("5905.43"), money("7.38")));
}
