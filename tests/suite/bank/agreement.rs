//! Bank and ledger at the end of every day, as people and scripts ask for it.

use energiehuis::services::bank;
use serde_json::json;

use super::account::{Account, file, says};
use super::story::{Story, euros};

#[tokio::test]
async fn bank_and_ledger_are_equal_at_the_end_of_every_day_that_a_statement_closes() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    account.balance = euros(500);
    story.import(account.file("2022-01-03", vec![says(euros(20), "?")])).await;
    story.test.go_to("2022-01-05");
    // Two statements of one day: the last one says how the day ended.
    let pair = [
        account.statement("2022-01-05", vec![says(euros(3), "?")]),
        account.statement("2022-01-05", vec![says(euros(4), "?")]),
    ];
    story.import(file("pair.cod", &pair)).await;
    let days = bank::days(story.house(), &story.accountant, None).await.unwrap();
    let seen: Vec<_> = days.iter().map(|day| (day.on.to_string(), day.sequence, day.bank, day.ledger)).collect();
    assert_eq!(
        seen,
        [("2022-01-03".to_owned(), 1, euros(520), euros(520)), ("2022-01-05".to_owned(), 3, euros(527), euros(527)),]
    );
    let answer = story.test.program().json(&["bank", "balance", "--format", "json"]);
    assert_eq!((&answer["funds"][0]["fund"], &answer["funds"][0]["differs_since"]), (&json!("EL"), &json!(null)));
    assert_eq!((&answer["funds"][0]["days_that_differ"], answer.get("days")), (&json!(0), None));
    story.finish().await;
}

#[tokio::test]
async fn a_difference_is_told_with_its_amount_and_the_statement_since_which_it_is_there() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    for on in ["2022-01-03", "2022-01-04", "2022-01-05"] {
        story.test.go_to(on);
        story.import(account.file(on, vec![says(euros(20), "?")])).await;
    }
    // Money that no statement knows of: only somebody with the keys of the database can do this.
    let entry = story.house().ids.next();
    let insert = "WITH entry AS (
            INSERT INTO journal_entries (entry_id, fund_id, reason, effective_on, booked_at, booked_by, idempotency_key)
            VALUES ($1, $2, 'receipt_unmatched', '2022-01-04', now(), $3, 'by hand') RETURNING entry_id, fund_id)
        INSERT INTO postings (entry_id, line, fund_id, account, amount)
        SELECT entry_id, line, fund_id, account, amount
        FROM entry, (VALUES (1, 'cash_at_bank', 7.00), (2, 'unmatched_receipts', -7.00)) AS side (line, account, amount)";
    let insert = sqlx::query(insert).bind(entry).bind(story.fund.fund_id).bind(story.accountant.user_id);
    insert.execute(&story.test.pool).await.unwrap();

    let found = bank::agreement(story.house(), &story.accountant, None).await.unwrap().remove(0);
    let since = found.differs_since.unwrap();
    assert_eq!((since.sequence, since.on.to_string(), since.difference()), (2, "2022-01-04".to_owned(), euros(-7)));
    assert_eq!((found.days_that_differ, found.last.difference()), (2, euros(-7)));

    let answer = story.test.program().run(&["bank", "balance", "--days"]);
    assert_eq!(answer.status, 1, "{answer:?}");
    assert!(answer.out.contains("statement 002 of 2022-01-04") && answer.out.contains("-7.00"), "{}", answer.out);
    assert!(answer.err.contains("bank and ledger differ on 2 days"), "{}", answer.err);
    let unknown = story.test.program().run(&["bank", "balance", "--fund", "XYZ"]);
    assert_eq!(unknown.status, 2, "{unknown:?}");
    assert!(unknown.err.contains("--fund is “XYZ”, which is not a fund"), "{}", unknown.err);
    story.test.finish().await;
}
