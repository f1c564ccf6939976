//! What is known of a line that waits, and of what it may be about.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use uuid::Uuid;

use super::super::PaidBy;
use crate::domain::identity::{Iban, Ogm};
use crate::domain::money::Money;

/// A line that waits, as far as proposals depend on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting<'a> {
    /// The fund whose account it is on.
    pub fund_id: Uuid,
    /// Positive is money in.
    pub amount: Money,
    /// The structured communication.
    pub structured: Option<Ogm>,
    /// Free text.
    pub free: Option<&'a str>,
    /// The end-to-end identification.
    pub end_to_end_id: Option<&'a str>,
    /// The reference of the mandate, of a direct debit.
    pub mandate: Option<&'a str>,
    /// The account of the other side.
    pub iban: Option<&'a Iban>,
    /// The name of the other side.
    pub name: Option<&'a str>,
    /// Whether it is the balance that was on the account before its first statement.
    pub is_opening: bool,
    /// Whether the bank says that a transfer of ours comes back with it.
    pub comes_back: bool,
}

/// A loan that a line may be about. Amounts in euro.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoanFacts {
    /// The loan.
    pub loan_id: Uuid,
    /// Its fund.
    pub fund_id: Uuid,
    /// Its number, by which equal proposals are ordered.
    pub number: String,
    /// Its communication.
    pub ogm: Ogm,
    /// The number of its application.
    pub application: String,
    /// Given and family name of everybody who signed.
    pub people: Vec<(String, String)>,
    /// Each sum that may be claimed now: an instalment, all that is due, the next one.
    pub claims: Vec<Money>,
    /// Whether nothing is owed on it and nothing can be drawn.
    pub closed: bool,
    /// The payments that stand: identifier, day, amount.
    pub payments: Vec<(Uuid, NaiveDate, Money)>,
}

/// A funding source that a line may be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFacts {
    /// The source.
    pub source_id: Uuid,
    /// Its fund.
    pub fund_id: Uuid,
    /// The communication its funder pays with.
    pub ogm: Ogm,
    /// The account that its money goes back to.
    pub iban: Option<Iban>,
    /// Whether its money is the house's own or was given for good, as an opening balance is.
    pub is_given: bool,
    /// What may still come in.
    pub room: Money,
}

/// A payment order: one that the bank has not executed, or one whose transfer may come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderFacts {
    /// The order.
    pub order_id: Uuid,
    /// The fund that pays.
    pub fund_id: Uuid,
    /// What was ordered, positive.
    pub amount: Money,
    /// To which account.
    pub iban: Iban,
    /// What the bank should give back.
    pub end_to_end_id: String,
}

/// An exported payment run of which every order on the account of a fund waits for the bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunFacts {
    /// The run.
    pub payment_run_id: Uuid,
    /// The fund whose account pays.
    pub fund_id: Uuid,
    /// What it asks of that account, positive.
    pub amount: Money,
    /// How a statement may name it.
    pub names: Vec<String>,
}

/// Everything that the house knows of some lines, looked up at once.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Loans by identifier.
    pub loans: BTreeMap<Uuid, LoanFacts>,
    /// Who pays from an account, and for which loan; none where it is only known that it did.
    pub payers: HashMap<Iban, Vec<(Uuid, Option<PaidBy>)>>,
    /// The loans of our collections, by end-to-end identification and by reference of the mandate.
    pub collections: HashMap<String, Uuid>,
    /// Accounts from which renovation grants are paid.
    pub agencies: HashMap<Iban, String>,
    /// Sources of the funds of these lines.
    pub sources: Vec<SourceFacts>,
    /// Orders that wait for the bank.
    pub orders: Vec<OrderFacts>,
    /// Orders that the bank has paid.
    pub paid: Vec<OrderFacts>,
    /// Runs that wait for the bank.
    pub runs: Vec<RunFacts>,
}
