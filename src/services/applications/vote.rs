//! The committee votes: two people, neither of them the maker. The second yes promises the money.

use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{lock, one_loan, wrong_state};
use crate::domain::access::Permission;
use crate::domain::application::State;
use crate::domain::eligibility::Outcome;
use crate::domain::money::Money;
use crate::domain::rules::Figure;
use crate::domain::text::Text;
use crate::services::funds::commit::{Commitment, commit};
use crate::services::{Actor, Deed, Error, House};
use crate::storage::applications::{self, Application, Vote, VoteRow};
use crate::storage::{self, dwellings};

/// How many must say yes.
const NEEDED: usize = 2;

/// The longest reason.
const LONGEST_REASON: usize = 2000;

/// A vote on its way in.
#[derive(Debug, Clone)]
pub struct Ballot {
    /// On which application.
    pub application_id: Uuid,
    /// Yes or no.
    pub vote: Vote,
    /// Why; a no needs it.
    pub reason: String,
}

/// What a vote did.
#[derive(Debug, Clone)]
pub struct Counted {
    /// Where the application stands now.
    pub state: State,
    /// How many said yes so far.
    pub approvals: usize,
}

/// Counts a vote. The second yes approves the application and promises its money in the same transaction; any no
/// refuses it.
pub async fn vote(house: &House, actor: &Actor, ballot: Ballot) -> Result<Counted, Error> {
    actor.require(Permission::Decide)?;
    let reason = reason(&ballot)?;
    let mut tx = house.begin().await?;
    let application = lock(&mut tx, actor, ballot.application_id).await?;
    may_vote(actor, &application, ballot.vote)?;
    let now = house.clock.now();
    let row = VoteRow {
        application_id: application.application_id,
        made_by: application.made_by,
        voter_id: actor.user_id,
        vote: ballot.vote,
        reason: reason.clone(),
        voted_at: now,
    };
    applications::insert_vote(&mut tx, &row).await.map_err(refused_by_database)?;
    let votes = applications::votes(&mut tx, application.application_id).await?;
    let approvals = votes.iter().filter(|(_, vote)| *vote == Vote::Approve).count();
    let before = application.state.clone();
    let state = match ballot.vote {
        Vote::Refuse => before.refuse(now, reason).map_err(|step| wrong_state(&step))?,
        Vote::Approve if approvals >= NEEDED => {
            promise(&mut tx, (house, actor), &application).await?;
            before.approve(now).map_err(|step| wrong_state(&step))?
        }
        Vote::Approve => before,
    };
    applications::set_state(&mut tx, application.application_id, &state).await?;
    record(&mut tx, (house, actor), &ballot, &state).await?;
    house.commit(tx).await?;
    Ok(Counted { state, approvals })
}

fn reason(ballot: &Ballot) -> Result<String, Error> {
    let reason = ballot.reason.trim();
    if ballot.vote == Vote::Refuse && reason.is_empty() {
        return Err(Error::field("reason", "", Text::new("application-problem-reason")));
    }
    if reason.chars().count() > LONGEST_REASON {
        let text = Text::new("application-problem-too-long").with("most", LONGEST_REASON);
        return Err(Error::field("reason", "", text.with("length", reason.chars().count())));
    }
    Ok(reason.to_owned())
}

/// What the database would refuse too, said better, and what it does not know: the verdict.
fn may_vote(actor: &Actor, application: &Application, vote: Vote) -> Result<(), Error> {
    if application.state != State::Submitted {
        let text = Text::new("application-not-open").with("state", application.state.code());
        return Err(Error::Refused(text));
    }
    if application.made_by == actor.user_id {
        return Err(Error::Refused(Text::new("application-maker-votes")));
    }
    match (vote, application.verdict.outcome) {
        (Vote::Approve, Outcome::NotEligible) => Err(Error::Refused(Text::new("application-approve-not-eligible"))),
        (Vote::Approve, Outcome::Incomplete) => Err(Error::Refused(Text::new("application-approve-incomplete"))),
        _ => Ok(()),
    }
}

/// Promises the money. The ceiling per dwelling is asked again: another application for the same dwelling may have
/// been approved since this one was judged, and the lock on the fund makes the two wait for each other. So is whether the
/// dwelling has another loan, where it may have one at a time.
async fn promise(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    application: &Application,
) -> Result<(), Error> {
    let today: NaiveDate = house.clock.today();
    let new = Commitment {
        application_id: application.application_id,
        fund_id: application.fund_id,
        nis_code: application.nis_code.clone(),
        amount: application.amount,
        effective_on: today,
    };
    commit(tx, house, &new).await?;
    let dwelling = (application.dwelling_id, application.product);
    if application.verdict.figure(one_loan::RULE).is_some_and(Figure::is_yes) {
        let others = one_loan::in_the_way(tx, (house, actor), dwelling, Some(application.application_id)).await?;
        return others.map_or(Ok(()), |text| Err(Error::Refused(text)));
    }
    let already: Money = dwellings::already_promised(tx, dwelling, Some(application.application_id)).await?;
    match application.verdict.figure("amount_ceiling").map(Figure::money) {
        Some(most) if application.amount + already > most => {
            let text = Text::new("application-above-ceiling-now").with("amount", application.amount);
            Err(Error::Refused(text.with("already", already).with("most", most)))
        }
        _ => Ok(()),
    }
}

async fn record(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    ballot: &Ballot,
    state: &State,
) -> Result<(), Error> {
    let action = match state {
        State::Approved { .. } => "application.approved",
        State::Refused { .. } => "application.refused",
        _ => "application.voted",
    };
    let detail = serde_json::json!({ "vote": ballot.vote });
    let deed = Deed { action, subject_kind: "application", subject_id: ballot.application_id, detail };
    house.audit(tx, actor, deed).await
}

fn refused_by_database(error: storage::Error) -> Error {
    match error.constraint() {
        Some("application_votes_voter_check") => Error::Refused(Text::new("application-maker-votes")),
        Some("application_votes_pkey") => Error::Refused(Text::new("application-voted-before")),
        _ => error.into(),
    }
}
