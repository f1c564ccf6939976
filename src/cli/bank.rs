//! `energiehuis bank …`: files of the bank.

use clap::Subcommand;

use super::bank_balance::BankBalance;
use super::bank_held::{BankHeld, BankRelease};
use super::bank_import::BankImport;
use super::bank_known::{Agency, Counterparty};
use super::bank_queue::{Decide, Queue, Undo};
use super::bank_read::BankRead;
use super::{Failure, Globals};

/// What can be done with a file of the bank.
#[derive(Debug, Subcommand)]
pub(super) enum Bank {
    /// Shows what a CODA or CAMT file says and checks it; writes nothing
    Read(BankRead),
    /// Books CODA and CAMT.053 files, each in whole or not at all, and each once
    Import(BankImport),
    Queue(Queue),
    Decide(Decide),
    Undo(Undo),
    #[command(subcommand)]
    Agency(Agency),
    #[command(subcommand)]
    Counterparty(Counterparty),
    /// Lists files that wait for a statement that is missing
    Held(BankHeld),
    /// Decides about a file that waits
    Release(BankRelease),
    /// Compares the bank with the ledger at the end of every day
    Balance(BankBalance),
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
            Self::Counterparty(counterparty) => counterparty.run(globals),
            Self::Held(held) => held.run(globals),
            Self::Release(release) => release.run(globals),
            Self::Balance(balance) => balance.run(globals),
        }
    }
}
