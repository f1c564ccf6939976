//! Details of totals in a file of their own: they place money that is on the account already, and never add any.

use energiehuis::domain::loan::{Payer, Usage};
use energiehuis::domain::matching::Reason;
use energiehuis::domain::money::Money;
use energiehuis::i18n::{Lang, tell};
use energiehuis::services::Error;
use energiehuis::services::bank::{self, BankFile, FileReport, FileState, OnGap, Settlement, UndoRequest};
use energiehuis::storage::bank::{LineFilter, Outcome, Page};
use uuid::Uuid;

use super::account::{self, Account, paid, says};
use super::camt::{file, message};
use super::story::{Family, Story, euros};
use crate::formats::camt_files::{CHARGE, Entry, Message, RECEIVED, SENT, Transaction, entry, received};

fn booked(report: &FileReport) -> Vec<(Reason, Money)> {
    report.booked.iter().map(|sum| (sum.reason, sum.amount)).collect()
}

fn waiting(report: &FileReport) -> Vec<(Reason, Money)> {
    report.suspense.iter().map(|line| (line.reason, line.amount)).collect()
}

fn explained(report: &FileReport) -> Vec<(Money, usize)> {
    report.explained.iter().map(|total| (total.amount, total.details)).collect()
}

/// A total without its details.
fn total(amount: Money, name: &str) -> Entry {
    Entry { batch: Some(name.to_owned()), ..entry(amount, RECEIVED, Vec::new()) }
}

fn of(amount: i64, family: &Family) -> Transaction {
    Transaction { ogm: Some(family.loan.ogm), ..received(euros(amount)) }
}

/// The same message with the transactions of its totals, as CAMT.054.
fn feed(statement: &Message, transactions: Vec<Vec<Transaction>>) -> BankFile {
    let entries = statement.entries.iter().zip(transactions);
    let entries = entries.map(|(entry, transactions)| Entry { transactions, ..entry.clone() }).collect();
    file("details.xml", Message { entries, ..statement.clone() }.notification())
}

/// Two families that repay, with the money for them on the account.
async fn families(story: &Story, account: &mut Account) -> (Family, Family) {
    story.import(account.file("2022-01-03", vec![paid(euros(50_000), story.source.ogm)])).await;
    let (one, _) = story.repaying(12, 10_000).await;
    let (other, _) = story.repaying(13, 5000).await;
    story.test.go_to("2022-06-02");
    (one, other)
}

#[tokio::test]
async fn a_camt_054_takes_the_money_of_a_total_out_of_suspense() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    let (one, other) = families(&story, &mut account).await;
    let statement = message(&mut account, "2022-06-02", vec![total(euros(1507), "RUN-1")]);
    let first = story.import(file("2.xml", statement.statement())).await;
    assert_eq!(waiting(&first), [(Reason::TotalWithoutDetails, euros(1507))]);
    let cash = story.balance("cash_at_bank").await;
    let details = feed(&statement, vec![vec![of(1000, &one), of(500, &other), received(euros(7))]]);
    let report = story.import(details.clone()).await;
    assert_eq!(explained(&report), [(euros(1507), 3)]);
    assert_eq!(booked(&report), [(Reason::LoanReference, euros(1500))]);
    assert_eq!(waiting(&report), [(Reason::NoReference, euros(7))]);
    assert_eq!((report.suspense[0].sequence.as_str(), report.suspense[0].detail.as_str()), ("0001", "0003"));
    assert_eq!(story.balance("cash_at_bank").await, cash, "no money came in");
    assert_eq!(story.balance("unmatched_receipts").await, euros(-7));
    assert_eq!((story.state(&one).await.repaid, story.state(&other).await.repaid), (euros(1000), euros(500)));
    // Once, in whatever bytes it comes.
    let before = story.rows().await;
    assert_eq!(story.offer(details.clone()).await.state, FileState::Known);
    let other_bytes = String::from_utf8(details.bytes).unwrap().replace("T20:00:00", "T22:00:00");
    let again = story.offer(file("again.xml", other_bytes)).await;
    assert_eq!((again.state, again.known_since.is_some()), (FileState::Known, true));
    assert_eq!(story.rows().await, before);
    story.finish().await;
}

#[tokio::test]
async fn a_detail_that_nobody_could_place_is_settled_by_a_person_and_the_total_no_longer_waits() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    let (one, _) = families(&story, &mut account).await;
    let statement = message(&mut account, "2022-06-02", vec![total(euros(107), "RUN-1")]);
    story.import(file("2.xml", statement.statement())).await;
    story.import(feed(&statement, vec![vec![of(100, &one), received(euros(7))]])).await;
    let open = LineFilter { suspense_only: true, ..LineFilter::default() };
    let open = bank::lines(story.house(), &story.accountant, open, Page::of(1, 9)).await.unwrap();
    let seen: Vec<_> = open.iter().map(|line| (line.outcome, line.amount)).collect();
    assert_eq!(seen, [(Outcome::Suspense, euros(7))]);
    let settlement = Settlement {
        bank_line_id: open[0].bank_line_id,
        loan_id: one.loan.loan_id,
        reason: "by name".to_owned(),
        payer: Payer::default(),
        usage: Usage::default(),
    };
    bank::settle(story.house(), &story.accountant, settlement).await.unwrap();
    assert_eq!(story.state(&one).await.repaid, euros(107));
    assert_eq!(story.balance("unmatched_receipts").await, Money::ZERO);
    story.finish().await;
}

#[tokio::test]
async fn an_explained_total_stays_explained_and_each_of_its_details_can_be_taken_back() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    let (one, _) = families(&story, &mut account).await;
    let statement = message(&mut account, "2022-06-02", vec![total(euros(107), "RUN-1")]);
    story.import(file("2.xml", statement.statement())).await;
    story.import(feed(&statement, vec![vec![of(100, &one), received(euros(7))]])).await;
    let undo = async |id| {
        let request = UndoRequest { id, reason: "not this family".to_owned(), once: None };
        bank::undo(story.house(), &story.accountant, request).await
    };
    let decision: Uuid =
        sqlx::query_scalar("SELECT bank_decision_id FROM bank_decisions").fetch_one(&story.test.pool).await.unwrap();
    let Err(Error::Refused(text)) = undo(decision).await else { panic!("the total waits again beside its details") };
    assert_eq!(text.key, "bank-undo-explained");
    let booked: Uuid = sqlx::query_scalar(
        "SELECT bank_line_id FROM bank_lines WHERE explains_line_id IS NOT NULL AND outcome = 'booked'",
    )
    .fetch_one(&story.test.pool)
    .await
    .unwrap();
    undo(booked).await.unwrap();
    assert_eq!(story.state(&one).await.repaid, Money::ZERO);
    assert_eq!(story.balance("unmatched_receipts").await, euros(-107));
    story.finish().await;
}

#[tokio::test]
async fn details_that_come_before_their_statement_are_held_back_with_a_sentence() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    let (one, _) = families(&story, &mut account).await;
    let statement = message(&mut account, "2022-06-02", vec![total(euros(107), "RUN-1")]);
    let details = feed(&statement, vec![vec![of(100, &one), received(euros(7))]]);
    let before = story.rows().await;
    let early = story.offer(details.clone()).await;
    assert_eq!(early.state, FileState::Refused);
    assert_eq!(
        early.problems.iter().map(|text| tell(Lang::En, text)).collect::<Vec<_>>(),
        ["EL: no total of €\u{a0}107.00 booked on 02/06/2022 waits for details, so 2 details of it cannot be placed. \
          Import the statement of that day first."]
    );
    assert_eq!(story.rows().await, before, "nothing is written");
    story.import(file("2.xml", statement.statement())).await;
    assert_eq!(explained(&story.import(details).await), [(euros(107), 2)]);
    story.finish().await;
}

#[tokio::test]
async fn details_that_are_held_follow_by_themselves_when_their_statement_comes() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    let (one, _) = families(&story, &mut account).await;
    let statement = message(&mut account, "2022-06-02", vec![total(euros(107), "RUN-1")]);
    let details = feed(&statement, vec![vec![of(100, &one), received(euros(7))]]);
    let held = bank::import_with(story.house(), &story.accountant, vec![details], OnGap::Hold).await.unwrap();
    assert_eq!(held.files[0].state, FileState::Held);
    let files = vec![file("2.xml", statement.statement())];
    let report = bank::import(story.house(), &story.accountant, files).await.unwrap();
    let states: Vec<_> = report.files.iter().map(|file| (file.name.as_str(), file.state)).collect();
    assert_eq!(states, [("2.xml", FileState::Imported), ("details.xml", FileState::Imported)]);
    assert_eq!(explained(&report.files[1]), [(euros(107), 2)]);
    assert_eq!(story.state(&one).await.repaid, euros(100));
    story.finish().await;
}

#[tokio::test]
async fn details_and_their_statement_may_come_in_any_order_at_once() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    let (one, _) = families(&story, &mut account).await;
    let statement = message(&mut account, "2022-06-02", vec![total(euros(107), "RUN-1")]);
    let details = feed(&statement, vec![vec![of(100, &one), received(euros(7))]]);
    let files = vec![details, file("2.xml", statement.statement())];
    let report = bank::import(story.house(), &story.accountant, files).await.unwrap();
    assert_eq!(report.count(FileState::Imported), 2);
    assert_eq!(story.state(&one).await.repaid, euros(100));
    story.finish().await;
}

#[tokio::test]
async fn of_two_totals_of_one_amount_each_gets_its_own_details() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    let (one, other) = families(&story, &mut account).await;
    let entries = vec![total(euros(100), "RUN-1"), total(euros(100), "RUN-2")];
    let statement = message(&mut account, "2022-06-02", entries);
    story.import(file("2.xml", statement.statement())).await;
    let second = Message { entries: vec![statement.entries[1].clone()], ..statement.clone() };
    story.import(feed(&second, vec![vec![of(60, &other), of(40, &one)]])).await;
    let names: Vec<String> = sqlx::query_scalar(
        "SELECT t.batch_reference FROM bank_lines d JOIN bank_lines t ON t.bank_line_id = d.explains_line_id",
    )
    .fetch_all(&story.test.pool)
    .await
    .unwrap();
    assert_eq!(names, ["RUN-2", "RUN-2"]);
    // The same feed in another file is known, although a total of that amount still waits.
    let bytes = feed(&second, vec![vec![of(60, &other), of(40, &one)]]).bytes;
    let again = String::from_utf8(bytes).unwrap().replace("T20:00:00", "T21:00:00");
    assert_eq!(story.offer(file("again.xml", again)).await.state, FileState::Known);
    assert_eq!(story.balance("unmatched_receipts").await, euros(-100));
    story.finish().await;
}

#[tokio::test]
async fn a_feed_of_what_is_placed_already_changes_nothing() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    let (one, _) = families(&story, &mut account).await;
    let statement = message(&mut account, "2022-06-02", vec![entry(euros(100), RECEIVED, vec![of(100, &one)])]);
    story.import(file("2.xml", statement.statement())).await;
    let before = story.rows().await;
    assert_eq!(story.offer(file("same.xml", statement.notification())).await.state, FileState::Known);
    assert_eq!(story.rows().await, before);
    story.finish().await;
}

#[tokio::test]
async fn a_total_of_our_own_orders_is_explained_order_by_order() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    story.import(account.file("2022-01-03", vec![paid(euros(50_000), story.source.ogm)])).await;
    let (_, roof) = story.repaying(12, 10_000).await;
    let (_, heating) = story.repaying(13, 5000).await;
    let total = Entry { batch: Some("RUN-1".to_owned()), ..entry(euros(-15_000), SENT, Vec::new()) };
    let statement = message(&mut account, "2022-01-04", vec![total]);
    story.test.go_to("2022-01-04");
    story.import(file("2.xml", statement.statement())).await;
    assert_eq!(story.balance("unexplained_payments").await, euros(15_000));
    let order = |amount, id: &str| Transaction { end_to_end_id: id.to_owned(), ..received(euros(amount)) };
    let orders = vec![order(-10_000, &roof.order.end_to_end_id), order(-5000, &heating.order.end_to_end_id)];
    let report = story.import(feed(&statement, vec![orders])).await;
    assert_eq!(booked(&report), [(Reason::OrderExecuted, euros(-15_000))]);
    assert_eq!(story.balance("unexplained_payments").await, Money::ZERO);
    assert_eq!(story.balance("contractors_payable").await, Money::ZERO);
    story.finish().await;
}

#[tokio::test]
async fn a_total_of_receipts_less_a_charge_is_parted_to_both_sides() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    let (one, _) = families(&story, &mut account).await;
    let statement = message(&mut account, "2022-06-02", vec![total(euros(95), "RUN-1")]);
    story.import(file("2.xml", statement.statement())).await;
    let xml = String::from_utf8(feed(&statement, vec![vec![of(100, &one), received(euros(-5))]]).bytes).unwrap();
    // The second transaction is a charge of the bank.
    let [domain, family, subfamily] = CHARGE;
    let code = format!(
        "<BkTxCd><Domn><Cd>{domain}</Cd><Fmly><Cd>{family}</Cd><SubFmlyCd>{subfamily}</SubFmlyCd></Fmly></Domn></BkTxCd>"
    );
    let xml =
        xml.replace("<CdtDbtInd>DBIT</CdtDbtInd><RltdPties>", &format!("<CdtDbtInd>DBIT</CdtDbtInd>{code}<RltdPties>"));
    let report = story.import(file("details.xml", xml)).await;
    assert_eq!(booked(&report), [(Reason::LoanReference, euros(100)), (Reason::BankCharge, euros(-5))]);
    assert_eq!(story.balance("unmatched_receipts").await, Money::ZERO);
    assert_eq!(story.balance("unexplained_payments").await, Money::ZERO);
    assert_eq!(story.balance("bank_charges").await, euros(5));
    story.finish().await;
}

/// The file as a separate application of CODA (record 0, positions 84 to 88).
pub(crate) fn separate(coda: &BankFile) -> BankFile {
    let mut bytes = coda.bytes.clone();
    bytes[87] = b'1';
    BankFile { name: "details.cod".to_owned(), bytes }
}

#[tokio::test]
async fn a_coda_separate_application_explains_a_total_with_or_without_repeating_it() {
    for repeated in [true, false] {
        let story = Story::new().await;
        let mut account = Account::of(&story.fund);
        let (one, other) = families(&story, &mut account).await;
        let mut second = account.clone();
        let details = vec![paid(euros(100), one.loan.ogm), paid(euros(50), other.loan.ogm), says(euros(7), "?")];
        let whole = account::total(details);
        let detailed = second.file("2022-06-02", vec![whole.clone()]);
        let mut bare = account.statement("2022-06-02", vec![whole]);
        bare.entries[0].details.clear();
        let bare = account::file("2022-06-02.cod", &[bare]);
        // A total of the bank stays one without its details.
        let bare = BankFile { bytes: as_total(&bare.bytes), ..bare };
        assert_eq!(waiting(&story.import(bare).await), [(Reason::TotalWithoutDetails, euros(157))]);
        let mut feed = separate(&detailed);
        if !repeated {
            feed.bytes = without_total(&feed.bytes);
        }
        let report = story.import(feed).await;
        assert_eq!(explained(&report), [(euros(157), 3)], "repeated: {repeated}");
        assert_eq!(booked(&report), [(Reason::LoanReference, euros(150))]);
        assert_eq!(story.balance("unmatched_receipts").await, euros(-7));
        assert_eq!(story.balance("cash_at_bank").await, account.balance);
        story.finish().await;
    }
}

fn lines(bytes: &[u8]) -> Vec<String> {
    std::str::from_utf8(bytes).unwrap().lines().map(str::to_owned).collect()
}

/// The first movement as a total of the bank: transaction type 2 (position 54).
pub(crate) fn as_total(bytes: &[u8]) -> Vec<u8> {
    let mut lines = lines(bytes);
    lines[2].replace_range(53..54, "2");
    lines.iter().flat_map(|line| [line.as_bytes(), b"\n"].concat()).collect()
}

/// The file without the records of its first movement, and with the count of its trailer put right (position 17).
fn without_total(bytes: &[u8]) -> Vec<u8> {
    let mut lines = lines(bytes);
    let total = |line: &String| line.starts_with('2') && &line[2..10] == "00010000";
    let before = lines.len();
    lines.retain(|line| !total(line));
    let gone = before - lines.len();
    let trailer = lines.last_mut().unwrap();
    let count: usize = trailer[16..22].parse().unwrap();
    trailer.replace_range(16..22, &format!("{:06}", count - gone));
    lines.iter().flat_map(|line| [line.as_bytes(), b"\n"].concat()).collect()
}
