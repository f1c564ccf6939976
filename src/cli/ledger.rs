//! `energiehuis ledger`: does the ledger still say what happened?

use super::house::{self, Globals};
use super::{Failure, Format, print_json, print_table, print_text};
use crate::services::Actor;
use crate::services::ledger::check::{LedgerCheck, check};

/// The ledger of the funds
#[derive(Debug, clap::Subcommand)]
pub(super) enum Ledger {
    /// Compare the ledger with the loans, the commitments, the orders and the bank
    ///
    /// Exit status 0 when everything agrees, 1 when something does not. Changes nothing.
    #[command(after_help = "Examples:\n  energiehuis ledger check\n  energiehuis ledger check --format json\n  \
                            energiehuis ledger check --format json | jq .differences")]
    Check {
        /// How to show the answer
        #[arg(long, value_enum, default_value_t = Format::Table)]
        format: Format,
    },
}

impl Ledger {
    /// Does what was asked.
    pub(super) fn run(self, globals: &Globals) -> Result<(), Failure> {
        let Self::Check { format } = self;
        let answer = house::with_house(globals, async |open| {
            check(&open.house, &Actor::system()).await.map_err(Failure::unavailable)
        })?;
        show(&answer, format)?;
        if answer.ok {
            return Ok(());
        }
        Err(Failure::NotOk(format!("the ledger does not agree in {} places", answer.differences.len())))
    }
}

fn show(answer: &LedgerCheck, format: Format) -> Result<(), Failure> {
    if format == Format::Json {
        return print_json(answer);
    }
    if answer.ok {
        print_text(&format!("{} entries; everything agrees", answer.entries));
        return Ok(());
    }
    let rows = answer.differences.iter().map(|difference| {
        vec![
            difference.kind.code().to_owned(),
            difference.fund.clone(),
            difference.loan.clone().unwrap_or_default(),
            difference.expected.to_string(),
            difference.found.to_string(),
        ]
    });
    print_table(&["what", "fund", "loan", "should be", "is"], rows);
    Ok(())
}
