//! What an event does, in the transaction that holds the lock on its loan.

use chrono::NaiveDate;
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::correct::{self, Corrected};
use super::kind::Kind;
use super::parse::{Asked, Wanted};
use super::{person, transfer};
use crate::domain::identity::Iban;
use crate::domain::ledger::Counter;
use crate::domain::loan::LoanEvent;
use crate::domain::money::Money;
use crate::domain::text::Text;
use crate::services::bank::{GivenBack, Settlement, give_back, settle_in};
use crate::services::draws::{close, follow};
use crate::services::invoices::approve::{approve_in, tranche_key};
use crate::services::loans::book::{NewFact, book};
use crate::services::loans::state::{LockedLoan, lock_loan};
use crate::services::{Actor, Deed, Error, House};
use crate::storage::payment_orders::{self, OrderFor, PaymentOrder, end_to_end_id};
use crate::storage::{bank, funds, loans};

/// Something that was booked.
pub(super) struct Happened {
    /// The keys under which it was booked.
    pub(super) booked: Vec<String>,
    /// The other loan it was booked on.
    pub(super) other: Option<Uuid>,
    /// The day from which it counts.
    pub(super) effective_on: NaiveDate,
}

/// Books an event, lets the commitment follow, and writes the audit row.
pub(super) async fn happen(
    tx: &mut PgConnection,
    doer: (&House, &Actor),
    locked: &LockedLoan,
    asked: Asked,
) -> Result<Happened, Error> {
    let (house, actor) = doer;
    let loan_id = locked.loan.loan_id;
    let Asked { kind, effective_on, wanted } = asked;
    let on = effective_on.unwrap_or_else(|| house.clock.today());
    if kind.may_end_draws() {
        // The fund before its entries: what is promised may move with them, and two such events would wait for each
        // other.
        funds::lock(tx, locked.loan.fund_id).await?;
    }
    let (fact_id, happened) = match wanted {
        Wanted::Payment { bank_line_id, payer, usage, reason } => {
            let reason = reason.unwrap_or_else(|| locked.loan.number.clone());
            let settlement = Settlement { bank_line_id, loan_id, reason, payer, usage };
            let (fact_id, key) = settle_in(tx, doer, settlement).await?;
            (fact_id, of_bank(tx, (fact_id, key)).await?)
        }
        Wanted::Return { bank_line_id, payment_id, reason } => {
            let given = GivenBack { bank_line_id, payment_id, reason: &reason };
            let (fact_id, key) = give_back(tx, doer, locked, given).await?;
            (fact_id, of_bank(tx, (fact_id, key)).await?)
        }
        Wanted::Move { payment_id, to_loan, usage, reason } => {
            transfer::transfer(tx, doer, locked, transfer::Transfer { payment_id, to_loan, usage, reason }).await?
        }
        Wanted::Draw(invoice_id) => {
            let approved = approve_in(tx, doer, (invoice_id, Some(loan_id))).await?;
            let booked = vec![tranche_key(invoice_id)];
            (approved.fact_id, Happened { booked, other: None, effective_on: approved.tranche.drawn_on })
        }
        Wanted::Correction(correction) => {
            let Corrected { event, counter } = correct::correct(tx, actor, locked, correction).await?;
            one(tx, doer, loan_id, ((event, on), counter)).await?
        }
        Wanted::Refund { amount, iban, name } => refund(tx, doer, locked, (amount, iban, name), on).await?,
        Wanted::Debtor(debtor, cause) => {
            let debtor_id = person::known(tx, house, locked, debtor).await?;
            one(tx, doer, loan_id, ((LoanEvent::DebtorChanged { debtor_id, cause }, on), Counter::None)).await?
        }
        Wanted::Event(event) => {
            if kind.may_end_draws() && locked.state.draws_closed_on.is_none() {
                close::nothing_waits(tx, loan_id).await?;
            }
            one(tx, doer, loan_id, ((event, on), Counter::None)).await?
        }
    };
    let after = lock_loan(tx, house, actor, loan_id).await?.state;
    let released = follow(tx, house, (locked, &after), fact_id).await?;
    audit(tx, doer, (kind, loan_id), (happened.effective_on, fact_id, released)).await?;
    Ok(happened)
}

async fn audit(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    (kind, loan_id): (Kind, Uuid),
    (effective_on, fact_id, released): (NaiveDate, Uuid, Money),
) -> Result<(), Error> {
    let detail = json!({ "fact_id": fact_id, "effective_on": effective_on, "released": released });
    house.audit(tx, actor, Deed { action: kind.action(), subject_kind: "loan", subject_id: loan_id, detail }).await
}

/// One fact on the loan itself.
async fn one(
    tx: &mut PgConnection,
    doer: (&House, &Actor),
    loan_id: Uuid,
    ((event, effective_on), counter): ((LoanEvent, NaiveDate), Counter),
) -> Result<(Uuid, Happened), Error> {
    let key = fresh_key(doer.0);
    let fact = NewFact { event, effective_on, idempotency_key: key.clone() };
    let booked = book(tx, doer, (loan_id, fact), counter).await?;
    Ok((booked.fact_id, Happened { booked: vec![key], other: None, effective_on }))
}

/// A key that nothing was booked under. That an event is booked once is kept by the key of its caller, over the
/// whole answer.
pub(super) fn fresh_key(house: &House) -> String {
    format!("event:{}", house.ids.next())
}

/// What the settlement of a bank line has booked.
async fn of_bank(tx: &mut PgConnection, (fact_id, key): (Uuid, String)) -> Result<Happened, Error> {
    let stored = loans::by_key(tx, std::slice::from_ref(&key)).await?.remove(&key);
    let stored = stored.ok_or_else(|| Error::internal(format!("fact {fact_id} is gone")))?;
    Ok(Happened { booked: vec![key], other: None, effective_on: stored.fact.effective_on })
}

/// Orders back to a borrower what was paid too much: Dr borrower overpayments / Cr refunds payable.
async fn refund(
    tx: &mut PgConnection,
    doer: (&House, &Actor),
    locked: &LockedLoan,
    (amount, iban, name): (Money, Iban, String),
    on: NaiveDate,
) -> Result<(Uuid, Happened), Error> {
    let (house, actor) = doer;
    let loan = &locked.loan;
    // Money goes back to where it came from, so that nobody can send it elsewhere.
    let payments: Vec<Uuid> = locked.state.payments_that_stand().map(|payment| payment.payment_id).collect();
    let known = bank::accounts_of(tx, &payments).await?;
    if !known.is_empty() && !known.contains(&iban) {
        return Err(Error::field("iban", &iban, Text::new("loan-event-problem-refund-iban")));
    }
    // The fund first: foreign keys would take a weaker lock on it, and two orders would wait for each other.
    funds::lock(tx, loan.fund_id).await?;
    let order_id = house.ids.next();
    let order = PaymentOrder {
        payment_order_id: order_id,
        fund_id: loan.fund_id,
        subject: OrderFor::Refund(loan.loan_id),
        creditor_name: name,
        creditor_iban: iban,
        amount,
        remittance: loan.number.clone(),
        end_to_end_id: end_to_end_id(order_id),
        ordered_on: house.clock.today(),
        ordered_by: actor.user_id,
        created_at: house.clock.now(),
        paid_on: None,
    };
    payment_orders::insert(tx, &order).await?;
    let event = LoanEvent::OverpaymentRefunded { refund_id: order_id, amount };
    one(tx, doer, loan.loan_id, ((event, on), Counter::Refund(Some(order_id)))).await
}
