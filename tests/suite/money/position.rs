//! Where a fund stands on each day of a story that was worked out by hand.

use energiehuis::domain::ledger::passed_to_funder;
use energiehuis::domain::money::Money;
use energiehuis::services::draws::close::close;
use energiehuis::services::funds::history::history;
use energiehuis::services::funds::pass_on::pass_on;
use energiehuis::services::funds::position::position;
use energiehuis::services::ledger::check::check;

use super::story::{Story, day, euros};

/// Day, cash, committed, outstanding, due to the funder, free to lend: at the end of each day, in euro.
const BY_HAND: [(&str, i64, i64, i64, i64, i64); 8] = [
    // The line of 1,800,000 is open, nothing has moved.
    ("2022-10-16", 0, 0, 0, 0, 1_800_000),
    // VEKA pays 60,000 of it: from promise to cash.
    ("2022-10-17", 60_000, 0, 0, 0, 1_800_000),
    // A family is promised 50,000.
    ("2022-10-18", 60_000, 50_000, 0, 0, 1_750_000),
    // An invoice of 30,000 is approved: owed by the family, owed to the contractor.
    ("2022-10-21", 60_000, 20_000, 30_000, 0, 1_750_000),
    // The bank pays the contractor.
    ("2022-10-25", 30_000, 20_000, 30_000, 0, 1_750_000),
    // The works are done for 30,000: 20,000 comes free.
    ("2022-11-02", 30_000, 0, 30_000, 0, 1_770_000),
    // The family repays 1,000, which is VEKA's.
    ("2022-11-10", 31_000, 0, 29_000, 1_000, 1_770_000),
    // It is passed on.
    ("2022-11-15", 30_000, 0, 29_000, 0, 1_770_000),
];

pub(super) async fn lived() -> Story {
    let story = Story::on("2022-10-16").await;
    let (fund, line) = story.emergency_fund(1_800_000).await;
    story.test.go_to("2022-10-17");
    story.receive(&line, 60_000).await;
    story.test.go_to("2022-10-18");
    let application = story.application(&fund, 50_000).await;
    story.commit(&fund, &application).await.unwrap();
    story.test.go_to("2022-10-20");
    let loan_id = story.sign(&fund, &application, 1).await;
    story.test.go_to("2022-10-21");
    let approved = story.draw(loan_id, &application, 30_000).await;
    story.test.go_to("2022-10-25");
    story.bank_pays(&approved).await;
    story.test.go_to("2022-11-02");
    close(&story.test.house, &story.officer, loan_id).await.unwrap();
    story.test.go_to("2022-11-10");
    story.import(&fund, vec![story.payment(loan_id, ("line:1", euros(1_000)))]).await;
    story.test.go_to("2022-11-15");
    let orders = pass_on(&story.test.house, &story.accountant, fund.fund_id).await.unwrap();
    let [order] = &orders[..] else { panic!("{orders:?}") };
    assert_eq!((order.amount, order.creditor_name.as_str()), (euros(1_000), "VEKA"));
    assert!(pass_on(&story.test.house, &story.accountant, fund.fund_id).await.unwrap().is_empty(), "ordered before");
    story.pay(order.payment_order_id).await;
    let today = story.test.clock.today();
    let entry = passed_to_funder(today, line.source_id, order.payment_order_id, order.amount).unwrap();
    story.post(fund.fund_id, entry).await;
    story
}

#[tokio::test]
async fn the_position_of_every_day_is_the_one_worked_out_by_hand() {
    let story = lived().await;
    for (on, cash, committed, outstanding, due, free) in BY_HAND {
        let funds = position(&story.test.house, &story.accountant, Some(day(on))).await.unwrap();
        let [fund] = &funds[..] else { panic!("{funds:?}") };
        let found = [fund.cash, fund.committed, fund.outstanding, fund.due_to_funder, fund.free_to_lend];
        assert_eq!(found, [cash, committed, outstanding, due, free].map(euros), "{on}");
    }
    let agreed = check(&story.test.house, &story.accountant).await.unwrap();
    assert!(agreed.ok, "{:?}", agreed.differences);
    let months = history(&story.test.house, &story.accountant, fund_id(&story).await, None).await.unwrap();
    let ends: Vec<(String, Money, Money)> =
        months.iter().map(|month| (month.on.to_string(), month.position.cash, month.position.free_to_lend)).collect();
    assert_eq!(ends[0], ("2022-01-31".to_owned(), Money::ZERO, euros(1_800_000)));
    assert_eq!(ends[ends.len() - 2], ("2022-10-31".to_owned(), euros(30_000), euros(1_750_000)));
    assert_eq!(ends[ends.len() - 1], ("2022-11-15".to_owned(), euros(30_000), euros(1_770_000)));
    story.test.finish().await;
}

async fn fund_id(story: &Story) -> uuid::Uuid {
    sqlx::query_scalar("SELECT fund_id FROM funds").fetch_one(&story.test.pool).await.unwrap()
}

#[tokio::test]
async fn the_commands_answer_in_the_shape_that_scripts_rely_on() {
    let story = lived().await;
    let program = story.test.program();
    let answer = program.run(&["fund", "position", "--as-of", "2022-11-10", "--format", "json"]);
    assert_eq!(
        answer.out.trim(),
        r#"{"as_of":"2022-11-10","funds":[{"code":"NKF","name":"Fonds NKF","cash":"31000.00","committed":"0.00","outstanding":"29000.00","due_to_funder":"1000.00","free_to_lend":"1770000.00"}]}"#
    );
    let answer = program.run(&["ledger", "check", "--format", "json"]);
    assert_eq!((answer.status, answer.out.trim()), (0, r#"{"ok":true,"entries":5,"differences":[]}"#));
    let answer = program.run(&["fund", "position", "--as-of", "31-12-2022"]);
    assert_eq!(answer.status, 2);
    assert!(
        answer.err.contains("--as-of is “31-12-2022”, which is not a date; write it like 2026-06-30"),
        "{}",
        answer.err
    );
    let answer = program.run(&["loan", "show", "l-2022-00001", "--as-of", "2022-11-02", "--format", "json"]);
    assert!(answer.out.contains(r#""outstanding":"30000.00""#), "{} {}", answer.out, answer.err);
    let answer = program.run(&["loan", "show", "L-1"]);
    assert_eq!(answer.status, 2);
    story.test.finish().await;
}
