//! Orders what borrowers repaid to go back to the funders it came from.

use std::collections::HashMap;

use serde_json::json;
use uuid::Uuid;

use crate::domain::access::Permission;
use crate::domain::fund::FundingSource;
use crate::domain::ledger::Account;
use crate::domain::money::Money;
use crate::services::{Actor, Deed, Error, House};
use crate::storage::payment_orders::{self, OrderFor, PaymentOrder, end_to_end_id};
use crate::storage::{funds, ledger};

/// Makes one order for every source of a fund for which more is due than is ordered already. The ledger moves
/// when the bank has paid it. Nothing due: no orders.
pub async fn pass_on(house: &House, actor: &Actor, fund_id: Uuid) -> Result<Vec<PaymentOrder>, Error> {
    actor.require(Permission::ManageFunds)?;
    let mut tx = house.begin().await?;
    // The lock keeps two people from ordering the same money at once.
    funds::lock(&mut tx, fund_id).await?.ok_or_else(|| Error::not_found("fund", fund_id))?;
    let due: HashMap<Uuid, Money> = ledger::source_balances(&mut tx, None)
        .await?
        .into_iter()
        .filter(|balance| balance.account == Account::DueToFunder)
        .filter_map(|balance| balance.owner_id.map(|source_id| (source_id, -balance.amount)))
        .collect();
    let ordered = payment_orders::open_by_source(&mut tx).await?;
    let mut orders = Vec::new();
    for source in funds::sources(&mut tx, Some(fund_id)).await? {
        let of = |sums: &HashMap<Uuid, Money>| sums.get(&source.source_id).copied().unwrap_or_default();
        let amount = of(&due) - of(&ordered);
        if !amount.is_positive() {
            continue;
        }
        let order = order(house, actor, &source, amount)?;
        payment_orders::insert(&mut tx, &order).await?;
        let detail = json!({ "source_id": source.source_id, "amount": amount });
        let subject_id = order.payment_order_id;
        let deed = Deed { action: "fund.pass_on_ordered", subject_kind: "payment_order", subject_id, detail };
        house.audit(&mut tx, actor, deed).await?;
        orders.push(order);
    }
    house.commit(tx).await?;
    Ok(orders)
}

fn order(house: &House, actor: &Actor, source: &FundingSource, amount: Money) -> Result<PaymentOrder, Error> {
    let payment_order_id = house.ids.next();
    let creditor_iban = source
        .funder_iban
        .clone()
        .ok_or_else(|| Error::internal(format!("source {} has money due and no account", source.source_id)))?;
    Ok(PaymentOrder {
        payment_order_id,
        fund_id: source.fund_id,
        subject: OrderFor::Source(source.source_id),
        creditor_name: source.funder.clone(),
        creditor_iban,
        amount,
        remittance: source.ogm.to_string(),
        end_to_end_id: end_to_end_id(payment_order_id),
        ordered_on: house.clock.today(),
        ordered_by: actor.user_id,
        created_at: house.clock.now(),
        paid_on: None,
    })
}
