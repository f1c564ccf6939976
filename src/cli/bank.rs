//! `energiehuis bank …`: files of the bank.

use clap::Subcommand;

use super::bank_import::BankImport;
use super::bank_queue::{Agency, Decide, Queue, Undo};
use super::bank_read::BankRead;
use super::{Failure, Globals};

/// What can be done with a file of the bank.
#[derive(Debug, Subcommand)]
pub(super) enum Bank {
    /// Shows what a CODA file says and checks it; writes nothing
    Read(BankRead),
    /// Books CODA files, each in whole or not at all, and each once
    Import(BankImport),
    Queue(Queue),
    Decide(Decide),
    Undo(Undo),
    #[command(subcommand)]
    Agency(Agency),
}

impl Bank {
    /// Runs the chosen command.
    pub(super) fn run(self, globals: &Globals) -> Result<(), Failure> {
        match self {
            Self::Read(read) => read.run(),
            Self::Import(import) => import.run(globals),
            Self::Queue(queue) => queue.run(globals),
            Self::Decide(decide) => decide.run(globals),
            Self::Undo(undo) => undo.run(globals),
            Self::Agency(agency) => agency.run(globals),
        }
    }
}
