//! One bank file: its statements and what became of each line.

use askama::Template;
use axum::extract::{Path, State};

use super::super::Shown;
use crate::domain::access::Permission;
use crate::services::desk::{self, BankFile};
use crate::web::AppState;
use crate::web::error::Fault;
use crate::web::frame::{Frame, Me};
use crate::web::tone;

#[derive(Template)]
#[template(path = "pages/bank/file.html")]
struct Page {
    f: Frame,
    file: BankFile,
    may_manage: bool,
}

/// The file.
pub(super) async fn show(State(app): State<AppState>, me: Me, Path(bank_file_id): Path<String>) -> Shown {
    let bank_file_id = bank_file_id.parse().map_err(|_| Fault::no_page())?;
    let file = desk::bank_file(app.house(), &me.actor, bank_file_id).await?;
    let may_manage = me.frame.may(Permission::ManageBank);
    super::super::show(&Page { f: me.frame, file, may_manage })
}
