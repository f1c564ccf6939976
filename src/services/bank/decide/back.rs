//! The way back of one decision, or of what the import booked: every entry of it is reversed.

use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::fund::landing;
use crate::domain::ledger::{self, Counter};
use crate::domain::loan::LoanEvent;
use crate::domain::matching::{PartKind, Reason};
use crate::domain::text::Text;
use crate::services::bank::collections::Traces;
use crate::services::loans::book::{Booking, NewFact, Outcome as LoanOutcome, book, book_many};
use crate::services::loans::refused;
use crate::services::loans::state::lock_loan;
use crate::services::{Actor, Error, House};
use crate::storage::bank::{OpenLine, PartRow, Undoing};
use crate::storage::collections::StandingCredit;
use crate::storage::ledger::{AsBooked, NewEntry};
use crate::storage::{self, payment_orders, payment_returns, payment_runs, periods};

/// The way back of one decision, or of one line.
pub(super) struct Back<'a> {
    pub(super) house: &'a House,
    pub(super) actor: &'a Actor,
    fund_id: Uuid,
    closed: Option<NaiveDate>,
    /// The decision or the line.
    pub(super) id: Uuid,
    reason: &'a str,
}

impl<'a> Back<'a> {
    pub(super) async fn open(
        tx: &mut PgConnection,
        (house, actor): (&'a House, &'a Actor),
        (fund_id, id, reason): (Uuid, Uuid, &'a str),
    ) -> Result<Self, Error> {
        let closed = periods::closed_through(tx, &[fund_id]).await?.remove(&fund_id);
        Ok(Self { house, actor, fund_id, closed, id, reason })
    }

    pub(super) fn undoing(&self) -> Undoing<'a> {
        Undoing { reason: self.reason, at: self.house.clock.now(), by: self.actor.user_id }
    }

    pub(super) fn key(&self, place: i16) -> String {
        format!("undo:{}:{place}", self.id)
    }

    /// Takes back one part.
    pub(super) async fn part(&self, tx: &mut PgConnection, part: &PartRow) -> Result<(), Error> {
        let incomplete = || Error::internal(format!("part {} of {} is not whole", part.place, self.id));
        match part.kind {
            PartKind::Loan => {
                let (loan_id, payment_id) = part.loan_id.zip(part.payment_id).ok_or_else(incomplete)?;
                self.payment(tx, (loan_id, payment_id), part.place).await?;
            }
            PartKind::Return => {
                let of_loan = part.loan_id.zip(part.fact_id).ok_or_else(incomplete)?;
                self.stands(tx, of_loan, part.place).await?;
            }
            PartKind::Refund => {
                let order_id = part.payment_order_id.ok_or_else(incomplete)?;
                if !payment_orders::cancel(tx, order_id).await? {
                    return Err(Error::refused(Text::new("bank-undo-refund-paid")));
                }
                self.entry(tx, (part.place, part.entry_id)).await?;
            }
            PartKind::Order => {
                let order_id = part.payment_order_id.ok_or_else(incomplete)?;
                self.unpaid(tx, (order_id, part.entry_id)).await?;
                self.entry(tx, (part.place, part.entry_id)).await?;
            }
            PartKind::ReturnedOrder => {
                let order_id = part.payment_order_id.ok_or_else(incomplete)?;
                let standing = payment_returns::standing(tx, (None, Some((self.id, order_id)))).await?;
                self.paid_again(tx, &standing.ok_or_else(incomplete)?, part.place).await?;
            }
            PartKind::Run => {
                let payment_run_id = part.payment_run_id.ok_or_else(incomplete)?;
                let execution = payment_runs::execution_of_decision(tx, (self.id, payment_run_id)).await?;
                self.run(tx, execution.ok_or_else(incomplete)?, part.place).await?;
            }
            PartKind::Source | PartKind::Charge | PartKind::NotOurs => {
                self.entry(tx, (part.place, part.entry_id)).await?;
            }
        }
        Ok(())
    }

    /// What the import booked: to a loan, to the loans of a whole batch, or with one entry. Answers the first entry.
    pub(super) async fn import(
        &self,
        tx: &mut PgConnection,
        (line, traces): (&OpenLine, &Traces),
        keys: &mut Vec<String>,
    ) -> Result<Uuid, Error> {
        keys.push(self.key(1));
        match line.reason {
            Reason::CollectionCredited | Reason::CollectionTotal if !traces.credits.is_empty() => {
                keys.extend((2..).take(traces.credits.len() - 1).map(|place| self.key(place)));
                self.payments(tx, &traces.credits).await
            }
            Reason::CollectionReturned if !traces.returns.is_empty() => {
                let of_loan = traces.returns.iter().find_map(|back| Some((back.loan_id, back.fact_id?)));
                let of_loan = of_loan.ok_or_else(|| Error::internal("a payment went back without a fact"))?;
                self.stands(tx, of_loan, 1).await
            }
            Reason::LoanReference
            | Reason::LoanReferenceRebuilt
            | Reason::LoanReferenceInText
            | Reason::GrantReference => {
                let loan_id = line.loan_id.ok_or_else(|| Error::internal("a payment on no loan"))?;
                self.payment(tx, (loan_id, line.bank_line_id), 1).await
            }
            Reason::SourceReference | Reason::SourceReferenceInText | Reason::OrderExecuted | Reason::BankCharge => {
                if let Some(execution) = payment_runs::execution_of_line(tx, line.bank_line_id).await? {
                    return self.run(tx, execution, 1).await;
                }
                let entry_id = line.entry_id.ok_or_else(|| Error::internal("a booked line without an entry"))?;
                if let Some(order_id) = line.payment_order_id {
                    self.unpaid(tx, (order_id, entry_id)).await?;
                }
                self.entry(tx, (1, entry_id)).await
            }
            Reason::OrderReturned => {
                let standing = payment_returns::standing(tx, (Some(line.bank_line_id), None)).await?;
                let standing = standing.ok_or_else(|| Error::internal("a return without its record"))?;
                self.paid_again(tx, &standing, 1).await
            }
            _ => Err(Error::refused(Text::new("bank-undo-cannot"))),
        }
    }

    /// The payment stands again: that it went back is what was wrong.
    async fn stands(&self, tx: &mut PgConnection, (loan_id, fact_id): (Uuid, Uuid), place: i16) -> Result<Uuid, Error> {
        let event = LoanEvent::Corrected { fact_id, replacement: None, reason: self.reason.to_owned() };
        let fact = NewFact { event, effective_on: self.house.clock.today(), idempotency_key: self.key(place) };
        let booked = book(tx, (self.house, self.actor), (loan_id, fact), Counter::Unexplained).await?;
        booked.entry_id.ok_or_else(|| Error::internal("a payment that stands again without an entry"))
    }

    /// Undoes the payments that collections became, however many, each on the day of the bank.
    async fn payments(&self, tx: &mut PgConnection, credits: &[StandingCredit]) -> Result<Uuid, Error> {
        let bookings = (1..).zip(credits).map(|(place, credit)| Booking {
            loan_id: credit.loan_id,
            fact: NewFact {
                event: LoanEvent::PaymentReversed { payment_id: credit.payment_id, reason: self.reason.to_owned() },
                effective_on: credit.credited_on,
                idempotency_key: self.key(place),
            },
            counter: Counter::Unmatched,
        });
        let mut first = None;
        for outcome in book_many(tx, (self.house, self.actor), bookings.collect()).await? {
            match outcome {
                LoanOutcome::Booked(booked) => first = first.or(booked.entry_id),
                LoanOutcome::Refused(reason) => return Err(refused(&reason)),
            }
        }
        first.ok_or_else(|| Error::internal("undone payments without an entry"))
    }

    /// Undoes a payment on the day on which it counts, so that the loan is as if it never had been there.
    async fn payment(
        &self,
        tx: &mut PgConnection,
        (loan_id, payment_id): (Uuid, Uuid),
        place: i16,
    ) -> Result<Uuid, Error> {
        let state = lock_loan(tx, self.house, self.actor, loan_id).await?.state;
        let payment = state.payments.iter().find(|payment| payment.payment_id == payment_id);
        let effective_on =
            payment.map(|payment| payment.effective_on).ok_or_else(|| Error::internal("a payment has gone"))?;
        let fact = NewFact {
            event: LoanEvent::PaymentReversed { payment_id, reason: self.reason.to_owned() },
            effective_on,
            idempotency_key: self.key(place),
        };
        let booked = book(tx, (self.house, self.actor), (loan_id, fact), Counter::Unmatched).await?;
        booked.entry_id.ok_or_else(|| Error::internal("an undone payment without an entry"))
    }

    /// Reverses an entry, on its own day or, where that is closed, on the first open one.
    pub(super) async fn entry(&self, tx: &mut PgConnection, (place, entry_id): (i16, Uuid)) -> Result<Uuid, Error> {
        let found = storage::ledger::entry(tx, entry_id).await?;
        let found = found.ok_or_else(|| Error::internal(format!("entry {entry_id} has gone")))?;
        let new = self.reversal(self.key(place), (entry_id, &found))?;
        let id = new.entry_id;
        storage::ledger::insert_entries(tx, &[new]).await?;
        Ok(id)
    }

    /// The entry that reverses another.
    pub(super) fn reversal(
        &self,
        idempotency_key: String,
        (entry_id, (entry, belongs_on)): (Uuid, &AsBooked),
    ) -> Result<NewEntry, Error> {
        let day = belongs_on.unwrap_or(entry.effective_on());
        let landed = landing(day, self.closed, true).map_err(Error::internal)?;
        Ok(NewEntry {
            entry_id: self.house.ids.next(),
            fund_id: self.fund_id,
            idempotency_key,
            booked_at: self.house.clock.now(),
            booked_by: self.actor.user_id,
            reverses_entry_id: Some(entry_id),
            belongs_on: landed.belongs_on,
            entry: ledger::back_to_suspense(entry, landed.effective_on).map_err(Error::internal)?,
        })
    }
}
