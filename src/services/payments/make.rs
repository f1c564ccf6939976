//! Making a run of the orders that wait.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::build::{BlockedOrder, build, held_back};
use super::{Payer, person};
use crate::domain::access::Permission;
use crate::domain::identity::Iban;
use crate::domain::payment_run::execution_day;
use crate::domain::text::Text;
use crate::services::{Actor, Deed, Error, House};
use crate::storage::funds;
use crate::storage::payment_runs::{self as table, NewBatch, NewRun, OpenOrder};

/// Makes a run of every order that waits and is in no run, of one fund or of all. Orders that cannot be paid as they
/// are stay behind, each with its reasons. Answers the run and those.
pub(super) async fn make(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    payer: &Payer,
    (fund, execute_on): (Option<&str>, NaiveDate),
) -> Result<(Uuid, Vec<BlockedOrder>), Error> {
    person(actor, Permission::MakePayments)?;
    execution_day(execute_on, house.clock.today()).map_err(|text| Error::field("execute_on", execute_on, text))?;
    let fund_id = match fund {
        Some(code) => Some(fund_of(tx, code).await?),
        None => None,
    };
    table::lock_open(tx, fund_id).await?;
    let orders = table::open_orders(tx, fund_id).await?;
    if orders.is_empty() {
        return Err(Error::Refused(Text::new("payments-nothing-waits")));
    }
    let (orders, mut blocked) = held_back(orders);
    let run = new_run(tx, (house, actor), execute_on).await?;
    let built = build(house, (payer, &run.message_id), &orders, execute_on)?;
    blocked.extend(BlockedOrder::of(&orders, &built.blocked));
    let Some(file) = built.file else { return Err(all_blocked(&blocked)) };
    let of_account: HashMap<&Iban, Uuid> = orders.iter().map(|order| (&order.account, order.fund_id)).collect();
    let mut batches = Vec::new();
    let mut chosen: Vec<&OpenOrder> = Vec::new();
    for batch in &file.batches {
        let fund_id = *of_account.get(&batch.account).ok_or_else(|| Error::internal("a batch of no fund"))?;
        batches.push(NewBatch { fund_id, batch_id: batch.batch_id.clone(), amount: batch.sum });
        chosen.extend(batch.lines.iter().filter_map(|place| orders.get(*place)));
    }
    table::insert_run(tx, &run, &batches, &chosen).await?;
    if !table::claim(tx, run.payment_run_id).await? {
        return Err(Error::Conflict(Text::new("payments-taken-meanwhile")));
    }
    let detail = json!({
        "number": run.number, "execute_on": execute_on, "orders": file.count(), "sum": file.sum(),
        "blocked": blocked.len(),
    });
    let subject_id = run.payment_run_id;
    let deed = Deed { action: "payment_run.made", subject_kind: "payment_run", subject_id, detail };
    house.audit(tx, actor, deed).await?;
    Ok((run.payment_run_id, blocked))
}

async fn fund_of(tx: &mut PgConnection, code: &str) -> Result<Uuid, Error> {
    let code = code.trim();
    let funds = funds::list(tx).await?;
    let known = funds.iter().map(|fund| fund.code.as_str()).collect::<Vec<_>>().join(", ");
    let found = funds.iter().find(|fund| fund.code.eq_ignore_ascii_case(code)).map(|fund| fund.fund_id);
    found.ok_or_else(|| Error::field("fund", code, Text::new("application-problem-choice").with("choices", known)))
}

/// The message is named after the run, and after its identifier too: a number that came back from a backup never gives
/// the same message twice.
async fn new_run(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    execute_on: NaiveDate,
) -> Result<NewRun, Error> {
    let payment_run_id = house.ids.next();
    let number = format!("P-{}-{:05}", house.clock.today().year(), table::next_number(tx).await?);
    let own = payment_run_id.simple().to_string();
    let message_id = format!("{number}-{}", own.get(24..).unwrap_or_default());
    let (made_by, made_at) = (actor.user_id, house.clock.now());
    Ok(NewRun { payment_run_id, number, message_id, execute_on, made_by, made_at })
}

/// Nothing can leave: the first reason says why.
fn all_blocked(blocked: &[BlockedOrder]) -> Error {
    let first = blocked.iter().find_map(|order| Some((order, order.problems.first()?)));
    let text = Text::new("payments-all-blocked").with("count", blocked.len());
    Error::Refused(match first {
        Some((order, problem)) => {
            text.with("creditor", &order.creditor_name).with_part("problem", problem.text.clone())
        }
        None => text.with("creditor", "").with_part("problem", Text::new("pain-unreadable")),
    })
}
