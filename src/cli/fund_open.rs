//! `energiehuis fund open` and `fund source`: a fund with its own account, and where its money comes from.

use super::house::Open;
use super::{Failure, fund, print_text};
use crate::domain::ledger::FundingKind;
use crate::domain::money::Money;
use crate::domain::product::Product;
use crate::services::Actor;
use crate::services::funds::add_source::{NewSource, add_source};
use crate::services::funds::open_fund::{NewFund, open_fund};
use crate::services::funds::position::position;

/// A fund to open.
#[derive(Debug, clap::Args)]
pub(super) struct OpenFund {
    /// Short code of capitals and digits: NKF
    #[arg(long)]
    code: String,
    /// Name that people see
    #[arg(long)]
    name: String,
    /// Product it lends: `emergency_buyer`, `rolling_fund`, `energy_loan` or `renovation_loan`
    #[arg(long)]
    product: Product,
    /// Its own bank account
    #[arg(long)]
    iban: String,
    /// BIC of its bank
    #[arg(long)]
    bic: Option<String>,
}

/// A source of money of a fund.
#[derive(Debug, clap::Args)]
pub(super) struct AddSource {
    /// Code of the fund: NKF
    #[arg(long)]
    fund: String,
    /// `credit_line`, `grant` or `own_means`
    #[arg(long)]
    kind: FundingKind,
    /// Who gives the money: VEKA
    #[arg(long)]
    funder: String,
    /// NIS code of the OCMW whose approved project it is; left out: for every municipality
    #[arg(long)]
    nis: Option<String>,
    /// The most it gives, in euro: 1800000
    #[arg(long)]
    ceiling: Money,
    /// Days within which repaid principal goes back to the funder; left out: it is lent again
    #[arg(long, value_name = "DAYS")]
    pass_on_within_days: Option<i32>,
    /// Account of the funder, for what goes back
    #[arg(long)]
    funder_iban: Option<String>,
    /// First day on which it can be promised
    #[arg(long, value_name = "DATE")]
    available_from: String,
    /// Last day on which it can be promised
    #[arg(long, value_name = "DATE")]
    ends_on: Option<String>,
}

impl OpenFund {
    pub(super) async fn run(self, open: &Open) -> Result<(), Failure> {
        let Self { code, name, product, iban, bic } = self;
        let fund = open_fund(&open.house, &Actor::system(), NewFund { code, name, product, iban, bic }).await?;
        print_text(&format!("Fund {} is open on account {}.", fund.code, fund.iban));
        Ok(())
    }
}

impl AddSource {
    pub(super) async fn run(self, open: &Open) -> Result<(), Failure> {
        let funds = position(&open.house, &Actor::system(), None).await?;
        let Some(fund) = funds.iter().find(|fund| fund.code == self.fund) else {
            let codes: Vec<&str> = funds.iter().map(|fund| fund.code.as_str()).collect();
            return Err(Failure::Input(format!(
                "--fund is “{}”, which is not a fund; there is: {}",
                self.fund,
                codes.join(", ")
            )));
        };
        let new = NewSource {
            fund_id: fund.fund.fund_id,
            kind: self.kind,
            funder: self.funder,
            nis_code: self.nis,
            ceiling: self.ceiling,
            pass_on_within_days: self.pass_on_within_days,
            available_from: fund::date("--available-from", &self.available_from)?,
            ends_on: self.ends_on.map(|text| fund::date("--ends-on", &text)).transpose()?,
            funder_iban: self.funder_iban,
        };
        let source = add_source(&open.house, &Actor::system(), new).await?;
        print_text(&format!("{} pays with the structured communication {}.", source.funder, source.ogm));
        Ok(())
    }
}
