//! Transfers of ours that came back: the order waits again, and what it was is kept. Nothing here changes a record.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::Error;
use super::bank::Undoing;

/// An order whose money came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReturn {
    /// The identifier of the record.
    pub payment_order_return_id: Uuid,
    /// The order, locked; it is paid.
    pub payment_order_id: Uuid,
    /// The line of the bank.
    pub bank_line_id: Uuid,
    /// The decision of a person; none where the import booked it.
    pub bank_decision_id: Option<Uuid>,
    /// The entry that turns the payment round.
    pub entry_id: Uuid,
    /// The booking date.
    pub returned_on: NaiveDate,
    /// Under which the order waits from now on.
    pub next_end_to_end_id: String,
    /// When.
    pub returned_at: DateTime<Utc>,
    /// By whom.
    pub returned_by: Uuid,
}

/// Records returns and lets their orders wait again, outside any run, for the account that a contractor has now. Fails
/// when one of them is not paid (`payment_order_returns_standing_key` where its payment came back before).
pub async fn insert(db: &mut PgConnection, rows: &[NewReturn]) -> Result<(), Error> {
    let orders: Vec<Uuid> = rows.iter().map(|row| row.payment_order_id).collect();
    let next: Vec<String> = rows.iter().map(|row| row.next_end_to_end_id.clone()).collect();
    let kept = sqlx::query!(
        "INSERT INTO payment_order_returns (payment_order_return_id, payment_order_id, bank_line_id, bank_decision_id,
                                            paid_entry_id, entry_id, paid_on, returned_on, end_to_end_id,
                                            next_end_to_end_id, payment_run_id, creditor_iban, returned_at, returned_by)
         SELECT n.id, o.payment_order_id, n.line, n.decision, p.entry_id, n.entry, o.paid_on, n.returned_on, o.end_to_end_id,
                n.next, o.payment_run_id, o.creditor_iban, n.at, n.who
         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::date[], $7::text[], $8::timestamptz[],
                     $9::uuid[]) AS n (id, payment_order_id, line, decision, entry, returned_on, next, at, who)
              JOIN payment_orders o ON o.payment_order_id = n.payment_order_id AND o.state = 'paid'
              JOIN standing_order_payments p ON p.payment_order_id = o.payment_order_id",
        &rows.iter().map(|row| row.payment_order_return_id).collect::<Vec<_>>(),
        &orders,
        &rows.iter().map(|row| row.bank_line_id).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.bank_decision_id).collect::<Vec<_>>() as _,
        &rows.iter().map(|row| row.entry_id).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.returned_on).collect::<Vec<_>>(),
        &next,
        &rows.iter().map(|row| row.returned_at).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.returned_by).collect::<Vec<_>>(),
    )
    .execute(&mut *db)
    .await?;
    if kept.rows_affected() != rows.len() as u64 {
        let problem = format!("{} of {} orders that came back had been paid", kept.rows_affected(), rows.len());
        return Err(Error::corrupt("payment_order_returns", problem));
    }
    sqlx::query!(
        "UPDATE payment_orders o
         SET state = 'ordered', paid_on = NULL, payment_run_id = NULL, end_to_end_id = n.next,
             creditor_iban = coalesce((SELECT c.iban FROM tranches t JOIN invoices i USING (invoice_id)
                                            JOIN contractors c USING (contractor_id)
                                       WHERE t.tranche_id = o.tranche_id), o.creditor_iban)
         FROM unnest($1::uuid[], $2::text[]) AS n (payment_order_id, next)
         WHERE o.payment_order_id = n.payment_order_id",
        &orders,
        &next,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Those of these end-to-end identifications under which a payment came back.
pub async fn among(db: &mut PgConnection, end_to_end_ids: &[String]) -> Result<Vec<String>, Error> {
    Ok(sqlx::query_scalar!(
        r#"SELECT DISTINCT end_to_end_id AS "id!" FROM standing_payment_order_returns WHERE end_to_end_id = ANY($1)"#,
        end_to_end_ids
    )
    .fetch_all(db)
    .await?)
}

/// A return that nobody took back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The record.
    pub payment_order_return_id: Uuid,
    /// The order.
    pub payment_order_id: Uuid,
    /// The entry that turned the payment round.
    pub entry_id: Uuid,
    /// Under which the order waits.
    pub next_end_to_end_id: String,
}

/// The return by a line that the import booked by itself, or by a decision about an order.
pub async fn standing(
    db: &mut PgConnection,
    (bank_line_id, decided): (Option<Uuid>, Option<(Uuid, Uuid)>),
) -> Result<Option<Standing>, Error> {
    let (bank_decision_id, payment_order_id) = decided.unzip();
    let found = sqlx::query_as!(
        Standing,
        r#"SELECT payment_order_return_id AS "payment_order_return_id!", payment_order_id AS "payment_order_id!",
                  entry_id AS "entry_id!", next_end_to_end_id AS "next_end_to_end_id!"
           FROM standing_payment_order_returns
           WHERE (bank_decision_id IS NULL AND bank_line_id = $1)
              OR (bank_decision_id = $2 AND payment_order_id = $3)"#,
        bank_line_id,
        bank_decision_id,
        payment_order_id,
    );
    Ok(found.fetch_optional(db).await?)
}

/// The day on which the payment by this entry came back, if it did.
pub async fn came_back_on(db: &mut PgConnection, paid_entry_id: Uuid) -> Result<Option<NaiveDate>, Error> {
    Ok(sqlx::query_scalar!(
        r#"SELECT returned_on AS "on!" FROM standing_payment_order_returns WHERE paid_entry_id = $1"#,
        paid_entry_id
    )
    .fetch_optional(db)
    .await?)
}

/// Takes a return back: the order counts as paid again, as it was. False where it has gone on since: it is in a run,
/// was sent under another identification, was paid or cancelled.
pub async fn take_back(db: &mut PgConnection, standing: &Standing, undoing: Undoing<'_>) -> Result<bool, Error> {
    let done = sqlx::query!(
        "UPDATE payment_orders o
         SET state = 'paid', paid_on = r.paid_on, end_to_end_id = r.end_to_end_id, payment_run_id = r.payment_run_id,
             creditor_iban = r.creditor_iban
         FROM payment_order_returns r
         WHERE r.payment_order_return_id = $1 AND o.payment_order_id = r.payment_order_id
           AND o.state = 'ordered' AND o.payment_run_id IS NULL AND o.end_to_end_id = r.next_end_to_end_id",
        standing.payment_order_return_id,
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() != 1 {
        return Ok(false);
    }
    sqlx::query!(
        "INSERT INTO payment_order_return_undoings (payment_order_return_id, reason, undone_at, undone_by)
         VALUES ($1, $2, $3, $4)",
        standing.payment_order_return_id,
        undoing.reason,
        undoing.at,
        undoing.by,
    )
    .execute(db)
    .await?;
    Ok(true)
}

/// The number of the run that an order is in.
pub async fn run_of(db: &mut PgConnection, payment_order_id: Uuid) -> Result<Option<String>, Error> {
    Ok(sqlx::query_scalar!(
        "SELECT r.number FROM payment_orders o JOIN payment_runs r USING (payment_run_id) WHERE o.payment_order_id = $1",
        payment_order_id
    )
    .fetch_optional(db)
    .await?)
}

/// That an order came back, and what the bank says of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CameBack {
    /// The booking date.
    pub on: NaiveDate,
    /// Why, as ISO code.
    pub code: Option<String>,
    /// Why, in the words of the bank.
    pub words: Option<String>,
    /// The line that says so.
    pub bank_line_id: Uuid,
}

/// The orders of a run whose payment in it came back.
pub async fn of_run(db: &mut PgConnection, payment_run_id: Uuid) -> Result<HashMap<Uuid, CameBack>, Error> {
    let rows = sqlx::query!(
        r#"SELECT DISTINCT ON (r.payment_order_id) r.payment_order_id AS "payment_order_id!", r.returned_on AS "on!",
                  l.return_reason, l.free, l.bank_line_id
           FROM standing_payment_order_returns r JOIN bank_lines l USING (bank_line_id)
           WHERE r.payment_run_id = $1 ORDER BY r.payment_order_id, r.returned_at DESC"#,
        payment_run_id
    )
    .fetch_all(db)
    .await?;
    let came_back = rows.into_iter().map(|row| {
        let (on, code, words, bank_line_id) = (row.on, row.return_reason, row.free, row.bank_line_id);
        (row.payment_order_id, CameBack { on, code, words, bank_line_id })
    });
    Ok(came_back.collect())
}

/// A return because of which an order may have to stay behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToConfirm {
    /// The record.
    pub payment_order_return_id: Uuid,
    /// The order.
    pub payment_order_id: Uuid,
    /// Why, as ISO code.
    pub code: Option<String>,
}

/// The last return of an order that waits, from the account that it is to be sent to now, while nobody confirmed it. The
/// order is locked until the end of the transaction.
pub async fn to_confirm(db: &mut PgConnection, end_to_end_id: &str) -> Result<Option<ToConfirm>, Error> {
    sqlx::query!("SELECT payment_order_id FROM payment_orders WHERE end_to_end_id = $1 FOR UPDATE", end_to_end_id)
        .fetch_optional(&mut *db)
        .await?;
    let found = sqlx::query_as!(
        ToConfirm,
        r#"SELECT r.payment_order_return_id AS "payment_order_return_id!", o.payment_order_id, l.return_reason AS code
           FROM payment_orders o JOIN standing_payment_order_returns r USING (payment_order_id)
                JOIN bank_lines l USING (bank_line_id)
           WHERE o.end_to_end_id = $1 AND o.state = 'ordered' AND r.creditor_iban = o.creditor_iban
             AND NOT EXISTS (SELECT 1 FROM payment_order_return_confirmations c
                             WHERE c.payment_order_return_id = r.payment_order_return_id)
           ORDER BY r.returned_at DESC LIMIT 1"#,
        end_to_end_id
    );
    Ok(found.fetch_optional(db).await?)
}

/// Keeps what a person says of an account from which money came back.
pub async fn insert_confirmation(
    db: &mut PgConnection,
    payment_order_return_id: Uuid,
    said: Undoing<'_>,
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO payment_order_return_confirmations (payment_order_return_id, note, confirmed_at, confirmed_by)
         VALUES ($1, $2, $3, $4)",
        payment_order_return_id,
        said.reason,
        said.at,
        said.by,
    )
    .execute(db)
    .await?;
    Ok(())
}
