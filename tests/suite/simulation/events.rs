//! What people record on loans: things that make sense where a loan is in its life, and things that do not.

use chrono::{Days, NaiveDate};
use energiehuis::domain::calendar;
use energiehuis::domain::loan::{DebtSettlement, Discharge, LoanState, Repayment, Status, Trigger};
use energiehuis::domain::money::Money;
use energiehuis::services::loans::events::{Request, preview, record};
use energiehuis::services::{Actor, Once};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::dice::Dice;
use super::world::World;
use crate::support::town::euros;

/// Who records something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    Officer,
    Committee,
    Accountant,
}

/// Chance, a loan, and the day.
pub(super) struct Desk<'a> {
    pub(super) dice: &'a mut Dice,
    pub(super) state: &'a LoanState,
    pub(super) today: NaiveDate,
    /// Somebody who may owe the loan next.
    pub(super) person: Uuid,
}

type Weighed = Vec<(u32, (Who, Value))>;

impl Desk<'_> {
    /// Something that makes sense now.
    pub(super) fn sensible(&mut self) -> Option<(Who, Value)> {
        let mut found = self.of_status();
        if self.state.drawn.is_positive() {
            found.push((1, self.debtor()));
        }
        if self.state.overpaid.is_positive() {
            found.push((12, self.refund()));
        }
        let runs = matches!(self.state.status, Status::Repaying | Status::CalledDue | Status::Matured);
        match self.state.debt_settlement {
            Some(DebtSettlement::Admitted(_)) => found.push((9, self.ruling())),
            None if runs => found.push((1, (Who::Officer, json!({ "kind": "debt_settlement_admitted" })))),
            Some(DebtSettlement::Ruled(_)) | None => {}
        }
        self.dice.weighed(found).map(|(who, event)| (who, self.dated(event)))
    }

    /// Anything, sensible or not.
    pub(super) fn blind(&mut self) -> (Who, Value) {
        let all = vec![
            (2, (Who::Officer, json!({ "kind": "withdrawn" }))),
            (2, (Who::Officer, json!({ "kind": "draws_closed" }))),
            (2, self.holiday()),
            (2, self.reschedule()),
            (2, self.plan()),
            (1, self.call()),
            (2, self.acceleration()),
            (2, self.exit()),
            (2, self.spread()),
            (1, self.debtor()),
            (1, (Who::Officer, json!({ "kind": "debt_settlement_admitted" }))),
            (2, self.ruling()),
            (2, self.write_off()),
            (2, (Who::Officer, json!({ "kind": "discharge_requested", "reference": "VR 1" }))),
            (2, self.decision()),
            (2, self.refund()),
        ];
        let (who, event) = self.dice.weighed(all).unwrap();
        (who, self.dated(event))
    }

    fn of_status(&mut self) -> Weighed {
        let close = || (Who::Officer, json!({ "kind": "draws_closed" }));
        let drawn = self.state.drawn.is_positive();
        let young = self.today <= self.state.terms().signed_on + Days::new(14);
        match self.state.status {
            Status::Signed if !young => Vec::new(),
            Status::Signed | Status::Drawing => {
                let withdrawal = (Who::Officer, json!({ "kind": "withdrawn" }));
                let call = u32::from(drawn);
                vec![(3, close()), (if young { 9 } else { 0 }, withdrawal), (call, self.call())]
            }
            Status::Repaying => {
                let late = if self.state.overdue(self.today).is_positive() { 3 } else { 0 };
                vec![
                    (4, self.holiday()),
                    (3, self.reschedule()),
                    (3, self.plan()),
                    (1, self.call()),
                    (late, self.acceleration()),
                ]
            }
            Status::Waiting => vec![(3, self.call()), (1, self.spread())],
            Status::Matured | Status::CalledDue => {
                vec![(6, self.spread()), (4, self.plan()), (5, self.exit()), (3, self.write_off())]
            }
            Status::WrittenOff => match self.state.discharge {
                None => vec![(4, (Who::Officer, json!({ "kind": "discharge_requested", "reference": "VR 1" })))],
                Some(Discharge::Requested) => vec![(4, self.decision())],
                Some(Discharge::Granted | Discharge::Refused) => Vec::new(),
            },
            Status::Closed => Vec::new(),
        }
    }

    /// Mostly of today; sometimes known late, now and then so late that its day is closed.
    fn dated(&mut self, mut event: Value) -> Value {
        let days = match self.dice.between(1, 20) {
            1..=4 => self.dice.between(1, 60),
            5 => self.dice.between(30, 500),
            _ => return event,
        };
        event["effective_on"] = json!(self.today - Days::new(u64::from(days)));
        event
    }

    fn later(&mut self, least: u32, most: u32) -> NaiveDate {
        calendar::add_days(self.today, self.dice.between(least, most))
    }

    fn frequency(&mut self) -> &'static str {
        self.dice.pick::<&str>(&["monthly", "quarterly", "yearly"])
    }

    fn holiday(&mut self) -> (Who, Value) {
        (Who::Officer, json!({ "kind": "holiday_granted", "instalments": self.dice.between(1, 6) }))
    }

    fn reschedule(&mut self) -> (Who, Value) {
        let event = json!({
            "kind": "rescheduled", "instalments": self.dice.between(1, 150), "frequency": self.frequency(),
            "first_due_on": self.later(1, 70),
        });
        (Who::Officer, event)
    }

    /// Sums on days that add up to what is owed; seldom to a cent more.
    fn plan(&mut self) -> (Who, Value) {
        let owed = self.state.outstanding + if self.dice.percent(5) { Money::from_cents(1) } else { Money::ZERO };
        (Who::Officer, json!({ "kind": "plan_agreed", "lines": self.lines(owed) }))
    }

    fn lines(&mut self, owed: Money) -> Value {
        let weights: Vec<u64> = (0..self.dice.between(1, 20)).map(|_| u64::from(self.dice.between(1, 5))).collect();
        let mut due_on = self.today;
        let mut lines = Vec::new();
        for amount in owed.split(&weights).into_iter().filter(|amount| amount.is_positive()) {
            due_on = calendar::add_days(due_on, self.dice.between(5, 200));
            lines.push(json!({ "due_on": due_on, "amount": amount }));
        }
        json!(lines)
    }

    fn call(&mut self) -> (Who, Value) {
        let sold = [Trigger::RightsTransferred, Trigger::Death];
        let any = if self.dice.percent(60) { *self.dice.pick(&sold) } else { *self.dice.pick(&Trigger::ALL) };
        let trigger = any.code();
        (Who::Officer, json!({ "kind": "called_due", "trigger": trigger, "due_on": self.later(0, 200) }))
    }

    fn acceleration(&mut self) -> (Who, Value) {
        let noticed_on = self.today - Days::new(u64::from(self.dice.between(25, 120)));
        (Who::Committee, json!({ "kind": "accelerated", "noticed_on": noticed_on, "due_on": self.later(0, 60) }))
    }

    fn exit(&mut self) -> (Who, Value) {
        let value = self.dice.money(euros(50_000), euros(320_000));
        (Who::Officer, json!({ "kind": "exit_valued", "value_at_exit": value, "valued_by": "akte" }))
    }

    fn spread(&mut self) -> (Who, Value) {
        let most = match self.state.terms().repayment {
            Repayment::Bullet { spread_months_max, .. } => spread_months_max.max(12),
            _ => 60,
        };
        let all = self.state.outstanding;
        let amount = if self.dice.percent(60) { all } else { self.dice.money(Money::from_cents(100), all) };
        let (frequency, months) = *self.dice.pick(&[("monthly", 1), ("quarterly", 3), ("yearly", 12)]);
        let event = json!({
            "kind": "spread", "amount": amount, "instalments": (self.dice.between(6, most) / months).max(1),
            "frequency": frequency, "first_due_on": self.later(1, 60),
        });
        (Who::Committee, event)
    }

    fn debtor(&mut self) -> (Who, Value) {
        let cause = *self.dice.pick(&["heir", "ex_partner"]);
        (Who::Officer, json!({ "kind": "debtor_changed", "person_id": self.person, "cause": cause }))
    }

    fn ruling(&mut self) -> (Who, Value) {
        let owed = self.state.outstanding;
        let part = self.dice.money(Money::ZERO, owed);
        let remitted = *self.dice.pick(&[Money::ZERO, part, part, owed]);
        let lines = if remitted == owed { json!([]) } else { self.lines(owed - remitted) };
        (Who::Committee, json!({ "kind": "debt_settlement_ruled", "lines": lines, "remitted": remitted }))
    }

    fn write_off(&mut self) -> (Who, Value) {
        (Who::Committee, json!({ "kind": "written_off", "evidence": "dossier 1" }))
    }

    fn decision(&mut self) -> (Who, Value) {
        let granted = self.dice.percent(60);
        (Who::Committee, json!({ "kind": "discharge_decided", "granted": granted, "reference": "VR 2" }))
    }

    fn refund(&mut self) -> (Who, Value) {
        let most = self.state.overpaid;
        let amount = if self.dice.percent(60) { most } else { self.dice.money(Money::from_cents(1), most) };
        let event = json!({
            "kind": "overpayment_refunded", "amount": amount, "iban": "BE68 5390 0754 7034", "name": "An Voorbeeld",
        });
        (Who::Accountant, event)
    }
}

impl World {
    pub(super) fn actor(&self, who: Who) -> Actor {
        match who {
            Who::Officer => self.town.officer.clone(),
            Who::Committee => self.town.committee[0].clone(),
            Who::Accountant => self.town.accountant.clone(),
        }
    }

    /// An event that makes sense, or one that may not.
    pub(super) async fn event(&mut self, index: usize, sensible: bool) {
        let today = self.today();
        let other = self.dice.place(self.contracts.len());
        let person = self.contracts[other].loan.borrower_id;
        let state = self.contracts[index].on(today);
        let mut desk = Desk { dice: &mut self.dice, state: &state, today, person };
        let found = if sensible { desk.sensible() } else { Some(desk.blind()) };
        if let Some((who, event)) = found {
            self.record(index, who, event).await;
        }
    }

    /// Records an event through the door of the house; sometimes previewed, sometimes sent twice. What is refused
    /// writes nothing. Answers whether it was recorded.
    pub(super) async fn record(&mut self, index: usize, who: Who, event: Value) -> bool {
        self.begin_with(&event.to_string(), index);
        let actor = self.actor(who);
        let request = self.request(index, &event, None);
        let how = self.dice.between(1, 100);
        let (previewed, twice, counted) = (how <= 12, (13..=20).contains(&how), how <= 30);
        let before = if counted { self.rows().await } else { Vec::new() };
        let preview = if previewed { Some(preview(self.house(), &actor, request.clone()).await) } else { None };
        if preview.is_some() {
            assert_eq!(self.rows().await, before, "a preview writes nothing");
        }
        let once = twice.then(|| Once {
            key: self.house().ids.next().to_string(),
            body_sha256: Sha256::digest(event.to_string().as_bytes()).into(),
        });
        let request = Request { once, ..request };
        match record(self.house(), &actor, request.clone()).await {
            Ok(recorded) => {
                assert!(recorded.is_new);
                if let Some(preview) = preview {
                    assert_eq!(preview.unwrap(), recorded.json, "what was previewed is what was recorded");
                }
                if twice {
                    self.again(&actor, request, &recorded.json).await;
                }
                self.reload(&[index]).await;
                true
            }
            Err(error) => {
                if let Some(Ok(preview)) = preview {
                    panic!("previewed as {preview}, and refused: {error:?}");
                }
                if counted {
                    assert_eq!(self.rows().await, before, "what is refused writes nothing: {error:?}");
                }
                self.refused(error, &event.to_string());
                false
            }
        }
    }

    pub(super) fn request(&self, index: usize, event: &Value, once: Option<Once>) -> Request {
        let loan = self.contracts[index].loan.number.clone();
        Request { loan, form: serde_json::from_value(event.clone()).unwrap(), once }
    }

    /// The same request again answers the same and writes nothing; under its key, another one is a conflict.
    async fn again(&mut self, actor: &Actor, request: Request, answer: &str) {
        self.tally.fault("the same event twice");
        let before = self.rows().await;
        let again = record(self.house(), actor, request.clone()).await.unwrap();
        assert_eq!((again.json.as_str(), again.is_new), (answer, false));
        let once = request.once.map(|once| Once { body_sha256: [0; 32], ..once });
        let other = record(self.house(), actor, Request { once, ..request }).await;
        assert!(matches!(other, Err(energiehuis::services::Error::Conflict(_))), "{other:?}");
        assert_eq!(self.rows().await, before, "the second time writes nothing");
    }
}
