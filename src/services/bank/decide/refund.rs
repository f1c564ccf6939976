//! Money back to its sender: two people ask for the same, and then it is ordered, to the account it came from and to no
//! other.

use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Decision, To};
use crate::domain::text::Text;
use crate::services::{Actor, Deed, Error, House};
use crate::storage::bank::{self, OpenLine, Undoing};
use crate::storage::payment_orders::{self, OrderFor, PaymentOrder, end_to_end_id};

/// Whether a second person is needed, and whether this is one.
pub(super) enum Second {
    /// No money leaves by this decision.
    NotNeeded,
    /// Somebody else asked before.
    Is(Uuid),
    /// This is the first to ask.
    Asked,
}

/// Records who asks first; lets the second one through. Whole lines only, one at a time.
pub(super) async fn second(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    (lines, decision, reason): (&[OpenLine], &Decision, &str),
) -> Result<Second, Error> {
    let refunds = decision.parts.iter().filter(|part| matches!(part.to, To::Refund { .. })).count();
    if refunds == 0 {
        return Ok(Second::NotNeeded);
    }
    let ([line], [part]) = (lines, decision.parts.as_slice()) else {
        return Err(Error::field("parts", "refund", Text::new("bank-refund-whole-line")));
    };
    let To::Refund { name } = &part.to else { return Ok(Second::NotNeeded) };
    can_go_back(line, name.as_deref())?;
    let before = bank::asks(tx, &[line.bank_line_id]).await?.pop();
    match before {
        Some(ask) if ask.asked_by != actor.user_id => Ok(Second::Is(ask.asked_by)),
        Some(_) => Err(Error::refused(Text::new("bank-refund-second"))),
        None => {
            let asked = Undoing { reason, at: house.clock.now(), by: actor.user_id };
            bank::insert_ask(tx, (house.ids.next(), line.bank_line_id), asked).await?;
            let detail = json!({ "amount": line.amount });
            let (action, subject_id) = ("bank_line.refund_asked", line.bank_line_id);
            house.audit(tx, actor, Deed { action, subject_kind: "bank_line", subject_id, detail }).await?;
            Ok(Second::Asked)
        }
    }
}

fn can_go_back(line: &OpenLine, name: Option<&str>) -> Result<(), Error> {
    if line.iban.is_none() {
        return Err(Error::refused(Text::new("bank-refund-no-account")));
    }
    if line.name.as_deref().is_none_or(|name| name.trim().is_empty()) && name.is_none() {
        return Err(Error::field("name", "", Text::new("bank-refund-no-name")));
    }
    Ok(())
}

/// The order that sends it back.
pub(super) async fn order(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    (lines, name): (&[OpenLine], Option<&str>),
) -> Result<Uuid, Error> {
    let [line] = lines else { return Err(Error::internal("a refund of more than one line")) };
    let creditor_iban = line.iban.clone().ok_or_else(|| Error::refused(Text::new("bank-refund-no-account")))?;
    let known = line.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let creditor_name = known.or(name).ok_or_else(|| Error::internal("a refund to nobody"))?.to_owned();
    let payment_order_id = house.ids.next();
    let order = PaymentOrder {
        payment_order_id,
        fund_id: line.fund_id,
        subject: OrderFor::Sender(line.bank_line_id),
        creditor_name,
        creditor_iban,
        amount: line.amount,
        remittance: format!("TERUGBETALING {}", line.booked_on.format("%d/%m/%Y")),
        end_to_end_id: end_to_end_id(payment_order_id),
        ordered_on: house.clock.today(),
        ordered_by: actor.user_id,
        created_at: house.clock.now(),
        paid_on: None,
    };
    payment_orders::insert(tx, &order).await?;
    Ok(payment_order_id)
}
