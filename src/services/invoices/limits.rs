//! How often and how long a loan can be drawn, by the figures that were pinned when the family applied (Mijn
//! `VerbouwLening`: at most 6 or 3 draws, the last one at most 36 months after the signature).

use sqlx::PgConnection;

use crate::domain::calendar::add_months;
use crate::domain::rules::Figure;
use crate::domain::text::Text;
use crate::services::loans::state::LockedLoan;
use crate::services::{Error, House};
use crate::storage::applications;
use crate::storage::invoices::{self, InvoiceState};

/// Refuses one draw too many, and a draw that comes too late.
pub(super) async fn check(tx: &mut PgConnection, house: &House, locked: &LockedLoan) -> Result<(), Error> {
    let loan = &locked.loan;
    let pinned = applications::pinned(tx, loan.application_id).await?;
    let figure = |key: &str| pinned.iter().find(|figure| figure.key == key).map(Figure::whole);
    if let Some(months) = figure("draw_months_max") {
        let (signed_on, months) = (loan.terms.signed_on, i32::try_from(months).map_err(Error::internal)?);
        let last = add_months(signed_on, months, chrono::Datelike::day(&signed_on));
        let today = house.clock.today();
        if today > last {
            let text = Text::new("invoicing-draw-too-late").with("signed", signed_on).with("months", months);
            return Err(Error::Refused(text.with("last", last).with("today", today)));
        }
    }
    if let Some(most) = figure("draws_max") {
        let invoices = invoices::list(tx, Some(loan.loan_id)).await?;
        let drawn = invoices.iter().filter(|invoice| matches!(invoice.state, InvoiceState::Approved { .. })).count();
        if drawn >= usize::try_from(most).map_err(Error::internal)? {
            return Err(Error::Refused(Text::new("invoicing-too-many-draws").with("most", most).with("drawn", drawn)));
        }
    }
    Ok(())
}
