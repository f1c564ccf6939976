//! CAMT.053 is booked as CODA is, and the same statement in both once.

use energiehuis::domain::matching::Reason;
use energiehuis::domain::money::Money;
use energiehuis::i18n::{Lang, tell};
use energiehuis::services::bank::{BankFile, FileReport, FileState};

use super::account::{Account, paid, says};
use super::story::{Story, day, euros};
use crate::formats::camt_files::{COLLECTED, Entry, Message, RECEIVED, SENT, Transaction, UNPAID, entry, received};

/// The next statement of an account, as CAMT.053.
pub(crate) fn message(account: &mut Account, on: &str, entries: Vec<Entry>) -> Message {
    account.sequence += 1;
    let message = Message {
        version: 8,
        iban: account.iban.canonical(),
        sequence: account.sequence,
        on: day(on),
        old_balance: account.balance,
        entries,
    };
    account.balance = message.new_balance();
    message
}

pub(crate) fn file(name: &str, xml: String) -> BankFile {
    BankFile { name: name.to_owned(), bytes: xml.into_bytes() }
}

fn booked(report: &FileReport) -> Vec<(Reason, Money)> {
    assert_eq!(report.problems, []);
    report.booked.iter().map(|sum| (sum.reason, sum.amount)).collect()
}

#[tokio::test]
async fn every_line_of_a_camt_statement_finds_its_place() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    let funding = Transaction { ogm: Some(story.source.ogm), ..received(euros(100_000)) };
    let first = message(&mut account, "2022-01-03", vec![entry(euros(100_000), RECEIVED, vec![funding])]);
    assert_eq!(
        booked(&story.import(file("1.xml", first.statement())).await),
        [(Reason::SourceReference, euros(100_000))]
    );
    let (family, approved) = story.repaying(12, 10_000).await;
    story.test.go_to("2022-06-02");
    let ours = Transaction { ogm: Some(family.loan.ogm), ..received(euros(1000)) };
    let in_text = Transaction { texts: vec![format!("juni {}", family.loan.ogm)], ..received(euros(500)) };
    let order = Transaction { end_to_end_id: approved.order.end_to_end_id.clone(), ..received(euros(-10_000)) };
    let collected = |amount| Transaction { mandate: "M-1".to_owned(), ..received(amount) };
    let unpaid = Transaction { reason: "AM04".to_owned(), ..collected(euros(-30)) };
    let batch = entry(euros(70), COLLECTED, vec![collected(euros(20)), collected(euros(50))]);
    let pending = entry(euros(9), RECEIVED, vec![Transaction { ogm: Some(family.loan.ogm), ..received(euros(9)) }]);
    let entries = vec![
        entry(euros(1000), RECEIVED, vec![ours]),
        entry(euros(500), RECEIVED, vec![in_text]),
        entry(euros(-10_000), SENT, vec![order]),
        Entry { batch: Some("RUN-1".to_owned()), ..batch },
        entry(euros(-30), UNPAID, vec![unpaid]),
        Entry { status: "PDNG", ..pending },
    ];
    let second = message(&mut account, "2022-06-02", entries);
    let report = story.import(file("2.xml", second.statement())).await;
    assert_eq!(
        booked(&report),
        [
            (Reason::LoanReference, euros(1000)),
            (Reason::LoanReferenceInText, euros(500)),
            (Reason::OrderExecuted, euros(-10_000)),
        ]
    );
    assert_eq!((report.lines, report.suspense.len()), (7, 3));
    assert_eq!(story.balance("cash_at_bank").await, account.balance);
    assert_eq!(story.state(&family).await.repaid, euros(1500), "what is only announced is no money");
    story.finish().await;
}

/// Place, return kind and reason, mandate, creditor, outcome, payment file.
type Row = (String, Option<String>, Option<String>, Option<String>, Option<String>, Option<String>, Option<String>);

#[tokio::test]
async fn what_the_bank_says_of_a_line_is_kept() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    let collected = |amount| Transaction { mandate: "M-1".to_owned(), ..received(amount) };
    let unpaid = Transaction { reason: "MD06".to_owned(), end_to_end_id: "C-9".to_owned(), ..collected(euros(-30)) };
    let batch = entry(euros(70), COLLECTED, vec![collected(euros(20)), collected(euros(50))]);
    let entries = vec![Entry { batch: Some("RUN-1".to_owned()), ..batch }, entry(euros(-30), UNPAID, vec![unpaid])];
    let message = message(&mut account, "2022-01-03", entries);
    story.import(file("1.xml", message.statement())).await;
    let (format, encoding): (String, String) =
        sqlx::query_as("SELECT format, encoding FROM bank_files").fetch_one(&story.test.pool).await.unwrap();
    assert_eq!((format.as_str(), encoding.as_str()), ("camt.053.001.08", "utf-8"));
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT sequence || '/' || detail, return_kind, return_reason, mandate_reference, creditor_identifier,
                debit_outcome, batch_reference FROM bank_lines ORDER BY ordinal",
    )
    .fetch_all(&story.test.pool)
    .await
    .unwrap();
    let row = |place: &str, rest: [Option<&str>; 6]| -> Row {
        let [kind, reason, mandate, creditor, outcome, batch] = rest.map(|text| text.map(str::to_owned));
        (place.to_owned(), kind, reason, mandate, creditor, outcome, batch)
    };
    let creditor = Some("BE89ZZZ0566988259");
    assert_eq!(
        rows,
        [
            row("0001/0000", [None, None, None, None, None, Some("RUN-1")]),
            row("0001/0001", [None, None, Some("M-1"), creditor, Some("paid"), Some("RUN-1")]),
            row("0001/0002", [None, None, Some("M-1"), creditor, Some("paid"), Some("RUN-1")]),
            row("0002/0000", [Some("refund"), Some("MD06"), Some("M-1"), creditor, Some("debtor_disagrees"), None]),
        ]
    );
    story.finish().await;
}

#[tokio::test]
async fn the_same_statement_as_coda_and_as_camt_is_booked_once() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    let mut before = account.clone();
    let coda = account.file("2022-01-03", vec![paid(euros(500), story.source.ogm), says(euros(7), "?")]);
    let funding = Transaction { ogm: Some(story.source.ogm), ..received(euros(500)) };
    let entries = vec![entry(euros(500), RECEIVED, vec![funding]), entry(euros(7), RECEIVED, vec![received(euros(7))])];
    let camt = message(&mut before, "2022-01-03", entries);
    assert_eq!(story.import(coda.clone()).await.state, FileState::Imported);
    let again = story.offer(file("same.xml", camt.statement())).await;
    assert_eq!((again.state, again.problems.len()), (FileState::Known, 0));
    assert!(again.known_since.is_some() && again.statements[0].known);
    let older = Message { version: 2, ..camt };
    assert_eq!(story.offer(file("same.02.xml", older.statement())).await.state, FileState::Known);
    assert_eq!(story.balance("cash_at_bank").await, euros(507));
    // The other way round, the next day.
    story.test.go_to("2022-01-04");
    let mut before = account.clone();
    let camt = message(&mut before, "2022-01-04", vec![entry(euros(8), RECEIVED, vec![received(euros(8))])]);
    let coda = account.file("2022-01-04", vec![says(euros(8), "!")]);
    assert_eq!(story.import(file("2.xml", camt.statement())).await.state, FileState::Imported);
    assert_eq!(story.offer(coda).await.state, FileState::Known);
    assert_eq!(story.balance("cash_at_bank").await, euros(515));
    story.finish().await;
}

#[tokio::test]
async fn the_same_statement_with_another_balance_is_refused_with_a_sentence() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    let mut before = account.clone();
    story.import(account.file("2022-01-03", vec![says(euros(7), "?")])).await;
    let camt = message(&mut before, "2022-01-03", vec![entry(euros(8), RECEIVED, vec![received(euros(8))])]);
    let report = story.offer(file("other.xml", camt.statement())).await;
    assert_eq!(report.state, FileState::Refused);
    let said: Vec<String> = report.problems.iter().map(|text| tell(Lang::En, text)).collect();
    assert_eq!(
        said[0],
        format!(
            "{}: statement 001 of 03/01/2022 goes from €\u{a0}0.00 to €\u{a0}8.00, but the same statement came before as \
             coda (file 2022-01-03.cod) and goes from €\u{a0}0.00 to €\u{a0}7.00. Ask the bank which of the two is right.",
            story.fund.code
        )
    );
    assert_eq!(story.balance("cash_at_bank").await, euros(7));
    story.finish().await;
}
