//! What comes back, as the banks write it: CAMT with its reasons, CODA 127 with a mandate and nothing else.

use energiehuis::domain::matching::Reason;
use energiehuis::domain::money::Money;
use energiehuis::formats::coda::{
    Communication, DebitOutcome, DebitScheme, DebitSequence, DirectDebit, EntryToWrite, ReturnKind, compose, read,
};
use energiehuis::services::bank::{BankFile, FileReport};

use super::bank::{books_agree, reasons, says, sent};
use super::till::{CREDITOR, Till};
use crate::bank::account::{came_back, collected, total};
use crate::bank::camt::{file, message};
use crate::formats::camt_files::{COLLECTED, Entry, Message, Transaction, UNPAID, entry, received};
use crate::support::town::{Family, euros};

/// What waits after a file: why, and how much.
pub(super) fn waits(report: &FileReport) -> Vec<(Reason, Money)> {
    report.suspense.iter().map(|line| (line.reason, line.amount)).collect()
}

/// The bank says something today, as CAMT.053.
pub(super) async fn statement(till: &mut Till, entries: Vec<Entry>) -> (Message, FileReport) {
    let today = till.today();
    till.street.town.test.hand.advance(chrono::TimeDelta::minutes(1));
    let message = message(&mut till.street.purse.account, &today, entries);
    let report = till.street.town.import(file(&format!("{today}.xml"), message.statement())).await;
    (message, report)
}

/// A transaction of one of our collections: known by its own identification, or by its mandate.
pub(super) fn of(till_mandate: &str, amount: i64, end_to_end_id: &str) -> Transaction {
    Transaction { mandate: till_mandate.to_owned(), end_to_end_id: end_to_end_id.to_owned(), ..received(euros(amount)) }
}

pub(super) fn because(transaction: Transaction, reason: &str) -> Transaction {
    Transaction { reason: reason.to_owned(), ..transaction }
}

pub(super) async fn mandate(till: &Till, family: &Family) -> String {
    till.mandate_of(family).await.reference
}

#[tokio::test]
async fn a_batch_of_returns_in_camt_undoes_each_payment_and_does_what_each_reason_asks() {
    let mut till = Till::new().await;
    let mut families = Vec::new();
    for _ in 0..5 {
        families.push(till.family(None).await);
    }
    let lines = sent(&mut till, &families.iter().collect::<Vec<_>>()).await;
    let mut mandates = Vec::new();
    for family in &families {
        mandates.push(mandate(&till, family).await);
    }
    till.go_to("2022-05-02");
    let credited = lines.iter().zip(&mandates).map(|(line, mandate)| of(mandate, 150, &line.end_to_end_id)).collect();
    let batch = Entry { batch: Some("RUN".to_owned()), ..entry(euros(750), COLLECTED, credited) };
    let (_, report) = statement(&mut till, vec![batch]).await;
    assert_eq!((reasons(&report), waits(&report)), (vec![(Reason::CollectionCredited, 5)], vec![]));
    books_agree(&till).await;

    till.go_to("2022-05-06");
    let why = ["AM04", "AC04", "MD06", "MD07", "SL01"];
    let back = lines.iter().zip(&mandates).zip(why);
    let back = back.map(|((line, mandate), why)| because(of(mandate, -150, &line.end_to_end_id), why)).collect();
    let batch = Entry { batch: Some("BACK".to_owned()), ..entry(euros(-750), UNPAID, back) };
    let (_, report) = statement(&mut till, vec![batch]).await;
    assert_eq!((reasons(&report), waits(&report)), (vec![(Reason::CollectionReturned, 5)], vec![]));
    let mut told = Vec::new();
    for family in &families {
        assert_eq!(till.repaid(family).await, Money::ZERO);
        let line = till.collections(family).await.into_iter().find(|line| line.state == "returned").unwrap();
        let mandate = till.mandate_of(family).await.state;
        told.push([line.return_kind.unwrap(), line.return_reason.unwrap(), line.return_action.unwrap(), mandate]);
    }
    let table = [
        ["return", "AM04", "retry", "active"],
        ["return", "AC04", "ask_account", "stopped"],
        ["refund", "MD06", "contact", "active"],
        ["return", "MD07", "estate", "stopped"],
        ["return", "SL01", "allow_list", "active"],
    ];
    assert_eq!(told, table.map(|row| row.map(str::to_owned)));
    books_agree(&till).await;
    // One of them was none.
    let line = "SELECT bank_line_id FROM bank_lines WHERE return_reason = 'MD07'";
    let line = sqlx::query_scalar(line).fetch_one(&till.street.town.test.pool).await.unwrap();
    till.undo(line).await;
    assert_eq!(
        (till.states(&families[3]).await, till.repaid(&families[3]).await),
        (vec!["credited".to_owned()], euros(150))
    );
    assert_eq!(till.mandate_of(&families[3]).await.state, "active");
    books_agree(&till).await;
    till.finish().await;
}

#[tokio::test]
async fn a_single_return_in_camt_that_names_only_its_mandate_finds_its_collection_in_every_version() {
    for version in [2, 3, 4, 6, 8] {
        let mut till = Till::new().await;
        let family = till.family(None).await;
        let line = sent(&mut till, &[&family]).await.remove(0);
        let mandate = mandate(&till, &family).await;
        till.go_to("2022-05-02");
        says(&mut till, vec![collected(line.amount, &line.end_to_end_id)]).await;
        till.go_to("2022-05-05");
        let back = because(of(&mandate, -150, ""), "MS03");
        let today = till.today();
        let entries = vec![entry(euros(-150), UNPAID, vec![back])];
        let message = message(&mut till.street.purse.account, &today, entries);
        let message = Message { version, ..message };
        let report = till.street.town.import(file("back.xml", message.statement())).await;
        assert_eq!((reasons(&report), waits(&report)), (vec![(Reason::CollectionReturned, 1)], vec![]), "{version}");
        assert_eq!(till.states(&family).await, ["returned", "made"], "MS03 is treated as want of money, once");
        books_agree(&till).await;
        till.finish().await;
    }
}

#[tokio::test]
async fn a_reject_in_camt_before_the_money_came_ends_the_collection_and_the_debit_waits() {
    let mut till = Till::new().await;
    let family = till.family(None).await;
    let line = sent(&mut till, &[&family]).await.remove(0);
    let mandate = mandate(&till, &family).await;
    till.go_to("2022-05-02");
    let back = because(of(&mandate, -150, &line.end_to_end_id), "AC01");
    let (_, report) = statement(&mut till, vec![entry(euros(-150), UNPAID, vec![back])]).await;
    assert_eq!(waits(&report), [(Reason::CollectionRejected, euros(-150))]);
    let line = till.collections(&family).await.remove(0);
    assert_eq!((line.state.as_str(), line.return_action.as_deref()), ("returned", Some("ask_account")));
    books_agree(&till).await;
    till.finish().await;
}

/// What a bank tells of a direct debit by CODA 127: the mandate; how and why it came back, and its one digit.
pub(super) type Told<'a> = (&'a str, Option<(ReturnKind, &'a str)>, DebitOutcome);

/// A file of the bank in which each direct debit is told as CODA does by its 127: a mandate, how and why; never our
/// identification.
pub(super) fn by_mandate(file: &BankFile, debits: &[Told<'_>]) -> BankFile {
    let mut read = read(&file.bytes).unwrap();
    for statement in &mut read.statements {
        let told = statement.movements.iter_mut().filter(|movement| movement.code.family == 5);
        for (movement, (mandate, back, outcome)) in told.zip(debits) {
            movement.customer_reference = None;
            movement.returned = None;
            movement.communication = Communication::DirectDebit(DirectDebit {
                settled_on: Some(movement.booked_on),
                sequence: DebitSequence::Recurrent,
                scheme: DebitScheme::Core,
                outcome: Some(*outcome),
                creditor: CREDITOR.to_owned(),
                mandate: (*mandate).to_owned(),
                communication: String::new(),
                ogm: None,
                returned: back.map(|(kind, _)| kind),
                reason: back.map(|(_, reason)| reason.to_owned()).filter(|reason| !reason.is_empty()),
            });
        }
    }
    BankFile { name: file.name.clone(), bytes: compose(&read.statements).unwrap() }
}

/// A CODA statement of today whose direct debits name only their mandates.
async fn says_by_mandate(till: &mut Till, entries: Vec<EntryToWrite>, debits: &[Told<'_>]) -> FileReport {
    let today = till.today();
    till.street.town.test.hand.advance(chrono::TimeDelta::minutes(1));
    let file = till.street.purse.account.file(&today, entries);
    till.street.town.import(by_mandate(&file, debits)).await
}

#[tokio::test]
async fn coda_127_that_names_only_the_mandate_credits_and_gives_back_its_collection() {
    let mut till = Till::new().await;
    let (one, other) = (till.family(None).await, till.family(None).await);
    sent(&mut till, &[&one, &other]).await;
    let (first, second) = (mandate(&till, &one).await, mandate(&till, &other).await);
    till.go_to("2022-05-02");
    let both = vec![total(vec![collected(euros(150), ""), collected(euros(150), "")])];
    let paid = [(first.as_str(), None, DebitOutcome::Paid), (second.as_str(), None, DebitOutcome::Paid)];
    let report = says_by_mandate(&mut till, both, &paid).await;
    assert_eq!((reasons(&report), waits(&report)), (vec![(Reason::CollectionCredited, 2)], vec![]));
    till.go_to("2022-05-05");
    let back = |code| vec![came_back(euros(150), "", code, (ReturnKind::Return, "AM04"))];
    let why = [(first.as_str(), Some((ReturnKind::Return, "AM04")), DebitOutcome::DebtorAccount)];
    let report = says_by_mandate(&mut till, back((5, 3)), &why).await;
    assert_eq!((reasons(&report), waits(&report)), (vec![(Reason::CollectionReturned, 1)], vec![]));
    assert_eq!(till.states(&one).await, ["returned", "made"]);
    // The other bank gave no reason but its one digit.
    till.go_to("2022-06-20");
    let why = [(second.as_str(), None, DebitOutcome::DebtorDisagrees)];
    let report = says_by_mandate(&mut till, back((5, 5)), &why).await;
    assert_eq!((reasons(&report), waits(&report)), (vec![(Reason::CollectionReturned, 1)], vec![]));
    let line = till.collections(&other).await.into_iter().find(|line| line.state == "returned").unwrap();
    assert_eq!((line.return_reason, line.return_action.as_deref()), (None, Some("contact")));
    books_agree(&till).await;
    till.finish().await;
}

#[tokio::test]
async fn a_return_under_a_former_reference_finds_its_collection_and_two_alike_wait() {
    use energiehuis::domain::application::Loose;
    use energiehuis::services::collections::{AmendForm, amend};
    let mut till = Till::new().await;
    let family = till.family(None).await;
    let line = sent(&mut till, &[&family]).await.remove(0);
    let former = mandate(&till, &family).await;
    till.go_to("2022-05-02");
    says(&mut till, vec![collected(line.amount, &line.end_to_end_id)]).await;
    let mandate_id = till.mandate_of(&family).await.mandate_id;
    let form = AmendForm { reference: Loose::from("NEW2022"), reason: Loose::from("merged"), ..AmendForm::default() };
    amend(till.house(), &till.street.town.officer, (mandate_id, &form, None)).await.unwrap();
    till.go_to("2022-05-05");
    let back = || vec![came_back(euros(150), "", (5, 3), (ReturnKind::Return, "MS02"))];
    let why = [(former.as_str(), Some((ReturnKind::Return, "MS02")), DebitOutcome::DebtorDisagrees)];
    let report = says_by_mandate(&mut till, back(), &why).await;
    assert_eq!(reasons(&report), [(Reason::CollectionReturned, 1)]);
    let report = says_by_mandate(&mut till, back(), &why).await;
    assert_eq!(waits(&report), [(Reason::CollectionReturnUnknown, euros(-150))], "nothing of that mandate is out");
    books_agree(&till).await;
    till.finish().await;
}

#[tokio::test]
async fn a_return_that_is_told_without_an_amount_moves_no_money() {
    let mut till = Till::new().await;
    let family = till.family(None).await;
    let line = sent(&mut till, &[&family]).await.remove(0);
    till.go_to("2022-05-02");
    let told = || came_back(Money::ZERO, &line.end_to_end_id, (5, 3), (ReturnKind::Return, "AM04"));
    says(&mut till, vec![collected(line.amount, &line.end_to_end_id), told()]).await;
    assert_eq!((till.states(&family).await, till.repaid(&family).await), (vec!["credited".to_owned()], euros(150)));
    books_agree(&till).await;
    till.go_to("2022-05-05");
    says(&mut till, vec![came_back(line.amount, &line.end_to_end_id, (5, 3), (ReturnKind::Return, "AM04")), told()])
        .await;
    assert_eq!(
        (till.states(&family).await, till.repaid(&family).await),
        (vec!["returned".to_owned(), "made".to_owned()], Money::ZERO)
    );
    books_agree(&till).await;
    till.finish().await;
}
