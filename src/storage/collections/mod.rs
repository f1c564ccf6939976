//! Direct debit: creditors, mandates, collections with their notices, the files they leave in, and what comes back.
//!
//! One statement of SQL per kind of row, whatever their number: arrays in, `UNNEST`.

mod attempts;
mod creditors;
mod find;
mod lists;
mod mandates;
mod notices;
mod returns;
mod runs;

pub use attempts::{
    Collection, Put, block, credit, drop_lines, end_to_end_id, export_lines, give_back, insert_collections,
    loans_with_work, lock_for_run, lock_line, of_loans, put_in_run, revise, take_out_of_run,
};
pub use creditors::{Creditor, NewCreditor, creditors_on, insert_creditor};
pub use find::{Known, known};
pub use lists::{
    CollectionLine, LineFilter, MandateLine, ReturnLine, RunLine, expiring, lines, mandates_of_loan, returns_waiting,
    run_list,
};
pub use mandates::{
    AmendmentRow, MandateRow, active_of_loans, expire_idle, get_mandates, insert_amendment, insert_mandate,
    lock_mandate, pending_amendments, told, touch, update_mandate,
};
pub use notices::{NewNotice, insert_notice, latest_notices};
pub use returns::{NewReturn, ReturnToAnswer, answer_return, insert_returns, return_to_answer};
pub use runs::{
    Run, RunState, content, find_run, insert_run, lapse, late_runs, lock_run, mark_exported, mark_released,
};

use uuid::Uuid;

/// One value of every row, as an array for SQL.
fn column<R, T>(rows: &[R], value: impl Fn(&R) -> T) -> Vec<T> {
    rows.iter().map(value).collect()
}

/// A row that no code of ours wrote.
fn corrupt(table: &'static str, id: Uuid, what: &str) -> super::Error {
    super::Error::corrupt(table, format!("{id}: {what}"))
}
