//! Who owes a loan from now on.

use sqlx::PgConnection;
use uuid::Uuid;

use super::parse::Debtor;
use crate::domain::text::Text;
use crate::services::loans::state::LockedLoan;
use crate::services::{Error, House};
use crate::storage::persons;

/// The person, known to the house by now.
pub(super) async fn known(
    tx: &mut PgConnection,
    house: &House,
    locked: &LockedLoan,
    debtor: Debtor,
) -> Result<Uuid, Error> {
    let (field, debtor_id) = match debtor {
        Debtor::Known(person_id) => {
            if persons::names(tx, &[person_id]).await?.is_empty() {
                return Err(Error::field("person_id", person_id, Text::new("loan-event-problem-person")));
            }
            ("person_id", person_id)
        }
        Debtor::New(person) => {
            let own = (house.ids.next(), person.as_ref());
            let known = persons::upsert(tx, own, (house.clock.now(), &locked.loan.nis_code)).await?;
            if known.born_on != person.born_on {
                let text = Text::new("application-problem-known-otherwise-born");
                return Err(Error::field("person.born_on", person.born_on, text));
            }
            ("person", known.person_id)
        }
    };
    if locked.state.debtor_id.unwrap_or(locked.loan.borrower_id) == debtor_id {
        return Err(Error::field(field, "", Text::new("loan-event-problem-same-debtor")));
    }
    Ok(debtor_id)
}
