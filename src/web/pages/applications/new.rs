//! A new application: one form in sections, without scripts, that keeps everything that was typed.

use askama::Template;
use axum::Form as Posted;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::super::Shown;
use super::tree;
use crate::domain::access::Permission;
use crate::domain::application::{ApplicationForm, IncomeKind, PriorityGround, SolvencyInquiry, WorkKind};
use crate::domain::product::Product;
use crate::domain::text::Text;
use crate::services::applications::{CameBy, Submission, submit};
use crate::services::{Error, desk};
use crate::web::error::Fault;
use crate::web::form::Form;
use crate::web::frame::{Frame, Me};
use crate::web::{AppState, flash};

/// People, works and incomes that the form has room for.
const PEOPLE: usize = 2;
const WORKS: usize = 3;
const INCOMES: usize = 3;

type Choices = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "pages/applications/new.html")]
struct Page {
    f: Frame,
    form: Form,
    products: Choices,
    municipalities: Choices,
    works: Choices,
    incomes: Choices,
    earners: Choices,
    solvency: Choices,
    grounds: Choices,
    labels: Choices,
    languages: Choices,
    yes_no: Choices,
}

impl Page {
    fn people(&self) -> std::ops::Range<usize> {
        0..PEOPLE
    }

    fn work_rows(&self) -> std::ops::Range<usize> {
        0..WORKS
    }

    fn income_rows(&self) -> std::ops::Range<usize> {
        0..INCOMES
    }
}

/// An empty form.
pub(super) async fn form(State(app): State<AppState>, me: Me) -> Shown {
    me.actor.require(Permission::MakeApplications)?;
    let today = me.frame.today().to_string();
    let own = me.actor.nis_code.clone().unwrap_or_default();
    let form = Form::fresh(&[
        ("applied_on", &today),
        ("dwelling.municipality", &own),
        ("people[0].language", "nl"),
        ("answers.dependants", "0"),
    ]);
    page(&app, &me, form).await
}

async fn page(app: &AppState, me: &Me, form: Form) -> Shown {
    let f = me.frame.clone();
    let words = |area: &str, codes: &[&str]| -> Choices {
        codes.iter().map(|code| ((*code).to_owned(), f.word(area, code))).collect()
    };
    let page = Page {
        products: words("product", &Product::ALL.map(Product::code)),
        municipalities: desk::municipalities(app.house(), &me.actor).await?,
        works: words("work", &WorkKind::ALL.map(WorkKind::code)),
        incomes: words("income", &IncomeKind::ALL.map(IncomeKind::code)),
        earners: words("person", &["applicant", "co_applicant"]),
        solvency: words("solvency", &SolvencyInquiry::ALL.map(SolvencyInquiry::code)),
        grounds: words("ground", &PriorityGround::ALL.map(PriorityGround::code)),
        labels: ["A+", "A", "B", "C", "D", "E", "F"].map(|label| (label.to_owned(), label.to_owned())).to_vec(),
        languages: f.languages().into_iter().map(|(code, name)| (code.to_owned(), name.to_owned())).collect(),
        yes_no: words("answer", &["yes", "no"]),
        form,
        f: f.clone(),
    };
    super::super::show(&page)
}

/// Hands the application in, or shows the form again with everything that is wrong.
pub(super) async fn submit_form(
    State(app): State<AppState>,
    me: Me,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let sent = Form::sent(pairs);
    let form: ApplicationForm = serde_json::from_value(tree::of(sent.values()))
        .map_err(|_| Error::field("form", "", Text::new("form-unreadable")))?;
    match submit(app.house(), &me.actor, Submission { form, came_by: CameBy::Page, request: None }).await {
        Ok(submitted) => {
            let text = Text::new("application-submitted").with("number", &submitted.number);
            flash::leave(&me.session, true, text).await?;
            Ok(Redirect::to(&format!("/applications/{}", submitted.application_id)).into_response())
        }
        Err(Error::Invalid(problems)) => {
            let html = page(&app, &me, sent.with_problems(problems)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(other) => Err(other.into()),
    }
}
