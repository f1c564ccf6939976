//! What people at their desks see: read models for the pages. They check who may see what and change nothing.

mod applications;
mod bank;
mod funds;
mod letters;
mod loans;
mod orders;
mod waiting;

pub use applications::{ApplicationFile, application, applications, municipalities};
pub use bank::{BankFile, Placing, bank, bank_file, placing};
pub use funds::sources;
pub use letters::{letter, letters};
pub use loans::{LoanFile, LoanLine, Wanted, loan, loans};
pub use orders::orders;
pub use waiting::{Waiting, waiting};

pub use crate::storage::desk::application_file::{
    CommitmentLine, DeedLine, Head, IncomeLine, PersonLine, QuoteLine, VoteLine,
};
pub use crate::storage::desk::applications::{ApplicationFilter, ApplicationLine};
pub use crate::storage::desk::bank::{Balance, BankLine, FileLine, StatementLine};
pub use crate::storage::desk::funds::SourceLine;
pub use crate::storage::desk::letters::{Document, LetterLine};
pub use crate::storage::desk::loans::{InvoiceLine, Names, PostingLine};
pub use crate::storage::desk::orders::{OrderFilter, OrderLine, OrderTotal};

/// The most rows of one list; who looks for more should filter.
pub const MOST: i64 = 500;
