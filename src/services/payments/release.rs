//! A person releases a run. It takes two different ones, of whom at least one neither made the run nor approved an
//! invoice in it; what is remarkable about an account is confirmed by a releaser, with a note.

use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::show::{Account, RunView, view};
use super::{person, words};
use crate::domain::access::Permission;
use crate::domain::payment_run::{AccountFlag, execution_day, may_release};
use crate::domain::text::{FieldProblem, Text};
use crate::services::{Actor, Deed, Error, House};
use crate::storage;
use crate::storage::payment_runs as table;

/// What a releaser says of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmed {
    /// The contractor, or the order where it is not to one.
    pub about: Uuid,
    /// How it was verified.
    pub note: String,
}

/// Adds a release to a run that is locked.
pub(super) async fn release(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    payment_run_id: Uuid,
    confirmed: &[Confirmed],
) -> Result<(), Error> {
    person(actor, Permission::ReleasePayments)?;
    let run = view(tx, payment_run_id).await?;
    if !run.head.state.can_be_released() {
        let state = Text::new(&format!("payments-state-{}", run.head.state));
        return Err(Error::Conflict(Text::new("payments-not-releasable").with_part("state", state)));
    }
    complete(tx, &run).await?;
    execution_day(run.head.execute_on, house.clock.today()).map_err(Error::Refused)?;
    may_release(run.hands(), &run.releasers(), actor.user_id).map_err(Error::Refused)?;
    let notes = notes(&run, confirmed)?;
    let now = house.clock.now();
    let position = i16::try_from(run.releases.len() + 1).map_err(Error::internal)?;
    let inserted = table::insert_release(tx, (payment_run_id, position), (actor.user_id, now)).await;
    inserted.map_err(told)?;
    for (account, note) in &notes {
        let flags: Vec<String> = account.flags.iter().map(AccountFlag::key).collect();
        let of = (payment_run_id, account.whose);
        table::insert_confirmation(tx, of, (note, &flags), (actor.user_id, now)).await.map_err(told)?;
    }
    let detail = json!({ "number": run.head.number, "position": position, "confirmed": notes.len() });
    let deed = Deed { action: "payment_run.released", subject_kind: "payment_run", subject_id: payment_run_id, detail };
    house.audit(tx, actor, deed).await
}

/// Fine while every order of a run still waits in it.
pub(super) async fn complete(tx: &mut PgConnection, run: &RunView) -> Result<(), Error> {
    let left = table::left_orders(tx, run.head.payment_run_id).await?;
    match left.first() {
        None => Ok(()),
        Some(first) => {
            let text = Text::new("payments-orders-left").with("count", left.len()).with("order", first);
            Err(Error::Refused(text))
        }
    }
}

/// The note of each account that nobody has confirmed yet, and of those that this releaser confirms as well.
fn notes<'a>(run: &'a RunView, confirmed: &[Confirmed]) -> Result<Vec<(&'a Account, String)>, Error> {
    let field = |about: Uuid| format!("confirmations[{about}]");
    let mut problems = Vec::new();
    let mut notes: Vec<(&Account, String)> = Vec::new();
    for said in confirmed.iter().filter(|said| !said.note.trim().is_empty()) {
        let account = run.accounts.iter().find(|account| account.whose.id() == said.about);
        let Some(account) = account else {
            let text = Text::new("payments-nothing-to-confirm");
            problems.push(FieldProblem::new(field(said.about), said.about, text));
            continue;
        };
        match words(&field(said.about), &said.note, "payments-confirm-needed") {
            Ok(note) if !notes.iter().any(|(other, _)| other.whose == account.whose) => {
                notes.push((account, note.to_owned()));
            }
            Ok(_) => {}
            Err(Error::Invalid(wrong)) => problems.extend(wrong),
            Err(other) => return Err(other),
        }
    }
    for account in run.unconfirmed() {
        if !notes.iter().any(|(said, _)| said.whose == account.whose) {
            let text = Text::new("payments-confirm-needed").with("contractor", &account.name);
            problems.push(FieldProblem::new(field(account.whose.id()), "", text));
        }
    }
    if problems.is_empty() { Ok(notes) } else { Err(Error::Invalid(problems)) }
}

/// What the database refuses, as sentences: the last word is its own.
fn told(error: storage::Error) -> Error {
    let key = match error.constraint() {
        Some("payment_run_releases_pkey") => "payments-released-before",
        Some("payment_run_releases_independent") => "payments-not-independent",
        Some("payment_run_confirmations_recorder" | "payment_run_order_confirmations_recorder") => {
            "payments-own-account-change"
        }
        _ => return error.into(),
    };
    Error::Refused(Text::new(key))
}
