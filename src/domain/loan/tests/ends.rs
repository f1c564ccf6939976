//! How loans end: withdrawn, called due, spread, sold, settled by a court, accelerated, given up.

use super::*;

fn bullet() -> Vec<LoanFact> {
    vec![signed(), drawn("2026-02-10", 1, "20000"), closed("2026-05-01")]
}

fn spread(day: &str, amount: &str, instalments: u32, first: &str) -> LoanFact {
    let frequency = Frequency::Monthly;
    fact(day, LoanEvent::Spread { amount: money(amount), instalments, frequency, first_due_on: on(first) })
}

#[test]
fn a_contract_can_be_withdrawn_for_fourteen_days() {
    let withdrawn = |day: &str| fact(day, LoanEvent::Withdrawn);
    let fresh = at(&emergency_loan(), &[signed()], "2026-02-01");
    assert_eq!(
        refusal(&fresh, &withdrawn("2026-01-20")),
        "a contract of 2026-01-05 could be withdrawn until 2026-01-19; 2026-01-20 is too late"
    );
    let loan = at(&emergency_loan(), &[signed(), withdrawn("2026-01-19")], "2026-01-19");
    assert_eq!((loan.status, loan.undrawn), (Status::Closed, Money::ZERO));
    let drawn_already = [signed(), drawn("2026-01-10", 1, "900"), withdrawn("2026-01-19")];
    let loan = at(&emergency_loan(), &drawn_already, "2026-01-19");
    let line = &loan.instalments[0];
    assert_eq!((loan.status, line.instalment.due_on, line.open), (Status::CalledDue, on("2026-02-18"), money("900")));
}

#[test]
fn after_twenty_years_the_ocmw_may_spread_what_is_due() {
    let matured = at(&emergency_loan(), &bullet(), "2046-01-06");
    assert_eq!(matured.status, Status::Matured);
    let too_long = spread("2046-01-06", "20000", 300, "2046-03-01");
    assert_eq!(
        refusal(&matured, &too_long),
        "the last of these instalments falls due on 2071-02-01; the contract allows none after 2071-01-05"
    );
    let early = at(&emergency_loan(), &bullet(), "2044-01-06");
    assert_eq!(
        refusal(&early, &spread("2044-01-06", "20000", 10, "2044-03-01")),
        "spread makes no sense on a loan that is waiting; it can be decided in the year before it is due"
    );
    let mut facts = bullet();
    facts.push(spread("2046-01-06", "15000", 300, "2046-02-01"));
    let loan = at(&emergency_loan(), &facts, "2046-02-02");
    assert_eq!((loan.status, loan.instalments.len(), loan.outstanding), (Status::Repaying, 301, money("20000")));
    let due: Vec<(String, Money)> =
        loan.instalments.iter().take(2).map(|line| (line.instalment.due_on.to_string(), line.open)).collect();
    assert_eq!(due, [("2046-01-05".to_owned(), money("5000")), ("2046-02-01".to_owned(), money("50"))]);
    assert_eq!(loan.instalments[300].instalment.due_on, on("2071-01-01"));
    let old = LoanTerms {
        repayment: Repayment::Bullet { matures_on: on("2046-01-05"), spread_months_max: 0 },
        ..emergency_loan()
    };
    let matured = at(&old, &bullet(), "2046-01-06");
    assert_eq!(
        refusal(&matured, &spread("2046-01-06", "1", 1, "2046-02-01")),
        "this contract allows no spreading of what is due"
    );
}

#[test]
fn a_loan_that_is_called_due_can_be_paid_spread_or_a_part_of_each() {
    let mut facts = bullet();
    facts.push(called("2031-03-03", "2031-06-03"));
    facts.push(paid("2031-05-01", 1, "8000"));
    facts.push(spread("2031-06-01", "12000", 120, "2031-07-01"));
    let loan = at(&emergency_loan(), &facts, "2031-06-01");
    assert_eq!((loan.status, loan.outstanding), (Status::Repaying, money("12000")));
    assert_eq!(loan.instalments.iter().filter(|line| line.open == money("100")).count(), 120);
    assert_eq!(loan.overdue(on("2031-06-30")), Money::ZERO);
}

#[test]
fn a_sale_asks_a_share_of_the_gain_and_a_loss_asks_none() {
    let gain = |at_most: Option<&str>| GainShare {
        share: "30".parse().unwrap(),
        value_before: money("100000"),
        valued_by: "surveyor".to_owned(),
        at_most: at_most.map(money),
    };
    assert_eq!(gain(None).due(money("133333.35")), money("10000.01"));
    assert_eq!(gain(Some("4000")).due(money("133333.35")), money("4000"));
    assert_eq!(gain(None).due(money("90000")), Money::ZERO);
    let repayment = Repayment::OnExit { gain: Some(gain(None)) };
    let terms = LoanTerms { product: Product::RollingFund, repayment, ..emergency_loan() };
    let mut facts = bullet();
    let valued = |value: &str| {
        let (value_at_exit, valued_by) = (money(value), "deed of sale".to_owned());
        fact("2040-01-03", LoanEvent::ExitValued { value_at_exit, valued_by })
    };
    assert_eq!(
        refusal(&at(&terms, &facts, "2040-01-03"), &valued("120000")),
        "the loan was not called due by a transfer of rights or a death; record that first"
    );
    // Repaid in full before the sale: the share may still come.
    let repaid = [bullet(), vec![paid("2030-01-01", 1, "20000")]].concat();
    assert_eq!(at(&terms, &repaid, "2030-01-02").status, Status::Waiting);
    facts.push(called("2040-01-02", "2040-03-01"));
    facts.push(valued("120000"));
    facts.push(paid("2040-02-01", 1, "26500"));
    let sold = at(&terms, &facts, "2040-02-01");
    assert_eq!(
        (sold.status, sold.repaid, sold.gain_paid, sold.overpaid),
        (Status::Closed, money("20000"), money("6000"), money("500"))
    );
    assert_eq!(
        refusal(&at(&terms, &facts[..5], "2040-01-20"), &valued("1")),
        "the contract asks no share of a gain in value, or it was settled already"
    );
}

#[test]
fn a_court_may_remit_a_part_and_spread_the_rest() {
    let ruled = |remitted: &str, lines: &[(&str, &str)]| {
        let lines = lines.iter().map(|(day, sum)| PlanLine { due_on: on(day), amount: money(sum) }).collect();
        fact("2027-01-15", LoanEvent::DebtSettlementRuled { lines, remitted: money(remitted) })
    };
    let mut facts = vec![signed(), drawn("2026-01-10", 1, "6000"), closed("2026-01-10"), paid("2026-04-07", 1, "100")];
    let loan = at(&energy_loan(), &facts, "2027-01-15");
    assert_eq!(
        refusal(&loan, &ruled("1000", &[])),
        "debt_settlement_ruled makes no sense on a loan that is repaying; record first that the request was admitted"
    );
    facts.push(fact("2026-10-01", LoanEvent::DebtSettlementAdmitted));
    let loan = at(&energy_loan(), &facts, "2027-01-15");
    assert!(!loan.may_collect());
    assert_eq!(refusal(&loan, &ruled("5901", &[])), "remitted 5901.00 is more than 5900.00");
    facts.push(ruled("3000", &[("2028-01-15", "1000"), ("2029-01-15", "1900")]));
    let loan = at(&energy_loan(), &facts, "2027-01-15");
    assert_eq!((loan.outstanding, loan.remitted, loan.may_collect()), (money("2900"), money("3000"), true));
    facts.push(paid("2028-01-15", 2, "2900"));
    assert_eq!(at(&energy_loan(), &facts, "2028-01-15").status, Status::Closed);
}

#[test]
fn acceleration_takes_two_unpaid_instalments_and_a_month_of_notice() {
    let accelerated = |day: &str, noticed: &str| {
        fact(day, LoanEvent::Accelerated { noticed_on: on(noticed), due_on: on("2026-09-01") })
    };
    let facts = [signed(), drawn("2026-01-10", 1, "6000"), closed("2026-01-10")];
    let early = at(&energy_loan(), &facts, "2026-04-30");
    assert_eq!(
        refusal(&early, &accelerated("2026-04-30", "2026-03-01")),
        "1 instalments and 100.00 are overdue; acceleration takes two unpaid instalments, or a fifth of 6000.00"
    );
    let late = at(&energy_loan(), &facts, "2026-06-15");
    assert_eq!(
        refusal(&late, &accelerated("2026-06-15", "2026-05-15")),
        "the notice of 2026-05-15 gives until 2026-06-15; 2026-06-15 is too early"
    );
    assert!(late.check(&accelerated("2026-06-15", "2026-05-14")).is_ok());
}

#[test]
fn what_is_given_up_can_be_recovered() {
    let written_off = fact("2027-06-01", LoanEvent::WrittenOff { evidence: "file 17".to_owned() });
    let mut facts = vec![signed(), drawn("2026-01-10", 1, "6000"), closed("2026-01-10"), paid("2026-04-07", 1, "100")];
    assert_eq!(
        refusal(&at(&energy_loan(), &facts, "2027-06-01"), &written_off),
        "written_off makes no sense on a loan that is repaying; accelerate it or call it due first"
    );
    facts.push(fact("2026-07-01", LoanEvent::Accelerated { noticed_on: on("2026-05-30"), due_on: on("2026-07-15") }));
    facts.push(written_off);
    let loan = at(&energy_loan(), &facts, "2027-06-01");
    assert_eq!((loan.status, loan.written_off, loan.outstanding), (Status::WrittenOff, money("5900"), Money::ZERO));
    assert!(loan.instalments.iter().all(|line| line.open.is_zero()));
    let decided = fact("2027-06-02", LoanEvent::DischargeDecided { granted: true, reference: "VR 5".to_owned() });
    assert_eq!(
        refusal(&loan.on(on("2027-06-02")).unwrap(), &decided),
        "no discharge is waiting for a decision on this loan"
    );
    facts.push(fact("2027-06-02", LoanEvent::DischargeRequested { reference: "letter 3".to_owned() }));
    facts.push(decided);
    facts.push(paid("2028-01-01", 2, "6000"));
    let loan = at(&energy_loan(), &facts, "2028-01-01");
    assert_eq!(
        (loan.recovered, loan.overpaid, loan.discharge),
        (money("5900"), money("100"), Some(Discharge::Granted))
    );
    assert_eq!(loan.status, Status::Closed);
}
