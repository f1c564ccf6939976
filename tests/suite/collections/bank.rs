//! What the bank says of our direct debits: it pays the claims, and what comes back undoes the payment and does what its
//! reason asks.

use energiehuis::domain::matching::Reason;
use energiehuis::domain::money::Money;
use energiehuis::formats::coda::{EntryToWrite, ReturnKind};
use energiehuis::services::Actor;
use energiehuis::services::bank::{self, FileReport, FileState};
use energiehuis::services::collections::{CollectionLine, answer_return};
use energiehuis::services::ledger::check::check;
use mailparse::parse_mail;
use serde_json::json;

use super::till::{Till, assert_valid};
use crate::bank::account::{came_back, collected, total};
use crate::letters::post::leaves;
use crate::support::town::{Family, euros};

/// The collections of families that were announced, made, released and exported for Monday 2 May 2022.
pub(super) async fn sent(till: &mut Till, families: &[&Family]) -> Vec<CollectionLine> {
    till.night("2022-04-11").await;
    till.go_to("2022-04-27");
    let made = till.make().await;
    assert_valid(&till.leave(&made).await);
    let mut lines = Vec::new();
    for family in families {
        lines.push(till.collections(family).await.remove(0));
    }
    lines
}

/// The bank says something today.
pub(super) async fn says(till: &mut Till, entries: Vec<EntryToWrite>) -> FileReport {
    let today = till.today();
    let file = till.street.purse.account.file(&today, entries);
    // Of two statements of one day, the one that came in later is the last.
    till.street.town.test.hand.advance(chrono::TimeDelta::minutes(1));
    till.street.town.import(file).await
}

pub(super) async fn books_agree(till: &Till) {
    let check = check(till.house(), &Actor::system()).await.unwrap();
    assert!(check.ok, "{check:#?}");
}

/// The words of a mail.
fn body(raw: &[u8]) -> String {
    leaves(&parse_mail(raw).unwrap())[0].get_body().unwrap()
}

pub(super) fn reasons(report: &FileReport) -> Vec<(Reason, usize)> {
    report.booked.iter().map(|sum| (sum.reason, sum.lines)).collect()
}

#[tokio::test]
async fn from_the_mandate_to_the_refund_eight_weeks_later() {
    let mut till = Till::new().await;
    let family = till.family(Some("lotte@borrower.example")).await;
    let other = till.family(None).await;
    let lines = sent(&mut till, &[&family, &other]).await;
    till.street.run("outbox_send").await;
    let mails = till.street.sink.taken();
    assert!(body(&mails[0].raw).contains("2 mei 2022"), "the notice came first");

    // The bank credits the batch with its details.
    till.go_to("2022-05-02");
    let details = lines.iter().map(|line| collected(line.amount, &line.end_to_end_id)).collect();
    let report = says(&mut till, vec![total(details)]).await;
    assert_eq!((reasons(&report), report.suspense.len()), (vec![(Reason::CollectionCredited, 2)], 0));
    let line = till.collections(&family).await.remove(0);
    assert_eq!(line.state, "credited");
    assert_eq!(line.provisional_until.unwrap().to_string(), "2022-06-27", "eight weeks");
    assert_eq!(till.street.town.state(&family).await.repaid, euros(150));
    books_agree(&till).await;

    // Eight weeks later the debtor takes the money back.
    till.go_to("2022-06-27");
    let back = came_back(line.amount, &line.end_to_end_id, (5, 5), (ReturnKind::Refund, "MD06"));
    let report = says(&mut till, vec![back]).await;
    assert_eq!((reasons(&report), report.suspense.len()), (vec![(Reason::CollectionReturned, 1)], 0));
    let state = till.street.town.state(&family).await;
    assert_eq!(state.payments[0].reversed_on.unwrap().to_string(), "2022-06-27");
    assert_eq!((state.repaid, state.instalments[0].open), (Money::ZERO, euros(150)), "the claim is open again");
    let line = till.collections(&family).await.remove(0);
    let told = (line.state.as_str(), line.return_kind.as_deref(), line.return_reason.as_deref());
    assert_eq!(told, ("returned", Some("refund"), Some("MD06")));
    assert_eq!(till.mandate_of(&family).await.state, "active", "a refund does not end the permission");
    books_agree(&till).await;

    // A person is asked to speak with the family, and nothing is tried again by itself.
    let waiting = till.overview().await.returns;
    assert_eq!((waiting.len(), waiting[0].action.as_str(), waiting[0].retry_on), (1, "contact", None));
    answer_return(till.house(), &till.manager, (waiting[0].return_id, "called, pays by transfer")).await.unwrap();
    assert_eq!(till.overview().await.returns, []);
    till.finish().await;
}

#[tokio::test]
async fn a_total_without_details_pays_every_claim_of_its_file() {
    let mut till = Till::new().await;
    let (one, other) = (till.family(None).await, till.family(None).await);
    sent(&mut till, &[&one, &other]).await;
    till.go_to("2022-05-03");
    let report = says(&mut till, vec![collected(euros(300), "")]).await;
    assert_eq!((reasons(&report), report.suspense.len()), (vec![(Reason::CollectionTotal, 1)], 0));
    for family in [&one, &other] {
        assert_eq!(till.street.town.state(family).await.repaid, euros(150));
        assert_eq!(till.collections(family).await[0].state, "credited");
    }
    books_agree(&till).await;
    let line = till.collections(&one).await.remove(0);
    let back = came_back(line.amount, &line.end_to_end_id, (5, 3), (ReturnKind::Return, "AC04"));
    says(&mut till, vec![back]).await;
    assert_eq!(till.street.town.state(&one).await.repaid, Money::ZERO);
    assert_eq!(till.street.town.state(&other).await.repaid, euros(150));
    let mandate = till.mandate_of(&one).await;
    assert_eq!((mandate.state.as_str(), mandate.stop_reason.as_deref()), ("stopped", Some("AC04")));
    assert_eq!(till.overview().await.returns[0].action, "ask_account");
    books_agree(&till).await;
    till.finish().await;
}

#[tokio::test]
async fn want_of_money_is_tried_once_more_with_a_new_notice_and_then_a_person_looks() {
    let mut till = Till::new().await;
    let family = till.family(Some("lotte@borrower.example")).await;
    let first = sent(&mut till, &[&family]).await.remove(0);
    till.go_to("2022-05-02");
    says(&mut till, vec![collected(first.amount, &first.end_to_end_id)]).await;
    till.go_to("2022-05-05");
    says(&mut till, vec![came_back(first.amount, &first.end_to_end_id, (5, 3), (ReturnKind::Return, "AM04"))]).await;
    let again = till.collections(&family).await.into_iter().find(|line| line.state == "made").unwrap();
    assert_eq!((again.attempt, again.collect_on.to_string().as_str(), again.notified_on), (2, "2022-06-01", None));
    assert_ne!(again.end_to_end_id, first.end_to_end_id);
    let report = till.night("2022-05-06").await;
    assert_eq!((&report["made"], &report["notices"]), (&json!(0), &json!(1)));
    let report = till.night("2022-05-11").await;
    assert_eq!((&report["made"], &report["notices"]), (&json!(1), &json!(1)), "the instalment of June, beside it");
    till.street.run("outbox_send").await;
    let mails = till.street.sink.taken();
    let said = |words: &str| mails.iter().any(|mail| body(&mail.raw).contains(words));
    assert!(said("kon uw aflossing van 1 mei 2022 niet betalen"), "one of the mails says that it is tried once more");
    till.go_to("2022-05-30");
    assert_valid(&till.leave(&till.make().await).await);
    till.go_to("2022-06-02");
    says(&mut till, vec![came_back(again.amount, &again.end_to_end_id, (5, 3), (ReturnKind::Reject, "AM04"))]).await;
    let waiting = till.overview().await.returns;
    assert_eq!(waiting.iter().map(|line| line.action.as_str()).collect::<Vec<_>>(), ["contact"], "not a third time");
    assert_eq!(till.count("collections WHERE due_on = '2022-05-01'").await, 2);
    till.finish().await;
}

#[tokio::test]
async fn a_disputed_mandate_stops_at_once() {
    let mut till = Till::new().await;
    let family = till.family(None).await;
    let line = sent(&mut till, &[&family]).await.remove(0);
    till.go_to("2022-05-02");
    says(&mut till, vec![collected(line.amount, &line.end_to_end_id)]).await;
    till.go_to("2022-05-20");
    says(&mut till, vec![came_back(line.amount, &line.end_to_end_id, (5, 5), (ReturnKind::Refund, "MD01"))]).await;
    let mandate = till.mandate_of(&family).await;
    assert_eq!((mandate.state.as_str(), mandate.stop_cause.as_deref()), ("stopped", Some("returned")));
    assert_eq!(till.overview().await.returns[0].action, "stop_mandate");
    let report = till.night("2022-05-21").await;
    assert_eq!((&report["made"], &report["loans"]), (&json!(0), &json!(0)));
    till.finish().await;
}

#[tokio::test]
async fn a_reject_before_the_money_came_only_ends_the_collection() {
    let mut till = Till::new().await;
    let family = till.family(None).await;
    let line = sent(&mut till, &[&family]).await.remove(0);
    till.go_to("2022-05-02");
    let back = came_back(line.amount, &line.end_to_end_id, (5, 3), (ReturnKind::Reject, "MS02"));
    let report = says(&mut till, vec![back]).await;
    let waits: Vec<_> = report.suspense.iter().map(|line| (line.reason, line.amount)).collect();
    assert_eq!(waits, [(Reason::CollectionRejected, euros(-150))]);
    assert_eq!(till.collections(&family).await[0].state, "returned");
    assert_eq!(till.street.town.state(&family).await.payments, []);
    let waiting = till.overview().await.returns.remove(0);
    assert_eq!((waiting.was_credited, waiting.action.as_str()), (false, "contact"));
    books_agree(&till).await;
    till.finish().await;
}

#[tokio::test]
async fn what_is_strange_waits_with_its_reason() {
    let mut till = Till::new().await;
    let family = till.family(None).await;
    let line = sent(&mut till, &[&family]).await.remove(0);
    till.go_to("2022-05-02");
    let entries = vec![
        collected(euros(149), &line.end_to_end_id),
        collected(line.amount, &line.end_to_end_id),
        collected(line.amount, &line.end_to_end_id),
        came_back(euros(20), "ECNOBODY", (5, 3), (ReturnKind::Return, "AM04")),
    ];
    let report = says(&mut till, entries).await;
    assert_eq!(reasons(&report), [(Reason::CollectionCredited, 1)]);
    let waits: Vec<_> = report.suspense.iter().map(|line| (line.reason, line.amount)).collect();
    assert_eq!(
        waits,
        [
            (Reason::CollectionOtherAmount, euros(149)),
            (Reason::CollectionNotExpected, euros(150)),
            (Reason::CollectionReturnUnknown, euros(-20)),
        ]
    );
    books_agree(&till).await;
    till.finish().await;
}

#[tokio::test]
async fn the_same_file_twice_is_booked_once() {
    let mut till = Till::new().await;
    let family = till.family(None).await;
    let line = sent(&mut till, &[&family]).await.remove(0);
    till.go_to("2022-05-02");
    let entries = vec![
        collected(line.amount, &line.end_to_end_id),
        came_back(line.amount, &line.end_to_end_id, (5, 3), (ReturnKind::Return, "AM04")),
    ];
    let today = till.today();
    let file = till.street.purse.account.file(&today, entries);
    till.street.town.import(file.clone()).await;
    let accountant = till.street.town.accountant.clone();
    let known = bank::import(till.house(), &accountant, vec![file]).await.unwrap().files.remove(0);
    assert_eq!(known.state, FileState::Known);
    assert_eq!((till.count("collection_returns").await, till.count("collections").await), (1, 2));
    assert_eq!(till.count("loan_facts WHERE kind = 'payment_reversed'").await, 1);
    till.finish().await;
}
