//! An order whose account is wrong stays behind until somebody did something about it.

use energiehuis::services::Error;
use energiehuis::services::payments::{AccountChange, change_account, confirm, waiting};
use serde_json::json;

use super::super::{Office, make_on, payer, refusal};
use super::{key, line, order, paid_run, say};
use crate::bank::account::{executed, sent_back};
use crate::support::town::{ROOFER, euros};

#[tokio::test]
async fn an_order_stays_behind_until_a_person_confirms_its_account_and_a_releaser_does_too() {
    let mut office = Office::open().await;
    let (run, _) = paid_run(&mut office).await;
    let sent = run.orders[0].end_to_end_id.clone();
    line(&mut office, "2022-02-10", sent_back(euros(2_000), &sent, "AC04")).await;
    let order_now = order(&office, &run).await.1;

    let all_behind = office.take(office.maker(), make_on("2022-02-11")).await;
    assert_eq!(refusal(all_behind), "payments-all-blocked");
    let list = waiting(office.town.house(), office.maker(), &payer()).await.unwrap();
    assert_eq!((list.count(), list.blocked.len(), list.blocked[0].came_back), (0, 1, true));
    assert_eq!(list.blocked[0].problems[0].text.key, "payments-held-back");

    assert_eq!(key(say(&office, &order_now, " ").await), "note: payments-confirm-needed");
    assert_eq!(
        key(say(&office, &sent, "called").await),
        "payments-nothing-held-back",
        "not its identification any more"
    );
    let officer = confirm(office.town.house(), &office.town.officer, (&order_now, "called")).await;
    assert!(matches!(officer, Err(Error::Forbidden)));
    say(&office, &order_now, "called 056 12 34 56: open again").await.unwrap();
    assert_eq!(key(say(&office, &order_now, "twice").await), "payments-nothing-held-back");

    let again = office.take(office.maker(), make_on("2022-02-11")).await.unwrap().run;
    assert_eq!((again.head.count, again.orders[0].end_to_end_id.as_str()), (1, order_now.as_str()));
    let [account] = again.accounts.as_slice() else { panic!("{:?}", again.accounts) };
    let flags = serde_json::to_value(&account.flags).unwrap();
    assert_eq!(flags, json!([{ "flag": "came_back", "on": "2022-02-10", "code": "AC04" }]));
    let contractor = account.whose.id().to_string();
    let silent = office.release(&office.manager, &again, &[]).await;
    assert_eq!(refusal(silent), format!("confirmations[{contractor}]: payments-confirm-needed"));
    office.release(&office.manager, &again, &[(&contractor, "saw the note")]).await.unwrap();
    office.release(&office.second, &again, &[]).await.unwrap();
    office.export(&again).await.unwrap();

    // It stays this time: nothing is remarkable about the account any more.
    line(&mut office, "2022-02-11", executed(euros(2_000), &order_now)).await;
    assert_eq!(office.see(&again).await.head.paid, 1);
    office.order(3, 2_500).await;
    let later = office.take(office.maker(), make_on("2022-02-14")).await.unwrap().run;
    assert!(later.accounts.is_empty(), "{:?}", later.accounts);
    office.close().await;
}

#[tokio::test]
async fn another_account_lets_an_order_go_and_a_reason_that_blames_none_never_held_it() {
    let mut office = Office::open().await;
    let (run, _) = paid_run(&mut office).await;
    let lines = vec![
        sent_back(euros(2_000), &run.orders[0].end_to_end_id, "AC01"),
        sent_back(euros(3_000), &run.orders[1].end_to_end_id, "MS03"),
    ];
    office.town.test.go_to("2022-02-10");
    office.town.import(office.purse.account.file("2022-02-10", lines)).await;
    let first = office.take(office.maker(), make_on("2022-02-11")).await.unwrap();
    assert_eq!((first.run.head.sum, first.blocked.len()), (euros(3_000), 1));
    office.cancel(&first.run, "wait for the account").await.unwrap();

    let change = AccountChange {
        enterprise_number: ROOFER.to_owned(),
        iban: "BE68 5390 0754 7034".to_owned(),
        reason: "called the number on the quote".to_owned(),
    };
    assert_eq!(change_account(office.town.house(), &office.second, &change).await.unwrap().directed, 2);
    let second = office.take(office.maker(), make_on("2022-02-11")).await.unwrap();
    assert_eq!((second.run.head.sum, second.blocked.len()), (euros(5_000), 0));
    let flags = serde_json::to_value(&second.run.accounts[0].flags).unwrap();
    assert_eq!(flags[0]["flag"], "changed");
    // The account from which the money came back is no account of a borrower.
    assert_eq!(flags.as_array().unwrap().len(), 1, "{flags}");
    office.close().await;
}
