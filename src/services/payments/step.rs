//! The one way in for every step of a run, in a transaction; with a key, answered the same when it comes again.

use chrono::NaiveDate;
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::build::BlockedOrder;
use super::cancel::cancel;
use super::export::export;
use super::make::make;
use super::release::{Confirmed, release};
use super::reopen::reopen;
use super::show::{RunView, named, view};
use super::{Payer, person};
use crate::domain::access::Permission;
use crate::services::once::{Asked, before, keep, own};
use crate::services::{Actor, Answered, Error, House, Once};
use crate::storage::payment_runs as table;

/// What somebody does to a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Makes one of the orders that wait.
    Make {
        /// Code of the fund; none: all of them.
        fund: Option<String>,
        /// When the bank is to pay.
        execute_on: NaiveDate,
    },
    /// Releases it.
    Release {
        /// Its number or its identifier.
        run: String,
        /// What they say of accounts that need a look.
        confirmed: Vec<Confirmed>,
    },
    /// Cancels it.
    Cancel {
        /// Its number or its identifier.
        run: String,
        /// Why.
        reason: String,
    },
    /// Makes its file, once.
    Export {
        /// Its number or its identifier.
        run: String,
    },
    /// Says that the bank did not execute an order of it.
    Reopen {
        /// End-to-end identification of the order.
        order: String,
        /// How that is known.
        reason: String,
    },
}

impl Step {
    /// What tells one step from another under the same key.
    fn name(&self) -> String {
        match self {
            Self::Make { .. } => "make".to_owned(),
            Self::Release { run, .. } => format!("release:{run}"),
            Self::Cancel { run, .. } => format!("cancel:{run}"),
            Self::Export { run } => format!("export:{run}"),
            Self::Reopen { order, .. } => format!("reopen:{order}"),
        }
    }
}

/// The run after a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// The run.
    #[serde(flatten)]
    pub run: RunView,
    /// Orders that stayed behind when it was made.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub blocked: Vec<BlockedOrder>,
}

/// Takes a step.
///
/// # Errors
/// The actor may not; there is no such run; a field is wrong; or the one sentence why not.
pub async fn take(house: &House, actor: &Actor, (payer, step): (&Payer, &Step)) -> Result<Outcome, Error> {
    let mut tx = house.begin().await?;
    let outcome = run(&mut tx, (house, actor), payer, step).await?;
    house.commit(tx).await?;
    Ok(outcome)
}

/// Takes a step once: the same key with the same body answers the same, with another body it is a conflict.
///
/// # Errors
/// As [`take`].
pub async fn take_once(
    house: &House,
    actor: &Actor,
    (payer, step): (&Payer, &Step),
    once: &Once,
) -> Result<Answered, Error> {
    let own = own(Some(once), actor, (Asked::PaymentRun, step.name()))?;
    let mut tx = house.begin().await?;
    if let Some(known) = before(&mut tx, own.as_ref()).await? {
        return Ok(known);
    }
    let outcome = run(&mut tx, (house, actor), payer, step).await?;
    let answer = serde_json::to_string(&outcome).map_err(Error::internal)?;
    let answered = keep(&mut tx, house, own.as_ref(), (answer, Some(outcome.run.head.payment_run_id))).await?;
    house.commit(tx).await?;
    Ok(answered)
}

async fn run(tx: &mut PgConnection, who: (&House, &Actor), payer: &Payer, step: &Step) -> Result<Outcome, Error> {
    let mut blocked = Vec::new();
    let payment_run_id = match step {
        Step::Make { fund, execute_on } => {
            let made = make(tx, who, payer, (fund.as_deref(), *execute_on)).await?;
            blocked = made.1;
            made.0
        }
        Step::Release { run, confirmed } => {
            let payment_run_id = locked(tx, who.1, run).await?;
            release(tx, who, payment_run_id, confirmed).await?;
            payment_run_id
        }
        Step::Cancel { run, reason } => {
            let payment_run_id = locked(tx, who.1, run).await?;
            cancel(tx, who, (payment_run_id, reason)).await?;
            payment_run_id
        }
        Step::Export { run } => {
            let payment_run_id = locked(tx, who.1, run).await?;
            export(tx, who, payer, payment_run_id).await?;
            payment_run_id
        }
        Step::Reopen { order, reason } => reopen(tx, who, (order, reason)).await?,
    };
    Ok(Outcome { run: view(tx, payment_run_id).await?, blocked })
}

/// A run, locked: whoever takes a step at the same moment waits, and then sees this one. Who may take no step does not
/// learn which runs there are.
async fn locked(tx: &mut PgConnection, actor: &Actor, name: &str) -> Result<Uuid, Error> {
    person(actor, Permission::MakePayments)?;
    let payment_run_id = named(tx, name).await?;
    if table::lock_run(tx, payment_run_id).await? {
        Ok(payment_run_id)
    } else {
        Err(Error::not_found("payment run", name))
    }
}
