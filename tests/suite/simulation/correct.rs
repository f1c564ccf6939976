//! Earlier facts that turn out to be wrong, and money that turns out to be somebody else's.

use chrono::{Days, NaiveDate};
use energiehuis::domain::loan::{LoanEvent, LoanFact, corrected};
use serde_json::{Value, json};

use super::bank::take;
use super::credits::{About, Waiting};
use super::events::Who;
use super::world::World;

impl World {
    /// A random fact of a loan was wrong: it never happened, or it happened on another day, or otherwise.
    pub(super) async fn correct(&mut self, index: usize) {
        let candidates: Vec<LoanFact> = self.contracts[index]
            .facts
            .iter()
            .filter(|fact| !matches!(fact.event, LoanEvent::Signed | LoanEvent::Corrected { .. }))
            .cloned()
            .collect();
        if candidates.is_empty() {
            return;
        }
        // The agreements and decisions of a life are few among its payments.
        let money = |fact: &&LoanFact| matches!(fact.event, LoanEvent::PaymentReceived { .. });
        let others: Vec<LoanFact> = candidates.iter().filter(|fact| !money(fact)).cloned().collect();
        let pool = if others.is_empty() || self.dice.percent(30) { candidates } else { others };
        let wrong = self.dice.pick(&pool).clone();
        let who = self.may_correct(&wrong.event);
        let replacement = if self.dice.percent(40) { Value::Null } else { self.replacement(index, &wrong) };
        let event = json!({
            "kind": "corrected", "fact_id": wrong.fact_id, "reason": "vergissing", "replacement": replacement,
        });
        self.record(index, who, event).await;
    }

    fn may_correct(&mut self, event: &LoanEvent) -> Who {
        match event {
            LoanEvent::Accelerated { .. }
            | LoanEvent::Spread { .. }
            | LoanEvent::DebtSettlementRuled { .. }
            | LoanEvent::WrittenOff { .. }
            | LoanEvent::DischargeDecided { .. } => Who::Committee,
            LoanEvent::PaymentReceived { .. } | LoanEvent::OverpaymentRefunded { .. } => Who::Accountant,
            _ => Who::Officer,
        }
    }

    /// The same on another day, or something else of the same kind.
    fn replacement(&mut self, index: usize, wrong: &LoanFact) -> Value {
        let contract = &self.contracts[index];
        let stand = corrected(&contract.facts);
        let now = stand.iter().find(|fact| fact.fact_id == wrong.fact_id);
        let (was, event) = now.map_or((wrong.effective_on, &wrong.event), |fact| (fact.effective_on, &fact.event));
        let mut right = serde_json::to_value(event).unwrap();
        let was: NaiveDate = was;
        let moved = match self.dice.between(1, 5) {
            1 => was,
            2 => was + Days::new(u64::from(self.dice.between(1, 90))),
            3 => was - Days::new(u64::from(self.dice.between(1, 700))),
            _ => was - Days::new(u64::from(self.dice.between(1, 60))),
        };
        let today = self.today();
        match right["kind"].as_str().unwrap_or_default() {
            "holiday_granted" => right["instalments"] = json!(self.dice.between(1, 5)),
            "rescheduled" | "spread" => right["instalments"] = json!(self.dice.between(1, 40)),
            "payment_received" => right["usage"] = json!(self.usage()),
            "exit_valued" => right["value_at_exit"] = json!(self.dice.between(50_000, 300_000).to_string()),
            "discharge_decided" => right["granted"] = json!(self.dice.percent(50)),
            _ => {}
        }
        if self.dice.percent(40) {
            return json!({ "effective_on": moved.min(today) });
        }
        json!({ "effective_on": moved.min(today), "event": right })
    }

    fn usage(&mut self) -> &'static str {
        self.dice.pick::<&str>(&["instalments", "shorten_term", "lower_instalments"])
    }

    /// A person looks at a bank line that waits.
    pub(super) async fn settle(&mut self, line: Waiting) {
        if line.amount.is_positive() { self.place_credit(line).await } else { self.give_back(line).await }
    }

    /// A credit goes to the loan it was for; seldom to another one.
    async fn place_credit(&mut self, line: Waiting) {
        let of_fund: Vec<usize> =
            (0..self.contracts.len()).filter(|index| self.contracts[*index].purse == line.purse).collect();
        let index = match line.about {
            About::Loan(index) if self.dice.percent(95) => index,
            _ if of_fund.is_empty() || self.dice.percent(80) => return,
            _ => *self.dice.pick(&of_fund),
        };
        let payer = *self.dice.pick(&["borrower", "borrower", "third_party", "grant"]);
        let event = json!({
            "kind": "payment", "bank_line_id": line.bank_line_id, "payer": payer, "usage": self.usage(),
        });
        if self.record(index, Who::Accountant, event).await {
            take(&mut self.waiting, line.bank_line_id);
        }
    }

    /// A debit gives a payment back.
    async fn give_back(&mut self, line: Waiting) {
        let About::Return(index, payment_id) = line.about else { return };
        let event = json!({
            "kind": "payment_returned", "bank_line_id": line.bank_line_id, "payment_id": payment_id,
            "reason": "domiciliëring teruggekeerd",
        });
        if self.record(index, Who::Accountant, event).await {
            take(&mut self.waiting, line.bank_line_id);
        }
    }

    /// A payment was somebody else's.
    pub(super) async fn move_payment(&mut self, index: usize) {
        let contract = &self.contracts[index];
        let others: Vec<usize> =
            (0..self.contracts.len()).filter(|other| self.contracts[*other].purse == contract.purse).collect();
        let to = *self.dice.pick(&others);
        let state = self.contracts[index].on(self.today());
        if state.payments.is_empty() {
            return;
        }
        let payment_id = self.dice.pick(&state.payments).payment_id;
        let event = json!({
            "kind": "payment_moved", "payment_id": payment_id, "to_loan": self.contracts[to].loan.number,
            "usage": self.usage(), "reason": "verkeerde lening",
        });
        if self.record(index, Who::Accountant, event).await {
            self.reload(&[to]).await;
        }
    }
}
