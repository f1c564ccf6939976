//! Closes periods of a fund, and says which are closed.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::access::Permission;
use crate::domain::fund::{Fund, first_open};
use crate::domain::text::Text;
use crate::services::{Actor, Deed, Error, House};
use crate::storage::{bank, funds, periods};

/// A period to close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClosePeriod {
    /// The fund.
    pub fund_id: Uuid,
    /// The last day to close.
    pub through: NaiveDate,
}

/// A fund that was just closed through a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Closed {
    /// Code of the fund.
    pub fund: String,
    /// The last closed day.
    pub closed_through: NaiveDate,
    /// The first day on which entries can still be booked.
    pub first_open: NaiveDate,
}

/// What is closed of a fund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Period {
    /// The fund; not part of the JSON that others read.
    #[serde(skip)]
    pub fund_id: Uuid,
    /// Its short code.
    pub fund: String,
    /// What people call it.
    pub name: String,
    /// The last closed day; none where nothing is closed.
    pub closed_through: Option<NaiveDate>,
    /// The first open day; none where every day is open.
    pub first_open: Option<NaiveDate>,
    /// Every closing, the latest first.
    pub closings: Vec<ClosingLine>,
}

/// One closing of a fund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClosingLine {
    /// The last day that it closed.
    pub closed_through: NaiveDate,
    /// When.
    pub closed_at: DateTime<Utc>,
    /// Who closed it, as identifier.
    pub closed_by: Uuid,
}

/// Closes a fund through a day: from now on no entry lands on that day or before it. It cannot be opened again.
///
/// # Errors
/// The actor may not; there is no such fund; the day is not over, is closed already, or the bank has not yet told
/// everything about it: a statement that comes later could never be booked, and nothing after it either.
pub async fn close(house: &House, actor: &Actor, period: ClosePeriod) -> Result<Closed, Error> {
    actor.require(Permission::ClosePeriods)?;
    let ClosePeriod { fund_id, through } = period;
    let mut tx = house.begin().await?;
    let fund = funds::lock(&mut tx, fund_id).await?.ok_or_else(|| Error::not_found("fund", fund_id))?;
    may_close(&mut tx, house, &fund, through).await?;
    let (closed_by, closed_at) = (actor.user_id, house.clock.now());
    periods::close(&mut tx, &periods::Closing { fund_id, closed_through: through, closed_by, closed_at }).await?;
    let detail = json!({ "code": fund.code, "closed_through": through });
    let deed = Deed { action: "fund.period_closed", subject_kind: "fund", subject_id: fund_id, detail };
    house.audit(&mut tx, actor, deed).await?;
    house.commit(tx).await?;
    Ok(Closed { fund: fund.code, closed_through: through, first_open: first_open(through) })
}

async fn may_close(tx: &mut PgConnection, house: &House, fund: &Fund, through: NaiveDate) -> Result<(), Error> {
    let wrong = |text: Text| Err(Error::field("through", through, text.with("fund", &fund.code)));
    let today = house.clock.today();
    if through >= today {
        return wrong(Text::new("period-not-over").with("today", today));
    }
    let closed = periods::closed_through(tx, &[fund.fund_id]).await?.remove(&fund.fund_id);
    if let Some(closed) = closed.filter(|closed| through <= *closed) {
        return wrong(Text::new("period-closed-already").with("closed", closed));
    }
    let last = bank::last_links(tx, &[fund.fund_id]).await?.remove(&fund.fund_id);
    if let Some(last) = last.filter(|last| last.on <= through) {
        return wrong(Text::new("period-bank-behind").with("statement", last.on).with("through", through));
    }
    Ok(())
}

/// What is closed of every fund, by code.
pub async fn periods(house: &House, actor: &Actor) -> Result<Vec<Period>, Error> {
    actor.require(Permission::SeeFunds)?;
    let mut db = house.read().await?;
    let closings = periods::list(&mut db).await?;
    let period = |fund: Fund| {
        let of_fund = closings.iter().filter(|closing| closing.fund_id == fund.fund_id);
        let closings: Vec<ClosingLine> = of_fund
            .map(|closing| ClosingLine {
                closed_through: closing.closed_through,
                closed_at: closing.closed_at,
                closed_by: closing.closed_by,
            })
            .collect();
        let closed_through = closings.first().map(|latest| latest.closed_through);
        Period {
            fund_id: fund.fund_id,
            fund: fund.code,
            name: fund.name,
            closed_through,
            first_open: closed_through.map(first_open),
            closings,
        }
    };
    Ok(funds::list(&mut db).await?.into_iter().map(period).collect())
}
