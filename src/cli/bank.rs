//! `energiehuis bank …`: files of the bank.

use clap::Subcommand;

use super::Failure;
use super::bank_read::BankRead;

/// What can be done with a file of the bank.
#[derive(Debug, Subcommand)]
pub(super) enum Bank {
    /// Shows what a CODA file says and checks it; writes nothing
    Read(BankRead),
}

impl Bank {
    /// Runs the chosen command.
    pub(super) fn run(self) -> Result<(), Failure> {
        match self {
            Self::Read(read) => read.run(),
        }
    }
}
