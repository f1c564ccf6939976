//! `energiehuis bank …`: files of the bank.

use clap::Subcommand;

use super::bank_import::BankImport;
use super::bank_read::BankRead;
use super::{Failure, Globals};

/// What can be done with a file of the bank.
#[derive(Debug, Subcommand)]
pub(super) enum Bank {
    /// Shows what a CODA or CAMT file says and checks it; writes nothing
    Read(BankRead),
    /// Books CODA and CAMT.053 files, each in whole or not at all, and each once
    Import(BankImport),
}

impl Bank {
    /// Runs the chosen command.
    pub(super) fn run(self, globals: &Globals) -> Result<(), Failure> {
        match self {
            Self::Read(read) => read.run(),
            Self::Import(import) => import.run(globals),
        }
    }
}
