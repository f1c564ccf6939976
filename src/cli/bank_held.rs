//! `energiehuis bank held` and `bank release`: files that wait for a statement that is missing.

use clap::Args;
use uuid::Uuid;

use super::bank_import::{failure, print_file, say};
use super::house::{self, Globals};
use super::{Failure, Format, print_json, print_table, print_text};
use crate::i18n::{self, Lang};
use crate::services::Actor;
use crate::services::bank::{self, FileState, HeldDecision};

/// Lists the files that are held.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  energiehuis bank held
  energiehuis bank held --format json | jq -r '.[].held_file_id'

A file is held when it is right in itself and does not follow on the last statement of its account
(`energiehuis bank import --hold`). It is booked by itself as soon as what is missing is imported.")]
pub(super) struct BankHeld {
    /// Table for people, JSON for programs
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

impl BankHeld {
    /// Lists them.
    pub(super) fn run(self, globals: &Globals) -> Result<(), Failure> {
        let held = house::with_house(globals, async |open| {
            bank::held(&open.house, &Actor::system()).await.map_err(Failure::unavailable)
        })?;
        if self.format == Format::Json {
            return print_json(&held);
        }
        if held.is_empty() {
            print_text("No file is held.");
            return Ok(());
        }
        let rows = held.iter().map(|file| {
            let why: Vec<String> = file.problems.iter().map(say).collect();
            let since = i18n::moment(Lang::En, file.held_at);
            vec![file.held_file_id.to_string(), file.name.clone(), since, why.join("\n")]
        });
        print_table(&["id", "file", "since", "why"], rows);
        Ok(())
    }
}

/// Decides about a file that is held.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  energiehuis bank release 019ac… --again
      tries it as it is
  energiehuis bank release 019ac… --accept-numbers --reason \"the bank began again at 001\"
      books it although a number is missing; the balances must meet
  energiehuis bank release 019ac… --discard --reason \"of an account that was closed\"
      throws it away; its bytes are kept

Exit status: 0 it is booked, known or thrown away · 1 it is still not right and goes on waiting · 2 wrong input.")]
#[group(skip)]
pub(super) struct BankRelease {
    /// The file, as `bank held` names it
    #[arg(value_name = "ID")]
    held_file_id: Uuid,
    /// Try it as it is
    #[arg(long, group = "what", required_unless_present_any = ["accept_numbers", "discard"])]
    again: bool,
    /// Book it although a number is missing
    #[arg(long, group = "what", requires = "reason")]
    accept_numbers: bool,
    /// Throw it away
    #[arg(long, group = "what", requires = "reason")]
    discard: bool,
    /// Why, in your words
    #[arg(long)]
    reason: Option<String>,
}

impl BankRelease {
    /// Does what was decided.
    pub(super) fn run(self, globals: &Globals) -> Result<(), Failure> {
        let reason = self.reason.unwrap_or_default();
        let decision = match (self.accept_numbers, self.discard) {
            (true, _) => HeldDecision::Accept { reason },
            (_, true) => HeldDecision::Discard { reason },
            _ => HeldDecision::Again,
        };
        let reports = house::with_house(globals, async |open| {
            bank::release(&open.house, &Actor::system(), (self.held_file_id, decision)).await.map_err(failure)
        })?;
        reports.iter().for_each(print_file);
        match reports.first().map(|file| file.state) {
            Some(FileState::Refused | FileState::Held) => Err(Failure::NotOk("it goes on waiting".to_owned())),
            _ => Ok(()),
        }
    }
}
