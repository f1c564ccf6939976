//! Lives of loans, one after the other.

use super::*;

#[test]
fn before_the_works_are_finished_the_schedule_is_only_planned() {
    let facts = [signed(), drawn("2026-02-10", 1, "1500")];
    let loan = at(&energy_loan(), &facts, "2026-06-30");
    assert_eq!((loan.status, loan.planned), (Status::Drawing, true));
    assert_eq!((loan.drawn, loan.undrawn, loan.outstanding), (money("1500"), money("4500"), money("1500")));
    assert_eq!(loan.instalments.len(), 60);
    assert_eq!(loan.instalments[0].instalment.total, money("100"));
    assert_eq!(loan.overdue(on("2026-06-30")), Money::ZERO);
}

#[test]
fn closing_draws_makes_the_schedule_on_what_was_drawn_a_month_later_at_the_earliest() {
    let facts = [signed(), drawn("2026-02-10", 1, "1500"), drawn("2026-04-20", 2, "3000"), closed("2026-04-20")];
    let loan = at(&energy_loan(), &facts, "2026-04-20");
    assert_eq!((loan.status, loan.planned, loan.undrawn), (Status::Repaying, false, Money::ZERO));
    let first = &loan.instalments[0];
    // 20 May is a month after the closing; the first fifth after it is 5 June.
    assert_eq!((first.instalment.due_on, first.open), (on("2026-06-05"), money("75")));
    assert_eq!(loan.instalments.iter().map(|line| line.open).sum::<Money>(), money("4500"));

    let early = [signed(), drawn("2026-01-10", 1, "4500"), closed("2026-01-10")];
    assert_eq!(at(&energy_loan(), &early, "2026-01-10").instalments[0].instalment.due_on, on("2026-04-05"));
}

#[test]
fn payments_settle_the_oldest_instalment_first_and_then_later_ones() {
    let facts = [
        signed(),
        drawn("2026-01-10", 1, "6000"),
        closed("2026-01-10"),
        paid("2026-04-03", 1, "60"),
        paid("2026-04-20", 2, "250"),
    ];
    let loan = at(&energy_loan(), &facts, "2026-05-10");
    let lines: Vec<(Money, Option<NaiveDate>)> =
        loan.instalments.iter().take(4).map(|line| (line.open, line.settled_on)).collect();
    assert_eq!(
        lines,
        [
            (Money::ZERO, Some(on("2026-04-20"))),
            (Money::ZERO, Some(on("2026-04-20"))),
            (Money::ZERO, Some(on("2026-04-20"))),
            (money("90"), None),
        ]
    );
    assert_eq!((loan.repaid, loan.outstanding, loan.overpaid), (money("310"), money("5690"), Money::ZERO));
}

#[test]
fn an_instalment_is_overdue_from_the_day_after_money_could_move() {
    let facts = [signed(), drawn("2026-01-10", 1, "6000"), closed("2026-01-10")];
    let loan = at(&energy_loan(), &facts, "2026-04-30");
    // 5 April 2026 is Easter Sunday: money moves on Tuesday.
    assert_eq!(loan.instalments[0].instalment.payable_on, on("2026-04-07"));
    assert_eq!(loan.overdue(on("2026-04-07")), Money::ZERO);
    assert_eq!(loan.overdue(on("2026-04-08")), money("100"));
}

#[test]
fn what_is_paid_beyond_the_debt_is_overpaid_and_a_closed_loan_takes_no_more() {
    let facts = [signed(), drawn("2026-01-10", 1, "500"), closed("2026-01-10"), paid("2026-02-01", 1, "520.50")];
    let loan = at(&energy_loan(), &facts, "2026-02-02");
    assert_eq!((loan.status, loan.outstanding, loan.overpaid), (Status::Closed, Money::ZERO, money("20.50")));
    assert_eq!(refusal(&loan, &paid("2026-02-02", 2, "10")), "the loan is closed: everything drawn was repaid");
}

#[test]
fn a_reversed_payment_reopens_what_it_had_paid() {
    let mut facts = vec![
        signed(),
        drawn("2026-01-10", 1, "500"),
        closed("2026-01-10"),
        paid("2026-02-01", 1, "200"),
        paid("2026-03-01", 2, "300"),
    ];
    assert_eq!(at(&energy_loan(), &facts, "2026-03-05").status, Status::Closed);
    facts.push(reversed("2026-03-04", 1));
    let reopened = at(&energy_loan(), &facts, "2026-03-05");
    assert_eq!((reopened.status, reopened.outstanding), (Status::Repaying, money("200")));
    let never: Vec<LoanFact> = facts
        .iter()
        .filter(|fact| {
            !matches!(&fact.event,
        LoanEvent::PaymentReceived { payment_id, .. } | LoanEvent::PaymentReversed { payment_id, .. }
            if *payment_id == id(1))
        })
        .cloned()
        .collect();
    assert_eq!(reopened.instalments, at(&energy_loan(), &never, "2026-03-05").instalments);
    // On the day before, it had been paid.
    assert_eq!(at(&energy_loan(), &facts, "2026-03-03").status, Status::Closed);
    assert_eq!(refusal(&reopened, &reversed("2026-03-05", 1)), format!("payment {} was already reversed", id(1)));
}

#[test]
fn an_emergency_buyer_waits_twenty_years_and_owes_one_sum() {
    let facts = [signed(), drawn("2026-02-10", 1, "20000"), closed("2026-05-01")];
    let waiting = at(&emergency_loan(), &facts, "2046-01-05");
    assert_eq!((waiting.status, waiting.planned), (Status::Waiting, false));
    let lines = &waiting.instalments;
    assert_eq!((lines.len(), lines[0].instalment.due_on, lines[0].open), (1, on("2046-01-05"), money("20000")));
    assert_eq!(waiting.overdue(on("2046-01-05")), Money::ZERO);
    assert_eq!(waiting.overdue(on("2046-01-06")), money("20000"));
    let planned = at(&emergency_loan(), &[signed()], "2026-01-06");
    assert_eq!((planned.status, planned.planned), (Status::Signed, true));
    assert_eq!(planned.instalments[0].instalment.total, money("25000"));
}

#[test]
fn a_call_makes_the_whole_outstanding_claimable_on_its_date() {
    let bullet = [
        signed(),
        drawn("2026-02-10", 1, "20000"),
        closed("2026-05-01"),
        paid("2030-01-02", 1, "5000"),
        called("2031-03-03", "2031-06-03"),
    ];
    let loan = at(&emergency_loan(), &bullet, "2031-03-03");
    assert_eq!((loan.status, loan.outstanding), (Status::CalledDue, money("15000")));
    let [repaid, line] = loan.instalments.as_slice() else { panic!("{:?}", loan.instalments) };
    assert_eq!((repaid.kind, repaid.paid), (LineKind::EarlyRepayment, money("5000")));
    assert_eq!((line.instalment.due_on, line.open), (on("2031-06-03"), money("15000")));

    let instalments = [
        signed(),
        drawn("2026-01-10", 1, "6000"),
        closed("2026-01-10"),
        paid("2026-04-07", 1, "100"),
        called("2026-06-01", "2026-06-15"),
    ];
    let loan = at(&energy_loan(), &instalments, "2026-07-01");
    let open: Vec<(u32, String, Money)> = loan
        .instalments
        .iter()
        .map(|line| (line.instalment.number, line.instalment.due_on.to_string(), line.open))
        .collect();
    assert_eq!(
        open,
        [
            (1, "2026-04-05".to_owned(), Money::ZERO),
            (2, "2026-05-05".to_owned(), money("100")),
            (3, "2026-06-05".to_owned(), money("100")),
            (4, "2026-06-15".to_owned(), money("5700")),
        ]
    );
}

#[test]
fn a_rolling_fund_loan_has_no_date_until_the_house_is_sold() {
    let terms =
        LoanTerms { product: Product::RollingFund, repayment: Repayment::OnExit { gain: None }, ..emergency_loan() };
    let mut facts =
        vec![signed(), drawn("2026-02-10", 1, "25000"), closed("2026-03-01"), paid("2027-01-01", 1, "1000")];
    let waiting = at(&terms, &facts, "2060-01-01");
    assert_eq!((waiting.status, waiting.instalments.len()), (Status::Waiting, 0));
    assert_eq!(waiting.outstanding, money("24000"));
    facts.push(called("2060-01-02", "2060-02-02"));
    facts.push(paid("2060-02-01", 2, "24000"));
    let done = at(&terms, &facts, "2060-03-01");
    assert_eq!((done.status, done.outstanding, done.instalments.len()), (Status::Closed, Money::ZERO, 1));
}

#[test]
fn interest_is_paid_before_principal_and_not_before_it_has_run() {
    let mut terms = energy_loan();
    terms.product = Product::RenovationLoan;
    let Repayment::Instalments { method, annual_rate, .. } = &mut terms.repayment else { panic!("instalments") };
    (*method, *annual_rate) = (Method::Annuity, "2.25".parse().unwrap());
    let facts = [signed(), drawn("2026-01-10", 1, "6000"), closed("2026-01-10"), paid("2026-04-07", 1, "100")];
    let loan = at(&terms, &facts, "2026-04-08");
    // 6,000 at 2.25 % costs 9.38 until 5 February, 11.25 until 5 March, and 11.25 in the first instalment of 105.82.
    assert_eq!((loan.interest_paid, loan.repaid, loan.outstanding), (money("31.88"), money("68.12"), money("5931.88")));
    assert_eq!(loan.instalments[2].open, money("26.45"));
    assert!(loan.check(&paid("2026-04-08", 2, "132.27")).is_ok());
    assert_eq!(
        refusal(&loan, &paid("2026-04-08", 2, "132.28")),
        "a payment of 132.28 is more than the 132.27 of this and the next instalment; a loan with interest takes \
         early repayment only with a new schedule"
    );
}

#[test]
fn each_event_that_makes_no_sense_is_refused_in_a_sentence() {
    let terms = energy_loan();
    let fresh = at(&terms, &[signed()], "2026-01-06");
    assert_eq!(refusal(&fresh, &drawn("2026-01-04", 1, "1")), "date 2026-01-04 is before the signature on 2026-01-05");
    assert_eq!(refusal(&fresh, &drawn("2026-01-07", 1, "1")), "date 2026-01-07 is after today, 2026-01-06");
    assert_eq!(
        refusal(&fresh, &drawn("2026-01-06", 1, "6000.01")),
        "a draw of 6000.01 is more than the 6000.00 that is left of the contract"
    );
    assert_eq!(refusal(&fresh, &drawn("2026-01-06", 1, "0")), "amount 0.00 is not more than 0.00");
    assert_eq!(refusal(&fresh, &paid("2026-01-06", 1, "5")), "nothing has been drawn on this loan yet");
    let never_drawn = at(&energy_loan(), &[signed(), closed("2026-01-06")], "2026-02-01");
    assert_eq!((never_drawn.status, never_drawn.undrawn), (Status::Closed, Money::ZERO));
    assert_eq!(
        refusal(&fresh, &signed()),
        "the contract was signed on 2026-01-05; it cannot be signed again on 2026-01-05"
    );
    assert_eq!(refusal(&fresh, &reversed("2026-01-06", 9)), format!("payment {} is not on this loan", id(9)));

    let facts = [signed(), drawn("2026-01-10", 1, "900"), closed("2026-01-12"), paid("2026-01-20", 1, "30")];
    let running = at(&terms, &facts, "2026-02-01");
    assert_eq!(
        refusal(&running, &drawn("2026-01-13", 2, "1")),
        "draws were closed on 2026-01-12; nothing more can be drawn"
    );
    assert!(running.check(&drawn("2026-01-11", 2, "1")).is_ok());
    assert_eq!(refusal(&running, &drawn("2026-01-11", 1, "1")), format!("tranche {} is already on this loan", id(1)));
    assert_eq!(refusal(&running, &paid("2026-02-01", 1, "1")), format!("payment {} is already on this loan", id(1)));
    assert_eq!(
        refusal(&running, &reversed("2026-01-19", 1)),
        format!("payment {} is of 2026-01-20; it cannot be reversed on 2026-01-19", id(1))
    );
    assert_eq!(
        refusal(&running, &called("2026-02-01", "2026-01-31")),
        "due date 2026-01-31 is before 2026-02-01, the day the loan is called due"
    );
    let overpaid = [signed(), drawn("2026-01-10", 1, "900"), paid("2026-01-20", 1, "930")];
    assert_eq!(
        refusal(&at(&terms, &overpaid, "2026-02-01"), &drawn("2026-02-01", 2, "1")),
        "30.00 was paid too much; refund it before anything is drawn"
    );
}

#[test]
fn a_preview_is_what_is_booked_and_a_backdated_fact_takes_its_place() {
    let terms = energy_loan();
    let facts = [signed(), drawn("2026-01-10", 1, "900"), closed("2026-01-12"), paid("2026-04-20", 1, "15")];
    let mut late = paid("2026-04-04", 2, "15");
    late.booked_at = noon(on("2026-05-01"));
    let preview = admit(&terms, &facts, &late, on("2026-05-01")).unwrap();
    assert_eq!(preview.instalments[0].settled_on, Some(on("2026-04-04")));
    let booked: Vec<LoanFact> = facts.iter().chain([&late]).cloned().collect();
    assert_eq!(preview, at(&terms, &booked, "2026-05-01"));
    let error = admit(&terms, &facts, &drawn("2026-02-01", 2, "5"), on("2026-05-01")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "tranche_drawn of 2026-02-01: draws were closed on 2026-01-12; nothing more can be drawn"
    );
}

#[test]
fn there_is_no_loan_before_its_signature() {
    assert_eq!(fold(&energy_loan(), &[signed()], on("2026-01-04")), Err(FoldError::NotSigned(on("2026-01-04"))));
    assert!(matches!(LoanState::open(&energy_loan(), &closed("2026-01-05")), Err(FoldError::NotSigned(_))));
}

#[test]
fn a_call_known_late_may_precede_the_closing_of_draws() {
    let facts = [signed(), drawn("2026-02-10", 1, "100"), closed("2026-05-01"), called("2026-04-01", "2026-06-01")];
    let loan = at(&emergency_loan(), &facts, "2026-05-02");
    assert_eq!((loan.status, loan.draws_closed_on), (Status::CalledDue, Some(on("2026-04-01"))));
}

#[test]
fn an_event_is_stored_as_json_with_its_kind() {
    let events = [
        signed(),
        drawn("2026-02-10", 1, "1.50"),
        closed("2026-05-01"),
        paid("2026-05-01", 1, "2"),
        reversed("2026-05-02", 1),
        called("2026-05-02", "2026-06-01"),
    ];
    for LoanFact { event, .. } in events {
        let json = serde_json::to_value(&event).unwrap();
        assert_eq!(json["kind"], event.kind());
        assert_eq!(serde_json::from_value::<LoanEvent>(json).unwrap(), event);
    }
    // A payment of the borrower is stored as it always was.
    let payment = serde_json::to_string(&paid("2026-05-01", 1, "2").event).unwrap();
    assert_eq!(payment, format!(r#"{{"kind":"payment_received","payment_id":"{}","amount":"2.00"}}"#, id(1)));
    let draw = serde_json::to_string(&drawn("2026-02-10", 1, "1.50").event).unwrap();
    assert_eq!(draw, format!(r#"{{"kind":"tranche_drawn","tranche_id":"{}","amount":"1.50"}}"#, id(1)));
    for terms in [energy_loan(), emergency_loan()] {
        let json = serde_json::to_string(&terms).unwrap();
        assert_eq!(serde_json::from_str::<LoanTerms>(&json).unwrap(), terms);
    }
    for trigger in Trigger::ALL {
        assert_eq!(trigger.code().parse(), Ok(trigger));
    }
}

#[test]
fn terms_that_are_no_contract_are_refused() {
    let says = |terms: LoanTerms| terms.check().unwrap_err().to_string();
    assert_eq!(says(LoanTerms { principal: Money::ZERO, ..energy_loan() }), "principal 0.00 is not more than 0.00");
    assert_eq!(
        says(LoanTerms { signed_on: on("2026-04-05"), ..energy_loan() }),
        "first due date 2026-04-05 is not after the signature on 2026-04-05"
    );
    assert_eq!(
        says(LoanTerms { signed_on: on("2047-01-01"), ..emergency_loan() }),
        "maturity date 2046-01-05 is not after the signature on 2047-01-01"
    );
}

#[test]
fn a_loan_of_a_few_cents_gets_no_more_instalments_than_cents() {
    let facts = [signed(), drawn("2026-01-10", 1, "0.07"), closed("2026-01-10")];
    assert_eq!(at(&energy_loan(), &facts, "2026-01-10").instalments.len(), 7);
}
