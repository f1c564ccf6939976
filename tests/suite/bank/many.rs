//! Thousands of lines in one go: the number of SQL statements does not grow with the file.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use energiehuis::domain::money::Money;
use energiehuis::services::House;
use sqlx::ConnectOptions;
use sqlx::postgres::PgPoolOptions;
use tracing::log::LevelFilter;
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

use super::account::{Account, charged, paid, says};
use super::story::{Story, euros, stranger};

/// Counts the statements that sqlx sends.
#[derive(Clone, Default)]
pub(super) struct Counter(pub(super) Arc<AtomicUsize>);

impl<S: Subscriber> Layer<S> for Counter {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

#[tokio::test]
async fn two_thousand_lines_take_as_many_statements_of_sql_as_twenty() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    story.import(account.file("2022-01-03", vec![paid(euros(900_000), story.source.ogm)])).await;
    let mut families = Vec::new();
    for serial in 1..=10 {
        families.push(story.repaying(serial, 10_000).await.0);
    }
    let lines = |count: usize| {
        let line = |index: usize| {
            let cents = Money::from_cents(i64::try_from(index % 97).unwrap() + 1);
            match index % 10 {
                0 => says(cents, "geen mededeling"),
                1 => paid(cents, stranger()),
                2 => charged(cents),
                _ => paid(cents, families[index % families.len()].loan.ogm),
            }
        };
        (0..count).map(line).collect::<Vec<_>>()
    };
    story.test.go_to("2022-06-03");
    let (small, large) = (account.file("2022-06-02", lines(20)), account.file("2022-06-03", lines(2000)));

    let options = (*story.test.pool.connect_options()).clone().log_statements(LevelFilter::Debug);
    let pool = PgPoolOptions::new().max_connections(1).connect_with(options).await.unwrap();
    let house = House { pool, ..story.house().clone() };
    let counter = Counter::default();
    // With one dispatcher alone, tracing asks whichever thread comes first whether a statement is worth logging, and
    // other tests have none; with two it asks the dispatchers.
    let _second = tracing::Dispatch::new(tracing_subscriber::registry());
    let _guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(counter.clone()));
    let mut counts = Vec::new();
    for file in [small, large] {
        counter.0.store(0, Ordering::Relaxed);
        let report = energiehuis::services::bank::import(&house, &story.accountant, vec![file]).await.unwrap();
        counts.push((report.files[0].lines, counter.0.load(Ordering::Relaxed)));
    }
    house.pool.close().await;
    let [(20, few), (2000, many)] = counts[..] else { panic!("{counts:?}") };
    assert!(few > 10, "the statements were counted: {few}");
    assert_eq!(many, few, "no statement per line");

    assert_eq!(story.balance("cash_at_bank").await, account.balance);
    let facts: i64 = sqlx::query_scalar("SELECT count(*) FROM loan_facts WHERE kind = 'payment_received'")
        .fetch_one(&story.test.pool)
        .await
        .unwrap();
    assert_eq!(facts, 7 * 202);
    story.finish().await;
}
