//! Runs as they are shown.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::payment_returns::{self, CameBack};
use super::super::{Error, money};
use crate::domain::money::Money;
use crate::domain::payment_run::RunState;

/// A run in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RunHead {
    /// Its identifier.
    pub payment_run_id: Uuid,
    /// `P-2026-00012`.
    pub number: String,
    /// Where it stands.
    pub state: RunState,
    /// When the bank is to pay.
    pub execute_on: NaiveDate,
    /// Who made it.
    pub made_by: String,
    /// When.
    pub made_at: DateTime<Utc>,
    /// How many orders it has.
    pub count: i64,
    /// How many of them the bank has paid.
    pub paid: i64,
    /// What they come to, in euro.
    pub sum: Money,
}

impl RunHead {
    /// Whether the bank has paid every order of it.
    pub fn is_executed(&self) -> bool {
        self.state == RunState::Exported && self.count > 0 && self.paid == self.count
    }
}

/// The latest runs, newest first.
pub async fn list(db: &mut PgConnection, limit: i64) -> Result<Vec<RunHead>, Error> {
    heads(db, None, limit).await
}

/// One run, by its identifier.
pub async fn find(db: &mut PgConnection, payment_run_id: Uuid) -> Result<Option<RunHead>, Error> {
    Ok(heads(db, Some(payment_run_id), 1).await?.pop())
}

async fn heads(db: &mut PgConnection, only: Option<Uuid>, limit: i64) -> Result<Vec<RunHead>, Error> {
    let rows = sqlx::query!(
        r#"SELECT r.payment_run_id, r.number, r.execute_on, r.made_at, u.name AS made_by,
                  (SELECT count(*) FROM payment_run_releases x WHERE x.payment_run_id = r.payment_run_id) AS "releases!",
                  EXISTS (SELECT 1 FROM payment_run_exports x WHERE x.payment_run_id = r.payment_run_id) AS "exported!",
                  EXISTS (SELECT 1 FROM payment_run_cancellations x WHERE x.payment_run_id = r.payment_run_id) AS "cancelled!",
                  s.count AS "count!", s.paid AS "paid!", s.sum AS "sum!"
           FROM payment_runs r JOIN users u ON u.user_id = r.made_by
                CROSS JOIN LATERAL (
                    SELECT count(*) AS count, coalesce(sum(x.amount), 0) AS sum,
                           count(*) FILTER (WHERE o.state = 'paid' AND o.payment_run_id = x.payment_run_id) AS paid
                    FROM payment_run_orders x JOIN payment_orders o USING (payment_order_id)
                    WHERE x.payment_run_id = r.payment_run_id) s
           WHERE $1::uuid IS NULL OR r.payment_run_id = $1
           ORDER BY r.made_at DESC, r.payment_run_id DESC LIMIT $2"#,
        only,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let releases = usize::try_from(row.releases).unwrap_or_default();
            Ok(RunHead {
                payment_run_id: row.payment_run_id,
                number: row.number,
                state: RunState::of(releases, row.exported, row.cancelled),
                execute_on: row.execute_on,
                made_by: row.made_by,
                made_at: row.made_at,
                count: row.count,
                paid: row.paid,
                sum: money("payment_run_orders", row.sum)?,
            })
        })
        .collect()
}

/// The identifier of a run by its number.
pub async fn by_number(db: &mut PgConnection, number: &str) -> Result<Option<Uuid>, Error> {
    let found = sqlx::query_scalar!("SELECT payment_run_id FROM payment_runs WHERE number = $1", number);
    Ok(found.fetch_optional(db).await?)
}

/// A step of a run, and who took it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepRow {
    /// Who.
    #[serde(skip)]
    pub user_id: Uuid,
    /// Their name.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The file of a run, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Export {
    /// What it is called.
    pub file_name: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// Who made it leave, and when.
    #[serde(flatten)]
    pub step: StepRow,
}

/// What happened to a run besides its orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunDetails {
    /// `MsgId` of its file.
    pub message_id: String,
    /// Who made it.
    pub made_by: Uuid,
    /// Who released it, in order.
    pub releases: Vec<StepRow>,
    /// Its file.
    pub export: Option<Export>,
    /// Why it was cancelled, and by whom.
    pub cancelled: Option<(String, StepRow)>,
}

/// What happened to a run besides its orders.
pub async fn details(db: &mut PgConnection, payment_run_id: Uuid) -> Result<Option<RunDetails>, Error> {
    let head = sqlx::query!("SELECT message_id, made_by FROM payment_runs WHERE payment_run_id = $1", payment_run_id);
    let Some(head) = head.fetch_optional(&mut *db).await? else { return Ok(None) };
    let releases = sqlx::query!(
        "SELECT r.released_by, u.name, r.released_at FROM payment_run_releases r JOIN users u ON u.user_id = r.released_by
         WHERE r.payment_run_id = $1 ORDER BY r.position",
        payment_run_id
    )
    .fetch_all(&mut *db)
    .await?;
    let export = sqlx::query!(
        "SELECT e.file_name, e.sha256, e.exported_at, e.exported_by, u.name
         FROM payment_run_exports e JOIN users u ON u.user_id = e.exported_by WHERE e.payment_run_id = $1",
        payment_run_id
    )
    .fetch_optional(&mut *db)
    .await?;
    let cancelled = sqlx::query!(
        "SELECT c.reason, c.cancelled_at, c.cancelled_by, u.name
         FROM payment_run_cancellations c JOIN users u ON u.user_id = c.cancelled_by WHERE c.payment_run_id = $1",
        payment_run_id
    )
    .fetch_optional(db)
    .await?;
    let step = |user_id, by, at| StepRow { user_id, by, at };
    Ok(Some(RunDetails {
        message_id: head.message_id,
        made_by: head.made_by,
        releases: releases.into_iter().map(|row| step(row.released_by, row.name, row.released_at)).collect(),
        export: export.map(|row| Export {
            file_name: row.file_name,
            sha256: hex::encode(row.sha256),
            step: step(row.exported_by, row.name, row.exported_at),
        }),
        cancelled: cancelled.map(|row| (row.reason, step(row.cancelled_by, row.name, row.cancelled_at))),
    }))
}

/// The file of a run as it left: its name and its bytes.
pub async fn file_of(db: &mut PgConnection, payment_run_id: Uuid) -> Result<Option<(String, Vec<u8>)>, Error> {
    let file =
        sqlx::query!("SELECT file_name, content FROM payment_run_exports WHERE payment_run_id = $1", payment_run_id);
    Ok(file.fetch_optional(db).await?.map(|row| (row.file_name, row.content)))
}

/// An order of a run, as it was when the run was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RunOrder {
    /// The order.
    pub payment_order_id: Uuid,
    /// Code of the fund that pays.
    pub fund: String,
    /// The account of the fund.
    #[serde(skip)]
    pub account: String,
    /// `contractor`, `funder`, `refund`, …
    pub kind: String,
    /// Who is paid.
    pub creditor_name: String,
    /// On which account.
    pub creditor_iban: String,
    /// How much, in euro.
    pub amount: Money,
    /// What they read.
    pub remittance: String,
    /// Ours; comes back on the statement.
    pub end_to_end_id: String,
    /// The contractor, for an invoice.
    pub contractor_id: Option<Uuid>,
    /// Who approved the invoice.
    #[serde(skip)]
    pub approved_by: Option<Uuid>,
    /// `ordered` or `paid`; `left` when it is no longer in this run.
    pub state: String,
    /// The day the bank paid it.
    pub paid_on: Option<NaiveDate>,
    /// That its payment in this run came back, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub came_back: Option<CameBack>,
    /// The loan it is for.
    pub loan_id: Option<Uuid>,
    /// Its number.
    pub loan: Option<String>,
}

/// The orders of a run, in the order of its file.
pub async fn orders_of(db: &mut PgConnection, payment_run_id: Uuid) -> Result<Vec<RunOrder>, Error> {
    let rows = sqlx::query!(
        r#"SELECT r.payment_order_id, f.code AS fund, f.iban AS account, r.kind, r.creditor_name, r.creditor_iban,
                  r.amount, r.remittance, r.end_to_end_id, r.contractor_id, r.approved_by, o.paid_on,
                  CASE WHEN o.payment_run_id IS NOT DISTINCT FROM r.payment_run_id THEN o.state ELSE 'left' END AS "state!",
                  l.loan_id AS "loan_id?", l.number AS "loan?"
           FROM payment_run_orders r JOIN funds f USING (fund_id) JOIN payment_orders o USING (payment_order_id)
                LEFT JOIN tranches t USING (tranche_id) LEFT JOIN loans l ON l.loan_id = coalesce(t.loan_id, o.refund_loan_id)
           WHERE r.payment_run_id = $1 ORDER BY r.position"#,
        payment_run_id
    )
    .fetch_all(&mut *db)
    .await?;
    let mut came_back = payment_returns::of_run(db, payment_run_id).await?;
    rows.into_iter()
        .map(|row| {
            Ok(RunOrder {
                came_back: came_back.remove(&row.payment_order_id),
                payment_order_id: row.payment_order_id,
                fund: row.fund,
                account: row.account,
                kind: row.kind,
                creditor_name: row.creditor_name,
                creditor_iban: row.creditor_iban,
                amount: money("payment_run_orders", row.amount)?,
                remittance: row.remittance,
                end_to_end_id: row.end_to_end_id,
                contractor_id: row.contractor_id,
                approved_by: row.approved_by,
                paid_on: row.paid_on.filter(|_| row.state == "paid"),
                state: row.state,
                loan_id: row.loan_id,
                loan: row.loan,
            })
        })
        .collect()
}
