//! Makes the figure sheet for VEKA and keeps it as sent: the same figures again are the same version, others are
//! the next one, which names what changed.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{sheet, veka_figures};
use crate::domain::access::Permission;
use crate::domain::text::Text;
use crate::domain::veka::{Change, Figures, Period, changes};
use crate::formats::xlsx;
use crate::services::{Actor, Deed, Error, House};
use crate::storage::reports::{self, StoredReport};
use crate::storage::{self};

const KIND: &str = "veka";

/// A figure sheet as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VekaReport {
    /// The year or quarter.
    pub period: String,
    /// Counts the versions of this period from 1.
    pub version: i16,
    /// When this version was made.
    pub made_at: DateTime<Utc>,
    /// Hash of the figures as written, in hexadecimal.
    pub sha256: String,
    /// The last day that counts: the end of the period, or the day it was made when the period had not ended.
    pub as_of: NaiveDate,
    /// The figures.
    pub figures: Figures,
    /// What the version before said differently.
    pub changed: Vec<Change>,
    /// The workbook; shows the same figures.
    #[serde(skip)]
    pub sheet: Vec<u8>,
}

/// What is kept beside the version: the figures and what is said about them.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    as_of: NaiveDate,
    figures: Figures,
    changed: Vec<Change>,
}

/// Makes the figures of a period, or gives back the version that says the same already.
pub async fn run(house: &House, actor: &Actor, period: Period) -> Result<VekaReport, Error> {
    actor.require(Permission::ManageFunds)?;
    let today = house.clock.today();
    if period.from() > today {
        let text = Text::new("reporting-not-begun").with("from", period.from());
        return Err(Error::field("period", period, text));
    }
    let as_of = period.until().min(today);
    let mut tx = house.begin().await?;
    // One snapshot, so that the sums agree whatever is booked meanwhile.
    storage::ledger::one_moment(&mut tx).await?;
    let figures = veka_figures::figures(&mut tx, period, as_of).await?;
    let written = serde_json::to_vec(&figures).map_err(Error::internal)?;
    let sha256 = Sha256::digest(&written).to_vec();
    let latest = reports::latest(&mut tx, KIND, &period.to_string()).await?;
    if let Some(same) = latest.as_ref().filter(|latest| latest.sha256 == sha256) {
        return report(same.clone());
    }
    let before = latest.as_ref().map(|latest| kept(&latest.figures)).transpose()?;
    let changed = before.map(|before| changes(&before.figures, &figures)).unwrap_or_default();
    let version = latest.map_or(1, |latest| latest.version + 1);
    let made = VekaReport {
        period: period.to_string(),
        version,
        made_at: house.clock.now(),
        sha256: hex::encode(&sha256),
        as_of,
        figures,
        changed,
        sheet: Vec::new(),
    };
    let sheet = xlsx::write(&sheet::book(&made)).map_err(Error::internal)?;
    let made = VekaReport { sheet, ..made };
    keep(&mut tx, (house, actor), &made, sha256).await?;
    house.commit(tx).await?;
    Ok(made)
}

async fn keep(
    tx: &mut sqlx::PgConnection,
    (house, actor): (&House, &Actor),
    made: &VekaReport,
    sha256: Vec<u8>,
) -> Result<(), Error> {
    let kept = Kept { as_of: made.as_of, figures: made.figures.clone(), changed: made.changed.clone() };
    let stored = StoredReport {
        report_id: house.ids.next(),
        kind: KIND.to_owned(),
        period: made.period.clone(),
        version: made.version,
        figures: serde_json::to_value(&kept).map_err(Error::internal)?,
        sheet: made.sheet.clone(),
        sha256,
        made_at: made.made_at,
        made_by: actor.user_id,
    };
    reports::insert(tx, &stored).await.map_err(at_once)?;
    let detail = json!({ "kind": KIND, "period": made.period, "version": made.version, "sha256": made.sha256 });
    let deed = Deed { action: "report.made", subject_kind: "report", subject_id: stored.report_id, detail };
    house.audit(tx, actor, deed).await
}

fn at_once(error: storage::Error) -> Error {
    match error.constraint() {
        Some("reports_version_key") => Error::Conflict(Text::new("reporting-at-once")),
        _ => error.into(),
    }
}

fn kept(value: &serde_json::Value) -> Result<Kept, Error> {
    serde_json::from_value(value.clone()).map_err(Error::internal)
}

fn report(stored: StoredReport) -> Result<VekaReport, Error> {
    let Kept { as_of, figures, changed } = kept(&stored.figures)?;
    Ok(VekaReport {
        period: stored.period,
        version: stored.version,
        made_at: stored.made_at,
        sha256: hex::encode(&stored.sha256),
        as_of,
        figures,
        changed,
        sheet: stored.sheet,
    })
}
