//! Books the parts of a decision: each is what the bank line would have made, had it been known at once, with the
//! suspense account in the place of the bank account.

use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Decision, Made, To, refund};
use crate::domain::fund::landing;
use crate::domain::ledger::{self, Account, Counter, JournalEntry, Posting, Unbalanced};
use crate::domain::loan::{LoanEvent, Usage};
use crate::domain::matching::PaidBy;
use crate::domain::money::Money;
use crate::domain::text::Text;
use crate::services::bank::entries::charge;
use crate::services::loans::book::{NewFact, book};
use crate::services::loans::events::own_id;
use crate::services::loans::state::lock_loan;
use crate::services::{Actor, Error, House};
use crate::storage::bank::{DecisionRow, OpenLine, PartRow, source_facts};
use crate::storage::ledger::NewEntry;
use crate::storage::{self, funds, payment_orders, periods};

/// The lines on the desk of who decides, and what booking them takes.
pub(super) struct Desk<'a> {
    pub(super) house: &'a House,
    pub(super) actor: &'a Actor,
    pub(super) lines: &'a [OpenLine],
    pub(super) fund_id: Uuid,
    /// The day from which the decision counts: that of the last line.
    pub(super) on: NaiveDate,
    closed: Option<NaiveDate>,
    pub(super) bank_decision_id: Uuid,
}

/// A part that was booked, and the key of its entries.
type Booked = (PartRow, String);

impl<'a> Desk<'a> {
    pub(super) async fn open(
        tx: &mut PgConnection,
        (house, actor): (&'a House, &'a Actor),
        lines: &'a [OpenLine],
    ) -> Result<Self, Error> {
        let last = lines.iter().max_by_key(|line| line.booked_on);
        let last = last.ok_or_else(|| Error::internal("a decision about no line"))?;
        let closed = periods::closed_through(tx, &[last.fund_id]).await?.remove(&last.fund_id);
        let (fund_id, on, bank_decision_id) = (last.fund_id, last.booked_on, house.ids.next());
        Ok(Self { house, actor, lines, fund_id, on, closed, bank_decision_id })
    }

    /// Books every part. Answers the decision as it is to be kept, and the keys of its entries.
    pub(super) async fn book(
        &self,
        tx: &mut PgConnection,
        (decision, amounts): (&Decision, &[Money]),
        (reason, asked_by): (&str, Option<Uuid>),
    ) -> Result<(DecisionRow, Vec<String>), Error> {
        let mut keys = Vec::new();
        let net_entry_id = self.net(tx, &mut keys).await?;
        let mut parts = Vec::new();
        for (place, (part, amount)) in (1_i16..).zip(decision.parts.iter().zip(amounts)) {
            let (row, key) = self.part(tx, (place, *amount), (&part.to, reason)).await?;
            parts.push(row);
            keys.push(key);
        }
        let row = DecisionRow {
            bank_decision_id: self.bank_decision_id,
            fund_id: self.fund_id,
            reason: reason.to_owned(),
            net_entry_id,
            asked_by,
            decided_at: self.house.clock.now(),
            decided_by: self.actor.user_id,
            lines: self.lines.iter().map(|line| line.bank_line_id).collect(),
            parts,
            undone: false,
        };
        Ok((row, keys))
    }

    pub(super) fn key(&self, place: i16) -> String {
        Made::key(self.bank_decision_id, place)
    }

    /// Where credits and debits meet in one decision, they cancel each other out first.
    async fn net(&self, tx: &mut PgConnection, keys: &mut Vec<String>) -> Result<Option<Uuid>, Error> {
        let amounts = || self.lines.iter().map(|line| line.amount);
        let came: Money = amounts().filter(|amount| amount.is_positive()).sum();
        let went: Money = amounts().filter(|amount| amount.is_negative()).sum();
        let both = came.min(went.abs());
        if both.is_zero() {
            return Ok(None);
        }
        keys.push(self.key(0));
        Ok(Some(self.post(tx, 0, ledger::netted(self.on, both)).await?))
    }

    async fn part(
        &self,
        tx: &mut PgConnection,
        (place, amount): (i16, Money),
        (to, reason): (&To, &str),
    ) -> Result<Booked, Error> {
        let row = PartRow {
            place,
            kind: to.kind(),
            amount,
            loan_id: to.loan_id(),
            payment_id: None,
            fact_id: None,
            source_id: None,
            payment_order_id: None,
            payment_run_id: None,
            entry_id: Uuid::nil(),
        };
        let row = match to {
            To::Loan { loan_id, paid_by, usage } => {
                let event = self.payment(tx, (*loan_id, amount), (*paid_by, *usage)).await?;
                self.on_loan(tx, row, (event, Counter::Unmatched)).await?
            }
            To::Return { loan_id, payment_id } => {
                let payment_id = self.returned(tx, (*loan_id, *payment_id), amount).await?;
                let event = LoanEvent::PaymentReversed { payment_id, reason: reason.to_owned() };
                self.on_loan(tx, row, (event, Counter::Unexplained)).await?
            }
            To::Source(source_id) => {
                let entry = self.source(tx, *source_id, amount).await?;
                let entry_id = self.post(tx, place, entry).await?;
                PartRow { source_id: Some(*source_id), entry_id, ..row }
            }
            To::Charge => {
                let entry = charge(self.on, amount).and_then(|entry| ledger::from_suspense(&entry));
                PartRow { entry_id: self.post(tx, place, entry).await?, ..row }
            }
            To::Order(order_id) => {
                let entry = self.order(tx, *order_id, amount).await?;
                let entry_id = self.post(tx, place, entry).await?;
                PartRow { payment_order_id: Some(*order_id), entry_id, ..row }
            }
            To::ReturnedOrder(order_id) => {
                let entry_id = self.returned_order(tx, *order_id, (place, amount)).await?;
                PartRow { payment_order_id: Some(*order_id), entry_id, ..row }
            }
            To::Run(payment_run_id) => {
                let entry_id = self.run(tx, *payment_run_id, (place, amount)).await?;
                PartRow { payment_run_id: Some(*payment_run_id), entry_id, ..row }
            }
            To::NotOurs => {
                let entry = ledger::held_for_sender(self.on, amount);
                PartRow { entry_id: self.post(tx, place, entry).await?, ..row }
            }
            To::Refund { name } => {
                let doer = (self.house, self.actor);
                let order_id = refund::order(tx, doer, (self.lines, name.as_deref())).await?;
                let entry = ledger::ordered_to_sender(self.on, order_id, amount);
                let entry_id = self.post(tx, place, entry).await?;
                PartRow { payment_order_id: Some(order_id), entry_id, ..row }
            }
        };
        Ok((row, self.key(place)))
    }

    /// A fact on a loan, and its entries.
    async fn on_loan(
        &self,
        tx: &mut PgConnection,
        row: PartRow,
        (event, counter): (LoanEvent, Counter),
    ) -> Result<PartRow, Error> {
        let doer = (self.house, self.actor);
        let loan_id = row.loan_id.ok_or_else(|| Error::internal("a part of a loan without it"))?;
        let loan = lock_loan(tx, self.house, self.actor, loan_id).await?.loan;
        if loan.fund_id != self.fund_id {
            return Err(Error::refused(Text::new("bank-settle-other-fund").with("number", &loan.number)));
        }
        let payment_id = match &event {
            LoanEvent::PaymentReceived { payment_id, .. } | LoanEvent::PaymentReversed { payment_id, .. } => {
                *payment_id
            }
            _ => return Err(Error::internal("a part of a loan is a payment or its return")),
        };
        // A payment of before the signature counts from the signature: the loan cannot know an earlier day.
        let effective_on = self.on.max(loan.terms.signed_on);
        let fact = NewFact { event, effective_on, idempotency_key: self.key(row.place) };
        let booked = book(tx, doer, (loan_id, fact), counter).await?;
        let entry_id = booked.entry_id.ok_or_else(|| Error::internal("money on a loan without an entry"))?;
        Ok(PartRow { payment_id: Some(payment_id), fact_id: Some(booked.fact_id), entry_id, ..row })
    }

    /// The payment that money becomes on a loan: under the identifier of its line, or, where the loan knew that line
    /// before, under the next one that follows from it.
    async fn payment(
        &self,
        tx: &mut PgConnection,
        (loan_id, amount): (Uuid, Money),
        (paid_by, usage): (PaidBy, Usage),
    ) -> Result<LoanEvent, Error> {
        let locked = lock_loan(tx, self.house, self.actor, loan_id).await?;
        let line = self.lines.first().map(|line| line.bank_line_id).unwrap_or_default();
        let payment_id = own_id(&locked.state, line);
        Ok(LoanEvent::PaymentReceived { payment_id, amount, payer: paid_by.payer(), usage })
    }

    /// The payment that went back: the one that is named, or the latest of that sum.
    async fn returned(
        &self,
        tx: &mut PgConnection,
        (loan_id, payment_id): (Uuid, Uuid),
        amount: Money,
    ) -> Result<Uuid, Error> {
        let state = lock_loan(tx, self.house, self.actor, loan_id).await?.state;
        let unknown = || Error::field("payment_id", "", Text::new("booking-unknown-payment"));
        if payment_id.is_nil() {
            let same = state.payments_that_stand().filter(|payment| payment.amount == -amount);
            return same.last().map(|payment| payment.payment_id).ok_or_else(unknown);
        }
        let payment = state.payments.iter().find(|payment| payment.payment_id == payment_id);
        let payment =
            payment.ok_or_else(|| Error::field("payment_id", payment_id, Text::new("booking-unknown-payment")))?;
        if payment.amount != -amount {
            let text = Text::new("bank-give-back-other-amount").with("paid", payment.amount);
            return Err(Error::refused(text.with("back", -amount)));
        }
        Ok(payment_id)
    }

    /// A funder's money that came in, as far as it promised; or principal that went back to a funder, as far as it is
    /// due.
    async fn source(
        &self,
        tx: &mut PgConnection,
        source_id: Uuid,
        amount: Money,
    ) -> Result<Result<JournalEntry, Unbalanced>, Error> {
        let source = funds::source(tx, source_id).await?.filter(|source| source.fund_id == self.fund_id);
        let source =
            source.ok_or_else(|| Error::field("source_id", source_id, Text::new("bank-decide-unknown-source")))?;
        if amount.is_positive() {
            let facts = source_facts(tx, &[self.fund_id]).await?;
            let room = facts.iter().find(|(facts, _)| facts.source_id == source_id).map(|(facts, _)| facts.room);
            let room = room.unwrap_or_default();
            if amount > room {
                let text = Text::new("bank-decide-source-room").with("funder", &source.funder);
                return Err(Error::refused(text.with("room", room).with("amount", amount)));
            }
            let received = ledger::funding_received(self.on, source_id, source.kind, amount);
            return Ok(received.and_then(|entry| ledger::from_suspense(&entry)));
        }
        let balances = storage::ledger::source_balances(tx, None).await?;
        let due = balances
            .iter()
            .find(|balance| balance.account == Account::DueToFunder && balance.owner_id == Some(source_id));
        let due = due.map(|balance| -balance.amount).unwrap_or_default();
        let ordered = payment_orders::open_by_source(tx).await?.remove(&source_id).unwrap_or_default();
        if -amount > due - ordered {
            let text = Text::new("bank-decide-source-due").with("funder", &source.funder);
            return Err(Error::refused(text.with("due", due - ordered).with("amount", -amount)));
        }
        let debit = Posting::debit(Account::DueToFunder, -amount).of_source(source_id);
        let credit = Posting::debit(Account::UnexplainedPayments, amount);
        Ok(JournalEntry::new(ledger::Reason::PassedToFunder, self.on, vec![debit, credit]))
    }

    /// Books an entry under the key of a part, on its day or, where that is closed, on the first open one.
    pub(super) async fn post(
        &self,
        tx: &mut PgConnection,
        place: i16,
        entry: Result<JournalEntry, Unbalanced>,
    ) -> Result<Uuid, Error> {
        let new = self.entry(self.key(place), entry)?;
        let entry_id = new.entry_id;
        storage::ledger::insert_entries(tx, &[new]).await?;
        Ok(entry_id)
    }

    /// An entry to be booked, on its day or, where that is closed, on the first open one.
    pub(super) fn entry(
        &self,
        idempotency_key: String,
        entry: Result<JournalEntry, Unbalanced>,
    ) -> Result<NewEntry, Error> {
        let entry = entry.map_err(Error::internal)?;
        let landed = landing(entry.effective_on(), self.closed, true).map_err(Error::internal)?;
        Ok(NewEntry {
            entry_id: self.house.ids.next(),
            fund_id: self.fund_id,
            idempotency_key,
            booked_at: self.house.clock.now(),
            booked_by: self.actor.user_id,
            reverses_entry_id: None,
            belongs_on: landed.belongs_on,
            entry: entry.landed_on(landed.effective_on),
        })
    }
}

impl Made {
    /// The key of the entries of a part of a decision, from 1; 0 is what cancels out.
    pub(super) fn key(bank_decision_id: Uuid, place: i16) -> String {
        format!("decision:{bank_decision_id}:{place}")
    }
}
