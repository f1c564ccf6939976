//! The mark of a house that was made up, so that nobody mistakes it for a real one, or a real one for it.

use chrono::TimeDelta;

use super::{Error, House};
use crate::storage;
pub use crate::storage::demo_house::DemoHouse;

/// What stands in a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Nobody was ever here.
    Empty,
    /// People work here, and nobody made them up.
    Real,
    /// A made-up house, finished.
    Demo(DemoHouse),
    /// A made-up house whose making was cut off.
    CutOff(DemoHouse),
}

/// What stands in the database.
pub async fn look(house: &House) -> Result<Found, Error> {
    let mut db = house.read().await?;
    Ok(match storage::demo_house::find(&mut db).await? {
        Some(mark) if mark.finished_at.is_some() => Found::Demo(mark),
        Some(mark) => Found::CutOff(mark),
        None if storage::demo_house::is_lived_in(&mut db).await? => Found::Real,
        None => Found::Empty,
    })
}

/// Marks an empty house as made up, before anything in it is.
pub async fn begin(house: &House, mark: &DemoHouse) -> Result<(), Error> {
    let mut tx = house.begin().await?;
    storage::demo_house::begin(&mut tx, mark).await?;
    house.commit(tx).await
}

/// Marks the house as finished; from now on it lives on its own date, so far from the machine's.
pub async fn finish(house: &House, offset: TimeDelta) -> Result<(), Error> {
    let mut tx = house.begin().await?;
    storage::house_clock::set_offset(&mut tx, offset).await?;
    storage::demo_house::finish(&mut tx, house.clock.now() - offset).await?;
    house.commit(tx).await
}

/// Throws away a house whose making was cut off, and nothing else. Open the database again afterwards.
pub async fn demolish(house: &House) -> Result<bool, Error> {
    let mut db = house.read().await?;
    Ok(storage::demo_house::demolish(&mut db).await?)
}

/// The same house with connections that do not wait for the disk at every commit: for a house that can be made
/// again from its seed.
pub async fn in_haste(house: &House) -> Result<House, Error> {
    Ok(House { pool: storage::demo_house::hasty(&house.pool).await?, ..house.clone() })
}
