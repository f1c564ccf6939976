//! The three funds of the demo house, their funders, and the bank's side of both.

use chrono::{Days, NaiveDate};
use uuid::Uuid;

use super::bank::{BIC, BankAccount, Movement, OtherSide};
use super::errands::told;
use super::numbers::{self, Holder};
use crate::cli::Failure;
use crate::domain::fund::FundingSource;
use crate::domain::identity::Iban;
use crate::domain::ledger::FundingKind;
use crate::domain::money::Money;
use crate::domain::product::Product;
use crate::services::funds::add_source::{NewSource, add_source};
use crate::services::funds::open_fund::{NewFund, open_fund};
use crate::services::{Actor, House};

/// Credit lines of VEKA for projects of OCMWs (NIS code, ceiling in euro).
const PROJECTS: [(&str, i64); 6] = [
    ("34022", 1_800_000),
    ("34027", 600_000),
    ("34013", 450_000),
    ("34040", 400_000),
    ("34041", 300_000),
    ("34042", 250_000),
];
/// Grants of the rolling fund (funder, euro).
const GRANTS: [(&str, i64); 4] = [
    ("Provincie West-Vlaanderen", 100_000),
    ("Stad Harelbeke", 10_000),
    ("Stad Kortrijk", 10_000),
    ("Stad Menen", 10_000),
];
/// The credit line of the energy loans.
const ENERGY_LINE: i64 = 900_000;
/// A credit line gives in multiples of this, in euro.
const LUMP: i64 = 25_000;
/// Days within which repaid principal goes back.
const PASS_ON_DAYS: i32 = 90;

/// An order as the bank gets it.
#[derive(Debug)]
pub(super) struct Instruction<'a> {
    pub(super) amount: Money,
    pub(super) creditor: &'a str,
    pub(super) iban: &'a Iban,
    pub(super) remittance: &'a str,
    pub(super) end_to_end_id: &'a str,
}

/// A source, and how much of it the bank has seen.
#[derive(Debug)]
struct SourceAtBank {
    source: FundingSource,
    received: Money,
    used: Money,
}

/// A fund, its account at the bank, and its sources.
#[derive(Debug)]
pub(super) struct DemoFund {
    pub(super) fund_id: Uuid,
    pub(super) product: Product,
    pub(super) account: BankAccount,
    sources: Vec<SourceAtBank>,
}

/// Opens the funds with their sources; the grants are on their way.
pub(super) async fn open(house: &House, actor: &Actor) -> Result<Vec<DemoFund>, Failure> {
    let plans = [
        ("NKF", "Noodkoopfonds", Product::EmergencyBuyer),
        ("ROL", "Rollend fonds Zuid-West-Vlaanderen", Product::RollingFund),
        ("EL", "Energielening", Product::EnergyLoan),
    ];
    let mut funds = Vec::new();
    for (n, (code, name, product)) in (1..).zip(plans) {
        let iban = numbers::account(Holder::Fund(n))?;
        let new = NewFund {
            code: code.to_owned(),
            name: name.to_owned(),
            product,
            iban: iban.canonical(),
            bic: Some(BIC.to_owned()),
        };
        let fund = open_fund(house, actor, new).await.map_err(told)?;
        let account = BankAccount::opened(code, iban, house.clock.today());
        let mut demo = DemoFund { fund_id: fund.fund_id, product, account, sources: Vec::new() };
        for (funder, nis_code, euros) in sources_of(product) {
            demo.add(house, actor, (funder, nis_code, euros)).await?;
        }
        funds.push(demo);
    }
    Ok(funds)
}

fn sources_of(product: Product) -> Vec<(&'static str, Option<&'static str>, i64)> {
    match product {
        Product::EmergencyBuyer => PROJECTS.map(|(nis_code, euros)| ("VEKA", Some(nis_code), euros)).to_vec(),
        Product::RollingFund => GRANTS.map(|(funder, euros)| (funder, None, euros)).to_vec(),
        _ => vec![("VEKA", None, ENERGY_LINE)],
    }
}

impl DemoFund {
    async fn add(
        &mut self,
        house: &House,
        actor: &Actor,
        (funder, nis_code, euros): (&str, Option<&str>, i64),
    ) -> Result<(), Failure> {
        let today = house.clock.today();
        let is_grant = self.product == Product::RollingFund;
        let iban = numbers::account(Holder::Funder(u32::try_from(self.sources.len()).unwrap_or_default()))?;
        let new = NewSource {
            fund_id: self.fund_id,
            kind: if is_grant { FundingKind::Grant } else { FundingKind::CreditLine },
            funder: funder.to_owned(),
            nis_code: nis_code.map(str::to_owned),
            ceiling: Money::from_euros(euros),
            pass_on_within_days: (!is_grant).then_some(PASS_ON_DAYS),
            available_from: today,
            ends_on: None,
            funder_iban: (!is_grant).then(|| iban.canonical()),
        };
        let source = add_source(house, actor, new).await.map_err(told)?;
        let mut at_bank = SourceAtBank { source, received: Money::ZERO, used: Money::ZERO };
        if is_grant {
            at_bank.pays(&mut self.account, today + Days::new(6), Money::from_euros(euros));
        }
        self.sources.push(at_bank);
        Ok(())
    }

    /// A contractor will be paid: what the credit line of its town has to give for it comes in the next morning, in round
    /// sums.
    pub(super) fn draw_on_line(&mut self, amount: Money, nis_code: &str, on: NaiveDate) {
        let source = self
            .sources
            .iter_mut()
            .filter(|one| one.source.kind == FundingKind::CreditLine)
            .find(|one| one.source.nis_code.as_deref().is_none_or(|own| own == nis_code));
        if let Some(source) = source {
            source.used += amount;
            let lack = source.used - source.received;
            if lack.is_positive() {
                let round = LUMP * 100;
                let lump = Money::from_cents((lack.cents() + round - 1) / round * round);
                let lump = lump.min(source.source.ceiling - source.received);
                source.pays(&mut self.account, on + Days::new(1), lump);
            }
        }
    }

    /// The bank executes an order on the next banking day.
    pub(super) fn execute(&mut self, order: &Instruction<'_>, on: NaiveDate) {
        let to = OtherSide::new(order.creditor, order.iban);
        let said = (order.remittance, order.end_to_end_id);
        self.account.expect(on + Days::new(1), Movement::ordered(order.amount, to, said));
    }
}

impl SourceAtBank {
    fn pays(&mut self, account: &mut BankAccount, on: NaiveDate, amount: Money) {
        self.received += amount;
        let iban = self.source.funder_iban.clone().or_else(|| numbers::account(Holder::Funder(90)).ok());
        if let Some(iban) = iban {
            let from = OtherSide::new(&self.source.funder, &iban);
            account.expect(on, Movement::funding(amount, from, self.source.ogm));
        }
    }
}
