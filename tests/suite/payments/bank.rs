//! The statement that executes a run as one amount.

use energiehuis::domain::money::Money;
use energiehuis::formats::coda::{EntryToWrite, TextToWrite};
use energiehuis::services::bank::BankFile;
use energiehuis::services::funds::pass_on::pass_on;
use energiehuis::services::ledger::check::check;

use super::{Office, on};
use crate::bank::account::{charged, executed, paid};
use crate::support::town::{emergency_loan, euros};

/// One debit without details: how a bank books a file that asked for one amount.
pub(super) fn debit(amount: Money, text: &str) -> EntryToWrite {
    let mut entry = executed(amount, "");
    entry.line.text = TextToWrite::Free(text.to_owned());
    entry
}

/// The same file, with its first movement as a total that the customer made (type 1).
pub(super) fn as_total(mut file: BankFile) -> BankFile {
    let text = String::from_utf8(file.bytes).unwrap();
    let start = text.find("\n21").unwrap() + 1;
    let mut bytes = text.into_bytes();
    assert_eq!(bytes[start + 53], b'0', "the type of the transaction");
    bytes[start + 53] = b'1';
    file.bytes = bytes;
    file
}

#[tokio::test]
async fn one_debit_that_names_the_run_pays_all_of_its_orders() {
    let mut office = Office::open().await;
    office.order(1, 2_000).await;
    office.order(2, 3_000).await;
    let (run, _) = office.sent().await;
    office.town.test.go_to("2022-02-09");
    let named = format!("VERZAMELBETALING {}", run.funds[0].batch_id);
    let file = as_total(office.purse.account.file("2022-02-09", vec![debit(euros(5_000), &named), charged(euros(1))]));
    let report = office.town.import(file).await;
    assert!(report.suspense.is_empty(), "{report:#?}");
    let paid = office.see(&run).await;
    assert_eq!(paid.head.paid, 2);
    assert_eq!(paid.funds[0].executed_on, Some(on("2022-02-09")));
    assert_eq!(office.town.count("payment_run_executions").await, 1);

    // The same debit again has nothing to pay, and waits.
    let again = as_total(office.purse.account.file("2022-02-10", vec![debit(euros(5_000), &named)]));
    office.town.test.go_to("2022-02-10");
    let report = office.town.import(again).await;
    assert_eq!(report.suspense.len(), 1);
    office.close().await;
}

#[tokio::test]
async fn a_debit_of_another_amount_or_without_the_name_waits_for_a_person() {
    let mut office = Office::open().await;
    office.order(1, 2_000).await;
    office.order(2, 3_000).await;
    let (run, _) = office.sent().await;
    office.town.test.go_to("2022-02-09");
    let other = debit(euros(4_999), &run.funds[0].batch_id);
    let nameless = debit(euros(5_000), "VERZAMELBETALING");
    let report = office.town.import(office.purse.account.file("2022-02-09", vec![other, nameless])).await;
    assert_eq!(report.suspense.len(), 2);
    assert_eq!(office.see(&run).await.head.paid, 0);
    office.close().await;
}

#[tokio::test]
async fn a_run_that_was_not_exported_is_not_executed() {
    let mut office = Office::open().await;
    office.order(1, 2_000).await;
    let run = office.make().await;
    office.town.test.go_to("2022-02-08");
    let report = office
        .town
        .import(office.purse.account.file("2022-02-08", vec![debit(euros(2_000), &run.funds[0].batch_id)]))
        .await;
    assert_eq!(report.suspense.len(), 1);
    office.close().await;
}

#[tokio::test]
async fn a_run_of_two_funds_is_two_debits_each_with_its_own_orders_of_every_kind() {
    let mut office = Office::open().await;
    office.order(1, 2_000).await;
    let mut line = office.town.emergency_fund().await;
    let family = office.town.contract(emergency_loan(2, 20_000, None)).await;
    office.town.draw(&family, ("F-2", euros(20_000))).await;
    let run = office.make().await;
    let funds: Vec<_> = run.funds.iter().map(|fund| (fund.fund.as_str(), fund.sum)).collect();
    assert_eq!(funds, [("EL", euros(2_000)), ("NKF", euros(20_000))]);
    let sources: Vec<_> = run.sources.iter().map(|source| (source.funder.as_deref(), source.sum)).collect();
    assert_eq!(sources, [(Some("Provincie West-Vlaanderen"), euros(2_000)), (Some("VEKA"), euros(20_000))]);
    office.release(&office.manager, &run, &[]).await.unwrap();
    office.release(&office.second, &run, &[]).await.unwrap();
    office.export(&run).await.unwrap();

    office.town.test.go_to("2022-02-09");
    // VEKA pays its credit line in, and the bank executes both parts; each statement names the message only.
    let veka = paid(euros(20_000), line.source.ogm);
    let of_line = line.account.file("2022-02-09", vec![veka, debit(euros(20_000), &run.message_id)]);
    office.town.import(of_line).await;
    assert_eq!(office.see(&run).await.head.paid, 1);
    let own = office.purse.account.file("2022-02-09", vec![debit(euros(2_000), &run.message_id)]);
    office.town.import(own).await;
    assert_eq!(office.see(&run).await.head.paid, 2);

    // What the family pays back goes to VEKA, in a run of its own.
    office.town.finish_works(&family).await;
    office.town.test.go_to("2022-02-10");
    office.town.import(line.account.file("2022-02-10", vec![paid(euros(500), family.ogm)])).await;
    let orders = pass_on(office.town.house(), office.maker(), line.fund.fund_id).await.unwrap();
    assert_eq!(orders.len(), 1);
    let back = office.take(office.maker(), super::make_on("2022-02-11")).await.unwrap().run;
    assert_eq!(back.sources[0].funder.as_deref(), Some("VEKA"));
    office.release(&office.manager, &back, &[]).await.unwrap();
    office.release(&office.second, &back, &[]).await.unwrap();
    office.export(&back).await.unwrap();
    office.town.test.go_to("2022-02-11");
    office.town.import(line.account.file("2022-02-11", vec![debit(euros(500), &back.funds[0].batch_id)])).await;
    assert_eq!(office.see(&back).await.head.paid, 1);
    assert!(check(office.town.house(), office.maker()).await.unwrap().ok);
    office.close().await;
}
