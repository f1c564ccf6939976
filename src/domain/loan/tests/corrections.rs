//! Facts that were wrong, and days on which something else was believed.

use super::*;

fn correct(day: &str, wrong: &LoanFact, replacement: Option<(&str, LoanEvent)>) -> LoanFact {
    let replacement =
        replacement.map(|(effective_on, event)| Replacement { effective_on: on(effective_on), event: Box::new(event) });
    fact(day, LoanEvent::Corrected { fact_id: wrong.fact_id, replacement, reason: "typing mistake".to_owned() })
}

fn same_loan(corrected: &LoanState, known_in_time: &LoanState) {
    assert_eq!(serde_json::to_value(corrected).unwrap(), serde_json::to_value(known_in_time).unwrap());
}

#[test]
fn a_corrected_loan_is_what_it_would_have_been() {
    let facts = [signed(), drawn("2026-02-10", 1, "20000"), closed("2026-05-01")];
    let wrong = called("2031-03-03", "2031-06-03");
    let later = paid("2031-07-01", 1, "500");
    let right = called("2031-04-03", "2031-09-03");
    let fixed = correct("2032-01-01", &wrong, Some(("2031-04-03", right.event.clone())));
    let all = [&facts[..], &[wrong.clone(), later.clone(), fixed]].concat();
    let known = [&facts[..], &[right, later.clone()]].concat();
    for day in ["2031-03-10", "2031-04-03", "2031-08-01", "2032-01-01"] {
        same_loan(&at(&emergency_loan(), &all, day), &at(&emergency_loan(), &known, day));
    }
    // Nothing had happened at all.
    let undone = [&facts[..], &[wrong.clone(), later.clone(), correct("2032-01-01", &wrong, None)]].concat();
    let never = [&facts[..], &[later]].concat();
    same_loan(&at(&emergency_loan(), &undone, "2032-01-01"), &at(&emergency_loan(), &never, "2032-01-01"));
}

#[test]
fn the_latest_of_two_corrections_counts() {
    let wrong = paid("2026-04-07", 1, "100");
    let facts = [signed(), drawn("2026-01-10", 1, "6000"), closed("2026-01-10"), wrong.clone()];
    let first = correct("2026-05-01", &wrong, Some(("2026-04-20", wrong.event.clone())));
    let second = correct("2026-05-02", &wrong, Some(("2026-04-03", wrong.event.clone())));
    for order in [[first.clone(), second.clone()], [second, first]] {
        let loan = at(&energy_loan(), &[&facts[..], &order].concat(), "2026-05-03");
        assert_eq!(loan.instalments[0].settled_on, Some(on("2026-04-03")));
    }
}

#[test]
fn what_was_owed_on_a_day_and_what_was_believed_on_another_are_two_questions() {
    let facts = [
        signed(),
        drawn("2026-01-10", 1, "6000"),
        closed("2026-01-10"),
        paid("2026-04-07", 1, "100"),
        known_on("2026-06-20", paid("2026-05-05", 2, "100")),
    ];
    let owed = at(&energy_loan(), &facts, "2026-05-31");
    assert_eq!(owed.outstanding, money("5800"));
    let believed = fold_as_known(&energy_loan(), &facts, on("2026-05-31"), noon(on("2026-06-01"))).unwrap();
    assert_eq!(believed.outstanding, money("5900"));
}

#[test]
fn a_correction_that_makes_no_sense_is_refused() {
    let call = called("2031-03-03", "2031-06-03");
    let facts = [signed(), drawn("2026-02-10", 1, "20000"), closed("2026-05-01"), call.clone()];
    let says =
        |candidate: LoanFact| admit(&emergency_loan(), &facts, &candidate, on("2032-01-01")).unwrap_err().to_string();
    let stranger = paid("2026-04-07", 1, "100");
    assert_eq!(
        says(correct("2032-01-01", &stranger, None)),
        format!("corrected of 2032-01-01: fact {} is not on this loan", stranger.fact_id)
    );
    assert_eq!(
        says(correct("2032-01-01", &facts[0], None)),
        "corrected of 2032-01-01: a fact of kind signed cannot be corrected; correct the fact it is about"
    );
    assert_eq!(
        says(correct("2032-01-01", &call, Some(("2031-03-03", LoanEvent::DrawsClosed)))),
        "corrected of 2032-01-01: a fact of kind called_due cannot become one of kind draws_closed; undo it and record \
         the other"
    );
    assert_eq!(
        says(correct("2032-01-01", &call, Some(("2025-03-03", call.event.clone())))),
        "the loan was not signed on 2025-03-03"
    );
    // Draws that came after what would become the closing.
    let early = correct("2032-01-01", &facts[2], Some(("2026-02-01", LoanEvent::DrawsClosed)));
    assert_eq!(says(early), "tranche_drawn of 2026-02-10: draws were closed on 2026-02-01; nothing more can be drawn");
}
