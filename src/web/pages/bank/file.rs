//! One bank file: its statements and what became of each line.

use askama::Template;
use axum::extract::{Path, State};

use super::super::Shown;
use super::{printed, reason_key};
use crate::domain::access::Permission;
use crate::services::desk::{self, BankFile, BankLine};
use crate::web::error::Fault;
use crate::web::frame::{Frame, Me};
use crate::web::{AppState, tone};

#[derive(Template)]
#[template(path = "pages/bank/file.html")]
struct Page {
    f: Frame,
    file: BankFile,
    may_manage: bool,
}

impl Page {
    /// When the file came in, and by whom.
    fn came(&self) -> String {
        let moment = ("moment", self.f.moment(self.file.file.received_at));
        self.f.tn("banking-file-lead", [moment, ("name", self.file.file.received_by.clone())])
    }

    /// Who settled a line, and when.
    fn settled(&self, line: &BankLine, who: &str) -> String {
        let moment = line.settled_at.map(|at| self.f.moment(at)).unwrap_or_default();
        self.f.tn("banking-settled-by", [("name", who.to_owned()), ("moment", moment)])
    }
}

/// The file.
pub(super) async fn show(State(app): State<AppState>, me: Me, Path(bank_file_id): Path<String>) -> Shown {
    let bank_file_id = bank_file_id.parse().map_err(|_| Fault::no_page())?;
    let file = desk::bank_file(app.house(), &me.actor, bank_file_id).await?;
    let may_manage = me.frame.may(Permission::ManageBank);
    super::super::show(&Page { f: me.frame, file, may_manage })
}
