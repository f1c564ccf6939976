//! Files of the bank, uploaded.

use axum::extract::multipart::MultipartError;
use axum::extract::{Multipart, State};
use axum::response::Redirect;

use super::imported::{self, Outcome};
use crate::domain::access::Permission;
use crate::domain::text::Text;
use crate::services::bank::{self, BankFile, OnGap};
use crate::web::error::Fault;
use crate::web::frame::Me;
use crate::web::{AppState, flash};

/// What one upload may hold in all, in megabytes: a year of statements of a busy account is far below it.
pub(super) const LARGEST_MEGABYTES: usize = 10;
const LARGEST: usize = LARGEST_MEGABYTES * 1024 * 1024;

/// What is read of a request at all, in bytes. Above [`LARGEST`] it is read and thrown away, so that the browser
/// shows our sentence and not a broken connection.
pub(super) const LARGEST_REQUEST: usize = 8 * LARGEST;

/// Why nothing was imported.
enum Unread {
    TooLarge,
    Broken(MultipartError),
}

/// Imports what was uploaded; what came of it, file by file, is on the page after.
pub(super) async fn upload(State(app): State<AppState>, me: Me, parts: Multipart) -> Result<Redirect, Fault> {
    // Before anything is read: whoever may not import sends no megabytes.
    me.actor.require(Permission::ManageBank)?;
    let (files, on_gap) = match read(parts).await {
        Ok(read) => read,
        Err(Unread::TooLarge) => {
            let text = Text::new("banking-too-large").with("most", LARGEST_MEGABYTES);
            flash::leave(&me.session, false, text).await?;
            return Ok(Redirect::to("/bank"));
        }
        Err(Unread::Broken(error)) => {
            tracing::info!(%error, "an upload could not be read");
            flash::leave(&me.session, false, Text::new("banking-unreadable")).await?;
            return Ok(Redirect::to("/bank"));
        }
    };
    if files.is_empty() {
        flash::leave(&me.session, false, Text::new("banking-no-file")).await?;
        return Ok(Redirect::to("/bank"));
    }
    let report = bank::import_with(app.house(), &me.actor, files, on_gap).await?;
    imported::keep(&me.session, Outcome::all(report.files)).await?;
    Ok(Redirect::to("/bank/imported"))
}

/// The files of a form, and what to do with one that does not follow. A field without a file is left out.
async fn read(mut parts: Multipart) -> Result<(Vec<BankFile>, OnGap), Unread> {
    let mut files = Vec::new();
    let mut on_gap = OnGap::Refuse;
    let mut size = 0;
    while let Some(mut part) = parts.next_field().await.map_err(Unread::Broken)? {
        if part.name() == Some("hold") {
            on_gap = OnGap::Hold;
        }
        let name = part.file_name().unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(Unread::Broken)? {
            size += chunk.len();
            if size <= LARGEST {
                bytes.extend_from_slice(&chunk);
            }
        }
        if !name.is_empty() {
            files.push(BankFile { name, bytes });
        }
    }
    if size > LARGEST { Err(Unread::TooLarge) } else { Ok((files, on_gap)) }
}
