//! A house for one test.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use energiehuis::clock::{Chance, Clock, ClockHand, Ids, Secrets, local_moment};
use energiehuis::services::House;
use sqlx::PgPool;

use super::database::TestDatabase;
use super::program::Program;

/// A house on a database of its own, at nine in the morning of a business date, with identifiers from a seed.
///
/// End every test with [`TestHouse::finish`]: it fails the test when mail was not delivered or a job did not end.
#[derive(Debug)]
pub(crate) struct TestHouse {
    /// What services work with.
    pub(crate) house: House,
    /// The same connections as `house.pool`.
    pub(crate) pool: PgPool,
    /// The clock of the house.
    pub(crate) clock: Clock,
    /// Moves the clock.
    pub(crate) hand: ClockHand,
    database: Option<TestDatabase>,
}

impl TestHouse {
    /// A house on 16 October 2022.
    pub(crate) async fn new() -> Self {
        Self::on("2022-10-16").await
    }

    /// A house on a business date, written as `2022-10-16`.
    pub(crate) async fn on(day: &str) -> Self {
        let day: NaiveDate = day.parse().unwrap();
        Self::at(local_moment(day, NaiveTime::from_hms_opt(9, 0, 0).unwrap())).await
    }

    /// A house at a moment.
    pub(crate) async fn at(moment: DateTime<Utc>) -> Self {
        let database = TestDatabase::create().await;
        let pool = database.pool().await;
        let (clock, hand) = Clock::moved(moment);
        let ids = Ids::new(clock.clone(), Chance::seeded(1));
        let secrets = Secrets::new(Chance::seeded(2));
        let house = House { pool: pool.clone(), clock: clock.clone(), ids, secrets };
        Self { house, pool, clock, hand, database: Some(database) }
    }

    /// Moves the house to nine in the morning of another business date.
    pub(crate) fn go_to(&self, day: &str) {
        self.hand.set_local(day.parse().unwrap(), NaiveTime::from_hms_opt(9, 0, 0).unwrap());
    }

    /// The address of the house's database.
    pub(crate) fn url(&self) -> String {
        self.database.as_ref().unwrap().url()
    }

    /// The real program, on this house's database. It reads the machine's clock, not the moved one.
    pub(crate) fn program(&self) -> Program {
        Program::new().env("DATABASE_URL", &self.url())
    }

    /// Ends the test: nothing may be left over.
    pub(crate) async fn finish(mut self) {
        let left = left_over(&self.pool).await;
        self.pool.close().await;
        if let Some(database) = self.database.take() {
            database.drop().await;
        }
        assert!(left.is_empty(), "the test left something over: {}", left.join("; "));
    }
}

impl Drop for TestHouse {
    fn drop(&mut self) {
        let Some(database) = self.database.take() else { return };
        database.drop_blocking();
        assert!(std::thread::panicking(), "end the test with `house.finish().await`: it checks what was left over");
    }
}

/// What a day's work should not leave behind, by identifier.
async fn left_over(pool: &PgPool) -> Vec<String> {
    let mail: Vec<String> = sqlx::query_scalar(
        "SELECT format('mail %s (%s) is %s', message_id, rule, state) FROM outbox_messages WHERE state <> 'sent'",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    let jobs: Vec<String> = sqlx::query_scalar(
        "SELECT format('job %s due at %s is %s', job, due_at, state) FROM job_runs WHERE state <> 'done'",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    mail.into_iter().chain(jobs).collect()
}
