//! What goes wrong around a house: programs that stop half-way, keys and files that come twice, and people who ask for
//! what cannot be.

use chrono::{Days, NaiveDate};
use energiehuis::domain::ledger::Counter;
use energiehuis::domain::loan::LoanEvent;
use energiehuis::domain::money::Money;
use energiehuis::services::Error;
use energiehuis::services::bank::{FileState, import};
use energiehuis::services::ledger::close::{ClosePeriod, close};
use energiehuis::services::loans::book::{Booking, NewFact, book, book_many};
use energiehuis::services::loans::events::record;
use serde_json::{Value, json};

use super::bank::broken;
use super::events::Who;
use super::world::World;
use crate::support::town::euros;

impl World {
    /// Something goes wrong, and nothing of it stays.
    pub(super) async fn fault(&mut self, index: usize) {
        let before = self.rows().await;
        match self.dice.between(1, 7) {
            1 => self.dropped(index).await,
            2 => self.key_again(index).await,
            3 => self.key_of_another(index).await,
            4 => self.file_again().await,
            5 => self.broken_file().await,
            6 => self.impossible(index).await,
            _ => self.close_too_early().await,
        }
        assert_eq!(self.rows().await, before, "nothing stays of {}", self.place.doing);
    }

    fn a_payment(&mut self, key: &str) -> NewFact {
        let amount = self.dice.money(Money::from_cents(1), euros(500));
        let payment_id = self.house().ids.next();
        NewFact {
            event: LoanEvent::payment(payment_id, amount),
            effective_on: self.today(),
            idempotency_key: key.to_owned(),
        }
    }

    /// A program books, and stops before it commits.
    async fn dropped(&mut self, index: usize) {
        self.begin_with("a transaction that is dropped", index);
        self.tally.fault("a transaction dropped");
        let loan_id = self.contracts[index].loan.loan_id;
        let (first, second) = (self.a_payment("dropped:1"), self.a_payment("dropped:2"));
        let bookings = vec![
            Booking { loan_id, fact: first, counter: Counter::Bank },
            Booking { loan_id, fact: second, counter: Counter::Unmatched },
        ];
        let mut tx = self.house().begin().await.unwrap();
        book_many(&mut tx, (self.house(), &self.town.accountant), bookings).await.unwrap();
        drop(tx);
    }

    /// A key that booked before gives back what it booked then, whatever else the fact says.
    async fn key_again(&mut self, index: usize) {
        self.begin_with("a key that comes twice", index);
        self.tally.fault("a key twice");
        let Some((key, fact_id)) = self.a_key(index, "payment_received").await else { return };
        let loan_id = self.contracts[index].loan.loan_id;
        let fact = self.a_payment(&key);
        let mut tx = self.house().begin().await.unwrap();
        let booked =
            book(&mut tx, (self.house(), &self.town.accountant), (loan_id, fact), Counter::Bank).await.unwrap();
        self.house().commit(tx).await.unwrap();
        assert_eq!((booked.fact_id, booked.is_new), (fact_id, false));
    }

    /// A key that booked on one loan books on no other.
    async fn key_of_another(&mut self, index: usize) {
        self.begin_with("a key of another loan", index);
        self.tally.fault("a key of another loan");
        let Some((key, _)) = self.a_key(index, "payment_received").await else { return };
        let other = self.dice.place(self.contracts.len());
        if other == index {
            return;
        }
        let (loan_id, fact) = (self.contracts[other].loan.loan_id, self.a_payment(&key));
        let mut tx = self.house().begin().await.unwrap();
        let booked = book(&mut tx, (self.house(), &self.town.accountant), (loan_id, fact), Counter::Bank).await;
        drop(tx);
        assert!(matches!(booked, Err(Error::Conflict(_))), "{booked:?}");
    }

    async fn a_key(&self, index: usize, kind: &str) -> Option<(String, uuid::Uuid)> {
        let statement = "SELECT idempotency_key, fact_id FROM loan_facts WHERE loan_id = $1 AND kind = $2
                         ORDER BY fact_id LIMIT 1";
        let found = sqlx::query_as(statement).bind(self.contracts[index].loan.loan_id).bind(kind);
        found.fetch_optional(&self.town.test.pool).await.unwrap()
    }

    async fn file_again(&mut self) {
        self.begin("a file that comes twice");
        self.tally.fault("a file twice");
        let purse = self.dice.place(self.purses.len());
        let Some(file) = self.purses[purse].last_file.clone() else { return };
        let report = import(self.house(), &self.town.accountant, vec![file]).await.unwrap();
        assert_eq!(report.files[0].state, FileState::Known, "{report:?}");
    }

    async fn broken_file(&mut self) {
        self.begin("a file that does not follow");
        self.tally.fault("a file that does not follow");
        let (purse, today) = (self.dice.place(self.purses.len()), self.today());
        let file = broken(&self.purses[purse].account, today);
        let report = import(self.house(), &self.town.accountant, vec![file]).await.unwrap();
        assert_eq!(report.files[0].state, FileState::Refused, "{report:?}");
    }

    /// What no loan allows, whatever its state.
    async fn impossible(&mut self, index: usize) {
        let today = self.today();
        let event = self.impossible_event(index, today);
        self.begin_with(&format!("the impossible {event}"), index);
        self.tally.fault("an impossible event");
        for who in [Who::Officer, Who::Committee, Who::Accountant] {
            let (actor, request) = (self.actor(who), self.request(index, &event, None));
            match record(self.house(), &actor, request).await {
                Ok(recorded) => panic!("recorded: {}", recorded.json),
                Err(Error::Forbidden) => {}
                Err(error) => self.refused(error, &event.to_string()),
            }
        }
    }

    fn impossible_event(&mut self, index: usize, today: NaiveDate) -> Value {
        let contract = &self.contracts[index];
        let closed = self.purses[contract.purse].closed_through;
        let nobody = self.house().ids.next();
        let tomorrow = today + Days::new(1);
        match (self.dice.between(1, 10), closed) {
            (1, _) => json!({ "kind": "holiday_granted", "instalments": 0 }),
            (2, _) => json!({ "kind": "debt_settlement_admitted", "effective_on": tomorrow }),
            (3, _) => json!({ "kind": "plan_agreed", "lines": [] }),
            (4, _) => json!({ "kind": "called_due", "trigger": "acceleration", "due_on": tomorrow }),
            (5, _) => json!({ "kind": "called_due", "trigger": "death", "due_on": today - Days::new(1) }),
            (6, _) => json!({ "kind": "written_off", "evidence": " " }),
            (7, _) => json!({ "kind": "corrected", "fact_id": nobody, "reason": "?", "replacement": null }),
            (8, _) => json!({ "kind": "payment", "bank_line_id": nobody, "payer": "borrower" }),
            (9, Some(closed)) if closed >= contract.loan.terms.signed_on => {
                json!({ "kind": "debt_settlement_admitted", "effective_on": closed })
            }
            _ => json!({
                "kind": "corrected", "fact_id": contract.facts[0].fact_id, "reason": "?",
                "replacement": { "effective_on": today },
            }),
        }
    }

    async fn close_too_early(&mut self) {
        self.begin("a closing of today");
        self.tally.fault("a closing of a day that is not over");
        let fund_id = self.purses[0].fund.fund_id;
        let through = self.today();
        let closed = close(self.house(), &self.town.accountant, ClosePeriod { fund_id, through }).await;
        self.refused(closed.unwrap_err(), "a closing of today");
    }
}
