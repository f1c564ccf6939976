//! `energiehuis migrate`: brings the database up to date, or says how it stands.

use super::{Failure, Format, Globals, house, print_json, print_text};
use crate::storage::{self, Database, Schema};

/// Options of `migrate`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  energiehuis migrate\n  energiehuis migrate --check --format json\n  \
                        DATABASE_URL=postgres://house@db/house energiehuis migrate")]
pub(super) struct Arguments {
    /// Change nothing; exit status 1 when the database is not up to date
    #[arg(long)]
    check: bool,
    /// How to show the answer
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// Applies the migrations that the database lacks.
pub(super) fn run(globals: &Globals, arguments: &Arguments) -> Result<(), Failure> {
    let (settings, _) = house::settings(globals)?;
    house::runtime()?.block_on(async {
        let database = storage::connect(&settings).await.map_err(Failure::unavailable)?;
        let answer = bring_up_to_date(&database, arguments.check).await;
        let closed = database.close().await.map_err(Failure::unavailable);
        let (applied_now, schema) = answer?;
        closed?;
        show(arguments, applied_now, &schema)
    })
}

async fn bring_up_to_date(database: &Database, check: bool) -> Result<(usize, Schema), Failure> {
    let before = storage::schema(&database.pool).await.map_err(Failure::unavailable)?;
    if check {
        return Ok((0, before));
    }
    storage::migrate(&database.pool).await.map_err(Failure::unavailable)?;
    let after = storage::schema(&database.pool).await.map_err(Failure::unavailable)?;
    Ok((after.applied.saturating_sub(before.applied), after))
}

fn show(arguments: &Arguments, applied_now: usize, schema: &Schema) -> Result<(), Failure> {
    match arguments.format {
        Format::Json => print_json(&serde_json::json!({
            "applied_now": applied_now,
            "applied": schema.applied,
            "missing": schema.missing,
            "unknown": schema.unknown,
        }))?,
        Format::Table => {
            print_text(&format!("{} migrations applied, {applied_now} of them now", schema.applied));
        }
    }
    if schema.missing.is_empty() && schema.unknown.is_empty() {
        return Ok(());
    }
    Err(Failure::NotOk(format!(
        "the database is not up to date: {} migrations missing, {} not known to this program",
        schema.missing.len(),
        schema.unknown.len()
    )))
}
