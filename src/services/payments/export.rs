//! The file of a run: made once, kept to the byte, and the same ever after.

use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use uuid::Uuid;

use super::build::build;
use super::release::complete;
use super::show::{RunView, named, view};
use super::{Payer, person, whole_house};
use crate::domain::access::Permission;
use crate::domain::payment_run::{RunState, execution_day};
use crate::domain::text::Text;
use crate::formats::pain::PainFile;
use crate::services::{Actor, Deed, Error, House};
use crate::storage::payment_runs::{self as table, ExportRow};

/// A file as it left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// What it is called; nothing about anybody.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The file of a run that was exported.
///
/// # Errors
/// The actor may not; there is no such run, or it was not exported.
pub async fn file(house: &House, actor: &Actor, name: &str) -> Result<File, Error> {
    actor.require(Permission::MakePayments)?;
    whole_house(actor)?;
    let mut db = house.read().await?;
    let payment_run_id = named(&mut db, name).await?;
    let file = table::file_of(&mut db, payment_run_id).await?;
    file.map(|(name, bytes)| File { name, bytes }).ok_or_else(|| Error::not_found("payment file", name))
}

/// Makes the file of a run that is locked and released, and keeps it. A run that was exported before stays as it is.
pub(super) async fn export(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    payer: &Payer,
    payment_run_id: Uuid,
) -> Result<(), Error> {
    person(actor, Permission::MakePayments)?;
    let run = view(tx, payment_run_id).await?;
    match run.head.state {
        RunState::Exported => return Ok(()),
        RunState::Released => {}
        state => {
            let state = Text::new(&format!("payments-state-{state}"));
            return Err(Error::Conflict(Text::new("payments-not-exportable").with_part("state", state)));
        }
    }
    complete(tx, &run).await?;
    execution_day(run.head.execute_on, house.clock.today()).map_err(Error::Refused)?;
    if let Some(account) = run.unconfirmed().next() {
        // Something became known of an account after the second release.
        let text = Text::new("payments-confirm-first").with("contractor", &account.name);
        return Err(Error::Refused(text));
    }
    let built = build(house, (payer, &run.message_id), &run.orders, run.head.execute_on)?;
    if let Some((line, problem)) = built.blocked.iter().find_map(|line| Some((line, line.problems.first()?))) {
        let text = Text::new("payments-order-blocked").with("order", &line.end_to_end_id);
        return Err(Error::Refused(text.with_part("problem", problem.text.clone())));
    }
    let file = built.file.ok_or_else(|| Error::internal("a run without orders"))?;
    as_released(&run, &file)?;
    keep(tx, (house, actor), &run, file).await
}

/// What leaves is what was released: the same batches, counts and sums.
fn as_released(run: &RunView, file: &PainFile) -> Result<(), Error> {
    let written = |batch_id: &str| file.batches.iter().find(|batch| batch.batch_id == batch_id);
    let same = run.funds.iter().all(|fund| {
        written(&fund.batch_id).is_some_and(|batch| {
            batch.sum == fund.sum && i64::try_from(batch.lines.len()).is_ok_and(|count| count == fund.count)
        })
    });
    if same && file.batches.len() == run.funds.len() && file.sum() == run.head.sum {
        Ok(())
    } else {
        Err(Error::internal(format!("the file of {} is not what was released", run.head.number)))
    }
}

async fn keep(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    run: &RunView,
    file: PainFile,
) -> Result<(), Error> {
    let sha256: [u8; 32] = Sha256::digest(&file.bytes).into();
    let payment_run_id = run.head.payment_run_id;
    let file_name = format!("{}.xml", run.message_id);
    let row = ExportRow {
        payment_run_id,
        file_name: &file_name,
        content: &file.bytes,
        sha256,
        exported_at: house.clock.now(),
        exported_by: actor.user_id,
    };
    table::insert_export(tx, &row).await?;
    let detail = json!({
        "number": run.head.number, "sha256": hex::encode(sha256), "orders": file.count(), "sum": file.sum(),
    });
    let deed = Deed { action: "payment_run.exported", subject_kind: "payment_run", subject_id: payment_run_id, detail };
    house.audit(tx, actor, deed).await
}
