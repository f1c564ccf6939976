//! What the import booked as a direct debit by itself is taken back: the money, the loan and the collection are where
//! they were before, and what the return had asked is undone or said.

use energiehuis::domain::application::Loose;
use energiehuis::domain::collection::Remark;
use energiehuis::domain::matching::Reason;
use energiehuis::domain::money::Money;
use energiehuis::formats::coda::ReturnKind;
use energiehuis::services::collections::{StopForm, answer_return, stop};
use serde_json::{Value, json};

use super::bank::{books_agree, reasons, says, sent};
use super::till::{ELSEWHERE, Till, assert_valid};
use crate::bank::account::{came_back, collected, total};
use crate::support::town::{Family, euros};

/// A family whose instalment of May was credited.
async fn credited(till: &mut Till) -> Family {
    let family = till.family(Some("lotte@borrower.example")).await;
    let line = sent(till, &[&family]).await.remove(0);
    till.go_to("2022-05-02");
    says(till, vec![collected(line.amount, &line.end_to_end_id)]).await;
    family
}

/// The bank gives the first collection of a family back.
async fn gives_back(till: &mut Till, family: &Family, day: &str, why: (ReturnKind, &str)) {
    let mut lines = till.collections(family).await;
    lines.sort_by_key(|line| line.collect_on);
    till.go_to(day);
    let line = &lines[0];
    says(till, vec![came_back(line.amount, &line.end_to_end_id, (5, 3), why)]).await;
}

#[tokio::test]
async fn a_credit_that_was_none_leaves_its_collection_with_the_bank() {
    let mut till = Till::new().await;
    let family = credited(&mut till).await;
    let line = till.line(150).await;
    let undone = till.undo(line).await;
    assert_eq!(undone.remarks, []);
    assert_eq!((till.repaid(&family).await, till.waiting().await), (Money::ZERO, vec![euros(150)]));
    assert_eq!(till.states(&family).await, ["exported"]);
    assert_eq!(till.not_undone(line).await, "bank-undo-already");
    books_agree(&till).await;
    // Whoever places it again makes it a payment of that collection again, and can take that back too.
    let parts = json!([{ "kind": "loan", "loan": family.number }]);
    let decision = till.place(line, parts.clone()).await;
    assert_eq!((till.states(&family).await, till.repaid(&family).await), (vec!["credited".to_owned()], euros(150)));
    till.undo(decision).await;
    assert_eq!((till.states(&family).await, till.repaid(&family).await), (vec!["exported".to_owned()], Money::ZERO));
    till.place(line, parts).await;
    assert_eq!(till.count("collection_credits").await, 3, "each is on record");
    assert_eq!(till.count("standing_collection_credits").await, 1);
    books_agree(&till).await;
    gives_back(&mut till, &family, "2022-05-05", (ReturnKind::Return, "MS02")).await;
    assert_eq!((till.states(&family).await, till.repaid(&family).await), (vec!["returned".to_owned()], Money::ZERO));
    books_agree(&till).await;
    till.finish().await;
}

#[tokio::test]
async fn a_whole_batch_is_taken_back_and_split_by_a_person_into_its_collections() {
    let mut till = Till::new().await;
    let (one, other) = (till.family(None).await, till.family(None).await);
    sent(&mut till, &[&one, &other]).await;
    till.go_to("2022-05-03");
    let report = says(&mut till, vec![collected(euros(300), "")]).await;
    assert_eq!(reasons(&report), [(Reason::CollectionTotal, 1)]);
    let line = till.line(300).await;
    let undone: Value = serde_json::from_str(&till.undo(line).await.answer).unwrap();
    assert_eq!(undone["entries"].as_array().unwrap().len(), 2, "each payment is booked back: {undone}");
    assert_eq!(till.waiting().await, [euros(300)]);
    for family in [&one, &other] {
        assert_eq!((till.states(family).await, till.repaid(family).await), (vec!["exported".to_owned()], Money::ZERO));
    }
    books_agree(&till).await;
    let parts = json!([
        { "kind": "loan", "loan": one.number, "amount": 150 }, { "kind": "loan", "loan": other.number },
    ]);
    let decision = till.place(line, parts).await;
    for family in [&one, &other] {
        assert_eq!((till.states(family).await, till.repaid(family).await), (vec!["credited".to_owned()], euros(150)));
    }
    books_agree(&till).await;
    gives_back(&mut till, &one, "2022-05-04", (ReturnKind::Return, "MS02")).await;
    assert_eq!((till.states(&one).await, till.repaid(&one).await), (vec!["returned".to_owned()], Money::ZERO));
    assert_eq!(till.not_undone(decision).await, "bank-undo-came-back-since");
    till.undo(till.line(-150).await).await;
    till.undo(decision).await;
    for family in [&one, &other] {
        assert_eq!((till.states(family).await, till.repaid(family).await), (vec!["exported".to_owned()], Money::ZERO));
    }
    books_agree(&till).await;
    till.finish().await;
}

#[tokio::test]
async fn a_return_that_was_none_lets_the_payment_stand_and_drops_the_second_try() {
    let mut till = Till::new().await;
    let family = credited(&mut till).await;
    gives_back(&mut till, &family, "2022-05-05", (ReturnKind::Return, "AM04")).await;
    assert_eq!(till.states(&family).await, ["returned", "made"]);
    let (credit, back) = (till.line(150).await, till.line(-150).await);
    assert_eq!(till.not_undone(credit).await, "bank-undo-came-back-since");
    let undone = till.undo(back).await;
    assert_eq!(undone.remarks, [Remark::RetryDropped]);
    let answer: Value = serde_json::from_str(&undone.answer).unwrap();
    assert_eq!(answer["remarks"], json!(["retry_dropped"]));
    assert_eq!(till.states(&family).await, ["credited", "dropped"]);
    let lines = till.collections(&family).await;
    let dropped = lines.iter().find(|line| line.state == "dropped").unwrap();
    assert_eq!(dropped.dropped_because.as_deref(), Some("return_undone"));
    assert_eq!(lines.iter().find(|line| line.state == "credited").unwrap().return_kind, None);
    assert_eq!((till.repaid(&family).await, till.waiting().await), (euros(150), vec![euros(-150)]));
    assert_eq!(till.overview().await.returns, [], "nothing waits for a person");
    assert_eq!(till.not_undone(back).await, "bank-undo-already");
    books_agree(&till).await;
    // It was one after all: a person says so, and the instalment is tried again.
    let decision = till.place(back, json!([{ "kind": "return", "loan": family.number }])).await;
    assert_eq!(till.states(&family).await, ["returned", "dropped", "made"]);
    assert_eq!(till.overview().await.returns[0].reason.as_deref(), Some("AM04"));
    assert_eq!((till.repaid(&family).await, till.waiting().await), (Money::ZERO, vec![]));
    assert_eq!(till.count("collection_returns").await, 2, "both are on record");
    books_agree(&till).await;
    // And the credit was of somebody else: first that it came back, then the credit itself.
    till.undo(decision).await;
    till.undo(credit).await;
    assert_eq!(till.states(&family).await, ["exported", "dropped", "dropped"]);
    books_agree(&till).await;
    till.finish().await;
}

#[tokio::test]
async fn a_second_try_that_is_announced_is_dropped_with_a_word_and_one_in_a_file_stands_in_the_way() {
    let mut till = Till::new().await;
    let family = credited(&mut till).await;
    gives_back(&mut till, &family, "2022-05-05", (ReturnKind::Return, "AM04")).await;
    till.night("2022-05-06").await;
    let back = till.line(-150).await;
    assert_eq!(till.undo(back).await.remarks, [Remark::RetryDroppedAfterNotice]);
    // Again, and now its second try leaves.
    till.place(back, json!([{ "kind": "return", "loan": family.number }])).await;
    let decision = sqlx::query_scalar("SELECT bank_decision_id FROM bank_decisions");
    let decision = decision.fetch_one(&till.street.town.test.pool).await.unwrap();
    till.night("2022-05-11").await;
    till.go_to("2022-05-30");
    let made = till.make().await;
    assert_eq!(till.not_undone(decision).await, "bank-undo-collected-again", "it is in a file");
    assert_valid(&till.leave(&made).await);
    assert_eq!(till.not_undone(decision).await, "bank-undo-collected-again", "it has left");
    let again = till.collections(&family).await.into_iter().find(|line| line.attempt == 3).unwrap();
    till.go_to("2022-06-02");
    says(&mut till, vec![came_back(again.amount, &again.end_to_end_id, (5, 3), (ReturnKind::Reject, "MS02"))]).await;
    till.undo(decision).await;
    assert_eq!(till.repaid(&family).await, euros(150));
    books_agree(&till).await;
    till.finish().await;
}

#[tokio::test]
async fn a_mandate_that_only_this_return_stopped_is_active_again() {
    let mut till = Till::new().await;
    let family = credited(&mut till).await;
    gives_back(&mut till, &family, "2022-05-20", (ReturnKind::Refund, "MD01")).await;
    assert_eq!(till.mandate_of(&family).await.state, "stopped");
    let waiting = till.overview().await.returns.remove(0);
    let undone = till.undo(till.line(-150).await).await;
    assert_eq!(undone.remarks, [Remark::MandateResumed]);
    assert_eq!(till.mandate_of(&family).await.state, "active");
    let late = answer_return(till.house(), &till.manager, (waiting.return_id, "called")).await;
    assert!(matches!(late, Err(energiehuis::services::Error::Refused(text)) if text.key == "collection-return-undone"));
    let night = till.night("2022-05-21").await;
    assert_eq!(night["made"], json!(1), "the instalment of June is announced again");
    books_agree(&till).await;
    till.finish().await;
}

/// The borrower took it back while it was stopped already: that is kept, and no undoing wakes it.
#[tokio::test]
async fn a_mandate_that_was_taken_back_meanwhile_stays_stopped() {
    let mut till = Till::new().await;
    let family = credited(&mut till).await;
    gives_back(&mut till, &family, "2022-05-20", (ReturnKind::Refund, "MD01")).await;
    let mandate_id = till.mandate_of(&family).await.mandate_id;
    let form = StopForm { reason: Loose::from("taken back in writing") };
    stop(till.house(), &till.street.town.accountant, (mandate_id, &form, None)).await.unwrap();
    let undone = till.undo(till.line(-150).await).await;
    assert_eq!(undone.remarks, []);
    let mandate = till.mandate_of(&family).await;
    assert_eq!((mandate.state.as_str(), mandate.stop_cause.as_deref()), ("stopped", Some("person")));
    let again = stop(till.house(), &till.street.town.accountant, (mandate_id, &form, None)).await;
    assert!(matches!(again, Err(energiehuis::services::Error::Refused(_))), "{again:?}");
    books_agree(&till).await;
    till.finish().await;
}

#[tokio::test]
async fn a_mandate_stays_stopped_where_another_return_or_another_mandate_stands_in_the_way() {
    let mut till = Till::new().await;
    let family = till.family(None).await;
    let may = sent(&mut till, &[&family]).await.remove(0);
    till.night("2022-05-11").await;
    till.go_to("2022-05-27");
    assert_valid(&till.leave(&till.make().await).await);
    let june =
        till.collections(&family).await.into_iter().find(|line| line.state == "exported" && line.due_on > may.due_on);
    let june = june.unwrap();
    till.go_to("2022-06-02");
    let ids = [&may.end_to_end_id, &june.end_to_end_id];
    says(&mut till, ids.map(|id| collected(euros(150), id)).to_vec()).await;
    let back = |id: &str| came_back(euros(150), id, (5, 5), (ReturnKind::Refund, "MD01"));
    says(&mut till, vec![back(ids[0])]).await;
    let first = till.line(-150).await;
    till.go_to("2022-06-03");
    says(&mut till, vec![back(ids[1])]).await;
    let second = till.line(-150).await;
    assert_eq!(till.undo(first).await.remarks, [Remark::MandateStaysForAnotherReturn]);
    assert_eq!(till.mandate_of(&family).await.state, "stopped");
    let new = till.mandate(&family, "recurrent").await;
    assert_eq!(till.undo(second).await.remarks, [Remark::MandateStaysForAnotherMandate]);
    let mandate = till.mandate_of(&family).await;
    assert_eq!((mandate.reference.as_str(), mandate.state.as_str()), (new.as_str(), "active"));
    assert_eq!((till.states(&family).await, till.repaid(&family).await), (vec!["credited".to_owned(); 2], euros(300)));
    books_agree(&till).await;
    till.finish().await;
}

#[tokio::test]
async fn a_mandate_that_a_new_account_woke_is_left_alone() {
    use energiehuis::domain::application::Loose;
    use energiehuis::services::collections::{AmendForm, amend};
    let mut till = Till::new().await;
    let family = credited(&mut till).await;
    gives_back(&mut till, &family, "2022-05-05", (ReturnKind::Return, "AC04")).await;
    let mandate_id = till.mandate_of(&family).await.mandate_id;
    let form = AmendForm { iban: Loose::from(ELSEWHERE), reason: Loose::from("other bank"), ..AmendForm::default() };
    amend(till.house(), &till.street.town.officer, (mandate_id, &form, None)).await.unwrap();
    assert_eq!(till.undo(till.line(-150).await).await.remarks, []);
    assert_eq!(till.mandate_of(&family).await.state, "active");
    books_agree(&till).await;
    till.finish().await;
}

#[tokio::test]
async fn a_reject_before_the_money_came_is_taken_back_and_the_credit_still_finds_its_collection() {
    let mut till = Till::new().await;
    let family = till.family(None).await;
    let line = sent(&mut till, &[&family]).await.remove(0);
    till.go_to("2022-05-02");
    says(&mut till, vec![came_back(line.amount, &line.end_to_end_id, (5, 3), (ReturnKind::Reject, "AM04"))]).await;
    assert_eq!(till.states(&family).await, ["returned", "made"]);
    let undone = till.undo(till.line(-150).await).await;
    assert_eq!(
        (undone.answer.as_str(), undone.remarks.as_slice()),
        (r#"{"entries":[],"remarks":["retry_dropped"]}"#, &[Remark::RetryDropped][..])
    );
    assert_eq!(
        (till.states(&family).await, till.waiting().await),
        (vec!["exported".to_owned(), "dropped".to_owned()], vec![euros(-150)])
    );
    assert_eq!(till.not_undone(till.line(-150).await).await, "bank-undo-nothing");
    till.go_to("2022-05-03");
    says(&mut till, vec![collected(line.amount, &line.end_to_end_id)]).await;
    assert_eq!((till.states(&family).await[0].as_str(), till.repaid(&family).await), ("credited", euros(150)));
    books_agree(&till).await;
    till.finish().await;
}

#[tokio::test]
async fn one_of_a_batch_with_details_is_taken_back_and_the_others_stay() {
    let mut till = Till::new().await;
    let (one, other) = (till.family(None).await, till.family(None).await);
    let lines = sent(&mut till, &[&one, &other]).await;
    till.go_to("2022-05-02");
    let details = lines.iter().map(|line| collected(line.amount, &line.end_to_end_id)).collect();
    says(&mut till, vec![total(details)]).await;
    let first = "SELECT payment_id FROM collections WHERE loan_id = $1";
    let line = sqlx::query_scalar(first).bind(one.loan_id).fetch_one(&till.street.town.test.pool).await.unwrap();
    till.undo(line).await;
    assert_eq!(
        (till.states(&one).await, till.states(&other).await),
        (vec!["exported".to_owned()], vec!["credited".to_owned()])
    );
    assert_eq!((till.repaid(&one).await, till.repaid(&other).await), (Money::ZERO, euros(150)));
    books_agree(&till).await;
    till.finish().await;
}

#[tokio::test]
async fn the_command_line_takes_a_return_back_and_says_what_became_of_the_second_try() {
    let mut till = Till::new().await;
    let family = credited(&mut till).await;
    gives_back(&mut till, &family, "2022-05-05", (ReturnKind::Return, "AM04")).await;
    let line = till.line(-150).await.to_string();
    let program = till.street.town.test.program();
    let answer = program.run(&["bank", "undo", &line, "--reason", "the bank was wrong"]);
    assert_eq!(answer.status, 0, "{answer:?}");
    assert!(answer.out.contains("undone; the line waits again"), "{}", answer.out);
    assert!(answer.out.contains("The second try is dropped."), "{}", answer.out);
    let again = program.run(&["bank", "undo", &line, "--reason", "the bank was wrong"]);
    assert_eq!(again.status, 2, "{again:?}");
    assert_eq!(till.states(&family).await, ["credited", "dropped"]);
    till.finish().await;
}
