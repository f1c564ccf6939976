//! Funds: opening one, adding sources, promising its money, and where it stands.

pub mod add_source;
pub mod commit;
pub mod history;
pub mod open_fund;
pub mod pass_on;
pub mod position;
