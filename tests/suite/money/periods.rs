//! Closed periods: nothing new lands in one, a correction lands on the first open day and says where it belongs.

use std::time::Duration;

use chrono::NaiveDate;
use energiehuis::domain::fund::Fund;
use energiehuis::domain::ledger::{Account, FundingKind, JournalEntry, Posting, Reason, fee_received};
use energiehuis::domain::money::Money;
use energiehuis::domain::product::Product;
use energiehuis::i18n::{Lang, tell};
use energiehuis::services::ledger::close::{ClosePeriod, close, periods};
use energiehuis::services::{Actor, Error};
use energiehuis::storage::ledger::{NewEntry, insert_entries, movements_of_loan};
use energiehuis::storage::periods as table;
use serde_json::json;

use super::story::{Story, day, euros, refusal};

/// A fund with a grant, on 10 January 2023; its bank has told everything of the year before.
async fn in_january() -> (Story, Fund) {
    let story = Story::on("2022-10-17").await;
    let fund = story.fund("ROL", Product::RollingFund).await;
    let grant = story.source(&fund, FundingKind::Grant, None, 100_000).await;
    story.receive(&grant, 100_000).await;
    story.test.go_to("2023-01-10");
    story.statement(fund.fund_id).await;
    (story, fund)
}

fn through(fund: &Fund, on: &str) -> ClosePeriod {
    ClosePeriod { fund_id: fund.fund_id, through: day(on) }
}

fn fee(story: &Story, fund: &Fund, on: NaiveDate) -> NewEntry {
    story.new_entry(fund.fund_id, fee_received(on, euros(5)).unwrap())
}

async fn book(story: &Story, entry: NewEntry) -> Result<(), Error> {
    let mut tx = story.test.house.begin().await?;
    insert_entries(&mut tx, &[entry]).await?;
    story.test.house.commit(tx).await
}

#[tokio::test]
async fn an_entry_of_a_closed_day_is_refused_with_the_day_the_fund_and_the_first_open_day() {
    let (story, fund) = in_january().await;
    book(&story, fee(&story, &fund, day("2022-12-31"))).await.unwrap();
    let closed = close(&story.test.house, &story.accountant, through(&fund, "2022-12-31")).await.unwrap();
    assert_eq!((closed.fund.as_str(), closed.first_open), ("ROL", day("2023-01-01")));
    let before = story.count("postings").await;
    for on in ["2022-12-31", "2022-12-03", "2019-02-28"] {
        let Err(Error::Refused(text)) = book(&story, fee(&story, &fund, day(on))).await else { panic!("{on}") };
        let shown = day(on).format("%d/%m/%Y");
        let dutch = format!("Op {shown} kan in ROL niets meer worden geboekt: de eerste open dag is 01/01/2023.");
        let english = format!("Nothing can be booked in ROL on {shown} any more: the first open day is 01/01/2023.");
        assert_eq!((tell(Lang::Nl, &text), tell(Lang::En, &text)), (dutch, english));
    }
    assert_eq!(story.count("postings").await, before);
    book(&story, fee(&story, &fund, day("2023-01-01"))).await.unwrap();
    // Another fund is not closed by it.
    let other = story.fund("EL", Product::EnergyLoan).await;
    book(&story, fee(&story, &other, day("2022-12-03"))).await.unwrap();
    story.test.finish().await;
}

#[tokio::test]
async fn a_correction_lands_on_the_first_open_day_and_keeps_the_day_it_belongs_to() {
    let story = Story::on("2022-10-17").await;
    let (fund, line) = story.emergency_fund(100_000).await;
    story.receive(&line, 40_000).await;
    let application = story.application(&fund, 40_000).await;
    story.commit(&fund, &application).await.unwrap();
    let loan_id = story.sign(&fund, &application, 1).await;
    story.draw(loan_id, &application, 40_000).await;
    let correction = |effective_on| {
        let owed = Posting::debit(Account::LoansReceivable, Money::from_cents(1)).of_loan(loan_id);
        let fee = Posting::credit(Account::FeeIncome, Money::from_cents(1));
        let entry = JournalEntry::new(Reason::EntryReversed, effective_on, vec![owed, fee]);
        story.new_entry(fund.fund_id, entry.unwrap())
    };
    let landed = NewEntry { belongs_on: Some(day("2022-12-03")), ..correction(day("2023-01-01")) };
    book(&story, landed.clone()).await.unwrap();
    let mut db = story.test.house.read().await.unwrap();
    let movements = movements_of_loan(&mut db, loan_id).await.unwrap();
    let days: Vec<_> = movements.iter().map(|movement| (movement.effective_on, movement.belongs_on)).collect();
    let drawn = (day("2022-10-17"), None);
    assert_eq!(days, [drawn, drawn, (day("2023-01-01"), Some(day("2022-12-03")))]);
    // It never belongs to the day on which it counts, or to a later one.
    for own in ["2023-01-01", "2023-01-02"] {
        let wrong = NewEntry { belongs_on: Some(day(own)), ..correction(day("2023-01-01")) };
        let refused = insert_entries(&mut db, &[wrong]).await.unwrap_err();
        assert_eq!(refused.constraint(), Some("journal_entries_belongs_on_check"), "{own}");
    }
    drop(db);
    story.test.finish().await;
}

#[tokio::test]
async fn a_closing_only_moves_forward_and_never_reaches_today() {
    let (story, fund) = in_january().await;
    let house = &story.test.house;
    let ask = async |on: &str| close(house, &story.accountant, through(&fund, on)).await;
    assert_eq!(refusal(ask("2023-01-10").await), "period-not-over");
    assert_eq!(refusal(ask("2023-06-30").await), "period-not-over");
    ask("2022-11-30").await.unwrap();
    assert_eq!(refusal(ask("2022-11-30").await), "period-closed-already");
    assert_eq!(refusal(ask("2022-10-31").await), "period-closed-already");
    // The committee may see funds and close nothing; the manager may.
    let forbidden = close(house, &story.committee, through(&fund, "2022-12-31")).await;
    assert!(matches!(forbidden, Err(Error::Forbidden)), "{forbidden:?}");
    let manager = Actor { role: energiehuis::domain::access::Role::Manager, ..story.accountant.clone() };
    close(house, &manager, through(&fund, "2022-12-31")).await.unwrap();
    let unknown = ClosePeriod { fund_id: uuid::Uuid::nil(), through: day("2022-12-31") };
    assert!(matches!(close(house, &manager, unknown).await, Err(Error::NotFound { kind: "fund", .. })));
    assert_eq!(story.count("fund_closings").await, 2);
    // The database refuses it to a program that forgets to ask.
    let mut db = house.read().await.unwrap();
    let (fund_id, closed_by, closed_at) = (fund.fund_id, manager.user_id, story.test.clock.now());
    let back = table::Closing { fund_id, closed_through: day("2022-12-31"), closed_by, closed_at };
    let refused = table::close(&mut db, &back).await.unwrap_err();
    assert_eq!(refused.constraint(), Some("fund_closings_growing"));
    let closed = table::closed_through(&mut db, &[fund_id]).await.unwrap();
    assert_eq!(closed.get(&fund_id), Some(&day("2022-12-31")));
    drop(db);
    let [period] = &periods(house, &story.committee).await.unwrap()[..] else { panic!("one fund") };
    assert_eq!((period.closed_through, period.first_open), (Some(day("2022-12-31")), Some(day("2023-01-01"))));
    assert_eq!(period.closings.len(), 2);
    let audited: serde_json::Value = sqlx::query_scalar(
        "SELECT detail FROM audit_rows WHERE action = 'fund.period_closed' AND subject_id = $1 ORDER BY at LIMIT 1",
    )
    .bind(fund_id)
    .fetch_one(&story.test.pool)
    .await
    .unwrap();
    assert_eq!(audited, json!({ "code": "ROL", "closed_through": "2022-11-30" }));
    story.test.finish().await;
}

#[tokio::test]
async fn a_period_is_closed_when_the_bank_has_told_everything_about_it() {
    let (story, fund) = in_january().await;
    let house = &story.test.house;
    story.test.go_to("2023-02-10");
    let Err(Error::Invalid(problems)) = close(house, &story.accountant, through(&fund, "2023-01-31")).await else {
        panic!("the last statement is of 10 January");
    };
    assert_eq!(problems[0].field, "through");
    let sentence = tell(Lang::En, &problems[0].text);
    assert!(sentence.starts_with("The last statement of ROL is of 10/01/2023. Import a statement of after 31/01/2023"));
    assert_eq!(refusal(close(house, &story.accountant, through(&fund, "2023-01-10")).await), "period-bank-behind");
    close(house, &story.accountant, through(&fund, "2023-01-09")).await.unwrap();
    story.test.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_closing_waits_for_an_entry_under_way_and_an_entry_for_a_closing() {
    let (story, fund) = in_january().await;
    let house = story.test.house.clone();
    let mut tx = house.begin().await.unwrap();
    insert_entries(&mut tx, &[fee(&story, &fund, day("2022-12-03"))]).await.unwrap();
    let (at_work, accountant, period) = (house.clone(), story.accountant.clone(), through(&fund, "2022-12-31"));
    let mut closing = tokio::spawn(async move { close(&at_work, &accountant, period).await });
    let early = tokio::time::timeout(Duration::from_millis(300), &mut closing).await;
    assert!(early.is_err(), "the entry is not booked yet");
    house.commit(tx).await.unwrap();
    closing.await.unwrap().unwrap();

    let mut tx = house.begin().await.unwrap();
    let (fund_id, closed_by, closed_at) = (fund.fund_id, story.accountant.user_id, story.test.clock.now());
    let next = table::Closing { fund_id, closed_through: day("2023-01-05"), closed_by, closed_at };
    table::close(&mut tx, &next).await.unwrap();
    let (at_work, late) = (house.clone(), fee(&story, &fund, day("2023-01-05")));
    let mut booking = tokio::spawn(async move {
        let mut tx = at_work.begin().await?;
        insert_entries(&mut tx, &[late]).await?;
        at_work.commit(tx).await
    });
    let early = tokio::time::timeout(Duration::from_millis(300), &mut booking).await;
    assert!(early.is_err(), "the closing is not sure yet");
    house.commit(tx).await.unwrap();
    assert_eq!(refusal(booking.await.unwrap()), "period-closed");
    story.test.finish().await;
}

#[tokio::test]
async fn periods_are_closed_and_listed_on_the_command_line() {
    let (story, _) = in_january().await;
    let program = story.test.program();
    let closed = program.json(&["ledger", "close", "--fund", "ROL", "--through", "2022-12-31", "--format", "json"]);
    assert_eq!(closed, json!({ "fund": "ROL", "closed_through": "2022-12-31", "first_open": "2023-01-01" }));
    let listed = program.json(&["ledger", "periods", "--format", "json"]);
    assert_eq!((&listed[0]["fund"], &listed[0]["closed_through"]), (&json!("ROL"), &json!("2022-12-31")));
    assert_eq!(listed[0]["closings"].as_array().unwrap().len(), 1);
    let table = program.run(&["ledger", "periods"]);
    assert!(table.status == 0 && table.out.contains("2023-01-01"), "{table:?}");
    for (arguments, says) in [
        (["--fund", "NKF", "--through", "2022-12-31"], "--fund is “NKF”, which is not a fund; there is: ROL"),
        (["--fund", "ROL", "--through", "31/12/2022"], "--through is “31/12/2022”, which is not a date"),
        (["--fund", "ROL", "--through", "2022-12-31"], "--through is “2022-12-31”: ROL is closed through 31/12/2022"),
        (["--fund", "ROL", "--through", "2199-12-31"], "--through is “2199-12-31”: Only what is over can be closed."),
    ] {
        let answer = program.run(&[&["ledger", "close"][..], &arguments].concat());
        assert!(answer.status == 2 && answer.err.contains(says) && answer.out.is_empty(), "{answer:?}");
    }
    assert_eq!(story.count("fund_closings").await, 1);
    story.test.finish().await;
}
