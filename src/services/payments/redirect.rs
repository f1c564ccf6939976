//! Another account for one order to a borrower, a funder or a sender. A changed account is how money is stolen, and no
//! contractor's number on a quote can be called here: so it takes two people who ask for the same, and whoever releases
//! the run answers for it as well.

use serde::Serialize;
use serde_json::json;
use sqlx::PgConnection;

use super::account::iban;
use super::{person, words};
use crate::domain::access::Permission;
use crate::domain::identity::Iban;
use crate::domain::text::Text;
use crate::services::{Actor, Deed, Error, House};
use crate::storage::bank::Undoing;
use crate::storage::funds;
use crate::storage::payment_runs::{self as table, NewAsk, RedirectionAsk, Reopenable};

/// What somebody asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirection {
    /// End-to-end identification of the order.
    pub order: String,
    /// The account, as somebody typed it.
    pub iban: String,
    /// How it is known that this is the account.
    pub reason: String,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Redirected {
    /// Which order.
    pub end_to_end_id: String,
    /// Who is paid.
    pub creditor_name: String,
    /// The account that was asked for.
    pub iban: String,
    /// Who asked first; none where this is the first ask, and a second person must ask for the same.
    pub asked_by: Option<String>,
}

impl Redirected {
    /// Whether the order goes to the account from now on.
    pub fn counts(&self) -> bool {
        self.asked_by.is_some()
    }
}

/// Asks for another account; where a different person asked for the same before, the order goes there from now on. An
/// ask for yet another account takes the place of the one before.
///
/// # Errors
/// The actor may not; the reason is empty; the account is none that can be paid, one of the house, or the one that the
/// order has; there is no such order; it is to a contractor, in a run, paid or cancelled; or the same person asks twice.
pub async fn redirect(house: &House, actor: &Actor, asked: &Redirection) -> Result<Redirected, Error> {
    person(actor, Permission::MakePayments)?;
    let iban = iban(&asked.iban)?;
    let reason = words("reason", &asked.reason, "payments-reason-needed")?;
    let order = asked.order.trim();
    let mut tx = house.begin().await?;
    let found = table::lock_order(&mut tx, order).await?.ok_or_else(|| Error::not_found("payment order", order))?;
    waits(&found)?;
    another(&mut tx, (&found, &iban)).await?;
    let said = Undoing { reason, at: house.clock.now(), by: actor.user_id };
    let before = table::last_asks(&mut tx, &[order.to_owned()]).await?.remove(order);
    let first = before.filter(|ask| ask.iban == iban.as_str());
    let action = match &first {
        Some(ask) if ask.asked_by == actor.user_id => {
            return Err(Error::refused(Text::new("payments-redirect-second")));
        }
        Some(RedirectionAsk { position, .. }) => {
            table::insert_redirection(&mut tx, (found.payment_order_id, *position), said).await?;
            "payment_order.redirected"
        }
        None => {
            table::insert_ask(&mut tx, &NewAsk { order: &found, iban: &iban, said }).await?;
            "payment_order.redirection_asked"
        }
    };
    let detail = json!({ "amount": found.amount });
    let deed = Deed { action, subject_kind: "payment_order", subject_id: found.payment_order_id, detail };
    house.audit(&mut tx, actor, deed).await?;
    house.commit(tx).await?;
    Ok(Redirected {
        end_to_end_id: found.end_to_end_id,
        creditor_name: found.creditor_name,
        iban: iban.canonical(),
        asked_by: first.map(|ask| ask.name),
    })
}

/// Fine for an order that waits outside any run and is not to a contractor, whose account is kept in one place for all
/// its orders.
fn waits(order: &Reopenable) -> Result<(), Error> {
    let refused = |text: Text| Err(Error::refused(text));
    match (order.kind.as_str(), order.state.as_str(), order.payment_run_id) {
        ("contractor", ..) => {
            refused(Text::new("payments-redirect-contractor").with("contractor", &order.creditor_name))
        }
        (_, "ordered", Some(_)) => {
            let run = order.run.as_deref().unwrap_or_default();
            refused(Text::new("payments-redirect-in-run").with("run", run))
        }
        (_, "ordered", None) => Ok(()),
        (_, "paid", _) => {
            let on = order.paid_on.map(|on| on.to_string()).unwrap_or_default();
            refused(Text::new("payments-reopen-paid").with("on", on))
        }
        _ => refused(Text::new("payments-redirect-cancelled")),
    }
}

/// Fine for an account that the order does not have and the house does not either: money that goes round in the house
/// would count as paid.
async fn another(tx: &mut PgConnection, (order, iban): (&Reopenable, &Iban)) -> Result<(), Error> {
    if order.creditor_iban == iban.as_str() {
        return Err(Error::field("iban", iban, Text::new("payments-redirect-same")));
    }
    let own = funds::list(tx).await?.into_iter().find(|fund| fund.iban == *iban);
    match own {
        Some(fund) => Err(Error::field("iban", iban, Text::new("payments-redirect-own").with("fund", fund.code))),
        None => Ok(()),
    }
}
