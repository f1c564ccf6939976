//! A person places a line that is about a direct debit: the collection moves with its money, and back.

use energiehuis::domain::collection::Remark;
use energiehuis::domain::matching::Reason;
use energiehuis::domain::money::Money;
use energiehuis::formats::coda::ReturnKind;
use serde_json::json;
use uuid::Uuid;

use super::bank::{books_agree, says, sent};
use super::till::Till;
use crate::bank::account::{came_back, collected, says as transfer};
use crate::support::town::euros;

#[tokio::test]
async fn a_credit_of_another_amount_that_names_its_collection_credits_it_with_what_came() {
    let mut till = Till::new().await;
    let family = till.family(None).await;
    let line = sent(&mut till, &[&family]).await.remove(0);
    till.go_to("2022-05-02");
    let report = says(&mut till, vec![collected(euros(149), &line.end_to_end_id)]).await;
    assert_eq!(report.suspense[0].reason, Reason::CollectionOtherAmount);
    let credit = till.line(149).await;
    let decision = till.place(credit, json!([{ "kind": "loan", "loan": family.number }])).await;
    assert_eq!((till.states(&family).await, till.repaid(&family).await), (vec!["credited".to_owned()], euros(149)));
    books_agree(&till).await;
    // What comes back is what came: the amount that was asked for is another one, and waits.
    till.go_to("2022-05-05");
    let back = |euro: i64| came_back(euros(euro), &line.end_to_end_id, (5, 3), (ReturnKind::Return, "AC04"));
    let report = says(&mut till, vec![back(150)]).await;
    assert_eq!(report.suspense[0].reason, Reason::CollectionOtherAmount);
    assert_eq!((till.states(&family).await, till.repaid(&family).await), (vec!["credited".to_owned()], euros(149)));
    books_agree(&till).await;
    till.go_to("2022-05-06");
    let report = says(&mut till, vec![back(149)]).await;
    assert_eq!(report.suspense, []);
    let returned = till.line(-149).await;
    let line = till.collections(&family).await.remove(0);
    let told = (
        line.state.as_str(),
        line.return_kind.as_deref(),
        line.return_reason.as_deref(),
        line.return_action.as_deref(),
    );
    assert_eq!(told, ("returned", Some("return"), Some("AC04"), Some("ask_account")));
    assert_eq!(till.mandate_of(&family).await.state, "stopped", "as its reason asks");
    assert_eq!(till.not_undone(decision).await, "bank-undo-came-back-since");
    books_agree(&till).await;
    assert_eq!(till.undo(returned).await.remarks, [Remark::MandateResumed]);
    till.undo(decision).await;
    assert_eq!((till.states(&family).await, till.repaid(&family).await), (vec!["exported".to_owned()], Money::ZERO));
    books_agree(&till).await;
    till.finish().await;
}

#[tokio::test]
async fn a_direct_debit_that_names_nothing_credits_the_only_collection_that_fits_and_a_transfer_none() {
    let mut till = Till::new().await;
    let family = till.family(None).await;
    sent(&mut till, &[&family]).await;
    till.go_to("2022-05-20");
    // So late that no batch is known by its sum.
    let report = says(&mut till, vec![collected(euros(150), "BANK-17"), transfer(euros(150), "mei")]).await;
    assert_eq!(report.suspense.len(), 2);
    let debit = "SELECT bank_line_id FROM bank_lines WHERE end_to_end_id = 'BANK-17'";
    let debit = sqlx::query_scalar(debit).fetch_one(&till.street.town.test.pool).await.unwrap();
    let parts = json!([{ "kind": "loan", "loan": family.number }]);
    let other = till.place(till.line(150).await, parts.clone()).await;
    assert_eq!(till.states(&family).await, ["exported"], "the family paid by itself too");
    let decision = till.place(debit, parts).await;
    assert_eq!((till.states(&family).await, till.repaid(&family).await), (vec!["credited".to_owned()], euros(300)));
    till.undo(other).await;
    assert_eq!(till.states(&family).await, ["credited"]);
    till.undo(decision).await;
    assert_eq!((till.states(&family).await, till.repaid(&family).await), (vec!["exported".to_owned()], Money::ZERO));
    books_agree(&till).await;
    till.finish().await;
}

#[tokio::test]
async fn a_late_total_that_waits_is_split_by_a_person_and_each_collection_counts_as_credited() {
    let mut till = Till::new().await;
    let families = [till.family(None).await, till.family(None).await, till.family(None).await];
    sent(&mut till, &families.iter().collect::<Vec<_>>()).await;
    till.go_to("2022-05-20");
    says(&mut till, vec![collected(euros(450), "")]).await;
    let line = till.line(450).await;
    let parts = json!([
        { "kind": "loan", "loan": families[0].number, "amount": 150 },
        { "kind": "loan", "loan": families[1].number, "amount": 150 },
        { "kind": "not_ours" },
    ]);
    let decision = till.place(line, parts).await;
    let mut states = Vec::new();
    for family in &families {
        states.push(till.states(family).await.remove(0));
    }
    assert_eq!(states, ["credited", "credited", "exported"], "what a person gave elsewhere is not collected");
    books_agree(&till).await;
    till.undo(decision).await;
    for family in &families {
        assert_eq!((till.states(family).await, till.repaid(family).await), (vec!["exported".to_owned()], Money::ZERO));
    }
    books_agree(&till).await;
    till.finish().await;
}

#[tokio::test]
async fn a_return_that_names_nothing_is_given_to_the_payment_that_it_undoes() {
    let mut till = Till::new().await;
    let family = till.family(None).await;
    let line = sent(&mut till, &[&family]).await.remove(0);
    till.go_to("2022-05-02");
    says(&mut till, vec![collected(line.amount, &line.end_to_end_id)]).await;
    till.go_to("2022-05-05");
    let report = says(&mut till, vec![came_back(euros(150), "", (5, 3), (ReturnKind::Return, "AM04"))]).await;
    assert_eq!(report.suspense[0].reason, Reason::CollectionReturnUnknown);
    let decision = till.place(till.line(-150).await, json!([{ "kind": "return", "loan": family.number }])).await;
    assert_eq!(till.states(&family).await, ["returned", "made"], "want of money is tried once more");
    let waiting = till.overview().await.returns.remove(0);
    assert_eq!((waiting.action.as_str(), waiting.reason.as_deref()), ("retry", Some("AM04")));
    assert_eq!(till.repaid(&family).await, Money::ZERO);
    books_agree(&till).await;
    assert_eq!(till.undo(decision).await.remarks, [Remark::RetryDropped]);
    assert_eq!(
        (till.states(&family).await, till.repaid(&family).await),
        (vec!["credited".to_owned(), "dropped".to_owned()], euros(150))
    );
    books_agree(&till).await;
    till.finish().await;
}

#[tokio::test]
async fn of_two_payments_of_one_sum_the_line_says_which_one_went_back() {
    let mut till = Till::new().await;
    let family = till.family(None).await;
    let line = sent(&mut till, &[&family]).await.remove(0);
    till.go_to("2022-05-02");
    let own = crate::bank::account::paid(euros(150), family.ogm);
    says(&mut till, vec![collected(line.amount, &line.end_to_end_id), own]).await;
    till.go_to("2022-05-05");
    says(&mut till, vec![came_back(line.amount, &line.end_to_end_id, (5, 3), (ReturnKind::Return, "MS02"))]).await;
    let back = till.line(-150).await;
    till.undo(back).await;
    till.place(back, json!([{ "kind": "return", "loan": family.number }])).await;
    let state = till.street.town.state(&family).await;
    let reversed: Vec<bool> = state.payments.iter().map(|payment| payment.reversed_on.is_some()).collect();
    assert_eq!((till.states(&family).await, reversed), (vec!["returned".to_owned()], vec![true, false]));
    books_agree(&till).await;
    till.finish().await;
}

#[tokio::test]
async fn a_payment_that_the_family_made_by_itself_goes_back_without_its_collection() {
    let mut till = Till::new().await;
    let family = till.family(None).await;
    let line = sent(&mut till, &[&family]).await.remove(0);
    till.go_to("2022-05-02");
    let own = crate::bank::account::paid(euros(150), family.ogm);
    says(&mut till, vec![own, collected(line.amount, &line.end_to_end_id)]).await;
    till.go_to("2022-05-05");
    says(&mut till, vec![crate::bank::account::executed(euros(150), "X")]).await;
    let collected = "SELECT payment_id FROM collections WHERE loan_id = $1";
    let collected: Uuid =
        sqlx::query_scalar(collected).bind(family.loan_id).fetch_one(&till.street.town.test.pool).await.unwrap();
    let payments = till.street.town.state(&family).await.payments;
    let payment = payments.iter().find(|payment| payment.payment_id != collected).unwrap().payment_id;
    let parts = json!([{ "kind": "return", "loan": family.number, "payment_id": payment }]);
    till.place(till.line(-150).await, parts).await;
    assert_eq!((till.states(&family).await, till.repaid(&family).await), (vec!["credited".to_owned()], euros(150)));
    books_agree(&till).await;
    till.finish().await;
}
