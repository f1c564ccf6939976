//! Direct debits inside a file of details: they explain the total of a run that waits, with what came back inside it.

use energiehuis::domain::matching::Reason;
use energiehuis::domain::money::Money;
use energiehuis::formats::coda::{DebitOutcome, ReturnKind};
use energiehuis::services::bank::{BankFile, FileState, import};

use super::bank::{books_agree, reasons, sent};
use super::returns::{because, by_mandate, mandate, of, statement, waits};
use super::till::Till;
use crate::bank::account::{came_back, collected, total};
use crate::bank::camt::file;
use crate::formats::camt_files::{COLLECTED, Entry, Message, Transaction, entry};
use crate::support::town::euros;

#[tokio::test]
async fn details_in_a_camt_054_explain_the_net_total_of_a_run_with_one_returned_inside_it() {
    let mut till = Till::new().await;
    let families = [till.family(None).await, till.family(None).await, till.family(None).await];
    let lines = sent(&mut till, &families.iter().collect::<Vec<_>>()).await;
    let mut mandates = Vec::new();
    for family in &families {
        mandates.push(mandate(&till, family).await);
    }
    till.go_to("2022-05-03");
    let net = Entry { batch: Some("RUN".to_owned()), ..entry(euros(300), COLLECTED, Vec::new()) };
    let (statement, report) = statement(&mut till, vec![net]).await;
    assert_eq!(waits(&report), [(Reason::TotalWithoutDetails, euros(300))]);
    let cash = till.street.purse.account.balance;
    let details = lines.iter().zip(&mandates).map(|(line, mandate)| of(mandate, 150, &line.end_to_end_id));
    let back = because(of(&mandates[1], -150, &lines[1].end_to_end_id), "AC06");
    let transactions: Vec<Transaction> = details.chain([back]).collect();
    let entries = vec![Entry { transactions, ..statement.entries[0].clone() }];
    let feed = file("details.xml", Message { entries, ..statement }.notification());
    let report = till.street.town.import(feed).await;
    assert_eq!(
        (reasons(&report), waits(&report)),
        (vec![(Reason::CollectionCredited, 3), (Reason::CollectionReturned, 1)], vec![])
    );
    let mut seen = Vec::new();
    for family in &families {
        seen.push((till.states(family).await.remove(0), till.repaid(family).await));
    }
    let credited = ("credited".to_owned(), euros(150));
    assert_eq!(seen, [credited.clone(), ("returned".to_owned(), Money::ZERO), credited]);
    assert_eq!(till.mandate_of(&families[1]).await.state, "stopped", "AC06 ends it");
    assert_eq!(till.street.purse.account.balance, cash, "no money came in");
    books_agree(&till).await;
    // Each detail can be taken back: the return, then the credit that it had undone.
    let back = till.line(-150).await;
    till.undo(back).await;
    assert_eq!(till.states(&families[1]).await, ["credited"]);
    assert_eq!(till.mandate_of(&families[1]).await.state, "active");
    books_agree(&till).await;
    let credit = "SELECT payment_id FROM collections WHERE loan_id = $1";
    let credit = sqlx::query_scalar(credit).bind(families[1].loan_id);
    let credit = credit.fetch_one(&till.street.town.test.pool).await.unwrap();
    till.undo(credit).await;
    assert_eq!(till.waiting().await.len(), 2);
    assert_eq!(
        (till.states(&families[1]).await, till.repaid(&families[1]).await),
        (vec!["exported".to_owned()], Money::ZERO)
    );
    books_agree(&till).await;
    till.finish().await;
}

#[tokio::test]
async fn a_coda_separate_application_explains_the_total_of_a_run_by_its_mandates() {
    let mut till = Till::new().await;
    let families = [till.family(None).await, till.family(None).await];
    sent(&mut till, &families.iter().collect::<Vec<_>>()).await;
    let (first, second) = (mandate(&till, &families[0]).await, mandate(&till, &families[1]).await);
    till.go_to("2022-05-03");
    let today = till.today();
    let inside = vec![
        collected(euros(150), ""),
        collected(euros(150), ""),
        came_back(euros(150), "", (5, 3), (ReturnKind::Return, "AM04")),
    ];
    let whole = total(inside);
    let mut before = till.street.purse.account.clone();
    let detailed = before.file(&today, vec![whole.clone()]);
    let mut bare = till.street.purse.account.statement(&today, vec![whole]);
    bare.entries[0].details.clear();
    let bare = crate::bank::account::file("total.cod", &[bare]);
    // A total of the bank stays one without its details.
    let bare = BankFile { bytes: crate::bank::details::as_total(&bare.bytes), ..bare };
    let report = till.street.town.import(bare).await;
    assert_eq!(waits(&report), [(Reason::TotalWithoutDetails, euros(150))]);
    let told = [
        (first.as_str(), None, DebitOutcome::Paid),
        (second.as_str(), None, DebitOutcome::Paid),
        (second.as_str(), Some((ReturnKind::Return, "AM04")), DebitOutcome::DebtorAccount),
    ];
    let feed = crate::bank::details::separate(&by_mandate(&detailed, &told));
    let report = till.street.town.import(feed).await;
    assert_eq!(
        (reasons(&report), waits(&report)),
        (vec![(Reason::CollectionCredited, 2), (Reason::CollectionReturned, 1)], vec![])
    );
    assert_eq!(
        (till.states(&families[0]).await, till.states(&families[1]).await),
        (vec!["credited".to_owned()], vec!["returned".to_owned(), "made".to_owned()])
    );
    books_agree(&till).await;
    till.finish().await;
}

#[tokio::test]
async fn a_total_that_was_booked_by_its_sum_and_taken_back_is_explained_by_its_details() {
    let mut till = Till::new().await;
    let families = [till.family(None).await, till.family(None).await];
    let lines = sent(&mut till, &families.iter().collect::<Vec<_>>()).await;
    let mandates = [mandate(&till, &families[0]).await, mandate(&till, &families[1]).await];
    till.go_to("2022-05-03");
    let whole = Entry { batch: Some("RUN".to_owned()), ..entry(euros(300), COLLECTED, Vec::new()) };
    let (statement, report) = statement(&mut till, vec![whole]).await;
    assert_eq!(reasons(&report), [(Reason::CollectionTotal, 1)]);
    let transactions = lines.iter().zip(&mandates).map(|(line, mandate)| of(mandate, 150, &line.end_to_end_id));
    let entries = vec![Entry { transactions: transactions.collect(), ..statement.entries[0].clone() }];
    let feed = file("details.xml", Message { entries, ..statement }.notification());
    let accountant = till.street.town.accountant.clone();
    let idle = import(till.house(), &accountant, vec![feed.clone()]).await.unwrap().files.remove(0);
    assert_eq!(idle.state, FileState::Known, "what is placed needs no details");
    till.undo(till.line(300).await).await;
    let report = till.street.town.import(feed).await;
    assert_eq!((reasons(&report), waits(&report)), (vec![(Reason::CollectionCredited, 2)], vec![]));
    for family in &families {
        assert_eq!((till.states(family).await, till.repaid(family).await), (vec!["credited".to_owned()], euros(150)));
    }
    assert_eq!(till.waiting().await, []);
    books_agree(&till).await;
    till.finish().await;
}
