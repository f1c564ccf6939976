//! Money that finds its loan, goes back, or goes to another loan.

use serde_json::{Value, json};

use super::{Desk, figures, lines};
use crate::bank::account::{executed, paid};
use crate::support::town::{Family, euros};

async fn pays(desk: &mut Desk, family: &Family, amount: i64) -> Value {
    let today = desk.town.test.clock.today().to_string();
    let file = desk.purse.account.file(&today, vec![paid(euros(amount), family.ogm)]);
    desk.town.import(file).await;
    let loan = desk.loan(family).await;
    loan["state"]["payments"].as_array().unwrap().last().unwrap()["payment_id"].clone()
}

#[tokio::test]
async fn a_credit_in_suspense_is_an_early_repayment_by_somebody_else() {
    let mut desk = Desk::open().await;
    let family = desk.family().await;
    desk.town.test.go_to("2022-06-02");
    let line = desk.strange_credit(1300).await;
    desk.town.test.go_to("2022-06-20");
    let payment = json!({ "kind": "payment", "bank_line_id": line, "payer": "third_party", "usage": "shorten_term" });
    let answer = desk.happens("accountant", &family, &payment).await;
    assert_eq!(answer["effective_on"], "2022-06-02", "it counts from the day of the bank");
    assert_eq!(answer["entries"][0]["reason"], "receipt_allocated");
    assert_eq!(lines(&answer, 0), ["unmatched_receipts debit 1300.00", "loans_receivable credit 1300.00"]);
    assert_eq!(answer["state"]["outstanding"], "7700.00");
    let again = desk.send("accountant", &family, &payment).await;
    assert_eq!(again.status.as_u16(), 409, "{again:?}");
    desk.close().await;
}

#[tokio::test]
async fn the_bank_gives_a_payment_back() {
    let mut desk = Desk::open().await;
    let family = desk.family().await;
    desk.town.test.go_to("2022-05-02");
    let payment_id = pays(&mut desk, &family, 150).await;
    desk.town.test.go_to("2022-05-09");
    let (line, other) = (desk.strange_debit(150).await, desk.strange_debit(149).await);
    let mut returned = json!({
        "kind": "payment_returned", "bank_line_id": other, "payment_id": payment_id, "reason": "not enough money",
    });
    let refused = desk.send("accountant", &family, &returned).await;
    let sentence = "The payment was €\u{a0}150.00 and €\u{a0}149.00 went back. A payment goes back in whole.";
    assert_eq!(refused.body["detail"], sentence);
    returned["bank_line_id"] = json!(line);
    let answer = desk.happens("accountant", &family, &returned).await;
    assert_eq!(lines(&answer, 0), ["unexplained_payments credit 150.00", "loans_receivable debit 150.00"]);
    assert_eq!(
        figures(&answer["state"], &["repaid", "outstanding"]),
        json!({ "repaid": "0.00", "outstanding": "9000.00" })
    );
    desk.close().await;
}

#[tokio::test]
async fn a_payment_goes_to_the_loan_it_belongs_to_and_back_again() {
    let mut desk = Desk::open().await;
    let (wrong, right) = (desk.family().await, desk.family().await);
    desk.town.test.go_to("2022-05-02");
    let payment_id = pays(&mut desk, &wrong, 150).await;
    desk.town.test.go_to("2022-05-30");
    let moved = json!({
        "kind": "payment_moved", "payment_id": payment_id, "to_loan": right.number, "reason": "wrong reference",
    });
    let answer = desk.happens("accountant", &wrong, &moved).await;
    assert_eq!(answer["effective_on"], "2022-05-02", "neither family is late because of us");
    assert_eq!(lines(&answer, 0), ["unmatched_receipts credit 150.00", "loans_receivable debit 150.00"]);
    assert_eq!(lines(&answer, 1), ["unmatched_receipts debit 150.00", "loans_receivable credit 150.00"]);
    assert_eq!(answer["state"]["outstanding"], "9000.00");
    assert_eq!(
        (&answer["other"]["loan"], &answer["other"]["state"]["outstanding"]),
        (&json!(right.number), &json!("8850.00"))
    );
    let there = desk.loan(&right).await["state"]["payments"][0].clone();
    assert_eq!((&there["payment_id"], &there["effective_on"]), (&payment_id, &json!("2022-05-02")));

    let back = json!({
        "kind": "payment_moved", "payment_id": payment_id, "to_loan": wrong.loan_id, "reason": "it was right",
    });
    let answer = desk.happens("accountant", &right, &back).await;
    assert_eq!(answer["other"]["state"]["outstanding"], "8850.00");
    assert_ne!(answer["other"]["state"]["payments"][1]["payment_id"], payment_id, "a payment is on a loan once");
    desk.close().await;
}

#[tokio::test]
async fn what_was_paid_too_much_is_ordered_back_and_paid() {
    let mut desk = Desk::open().await;
    let family = desk.family().await;
    desk.town.test.go_to("2022-05-02");
    pays(&mut desk, &family, 9100).await;
    let mut refund = json!({
        "kind": "overpayment_refunded", "amount": "100.01", "iban": "BE68 5390 0754 7034", "name": "An Voorbeeld",
    });
    let refused = desk.send("accountant", &family, &refund).await;
    assert_eq!(refused.body["detail"], "The amount is €\u{a0}100.01. The most is €\u{a0}100.00.");
    refund["amount"] = json!("100.00");
    let answer = desk.happens("accountant", &family, &refund).await;
    assert_eq!(answer["event"], json!({ "kind": "overpayment_refunded", "amount": "100.00" }));
    assert_eq!(lines(&answer, 0), ["refunds_payable credit 100.00", "borrower_overpayments debit 100.00"]);
    let names: (String, String) =
        sqlx::query_as("SELECT end_to_end_id, creditor_name FROM payment_orders WHERE kind = 'refund'")
            .fetch_one(&desk.town.test.pool)
            .await
            .unwrap();
    assert_eq!(names.1, "An Voorbeeld");
    desk.town.test.go_to("2022-05-04");
    let file = desk.purse.account.file("2022-05-04", vec![executed(euros(100), &names.0)]);
    assert_eq!(desk.town.import(file).await.suspense.len(), 0);
    desk.close().await;
}
