//! One loan at a time for a dwelling, where the rules of a product say so (Mijn `VerbouwLening`).

use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::access::Permission;
use crate::domain::loan::Status;
use crate::domain::product::Product;
use crate::domain::text::Text;
use crate::services::loans::load::states;
use crate::services::{Actor, Error, House};
use crate::storage::dwellings::{self, Claim};

/// The dated figure that says so.
pub(super) const RULE: &str = "one_loan_per_dwelling";

/// Why a dwelling cannot have (another) loan of a product: there is one that is not repaid, or one is asked for. A number
/// is named to whoever may see it.
///
/// While the committee decides on an application, others that it has not said yes to are not in the way.
pub(super) async fn in_the_way(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    (dwelling_id, product): (Uuid, Product),
    deciding_on: Option<Uuid>,
) -> Result<Option<Text>, Error> {
    let claims = dwellings::claims(tx, (dwelling_id, product), deciding_on).await?;
    for claim in claims.iter().filter(|claim| deciding_on.is_none() || claim.approved) {
        let number = match claim.loan_id {
            None => Some(claim.number.clone()),
            Some(loan_id) => running(tx, house, loan_id).await?,
        };
        if let Some(number) = number {
            return Ok(Some(sentence(actor, claim, &number)));
        }
    }
    Ok(None)
}

/// The number of a loan that is not repaid.
async fn running(tx: &mut PgConnection, house: &House, loan_id: Uuid) -> Result<Option<String>, Error> {
    let found = states(tx, &[loan_id], house.clock.today()).await?.pop();
    Ok(found.filter(|(_, state)| state.status != Status::Closed).map(|(loan, _)| loan.number))
}

fn sentence(actor: &Actor, claim: &Claim, number: &str) -> Text {
    let (permission, key) = match claim.loan_id {
        Some(_) => (Permission::SeeLoans, "application-dwelling-has-loan"),
        None => (Permission::SeeApplications, "application-dwelling-has-application"),
    };
    if actor.sees(&claim.nis_code) && actor.role.may(permission) {
        return Text::new(key).with("number", number);
    }
    Text::new("application-dwelling-taken")
}
