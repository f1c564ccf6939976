//! Payment runs: from orders that wait to the file of the bank, and back on its statement.

mod accounts;
mod at_once;
mod bank;
mod doors;
mod reopen;
mod returns;
mod rules;
mod runs;
mod story;

use chrono::NaiveDate;
use energiehuis::domain::access::Role;
use energiehuis::domain::identity::EnterpriseNumber;
use energiehuis::domain::money::Money;
use energiehuis::services::bank::{DecisionRequest, agreement, decide};
use energiehuis::services::invoices::approve::Approved;
use energiehuis::services::payments::{Confirmed, File, Outcome, Payer, RunView, Step, file, show, take};
use energiehuis::services::users::{NewUser, add};
use energiehuis::services::{Actor, Error};
use serde_json::json;

use crate::bank::account::says;
use crate::support::town::{Family, KORTRIJK, Purse, Town, energy_loan, euros};

/// Who pays here.
fn payer() -> Payer {
    Payer {
        name: "Energiehuis Zuid-West-Vlaanderen".to_owned(),
        enterprise_number: EnterpriseNumber::parse("0566.988.259").unwrap(),
    }
}

/// A house with people who pay, and a fund with money.
struct Office {
    town: Town,
    purse: Purse,
    manager: Actor,
    second: Actor,
}

impl Office {
    /// On Monday 7 February 2022.
    async fn open() -> Self {
        let town = Town::on("2022-02-07").await;
        let purse = town.energy_fund(100_000).await;
        let manager = person(&town, Role::Manager, "manager").await;
        let second = person(&town, Role::Accountant, "partner").await;
        Self { town, purse, manager, second }
    }

    fn maker(&self) -> &Actor {
        &self.town.accountant
    }

    /// A family whose roof is paid: an order to its contractor.
    async fn order(&self, n: u32, amount: i64) -> (Family, Approved) {
        let family = self.town.contract(energy_loan(n, amount, None)).await;
        let approved = self.town.draw(&family, (&format!("F-{n}"), euros(amount))).await;
        (family, approved)
    }

    /// Money that was not ours is ordered back, on 8 February: an order to its sender. Answers its identification.
    async fn order_to_sender(&mut self) -> String {
        self.town.test.go_to("2022-02-08");
        let file = self.purse.account.file("2022-02-08", vec![says(euros(75), "voor het dak")]);
        let bank_line_id = self.town.import(file).await.suspense[0].bank_line_id;
        for person in [self.maker(), &self.second] {
            let form = json!({ "reason": "Niet van ons", "parts": [{ "kind": "refund" }] });
            let request = DecisionRequest { bank_line_id, form: serde_json::from_value(form).unwrap(), once: None };
            decide(self.town.house(), person, request).await.unwrap();
        }
        let found = sqlx::query_scalar("SELECT end_to_end_id FROM payment_orders WHERE kind = 'sender'");
        found.fetch_one(&self.town.test.pool).await.unwrap()
    }

    async fn take(&self, actor: &Actor, step: Step) -> Result<Outcome, Error> {
        take(self.town.house(), actor, (&payer(), &step)).await
    }

    /// A run of everything that waits, for Wednesday 9 February 2022.
    async fn make(&self) -> RunView {
        self.take(self.maker(), make_on("2022-02-09")).await.unwrap().run
    }

    async fn release(&self, actor: &Actor, run: &RunView, notes: &[(&str, &str)]) -> Result<Outcome, Error> {
        let confirmed =
            notes.iter().map(|(about, note)| Confirmed { about: about.parse().unwrap(), note: (*note).to_owned() });
        let step = Step::Release { run: run.head.number.clone(), confirmed: confirmed.collect() };
        self.take(actor, step).await
    }

    async fn export(&self, run: &RunView) -> Result<Outcome, Error> {
        self.take(self.maker(), Step::Export { run: run.head.number.clone() }).await
    }

    async fn cancel(&self, run: &RunView, reason: &str) -> Result<Outcome, Error> {
        let step = Step::Cancel { run: run.head.number.clone(), reason: reason.to_owned() };
        self.take(self.maker(), step).await
    }

    /// Made, released by the manager and the second accountant, exported.
    async fn sent(&self) -> (RunView, File) {
        let run = self.make().await;
        self.release(&self.manager, &run, &[]).await.unwrap();
        self.release(&self.second, &run, &[]).await.unwrap();
        self.export(&run).await.unwrap();
        (self.see(&run).await, self.file(&run).await)
    }

    async fn see(&self, run: &RunView) -> RunView {
        self.see_by_number(&run.head.number).await
    }

    async fn see_by_number(&self, number: &str) -> RunView {
        show(self.town.house(), self.maker(), number).await.unwrap()
    }

    async fn file(&self, run: &RunView) -> File {
        file(self.town.house(), self.maker(), &run.head.number).await.unwrap()
    }

    /// Everything that must agree, agrees: the books with themselves, and with the bank on every day.
    async fn agrees(&self) {
        let check = energiehuis::services::ledger::check::check(self.town.house(), self.maker()).await.unwrap();
        assert!(check.ok, "{:#?}", check.differences);
        for fund in agreement(self.town.house(), self.maker(), None).await.unwrap() {
            assert_eq!(fund.days_that_differ, 0, "{fund:?}");
        }
    }

    /// The same, and nothing is left over.
    async fn close(self) {
        self.agrees().await;
        self.town.test.finish().await;
    }
}

fn make_on(day: &str) -> Step {
    Step::Make { fund: None, execute_on: on(day) }
}

fn on(day: &str) -> NaiveDate {
    day.parse().unwrap()
}

async fn person(town: &Town, role: Role, name: &str) -> Actor {
    let nis_code = (role == Role::HousingDesk).then(|| KORTRIJK.to_owned());
    let new = NewUser {
        email: format!("{name}@w13.example"),
        name: name.to_owned(),
        role,
        nis_code: nis_code.clone(),
        password: None,
        language: "nl".to_owned(),
    };
    Actor { user_id: add(town.house(), &Actor::system(), new).await.unwrap(), role, nis_code }
}

/// The key of the sentence with which a rule said no.
fn refusal(outcome: Result<Outcome, Error>) -> String {
    match outcome {
        Err(Error::Refused(text) | Error::Conflict(text)) => text.key,
        Err(Error::Invalid(problems)) => format!("{}: {}", problems[0].field, problems[0].text.key),
        Err(Error::Forbidden) => "forbidden".to_owned(),
        Err(Error::NotFound { kind, .. }) => format!("no {kind}"),
        other => panic!("{other:?}"),
    }
}

/// The sum of amounts in a file, from its own control sum.
fn control_sum(file: &File) -> Money {
    let text = String::from_utf8(file.bytes.clone()).unwrap();
    let (_, rest) = text.split_once("<CtrlSum>").unwrap();
    rest.split_once("</CtrlSum>").unwrap().0.parse().unwrap()
}
