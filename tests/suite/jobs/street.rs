//! Families with energy loans, the jobs that look after them, and the mail server that their reminders go to.

use chrono::{DateTime, Utc};
use energiehuis::jobs::definition::{Definition, named};
use energiehuis::jobs::{Tools, run_by_hand};
use energiehuis::services::Actor;
use energiehuis::services::job_runs::{JobRun, RunState};
use energiehuis::services::post::Post;
use serde_json::Value;

use crate::bank::account::paid;
use crate::support::smtp::Sink;
use crate::support::town::{Family, Purse, Town, emergency_loan, energy_loan, euros, sender};

/// A street of families.
pub(crate) struct Street {
    pub(crate) town: Town,
    pub(crate) purse: Purse,
    pub(crate) sink: Sink,
    pub(crate) tools: Tools,
    families: u32,
}

/// The definition of a job.
pub(crate) fn job(name: &str) -> Definition {
    named(name).unwrap().unwrap()
}

/// A moment, as `2022-05-12T07:00:00Z`.
pub(crate) fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

impl Street {
    /// On Monday 7 February 2022, with 100,000 to lend.
    pub(crate) async fn new() -> Self {
        let town = Town::on("2022-02-07").await;
        let purse = town.energy_fund(100_000).await;
        let sink = Sink::start().await;
        let post = Post::smtp(&sink.url()).unwrap();
        let tools = Tools { house: town.house().clone(), post, sender: sender(), bank_folder: None };
        Self { town, purse, sink, tools, families: 0 }
    }

    /// A family that owes 9,000 in 60 instalments of 150, the first on Sunday 1 May 2022, payable on Monday.
    pub(crate) async fn family(&mut self, email: Option<&str>) -> Family {
        self.families += 1;
        let family = self.town.contract(energy_loan(self.families, 9000, email)).await;
        let invoice = format!("F-{}", self.families);
        self.town.draw(&family, (&invoice, euros(9000))).await;
        self.town.finish_works(&family).await;
        family
    }

    /// `count` families with mail addresses.
    pub(crate) async fn families(&mut self, count: u32) -> Vec<Family> {
        let mut families = Vec::new();
        for n in 1..=count {
            families.push(self.family(Some(&format!("family{n}@borrower.example"))).await);
        }
        families
    }

    /// A family that bought a bad house in need: 20,000, due in one sum after twenty years, wholly drawn.
    pub(crate) async fn emergency_buyers(&mut self, email: Option<&str>) -> Family {
        self.families += 1;
        let family = self.town.contract(emergency_loan(self.families, 20_000, email)).await;
        let invoice = format!("F-{}", self.families);
        self.town.draw(&family, (&invoice, euros(20_000))).await;
        self.town.finish_works(&family).await;
        family
    }

    /// The bank says that a family paid today.
    pub(crate) async fn pays(&mut self, family: &Family, amount: i64) {
        let today = self.town.test.clock.today().to_string();
        let file = self.purse.account.file(&today, vec![paid(euros(amount), family.ogm)]);
        self.town.import(file).await;
    }

    /// A job by hand for today, as it ended.
    pub(crate) async fn try_run(&self, name: &str) -> JobRun {
        self.run_of(&job(name)).await
    }

    /// A job as defined here, by hand for today, as it ended.
    pub(crate) async fn run_of(&self, job: &Definition) -> JobRun {
        run_by_hand(&self.tools, &Actor::system(), job, self.town.test.clock.today()).await.unwrap()
    }

    /// A job by hand for today, to a good end: its report.
    pub(crate) async fn run(&self, name: &str) -> Value {
        let run = self.try_run(name).await;
        assert_eq!(run.state, RunState::Done, "{run:?}");
        run.report.unwrap()
    }

    /// The job of the night on another day: its report.
    pub(crate) async fn night(&self, day: &str) -> Value {
        self.town.test.go_to(day);
        self.run("arrears_day").await
    }

    /// Takes away what a test let go wrong on purpose, after it has looked at it.
    pub(crate) async fn forget_failures(&self) {
        self.town
            .execute("DELETE FROM job_runs WHERE state = 'failed'; DELETE FROM outbox_messages WHERE state = 'failed'")
            .await;
    }

    /// Ends the test: what waits in the outbox is delivered, and nothing is left over.
    pub(crate) async fn finish(self) {
        self.run("outbox_send").await;
        self.town.test.finish().await;
    }
}
