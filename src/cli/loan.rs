//! `energiehuis loan`: the loans and what follows from their facts.

use super::fund::date;
use super::house::{self, Globals};
use super::{Failure, Format, print_json, print_table, print_text};
use crate::domain::product::Product;
use crate::services::loans::show::{LoanFilter, LoanSummary, LoanView, Wanted, When, list, show_as_known};
use crate::services::{Actor, Error};

/// Loans: balances, schedules and what happened
#[derive(Debug, clap::Subcommand)]
pub(super) enum Loan {
    /// List the loans, the latest first
    #[command(after_help = "Examples:\n  energiehuis loan list\n  energiehuis loan list --overdue --format json\n  \
                            energiehuis loan list --product energy_loan --municipality 34022 --as-of 2026-06-30")]
    List {
        /// Only of this product: `emergency_buyer`, `rolling_fund`, `energy_loan` or `renovation_loan`
        #[arg(long)]
        product: Option<String>,
        /// Only of this municipality, by its NIS code
        #[arg(long, value_name = "NIS")]
        municipality: Option<String>,
        /// Only loans with something overdue
        #[arg(long)]
        overdue: bool,
        /// Day whose end counts, as 2026-06-30; today when left out
        #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
        as_of: Option<String>,
        /// How to show the answer
        #[arg(long, value_enum, default_value_t = Format::Table)]
        format: Format,
    },
    /// Show one loan: balance, schedule, payments
    ///
    /// There are two axes of time: what was owed on a day (--as-of), and what the house believed at the end of a day
    /// (--known-at), before it knew better.
    #[command(after_help = "Examples:\n  energiehuis loan show L-2026-00012\n  \
                            energiehuis loan show L-2026-00012 --as-of 2026-06-30 --format json\n  \
                            energiehuis loan show L-2026-00012 --as-of 2026-06-30 --known-at 2026-07-15")]
    Show {
        /// Number of the loan, or its identifier
        #[arg(value_name = "NUMBER")]
        name: String,
        /// Day whose end counts, as 2026-06-30; today when left out
        #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
        as_of: Option<String>,
        /// As the house believed it to be at the end of this day; as it is known now when left out
        #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
        known_at: Option<String>,
        /// How to show the answer
        #[arg(long, value_enum, default_value_t = Format::Table)]
        format: Format,
    },
    Event(super::loan_event::Event),
}

impl Loan {
    /// Does what was asked.
    pub(super) fn run(self, globals: &Globals) -> Result<(), Failure> {
        match self {
            Self::List { product, municipality, overdue, as_of, format } => {
                let product = product.map(|text| text.parse::<Product>()).transpose().map_err(Failure::input)?;
                let as_of = as_of.map(|text| date("--as-of", &text)).transpose()?;
                let filter = LoanFilter { product, nis_code: municipality, ..LoanFilter::default() };
                let wanted = Wanted { filter, overdue, as_of, status: None };
                let loans = house::with_house(globals, async |open| {
                    list(&open.house, &Actor::system(), wanted.clone()).await.map_err(Failure::unavailable)
                })?;
                print_list(&loans, format)
            }
            Self::Show { name, as_of, known_at, format } => {
                let as_of = as_of.map(|text| date("--as-of", &text)).transpose()?;
                let known_at = known_at.map(|text| date("--known-at", &text)).transpose()?;
                let when = When { as_of, known_at };
                let view = house::with_house(globals, async |open| {
                    let shown = show_as_known(&open.house, &Actor::system(), &name, when).await;
                    shown.map_err(|error| unknown(error, &name))
                })?;
                print_one(&view, format)
            }
            Self::Event(event) => event.run(globals),
        }
    }
}

fn unknown(error: Error, name: &str) -> Failure {
    match error {
        Error::NotFound { .. } => Failure::Input(format!(
            "loan “{name}” does not exist on that day; write its number like L-2026-00012, as `loan list` shows it"
        )),
        other => Failure::unavailable(other),
    }
}

fn print_list(loans: &[LoanSummary], format: Format) -> Result<(), Failure> {
    if format == Format::Json {
        return print_json(&loans);
    }
    let rows = loans.iter().map(|loan| {
        let figures = [loan.principal, loan.drawn, loan.outstanding, loan.overdue];
        let names = [loan.number.clone(), loan.fund.clone(), loan.nis_code.clone(), loan.status.code().to_owned()];
        names.into_iter().chain(figures.iter().map(ToString::to_string)).collect()
    });
    print_table(&["number", "fund", "municipality", "status", "principal", "drawn", "outstanding", "overdue"], rows);
    Ok(())
}

fn print_one(view: &LoanView, format: Format) -> Result<(), Failure> {
    if format == Format::Json {
        return print_json(view);
    }
    let line = &view.summary;
    let believed = view.known_at.map(|day| format!(", as believed at the end of {day}")).unwrap_or_default();
    print_text(&format!(
        "{} · {} · {} · at the end of {}{believed}\nreference {}\nprincipal {} · drawn {} · repaid {} · outstanding {} · overdue {}",
        line.number,
        line.product,
        line.status.code(),
        view.as_of,
        view.ogm,
        line.principal,
        line.drawn,
        line.repaid,
        line.outstanding,
        line.overdue,
    ));
    let rows = view.state.instalments.iter().map(|state| {
        let figures = [state.instalment.total, state.paid, state.open];
        let names = [state.instalment.number.to_string(), state.instalment.due_on.to_string()];
        names.into_iter().chain(figures.iter().map(ToString::to_string)).collect()
    });
    print_table(&["instalment", "due on", "to pay", "paid", "open"], rows);
    Ok(())
}
