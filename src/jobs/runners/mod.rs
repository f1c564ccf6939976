//! What each job does: one file per `jobs/*.toml`, thin, calling its service.

mod arrears_day;
mod bank_folder;
mod collections_prepare;
mod instalments_due;
mod ledger_check;
mod outbox_send;

use std::path::PathBuf;

use chrono::NaiveDate;
use serde_json::Value;

use crate::services::post::Post;
use crate::services::{Error, House};

/// What jobs work with.
#[derive(Debug, Clone)]
pub struct Tools {
    /// Database, time, identifiers.
    pub house: House,
    /// The way out for mail.
    pub post: Post,
    /// Who writes the letters.
    pub sender: crate::services::arrears::Sender,
    /// Where bank files are laid, if anywhere.
    pub bank_folder: Option<PathBuf>,
}

/// What a run is asked to do; it has no other input.
#[derive(Debug, Clone, Copy)]
pub struct Order {
    /// The business date to work for: everything up to and including it.
    pub for_date: NaiveDate,
    /// How many loans or messages per transaction.
    pub batch: u16,
}

/// What a job that did its work says.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// What was done or found, typed by its service.
    pub report: Value,
    /// Set: the work was done and what it found is not right. Doing it again would not change that.
    pub problem: Option<String>,
}

/// The code behind a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Runner {
    /// `arrears_day`
    ArrearsDay,
    /// `bank_folder`
    BankFolder,
    /// `collections_prepare`
    CollectionsPrepare,
    /// `instalments_due`
    InstalmentsDue,
    /// `ledger_check`
    LedgerCheck,
    /// `outbox_send`
    OutboxSend,
}

impl Runner {
    /// The runner of a job's name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "arrears_day" => Some(Self::ArrearsDay),
            "bank_folder" => Some(Self::BankFolder),
            "collections_prepare" => Some(Self::CollectionsPrepare),
            "instalments_due" => Some(Self::InstalmentsDue),
            "ledger_check" => Some(Self::LedgerCheck),
            "outbox_send" => Some(Self::OutboxSend),
            _ => None,
        }
    }

    /// Does the work and says what was done.
    pub async fn run(self, tools: &Tools, order: &Order) -> Result<Answer, Error> {
        match self {
            Self::ArrearsDay => arrears_day::run(tools, order).await,
            Self::BankFolder => bank_folder::run(tools, order).await,
            Self::CollectionsPrepare => collections_prepare::run(tools, order).await,
            Self::InstalmentsDue => instalments_due::run(tools, order).await,
            Self::LedgerCheck => ledger_check::run(tools, order).await,
            Self::OutboxSend => outbox_send::run(tools, order).await,
        }
    }
}

/// A report as it is kept in the run's row, of work with which nothing is wrong.
fn report(report: &impl serde::Serialize) -> Result<Answer, Error> {
    Ok(Answer { report: serde_json::to_value(report).map_err(Error::internal)?, problem: None })
}
