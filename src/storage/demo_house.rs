//! The mark of a house that was made up: which seed, how large, and whether the making was finished.

use chrono::{DateTime, Utc};
use sqlx::postgres::PgPoolOptions;
use sqlx::{PgConnection, PgPool};

use super::Error;

/// The mark of a made-up house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoHouse {
    /// Everything in the house follows from it.
    pub seed: u64,
    /// How many families were asked for.
    pub families: u32,
    /// How many years its story takes.
    pub years: u32,
    /// When the making began, on the clock of the machine.
    pub began_at: DateTime<Utc>,
    /// When it was finished; none: it was cut off.
    pub finished_at: Option<DateTime<Utc>>,
}

/// The mark; none for a house that was not made up.
pub async fn find(db: &mut PgConnection) -> Result<Option<DemoHouse>, Error> {
    let row =
        sqlx::query!("SELECT seed, families, years, began_at, finished_at FROM demo_houses").fetch_optional(db).await?;
    row.map(|row| {
        let number = |value: i32| u32::try_from(value).map_err(|_| Error::corrupt("demo_houses", value));
        Ok(DemoHouse {
            seed: u64::try_from(row.seed).map_err(|_| Error::corrupt("demo_houses", row.seed))?,
            families: number(row.families)?,
            years: number(row.years)?,
            began_at: row.began_at,
            finished_at: row.finished_at,
        })
    })
    .transpose()
}

/// Whether anything was ever done in this house: a person works here, or a fund is open.
pub async fn is_lived_in(db: &mut PgConnection) -> Result<bool, Error> {
    let lived_in = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM users WHERE role <> 'system') OR EXISTS (SELECT FROM funds)
               OR EXISTS (SELECT FROM audit_rows) AS "lived_in!""#
    );
    Ok(lived_in.fetch_one(db).await?)
}

/// Marks a house as made up, before anything is made.
pub async fn begin(db: &mut PgConnection, mark: &DemoHouse) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO demo_houses (seed, families, years, began_at) VALUES ($1, $2, $3, $4)",
        i64::try_from(mark.seed).map_err(|_| Error::corrupt("demo_houses", mark.seed))?,
        i32::try_from(mark.families).unwrap_or(i32::MAX),
        i32::try_from(mark.years).unwrap_or(i32::MAX),
        mark.began_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Marks the making as finished.
pub async fn finish(db: &mut PgConnection, at: DateTime<Utc>) -> Result<(), Error> {
    let done =
        sqlx::query!("UPDATE demo_houses SET finished_at = $1 WHERE finished_at IS NULL", at).execute(db).await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(Error::corrupt("demo_houses", "no making to finish")) }
}

/// Throws away everything in the database of a house whose making was cut off; false, and nothing happens, for any
/// other house. Open the database again afterwards.
pub async fn demolish(db: &mut PgConnection) -> Result<bool, Error> {
    // One statement: PostgreSQL runs the block in one transaction. Rows that are records cannot be deleted, so
    // the tables go, and the migrations make them again.
    let demolished = sqlx::raw_sql(
        "DO $$ BEGIN
             IF EXISTS (SELECT FROM demo_houses WHERE finished_at IS NULL) THEN
                 DROP SCHEMA public CASCADE;
                 CREATE SCHEMA public;
             END IF;
         END $$",
    );
    demolished.execute(&mut *db).await?;
    let gone = sqlx::query_scalar!(r#"SELECT to_regclass('demo_houses') IS NULL AS "gone!""#).fetch_one(db).await?;
    Ok(gone)
}

/// Connections that do not wait for the disk at every commit. For a house that can be made again from its seed;
/// what they commit is safe once a later commit on an ordinary connection is.
pub async fn hasty(pool: &PgPool) -> Result<PgPool, Error> {
    let options = (*pool.connect_options()).clone().options([("synchronous_commit", "off"), ("jit", "off")]);
    Ok(PgPoolOptions::new().max_connections(4).connect_with(options).await?)
}
