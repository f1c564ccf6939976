//! Bank files as received, their statements, and what became of each line.
//!
//! One statement of SQL per kind of row, whatever the number of lines: arrays in, `UNNEST`.

mod agreement;
mod counterparties;
mod decided;
mod decisions;
mod details;
mod facts;
mod files;
mod held;
mod lines;
mod list;
mod lookup;
mod suspense;
mod waiting;

pub use agreement::{DayEnd, day_ends};
pub use counterparties::{
    Agency, KnownPayer, LearnedRow, agencies, agencies_among, forget, insert_agency, known_payers, learn, payers,
    remove_agency,
};
pub use decided::{ShownDecision, ShownPart, shown_decisions};
pub use decisions::{
    BookedTo, DecisionRow, OpenLine, PartRow, RefundAsk, Undoing, asks, decision, insert_ask, insert_decision,
    insert_reopening, insert_undoing, lock_lines, peek_line,
};
pub use details::{Explained, TopLine, feeds_known, insert_explained, insert_feeds, lock_waiting, top_lines};
pub use facts::{
    Candidate, Traces, WaitingFilter, WaitingLine, candidates, collection_loans, order_facts, source_facts,
    waiting_lines,
};
pub use files::{
    BankFileRow, KnownFile, KnownStatement, StatementOfDay, StatementRow, file_known, insert_file, insert_statements,
    last_links, lock_accounts, statements_known, statements_of_days,
};
pub use held::{
    HeldFile, NewHeldFile, NewRelease, Release, held_since, insert_held, insert_release, lock_held, waiting_files,
};
pub use lines::{Details, LineRow, Said, accounts_of, insert_lines};
pub use list::{LineFilter, ListedLine, ListedStatement, Ours, Page, list_lines, list_statements};
pub use lookup::{Wanted, known};
pub use suspense::{Misplaced, Suspense, misplaced, open_suspense};
pub use waiting::{WaitingTotals, is_line, waiting_totals};

use uuid::Uuid;

use crate::domain::identity::Iban;

/// The bank account of a fund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundAccount {
    /// The fund.
    pub fund_id: Uuid,
    /// Its code, which people know it by.
    pub code: String,
    /// Its account.
    pub iban: Iban,
}

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Booked where its reason says.
    Booked,
    /// Booked to unmatched receipts until a person decides.
    Suspense,
    /// A total, or nothing: there is no entry of its own.
    Detailed,
}

impl Outcome {
    /// The code in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Booked => "booked",
            Self::Suspense => "suspense",
            Self::Detailed => "detailed",
        }
    }

    fn of_code(code: &str) -> Result<Self, super::Error> {
        match code {
            "booked" => Ok(Self::Booked),
            "suspense" => Ok(Self::Suspense),
            "detailed" => Ok(Self::Detailed),
            other => Err(super::Error::corrupt("bank_lines", format!("outcome {other}"))),
        }
    }
}

/// A SHA-256 out of a `bytea` column.
fn sha256(table: &'static str, bytes: Vec<u8>) -> Result<[u8; 32], super::Error> {
    bytes.try_into().map_err(|_| super::Error::corrupt(table, "sha256 is not 32 bytes"))
}
