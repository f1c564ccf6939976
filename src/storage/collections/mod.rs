//! Direct debit: creditors, mandates, collections with their notices, the files they leave in, and what comes back.
//!
//! One statement of SQL per kind of row, whatever their number: arrays in, `UNNEST`.

mod attempts;
mod creditors;
mod credits;
mod find;
mod lists;
mod mandates;
mod notices;
mod returns;
mod runs;
mod steps;

pub use attempts::{
    Collection, Put, block, drop_lines, end_to_end_id, export_lines, insert_collections, loans_with_work, lock_for_run,
    lock_line, of_loans, put_in_run, revise, take_out_of_run,
};
pub use creditors::{Creditor, NewCreditor, creditors_on, insert_creditor};
pub use credits::{Credit, StandingCredit, insert_credit_undoings, standing_credits};
pub use find::{Known, PlacedRow, known, loans_named, lock_claims, next_attempt, placed_lines, with_bank};
pub use lists::{
    CollectionLine, LineFilter, MandateLine, ReturnLine, RunLine, expiring, lines, mandates_of_loan, returns_waiting,
    run_list,
};
pub use mandates::{
    AmendmentRow, MandateRow, active_of_loans, expire_idle, get_mandates, insert_amendment, insert_mandate,
    lock_mandate, pending_amendments, told, touch, update_mandate,
};
pub use notices::{NewNotice, insert_notice, latest_notices};
pub use returns::{
    NewReturn, ReturnToAnswer, StandingReturn, answer_return, insert_return_undoings, insert_returns, loan_of_return,
    return_to_answer, returns_under, standing_returns,
};
pub use runs::{
    Run, RunState, content, find_run, insert_run, lapse, late_runs, lock_run, mark_exported, mark_released,
};

pub use steps::{credit, give_back, take_back_credits, take_back_returns};

use uuid::Uuid;

/// What did something to a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Did {
    /// The import, of its own accord, for this line.
    Import(Uuid),
    /// A person, by this decision.
    Decision(Uuid),
}

impl Did {
    fn import_of(self) -> Option<Uuid> {
        if let Self::Import(bank_line_id) = self { Some(bank_line_id) } else { None }
    }

    fn decision(self) -> Option<Uuid> {
        if let Self::Decision(bank_decision_id) = self { Some(bank_decision_id) } else { None }
    }
}

/// One value of every row, as an array for SQL.
fn column<R, T>(rows: &[R], value: impl Fn(&R) -> T) -> Vec<T> {
    rows.iter().map(value).collect()
}

/// A row that no code of ours wrote.
fn corrupt(table: &'static str, id: Uuid, what: &str) -> super::Error {
    super::Error::corrupt(table, format!("{id}: {what}"))
}
