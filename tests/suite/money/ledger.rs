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

/// What rows of the mass tables name is asked once for a whole statement, and no longer row by row by a foreign key: it
/// must be refused all the same, by the same name.
#[tokio::test]
async fn a_row_that_names_what_is_not_there_is_refused() {
    let story = with_an_entry().await;
    let other = story.fund("NOOD", Product::EmergencyBuyer).await;
    let other = other.fund_id;
    let entry = |fund: &str, by: &str, reverses: &str| {
        format!(
            "INSERT INTO journal_entries (entry_id, fund_id, reason, idempotency_key, effective_on, booked_at, booked_by,
                                          reverses_entry_id)
             SELECT md5('new')::uuid, {fund}, reason, 'new', effective_on, booked_at, {by}, {reverses}
             FROM journal_entries LIMIT 1"
        )
    };
    // Each posting comes with one that is right: it is not the first row alone that is looked at.
    let posting = |fund: &str, account: &str, loan: &str, source: &str| {
        format!(
            "INSERT INTO postings (entry_id, line, fund_id, account, amount, loan_id, source_id)
             SELECT md5('new')::uuid, 1, fund_id, 'cash_at_bank', 1, NULL::uuid, NULL::uuid
             FROM journal_entries WHERE idempotency_key = 'new'
             UNION ALL
             SELECT md5('new')::uuid, 2, {fund}, '{account}', -1, {loan}, {source}
             FROM journal_entries WHERE idempotency_key = 'new'"
        )
    };
    let (nobody, none) = ("md5('nobody')::uuid", "NULL::uuid");
    let fact = |loan: &str| {
        format!(
            "INSERT INTO loan_facts (fact_id, loan_id, kind, event, effective_on, booked_at, booked_by, idempotency_key)
             SELECT md5('new')::uuid, {loan}, 'signed', '{{\"kind\":\"signed\"}}', effective_on, booked_at, booked_by, 'new'
             FROM journal_entries LIMIT 1"
        )
    };
    let line = format!(
        "INSERT INTO bank_lines (bank_line_id, bank_statement_id, fund_id, ordinal, sequence, detail, amount, booked_on,
                                 kind, bank_reference, outcome, reason)
         SELECT md5('new')::uuid, {nobody}, fund_id, 1, '0001', '0000', 1, effective_on, '', '', 'detailed', 'details_booked'
         FROM journal_entries LIMIT 1"
    );
    let right = entry("fund_id", "booked_by", none);
    for (statements, name) in [
        (vec![entry(nobody, "booked_by", none)], "journal_entries_fund_id_fkey"),
        (vec![entry("fund_id", nobody, none)], "journal_entries_booked_by_fkey"),
        (vec![entry("fund_id", "booked_by", nobody)], "journal_entries_reverses_entry_id_fkey"),
        (vec![right.clone(), posting(&format!("'{other}'::uuid"), "fee_income", none, none)], "postings_fund_fkey"),
        (vec![right.clone(), posting("fund_id", "petty_cash", none, none)], "postings_account_fkey"),
        (vec![right.clone(), posting("fund_id", "loans_receivable", nobody, none)], "postings_loan_fkey"),
        (vec![right.clone(), posting("fund_id", "grants", none, nobody)], "postings_source_fkey"),
        (vec![fact(nobody)], "loan_facts_loan_id_fkey"),
        (vec![line], "bank_lines_bank_statement_id_fkey"),
        (vec!["DELETE FROM funds".to_owned()], "funds_append_only"),
        (vec!["UPDATE users SET user_id = md5('new')::uuid".to_owned()], "users_append_only"),
        (vec!["TRUNCATE funding_sources CASCADE".to_owned()], "funding_sources_append_only"),
        (vec!["DELETE FROM accounts".to_owned()], "accounts_append_only"),
    ] {
        let statements: Vec<&str> = statements.iter().map(String::as_str).collect();
        assert_eq!(constraint(&story, &statements).await, name, "{statements:?}");
    }
    let whole = posting("fund_id", "fee_income", none, none);
    let mut tx = story.test.pool.begin().await.unwrap();
    for statement in [right, whole] {
        sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
    assert_eq!(story.count("postings").await, 4, "and what is right is taken");
    story.test.finish().await;
}
