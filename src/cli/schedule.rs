//! `energiehuis schedule`: works out a repayment schedule, without a database.

mod agreed;
mod words;

use std::path::PathBuf;

use chrono::Datelike;

use super::{Failure, Format, print_json, print_table};
use crate::domain::money::Money;
use crate::domain::product::Product;
use crate::domain::schedule::{Instalment, Method, Plan, PlanTerms, Rate};

/// Work out a repayment schedule, to the cent.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
The principal parts add up to the principal exactly; the last instalment (or the first) takes
the cents that do not divide. Where a month is too short for the due day its last day is used:
31 January, 28 February, 31 March. A due date on which no bank moves money shows the first day
on which one does. Nothing is written and no house is asked: whether a product allows the figures
is said by its dated rules, when an application is entered.

Examples:
  energiehuis schedule --product energy_loan --principal 10000 --instalments 36 \\
    --first-due 2026-01-31
      equal principal each month at 0 %: 35 times 277.78, then 277.70
  energiehuis schedule --product renovation_loan --principal 40000 --instalments 300 \\
    --first-due 2026-03-01 --rate 2.75 --day-count act/365
      an annuity; each month bears the interest of its own days
  energiehuis schedule --product energy_loan --principal 10000 --instalments 36 \\
    --first-due 2026-01-31 --grace 6
      the same 36 instalments, from 31 July on
  energiehuis schedule --product emergency_buyer --principal 25000 --instalments 1 \\
    --first-due 2046-01-15 --signed-on 2026-01-15 --format json
      one sum, 20 years after the signature
  energiehuis schedule --product emergency_buyer --principal 25000 \\
    --first-due 2046-01-15 --spread 300
      the same sum spread over 25 years from that day on
  energiehuis schedule --product energy_loan --principal 600 \\
    --line 2026-01-31=250.00 --line 2026-02-28=350.00
      what was agreed with a family, at 0 %; --plan FILE reads such lines from a file

Exit status: 0 the schedule was printed · 2 an option was wrong: which, its value and what is right.")]
pub struct Schedule {
    #[arg(long, help = "emergency_buyer, rolling_fund, energy_loan or renovation_loan")]
    product: String,
    /// What is repaid, in euro: 10000 or 10000.50.
    #[arg(long, value_name = "EURO", allow_hyphen_values = true)]
    principal: String,
    /// Number of instalments, 1 to 540; not for an agreed plan.
    #[arg(long, value_name = "COUNT", allow_hyphen_values = true)]
    instalments: Option<String>,
    /// Due date of the first instalment, as 2026-01-31; the others fall on the same day of the month.
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    first_due: Option<String>,
    /// Interest per year in percent, as 2.25 [default: 0].
    #[arg(long, value_name = "PERCENT", allow_hyphen_values = true)]
    rate: Option<String>,
    /// monthly, quarterly or yearly [default: monthly].
    #[arg(long)]
    frequency: Option<String>,
    #[arg(long, help = "linear, annuity, bullet or bullet_then_spread; when left out, what the product uses")]
    method: Option<String>,
    /// Which instalment takes the cents that do not divide: last or first [default: last].
    #[arg(long)]
    remainder: Option<String>,
    /// How days count for interest: 30/360 or act/365 [default: 30/360].
    #[arg(long)]
    day_count: Option<String>,
    /// Months by which the first instalment falls later; at a rate, their interest is due each month [default: 0].
    #[arg(long, value_name = "MONTHS", allow_hyphen_values = true)]
    grace: Option<String>,
    /// Number of instalments over which a bullet is spread from its due date on.
    #[arg(long, value_name = "COUNT", allow_hyphen_values = true)]
    spread: Option<String>,
    /// One line of an agreed plan, as 2026-01-31=250.00; repeat it for each.
    #[arg(long, value_name = "DATE=EURO", allow_hyphen_values = true)]
    line: Vec<String>,
    /// A file with the lines of an agreed plan, one 2026-01-31=250.00 a line; # starts a remark.
    #[arg(long, value_name = "FILE")]
    plan: Option<PathBuf>,
    /// Day of signature, as 2026-01-15: a schedule that starts on it or before is refused.
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    signed_on: Option<String>,
    /// How to show it.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

impl Schedule {
    /// Prints the schedule, or says in one sentence which option is wrong.
    pub fn run(self) -> Result<(), Failure> {
        let lines = self.instalments()?;
        match self.format {
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

    fn instalments(&self) -> Result<Vec<Instalment>, Failure> {
        let product: Product = self.product.parse().map_err(Failure::input)?;
        let principal: Money = self.principal.parse().map_err(|error| Failure::Input(format!("principal {error}")))?;
        let signed_on = self.signed_on.as_deref().map(|text| words::date("signed-on", text)).transpose()?;
        let plan = if self.is_agreed() { self.agreed(principal)? } else { self.by_formula(product, principal)? };
        let lines = plan.instalments();
        if let (Some(signed_on), Some(first)) = (signed_on, lines.first())
            && first.due_on <= signed_on
        {
            return Err(Failure::Input(format!(
                "first due date {} is not after the signature on {signed_on}; it must be a later day",
                first.due_on
            )));
        }
        Ok(lines)
    }

    fn by_formula(&self, product: Product, principal: Money) -> Result<Plan, Failure> {
        let first_due_on =
            words::date("first-due", words::needed("first-due", "a date, as 2026-01-31", self.first_due.as_deref())?)?;
        let terms = PlanTerms {
            principal,
            method: self.chosen_method(product)?,
            instalments: self.count()?,
            frequency: words::word("monthly", self.frequency.as_deref())?,
            first_due_on,
            due_day: first_due_on.day(),
            annual_rate: words::word::<Rate, _>("0", self.rate.as_deref())?,
            remainder: words::word("last", self.remainder.as_deref())?,
            day_count: words::word("30/360", self.day_count.as_deref())?,
        };
        let grace_months = self.grace.as_deref().map_or(Ok(0), |text| words::number("grace", "0", text))?;
        Plan::with_grace(terms, grace_months).map_err(Failure::input)
    }

    /// The method that was named, or that of the product; a bullet that is spread is another one.
    fn chosen_method(&self, product: Product) -> Result<Method, Failure> {
        let named = self.method.as_deref().map(str::parse::<Method>).transpose().map_err(Failure::input)?;
        match (&self.spread, named) {
            (None, Some(method)) => Ok(method),
            (None, None) => usual_method(product),
            (Some(_), None | Some(Method::Bullet | Method::BulletThenSpread)) => Ok(Method::BulletThenSpread),
            (Some(spread), Some(method)) => Err(Failure::Input(format!(
                "spread {spread} does not fit method {}; only a bullet is spread",
                method.code()
            ))),
        }
    }

    /// The number of instalments: given as such, or as the number over which a bullet is spread.
    fn count(&self) -> Result<u32, Failure> {
        let Some(spread) = &self.spread else {
            let text = words::needed("instalments", "a whole number from 1 to 540", self.instalments.as_deref())?;
            return words::number("instalments", "1", text);
        };
        match self.instalments.as_deref() {
            None | Some("1") if spread.bytes().all(|byte| byte == b'0') => {
                Err(Failure::Input(format!("spread “{spread}” is not a whole number from 1 to 540")))
            }
            None | Some("1") => words::number("spread", "1", spread),
            Some(other) => Err(Failure::Input(format!(
                "instalments “{other}” does not fit spread {spread}: a bullet is one instalment; leave --instalments out"
            ))),
        }
    }
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
