//! Use cases, one file each. A service owns the write transaction, checks the permission, writes the audit
//! row and the outbox row; the doors only translate.

pub mod applications;
pub mod arrears;
pub mod bank;
pub mod claims;
pub mod collections;
pub mod contracts;
pub mod demo_house;
pub mod desk;
pub mod draws;
mod error;
pub mod funds;
pub mod invoices;
pub mod job_runs;
pub mod ledger;
pub mod loans;
mod once;
pub mod outbox;
pub mod payments;
pub mod post;
pub mod reports;
pub mod rules;
pub mod sessions;
pub mod social_services;
pub mod users;

use sqlx::{PgConnection, PgPool, Postgres, Transaction};
use uuid::Uuid;

use crate::clock::{Clock, Ids, Secrets};
use crate::domain::access::{Permission, Role};
use crate::storage;

pub use error::Error;
pub use once::{Answered, Once};

/// What every use case works with: the database, the time, and a source of identifiers.
#[derive(Debug, Clone)]
pub struct House {
    /// The database.
    pub pool: PgPool,
    /// The time, and the business date in Europe/Brussels.
    pub clock: Clock,
    /// New identifiers.
    pub ids: Ids,
    /// New secrets: tokens and salts.
    pub secrets: Secrets,
}

impl House {
    /// Begins a write transaction.
    pub async fn begin(&self) -> Result<Transaction<'static, Postgres>, Error> {
        Ok(self.pool.begin().await.map_err(storage::Error::from)?)
    }

    /// Takes a connection to read with.
    pub async fn read(&self) -> Result<sqlx::pool::PoolConnection<Postgres>, Error> {
        Ok(self.pool.acquire().await.map_err(storage::Error::from)?)
    }

    /// Makes everything written in a transaction true.
    pub async fn commit(&self, transaction: Transaction<'static, Postgres>) -> Result<(), Error> {
        Ok(transaction.commit().await.map_err(storage::Error::from)?)
    }

    /// Writes who did what to which record, in the transaction that does it.
    pub async fn audit(&self, tx: &mut PgConnection, actor: &Actor, deed: Deed) -> Result<(), Error> {
        Ok(storage::audit::insert(tx, &self.audit_row(actor, deed)).await?)
    }

    /// Writes down what was done to many records at once, in the same transaction.
    pub async fn audit_all(&self, tx: &mut PgConnection, actor: &Actor, deeds: Vec<Deed>) -> Result<(), Error> {
        let rows: Vec<_> = deeds.into_iter().map(|deed| self.audit_row(actor, deed)).collect();
        Ok(storage::audit::insert_all(tx, &rows).await?)
    }

    fn audit_row(&self, actor: &Actor, deed: Deed) -> storage::audit::AuditRow {
        storage::audit::AuditRow {
            audit_row_id: self.ids.next(),
            at: self.clock.now(),
            user_id: actor.user_id,
            action: deed.action.to_owned(),
            subject_kind: deed.subject_kind.to_owned(),
            subject_id: deed.subject_id,
            detail: deed.detail,
        }
    }
}

/// What is written in the audit row: identifiers and figures, never personal data.
#[derive(Debug)]
pub struct Deed {
    /// `application.submitted`, `loan.signed`, …
    pub action: &'static str,
    /// `application`, `loan`, `fund`, …
    pub subject_kind: &'static str,
    /// The record it was done to.
    pub subject_id: Uuid,
    /// Figures and identifiers that help a later reader.
    pub detail: serde_json::Value,
}

/// Who asks: a person, a program with a token, or the house itself at night.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The user.
    pub user_id: Uuid,
    /// What they may do.
    pub role: Role,
    /// Set: they see the files of this municipality only (NIS code).
    pub nis_code: Option<String>,
}

impl Actor {
    /// The user that the first migration made for what jobs do.
    pub const SYSTEM_USER: Uuid = Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0001);

    /// The house itself.
    pub fn system() -> Self {
        Self { user_id: Self::SYSTEM_USER, role: Role::System, nis_code: None }
    }

    /// Fine when the role holds the permission.
    pub fn require(&self, permission: Permission) -> Result<(), Error> {
        if self.role.may(permission) { Ok(()) } else { Err(Error::Forbidden) }
    }

    /// Whether this actor may see files of a municipality.
    pub fn sees(&self, nis_code: &str) -> bool {
        self.nis_code.as_deref().is_none_or(|own| own == nis_code)
    }
}
