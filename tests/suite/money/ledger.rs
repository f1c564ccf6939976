//! What the database itself refuses, whatever a program asks.

use energiehuis::domain::ledger::FundingKind;
use energiehuis::domain::product::Product;

use super::story::Story;

/// The name of the constraint with which the database refused a statement.
async fn constraint(story: &Story, statements: &[&str]) -> String {
    let mut tx = story.test.pool.begin().await.unwrap();
    let mut refused = None;
    for statement in statements {
        match sqlx::query(sqlx::AssertSqlSafe((*statement).to_owned())).execute(&mut *tx).await {
            Ok(_) => {}
            Err(error) => refused = Some(error),
        }
    }
    let error = match refused {
        Some(error) => error,
        None => tx.commit().await.unwrap_err(),
    };
    error.as_database_error().and_then(|error| error.constraint()).unwrap_or_default().to_owned()
}

async fn with_an_entry() -> Story {
    let story = Story::on("2022-10-17").await;
    let fund = story.fund("ROL", Product::RollingFund).await;
    let grant = story.source(&fund, FundingKind::Grant, None, 100_000).await;
    story.receive(&grant, 100_000).await;
    story
}

#[tokio::test]
async fn postings_and_entries_are_never_changed_or_removed() {
    let story = with_an_entry().await;
    for (statement, name) in [
        ("UPDATE postings SET amount = amount + 1", "postings_append_only"),
        ("DELETE FROM postings", "postings_append_only"),
        ("TRUNCATE postings", "postings_append_only"),
        ("UPDATE journal_entries SET reason = 'fee_received'", "journal_entries_append_only"),
        ("DELETE FROM journal_entries", "journal_entries_append_only"),
        ("TRUNCATE journal_entries CASCADE", "journal_entries_append_only"),
        ("UPDATE commitment_movements SET amount = 1", "commitment_movements_append_only"),
        ("DELETE FROM loan_facts", "loan_facts_append_only"),
        ("UPDATE fund_closings SET closed_through = closed_through - 1", "fund_closings_append_only"),
        ("DELETE FROM fund_closings", "fund_closings_append_only"),
    ] {
        assert_eq!(constraint(&story, &[statement]).await, name, "{statement}");
    }
    assert_eq!(story.count("postings").await, 2);
    story.test.finish().await;
}

const ENTRY: &str =
    "INSERT INTO journal_entries (entry_id, fund_id, reason, idempotency_key, effective_on, booked_at, booked_by)
    SELECT md5('new')::uuid, fund_id, reason, 'new', effective_on, booked_at, booked_by FROM journal_entries LIMIT 1";

fn posting(entry: &str, line: u8, amount: &str) -> String {
    format!(
        "INSERT INTO postings (entry_id, line, fund_id, account, amount)
         SELECT {entry}, {line}, fund_id, 'cash_at_bank', {amount} FROM funds LIMIT 1"
    )
}

#[tokio::test]
async fn an_entry_that_does_not_balance_is_refused_at_commit() {
    let story = with_an_entry().await;
    let (one, two) = (posting("md5('new')::uuid", 1, "10.00"), posting("md5('new')::uuid", 2, "-9.99"));
    assert_eq!(constraint(&story, &[ENTRY, &one, &two]).await, "journal_entries_balance");
    assert_eq!(constraint(&story, &[ENTRY]).await, "journal_entries_balance", "an entry without postings");
    assert_eq!(story.count("journal_entries").await, 1);
    story.test.finish().await;
}

#[tokio::test]
async fn a_posting_cannot_join_an_entry_later() {
    let story = with_an_entry().await;
    let late = posting("(SELECT entry_id FROM journal_entries LIMIT 1)", 3, "10.00");
    assert_eq!(constraint(&story, &[&late]).await, "postings_entry_closed");
    story.test.finish().await;
}
