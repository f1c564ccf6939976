//! What the bank makes of attempts that have left, and what a person takes back of that: the rows say where each stands
//! now. Each step checks the one before, and all of them are taken or none.

use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

use super::super::Error;
use super::column;
use super::credits::{Credit, insert_credits};

/// Marks attempts as credited, each on its day and with the payment that it became, and keeps that.
pub async fn credit(db: &mut PgConnection, credited: &[Credit]) -> Result<(), Error> {
    let done = sqlx::query!(
        "UPDATE collections c SET state = 'credited', credited_on = p.credited_on, payment_id = p.payment_id
         FROM UNNEST($1::uuid[], $2::date[], $3::uuid[]) AS p (collection_id, credited_on, payment_id)
         WHERE c.collection_id = p.collection_id AND c.state = 'exported'",
        &column(credited, |row| row.collection_id),
        &column(credited, |row| row.credited_on),
        &column(credited, |row| row.payment_id),
    )
    .execute(&mut *db)
    .await?;
    all(done.rows_affected(), credited.len(), "credited")?;
    insert_credits(db, credited).await
}

/// Marks attempts as returned, each on its day.
pub async fn give_back(db: &mut PgConnection, returned: &[(Uuid, NaiveDate)]) -> Result<(), Error> {
    let done = sqlx::query!(
        "UPDATE collections c SET state = 'returned', returned_on = r.returned_on
         FROM UNNEST($1::uuid[], $2::date[]) AS r (collection_id, returned_on)
         WHERE c.collection_id = r.collection_id AND c.state IN ('exported', 'credited')",
        &column(returned, |(id, _)| *id),
        &column(returned, |(_, on)| *on),
    )
    .execute(db)
    .await?;
    all(done.rows_affected(), returned.len(), "returned")
}

/// Puts credited attempts back to where they were: with the bank.
pub async fn take_back_credits(db: &mut PgConnection, ids: &[Uuid]) -> Result<(), Error> {
    let done = sqlx::query!(
        "UPDATE collections SET state = 'exported', credited_on = NULL, payment_id = NULL
         WHERE collection_id = ANY($1) AND state = 'credited'",
        ids,
    )
    .execute(db)
    .await?;
    all(done.rows_affected(), ids.len(), "with the bank again")
}

/// Puts returned attempts back to where they were: credited, or with the bank where no money had come
/// (`collections_open_key` where another attempt at the claim is on its way by now).
pub async fn take_back_returns(db: &mut PgConnection, ids: &[Uuid]) -> Result<(), Error> {
    let done = sqlx::query!(
        "UPDATE collections SET state = CASE WHEN payment_id IS NULL THEN 'exported' ELSE 'credited' END, returned_on = NULL
         WHERE collection_id = ANY($1) AND state = 'returned'",
        ids,
    )
    .execute(db)
    .await?;
    all(done.rows_affected(), ids.len(), "not returned after all")
}

fn all(done: u64, asked: usize, what: &str) -> Result<(), Error> {
    if done == asked as u64 {
        return Ok(());
    }
    Err(Error::corrupt("collections", format!("{done} of {asked} collections could be marked as {what}")))
}
