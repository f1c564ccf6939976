//! Accounts of contractors: every change is kept, shown on the next run that pays it, and confirmed by a releaser.

use energiehuis::services::payments::{AccountChange, Changed, change_account, payee};
use energiehuis::services::{Actor, Error};

use super::{Office, refusal};
use crate::bank::account::{executed, paid};
use crate::support::town::{ROOFER, energy_loan, euros};

const BEFORE: &str = "BE92731123456723";
const AFTER: &str = "BE68539007547034";

async fn change(office: &Office, who: &Actor, iban: &str) -> Result<Changed, Error> {
    let change = AccountChange {
        enterprise_number: ROOFER.to_owned(),
        iban: iban.to_owned(),
        reason: "called the number on the quote".to_owned(),
    };
    change_account(office.town.house(), who, &change).await
}

#[tokio::test]
async fn a_change_directs_what_waits_and_is_confirmed_by_somebody_else_with_a_note() {
    let office = Office::open().await;
    office.order(1, 2_000).await;
    let changed = change(&office, &office.second, "BE68 5390 0754 7034").await.unwrap();
    assert_eq!((changed.before.as_str(), changed.iban.as_str(), changed.directed), (BEFORE, AFTER, 1));

    let run = office.make().await;
    let [account] = run.accounts.as_slice() else { panic!("{:?}", run.accounts) };
    assert_eq!((account.iban.as_str(), account.sum, account.confirmed), (AFTER, euros(2_000), false));
    let shown = serde_json::to_value(&account.flags).unwrap();
    assert_eq!(shown[0]["flag"], "changed");
    assert_eq!(shown[0]["before"], BEFORE);
    assert_eq!(shown[0]["on"], "2022-02-07");
    assert_eq!(shown[0]["reason"], "called the number on the quote");

    let contractor = account.whose.id().to_string();
    let missing = format!("confirmations[{contractor}]: payments-confirm-needed");
    assert_eq!(refusal(office.release(&office.manager, &run, &[]).await), missing);
    assert_eq!(refusal(office.release(&office.manager, &run, &[(&contractor, "  ")]).await), missing);
    let own = office.release(&office.second, &run, &[(&contractor, "it is right")]).await;
    assert_eq!(refusal(own), "payments-own-account-change");
    assert!(office.see(&run).await.releases.is_empty());

    office.release(&office.manager, &run, &[(&contractor, "called 056 12 34 56, the owner")]).await.unwrap();
    let confirmed = office.see(&run).await;
    assert!(confirmed.accounts[0].confirmed);
    assert_eq!(confirmed.accounts[0].confirmations[0].note, "called 056 12 34 56, the owner");
    // The other releaser sees it and need not call again.
    office.release(&office.second, &run, &[]).await.unwrap();
    office.export(&run).await.unwrap();
    let text = String::from_utf8(office.file(&run).await.bytes).unwrap();
    assert!(text.contains(&format!("<IBAN>{AFTER}</IBAN>")) && !text.contains(BEFORE), "{text}");
    let history = payee(office.town.house(), office.maker(), ROOFER).await.unwrap().accounts;
    let kept: Vec<_> = history.iter().map(|row| (row.iban.as_str(), row.recorded_by.as_deref())).collect();
    assert_eq!(kept, [(BEFORE, None), (AFTER, Some("partner"))]);
    office.close().await;
}

#[tokio::test]
async fn a_change_is_no_longer_shown_after_thirty_days_and_a_payment() {
    let mut office = Office::open().await;
    office.order(1, 2_000).await;
    // Its quote names the account of before; the house pays the one it was told since.
    let family = office.town.contract(energy_loan(2, 3_000, None)).await;
    change(&office, &office.second, AFTER).await.unwrap();
    let run = office.make().await;
    let contractor = run.accounts[0].whose.id().to_string();
    office.release(&office.manager, &run, &[(&contractor, "called")]).await.unwrap();
    office.release(&office.second, &run, &[]).await.unwrap();
    office.export(&run).await.unwrap();
    office.town.test.go_to("2022-02-09");
    let line = &run.orders[0];
    office.town.import(office.purse.account.file("2022-02-09", vec![executed(line.amount, &line.end_to_end_id)])).await;

    office.town.test.go_to("2022-03-09");
    office.town.draw(&family, ("F-2", euros(3_000))).await;
    let soon = office.take(office.maker(), super::make_on("2022-03-10")).await.unwrap().run;
    assert_eq!(soon.accounts.len(), 1, "thirty days ago");
    office.cancel(&soon, "wait").await.unwrap();
    office.town.test.go_to("2022-03-10");
    let later = office.take(office.maker(), super::make_on("2022-03-11")).await.unwrap().run;
    assert!(later.accounts.is_empty(), "{:?}", later.accounts);
    office.close().await;
}

#[tokio::test]
async fn an_account_of_another_contractor_or_of_a_borrower_is_shown() {
    let mut office = Office::open().await;
    let (family, approved) = office.order(1, 2_000).await;
    let by_hand = executed(approved.order.amount, &approved.order.end_to_end_id);
    office.town.test.go_to("2022-02-08");
    office.town.import(office.purse.account.file("2022-02-08", vec![by_hand])).await;
    office.town.finish_works(&family).await;
    office.order(2, 3_000).await;
    office
        .town
        .execute(
            "INSERT INTO contractors (contractor_id, name, enterprise_number, iban, created_at)
             VALUES ('00000000-0000-7000-8000-0000000000aa', 'Loodgieter Ander', '0999000129', 'BE68539007547034', now())",
        )
        .await;
    // The borrower pays from an account (as every payment in these tests does) that is also this contractor's.
    office.town.test.go_to("2022-02-09");
    office.town.import(office.purse.account.file("2022-02-09", vec![paid(euros(10), family.ogm)])).await;
    change(&office, &office.second, AFTER).await.unwrap();
    let run = office.make().await;
    let shown = serde_json::to_value(&run.accounts[0].flags).unwrap();
    let flags: Vec<_> = shown.as_array().unwrap().iter().map(|flag| flag["flag"].as_str().unwrap()).collect();
    assert_eq!(flags, ["changed", "of_another_contractor", "of_borrower"]);
    assert_eq!(shown[1]["name"], "Loodgieter Ander");
    assert_eq!(shown[2]["loan"], family.number);
    office.close().await;
}

#[tokio::test]
async fn a_change_is_refused_with_what_would_be_right() {
    let office = Office::open().await;
    office.order(1, 2_000).await;
    let key = |outcome: Result<Changed, Error>| match outcome {
        Err(Error::Invalid(problems)) => problems[0].text.key.clone(),
        Err(Error::Refused(text)) => text.key,
        other => panic!("{other:?}"),
    };
    assert_eq!(key(change(&office, office.maker(), "BE68 5390 0754 7035").await), "pain-iban");
    assert_eq!(key(change(&office, office.maker(), "FO62 6460 0001 6316 34").await), "pain-outside-sepa");
    assert_eq!(key(change(&office, office.maker(), BEFORE).await), "payments-account-same");
    assert!(matches!(change(&office, &office.town.officer, AFTER).await, Err(Error::Forbidden)));
    let run = office.make().await;
    assert_eq!(key(change(&office, office.maker(), AFTER).await), "payments-account-in-run");
    office.cancel(&run, "another account").await.unwrap();
    assert_eq!(change(&office, office.maker(), AFTER).await.unwrap().directed, 1);
    office.close().await;
}

#[tokio::test]
async fn what_becomes_known_after_the_releases_keeps_the_file_back() {
    let office = Office::open().await;
    office.order(1, 2_000).await;
    let run = office.make().await;
    office.release(&office.manager, &run, &[]).await.unwrap();
    office.release(&office.second, &run, &[]).await.unwrap();
    office
        .town
        .execute(
            "INSERT INTO contractors (contractor_id, name, enterprise_number, iban, created_at)
             VALUES ('00000000-0000-7000-8000-0000000000aa', 'Loodgieter Ander', '0999000129', 'BE92731123456723', now())",
        )
        .await;
    assert_eq!(refusal(office.export(&run).await), "payments-confirm-first");
    office.close().await;
}
