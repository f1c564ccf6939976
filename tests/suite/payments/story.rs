//! A run from beginning to end.

use energiehuis::domain::payment_run::RunState;
use energiehuis::formats::pain::check;
use energiehuis::services::payments::{Step, waiting};
use sha2::{Digest, Sha256};

use super::{Office, control_sum, make_on, on, payer};
use crate::bank::account::executed;
use crate::support::town::euros;

#[tokio::test]
async fn three_invoices_leave_in_one_file_and_are_paid_when_the_statement_says_so() {
    let mut office = Office::open().await;
    let (first, _) = office.order(1, 2_000).await;
    office.order(2, 3_000).await;
    office.order(3, 4_000).await;
    let waits = waiting(office.town.house(), office.maker(), &payer()).await.unwrap();
    assert_eq!((waits.count(), waits.sum(), waits.blocked.len()), (3, euros(9_000), 0));

    let run = office.make().await;
    assert_eq!((run.head.state, run.head.count, run.head.sum), (RunState::Made, 3, euros(9_000)));
    assert_eq!(run.head.number, "P-2022-00001");
    let funds: Vec<_> = run.funds.iter().map(|fund| (fund.fund.as_str(), fund.count, fund.sum)).collect();
    assert_eq!(funds, [("EL", 3, euros(9_000))]);
    let sources: Vec<_> = run.sources.iter().map(|source| (source.funder.as_deref(), source.sum)).collect();
    assert_eq!(sources, [(Some("Provincie West-Vlaanderen"), euros(9_000))]);
    assert!(run.accounts.is_empty());
    assert_eq!(waiting(office.town.house(), office.maker(), &payer()).await.unwrap().count(), 0);

    let half = office.release(&office.manager, &run, &[]).await.unwrap().run;
    assert_eq!(half.head.state, RunState::HalfReleased);
    let released = office.release(&office.second, &run, &[]).await.unwrap().run;
    assert_eq!(released.head.state, RunState::Released);
    let names: Vec<_> = released.releases.iter().map(|step| step.by.as_str()).collect();
    assert_eq!(names, ["manager", "partner"]);

    let exported = office.export(&run).await.unwrap().run;
    assert_eq!(exported.head.state, RunState::Exported);
    let file = office.file(&run).await;
    assert_eq!(check(&file.bytes), Ok(()));
    assert_eq!(control_sum(&file), euros(9_000));
    assert_eq!(file.name, format!("{}.xml", run.message_id));
    assert_eq!(exported.export.unwrap().sha256, hex::encode(Sha256::digest(&file.bytes)));

    office.town.test.go_to("2022-02-09");
    let lines = exported.orders.iter().map(|order| executed(order.amount, &order.end_to_end_id)).collect();
    office.town.import(office.purse.account.file("2022-02-09", lines)).await;
    let paid = office.see(&run).await;
    assert_eq!(paid.head.paid, 3);
    assert!(paid.orders.iter().all(|order| order.state == "paid" && order.paid_on == Some(on("2022-02-09"))));
    assert_eq!(office.town.state(&first).await.drawn, euros(2_000));
    office.close().await;
}

#[tokio::test]
async fn the_file_is_made_once_and_is_the_same_ever_after() {
    let office = Office::open().await;
    office.order(1, 2_000).await;
    let (run, file) = office.sent().await;
    office.town.test.go_to("2022-03-01");
    office.export(&run).await.unwrap();
    assert_eq!(office.file(&run).await, file);
    assert_eq!(office.town.count("payment_run_exports").await, 1);
    let text = String::from_utf8(file.bytes).unwrap();
    assert!(text.contains("<CreDtTm>2022-02-07T09:00:00</CreDtTm>"), "{text}");
    assert!(!file.name.contains("Voorbeeld"), "{}", file.name);
    office.close().await;
}

#[tokio::test]
async fn a_reference_that_is_a_structured_communication_goes_as_one_and_others_as_words() {
    let office = Office::open().await;
    office.order(1, 2_000).await;
    office.order(2, 3_000).await;
    let structured = "UPDATE payment_orders SET remittance = '+++321/9887/30446+++' WHERE amount = 2000";
    office.town.execute(structured).await;
    office.town.execute("UPDATE payment_orders SET remittance = 'factuur n° 12/2022' WHERE amount = 3000").await;
    let (_, file) = office.sent().await;
    let text = String::from_utf8(file.bytes).unwrap();
    assert!(text.contains("<Issr>BBA</Issr>") && text.contains("<Ref>321988730446</Ref>"), "{text}");
    assert!(text.contains("<Ustrd>factuur no 12/2022</Ustrd>"), "{text}");
    assert_eq!(text.matches("<RmtInf>").count(), 2);
    office.close().await;
}

#[tokio::test]
async fn an_order_that_cannot_be_paid_stays_behind_with_its_reason_and_the_others_leave() {
    let office = Office::open().await;
    office.order(1, 2_000).await;
    office.order(2, 3_000).await;
    office.town.execute("UPDATE payment_orders SET creditor_name = '株式会社' WHERE amount = 3000").await;
    let made = office.take(office.maker(), make_on("2022-02-09")).await.unwrap();
    assert_eq!((made.run.head.count, made.run.head.sum), (1, euros(2_000)));
    let blocked: Vec<_> = made.blocked.iter().map(|order| (order.amount, order.problems[0].field.as_str())).collect();
    assert_eq!(blocked, [(euros(3_000), "creditor_name")]);
    let waits = waiting(office.town.house(), office.maker(), &payer()).await.unwrap();
    assert_eq!((waits.count(), waits.blocked.len()), (0, 1));
    office.close().await;
}

#[tokio::test]
async fn a_cancelled_run_gives_its_orders_to_another() {
    let office = Office::open().await;
    office.order(1, 2_000).await;
    let run = office.make().await;
    office.release(&office.manager, &run, &[]).await.unwrap();
    let cancelled = office.cancel(&run, " wrong day ").await.unwrap().run;
    assert_eq!(cancelled.head.state, RunState::Cancelled);
    assert_eq!(cancelled.cancelled.unwrap().reason, "wrong day");
    let again = office.make().await;
    assert_eq!((again.head.count, again.head.number.as_str()), (1, "P-2022-00002"));
    assert_ne!(again.message_id, run.message_id);
    office.close().await;
}

#[tokio::test]
async fn a_run_of_one_fund_leaves_the_others_alone() {
    let office = Office::open().await;
    office.order(1, 2_000).await;
    let other = office.town.emergency_fund().await;
    let on = on("2022-02-09");
    let step = Step::Make { fund: Some(other.fund.code.to_lowercase()), execute_on: on };
    assert_eq!(super::refusal(office.take(office.maker(), step).await), "payments-nothing-waits");
    let step = Step::Make { fund: Some("XYZ".to_owned()), execute_on: on };
    assert_eq!(super::refusal(office.take(office.maker(), step).await), "fund: application-problem-choice");
    let step = Step::Make { fund: Some("EL".to_owned()), execute_on: on };
    assert_eq!(office.take(office.maker(), step).await.unwrap().run.head.count, 1);
    office.close().await;
}
