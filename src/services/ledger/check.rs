//! Compares the ledger with everything that must agree with it: itself, the facts of the loans, the commitments,
//! the orders, the formula of the database, and the bank.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

use super::compare::Books;
use crate::domain::access::Permission;
use crate::domain::money::Money;
use crate::services::funds::position::{FundPosition, positions};
use crate::services::{Actor, Error, House};
use crate::storage::{self, bank, commitments, ledger, loans, payment_orders};

/// What the check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LedgerCheck {
    /// True when there is no difference.
    pub ok: bool,
    /// How many entries the ledger has.
    pub entries: i64,
    /// Everything that does not agree.
    pub differences: Vec<Difference>,
}

/// Two figures that should be one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// What was compared.
    pub kind: DifferenceKind,
    /// Code of the fund.
    pub fund: String,
    /// Number of the loan, where it is about one.
    pub loan: Option<String>,
    /// The line of the bank, where it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<Uuid>,
    /// What it should be.
    pub expected: Money,
    /// What it is.
    pub found: Money,
}

/// What was compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceKind {
    /// The postings of an entry do not sum to zero.
    EntryUnbalanced,
    /// The postings of a fund do not sum to zero.
    FundUnbalanced,
    /// Loans receivable of a loan against the fold of its facts.
    Outstanding,
    /// Overpayments of a loan against the fold of its facts.
    Overpaid,
    /// More was drawn or released than was committed.
    CommitmentNegative,
    /// Draws are closed and something is still committed.
    CommitmentLeft,
    /// Draws are open, and what is still committed is not what the contract has left.
    CommitmentUndrawn,
    /// Free to lend by the database against the formula here.
    FreeToLend,
    /// Cash against the closing balance of the last bank statement.
    CashAtBank,
    /// Unmatched receipts against the credits of the bank that wait for a person.
    UnmatchedReceipts,
    /// Unexplained payments against the debits of the bank that wait for a person.
    UnexplainedPayments,
    /// Contractors payable against the orders that wait for the bank.
    ContractorsPayable,
    /// Interest received on a loan against the fold of its facts.
    InterestIncome,
    /// The share of a gain received on a loan against the fold of its facts.
    GainShareIncome,
    /// What was remitted or given up of a loan against the fold of its facts.
    WriteOffLoss,
    /// Refunds payable against the orders that wait for the bank.
    RefundsPayable,
    /// What became due to a funder against the source's shares of what was repaid.
    DueToFunder,
    /// The facts of a loan contradict each other, so that nothing of it can be compared.
    Unreadable,
}

impl DifferenceKind {
    /// Every kind.
    pub const ALL: [Self; 18] = [
        Self::EntryUnbalanced,
        Self::FundUnbalanced,
        Self::Outstanding,
        Self::Overpaid,
        Self::CommitmentNegative,
        Self::CommitmentLeft,
        Self::CommitmentUndrawn,
        Self::FreeToLend,
        Self::CashAtBank,
        Self::UnmatchedReceipts,
        Self::UnexplainedPayments,
        Self::ContractorsPayable,
        Self::InterestIncome,
        Self::GainShareIncome,
        Self::WriteOffLoss,
        Self::RefundsPayable,
        Self::DueToFunder,
        Self::Unreadable,
    ];

    /// The code in JSON and in tables.
    pub fn code(self) -> &'static str {
        match self {
            Self::EntryUnbalanced => "entry_unbalanced",
            Self::FundUnbalanced => "fund_unbalanced",
            Self::Outstanding => "outstanding",
            Self::Overpaid => "overpaid",
            Self::CommitmentNegative => "commitment_negative",
            Self::CommitmentLeft => "commitment_left",
            Self::CommitmentUndrawn => "commitment_undrawn",
            Self::FreeToLend => "free_to_lend",
            Self::CashAtBank => "cash_at_bank",
            Self::UnmatchedReceipts => "unmatched_receipts",
            Self::UnexplainedPayments => "unexplained_payments",
            Self::ContractorsPayable => "contractors_payable",
            Self::InterestIncome => "interest_income",
            Self::GainShareIncome => "gain_share_income",
            Self::WriteOffLoss => "write_off_loss",
            Self::RefundsPayable => "refunds_payable",
            Self::DueToFunder => "due_to_funder",
            Self::Unreadable => "unreadable",
        }
    }
}

/// Checks the whole ledger as it is at one moment.
pub async fn check(house: &House, actor: &Actor) -> Result<LedgerCheck, Error> {
    actor.require(Permission::SeeFunds)?;
    let mut tx = house.begin().await?;
    // One snapshot: what is booked meanwhile is not half seen.
    ledger::hold_still(&mut tx).await?;
    let entries = ledger::count_entries(&mut tx).await?;
    let books = read(&mut tx, house).await?;
    let differences = books.differences();
    Ok(LedgerCheck { ok: differences.is_empty(), entries, differences })
}

/// Reads everything that is compared, in a fixed number of statements whatever the number of loans.
async fn read(db: &mut PgConnection, house: &House) -> Result<Books, storage::Error> {
    let today = house.clock.today();
    let contracts = loans::list(db, &loans::LoanFilter::default()).await?;
    let ids: Vec<Uuid> = contracts.iter().map(|loan| loan.loan_id).collect();
    let positions: HashMap<Uuid, FundPosition> =
        positions(db, today, None).await?.into_iter().map(|position| (position.fund.fund_id, position)).collect();
    let mut free_in_database = HashMap::new();
    for fund_id in positions.keys() {
        free_in_database.insert(*fund_id, commitments::free_to_lend(db, *fund_id, today).await?);
    }
    Ok(Books {
        today,
        unbalanced: ledger::unbalanced_entries(db).await?,
        fund_balances: ledger::fund_balances(db, None).await?,
        loan_balances: ledger::loan_balances(db, None).await?,
        became_due: ledger::became_due(db).await?,
        closing_balances: ledger::closing_balances(db).await?.into_iter().collect(),
        ordered: payment_orders::open_orders(db, &["contractor"]).await?,
        refunds_ordered: payment_orders::open_orders(db, &["refund", "sender"]).await?,
        suspense: bank::open_suspense(db).await?,
        misplaced: bank::misplaced(db).await?,
        left: commitments::all_left(db).await?,
        facts: loans::facts_of(db, &ids).await?,
        shares: loans::shares_of(db, &ids).await?,
        contracts,
        positions,
        free_in_database,
    })
}
