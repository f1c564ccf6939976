//! The family signs: an approved application becomes a loan, and signing moves no money.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::Contract;
use super::terms::terms;
use crate::clock::business_date;
use crate::domain::access::Permission;
use crate::domain::application::State;
use crate::domain::identity::Ogm;
use crate::domain::ledger::{Counter, FundingShare};
use crate::domain::loan::{LoanEvent, LoanFact, LoanState, LoanTerms};
use crate::domain::text::Text;
use crate::services::applications::{lock, wrong_state};
use crate::services::loans::book::{NewFact, book};
use crate::services::loans::state::lock_loan;
use crate::services::{Actor, Deed, Error, House};
use crate::storage::applications::{self, Application};
use crate::storage::loans::{self, Loan};
use crate::storage::{commitments, funds};

/// References of borrowers are 1 and nine digits (funders use 2).
const OGM_OF_LOANS: u64 = 1_000_000_000;

/// A loan that was just made.
#[derive(Debug, Clone)]
pub struct Signed {
    /// Its identifier.
    pub loan_id: Uuid,
    /// What people call it.
    pub number: String,
    /// The reference the borrower pays with.
    pub ogm: Ogm,
    /// The day of signature.
    pub signed_on: NaiveDate,
    /// What the contract says, and where the loan stands.
    pub contract: SignedContract,
}

/// What a contract says, without what is made for it by chance or by counting: so a preview says the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignedContract {
    /// The day of signature.
    pub signed_on: NaiveDate,
    /// The frozen terms.
    pub terms: LoanTerms,
    /// The sources that pay, in fixed weights.
    pub shares: Vec<FundingShare>,
    /// The loan on the day it is signed, with the schedule as it is planned.
    pub state: LoanState,
}

/// Makes the loan of an approved application: number, reference for payments, frozen terms, the sources that pay
/// and the fact that it was signed, in one transaction.
///
/// # Errors
/// The application is not approved; the day is before the decision or after today; a valuation is missing or was not
/// asked; the first instalment is put off for longer than the rules of the application allow.
pub async fn sign(house: &House, actor: &Actor, contract: Contract) -> Result<Signed, Error> {
    let mut tx = house.begin().await?;
    let signed = sign_in(&mut tx, (house, actor), contract).await?;
    house.commit(tx).await?;
    Ok(signed)
}

/// What [`sign`] would say, without signing. It takes no number: those of contracts have no gaps.
///
/// # Errors
/// As [`sign`].
pub async fn preview(house: &House, actor: &Actor, contract: Contract) -> Result<SignedContract, Error> {
    let mut tx = house.begin().await?;
    let (_, _, contract) = prepare(&mut tx, (house, actor), contract).await?;
    Ok(contract)
}

/// The application, locked; the state it comes to; and what its contract says.
async fn prepare(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    contract: Contract,
) -> Result<(Application, State, SignedContract), Error> {
    actor.require(Permission::ManageLoans)?;
    let application = lock(tx, actor, contract.application_id).await?;
    let now = house.clock.now();
    let decided_on = match &application.state {
        State::Approved { decided_at } => Some(business_date(*decided_at)),
        _ => None,
    };
    let signed = application.state.clone().sign(now).map_err(|step| wrong_state(&step))?;
    let signed_on = contract.signed_on.unwrap_or_else(|| house.clock.today());
    right_day(house, signed_on, decided_on)?;
    let terms = terms(&application, &contract, signed_on)?;
    let shares = shares(tx, &application).await?;
    let fact = LoanFact::new(Uuid::nil(), signed_on, now, LoanEvent::Signed);
    let opened = LoanState::open(&terms, &fact).and_then(|state| state.on(house.clock.today()));
    let state = opened.map_err(Error::internal)?;
    Ok((application, signed, SignedContract { signed_on, terms, shares, state }))
}

async fn sign_in(tx: &mut PgConnection, (house, actor): (&House, &Actor), contract: Contract) -> Result<Signed, Error> {
    let (application, state, contract) = prepare(tx, (house, actor), contract).await?;
    let signed_on = contract.signed_on;
    let loan = loan(tx, (house, actor), &application, contract.terms).await?;
    loans::insert(tx, &loan, &contract.shares).await?;
    let fact = NewFact {
        event: LoanEvent::Signed,
        effective_on: signed_on,
        idempotency_key: format!("signed:{}", loan.loan_id),
    };
    book(tx, (house, actor), (loan.loan_id, fact), Counter::None).await?;
    applications::set_state(tx, application.application_id, &state).await?;
    let detail = serde_json::json!({
        "application_id": application.application_id, "principal": loan.terms.principal, "signed_on": signed_on,
    });
    let deed = Deed { action: "loan.signed", subject_kind: "loan", subject_id: loan.loan_id, detail };
    house.audit(tx, actor, deed).await?;
    let signing = Deed {
        action: "application.signed",
        subject_kind: "application",
        subject_id: application.application_id,
        detail: serde_json::json!({ "loan_id": loan.loan_id }),
    };
    house.audit(tx, actor, signing).await?;
    let state = lock_loan(tx, house, actor, loan.loan_id).await?.state;
    let contract = SignedContract { signed_on, terms: loan.terms, shares: contract.shares, state };
    Ok(Signed { loan_id: loan.loan_id, number: loan.number, ogm: loan.ogm, signed_on, contract })
}

fn right_day(house: &House, signed_on: NaiveDate, decided_on: Option<NaiveDate>) -> Result<(), Error> {
    let today = house.clock.today();
    if signed_on > today {
        let text = Text::new("contract-problem-future").with("today", today);
        return Err(Error::field("signed_on", signed_on, text));
    }
    match decided_on {
        Some(decided_on) if signed_on < decided_on => {
            let text = Text::new("contract-problem-before-decision").with("decided", decided_on);
            Err(Error::field("signed_on", signed_on, text))
        }
        _ => Ok(()),
    }
}

async fn loan(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    application: &Application,
    terms: LoanTerms,
) -> Result<Loan, Error> {
    let serial = loans::next_serial(tx).await?;
    let base = OGM_OF_LOANS + u64::try_from(serial).map_err(Error::internal)?;
    let borrower_id = applications::applicant(tx, application.application_id)
        .await?
        .ok_or_else(|| Error::internal(format!("application {} has no applicant", application.number)))?;
    Ok(Loan {
        loan_id: house.ids.next(),
        number: format!("L-{}-{serial:05}", terms.signed_on.year()),
        serial,
        ogm: Ogm::from_base(base).map_err(Error::internal)?,
        application_id: application.application_id,
        fund_id: application.fund_id,
        borrower_id,
        nis_code: application.nis_code.clone(),
        dwelling_id: application.dwelling_id,
        terms,
        made_by: actor.user_id,
        created_at: house.clock.now(),
    })
}

/// The sources that were promised pay for the loan, each by the cents promised from it.
async fn shares(tx: &mut PgConnection, application: &Application) -> Result<Vec<FundingShare>, Error> {
    let committed = commitments::left_of(tx, application.application_id).await?;
    let sources = funds::sources(tx, Some(application.fund_id)).await?;
    committed
        .into_iter()
        .map(|(source_id, amount)| {
            let source = sources.iter().find(|source| source.source_id == source_id);
            let revolves = source.ok_or_else(|| Error::internal(format!("source {source_id} is gone")))?.revolves;
            Ok(FundingShare { source_id, weight: u64::try_from(amount.cents()).map_err(Error::internal)?, revolves })
        })
        .collect()
}
