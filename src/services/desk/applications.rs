//! Applications as people see them.

use uuid::Uuid;

use super::MOST;
use crate::domain::access::Permission;
use crate::services::{Actor, Error, House};
use crate::storage::desk::application_file::{
    self as file, CommitmentLine, DeedLine, Head, IncomeLine, PersonLine, QuoteLine, VoteLine,
};
use crate::storage::desk::applications::{self as table, ApplicationFilter, ApplicationLine};

/// An application with everything that belongs to it.
#[derive(Debug, Clone)]
pub struct ApplicationFile {
    /// The application itself, with its dwelling.
    pub head: Head,
    /// One or two people.
    pub people: Vec<PersonLine>,
    /// Their incomes.
    pub incomes: Vec<IncomeLine>,
    /// What contractors ask.
    pub quotes: Vec<QuoteLine>,
    /// What the committee said.
    pub votes: Vec<VoteLine>,
    /// What is promised, per source.
    pub commitments: Vec<CommitmentLine>,
    /// What was done to it, the oldest first.
    pub deeds: Vec<DeedLine>,
}

/// Applications by filter, as far as this actor may see them: those that wait first.
pub async fn applications(
    house: &House,
    actor: &Actor,
    filter: ApplicationFilter,
) -> Result<Vec<ApplicationLine>, Error> {
    actor.require(Permission::SeeApplications)?;
    let filter = ApplicationFilter { within: actor.nis_code.clone(), ..filter };
    Ok(table::list(&mut *house.read().await?, &filter, MOST).await?)
}

/// One application with its file.
pub async fn application(house: &House, actor: &Actor, application_id: Uuid) -> Result<ApplicationFile, Error> {
    actor.require(Permission::SeeApplications)?;
    let mut db = house.read().await?;
    let head = file::head(&mut db, application_id)
        .await?
        .filter(|head| actor.sees(&head.nis_code))
        .ok_or_else(|| Error::not_found("application", application_id))?;
    Ok(ApplicationFile {
        people: file::people(&mut db, application_id).await?,
        incomes: file::incomes(&mut db, application_id).await?,
        quotes: file::quotes(&mut db, application_id).await?,
        votes: file::votes(&mut db, application_id).await?,
        commitments: file::commitments(&mut db, application_id).await?,
        deeds: file::deeds(&mut db, &[application_id]).await?,
        head,
    })
}

/// The municipalities this actor may see files of: NIS code and name.
pub async fn municipalities(house: &House, actor: &Actor) -> Result<Vec<(String, String)>, Error> {
    let all = table::municipalities(&mut *house.read().await?).await?;
    Ok(all.into_iter().filter(|(nis_code, _)| actor.sees(nis_code)).collect())
}
