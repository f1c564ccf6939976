//! Writes one application, judged, inside a transaction: the part that submitting and importing share.

use sqlx::PgConnection;
use uuid::Uuid;

use super::one_loan;
use crate::domain::application::{NewApplication, State};
use crate::domain::eligibility::judge;
use crate::domain::fund::Fund;
use crate::domain::identity::Iban;
use crate::domain::money::Money;
use crate::domain::rules::Parameters;
use crate::domain::text::{FieldProblem, Problems, Text};
use crate::services::{Actor, Deed, Error, House};
use crate::storage::applications::{self, Application};
use crate::storage::{contractors, dwellings, funds, parameters, persons};

/// The door an application came by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CameBy {
    /// A page.
    Page,
    /// A program.
    Api,
    /// A CSV file.
    Csv,
    /// The demonstration.
    Demo,
}

impl CameBy {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Api => "api",
            Self::Csv => "csv",
            Self::Demo => "demo",
        }
    }
}

/// How an application came in.
pub(super) struct Origin {
    pub(super) came_by: CameBy,
    pub(super) idempotency_key: Option<String>,
    pub(super) body_sha256: Option<Vec<u8>>,
}

/// Judges and writes an application with everything that belongs to it, and its audit row.
pub(super) async fn enter(
    tx: &mut PgConnection,
    (house, actor): (&House, &Actor),
    new: &NewApplication,
    origin: Origin,
) -> Result<Application, Error> {
    if !actor.sees(&new.dwelling.nis_code) {
        let text = Text::new("application-problem-own-municipality");
        return Err(Error::field("dwelling.municipality", &new.dwelling.nis_code, text));
    }
    let fund = fund(tx, new).await?;
    let now = house.clock.now();
    let people = people(tx, house, new).await?;
    let dwelling_id = dwelling(tx, house, new).await?;
    let contractors = contractors(tx, house, new).await?;
    let rules = parameters::book(tx).await?.at(new.product, new.applied_on);
    let already_lent = already_lent(tx, (house, actor), (dwelling_id, new), &rules).await?;
    let year = chrono::Datelike::year(&house.clock.today());
    let application = Application {
        application_id: house.ids.next(),
        number: format!("A-{year}-{:05}", applications::next_number(tx).await?),
        product: new.product,
        fund_id: fund.fund_id,
        nis_code: new.dwelling.nis_code.clone(),
        dwelling_id,
        applied_on: new.applied_on,
        amount: new.amount,
        instalments: new.instalments,
        answers: new.answers.clone(),
        verdict: judge(new, &rules, already_lent),
        state: State::Submitted,
        made_by: actor.user_id,
        came_by: origin.came_by.code().to_owned(),
        idempotency_key: origin.idempotency_key,
        body_sha256: origin.body_sha256,
        submitted_at: now,
    };
    applications::insert(tx, &application).await?;
    parts(tx, house, (application.application_id, new), (&people, &contractors)).await?;
    let detail = serde_json::json!({
        "product": application.product, "amount": application.amount, "applied_on": application.applied_on,
        "outcome": application.verdict.outcome, "came_by": application.came_by,
    });
    let subject_id = application.application_id;
    let deed = Deed { action: "application.submitted", subject_kind: "application", subject_id, detail };
    house.audit(tx, actor, deed).await?;
    Ok(application)
}

/// What the product has promised for the dwelling before. Where the rules allow one loan at a time, that is nothing: what
/// stands in the way is told, and what was repaid does not count.
async fn already_lent(
    tx: &mut PgConnection,
    doer: (&House, &Actor),
    (dwelling_id, new): (Uuid, &NewApplication),
    rules: &Parameters,
) -> Result<Money, Error> {
    let dwelling = (dwelling_id, new.product);
    if !rules.says_yes(one_loan::RULE) {
        return Ok(dwellings::already_promised(tx, dwelling, None).await?);
    }
    match one_loan::in_the_way(tx, doer, dwelling, None).await? {
        Some(text) => Err(Error::field("dwelling.street", &new.dwelling.street, text)),
        None => Ok(Money::ZERO),
    }
}

/// The fund that lends this product: one that is open for the municipality on that day before any other.
async fn fund(tx: &mut PgConnection, new: &NewApplication) -> Result<Fund, Error> {
    let sources = funds::sources(tx, None).await?;
    let mut candidates: Vec<Fund> =
        funds::list(tx).await?.into_iter().filter(|fund| fund.product == new.product).collect();
    let open = |fund: &Fund| {
        sources.iter().any(|source| {
            source.fund_id == fund.fund_id && source.is_active(new.applied_on) && source.serves(&new.dwelling.nis_code)
        })
    };
    let place = candidates.iter().position(open).unwrap_or_default();
    if candidates.is_empty() {
        let product = Text::new(&format!("product-{}", new.product));
        return Err(Error::Refused(Text::new("application-no-fund").with_part("product", product)));
    }
    Ok(candidates.swap_remove(place))
}

async fn people(tx: &mut PgConnection, house: &House, new: &NewApplication) -> Result<Vec<Uuid>, Error> {
    let mut ids = Vec::new();
    for (at, person) in new.people.iter().enumerate() {
        let known =
            persons::upsert(tx, (house.ids.next(), person), (house.clock.now(), &new.dwelling.nis_code)).await?;
        if known.born_on != person.born_on {
            let text = Text::new("application-problem-known-otherwise-born");
            return Err(Error::field(&format!("people[{at}].born_on"), person.born_on, text));
        }
        ids.push(known.person_id);
    }
    Ok(ids)
}

async fn dwelling(tx: &mut PgConnection, house: &House, new: &NewApplication) -> Result<Uuid, Error> {
    let known = dwellings::upsert(tx, (house.ids.next(), &new.dwelling), house.clock.now()).await?;
    if known.nis_code == new.dwelling.nis_code {
        return Ok(known.dwelling_id);
    }
    let text = Text::new("application-problem-known-elsewhere");
    Err(Error::field("dwelling.municipality", &new.dwelling.nis_code, text))
}

/// Contractors per work and quote. Two quotes of one contractor may not name two accounts either.
async fn contractors(tx: &mut PgConnection, house: &House, new: &NewApplication) -> Result<Vec<Vec<Uuid>>, Error> {
    let mut problems = Problems::default();
    let mut ids = Vec::new();
    for (work_at, work) in new.works.iter().enumerate() {
        let mut of_work = Vec::new();
        for (at, quote) in work.quotes.iter().enumerate() {
            let contractor = &quote.contractor;
            let known = contractors::find_or_insert(tx, (house.ids.next(), contractor), house.clock.now()).await?;
            if known.iban != contractor.iban.as_str() {
                problems.take::<()>(Err(other_account((work_at, at), &contractor.iban)));
            }
            of_work.push(known.contractor_id);
        }
        ids.push(of_work);
    }
    problems.into_result().map_err(Error::Invalid)?;
    Ok(ids)
}

fn other_account((work, quote): (usize, usize), iban: &Iban) -> FieldProblem {
    let field = format!("works[{work}].quotes[{quote}].contractor.iban");
    FieldProblem::new(field, iban, Text::new("application-problem-other-account"))
}

async fn parts(
    tx: &mut PgConnection,
    house: &House,
    (application_id, new): (Uuid, &NewApplication),
    (people, contractors): (&[Uuid], &[Vec<Uuid>]),
) -> Result<(), Error> {
    applications::insert_people(tx, application_id, people).await?;
    let incomes: Vec<_> = new
        .incomes
        .iter()
        .filter_map(|income| people.get(income.earner.position()).map(|person_id| (*person_id, income)))
        .collect();
    applications::insert_incomes(tx, application_id, &incomes).await?;
    let works: Vec<_> = new
        .works
        .iter()
        .zip(contractors)
        .map(|(work, contractors)| {
            let quotes = work.quotes.iter().zip(contractors);
            let quotes = quotes.map(|(quote, contractor_id)| (house.ids.next(), *contractor_id, quote)).collect();
            (house.ids.next(), work, quotes)
        })
        .collect();
    Ok(applications::insert_works(tx, application_id, &works).await?)
}
