//! The entry of each event. Every function takes amounts in euro above zero unless it says otherwise, and
//! refuses others by the type of [`JournalEntry`].

use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::super::loan::LoanState;
use super::super::money::Money;
use super::account::Account;
use super::entry::{JournalEntry, Posting, Reason, Unbalanced};

/// What kind of money a funding source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FundingKind {
    /// Must be paid back to the funder.
    CreditLine,
    /// Given for good; what is repaid may be lent again.
    Grant,
    /// The house's own.
    OwnMeans,
}

/// A text that names no kind of funding.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("funding kind “{0}” does not exist; it is credit_line, grant or own_means")]
pub struct UnknownFundingKind(pub String);

/// A source's part in a loan, in fixed weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundingShare {
    /// The source.
    pub source_id: Uuid,
    /// Its weight among the shares of the loan.
    pub weight: u64,
    /// True where repaid principal stays in the fund, false where it goes back to the funder.
    pub revolves: bool,
}

/// How the repaid principal of a loan goes back to its sources.
#[derive(Debug, Clone, Copy)]
pub struct PassOn<'a> {
    /// Principal repaid on the loan before this event.
    pub repaid_before: Money,
    /// All shares of the loan, those that revolve too, always in the same order.
    pub shares: &'a [FundingShare],
}

/// What became of a borrower's money: the change of the loan's fold by the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// What it repaid (or, reversed, what is owed again); not below zero.
    pub principal: Money,
    /// What was too much (or, reversed, what no longer is); not below zero.
    pub overpaid: Money,
}

impl FundingKind {
    /// The code used in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::CreditLine => "credit_line",
            Self::Grant => "grant",
            Self::OwnMeans => "own_means",
        }
    }

    /// The account that its money is credited to.
    pub fn account(self) -> Account {
        match self {
            Self::CreditLine => Account::OwedToFunder,
            Self::Grant => Account::Grants,
            Self::OwnMeans => Account::OwnMeans,
        }
    }
}

impl FromStr for FundingKind {
    type Err = UnknownFundingKind;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::CreditLine, Self::Grant, Self::OwnMeans]
            .into_iter()
            .find(|kind| kind.code() == text)
            .ok_or_else(|| UnknownFundingKind(text.to_owned()))
    }
}

impl Receipt {
    /// What a payment did to a loan, or its reversal undid: the loan before and after it, on the same day.
    ///
    /// Interest is refused: the fund's accounts hold principal only.
    pub fn between(before: &LoanState, after: &LoanState) -> Result<Self, Unbalanced> {
        let interest = after.interest_paid - before.interest_paid;
        if !interest.is_zero() {
            return Err(Unbalanced::Interest(interest));
        }
        Ok(Self { principal: (after.repaid - before.repaid).abs(), overpaid: (after.overpaid - before.overpaid).abs() })
    }

    /// Both parts together.
    pub fn total(self) -> Money {
        self.principal + self.overpaid
    }
}

impl PassOn<'_> {
    /// What each source that does not revolve gets when the principal repaid becomes another sum: the part of
    /// the new sum less the part of the old, so that many small payments add up exactly. With three sources
    /// or more a single cent may come back.
    fn change(&self, repaid_after: Money) -> Vec<(Uuid, Money)> {
        let weights: Vec<u64> = self.shares.iter().map(|share| share.weight).collect();
        let before = self.repaid_before.split(&weights);
        let after = repaid_after.split(&weights);
        let parts = after.into_iter().zip(before).map(|(after, before)| after - before);
        self.shares
            .iter()
            .zip(parts)
            .filter(|(share, part)| !share.revolves && !part.is_zero())
            .map(|(share, part)| (share.source_id, part))
            .collect()
    }

    fn postings(&self, repaid_after: Money) -> Vec<Posting> {
        self.change(repaid_after)
            .into_iter()
            .flat_map(|(source_id, part)| {
                [
                    Posting::debit(Account::OwedToFunder, part).of_source(source_id),
                    Posting::credit(Account::DueToFunder, part).of_source(source_id),
                ]
            })
            .collect()
    }
}

/// A funder's money arrived: Dr cash at bank / Cr owed to funder, grants or own means.
pub fn funding_received(
    on: NaiveDate,
    source_id: Uuid,
    kind: FundingKind,
    amount: Money,
) -> Result<JournalEntry, Unbalanced> {
    let credit = Posting::credit(kind.account(), amount).of_source(source_id);
    pair(Reason::FundingReceived, on, Posting::debit(Account::CashAtBank, amount), credit)
}

/// An invoice was approved for payment: Dr loans receivable / Cr contractors payable.
pub fn tranche_approved(
    on: NaiveDate,
    loan_id: Uuid,
    payment_order_id: Uuid,
    amount: Money,
) -> Result<JournalEntry, Unbalanced> {
    let debit = Posting::debit(Account::LoansReceivable, amount).of_loan(loan_id);
    let credit = Posting::credit(Account::ContractorsPayable, amount).of_loan(loan_id);
    pair(Reason::TrancheApproved, on, debit, credit.of_order(payment_order_id))
}

/// The bank paid the contractor: Dr contractors payable / Cr cash at bank.
pub fn contractor_paid(
    on: NaiveDate,
    loan_id: Uuid,
    payment_order_id: Uuid,
    amount: Money,
) -> Result<JournalEntry, Unbalanced> {
    let debit = Posting::debit(Account::ContractorsPayable, amount).of_loan(loan_id).of_order(payment_order_id);
    pair(Reason::ContractorPaid, on, debit, Posting::credit(Account::CashAtBank, amount).of_order(payment_order_id))
}

/// A borrower paid: Dr cash at bank / Cr loans receivable, and borrower overpayments for what was too much.
/// The part of each source that does not revolve becomes due to its funder: Dr owed to funder / Cr due to
/// funder.
pub fn payment_received(
    on: NaiveDate,
    loan_id: Uuid,
    receipt: Receipt,
    pass_on: &PassOn<'_>,
) -> Result<JournalEntry, Unbalanced> {
    let reason = Reason::PaymentReceived;
    let postings = from_borrower((reason, Account::CashAtBank), loan_id, receipt, pass_on)?;
    JournalEntry::new(reason, on, postings)
}

/// Unmatched money turned out to be a borrower's: as [`payment_received`], from unmatched receipts.
pub fn receipt_allocated(
    on: NaiveDate,
    loan_id: Uuid,
    receipt: Receipt,
    pass_on: &PassOn<'_>,
) -> Result<JournalEntry, Unbalanced> {
    let reason = Reason::ReceiptAllocated;
    let postings = from_borrower((reason, Account::UnmatchedReceipts), loan_id, receipt, pass_on)?;
    JournalEntry::new(reason, on, postings)
}

/// A payment went back (a returned direct debit): Dr loans receivable, borrower overpayments / Cr cash at bank,
/// and what was due to funders no longer is. `receipt` is how much more is owed and how much less is
/// overpaid after it.
pub fn payment_reversed(
    on: NaiveDate,
    loan_id: Uuid,
    receipt: Receipt,
    pass_on: &PassOn<'_>,
) -> Result<JournalEntry, Unbalanced> {
    let reason = Reason::PaymentReversed;
    let back = PassOn { repaid_before: pass_on.repaid_before - receipt.principal, shares: pass_on.shares };
    let mut postings = from_borrower((reason, Account::CashAtBank), loan_id, receipt, &back)?;
    for posting in &mut postings {
        posting.amount = -posting.amount;
    }
    JournalEntry::new(reason, on, postings)
}

/// Repaid principal became due to a funder outside a payment: Dr owed to funder / Cr due to funder.
pub fn passed_on_due(on: NaiveDate, source_id: Uuid, amount: Money) -> Result<JournalEntry, Unbalanced> {
    let debit = Posting::debit(Account::OwedToFunder, amount).of_source(source_id);
    pair(Reason::PassedOnDue, on, debit, Posting::credit(Account::DueToFunder, amount).of_source(source_id))
}

/// Repaid principal went back to the funder: Dr due to funder / Cr cash at bank.
pub fn passed_to_funder(
    on: NaiveDate,
    source_id: Uuid,
    payment_order_id: Uuid,
    amount: Money,
) -> Result<JournalEntry, Unbalanced> {
    let debit = Posting::debit(Account::DueToFunder, amount).of_source(source_id).of_order(payment_order_id);
    pair(Reason::PassedToFunder, on, debit, Posting::credit(Account::CashAtBank, amount).of_order(payment_order_id))
}

/// Money moved and nobody knows yet why. Above zero it came in: cash at bank against unmatched receipts. Below
/// zero it went out: cash at bank against unexplained payments, an account of its own, because money that left is
/// not there to lend, whatever came in from strangers.
pub fn receipt_unmatched(on: NaiveDate, amount: Money) -> Result<JournalEntry, Unbalanced> {
    let debit = Posting::debit(Account::CashAtBank, amount);
    let unknown = if amount.is_negative() { Account::UnexplainedPayments } else { Account::UnmatchedReceipts };
    JournalEntry::new(Reason::ReceiptUnmatched, on, vec![debit, Posting::credit(unknown, amount)])
}

/// What a borrower paid too much went back: Dr borrower overpayments / Cr cash at bank.
pub fn overpayment_refunded(on: NaiveDate, loan_id: Uuid, amount: Money) -> Result<JournalEntry, Unbalanced> {
    let debit = Posting::debit(Account::BorrowerOverpayments, amount).of_loan(loan_id);
    pair(Reason::OverpaymentRefunded, on, debit, Posting::credit(Account::CashAtBank, amount))
}

/// A fee arrived: Dr cash at bank / Cr fee income.
pub fn fee_received(on: NaiveDate, amount: Money) -> Result<JournalEntry, Unbalanced> {
    let credit = Posting::credit(Account::FeeIncome, amount);
    pair(Reason::FeeReceived, on, Posting::debit(Account::CashAtBank, amount), credit)
}

/// The bank took its charge: Dr bank charges / Cr cash at bank.
pub fn bank_charge(on: NaiveDate, amount: Money) -> Result<JournalEntry, Unbalanced> {
    let credit = Posting::credit(Account::CashAtBank, amount);
    pair(Reason::BankCharge, on, Posting::debit(Account::BankCharges, amount), credit)
}

/// An earlier entry was wrong: the same lines on the other side.
pub fn reverse(entry: &JournalEntry, on: NaiveDate) -> Result<JournalEntry, Unbalanced> {
    let postings = entry.postings().iter().map(|posting| Posting { amount: -posting.amount, ..posting.clone() });
    JournalEntry::new(Reason::EntryReversed, on, postings.collect())
}

fn from_borrower(
    (reason, from): (Reason, Account),
    loan_id: Uuid,
    receipt: Receipt,
    pass_on: &PassOn<'_>,
) -> Result<Vec<Posting>, Unbalanced> {
    let Receipt { principal, overpaid } = receipt;
    if let Some(amount) = [principal, overpaid].into_iter().find(|amount| amount.is_negative()) {
        return Err(Unbalanced::NotPositive { reason, amount });
    }
    let mut postings = vec![Posting::debit(from, receipt.total())];
    if principal.is_positive() {
        postings.push(Posting::credit(Account::LoansReceivable, principal).of_loan(loan_id));
    }
    if overpaid.is_positive() {
        postings.push(Posting::credit(Account::BorrowerOverpayments, overpaid).of_loan(loan_id));
    }
    postings.extend(pass_on.postings(pass_on.repaid_before + principal));
    Ok(postings)
}

fn pair(reason: Reason, on: NaiveDate, debit: Posting, credit: Posting) -> Result<JournalEntry, Unbalanced> {
    if debit.amount.is_negative() {
        return Err(Unbalanced::NotPositive { reason, amount: debit.amount });
    }
    JournalEntry::new(reason, on, vec![debit, credit])
}
