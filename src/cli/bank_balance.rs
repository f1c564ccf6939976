//! `energiehuis bank balance`: the bank beside the ledger, at the end of every day.

use clap::Args;
use serde::Serialize;

use super::house::{self, Globals};
use super::{Failure, Format, print_json, print_table, print_text};
use crate::domain::money::Money;
use crate::services::bank::{self, Agreement, DayEnd};
use crate::services::funds::position::named;
use crate::services::{Actor, Error};

/// Compares the bank with the ledger, day by day.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  energiehuis bank balance
      each fund on the day of its last statement; where they differ: by how much, and since which statement
  energiehuis bank balance --fund NKF --days
      every day that a statement closes
  energiehuis bank balance --format json | jq '.funds[] | select(.differs_since != null)'

Exit status: 0 bank and ledger are equal on every day · 1 they differ somewhere. Changes nothing.")]
pub(super) struct BankBalance {
    /// Code of one fund: NKF
    #[arg(long)]
    fund: Option<String>,
    /// Show every day, not only the last
    #[arg(long)]
    days: bool,
    /// Table for people, JSON for programs
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

/// The JSON document; its shape is fixed, other people's scripts read it.
#[derive(Debug, Serialize)]
struct Answer {
    funds: Vec<Agreement>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    days: Vec<DayEnd>,
}

impl BankBalance {
    /// Shows where bank and ledger stand, and fails when they differ.
    pub(super) fn run(self, globals: &Globals) -> Result<(), Failure> {
        let answer = house::with_house(globals, async |open| self.ask(&open.house).await)?;
        match self.format {
            Format::Json => print_json(&answer)?,
            Format::Table => print(&answer),
        }
        let differ: usize = answer.funds.iter().map(|fund| fund.days_that_differ).sum();
        if differ == 0 {
            return Ok(());
        }
        Err(Failure::NotOk(format!("bank and ledger differ on {differ} days")))
    }

    async fn ask(&self, house: &crate::services::House) -> Result<Answer, Failure> {
        let actor = Actor::system();
        let code = self.fund.as_deref().unwrap_or_default();
        let fund_id = named(house, &actor, code).await.map_err(Failure::unavailable)?;
        if fund_id.is_none() && !code.is_empty() {
            return Err(Failure::Input(format!(
                "--fund is “{code}”, which is not a fund; `energiehuis fund position` lists them"
            )));
        }
        let failed = |error: Error| Failure::unavailable(error);
        let funds = bank::agreement(house, &actor, fund_id).await.map_err(failed)?;
        let days = if self.days { bank::days(house, &actor, fund_id).await.map_err(failed)? } else { Vec::new() };
        Ok(Answer { funds, days })
    }
}

fn print(answer: &Answer) {
    if answer.funds.is_empty() {
        print_text("No statement has come in yet.");
        return;
    }
    let sum = |amount: Money| format!("{amount:>14}");
    let rows = answer.funds.iter().map(|fund| {
        let since = fund.differs_since.as_ref().map(|day| format!("statement {:03} of {}", day.sequence, day.on));
        let DayEnd { on, bank, ledger, .. } = &fund.last;
        let difference = sum(fund.last.difference());
        vec![fund.fund.clone(), on.to_string(), sum(*bank), sum(*ledger), difference, since.unwrap_or_default()]
    });
    print_table(&["fund", "on", "bank", "ledger", "difference", "since"], rows);
    if !answer.days.is_empty() {
        let rows = answer.days.iter().map(|day| {
            let number = format!("{:03}", day.sequence);
            let difference = sum(day.difference());
            vec![day.fund.clone(), day.on.to_string(), number, sum(day.bank), sum(day.ledger), difference]
        });
        print_table(&["fund", "on", "statement", "bank", "ledger", "difference"], rows);
    }
}
