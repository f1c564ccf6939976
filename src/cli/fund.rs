//! `energiehuis fund`: where the funds stand.

use chrono::NaiveDate;
use serde::Serialize;

use super::fund_open::{AddSource, OpenFund};
use super::house::{self, Globals};
use super::{Failure, Format, print_json, print_table, print_text};
use crate::services::Actor;
use crate::services::funds::position::{FundPosition, position};

/// The funds that the house lends from
#[derive(Debug, clap::Subcommand)]
pub(super) enum Fund {
    /// Show what each fund has, has promised, and can still lend
    #[command(after_help = "Examples:\n  energiehuis fund position\n  \
                            energiehuis fund position --as-of 2026-06-30 --format json")]
    Position {
        /// Day whose end counts, as 2026-06-30; today when left out
        #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
        as_of: Option<String>,
        /// How to show the answer
        #[arg(long, value_enum, default_value_t = Format::Table)]
        format: Format,
    },
    /// Open a fund with its own bank account
    #[command(
        after_help = "Example:\n  energiehuis fund open --code NKF --name Noodkoopfonds --product emergency_buyer \\\n    \
                            --iban \"BE68 5390 0754 7034\""
    )]
    Open(OpenFund),
    /// Add a source of money to a fund
    #[command(
        after_help = "Examples:\n  energiehuis fund source --fund NKF --kind credit_line --funder VEKA --nis 34022 --ceiling 1800000 \\\n    \
                            --pass-on-within-days 30 --funder-iban \"BE68 5390 0754 7034\" --available-from 2022-09-01\n  \
                            energiehuis fund source --fund ROL --kind grant --funder \"Stad Kortrijk\" --ceiling 10000 --available-from 2019-01-01"
    )]
    Source(AddSource),
}

/// The JSON answer, whose shape others rely on.
#[derive(Debug, Serialize)]
struct Answer<'a> {
    as_of: NaiveDate,
    funds: &'a [FundPosition],
}

impl Fund {
    /// Does what was asked.
    pub(super) fn run(self, globals: &Globals) -> Result<(), Failure> {
        match self {
            Self::Position { as_of, format } => show(globals, as_of, format),
            Self::Open(new) => house::with_house(globals, async |open| new.run(open).await),
            Self::Source(new) => house::with_house(globals, async |open| new.run(open).await),
        }
    }
}

fn show(globals: &Globals, as_of: Option<String>, format: Format) -> Result<(), Failure> {
    let as_of = as_of.map(|text| date("--as-of", &text)).transpose()?;
    let (as_of, funds) = house::with_house(globals, async |open| {
        let as_of = as_of.unwrap_or_else(|| open.house.clock.today());
        let funds = position(&open.house, &Actor::system(), Some(as_of)).await.map_err(Failure::unavailable)?;
        Ok((as_of, funds))
    })?;
    if format == Format::Json {
        return print_json(&Answer { as_of, funds: &funds });
    }
    print_text(&format!("at the end of {as_of}"));
    let headings = ["code", "name", "cash", "committed", "outstanding", "due to funder", "free to lend"];
    print_table(&headings, funds.iter().map(row));
    Ok(())
}

fn row(fund: &FundPosition) -> Vec<String> {
    let figures = [fund.cash, fund.committed, fund.outstanding, fund.due_to_funder, fund.free_to_lend];
    let names = [fund.code.clone(), fund.name.clone()];
    names.into_iter().chain(figures.iter().map(ToString::to_string)).collect()
}

/// A date typed after an option, or one sentence that says what would be right.
pub(super) fn date(option: &str, text: &str) -> Result<NaiveDate, Failure> {
    let strict = text.len() == 10;
    let parsed = if strict { text.parse().ok() } else { None };
    parsed.ok_or_else(|| Failure::Input(format!("{option} is “{text}”, which is not a date; write it like 2026-06-30")))
}
