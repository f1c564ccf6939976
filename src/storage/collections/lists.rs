//! Mandates, collections, runs and returns as people see them; each only of the reader's municipality, where it is bound
//! to one.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::{Error, money};
use crate::domain::money::Money;

/// A mandate in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MandateLine {
    /// Its identifier.
    pub mandate_id: Uuid,
    /// The loan.
    pub loan_id: Uuid,
    /// Number of the loan.
    pub loan_number: String,
    /// Its reference.
    pub reference: String,
    /// `recurrent` or `one_off`.
    pub kind: String,
    /// The day it was signed.
    pub signed_on: NaiveDate,
    /// In whose name the account stands.
    pub debtor_name: String,
    /// The account.
    pub debtor_iban: String,
    /// `active`, `stopped` or `expired`.
    pub state: String,
    /// The day of the last collection.
    pub last_collected_on: Option<NaiveDate>,
    /// The day it was stopped.
    pub stopped_on: Option<NaiveDate>,
    /// `person`, `returned` or `used`.
    pub stop_cause: Option<String>,
    /// Why it was stopped: words, or an ISO reason.
    pub stop_reason: Option<String>,
    /// The day it ended by itself.
    pub expired_on: Option<NaiveDate>,
    /// The first day on which it ends by itself when nothing is collected.
    pub expires_on: NaiveDate,
}

/// All mandates of a loan, the latest first. `idle_months` is after how many it ends by itself.
pub async fn mandates_of_loan(
    db: &mut PgConnection,
    loan_id: Uuid,
    idle_months: u32,
) -> Result<Vec<MandateLine>, Error> {
    Ok(sqlx::query_as!(
        MandateLine,
        r#"SELECT m.mandate_id, m.loan_id, l.number AS loan_number, m.reference, m.kind, m.signed_on, m.debtor_name,
                  m.debtor_iban, m.state, m.last_collected_on, m.stopped_on, m.stop_cause, m.stop_reason, m.expired_on,
                  (greatest(m.signed_on, m.last_collected_on) + make_interval(months => $2))::date AS "expires_on!"
           FROM mandates m JOIN loans l USING (loan_id)
           WHERE m.loan_id = $1 ORDER BY m.created_at DESC, m.mandate_id DESC"#,
        loan_id,
        i32::try_from(idle_months).unwrap_or(i32::MAX),
    )
    .fetch_all(db)
    .await?)
}

/// The active mandates that end by themselves on or before a day, the first first.
pub async fn expiring(
    db: &mut PgConnection,
    (before, idle_months): (NaiveDate, u32),
    nis_code: Option<&str>,
) -> Result<Vec<MandateLine>, Error> {
    Ok(sqlx::query_as!(
        MandateLine,
        r#"SELECT m.mandate_id, m.loan_id, l.number AS loan_number, m.reference, m.kind, m.signed_on, m.debtor_name,
                  m.debtor_iban, m.state, m.last_collected_on, m.stopped_on, m.stop_cause, m.stop_reason, m.expired_on,
                  (greatest(m.signed_on, m.last_collected_on) + make_interval(months => $2))::date AS "expires_on!"
           FROM mandates m JOIN loans l USING (loan_id)
           WHERE m.state = 'active' AND ($3::text IS NULL OR l.nis_code = $3)
             AND (greatest(m.signed_on, m.last_collected_on) + make_interval(months => $2))::date <= $1
           ORDER BY 15, m.reference"#,
        before,
        i32::try_from(idle_months).unwrap_or(i32::MAX),
        nis_code,
    )
    .fetch_all(db)
    .await?)
}

/// A collection in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CollectionLine {
    /// Its identifier.
    pub collection_id: Uuid,
    /// The loan.
    pub loan_id: Uuid,
    /// Number of the loan.
    pub loan_number: String,
    /// Reference of its mandate, as it is now.
    pub mandate: String,
    /// When the claim was due.
    pub due_on: NaiveDate,
    /// Which attempt, from 1.
    pub attempt: i16,
    /// How much, in euro.
    pub amount: Money,
    /// When it is collected.
    pub collect_on: NaiveDate,
    /// `RCUR` or `OOFF`.
    pub sequence_type: String,
    /// What comes back on the bank statement.
    pub end_to_end_id: String,
    /// `made`, `exported`, `credited`, `returned` or `dropped`.
    pub state: String,
    /// Why the last run left it out.
    pub blocked_because: Option<String>,
    /// Why it was never sent.
    pub dropped_because: Option<String>,
    /// The day the borrower was told.
    pub notified_on: Option<NaiveDate>,
    /// The run it is in.
    pub run_id: Option<Uuid>,
    /// The day the money came.
    pub credited_on: Option<NaiveDate>,
    /// Credited: the last day on which the debtor can take it back without a reason.
    pub provisional_until: Option<NaiveDate>,
    /// The day it came back.
    pub returned_on: Option<NaiveDate>,
    /// `reject`, `return`, `refund`, …
    pub return_kind: Option<String>,
    /// The ISO reason.
    pub return_reason: Option<String>,
    /// What that asks.
    pub return_action: Option<String>,
}

struct LineRow {
    collection_id: Uuid,
    loan_id: Uuid,
    loan_number: String,
    mandate: String,
    due_on: NaiveDate,
    attempt: i16,
    amount: Decimal,
    collect_on: NaiveDate,
    sequence_type: String,
    end_to_end_id: String,
    state: String,
    blocked_because: Option<String>,
    dropped_because: Option<String>,
    notified_on: Option<NaiveDate>,
    run_id: Option<Uuid>,
    credited_on: Option<NaiveDate>,
    provisional_until: Option<NaiveDate>,
    returned_on: Option<NaiveDate>,
    return_kind: Option<String>,
    return_reason: Option<String>,
    return_action: Option<String>,
}

impl TryFrom<LineRow> for CollectionLine {
    type Error = Error;

    fn try_from(row: LineRow) -> Result<Self, Error> {
        Ok(Self {
            amount: money("collections", row.amount)?,
            collection_id: row.collection_id,
            loan_id: row.loan_id,
            loan_number: row.loan_number,
            mandate: row.mandate,
            due_on: row.due_on,
            attempt: row.attempt,
            collect_on: row.collect_on,
            sequence_type: row.sequence_type,
            end_to_end_id: row.end_to_end_id,
            state: row.state,
            blocked_because: row.blocked_because,
            dropped_because: row.dropped_because,
            notified_on: row.notified_on,
            run_id: row.run_id,
            credited_on: row.credited_on,
            provisional_until: row.provisional_until,
            returned_on: row.returned_on,
            return_kind: row.return_kind,
            return_reason: row.return_reason,
            return_action: row.return_action,
        })
    }
}

/// Which collections to list.
#[derive(Debug, Clone, Default)]
pub struct LineFilter<'a> {
    /// Only of this loan.
    pub loan_id: Option<Uuid>,
    /// Only in this run.
    pub run_id: Option<Uuid>,
    /// Only those in one of these states.
    pub states: Option<&'a [String]>,
    /// Only of this municipality.
    pub nis_code: Option<&'a str>,
    /// The most that is listed.
    pub limit: Option<i64>,
}

/// Collections by filter, the latest day first. `refund_days` is for how long a credit is not final.
pub async fn lines(
    db: &mut PgConnection,
    filter: &LineFilter<'_>,
    refund_days: u32,
) -> Result<Vec<CollectionLine>, Error> {
    let rows = sqlx::query_as!(
        LineRow,
        r#"SELECT c.collection_id, c.loan_id, l.number AS loan_number, m.reference AS mandate, c.due_on, c.attempt, c.amount,
                  c.collect_on, c.sequence_type, c.end_to_end_id, c.state, c.blocked_because, c.dropped_because, c.run_id,
                  (SELECT max(n.notified_on) FROM collection_notices n
                   WHERE n.collection_id = c.collection_id AND n.revision = c.revision) AS notified_on,
                  c.credited_on, CASE WHEN c.state = 'credited' THEN c.credited_on + $6::int END AS provisional_until,
                  c.returned_on, r.kind AS "return_kind?", r.reason AS "return_reason?", r.action AS "return_action?"
           FROM collections c
           JOIN loans l USING (loan_id)
           JOIN mandates m USING (mandate_id)
           LEFT JOIN standing_collection_returns r USING (collection_id)
           WHERE ($1::uuid IS NULL OR c.loan_id = $1) AND ($2::uuid IS NULL OR c.run_id = $2)
             AND ($3::text[] IS NULL OR c.state = ANY($3)) AND ($4::text IS NULL OR l.nis_code = $4)
           ORDER BY c.collect_on DESC, l.serial, c.attempt DESC LIMIT $5"#,
        filter.loan_id,
        filter.run_id,
        filter.states,
        filter.nis_code,
        filter.limit,
        i32::try_from(refund_days).unwrap_or(i32::MAX),
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(CollectionLine::try_from).collect()
}

/// A run in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RunLine {
    /// Its identifier.
    pub run_id: Uuid,
    /// Code of the fund.
    pub fund: String,
    /// The message identification of the file.
    pub message_id: String,
    /// `made`, `released`, `exported` or `lapsed`.
    pub state: String,
    /// How many collections.
    pub lines: i32,
    /// Their sum, in euro.
    pub total: Money,
    /// The first collection day in it.
    pub first_on: NaiveDate,
    /// The last day on which the bank takes it.
    pub send_by: NaiveDate,
    /// SHA-256 of the file, in hexadecimal digits.
    pub sha256: String,
    /// Who made it.
    pub made_by: Uuid,
    /// Their name.
    pub maker: String,
    /// When.
    pub made_at: DateTime<Utc>,
    /// Who let it leave.
    pub releaser: Option<String>,
    /// When.
    pub released_at: Option<DateTime<Utc>>,
    /// When it left for the first time.
    pub exported_at: Option<DateTime<Utc>>,
}

/// Runs, the latest first; one of them when asked.
pub async fn run_list(db: &mut PgConnection, run_id: Option<Uuid>, limit: i64) -> Result<Vec<RunLine>, Error> {
    let rows = sqlx::query!(
        r#"SELECT r.run_id, f.code AS fund, r.message_id, r.state, r.lines, r.total, r.first_on, r.send_by, r.sha256,
                  r.made_by, maker.name AS maker, r.made_at, releaser.name AS "releaser?", r.released_at, r.exported_at
           FROM collection_runs r
           JOIN funds f USING (fund_id)
           JOIN users maker ON maker.user_id = r.made_by
           LEFT JOIN users releaser ON releaser.user_id = r.released_by
           WHERE $1::uuid IS NULL OR r.run_id = $1
           ORDER BY r.made_at DESC, r.run_id DESC LIMIT $2"#,
        run_id,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(RunLine {
                run_id: row.run_id,
                fund: row.fund,
                message_id: row.message_id,
                state: row.state,
                lines: row.lines,
                total: money("collection_runs", row.total)?,
                first_on: row.first_on,
                send_by: row.send_by,
                sha256: hex::encode(row.sha256),
                made_by: row.made_by,
                maker: row.maker,
                made_at: row.made_at,
                releaser: row.releaser,
                released_at: row.released_at,
                exported_at: row.exported_at,
            })
        })
        .collect()
}

/// A return that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReturnLine {
    /// Its identifier.
    pub return_id: Uuid,
    /// The loan.
    pub loan_id: Uuid,
    /// Number of the loan.
    pub loan_number: String,
    /// In whose name the account stands.
    pub debtor_name: String,
    /// How much, in euro.
    pub amount: Money,
    /// When the claim was due.
    pub due_on: NaiveDate,
    /// `reject`, `return`, `refund`, …
    pub kind: String,
    /// The ISO reason.
    pub reason: Option<String>,
    /// What it asks.
    pub action: String,
    /// The day of the bank.
    pub returned_on: NaiveDate,
    /// False: rejected before any money came.
    pub was_credited: bool,
    /// The day of the second try, where there is one.
    pub retry_on: Option<NaiveDate>,
}

/// The returns that wait for a person, and those whose second try has not left, the oldest first.
pub async fn returns_waiting(db: &mut PgConnection, nis_code: Option<&str>) -> Result<Vec<ReturnLine>, Error> {
    let rows = sqlx::query!(
        r#"SELECT r.return_id AS "return_id!", c.loan_id, l.number, m.debtor_name, c.amount, c.due_on, r.kind AS "kind!",
                  r.reason, r.action AS "action!", r.returned_on AS "returned_on!", r.was_credited AS "was_credited!", again.collect_on AS "retry_on?"
           FROM standing_collection_returns r
           JOIN collections c USING (collection_id)
           JOIN loans l USING (loan_id)
           JOIN mandates m USING (mandate_id)
           LEFT JOIN collections again ON again.collection_id = r.retry_id
           LEFT JOIN collection_return_answers a USING (return_id)
           WHERE a.return_id IS NULL AND (r.action <> 'retry' OR again.state = 'made')
             AND ($1::text IS NULL OR l.nis_code = $1)
           ORDER BY r.returned_on, l.serial, r.return_id"#,
        nis_code,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(ReturnLine {
                return_id: row.return_id,
                loan_id: row.loan_id,
                loan_number: row.number,
                debtor_name: row.debtor_name,
                amount: money("collections", row.amount)?,
                due_on: row.due_on,
                kind: row.kind,
                reason: row.reason,
                action: row.action,
                returned_on: row.returned_on,
                was_credited: row.was_credited,
                retry_on: row.retry_on,
            })
        })
        .collect()
}
