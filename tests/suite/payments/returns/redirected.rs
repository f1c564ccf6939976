//! An order to a borrower or a sender whose account is dead: two people send it to another one.

use energiehuis::domain::payment_run::Whose;
use energiehuis::services::loans::events::{Request, record};
use energiehuis::services::payments::{Redirected, Redirection, redirect, waiting};
use energiehuis::services::{Actor, Error};
use serde_json::json;
use uuid::Uuid;

use super::super::{Office, make_on, payer, refusal};
use super::{balance, key, latest, line, place, say, undone};
use crate::bank::account::{executed, paid, sent_back};
use crate::support::town::euros;

const DEAD: &str = "BE68539007547034";
const NEW: &str = "BE43068999999501";

async fn asks(office: &Office, who: &Actor, (order, iban): (&str, &str)) -> Result<Redirected, Error> {
    let (order, iban, reason) = (order.to_owned(), iban.to_owned(), "called the family at home".to_owned());
    redirect(office.town.house(), who, &Redirection { order, iban, reason }).await
}

/// The identification and the account of the one order of a kind.
async fn order_of(office: &Office, kind: &str) -> (String, String) {
    sqlx::query_as("SELECT end_to_end_id, creditor_iban FROM payment_orders WHERE kind = $1")
        .bind(kind)
        .fetch_one(&office.town.test.pool)
        .await
        .unwrap()
}

/// A family paid 100 euro too much, which is ordered back; today is 8 February.
async fn refund(office: &mut Office) {
    let (family, _) = office.order(1, 2_000).await;
    office.town.finish_works(&family).await;
    line(office, "2022-02-08", paid(euros(2_100), family.ogm)).await;
    let event = json!({ "kind": "overpayment_refunded", "amount": "100.00", "iban": DEAD, "name": "An Voorbeeld" });
    let form = serde_json::from_value(event).unwrap();
    let request = Request { loan: family.number.clone(), form, once: None };
    record(office.town.house(), office.maker(), request).await.unwrap();
}

/// Its money left in a run, and came back on 10 February. Answers under which identification it waits.
async fn refund_that_came_back(office: &mut Office) -> String {
    refund(office).await;
    let (run, _) = office.sent().await;
    let lines = run.orders.iter().map(|order| executed(order.amount, &order.end_to_end_id)).collect();
    office.town.test.go_to("2022-02-09");
    office.town.import(office.purse.account.file("2022-02-09", lines)).await;
    let sent = order_of(office, "refund").await.0;
    line(office, "2022-02-10", sent_back(euros(100), &sent, "AC04")).await;
    assert_eq!(balance(office, "refunds_payable").await, -100, "owed to the family again");
    order_of(office, "refund").await.0
}

#[tokio::test]
async fn a_refund_that_came_back_goes_to_another_account_when_two_people_ask_for_the_same() {
    let mut office = Office::open().await;
    let order = refund_that_came_back(&mut office).await;
    assert_eq!(refusal(office.take(office.maker(), make_on("2022-02-11")).await), "payments-all-blocked");
    let behind = waiting(office.town.house(), office.maker(), &payer()).await.unwrap().blocked;
    assert_eq!(behind[0].problems[0].text.key, "payments-held-back-order");
    assert!(behind[0].can_be_redirected() && behind[0].asked.is_none());

    let first = asks(&office, office.maker(), (&order, "BE43 0689 9999 9501")).await.unwrap();
    assert_eq!((first.counts(), first.creditor_name.as_str()), (false, "An Voorbeeld"));
    assert_eq!(key(asks(&office, office.maker(), (&order, NEW)).await), "payments-redirect-second");
    assert_eq!(order_of(&office, "refund").await, (order.clone(), DEAD.to_owned()), "one person moves nothing");
    let behind = waiting(office.town.house(), office.maker(), &payer()).await.unwrap().blocked;
    assert_eq!(behind[0].asked.as_ref().map(|asked| asked.iban.as_str()), Some(NEW));
    let second = asks(&office, &office.second, (&order, NEW)).await.unwrap();
    assert!(second.counts());
    assert_eq!(order_of(&office, "refund").await, (order.clone(), NEW.to_owned()));

    let run = office.take(office.maker(), make_on("2022-02-11")).await.unwrap().run;
    assert_eq!((run.head.sum, run.orders[0].creditor_iban.as_str()), (euros(100), NEW));
    let [account] = run.accounts.as_slice() else { panic!("{:?}", run.accounts) };
    assert_eq!(account.whose, Whose::Order(run.orders[0].payment_order_id));
    let shown = serde_json::to_value(account).unwrap();
    assert_eq!(shown["payment_order_id"], json!(run.orders[0].payment_order_id));
    assert_eq!((shown["sum"].as_str(), shown["flags"].as_array().unwrap().len()), (Some("100.00"), 1), "{shown}");
    assert_eq!((&shown["flags"][0]["flag"], &shown["flags"][0]["before"]), (&json!("changed"), &json!(DEAD)));
    let about = account.whose.id().to_string();
    let silent = office.release(&office.manager, &run, &[]).await;
    assert_eq!(refusal(silent), format!("confirmations[{about}]: payments-confirm-needed"));
    for own in [office.maker(), &office.second] {
        let own = office.release(own, &run, &[(&about, "it is right")]).await;
        assert_eq!(refusal(own), "payments-own-account-change");
    }
    office.release(&office.manager, &run, &[(&about, "called as well")]).await.unwrap();
    let confirmed = office.see(&run).await.accounts;
    assert_eq!((confirmed[0].confirmed, confirmed[0].confirmations[0].note.as_str()), (true, "called as well"));
    office.release(&office.second, &run, &[]).await.unwrap();
    office.export(&run).await.unwrap();
    let text = String::from_utf8(office.file(&run).await.bytes).unwrap();
    assert!(text.contains(&format!("<IBAN>{NEW}</IBAN>")) && !text.contains(DEAD), "{text}");

    line(&mut office, "2022-02-11", executed(euros(100), &order)).await;
    assert_eq!(office.see(&run).await.head.paid, 1);
    assert_eq!(balance(&office, "refunds_payable").await, 0);
    let kept: Vec<String> =
        sqlx::query_scalar("SELECT action FROM audit_rows WHERE action LIKE 'payment_order.redirect%' ORDER BY action")
            .fetch_all(&office.town.test.pool)
            .await
            .unwrap();
    assert_eq!(kept, ["payment_order.redirected", "payment_order.redirection_asked"]);
    assert_eq!(key(asks(&office, office.maker(), (&order, DEAD)).await), "payments-reopen-paid");
    office.close().await;
}

#[tokio::test]
async fn an_account_that_is_none_or_ours_and_an_order_that_does_not_wait_are_refused() {
    let mut office = Office::open().await;
    refund(&mut office).await;
    let (order, to_contractor) = (order_of(&office, "refund").await.0, order_of(&office, "contractor").await.0);
    let own = office.purse.account.iban.canonical();
    for (order, iban, why) in [
        (&order, "BE43068999999502", "iban: pain-iban"),
        (&order, "", "iban: pain-iban"),
        (&order, own.as_str(), "iban: payments-redirect-own"),
        (&order, DEAD, "iban: payments-redirect-same"),
        (&to_contractor, NEW, "payments-redirect-contractor"),
    ] {
        assert_eq!(key(asks(&office, office.maker(), (order, iban)).await), why);
    }
    let silent = Redirection { order: order.clone(), iban: NEW.to_owned(), reason: " ".to_owned() };
    let silent = redirect(office.town.house(), office.maker(), &silent).await;
    assert_eq!(key(silent), "reason: payments-reason-needed");
    let desk = Actor { nis_code: Some("34022".to_owned()), ..office.town.accountant.clone() };
    for who in [&office.town.officer, &desk, &Actor::system()] {
        assert!(matches!(asks(&office, who, (&order, NEW)).await, Err(Error::Forbidden)));
    }
    let unknown = asks(&office, office.maker(), ("EH0", NEW)).await;
    assert!(matches!(unknown, Err(Error::NotFound { kind: "payment order", .. })), "{unknown:?}");
    assert_eq!(office.town.count("payment_order_redirection_asks").await, 0, "nothing is half written");

    // In a run it has an account that people release; out of it again, the ask of before still stands.
    assert!(!asks(&office, office.maker(), (&order, NEW)).await.unwrap().counts());
    let run = office.make().await;
    assert_eq!(key(asks(&office, &office.second, (&order, NEW)).await), "payments-redirect-in-run");
    office.cancel(&run, "another account").await.unwrap();
    assert!(asks(&office, &office.second, (&order, NEW)).await.unwrap().counts());
    office.close().await;
}

#[tokio::test]
async fn another_account_takes_the_place_of_the_one_asked_before_and_the_database_keeps_both() {
    let mut office = Office::open().await;
    refund(&mut office).await;
    let order = order_of(&office, "refund").await.0;
    // What nobody repeated does not count, whoever asked for it.
    for (who, iban) in [(office.maker(), NEW), (&office.second, "BE71096123456769"), (&office.second, NEW)] {
        assert!(!asks(&office, who, (&order, iban)).await.unwrap().counts());
    }
    assert!(asks(&office, office.maker(), (&order, NEW)).await.unwrap().counts());
    // And back, by two people again: the asks of before are used up.
    assert!(!asks(&office, office.maker(), (&order, DEAD)).await.unwrap().counts());

    let refused = async |statement: String| {
        let error = sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&office.town.test.pool).await.unwrap_err();
        error.as_database_error().unwrap().constraint().map(str::to_owned).unwrap_or_default()
    };
    let elsewhere = "UPDATE payment_orders SET creditor_iban = 'BE71096123456769' WHERE kind = 'refund'";
    assert_eq!(refused(elsewhere.to_owned()).await, "payment_orders_account_recorded");
    let maker = office.maker().user_id;
    let alone = |position: i32| {
        format!(
            "INSERT INTO payment_order_redirections
             SELECT payment_order_id, {position}, 'x', now(), '{maker}' FROM payment_orders WHERE kind = 'refund'"
        )
    };
    assert_eq!(refused(alone(4)).await, "payment_order_redirections_second");
    assert_eq!(refused(alone(2)).await, "payment_order_redirections_waits", "the order has another account since");
    for table in ["payment_order_redirection_asks", "payment_order_redirections"] {
        let change = format!("UPDATE {table} SET reason = 'y'");
        assert_eq!(refused(change).await, format!("{table}_append_only"));
    }
    office.close().await;
}

#[tokio::test]
async fn a_return_that_was_a_mistake_leaves_the_order_paid_where_it_was_sent_and_an_ask_does_not_outlive_it() {
    let mut office = Office::open().await;
    let order = refund_that_came_back(&mut office).await;
    let returned = latest(&office).await;
    for who in [office.maker(), &office.second] {
        asks(&office, who, (&order, NEW)).await.unwrap();
    }
    assert!(!asks(&office, office.maker(), (&order, DEAD)).await.unwrap().counts());
    undone(&office, returned).await.unwrap();
    let (sent, iban) = order_of(&office, "refund").await;
    assert_eq!((iban.as_str(), sent == order), (DEAD, false));
    office.agrees().await;
    // It comes back after all: whoever asked before asks anew.
    let id: Uuid = sqlx::query_scalar("SELECT payment_order_id FROM payment_orders WHERE kind = 'refund'")
        .fetch_one(&office.town.test.pool)
        .await
        .unwrap();
    place(&office, returned, json!({ "kind": "returned_order", "payment_order_id": id })).await.unwrap();
    let order = order_of(&office, "refund").await.0;
    assert!(!asks(&office, &office.second, (&order, NEW)).await.unwrap().counts());
    assert!(asks(&office, office.maker(), (&order, NEW)).await.unwrap().counts());
    office.close().await;
}

#[tokio::test]
async fn an_order_to_a_sender_that_is_sent_to_the_same_account_again_is_answered_for_by_a_releaser() {
    let mut office = Office::open().await;
    let sent = office.order_to_sender().await;
    line(&mut office, "2022-02-09", executed(euros(75), &sent)).await;
    line(&mut office, "2022-02-10", sent_back(euros(75), &sent, "AC06")).await;
    let order = order_of(&office, "sender").await.0;
    say(&office, &order, "called: it is open again").await.unwrap();
    let run = office.take(office.maker(), make_on("2022-02-11")).await.unwrap().run;
    let [account] = run.accounts.as_slice() else { panic!("{:?}", run.accounts) };
    let flags = serde_json::to_value(&account.flags).unwrap();
    assert_eq!(flags, json!([{ "flag": "came_back", "on": "2022-02-10", "code": "AC06" }]));
    let about = account.whose.id().to_string();
    let silent = office.release(&office.manager, &run, &[]).await;
    assert_eq!(refusal(silent), format!("confirmations[{about}]: payments-confirm-needed"));
    office.release(&office.manager, &run, &[(&about, "saw the note")]).await.unwrap();
    office.release(&office.second, &run, &[]).await.unwrap();
    office.export(&run).await.unwrap();
    line(&mut office, "2022-02-11", executed(euros(75), &order)).await;
    assert!(office.see(&run).await.accounts.is_empty(), "it stayed there");
    office.close().await;
}
