//! Payment runs: orders that leave for the bank together. Every step is a row of its own; nothing is changed.

mod accounts;
mod batch;
mod contractors;
mod executed;
mod make;
mod read;
mod redirect;
mod reopen;
mod steps;
mod totals;

pub use accounts::{
    Confirmation, ContractorAccount, NewAccount, Payee, RunPayee, accounts_of, change_account, confirmations_of,
    lock_payee, open_run_of, payees_of,
};
pub use batch::{BatchOrder, RunBatch, batch, orders_in};
pub use contractors::{Contractor, ContractorFilter, WaitingOrder, contractors, waiting_orders};
pub use executed::{
    Execution, ExecutionRow, OpenBatch, execution_of_decision, execution_of_line, insert_execution_undoing,
    insert_executions, open_batches,
};
pub use make::{NewBatch, NewRun, OpenOrder, claim, insert_run, lock_open, next_number, open_orders};
pub use read::{Export, RunDetails, RunHead, RunOrder, StepRow, by_number, details, file_of, find, list, orders_of};
pub use redirect::{NewAsk, RedirectionAsk, insert_ask, insert_redirection, last_asks, redirected_in};
pub use reopen::{Reopenable, ReopeningRow, lock_order, reopen};
pub use steps::{
    ExportRow, insert_cancellation, insert_confirmation, insert_export, insert_release, left_orders, lock_run,
};
pub use totals::{FundTotal, SourceTotal, fund_totals, source_totals};
