//! Payment runs: open orders leave for the bank in one file. Made by one person, released by two, exported once.
//!
//! Only people take these steps, never the house itself at night, and only people who work for the whole house.

mod account;
mod build;
mod cancel;
mod confirm;
mod contractors;
mod export;
mod list;
mod make;
mod redirect;
mod release;
mod reopen;
mod show;
mod step;

use crate::domain::access::Permission;
use crate::domain::identity::EnterpriseNumber;
use crate::domain::text::Text;
use crate::services::{Actor, Error};

pub use account::{AccountChange, Changed, Payee, change_account, payee};
pub use build::{AskedAccount, BlockedOrder};
pub use confirm::{Cleared, confirm};
pub use contractors::{ContractorLine, ContractorView, change_account_of, contractor, contractors};
pub use export::{File, file};
pub use list::{Waiting, WaitingFund, runs, waiting};
pub use redirect::{Redirected, Redirection, redirect};
pub use release::Confirmed;
pub use show::{Account, Cancelled, RunView, Said, show};
pub use step::{Outcome, Step, take, take_once};

pub use crate::storage::payment_returns::CameBack;
pub use crate::storage::payment_runs::{
    ContractorAccount, FundTotal, RunHead, RunOrder, SourceTotal, StepRow, WaitingOrder,
};

/// The longest reason or note, in characters.
const MOST_WORDS: usize = 500;

/// Whose accounts pay: the house as the bank knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payer {
    /// Its name.
    pub name: String,
    /// Its enterprise number.
    pub enterprise_number: EnterpriseNumber,
}

/// Fine for a person of the whole house who holds a permission.
fn person(actor: &Actor, permission: Permission) -> Result<(), Error> {
    actor.require(permission)?;
    if actor.user_id == Actor::SYSTEM_USER { Err(Error::Forbidden) } else { whole_house(actor) }
}

/// Fine for who sees every municipality: a run pays for all of them.
fn whole_house(actor: &Actor) -> Result<(), Error> {
    if actor.nis_code.is_none() { Ok(()) } else { Err(Error::Forbidden) }
}

/// Words that somebody must give, without blanks around them.
fn words<'a>(field: &str, typed: &'a str, missing: &str) -> Result<&'a str, Error> {
    let words = typed.trim();
    let length = words.chars().count();
    if words.is_empty() {
        Err(Error::field(field, "", Text::new(missing)))
    } else if length > MOST_WORDS {
        let text = Text::new("application-problem-too-long").with("length", length).with("most", MOST_WORDS);
        Err(Error::field(field, words, text))
    } else {
        Ok(words)
    }
}
