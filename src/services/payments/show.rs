//! A run as people and programs see it: its orders, totals, the accounts that need a look, and its steps.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::whole_house;
use crate::clock::business_date;
use crate::domain::access::Permission;
use crate::domain::money::Money;
use crate::domain::payment_run::{AccountFlag, Hands, Whose, flags};
use crate::services::{Actor, Error, House};
use crate::storage::payment_runs::{self as table, Export, FundTotal, RunHead, RunOrder, SourceTotal, StepRow};

/// A run with everything in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RunView {
    /// What a list shows of it.
    #[serde(flatten)]
    pub head: RunHead,
    /// `MsgId` of its file.
    pub message_id: String,
    /// Who released it, in order.
    pub releases: Vec<StepRow>,
    /// Its file, once it left.
    pub export: Option<Export>,
    /// Why it was cancelled.
    pub cancelled: Option<Cancelled>,
    /// What each fund pays.
    pub funds: Vec<FundTotal>,
    /// Out of whose money.
    pub sources: Vec<SourceTotal>,
    /// Accounts that a releaser must look at.
    pub accounts: Vec<Account>,
    /// Its orders, in the order of the file.
    pub orders: Vec<RunOrder>,
    /// Who made it.
    #[serde(skip)]
    pub made_by_id: Uuid,
    /// Who approved an invoice in it, each once.
    #[serde(skip)]
    pub approvers: Vec<Uuid>,
}

/// Why a run was cancelled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cancelled {
    /// In the words of who did.
    pub reason: String,
    /// Who, and when.
    #[serde(flatten)]
    pub step: StepRow,
}

/// An account that needs a look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Account {
    /// A contractor's, or that of one order.
    #[serde(flatten)]
    pub whose: Whose,
    /// Its name.
    pub name: String,
    /// The account that the run pays.
    pub iban: String,
    /// What goes there, in euro.
    pub sum: Money,
    /// Why it needs a look.
    pub flags: Vec<AccountFlag>,
    /// What releasers said.
    pub confirmations: Vec<Said>,
    /// Whether a releaser has said something of every flag.
    pub confirmed: bool,
}

/// What a releaser said of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    /// Who.
    pub by: String,
    /// In their words.
    pub note: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl Account {
    /// The contractor, where it is one's.
    pub fn contractor_id(&self) -> Option<Uuid> {
        match self.whose {
            Whose::Contractor(contractor_id) => Some(contractor_id),
            Whose::Order(_) => None,
        }
    }
}

impl RunView {
    /// Who had a hand in it before anybody released it.
    pub fn hands(&self) -> Hands<'_> {
        Hands { made_by: self.made_by_id, approvers: &self.approvers }
    }

    /// Who has released it.
    pub fn releasers(&self) -> Vec<Uuid> {
        self.releases.iter().map(|step| step.user_id).collect()
    }

    /// Accounts of which no releaser has said anything yet.
    pub fn unconfirmed(&self) -> impl Iterator<Item = &Account> {
        self.accounts.iter().filter(|account| !account.confirmed)
    }
}

/// A run by its number (`P-2026-00012`) or its identifier.
///
/// # Errors
/// The actor may not; there is no such run.
pub async fn show(house: &House, actor: &Actor, name: &str) -> Result<RunView, Error> {
    actor.require(Permission::SeeBank)?;
    whole_house(actor)?;
    let mut db = house.read().await?;
    let payment_run_id = named(&mut db, name).await?;
    view(&mut db, payment_run_id).await
}

/// The identifier of a run by its number or itself.
pub(super) async fn named(db: &mut PgConnection, name: &str) -> Result<Uuid, Error> {
    let name = name.trim();
    let found = match name.parse::<Uuid>() {
        Ok(payment_run_id) => Some(payment_run_id),
        Err(_) => table::by_number(db, &name.to_uppercase()).await?,
    };
    found.ok_or_else(|| Error::not_found("payment run", name))
}

/// A run with everything in it.
pub(super) async fn view(db: &mut PgConnection, payment_run_id: Uuid) -> Result<RunView, Error> {
    let unknown = || Error::not_found("payment run", payment_run_id);
    let head = table::find(db, payment_run_id).await?.ok_or_else(unknown)?;
    let details = table::details(db, payment_run_id).await?.ok_or_else(unknown)?;
    let orders = table::orders_of(db, payment_run_id).await?;
    let accounts = accounts(db, (payment_run_id, business_date(head.made_at)), &orders).await?;
    let mut approvers: Vec<Uuid> = orders.iter().filter_map(|order| order.approved_by).collect();
    approvers.sort_unstable();
    approvers.dedup();
    Ok(RunView {
        message_id: details.message_id,
        releases: details.releases,
        export: details.export,
        cancelled: details.cancelled.map(|(reason, step)| Cancelled { reason, step }),
        funds: table::fund_totals(db, payment_run_id).await?,
        sources: table::source_totals(db, payment_run_id).await?,
        accounts,
        orders,
        made_by_id: details.made_by,
        approvers,
        head,
    })
}

/// The accounts that need a look, with what was said of them.
async fn accounts(
    db: &mut PgConnection,
    (payment_run_id, made_on): (Uuid, NaiveDate),
    orders: &[RunOrder],
) -> Result<Vec<Account>, Error> {
    let said = table::confirmations_of(db, payment_run_id).await?;
    let mut accounts = Vec::new();
    let mut payees = table::payees_of(db, payment_run_id).await?;
    payees.extend(table::redirected_in(db, payment_run_id).await?);
    for payee in payees {
        let flags = flags(&payee.account, made_on);
        if flags.is_empty() {
            continue;
        }
        let own: Vec<_> = said.iter().filter(|said| said.about == payee.whose.id()).collect();
        let confirmed = flags.iter().all(|flag| own.iter().any(|said| said.flags.contains(&flag.key())));
        let is_its = |order: &&RunOrder| match payee.whose {
            Whose::Contractor(id) => order.contractor_id == Some(id) && order.creditor_iban == payee.iban,
            Whose::Order(id) => order.payment_order_id == id,
        };
        accounts.push(Account {
            whose: payee.whose,
            sum: orders.iter().filter(is_its).map(|order| order.amount).sum(),
            name: payee.name,
            iban: payee.iban,
            flags,
            confirmations: own
                .iter()
                .map(|said| Said { by: said.by.clone(), note: said.note.clone(), at: said.at })
                .collect(),
            confirmed,
        });
    }
    Ok(accounts)
}
