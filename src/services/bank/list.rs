//! What came in from the bank, for people to look at. Somebody of one municipality sees the lines of its loans.

use uuid::Uuid;

use crate::domain::access::Permission;
use crate::services::{Actor, Error, House};
use crate::storage::bank::{self, LineFilter, ListedLine, ListedStatement, Page};

/// Statements, newest first; of one fund when asked.
///
/// # Errors
/// The actor may not, or the database failed.
pub async fn statements(
    house: &House,
    actor: &Actor,
    fund_id: Option<Uuid>,
    page: Page,
) -> Result<Vec<ListedStatement>, Error> {
    actor.require(Permission::SeeBank)?;
    let mut db = house.read().await?;
    Ok(bank::list_statements(&mut db, fund_id, page).await?)
}

/// Lines, newest first, with what became of each.
///
/// # Errors
/// The actor may not, or the database failed.
pub async fn lines(house: &House, actor: &Actor, filter: LineFilter, page: Page) -> Result<Vec<ListedLine>, Error> {
    actor.require(Permission::SeeBank)?;
    let own = actor.nis_code.clone();
    let filter = LineFilter { nis_code: own.or(filter.nis_code.clone()), ..filter };
    let mut db = house.read().await?;
    Ok(bank::list_lines(&mut db, &filter, page).await?)
}

/// One line.
///
/// # Errors
/// The actor may not, or there is no such line that this actor may know of.
pub async fn line(house: &House, actor: &Actor, bank_line_id: Uuid) -> Result<ListedLine, Error> {
    let filter = LineFilter { bank_line_id: Some(bank_line_id), ..LineFilter::default() };
    let found = lines(house, actor, filter, Page::of(1, 1)).await?.pop();
    found.ok_or_else(|| Error::not_found("bank line", bank_line_id))
}
