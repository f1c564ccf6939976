//! `energiehuis schedule`: works out a repayment schedule, without a database.

use chrono::{Datelike, NaiveDate};

use super::{Failure, Format, print_json, print_table};
use crate::domain::money::Money;
use crate::domain::product::Product;
use crate::domain::schedule::{DayCount, Instalment, Method, Plan, PlanTerms, Rate, Remainder};

/// Work out a repayment schedule, to the cent.
///
/// The principal parts add up to the principal exactly; the last instalment (or the first) takes the cents
/// that do not divide. A due date on a day on which money cannot move shows both dates.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:
  energiehuis schedule --product energy_loan --principal 10000 --instalments 36 --first-due 2026-01-31
  energiehuis schedule --product renovation_loan --principal 40000 --instalments 300 --first-due 2026-03-01 --rate 2.75
  energiehuis schedule --product emergency_buyer --principal 25000 --instalments 1 --first-due 2046-01-15 --format json")]
pub struct Schedule {
    #[arg(long, help = "emergency_buyer, rolling_fund, energy_loan or renovation_loan")]
    product: String,
    /// What is repaid, in euro: 10000 or 10000.50.
    #[arg(long, allow_hyphen_values = true)]
    principal: String,
    /// Number of instalments, 1 to 540.
    #[arg(long, allow_hyphen_values = true)]
    instalments: String,
    /// Due date of the first instalment, as 2026-01-31; the others fall on the same day of the month.
    #[arg(long, allow_hyphen_values = true)]
    first_due: String,
    /// Interest per year in percent, as 2.25.
    #[arg(long, default_value = "0", allow_hyphen_values = true)]
    rate: String,
    /// monthly, quarterly or yearly.
    #[arg(long, default_value = "monthly")]
    frequency: String,
    /// linear, annuity or bullet; when left out, what the product uses.
    #[arg(long)]
    method: Option<String>,
    /// Which instalment takes the cents that do not divide: last or first.
    #[arg(long, default_value = "last")]
    remainder: String,
    /// How to show it.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

impl Schedule {
    /// Prints the schedule, or says in one sentence which option is wrong.
    pub fn run(self) -> Result<(), Failure> {
        let format = self.format;
        let lines = self.plan()?.instalments();
        match format {
            Format::Json => print_json(&lines),
            Format::Table => {
                print_table(
                    &["number", "due on", "payable on", "principal", "interest", "total", "balance"],
                    lines.iter().map(row).chain([totals(&lines)]),
                );
                Ok(())
            }
        }
    }

    fn plan(self) -> Result<Plan, Failure> {
        let product: Product = self.product.parse().map_err(Failure::input)?;
        let principal: Money = self.principal.parse().map_err(|error| Failure::Input(format!("principal {error}")))?;
        let first_due_on = parse_date(&self.first_due)?;
        let method = match &self.method {
            Some(word) => word.parse().map_err(Failure::input)?,
            None => usual_method(product)?,
        };
        let terms = PlanTerms {
            principal,
            method,
            instalments: parse_count(&self.instalments)?,
            frequency: self.frequency.parse().map_err(Failure::input)?,
            first_due_on,
            due_day: first_due_on.day(),
            annual_rate: self.rate.parse::<Rate>().map_err(Failure::input)?,
            remainder: self.remainder.parse::<Remainder>().map_err(Failure::input)?,
            day_count: DayCount::Thirty360,
        };
        Plan::new(terms).map_err(Failure::input)
    }
}

fn parse_date(text: &str) -> Result<NaiveDate, Failure> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        .filter(|_| text.len() == 10)
        .ok_or_else(|| Failure::Input(format!("first-due “{text}” is not a date; write it as 2026-01-31")))
}

fn parse_count(text: &str) -> Result<u32, Failure> {
    text.parse().map_err(|_| Failure::Input(format!("instalments “{text}” is not a whole number from 1 to 540")))
}

/// How a product comes back when nothing else is said.
fn usual_method(product: Product) -> Result<Method, Failure> {
    match product {
        Product::EnergyLoan => Ok(Method::Linear),
        Product::RenovationLoan => Ok(Method::Annuity),
        Product::EmergencyBuyer => Ok(Method::Bullet),
        Product::RollingFund => Err(Failure::Input(
            "product “rolling_fund” has no schedule: it is due when the house is sold or the owner dies; give a \
             --method to work out a plan for that day"
                .to_owned(),
        )),
    }
}

fn row(line: &Instalment) -> Vec<String> {
    vec![
        line.number.to_string(),
        line.due_on.to_string(),
        line.payable_on.to_string(),
        line.principal.to_string(),
        line.interest.to_string(),
        line.total.to_string(),
        line.balance.to_string(),
    ]
}

fn totals(lines: &[Instalment]) -> Vec<String> {
    let sum = |part: fn(&Instalment) -> Money| lines.iter().map(part).sum::<Money>().to_string();
    let blank = String::new;
    vec![
        "total".to_owned(),
        blank(),
        blank(),
        sum(|line| line.principal),
        sum(|line| line.interest),
        sum(|line| line.total),
        blank(),
    ]
}
