//! `energiehuis ledger`: does the ledger still say what happened, and which of its periods are closed?

use chrono::NaiveDate;

use super::house::{self, Globals, Open};
use super::{Failure, Format, fund, print_json, print_table, print_text};
use crate::services::Actor;
use crate::services::ledger::check::{LedgerCheck, check};
use crate::services::ledger::close::{ClosePeriod, Period, close, periods};

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
    /// Close a fund through a day: nothing is booked on that day or before it any more
    ///
    /// Corrections of earlier days land on the first open day and say to which day they belong. It cannot be undone.
    #[command(after_help = "Example:\n  energiehuis ledger close --fund NKF --through 2025-12-31")]
    Close {
        /// Code of the fund: NKF
        #[arg(long)]
        fund: String,
        /// The last day to close, before today
        #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
        through: String,
        /// How to show the answer
        #[arg(long, value_enum, default_value_t = Format::Table)]
        format: Format,
    },
    /// List through which day each fund is closed
    #[command(after_help = "Examples:\n  energiehuis ledger periods\n  energiehuis ledger periods --format json")]
    Periods {
        /// How to show them
        #[arg(long, value_enum, default_value_t = Format::Table)]
        format: Format,
    },
}

impl Ledger {
    /// Does what was asked.
    pub(super) fn run(self, globals: &Globals) -> Result<(), Failure> {
        match self {
            Self::Check { format } => run_check(globals, format),
            Self::Close { fund, through, format } => {
                let through = fund::date("--through", &through)?;
                house::with_house(globals, async |open| run_close(open, (&fund, through), format).await)
            }
            Self::Periods { format } => house::with_house(globals, async |open| {
                show_periods(&periods(&open.house, &Actor::system()).await?, format)
            }),
        }
    }
}

fn run_check(globals: &Globals, format: Format) -> Result<(), Failure> {
    let answer = house::with_house(globals, async |open| {
        check(&open.house, &Actor::system()).await.map_err(Failure::unavailable)
    })?;
    show(&answer, format)?;
    if answer.ok {
        return Ok(());
    }
    Err(Failure::NotOk(format!("the ledger does not agree in {} places", answer.differences.len())))
}

async fn run_close(open: &Open, (code, through): (&str, NaiveDate), format: Format) -> Result<(), Failure> {
    let funds = periods(&open.house, &Actor::system()).await?;
    let Some(period) = funds.iter().find(|period| period.fund == code) else {
        let codes: Vec<&str> = funds.iter().map(|period| period.fund.as_str()).collect();
        let there_is = codes.join(", ");
        return Err(Failure::Input(format!("--fund is “{code}”, which is not a fund; there is: {there_is}")));
    };
    let closed = close(&open.house, &Actor::system(), ClosePeriod { fund_id: period.fund_id, through }).await?;
    if format == Format::Json {
        return print_json(&closed);
    }
    print_text(&format!(
        "{} is closed through {}; the first open day is {}.",
        closed.fund, closed.closed_through, closed.first_open
    ));
    Ok(())
}

fn show_periods(funds: &[Period], format: Format) -> Result<(), Failure> {
    if format == Format::Json {
        return print_json(&funds);
    }
    let rows = funds.iter().map(|period| {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let closed_at = period.closings.first().map(|latest| latest.closed_at.to_rfc3339()).unwrap_or_default();
        vec![period.fund.clone(), period.name.clone(), day(period.closed_through), day(period.first_open), closed_at]
    });
    print_table(&["fund", "name", "closed through", "first open day", "closed at"], rows);
    Ok(())
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
            difference.loan.clone().or_else(|| difference.line.map(|line| format!("line {line}"))).unwrap_or_default(),
            difference.expected.to_string(),
            difference.found.to_string(),
        ]
    });
    print_table(&["what", "fund", "loan", "should be", "is"], rows);
    Ok(())
}
