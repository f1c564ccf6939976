//! Finding a loan by what stands on paper: its number, or the communication the family pays with.

use uuid::Uuid;

use crate::domain::access::Permission;
use crate::domain::identity::Ogm;
use crate::domain::text::Text;
use crate::services::{Actor, Error, House};
use crate::storage::loans;

/// The loan of a number (`L-2026-00012`) or a structured communication (`+++100/0000/00158+++`). One of another
/// municipality does not exist.
///
/// # Errors
/// The actor may not; or the field `field` names no loan, with what would be right.
pub async fn named(house: &House, actor: &Actor, (field, text): (&str, &str)) -> Result<Uuid, Error> {
    actor.require(Permission::SeeLoans)?;
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::field(field, "", Text::new("loan-named-missing")));
    }
    let mut db = house.read().await?;
    let found = match Ogm::parse(text) {
        Ok(ogm) => loans::by_ogm(&mut db, &[ogm]).await?.remove(&ogm),
        Err(_) => loans::by_number(&mut db, &text.to_uppercase()).await?,
    };
    let loan = found.filter(|loan| actor.sees(&loan.nis_code));
    let unknown = || Error::field(field, text, Text::new("loan-named-unknown").with("value", text));
    loan.map(|loan| loan.loan_id).ok_or_else(unknown)
}
