//! What waits for somebody.

use chrono::{DateTime, Utc};

use super::{Wanted, loans};
use crate::domain::access::Permission;
use crate::domain::collection::Action;
use crate::domain::money::Money;
use crate::services::{Actor, Error, House};
use crate::storage::collections::{self, ReturnLine};
use crate::storage::desk::waiting;

/// What waits for one reader; nothing where it is not theirs to see.
#[derive(Debug, Clone, Copy, Default)]
pub struct Waiting {
    /// Applications without a decision.
    pub to_decide: Option<i64>,
    /// Applications on which the reader can vote.
    pub to_vote: Option<i64>,
    /// Since when the longest waiting family waits.
    pub oldest: Option<DateTime<Utc>>,
    /// Approved applications without a contract.
    pub to_sign: Option<i64>,
    /// Invoices without a decision.
    pub invoices: Option<i64>,
    /// Bank lines whose owner is not known.
    pub suspense: Option<i64>,
    /// Orders the bank has not paid.
    pub orders: Option<i64>,
    /// Payment runs that wait for a release of the reader.
    pub releases: Option<i64>,
    /// Files of direct debits that wait for the reader as a second person.
    pub collection_files: Option<i64>,
    /// Direct debits that came back and wait for a person.
    pub returns: Option<i64>,
    /// Loans with an overdue instalment, and how much is overdue.
    pub overdue: Option<(usize, Money)>,
    /// Jobs whose last run failed.
    pub failed_jobs: Option<i64>,
    /// Messages that could not be sent.
    pub failed_letters: Option<i64>,
}

/// What waits for this actor.
pub async fn waiting(house: &House, actor: &Actor) -> Result<Waiting, Error> {
    use Permission as P;
    let may = |permission| actor.role.may(permission);
    let counts = waiting::counts(&mut *house.read().await?, actor.user_id, actor.nis_code.as_deref()).await?;
    let overdue = if may(P::SeeLoans) {
        let late = loans(house, actor, &Wanted { overdue: true, ..Wanted::default() }).await?;
        let today = house.clock.today();
        Some((late.len(), late.iter().map(|line| line.state.overdue(today)).sum()))
    } else {
        None
    };
    let returns = if may(P::ManageCollections) {
        let back = collections::returns_waiting(&mut *house.read().await?, actor.nis_code.as_deref()).await?;
        let asks = |line: &&ReturnLine| Action::of_code(&line.action).is_some_and(Action::waits_for_a_person);
        Some(i64::try_from(back.iter().filter(asks).count()).map_err(Error::internal)?)
    } else {
        None
    };
    // A run pays for every municipality: who works for one of them releases none.
    let whole = actor.nis_code.is_none();
    Ok(Waiting {
        releases: (may(P::ReleasePayments) && whole).then_some(counts.releases),
        collection_files: may(P::ManageCollections).then_some(counts.collection_files),
        returns,
        to_decide: may(P::SeeApplications).then_some(counts.to_decide),
        to_vote: may(P::Decide).then_some(counts.to_vote),
        oldest: counts.oldest.filter(|_| may(P::SeeApplications)),
        to_sign: (may(P::ManageLoans) || may(P::MakeApplications)).then_some(counts.to_sign),
        invoices: (may(P::Decide) || may(P::ManageLoans)).then_some(counts.invoices),
        suspense: may(P::SeeBank).then_some(counts.suspense),
        orders: may(P::SeeBank).then_some(counts.orders),
        overdue,
        failed_jobs: may(P::SeeJobs).then_some(counts.failed_jobs),
        failed_letters: (may(P::SeeJobs) && may(P::SeeLoans)).then_some(counts.failed_letters),
    })
}
