//! Files that came in, and lines that wait for somebody.

use askama::Template;
use axum::extract::State;

use super::super::Shown;
use crate::domain::access::Permission;
use crate::services::desk::{self, BankLine, FileLine};
use crate::web::AppState;
use crate::web::frame::{Frame, Me};

#[derive(Template)]
#[template(path = "pages/bank/list.html")]
struct Page {
    f: Frame,
    files: Vec<FileLine>,
    waiting: Vec<BankLine>,
    may_manage: bool,
}

/// The bank.
pub(super) async fn show(State(app): State<AppState>, me: Me) -> Shown {
    let (files, waiting) = desk::bank(app.house(), &me.actor).await?;
    let may_manage = me.frame.may(Permission::ManageBank);
    super::super::show(&Page { f: me.frame, files, waiting, may_manage })
}
