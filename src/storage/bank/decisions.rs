//! What people decide about lines that wait, and how they take it back. Nothing here changes a row.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;
use super::Outcome;
use super::files::{column, money};
use crate::domain::identity::Iban;
use crate::domain::matching::{PartKind, Reason};
use crate::domain::money::Money;

/// What must be known of a line to decide about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenLine {
    /// The line.
    pub bank_line_id: Uuid,
    /// The fund whose account it is on.
    pub fund_id: Uuid,
    /// Positive is money in.
    pub amount: Money,
    /// The booking date.
    pub booked_on: NaiveDate,
    /// What became of it at import.
    pub outcome: Outcome,
    /// Why, at import.
    pub reason: Reason,
    /// The account of the other side.
    pub iban: Option<Iban>,
    /// The name of the other side.
    pub name: Option<String>,
    /// The entry of the import.
    pub entry_id: Option<Uuid>,
    /// The loan that the import booked it to.
    pub loan_id: Option<Uuid>,
    /// The order that the import found executed by it.
    pub payment_order_id: Option<Uuid>,
    /// The decision that stands on it.
    pub decided: Option<Uuid>,
    /// Whether a person took back what the import booked.
    pub reopened: bool,
}

impl OpenLine {
    /// Whether it waits for somebody.
    pub fn waits(&self) -> bool {
        self.decided.is_none() && (self.outcome == Outcome::Suspense || self.reopened)
    }
}

/// Lines, locked in the order of their identifiers, so that two people cannot decide about one at once.
pub async fn lock_lines(db: &mut PgConnection, bank_line_ids: &[Uuid]) -> Result<Vec<OpenLine>, Error> {
    // The lock first, and what others decided in a statement of its own: it then sees what they have committed.
    sqlx::query!(
        "SELECT bank_line_id FROM bank_lines WHERE bank_line_id = ANY($1) ORDER BY bank_line_id FOR UPDATE",
        bank_line_ids
    )
    .fetch_all(&mut *db)
    .await?;
    let rows = sqlx::query!(
        r#"SELECT l.bank_line_id, l.fund_id, l.amount, l.booked_on, l.outcome, l.reason, l.counterparty_iban,
                  l.counterparty_name, l.entry_id, l.loan_id, l.payment_order_id,
                  z.bank_decision_id AS "decided?", r.bank_line_id IS NOT NULL AS "reopened!"
           FROM bank_lines l LEFT JOIN bank_line_settlements z USING (bank_line_id)
           LEFT JOIN bank_line_reopenings r ON r.bank_line_id = l.bank_line_id
           WHERE l.bank_line_id = ANY($1) ORDER BY l.booked_on, l.bank_line_id"#,
        bank_line_ids
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(OpenLine {
                bank_line_id: row.bank_line_id,
                fund_id: row.fund_id,
                amount: money(row.amount)?,
                booked_on: row.booked_on,
                outcome: Outcome::of_code(&row.outcome)?,
                reason: row.reason.parse().map_err(|problem| Error::corrupt("bank_lines", problem))?,
                iban: row.counterparty_iban.as_deref().map(Iban::parse).transpose().ok().flatten(),
                name: row.counterparty_name,
                entry_id: row.entry_id,
                loan_id: row.loan_id,
                payment_order_id: row.payment_order_id,
                decided: row.decided,
                reopened: row.reopened,
            })
        })
        .collect()
}

/// What must be locked before a line that the import booked is taken back: the order it executed, its loan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BookedTo {
    /// The order.
    pub payment_order_id: Option<Uuid>,
    /// The loan.
    pub loan_id: Option<Uuid>,
}

/// Where the import booked a line, when there is such a line. A line never changes, so nothing is locked.
pub async fn peek_line(db: &mut PgConnection, bank_line_id: Uuid) -> Result<Option<BookedTo>, Error> {
    let found = sqlx::query_as!(
        BookedTo,
        "SELECT payment_order_id, loan_id FROM bank_lines WHERE bank_line_id = $1",
        bank_line_id
    );
    Ok(found.fetch_optional(db).await?)
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionRow {
    /// Its identifier.
    pub bank_decision_id: Uuid,
    /// The fund whose account its lines are on.
    pub fund_id: Uuid,
    /// Why, in the words of who decided.
    pub reason: String,
    /// The entry of what cancels out between its lines.
    pub net_entry_id: Option<Uuid>,
    /// Who asked first, where it takes two.
    pub asked_by: Option<Uuid>,
    /// When.
    pub decided_at: DateTime<Utc>,
    /// By whom.
    pub decided_by: Uuid,
    /// The lines it is about.
    pub lines: Vec<Uuid>,
    /// Where their money goes.
    pub parts: Vec<PartRow>,
    /// Whether somebody took it back.
    pub undone: bool,
}

/// A part of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartRow {
    /// Its place, from 1.
    pub place: i16,
    /// Where it goes.
    pub kind: PartKind,
    /// Positive is money in.
    pub amount: Money,
    /// The loan.
    pub loan_id: Option<Uuid>,
    /// The payment on it that it became, or that went back.
    pub payment_id: Option<Uuid>,
    /// The fact on it.
    pub fact_id: Option<Uuid>,
    /// The source.
    pub source_id: Option<Uuid>,
    /// The payment order.
    pub payment_order_id: Option<Uuid>,
    /// The payment run.
    pub payment_run_id: Option<Uuid>,
    /// Its entry; the first where it changed more than one day.
    pub entry_id: Uuid,
}

/// Records a decision with its lines and parts (`bank_decision_lines_standing_key` where a line has another one).
pub async fn insert_decision(db: &mut PgConnection, row: &DecisionRow) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO bank_decisions (bank_decision_id, fund_id, reason, net_entry_id, asked_by, decided_at, decided_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        row.bank_decision_id,
        row.fund_id,
        row.reason,
        row.net_entry_id,
        row.asked_by,
        row.decided_at,
        row.decided_by,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "INSERT INTO bank_decision_lines (bank_decision_id, bank_line_id) SELECT $1, unnest($2::uuid[])",
        row.bank_decision_id,
        &row.lines,
    )
    .execute(&mut *db)
    .await?;
    let parts = &row.parts;
    sqlx::query!(
        "INSERT INTO bank_decision_parts (bank_decision_id, place, kind, amount, loan_id, payment_id, fact_id, source_id,
                                          payment_order_id, payment_run_id, entry_id)
         SELECT $1, p.* FROM UNNEST($2::smallint[], $3::text[], $4::numeric[], $5::uuid[], $6::uuid[], $7::uuid[],
                                    $8::uuid[], $9::uuid[], $10::uuid[], $11::uuid[]) AS p",
        row.bank_decision_id,
        &column(parts, |part| part.place),
        &column(parts, |part| part.kind.code().to_owned()),
        &column(parts, |part| part.amount.decimal()),
        &column(parts, |part| part.loan_id) as _,
        &column(parts, |part| part.payment_id) as _,
        &column(parts, |part| part.fact_id) as _,
        &column(parts, |part| part.source_id) as _,
        &column(parts, |part| part.payment_order_id) as _,
        &column(parts, |part| part.payment_run_id) as _,
        &column(parts, |part| part.entry_id),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A decision with its lines and parts.
pub async fn decision(db: &mut PgConnection, bank_decision_id: Uuid) -> Result<Option<DecisionRow>, Error> {
    let found = sqlx::query!(
        r#"SELECT d.fund_id, d.reason, d.net_entry_id, d.asked_by, d.decided_at, d.decided_by,
                  EXISTS (SELECT 1 FROM bank_decision_undoings u WHERE u.bank_decision_id = d.bank_decision_id) AS "undone!"
           FROM bank_decisions d WHERE d.bank_decision_id = $1"#,
        bank_decision_id
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(found) = found else { return Ok(None) };
    let lines = sqlx::query_scalar!(
        "SELECT bank_line_id FROM bank_decision_lines WHERE bank_decision_id = $1 ORDER BY bank_line_id",
        bank_decision_id
    )
    .fetch_all(&mut *db)
    .await?;
    let parts = sqlx::query!(
        "SELECT place, kind, amount, loan_id, payment_id, fact_id, source_id, payment_order_id, payment_run_id, entry_id
         FROM bank_decision_parts WHERE bank_decision_id = $1 ORDER BY place",
        bank_decision_id
    )
    .fetch_all(db)
    .await?;
    let part = |row: PartOf| -> Result<PartRow, Error> {
        let (place, kind, amount, ids, entry_id) = row;
        let [loan_id, payment_id, fact_id, source_id, payment_order_id, payment_run_id] = ids;
        let kind = kind.parse().map_err(|problem| Error::corrupt("bank_decision_parts", problem))?;
        let amount = money(amount)?;
        Ok(PartRow {
            place,
            kind,
            amount,
            loan_id,
            payment_id,
            fact_id,
            source_id,
            payment_order_id,
            payment_run_id,
            entry_id,
        })
    };
    let parts = parts.into_iter().map(|row| {
        let ids = [row.loan_id, row.payment_id, row.fact_id, row.source_id, row.payment_order_id, row.payment_run_id];
        part((row.place, row.kind, row.amount, ids, row.entry_id))
    });
    Ok(Some(DecisionRow {
        bank_decision_id,
        fund_id: found.fund_id,
        reason: found.reason,
        net_entry_id: found.net_entry_id,
        asked_by: found.asked_by,
        decided_at: found.decided_at,
        decided_by: found.decided_by,
        lines,
        parts: parts.collect::<Result<_, Error>>()?,
        undone: found.undone,
    }))
}

/// A row of `bank_decision_parts`: place, kind, amount, identifiers, entry.
type PartOf = (i16, String, rust_decimal::Decimal, [Option<Uuid>; 6], Uuid);

/// Why, when and by whom something was taken back.
#[derive(Debug, Clone, Copy)]
pub struct Undoing<'a> {
    /// Why, in the words of who did.
    pub reason: &'a str,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: Uuid,
}

/// Records that a decision was taken back (`bank_decision_undoings_pkey` where it was before).
pub async fn insert_undoing(db: &mut PgConnection, bank_decision_id: Uuid, undoing: Undoing<'_>) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO bank_decision_undoings (bank_decision_id, reason, undone_at, undone_by) VALUES ($1, $2, $3, $4)",
        bank_decision_id,
        undoing.reason,
        undoing.at,
        undoing.by,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Records that what the import booked was taken back, by which entry (`bank_line_reopenings_pkey`).
pub async fn insert_reopening(
    db: &mut PgConnection,
    (bank_line_id, entry_id): (Uuid, Uuid),
    undoing: Undoing<'_>,
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO bank_line_reopenings (bank_line_id, reason, entry_id, reopened_at, reopened_by)
         VALUES ($1, $2, $3, $4, $5)",
        bank_line_id,
        undoing.reason,
        entry_id,
        undoing.at,
        undoing.by,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Somebody asked for the money of a line to go back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundAsk {
    /// The line.
    pub bank_line_id: Uuid,
    /// Who.
    pub asked_by: Uuid,
    /// What they are called.
    pub name: String,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// Why, in their words.
    pub reason: String,
}

/// Records an ask.
pub async fn insert_ask(db: &mut PgConnection, (id, line): (Uuid, Uuid), asked: Undoing<'_>) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO bank_refund_asks (bank_refund_ask_id, bank_line_id, round, reason, asked_at, asked_by)
         SELECT $1, $2, (SELECT count(*) FROM bank_decision_lines WHERE bank_line_id = $2), $3, $4, $5",
        id,
        line,
        asked.reason,
        asked.at,
        asked.by,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The first ask for each of these lines since the last decision about it was taken back.
pub async fn asks(db: &mut PgConnection, bank_line_ids: &[Uuid]) -> Result<Vec<RefundAsk>, Error> {
    Ok(sqlx::query_as!(
        RefundAsk,
        r#"SELECT DISTINCT ON (a.bank_line_id) a.bank_line_id, a.asked_by, u.name, a.asked_at, a.reason
           FROM bank_refund_asks a JOIN users u ON u.user_id = a.asked_by
           WHERE a.bank_line_id = ANY($1)
             AND a.round = (SELECT count(*) FROM bank_decision_lines l WHERE l.bank_line_id = a.bank_line_id)
           ORDER BY a.bank_line_id, a.asked_at, a.bank_refund_ask_id"#,
        bank_line_ids
    )
    .fetch_all(db)
    .await?)
}
