//! What is answered to whoever decides: no identifier and no moment that was made for it, so that what was previewed
//! is what is recorded, to the byte.

use chrono::NaiveDate;
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::Became;
use crate::domain::collection::Remark;
use crate::domain::money::Money;
use crate::services::Error;
use crate::services::loans::events::{Entry, entries_of};
use crate::storage::bank::{self, OpenLine};
use crate::storage::ledger;

#[derive(Debug, Serialize)]
struct Answer {
    /// The lines it is about.
    lines: Vec<Line>,
    /// Whether a second person must ask for the same before anything is booked.
    waits_for_second_person: bool,
    /// What it did to the ledger.
    entries: Vec<Entry>,
}

#[derive(Debug, Serialize)]
struct Line {
    bank_line_id: Uuid,
    booked_on: NaiveDate,
    amount: Money,
}

impl From<&OpenLine> for Line {
    fn from(line: &OpenLine) -> Self {
        Self { bank_line_id: line.bank_line_id, booked_on: line.booked_on, amount: line.amount }
    }
}

/// The answer to a decision.
pub(super) async fn decided(tx: &mut PgConnection, became: &Became, lines: &[Uuid]) -> Result<String, Error> {
    let lines = bank::lock_lines(tx, lines).await?.iter().map(Line::from).collect();
    let (entries, waits_for_second_person) = match became {
        Became::Made(made) => (entries(tx, &made.keys).await?, false),
        Became::Asked => (Vec::new(), true),
    };
    serde_json::to_string(&Answer { lines, waits_for_second_person, entries }).map_err(Error::internal)
}

/// The answer to an undoing: its entries, and as codes what it did or left beside them.
pub(super) async fn undone(tx: &mut PgConnection, (keys, remarks): (&[String], &[Remark])) -> Result<String, Error> {
    #[derive(Serialize)]
    struct Undone {
        entries: Vec<Entry>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        remarks: Vec<&'static str>,
    }
    let remarks = remarks.iter().map(|remark| remark.code()).collect();
    serde_json::to_string(&Undone { entries: entries(tx, keys).await?, remarks }).map_err(Error::internal)
}

async fn entries(tx: &mut PgConnection, keys: &[String]) -> Result<Vec<Entry>, Error> {
    let mut entries = Vec::new();
    for key in keys {
        entries.extend(entries_of(ledger::booked_by_key(tx, key).await?));
    }
    Ok(entries)
}
