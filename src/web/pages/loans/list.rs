//! Loans as a list.

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;

use super::super::Shown;
use crate::domain::money::Money;
use crate::domain::product::Product;
use crate::services::desk::{self, LoanLine, Wanted};
use crate::web::AppState;
use crate::web::form::Form;
use crate::web::frame::{Frame, Me};
use crate::web::tone;

#[derive(Template)]
#[template(path = "pages/loans/list.html")]
struct Page {
    f: Frame,
    form: Form,
    lines: Vec<LoanLine>,
    shows: Vec<(String, String)>,
    products: Vec<(String, String)>,
    municipalities: Vec<(String, String)>,
    outstanding: Money,
    overdue: Money,
}

impl Page {
    fn overdue(&self, line: &LoanLine) -> Option<Money> {
        Some(line.state.overdue(self.f.today())).filter(|sum| sum.is_positive())
    }
}

/// What to list.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    number: String,
    #[serde(default)]
    product: String,
    #[serde(default)]
    municipality: String,
    #[serde(default)]
    show: String,
}

/// The list.
pub(super) async fn show(State(app): State<AppState>, me: Me, Query(asked): Query<Asked>) -> Shown {
    let filled = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
    let wanted = Wanted {
        nis_code: filled(&asked.municipality),
        product: asked.product.parse().ok(),
        overdue: asked.show == "overdue",
        invoices: asked.show == "invoices",
        number_holds: filled(&asked.number),
    };
    let lines = desk::loans(app.house(), &me.actor, &wanted).await?;
    let f = me.frame;
    let word = |area: &str, code: &str| (code.to_owned(), f.word(area, code));
    let page = Page {
        form: Form::fresh(&[
            ("number", &asked.number),
            ("product", &asked.product),
            ("municipality", &asked.municipality),
            ("show", &asked.show),
        ]),
        shows: ["overdue", "invoices"].iter().map(|code| word("loans-show", code)).collect(),
        products: Product::ALL.iter().map(|product| word("product", product.code())).collect(),
        municipalities: desk::municipalities(app.house(), &me.actor).await?,
        outstanding: lines.iter().map(|line| line.state.outstanding).sum(),
        overdue: lines.iter().map(|line| line.state.overdue(f.today())).sum(),
        lines,
        f: f.clone(),
    };
    super::super::show(&page)
}
