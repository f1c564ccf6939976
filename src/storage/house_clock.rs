//! The clock of a house that lives on its own date, such as the demo.

use chrono::TimeDelta;
use sqlx::PgConnection;

use super::Error;

/// How far the house's clock is from the machine's; none for a house that lives today.
pub async fn offset(db: &mut PgConnection) -> Result<Option<TimeDelta>, Error> {
    let seconds = sqlx::query_scalar!("SELECT offset_seconds FROM house_clock").fetch_optional(db).await?;
    seconds
        .map(|seconds| {
            TimeDelta::try_seconds(seconds).ok_or_else(|| Error::corrupt("house_clock", format!("{seconds} seconds")))
        })
        .transpose()
}

/// Sets how far the house's clock is from the machine's.
pub async fn set_offset(db: &mut PgConnection, offset: TimeDelta) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO house_clock (offset_seconds) VALUES ($1)
         ON CONFLICT (only_row) DO UPDATE SET offset_seconds = excluded.offset_seconds",
        offset.num_seconds(),
    )
    .execute(db)
    .await?;
    Ok(())
}
