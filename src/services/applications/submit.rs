//! A family applies: checked, judged, written, once per idempotency key.

use uuid::Uuid;

use super::enter::{CameBy, Origin, enter};
use crate::domain::access::Permission;
use crate::domain::application::{ApplicationForm, Setting, parse};
use crate::domain::eligibility::Verdict;
use crate::domain::text::Text;
use crate::services::{Actor, Error, House, Once};
use crate::storage::applications::{self, Application};
use crate::storage::{self};

/// An application on its way in.
#[derive(Debug, Clone)]
pub struct Submission {
    /// What was filled in.
    pub form: ApplicationForm,
    /// The door it came by.
    pub came_by: CameBy,
    /// Set by programs that may send the same request twice.
    pub request: Option<Once>,
}

/// An application that is in the house.
#[derive(Debug, Clone)]
pub struct Submitted {
    /// Its identifier.
    pub application_id: Uuid,
    /// What people call it.
    pub number: String,
    /// What the rules say.
    pub verdict: Verdict,
    /// False when the same request had made it before.
    pub is_new: bool,
}

impl Submitted {
    fn of(application: Application, is_new: bool) -> Self {
        let Application { application_id, number, verdict, .. } = application;
        Self { application_id, number, verdict, is_new }
    }
}

/// Submits an application. Tells every wrong field at once; the same key with the same body answers the same, with
/// another body it is a conflict.
pub async fn submit(house: &House, actor: &Actor, submission: Submission) -> Result<Submitted, Error> {
    actor.require(Permission::MakeApplications)?;
    let request = submission.request.as_ref().map(|request| request.own(actor)).transpose()?;
    let mut tx = house.begin().await?;
    if let Some((key, hash)) = &request
        && let Some(before) = applications::by_key(&mut tx, key).await?
    {
        return again(before, hash);
    }
    let municipalities = applications::municipalities(&mut tx).await?;
    let setting = Setting { today: house.clock.today(), municipalities: &municipalities };
    let new = parse(&submission.form, &setting).map_err(Error::Invalid)?;
    let origin = Origin {
        came_by: submission.came_by,
        idempotency_key: request.as_ref().map(|(key, _)| key.clone()),
        body_sha256: request.as_ref().map(|(_, hash)| hash.to_vec()),
    };
    match (enter(&mut tx, (house, actor), &new, origin).await, request) {
        (Ok(application), _) => {
            house.commit(tx).await?;
            Ok(Submitted::of(application, true))
        }
        (Err(Error::Storage(error)), Some((key, hash))) if is_key(&error) => {
            // The same request, twice at the same moment: the other one has won and is committed by now.
            drop(tx);
            let before = applications::by_key(&mut *house.read().await?, &key).await?;
            before.map_or_else(|| Err(error.into()), |before| again(before, &hash))
        }
        (Err(error), _) => Err(error),
    }
}

fn is_key(error: &storage::Error) -> bool {
    error.constraint() == Some("applications_idempotency_key_key")
}

fn again(before: Application, hash: &[u8; 32]) -> Result<Submitted, Error> {
    if before.body_sha256.as_deref() == Some(hash.as_slice()) {
        return Ok(Submitted::of(before, false));
    }
    Err(Error::Conflict(Text::new("application-conflict-key").with("number", before.number)))
}
