//! `energiehuis payment redirect`: another account for one order, when two people ask for the same.

use super::house::{self, Globals};
use super::payment::{Who, actor};
use super::{Failure, Format, print_json, print_text};
use crate::services::payments::{self, Redirection};

/// Asks, and says what became of it.
pub(super) fn redirect(globals: &Globals, who: &Who, asked: &Redirection) -> Result<(), Failure> {
    let done = house::with_house(globals, async |open| {
        let actor = actor(open, &who.token_file).await?;
        Ok(payments::redirect(&open.house, &actor, asked).await?)
    })?;
    if who.format == Format::Json {
        return print_json(&done);
    }
    print_text(&match &done.asked_by {
        Some(first) => format!(
            "{} to {} goes to {} from now on, as {first} asked too; whoever releases the run sees it",
            done.end_to_end_id, done.creditor_name, done.iban
        ),
        None => format!(
            "{} to {} goes to {} when a second person has asked for the same",
            done.end_to_end_id, done.creditor_name, done.iban
        ),
    });
    Ok(())
}
