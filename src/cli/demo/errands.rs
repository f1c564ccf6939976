//! Calls of services that need more than one line here.

use chrono::NaiveDate;
use uuid::Uuid;

use super::borrower::Due;
use super::world::DemoLoan;
use crate::cli::Failure;
use crate::domain::application::{ApplicationForm, WorkKind};
use crate::domain::money::Money;
use crate::domain::text::Text;
use crate::i18n::{Lang, tell};
use crate::services::applications::{self, Ballot, CameBy, Submission, Vote};
use crate::services::contracts::{self, Contract, Valuation};
use crate::services::{self, Actor, House, desk};

/// Sends a request in.
pub(super) async fn submit(house: &House, actor: &Actor, form: ApplicationForm) -> Result<Uuid, Failure> {
    let submission = Submission { form, came_by: CameBy::Demo, request: None };
    let submitted = applications::submit(house, actor, submission).await.map_err(told)?;
    Ok(submitted.application_id)
}

/// One yes.
pub(super) async fn approve(house: &House, actor: &Actor, application_id: Uuid) -> Result<(), services::Error> {
    let reason = "Voldoet aan de voorwaarden; advies gunstig".to_owned();
    let ballot = Ballot { application_id, vote: Vote::Approve, reason };
    applications::vote(house, actor, ballot).await.map(|_| ())
}

/// One no, with its reason.
pub(super) async fn refuse(house: &House, actor: &Actor, application_id: Uuid, reason: &str) -> Result<(), Failure> {
    let ballot = Ballot { application_id, vote: Vote::Refuse, reason: reason.to_owned() };
    applications::vote(house, actor, ballot).await.map_err(told)?;
    Ok(())
}

/// The family no longer asks.
pub(super) async fn withdraw(house: &House, actor: &Actor, application_id: Uuid) -> Result<(), Failure> {
    applications::withdraw(house, actor, application_id).await.map_err(told)?;
    Ok(())
}

/// The contract over a sum.
pub(super) async fn sign(
    house: &House,
    actor: &Actor,
    (application_id, amount): (Uuid, Money),
    valuation: Option<Valuation>,
) -> Result<DemoLoan, Failure> {
    let contract = Contract { valuation, ..Contract::of(application_id) };
    let signed = contracts::sign(house, actor, contract).await.map_err(told)?;
    Ok(DemoLoan { loan_id: signed.loan_id, number: signed.number, reference: signed.ogm, left: amount })
}

/// The quote of a loan for a kind of works.
pub(super) async fn quote_of(house: &House, actor: &Actor, loan_id: Uuid, kind: WorkKind) -> Result<Uuid, Failure> {
    let (quotes, _) = services::invoices::list::of_loan(house, actor, loan_id).await.map_err(told)?;
    let quote = quotes.iter().find(|quote| quote.work_kind == kind.code());
    quote.map(|quote| quote.quote_id).ok_or_else(|| Failure::Unavailable(format!("a loan has no quote for {kind}")))
}

/// What a borrower owes and when; the whole sum on a far day where the contract has no date.
pub(super) async fn schedule(house: &House, actor: &Actor, loan_id: Uuid) -> Result<Vec<Due>, Failure> {
    let state = desk::loan(house, actor, loan_id).await.map_err(told)?.line.state;
    let dues: Vec<Due> = state
        .instalments
        .iter()
        .filter(|line| line.open.is_positive())
        .map(|line| Due { on: line.instalment.payable_on, amount: line.open })
        .collect();
    if dues.is_empty() && state.outstanding.is_positive() {
        return Ok(vec![Due { on: NaiveDate::MAX, amount: state.outstanding }]);
    }
    Ok(dues)
}

/// Why a service did not do it, in words: in a house that everybody made up, that is a defect of the story.
pub(super) fn told(error: services::Error) -> Failure {
    let say = |text: &Text| tell(Lang::En, text);
    Failure::Unavailable(match &error {
        services::Error::Invalid(problems) => {
            let fields: Vec<String> = problems
                .iter()
                .map(|problem| format!("{} is “{}”: {}", problem.field, problem.value, say(&problem.text)))
                .collect();
            fields.join("; ")
        }
        services::Error::Refused(text) | services::Error::Conflict(text) => say(text),
        other => other.to_string(),
    })
}
