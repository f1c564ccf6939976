//! Files of the bank, uploaded.

use askama::Template;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::services::bank::{BankFile, FileReport, FileState, ImportReport, import};
use crate::web::AppState;
use crate::web::error::Fault;
use crate::web::frame::{Frame, Me};

#[derive(Template)]
#[template(path = "pages/bank/imported.html")]
struct Page {
    f: Frame,
    report: ImportReport,
}

impl Page {
    fn state(&self, file: &FileReport) -> &'static str {
        match file.state {
            FileState::Imported => "imported",
            FileState::Known => "known",
            FileState::Refused => "refused",
        }
    }

    fn tone(&self, file: &FileReport) -> &'static str {
        match file.state {
            FileState::Imported => "good",
            FileState::Known => "quiet",
            FileState::Refused => "bad",
        }
    }
}

/// Imports what was uploaded and tells, file by file, what came of it.
pub(super) async fn upload(State(app): State<AppState>, me: Me, mut parts: Multipart) -> Result<Response, Fault> {
    let mut files = Vec::new();
    while let Ok(Some(part)) = parts.next_field().await {
        let name = part.file_name().unwrap_or_default().to_owned();
        match part.bytes().await {
            Ok(bytes) if !bytes.is_empty() => files.push(BankFile { name, bytes: bytes.to_vec() }),
            Ok(_) => {}
            Err(error) => return Ok(error.into_response()),
        }
    }
    let report = import(app.house(), &me.actor, files).await?;
    let refused = report.files.is_empty() || report.count(FileState::Refused) > 0;
    let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, super::super::show(&Page { f: me.frame, report })?).into_response())
}
